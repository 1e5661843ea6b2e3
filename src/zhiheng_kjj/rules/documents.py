"""规范性文件: how long a document may hold, by its title."""

from __future__ import annotations

from datetime import date

from zhiheng.parameters.parameters import Parameters
from zhiheng_kjj.rules.academicians import years_later

TRIAL = ("试行", "暂行")


def is_trial(title: str) -> bool:
    """Whether the title says that the document is on trial (试行, 暂行)."""
    return any(word in title for word in TRIAL)


def term_fits(title: str, start: date, end: date, known: Parameters) -> bool:
    """Whether ``end`` (the first day no longer in force) lies one of the customary numbers of years after ``start``.

    A document on trial may end anywhere between the least and the most years; another ends after one of the listed terms.
    """
    if is_trial(title):
        least, most = (int(known.number(f"documents.trial_{word}")) for word in ("least", "most"))
        return years_later(start, least) <= end <= years_later(start, most)
    return end in {years_later(start, int(years)) for years in known.words("documents.terms")}
