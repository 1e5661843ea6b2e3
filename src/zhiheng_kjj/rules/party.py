"""党建与文明创建: what a record of attendance and a material of the sheet must satisfy."""

from __future__ import annotations

from datetime import date
from decimal import Decimal


def within(part: Decimal | None, whole: Decimal | None) -> bool:
    """Whether the one does not exceed the other; what is not known yet is not held against it."""
    return part is None or whole is None or part <= whole


def of_the_year(made_on: date | None, closes_on: date) -> bool:
    """Whether a material was made in the year of the sheet: the year in which the system closes."""
    return made_on is None or (made_on.year == closes_on.year and made_on <= closes_on)
