"""Traces: every code that scoring can say is worded in both languages, with the parameters it is given."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import zhiheng.scoring as package
from zhiheng.scoring.rounding import ROUNDINGS
from zhiheng.scoring.trace import Step, explain, printed, step, texts, word

SOURCES = "\n".join(path.read_text("utf-8") for path in sorted(Path(package.__path__[0]).rglob("*.py")))

SYMBOLS = {"screen.level", "screen.unknown"}  # nothing but figures and a dash


def test_87_every_step_in_the_code_is_worded_and_every_wording_is_used() -> None:
    codes = {key.removeprefix("step.") for key in texts() if key.startswith("step.")}
    said = (
        set(re.findall(r'"([a-z_0-9]+)"', SOURCES))
        | {f"tier_{number}" for number in (1, 2, 3)}
        | {f"join_{join}" for join in ("all", "any", "weakest", "sum")}
    )
    assert codes <= said
    called = set(re.findall(r'step\(\s*"([a-z_0-9]+)"', SOURCES))
    assert called <= codes


@pytest.mark.parametrize("key", sorted(texts()))
def test_both_languages_are_there_and_ask_for_the_same_parameters(key: str) -> None:
    words = texts()[key]
    assert set(words) == {"zh", "en"}
    zh, en = (set(re.findall(r"{(\w+)}", words[language])) for language in ("zh", "en"))
    assert zh == en
    assert key in SYMBOLS or re.search(r"[\u4e00-\u9fff]", words["zh"])
    assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"\([^)]*\)", "", words["en"]))


def test_reasons_and_notes_in_the_code_are_worded() -> None:
    reasons = set(re.findall(r'NotScored\(\s*"([a-z_]+)"', SOURCES))
    assert {f"reason.{reason}" for reason in reasons} <= set(texts())
    for side in ("target", "actual"):
        assert {f"reason.{side}_{what}" for what in ("missing", "state", "unresolved", "parts")} <= set(texts())
    assert {f"rounding.{name}" for name in ROUNDINGS} <= set(texts())


def test_explaining() -> None:
    trace = (
        step(
            "proportional", actual=Fraction("37.24"), target=Fraction("43.2"), weight=Fraction(10), points=Fraction(3724, 432), unit="万元"
        ),
        step("rounded", exact=Fraction(3724, 432), rounding="rounding.half_up_0", points=Decimal(9)),
    )
    assert explain(trace) == ["按完成比例：37.24÷43.2×10＝8.6203…", "8.6203…四舍五入到整数，得9"]
    assert explain(trace, "en")[1] == "8.6203…, half up to whole points: 9"


def test_printed_numbers_have_no_exponent_and_no_needless_zeros() -> None:
    assert [printed(value) for value in (Decimal("1E+2"), Decimal("10.00"), Decimal("-0.50"), Fraction(1, 8), Fraction(2, 3), 7)] == [
        "100", "10", "-0.5", "0.125", "0.6666…", "7",
    ]  # fmt: skip


def test_a_key_without_wording_stands_for_itself() -> None:
    assert word("method.unheard_of") == "method.unheard_of"
    assert word(f"rounding.{ROUNDINGS['cut_1'].name}", "en") == "cut to one decimal"
    with pytest.raises(KeyError):
        explain((Step("rounded"),))
