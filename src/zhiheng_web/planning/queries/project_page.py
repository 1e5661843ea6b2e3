"""One project in one year for its page: money line by line, month by month, what it serves, its table and pre-assessments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.safestring import SafeString

from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.models import Department, Office, Unit
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import (
    Activity,
    BudgetChange,
    BudgetLine,
    Duty,
    DutyRow,
    Indicator,
    IndicatorRow,
    PerformanceTable,
    PreAssessment,
    Project,
    TableVersion,
    TreasuryPayment,
)
from zhiheng_web.planning.money.execution import NONE, Spending, spending
from zhiheng_web.planning.money.projects import PROJECT
from zhiheng_web.planning.queries.money import CONCLUSIONS, SOURCES, ProjectYear, project_years, table_version
from zhiheng_web.ui import charts
from zhiheng_web.wording import Text

MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class LineOfYear:
    """One budget line with its source in words and its money. ``fixed``: payments or adjustments rest on its initial amount."""

    line: BudgetLine
    source: Text
    spending: Spending
    fixed: bool


@dataclass(frozen=True, slots=True)
class Month:
    """One month: what was paid, and the earlier statements of it that a later sheet replaced. ``amount`` None: no data."""

    number: int
    amount: Decimal | None
    standing: tuple[TreasuryPayment, ...]
    replaced: tuple[TreasuryPayment, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """A pre-assessment with its conclusion in words."""

    row: PreAssessment
    conclusion: Text


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """All that the page of a project shows."""

    year: int
    of_year: ProjectYear
    lines: tuple[LineOfYear, ...]
    changes: tuple[BudgetChange, ...]
    months: tuple[Month, ...]
    chart: SafeString
    choices: Choices
    assessments: tuple[Assessment, ...]
    open_sources: tuple[tuple[str, Text], ...]


def project_page(viewer: Viewer, project: UUID, year: int, day: date) -> ProjectPage:
    """The page of a project that the viewer sees, else Absent. The number of queries does not depend on the project."""
    found = project_years(viewer, year, day, project=project)
    if not found:
        raise absent(PROJECT)
    row = found[0]
    changes, payments = changes_of(row.lines), payments_of(row.lines)
    department = row.project.unit.department
    version = table_version(viewer, year, PerformanceTable.Kind.DEPARTMENT, department=department)
    return ProjectPage(
        year,
        row,
        tuple(_line(line, changes, payments, day) for line in row.lines),
        tuple(changes),
        tuple(_month(month, payments) for month in MONTHS),
        _chart(row.spending),
        choices_for(department, version, year),
        assessments_of(row.project),
        tuple((code, text) for code, text in SOURCES.items() if code not in {line.source for line in row.lines if line.carried_from}),
    )


def assessments_of(project: Project) -> tuple[Assessment, ...]:
    """The pre-assessments of a project, newest first. Two queries."""
    rows = (
        project.pre_assessments.select_related("assessed_by", "confirmed_by")
        .prefetch_related("items")
        .order_by("-assessed_on", "-assessed_at")
    )
    return tuple(Assessment(row, CONCLUSIONS[row.conclusion]) for row in rows)


def _line(line: BudgetLine, changes: Sequence[BudgetChange], payments: Sequence[TreasuryPayment], day: date) -> LineOfYear:
    rests = line.carried_from is not None or any(row.line_id == line.pk for row in (*changes, *payments))
    return LineOfYear(line, SOURCES[line.source], spending([line], changes, payments, day), rests)


def _month(month: int, payments: Sequence[TreasuryPayment]) -> Month:
    rows = [row for row in payments if row.month == month]
    standing = tuple(row for row in rows if row.replaced_by_id is None)
    amount = sum((row.amount for row in standing), NONE) if standing else None
    return Month(month, amount, standing, tuple(row for row in rows if row.replaced_by_id is not None))


def _chart(money: Spending) -> SafeString:
    """What was paid by the end of each month in 万元, against the budget."""
    paid, points = NONE, []
    for month in MONTHS:
        amount = money.month(month)
        paid += amount or NONE
        points.append(charts.Point(str(month), None if amount is None else paid / 10_000))
    title = str(Text("各月累计支付（万元）", "Paid by the end of each month (10k yuan)"))
    return charts.history(points, title, money.current / 10_000 if money.months else None)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a project can be linked to in a year: duties, their indicators, and the activities that are known or that the table names."""

    duties: tuple[Duty, ...]
    indicators: tuple[Indicator, ...]
    activities: tuple[str, ...]


def choices_for(department: Department, version: TableVersion | None, year: int) -> Choices:
    """Duties and indicators of the department's table (of the department where there is none). Three or four queries."""
    activities = list(Activity.objects.filter(duty__department=department, year=year).values_list("name", flat=True))
    if version is None:
        indicators = (
            Indicator.objects.filter(department=department, duty__isnull=False).select_related("duty").order_by("duty__code", "name")
        )
        return Choices(tuple(department.duties.all()), tuple(indicators), tuple(dict.fromkeys(activities)))
    duties = tuple(row.duty for row in DutyRow.objects.filter(version=version).select_related("duty").order_by("number"))
    rows = list(IndicatorRow.objects.filter(version=version).select_related("indicator__duty").order_by("position"))
    named = [" ".join(row.activity.split()) for row in rows if row.activity and row.activity.strip()]
    return Choices(duties, tuple(row.indicator for row in rows), tuple(dict.fromkeys([*activities, *named])))


def changes_of(lines: Sequence[BudgetLine]) -> list[BudgetChange]:
    """The adjustments of these lines, oldest first."""
    return list(BudgetChange.objects.filter(line__in=lines).select_related("line", "made_by").order_by("on", "made_at"))


def payments_of(lines: Sequence[BudgetLine]) -> list[TreasuryPayment]:
    """All payments of these lines, the replaced ones too: newest of each month first."""
    rows = TreasuryPayment.objects.filter(line__in=lines).select_related("line", "source_file", "imported_by", "replaced_by__source_file")
    return list(rows.order_by("month", "line", "-imported_at"))


def offices_for(units: Sequence[Unit]) -> list[Office]:
    """The offices of these units that are not closed."""
    return list(Office.objects.filter(unit__in=units, closed_on__isnull=True).select_related("unit").order_by("unit__code", "code"))
