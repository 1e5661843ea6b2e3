"""The catalogue as a whole: every rule documents itself, in both languages and to the same effect."""

from __future__ import annotations

import re
import string

import pytest

from zhiheng.audit.catalogue import RULES, families, rule
from zhiheng.audit.rule import Rule, Texts
from zhiheng.audit.selection import Unknown

EVERY = [pytest.param(known, id=known.code) for known in RULES]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def parts(texts: Texts) -> dict[str, str]:
    named = {name: getattr(texts, name) for name in ("title", "what", "why", "flagged", "accepted", "remedy", "message")}
    return named | {f"variants.{name}": text for name, text in texts.variants.items()}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("known", EVERY)
def test_texts_are_complete_in_both_languages(known: Rule) -> None:
    zh, en = parts(known.zh), parts(known.en)
    assert set(zh) == set(en)
    for name, text in zh.items():
        assert CHINESE.search(text), name
        assert en[name].strip(), name
        least = 5 if name in ("what", "why") else 1  # an example may be little more than what it quotes
        assert len(re.findall(r"[A-Za-z]{3,}", en[name])) >= least, f"{name} is no English: {en[name]}"
        assert en[name] != text
    assert known.source.strip()


@pytest.mark.parametrize("known", EVERY)
def test_both_languages_give_the_same_figures(known: Rule) -> None:
    zh, en = parts(known.zh), parts(known.en)
    for name in zh:
        if name != "message" and not name.startswith("variants."):
            assert placeholders(zh[name]) == set() == placeholders(en[name]), f"{known.code} {name}: only messages hold figures"
            continue
        assert placeholders(zh[name]) == placeholders(en[name]), f"{known.code} {name}"
        assert all(field.isidentifier() for field in placeholders(zh[name])), "named placeholders only"


@pytest.mark.parametrize("known", EVERY)
def test_what_was_not_checked_is_not_called_law(known: Rule) -> None:
    if "未核对原文" in known.source:
        assert "not checked against the text" in known.source
        said = " ".join((*parts(known.zh).values(), *parts(known.en).values()))
        assert not re.search(r"依法|法定|法律规定|办法规定|文件规定|required by law|the law requires", said)


def test_codes_are_of_the_catalogue() -> None:
    """Section 6 of the domain rules: so many in each family, and R03a beside R03."""
    counts = {"H": 9, "C": 12, "M": 21, "R": 13, "N": 10, "D": 7, "T": 4, "O": 6, "S": 15, "P": 5}
    numbered = {f"{letter}{number:02d}" for letter, count in counts.items() for number in range(1, count + 1)}
    assert {known.code for known in RULES} == numbered | {"R03a"}
    assert len(RULES) == 103


def test_a_replaced_rule_exists() -> None:
    codes = {known.code for known in RULES}
    assert {known.replaces for known in RULES if known.replaces} <= codes


def test_a_rule_is_found_by_its_code_in_any_case() -> None:
    assert rule("h01").code == "H01"
    assert rule("R03A").code == "R03a"


def test_an_unknown_rule_is_refused_with_the_nearest() -> None:
    with pytest.raises(Unknown) as refusal:
        rule("H0l")
    assert refusal.value.nearest.startswith("H0")


def test_every_family_has_a_name_in_both_languages() -> None:
    assert list(dict.fromkeys((known.code[0], known.family) for known in RULES)) == [(one.letter, one.name) for one in families()]
    assert all(CHINESE.search(one.zh) and one.en.isascii() for one in families())
