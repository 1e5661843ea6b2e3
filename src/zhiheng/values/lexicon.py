"""The words that forms of a value are made of, as look-up tables. The words themselves are data: ``lexicon.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib import resources

from zhiheng.values.value import Comparator

_DATA = tomllib.loads(resources.files("zhiheng.values").joinpath("lexicon.toml").read_text("utf-8"))


def operators(table: dict[str, list[str]]) -> dict[str, Comparator]:
    """Word → comparator, from lists of words under the comparator's sign."""
    return {word: Comparator(sign) for sign, words in table.items() for word in words}


SIGNS = {sign.value: sign for sign in Comparator if sign is not Comparator.BETWEEN}
BEFORE = operators(_DATA["before"])
FUZZY_BEFORE = operators(_DATA["fuzzy_before"])
AFTER = operators(_DATA["after"])
WORDS: dict[str, list[str]] = _DATA["words"]
DATA: dict[str, dict[str, list[str]]] = _DATA
"""All sections of lexicon.toml, for the forms that use one of their own."""
NAME: dict[str, tuple[str, ...]] = {key: tuple(words) for key, words in _DATA["name"].items()}
VERBS = tuple(WORDS["verbs"])
NO_BOUND = tuple(_DATA["part_of_a_word"]["words"])
"""Words that end like a comparator and are none (节约)."""
NEGATIVE = tuple(WORDS["negative"])
NOT_NEGATIVE = tuple(WORDS["not_negative"])
FLOWS = tuple(sorted(WORDS["flows"], key=len, reverse=True))
ZERO = frozenset(WORDS["zero"])


def inverse(table: dict[str, list[str]]) -> dict[str, str]:
    """Word → the key under which it is listed."""
    return {word: key for key, words in table.items() for word in words}


def any_of(words: Iterable[str]) -> str:
    """A regular expression for one of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def speaks_of(name: str, subject: str) -> bool:
    """Whether an indicator's name has a word of the subject (``money``, ``date``…)."""
    return any(word in name for word in NAME[subject])


VAGUE = re.compile(any_of(_DATA["vague"]["words"]))
CHANGES = frozenset((*WORDS["up"], *WORDS["down"]))
LOWERED = tuple(word for word in WORDS["down"] if word not in ("节约", "节省", "降"))
"""Verbs that make the number a decrease: not to be left out as other verbs are."""
UP = any_of(WORDS["up"])
DOWN = any_of(WORDS["down"])
COMPARING = any_of([*(word for word, op in BEFORE.items() if len(word) > 1 and op is not Comparator.EQ), *SIGNS])
"""Words and signs that set a bound before a number; found inside other words they show that more is said than a verb."""
LEVEL = r"(?:国家|省部|省|市|县|区|部|厅|校|院|乡镇|AAAAA|AAAA|AAA|[1-5]A|[A-D甲乙丙一二三四五])级"
QUALIFIER = re.compile(
    rf"(?:{LEVEL}(?:及?以上|以下)?|[特一二三]等奖|[金银铜]奖|优秀奖|一等功|二等功|三等功|国家级|规(?:模以)?上|限上|限额以上|高级职称以上|副高(?:级)?以上|[博硕]士以上|本科以上)"
)
