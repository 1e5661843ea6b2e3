"""外国专家: days in China that a programme asks for, and the order of the friendship awards."""

from __future__ import annotations

from decimal import Decimal

from zhiheng.parameters.parameters import Parameters
from zhiheng_kjj.rules.known import number

DOUBLE_HUNDRED = ("hundred_person", "hundred_team")


def days_asked(category: str, work: str, known: Parameters) -> Decimal | None:
    """The least days a year that this kind of project asks for; None where it names none."""
    if category not in DOUBLE_HUNDRED or work not in ("long", "short"):
        return None
    return number(known, f"foreign_experts.double_hundred_{work}")


def days_suffice(category: str, work: str, days: Decimal | None, known: Parameters) -> bool:
    """Whether so many days are enough; days not known yet are not held against the project."""
    asked = days_asked(category, work, known)
    return asked is None or days is None or days >= asked


def may_be_nominated(level: str, *, holds_provincial: bool) -> bool:
    """A nominee for the state's award should already hold the province's."""
    return level != "state" or holds_provincial
