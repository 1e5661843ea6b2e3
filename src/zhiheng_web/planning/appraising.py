"""The four contents of the review with the points and grade bounds that hold in a year."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from zhiheng.plan.appraisal import ITEMS, Appraisal, appraisal
from zhiheng_web.local_rules import in_force

FAMILY = "appraisal"


@lru_cache(maxsize=32)
def appraisal_of(year: int) -> Appraisal:
    """The appraisal by the parameters of a year."""
    known = in_force(date(year, 12, 31))
    return appraisal({item.code: known.text(f"{FAMILY}.{item.code}") for item in ITEMS}, known.words(f"{FAMILY}.bounds"))
