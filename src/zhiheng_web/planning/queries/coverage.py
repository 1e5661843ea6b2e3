"""Coverage (项目覆盖): which money has goals, what it serves, and what is left without. Every project's money counts once.

One measure of money is used throughout: the initial budget (年初预算), as the department's table states it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.safestring import SafeString

from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import Duty, DutyRow, IndicatorRow, PerformanceTable, TableVersion
from zhiheng_web.planning.money.execution import share
from zhiheng_web.planning.queries.money import BudgetOfYear, ProjectYear, budget_of_year, once, project_years, table_version, units_for
from zhiheng_web.ui import charts
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the projects: how many, how much, and what part of all they are in number and in money (per cent)."""

    number: int
    amount: Decimal
    of_number: Decimal | None
    of_amount: Decimal | None


@dataclass(frozen=True, slots=True)
class DutyMoney:
    """A duty with the projects that serve it. ``own``: money of projects that serve it alone; ``shared``: of those that serve others too.

    ``activities`` and ``indicators`` that a project is linked to; ``all_indicators`` is how many the table has.
    """

    duty: Duty
    number: int | None
    name: str
    projects: tuple[ProjectYear, ...]
    own: Decimal
    shared: Decimal
    activities: int
    indicators: int
    all_indicators: int

    @property
    def amount(self) -> Decimal:
        """All money that serves it, the shared in full: not to be added up over duties."""
        return self.own + self.shared


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of a department's projects in a year.

    ``own + shared + unlinked = total``: money of projects that serve one duty, several duties (each project once), and none.
    """

    year: int
    projects: tuple[ProjectYear, ...]
    version: TableVersion | None
    budget: BudgetOfYear
    total: Part
    with_goals: Part
    without_goals: Part
    linked: Part
    unlinked: Part
    own: Part
    shared: Part
    duties: tuple[DutyMoney, ...]
    links: int

    @property
    def unlinked_projects(self) -> tuple[ProjectYear, ...]:
        """Projects whose links reach no duty, or that have none."""
        return tuple(row for row in self.projects if not row.duties)

    @property
    def duties_without_money(self) -> tuple[DutyMoney, ...]:
        """Duties that no project serves."""
        return tuple(row for row in self.duties if not row.projects)

    @property
    def synthetic(self) -> bool:
        """Whether some of it is invented for the demonstration."""
        return self.budget.synthetic or any(row.project.synthetic for row in self.projects)


def coverage(viewer: Viewer, department: Department, year: int, day: date) -> Coverage:
    """The coverage of the department's projects that the viewer sees. The number of queries does not depend on theirs."""
    projects = project_years(viewer, year, day, department=department)
    version = table_version(viewer, year, PerformanceTable.Kind.DEPARTMENT, department=department)
    budget = budget_of_year(viewer, units_for(viewer, department), year, day, version)
    total = once(projects)

    def part(rows: Sequence[ProjectYear]) -> Part:
        amount = once(rows)
        return Part(len(rows), amount, share(Decimal(len(rows)), Decimal(len(projects))), share(amount, total))

    linked = [row for row in projects if row.duties]
    shared = [row for row in linked if row.shared]
    return Coverage(
        year,
        tuple(projects),
        version,
        budget,
        part(projects),
        part([row for row in projects if row.version is not None]),
        part([row for row in projects if row.version is None]),
        part(linked),
        part([row for row in projects if not row.duties]),
        part([row for row in linked if not row.shared]),
        part(shared),
        _duties(department, version, projects),
        sum(len(row.links) for row in projects),
    )


def _duties(department: Department, version: TableVersion | None, projects: Sequence[ProjectYear]) -> tuple[DutyMoney, ...]:
    """Every duty of the table (of the department where there is none) and any other that a project serves. Two queries."""
    rows = list(DutyRow.objects.filter(version=version).select_related("duty").order_by("number")) if version else []
    known: dict[UUID, tuple[Duty, int | None, str]] = {row.duty_id: (row.duty, row.number, row.name) for row in rows}
    if version is None:
        known = {duty.pk: (duty, None, duty.name) for duty in department.duties.order_by("code")}
    for row in projects:
        for duty in row.duties:
            known.setdefault(duty.pk, (duty, None, duty.name))
    indicators: dict[UUID, int] = {}
    if version is not None:
        for duty in IndicatorRow.objects.filter(version=version, duty_row__isnull=False).values_list("duty_row__duty", flat=True):
            indicators[duty] = indicators.get(duty, 0) + 1
    return tuple(_duty(*entry, projects, indicators.get(key, 0)) for key, entry in known.items())


def _duty(duty: Duty, number: int | None, name: str, projects: Sequence[ProjectYear], all_indicators: int) -> DutyMoney:
    serving = tuple(row for row in projects if any(found.pk == duty.pk for found in row.duties))
    links = [link for row in serving for link in row.links]
    return DutyMoney(
        duty,
        number,
        " ".join(name.split()),
        serving,
        once(row for row in serving if not row.shared),
        once(row for row in serving if row.shared),
        len({link.activity_id for link in links if link.activity is not None and link.activity.duty_id == duty.pk}),
        len({link.indicator_id for link in links if link.indicator is not None and link.indicator.duty_id == duty.pk}),
        all_indicators,
    )


def money_chart(page: Coverage) -> SafeString:
    """The money of the projects by what it serves: one duty, several, none."""
    parts = (
        (Text("服务一项职责", "One duty"), page.own),
        (Text("服务多项职责", "Several duties"), page.shared),
        (Text("未关联", "Not linked"), page.unlinked),
    )
    return charts.shares(
        [charts.Share(text, part.amount / 10_000) for text, part in parts], str(Text("项目支出去向", "What projects serve"))
    )


def duty_chart(page: Coverage) -> tuple[tuple[DutyMoney, Decimal, Decimal], ...]:
    """Each duty with the widths of its bar in per cent of the longest: own money, then shared."""
    longest = max((row.amount for row in page.duties), default=Decimal(0))
    if not longest:
        return tuple((row, Decimal(0), Decimal(0)) for row in page.duties)
    return tuple((row, share(row.own, longest) or Decimal(0), share(row.shared, longest) or Decimal(0)) for row in page.duties)
