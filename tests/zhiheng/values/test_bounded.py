"""No cell takes long: small units repeated up to the longest text that is still looked at, each read under a watchdog."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from zhiheng.values.parse import LONGEST, parse
from zhiheng.values.parts import shared
from zhiheng.values.value import Parts, Phrase

GUARD = 20  # seconds for a whole batch that takes well under one; a pattern that backtracks takes hours
READ_ALL = "import sys\nfrom zhiheng.values.parse import parse\nfor line in sys.stdin.read().split('|'):\n    parse(line)\nprint('read')"
JOINED = ("数量和", "次数/", "率和率", "甲数、", "数量与次数及")
UNITS = (
    *JOINED, "甲和", "1、", "（", "数/", "(1)", "1:", "甲:", "；", "1,", "1.", "一", "万零", "1万1千", "至", "1-", "每1", "于在",
    "时间", "1月", "2020年", "半年", "≥", "不", "1%", "aA", "A 1", " 1",
    "国家级", "符合标准", "甲效果", "明显", "已完成", "x", "*", "…", "O",
    "第一",
)  # fmt: skip
ENDS = (("", ""), ("", "x"), ("", "10"), ("1", "个"), ("≥", "!1"))


def read_within_guard(texts: list[str]) -> str:
    """What a process of its own prints when it has read them all; it is stopped, and the test fails, after the guard."""
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL], input="|".join(texts), capture_output=True, text=True, encoding="utf-8", timeout=GUARD,
        check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"},
    )  # fmt: skip
    return done.stdout.strip()


def test_many_joined_measures_are_read_at_once() -> None:
    texts = [unit * count + end for unit in JOINED for count in (13, 26, 75, 150) for end in ("", "x", "10", "10个")]
    texts += ["数量和次数/" * count + end for count in (13, 40, 80) for end in ("x", "10")]
    assert read_within_guard(texts) == "read"


@pytest.mark.parametrize("length", [40, 120, LONGEST - 4])
def test_repeated_units_are_read_at_once(length: int) -> None:
    texts = [before + unit * (length // len(unit)) + after for unit in UNITS for before, after in ENDS]
    assert max(map(len, texts)) <= LONGEST
    assert read_within_guard(texts) == "read"


@pytest.mark.parametrize("count", [2, 9, 100])
def test_each_of_many_measures_is_a_part(count: int) -> None:
    value = parse("/".join(["次数"] * count) + "10个").value
    assert isinstance(value, Parts) and value.shared
    assert [part.name for part in value.parts] == ["次数"] * count
    assert [part.value is None for part in value.parts] == [True] * (count - 1) + [False]


@pytest.mark.parametrize(
    "text", ["数量和" * 26 + "x", "数量和" * 26 + "10", "数量10", "数量和甲10", "数量和次数", "数量和次数:", "数量和次数10个20"]
)
def test_what_is_no_list_of_measures_shares_nothing(text: str) -> None:
    assert shared(text) is None


def test_a_list_without_a_number_stays_words() -> None:
    assert isinstance(parse("数量和" * 26 + "x").value, Phrase)
