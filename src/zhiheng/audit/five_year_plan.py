"""五年规划: the national plan periods, and the plans that a text cites.

The n-th plan runs from the year 5n + 1951, so 十三五 is 2016-2020 and 十四五 2021-2025. Plans before 十一五 (2006-2010) are not met
in performance tables, and their short names are also numbers (十五项).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
SHORT = re.compile(r"十(?P<ones>[一二三四五六七八九])五")
REACHES = re.compile(r"到[“\"]?十(?P<ones>[一二三四五六七八九])五[”\"]?(?:规划|时)?期?末")
TITLE = re.compile(r"《([^《》]{1,100})》")
YEARS = re.compile(r"((?:19|20)\d{2})\s*年?\s*[-—–－~～至到]+\s*((?:19|20)\d{2})\s*年?")
PLAN_WORDS = ("规划", "纲要", "计划", "行动方案", "方案")


@dataclass(frozen=True, slots=True)
class Cited:
    """A plan cited in a text: its title or short name as written, and its first and last year."""

    text: str
    first: int
    last: int


def period(number: int) -> tuple[int, int]:
    """First and last year of the n-th plan."""
    return 5 * number + 1951, 5 * number + 1955


def short_names(text: str) -> tuple[Cited, ...]:
    """Every 十三五, 十四五 … in the text with the years it stands for."""
    return tuple(cited(found) for found in SHORT.finditer(text))


def ends(text: str) -> tuple[Cited, ...]:
    """Every plan to whose end the text sets a goal: 到“十三五”末."""
    return tuple(cited(found) for found in REACHES.finditer(text))


def cited(found: re.Match[str]) -> Cited:
    """The plan that a match names by its ones digit."""
    return Cited(f"十{found['ones']}五", *period(10 + DIGITS[found["ones"]]))


def titles(text: str) -> tuple[str, ...]:
    """The titles in 《》 that name a plan."""
    return tuple(title for title in TITLE.findall(text) if any(word in title for word in PLAN_WORDS))


def years(text: str) -> tuple[int, int] | None:
    """The first span of years in the text: 2006—2020年."""
    found = YEARS.search(text)
    return (int(found.group(1)), int(found.group(2))) if found else None
