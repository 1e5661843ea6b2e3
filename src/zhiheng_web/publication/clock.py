"""公开时限: the last day to publish after finance's approval. The days are a parameter, a department may have its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhiheng_web.local_rules import basis, in_force
from zhiheng_web.organisation.calendar import add_days
from zhiheng_web.publication.models import Clock
from zhiheng_web.wording import Text

DAYS, WORKING = "audit_publication.deadline_days", "publication.working"


IN_ENGLISH = {"预算法第十四条（正文未核对）": "Budget Law, article 14 (not checked against the text)"}
"""The basis of the national limit as the parameters say it → the same in English."""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many days after the approval, all days or working days; what it rests on, how far that was checked ('': the office's own)."""

    days: int
    working: bool
    basis: str
    status: str

    @property
    def words(self) -> Text:
        """What it rests on, in the reader's language where it is the national one."""
        return Text(self.basis, IN_ENGLISH.get(self.basis, self.basis))


def limit_of(department: UUID, approved_on: date) -> Limit:
    """The limit of a department for an approval: its own, else the parameter in force on that day. One query."""
    return limit_by(Clock.objects.filter(department=department).first(), approved_on)


def limit_by(own: Clock | None, approved_on: date) -> Limit:
    """The department's own limit, or the parameter in force on the day of the approval."""
    if own is not None:
        return Limit(own.days, own.working, own.document, "")
    return national_limit(approved_on)


def national_limit(approved_on: date) -> Limit:
    """The limit where a department has none of its own."""
    parameters = in_force(approved_on)
    return Limit(int(parameters.number(DAYS)), parameters.text(WORKING) == "yes", *basis(DAYS, approved_on))


def last_day(limit: Limit, approved_on: date) -> date:
    """The last day to publish: the day of the approval is not counted."""
    return add_days(approved_on, limit.days, limit.working)
