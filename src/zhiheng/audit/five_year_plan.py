"""五年规划: the national plan periods, and the plans that a text cites.

The first plan ran from 1953 to 1957; the third from 1966. From the sixth on the n-th plan runs from 5n + 1951, so 十三五 is
2016-2020 and 十四五 2021-2025. Earlier ones are not met in performance tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
NUMBER = r"(?:二?十[一二三四五六七八九]?|[六七八九])"
SHORT = re.compile(rf"[“\"]?(?P<number>{NUMBER})五[”\"]?(?=规划|计划|期|末|时|《|”|\"|$|[^年月天个项家人分倍成百千万亿])")
TITLE = re.compile(r"《([^》]+)》")
YEARS = re.compile(r"((?:19|20)\d{2})\s*年?\s*[-—–－~～至到]+\s*((?:19|20)\d{2})\s*年?")
PLAN_WORDS = ("规划", "纲要", "计划", "行动方案", "方案")


@dataclass(frozen=True, slots=True)
class Cited:
    """A plan cited in a text: its title or short name as written, and its first and last year."""

    text: str
    first: int
    last: int


def period(number: int) -> tuple[int, int]:
    """First and last year of the n-th plan, n ≥ 6."""
    return 5 * number + 1951, 5 * number + 1955


def numeral(text: str) -> int:
    """十三 → 13, 二十 → 20, 九 → 9."""
    tens, ten, ones = text.rpartition("十")
    return (DIGITS.get(tens, 1) * 10 if ten else 0) + DIGITS.get(ones, 0)


def short_names(text: str) -> tuple[Cited, ...]:
    """Every 十三五, 十四五 … in the text with the years it stands for."""
    return tuple(Cited(found.group("number") + "五", *period(numeral(found.group("number")))) for found in SHORT.finditer(text))


def titles(text: str) -> tuple[str, ...]:
    """The titles in 《》 that name a plan."""
    return tuple(title for title in TITLE.findall(text) if any(word in title for word in PLAN_WORDS))


def years(text: str) -> tuple[int, int] | None:
    """The first span of years in the text: 2006—2020年."""
    found = YEARS.search(text)
    return (int(found.group(1)), int(found.group(2))) if found else None
