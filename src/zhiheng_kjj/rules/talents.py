"""人才推荐: age on the day that counts, and the managed period of another programme."""

from __future__ import annotations

from datetime import date
from decimal import Decimal


def managed_elsewhere(recommended_on: date, earlier_until: date | None) -> bool:
    """Whether another programme still manages the candidate on the day; ``earlier_until`` is the first day on which it no longer does."""
    return earlier_until is not None and recommended_on < earlier_until


def age_on(born_on: date, day: date) -> int:
    """Full years on a day. Who is born on 29 February is a year older on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def within_age(age: Decimal | None, limit: Decimal | None) -> bool:
    """Whether the age keeps to the limit; the limit itself is allowed."""
    return age is None or limit is None or age <= limit
