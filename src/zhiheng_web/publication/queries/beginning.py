"""Packages that nobody has begun: what is approved, or evaluated and accepted, must become public by its day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Min, Q
from django.utils import timezone

from zhiheng.plan.procedure import ONCE_APPROVED
from zhiheng.plan.procedure import State as VersionState
from zhiheng_web.evaluation.models import SelfEvaluation
from zhiheng_web.organisation.authority import may
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import PerformanceTable, TableVersion
from zhiheng_web.publication.building.building import KIND_NAMES
from zhiheng_web.publication.clock import last_day, limit_by
from zhiheng_web.publication.models import Clock, Package
from zhiheng_web.publication.policies import OWN_READERS
from zhiheng_web.wording import Text

BUDGET, FINAL = Package.Kind.BUDGET.value, Package.Kind.FINAL.value
OWN = PerformanceTable.Kind.DEPARTMENT


@dataclass(frozen=True, slots=True)
class Beginnable:
    """A package that could be begun: its tables are approved, or their self-evaluations accepted, and there is none yet.

    ``since`` when, None where that was not kept. ``approved_on`` the day of finance's approval and ``due_on`` the last day to publish
    after it, None where it is not known: that of the budget is the day on which the tables were approved, that of the final account
    stands on its own paper.
    """

    department: Department
    year: int
    kind: str
    since: date | None = None
    approved_on: date | None = None
    due_on: date | None = None

    @property
    def name(self) -> Text:
        """Which of the two."""
        return KIND_NAMES[self.kind]


def departments_of(viewer: Viewer) -> list[Department]:
    """The departments whose packages the viewer begins. One query, none for who begins none."""
    if not may(viewer, "publication.begin_package", None):
        return []
    held = {one.department for one in viewer.bounds(OWN_READERS) if one.department}
    found = Department.objects.filter(pk__in=held, kind=Department.Kind.DEPARTMENT)
    return [one for one in found if may(viewer, "publication.begin_package", Scope(one.pk))]


def beginnable(departments: Iterable[Department]) -> list[Beginnable]:
    """What could be begun of these departments, the newest year first. Four queries at most for any number, none for no department."""
    named = {one.pk: one for one in departments}
    found = [*_budgets(named), *_finals(named)] if named else []
    if not found:
        return []
    there = set(Package.objects.filter(department__in=named).values_list("department", "year", "kind"))
    left = [one for one in found if (one.department.pk, one.year, one.kind) not in there]
    return sorted(_dated(left), key=lambda one: (-one.year, one.kind))


def _dated(found: Sequence[Beginnable]) -> list[Beginnable]:
    """With the last days of those whose approval is known."""
    days = [one for one in found if one.approved_on is not None]
    clocks = {one.department_id: one for one in Clock.objects.filter(department__in={one.department.pk for one in days})} if days else {}
    return [
        one if (day := one.approved_on) is None else replace(one, due_on=last_day(limit_by(clocks.get(one.department.pk), day), day))
        for one in found
    ]


def _budgets(named: Mapping[UUID, Department]) -> Iterator[Beginnable]:
    """By the first approval: an adjustment in the year moves no day. The table of the department as a whole says it before others."""
    rows = TableVersion.objects.filter(state__in=ONCE_APPROVED, table__unit__department__in=named).order_by()
    years = rows.values_list("table__unit__department", "table__year").annotate(
        own=Min("approved_on", filter=Q(table__kind=OWN)), first=Min("approved_on"), frozen=Min("frozen_at"),
        standing=Count("pk", filter=Q(state=VersionState.APPROVED.value)),
    )  # fmt: skip
    for pk, year, own, first, frozen, standing in years:
        if standing:
            yield Beginnable(named[pk], year, BUDGET, own or first or _day(frozen), own or first)


def _finals(named: Mapping[UUID, Department]) -> Iterator[Beginnable]:
    rows = SelfEvaluation.objects.filter(state=SelfEvaluation.State.ACCEPTED, table__unit__department__in=named, table__kind=OWN)
    years = rows.order_by().values_list("table__unit__department", "table__year").annotate(first=Min("decided_at"))
    for pk, year, first in years:
        yield Beginnable(named[pk], year, FINAL, _day(first))


def _day(at: datetime | None) -> date | None:
    return None if at is None else timezone.localtime(at).date()
