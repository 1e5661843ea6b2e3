"""Budget and projects for their pages: the list, one project, what a unit or department has for a year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Prefetch, Q

from zhiheng.plan.procedure import State
from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.models import Department, Unit
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import (
    BudgetChange,
    BudgetLine,
    Duty,
    PerformanceTable,
    PreAssessment,
    Project,
    ProjectLink,
    TableVersion,
    TreasuryPayment,
)
from zhiheng_web.planning.money.execution import Spending, by_line, spending
from zhiheng_web.planning.policies import visible_projects, visible_units, visible_versions
from zhiheng_web.planning.pre_assessment import lacking
from zhiheng_web.wording import Text

SOURCES: dict[str, Text] = {
    BudgetLine.Source.FISCAL: Text("财政拨款", "Fiscal"),
    BudgetLine.Source.CARRIED: Text("上年结转资金", "Carried over"),
    BudgetLine.Source.OTHER: Text("其他资金", "Other"),
}
ATTRIBUTES: dict[str, Text] = {
    Project.Attribute.CONTINUING: Text("持续性项目", "Continuing"),
    Project.Attribute.NEW: Text("新增性项目", "New"),
}
CONCLUSIONS: dict[str, Text] = {
    PreAssessment.Conclusion.SUPPORT: Text("予以支持", "Supported"),
    PreAssessment.Conclusion.MEND: Text("调整完善后予以支持", "Supported once mended"),
    PreAssessment.Conclusion.REJECT: Text("不予支持", "Not supported"),
}


@dataclass(frozen=True, slots=True)
class ProjectYear:
    """A project in a year: its money, what it serves and its own table. Every amount is the project's own, counted once.

    ``duties`` are those that its links reach, by activity or indicator; ``version`` is the newest of its table that the viewer sees.
    """

    project: Project
    lines: tuple[BudgetLine, ...]
    spending: Spending
    links: tuple[ProjectLink, ...]
    duties: tuple[Duty, ...]
    version: TableVersion | None
    lacking: Text | None

    @property
    def attribute(self) -> Text:
        """持续性 or 新增性."""
        return ATTRIBUTES[self.project.attribute]

    @property
    def shared(self) -> bool:
        """Whether it serves more than one duty."""
        return len(self.duties) > 1


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of projects is narrowed to; '' everything. ``links`` linked | unlinked, ``goals`` with | without."""

    text: str = ""
    unit: str = ""
    attribute: str = ""
    links: str = ""
    goals: str = ""

    def keep(self, row: ProjectYear) -> bool:
        """Whether a project is among those asked for."""
        words = f"{row.project.code} {row.project.name} {row.project.office or ''}".lower()
        return (
            self.text.lower() in words
            and self.unit in ("", str(row.project.unit_id))
            and self.attribute in ("", row.project.attribute)
            and (not self.links or (self.links == "linked") == bool(row.duties))
            and (not self.goals or (self.goals == "with") == (row.version is not None))
        )


def once(rows: Iterable[ProjectYear]) -> Decimal:
    """The money of these projects, each counted once however often it is given."""
    return sum((row.spending.initial for row in {row.project.pk: row for row in rows}.values()), Decimal(0))


def duties_of(links: Iterable[ProjectLink]) -> tuple[Duty, ...]:
    """The duties that links reach, each once, in the order of their codes."""
    ends = [end.duty for link in links for end in (link.activity, link.indicator) if end is not None and end.duty is not None]
    return tuple(sorted({duty.pk: duty for duty in ends}.values(), key=lambda duty: duty.code))


def project_years(
    viewer: Viewer, year: int, day: date, *, department: Department | None = None, project: UUID | None = None
) -> list[ProjectYear]:
    """The projects of a year that the viewer sees, with everything their pages show. Seven queries, however many there are.

    A project belongs to the year if its period holds the year or it has budget or links in it.
    """
    inside = Q(first_year__lte=year) & (Q(last_year__isnull=True) | Q(last_year__gte=year))
    touched = Q(pk__in=BudgetLine.objects.filter(year=year).values("project")) | Q(
        pk__in=ProjectLink.objects.filter(year=year).values("project")
    )
    seen = visible_projects(viewer).filter(Q(pk=project) if project else inside | touched)
    if department is not None:
        seen = seen.filter(unit__department=department)
    links = ProjectLink.objects.filter(year=year).select_related("activity__duty", "indicator__duty").order_by("made_at")
    projects = list(
        seen.select_related("unit__department", "office")
        .prefetch_related(
            Prefetch("budget_lines", BudgetLine.objects.filter(year=year).order_by("source"), to_attr="lines_of_year"),
            Prefetch("links", links, to_attr="links_of_year"),
            "pre_assessments",
        )
        .order_by("unit__code", "code")
    )
    lines = [line for row in projects for line in row.lines_of_year]
    changes = by_line(list(BudgetChange.objects.filter(line__in=lines)))
    payments = by_line(list(TreasuryPayment.objects.filter(line__in=lines, replaced_by__isnull=True)))
    versions = newest_versions(viewer, year, projects)
    return [
        ProjectYear(
            row,
            tuple(row.lines_of_year),
            spending(
                row.lines_of_year,
                [change for line in row.lines_of_year for change in changes.get(line.pk, ())],
                [payment for line in row.lines_of_year for payment in payments.get(line.pk, ())],
                day,
            ),
            tuple(row.links_of_year),
            duties_of(row.links_of_year),
            versions.get(row.pk),
            lacking(row),
        )
        for row in projects
    ]


def newest_versions(viewer: Viewer, year: int, projects: Sequence[Project]) -> dict[UUID, TableVersion]:
    """The newest version of each project's table of the year that the viewer may read. One query."""
    seen = visible_versions(viewer).filter(table__project__in=projects, table__year=year).select_related("table").order_by("number")
    return {version.table.project_id: version for version in seen}


@dataclass(frozen=True, slots=True)
class Check:
    """One amount of the table against what the budget lines add up to. ``stated`` None: the table does not say it."""

    name: Text
    stated: Decimal | None
    counted: Decimal
    note: Text | None = None

    @property
    def gap(self) -> Decimal | None:
        """Counted less stated; None where there is nothing to compare."""
        return None if self.stated is None else self.counted - self.stated


@dataclass(frozen=True, slots=True)
class BudgetOfYear:
    """What a unit, or all units of a department, have for a year: by source and by structure, against the table's amounts.

    ``basic`` and ``project`` split ``total``; ``sources`` splits it another way. Nothing is set right in silence: a difference
    is shown. ``version`` is the table's version that the amounts are compared with.
    """

    units: tuple[Unit, ...]
    lines: tuple[BudgetLine, ...]
    total: Spending
    basic: Spending
    project: Spending
    sources: tuple[tuple[str, Text, Spending], ...]
    by_unit: tuple[tuple[Unit, Spending, Spending], ...]
    version: TableVersion | None
    checks: tuple[Check, ...]

    @property
    def synthetic(self) -> bool:
        """Whether some of it is invented for the demonstration."""
        return any(line.synthetic or (line.project is not None and line.project.synthetic) for line in self.lines)

    @property
    def gaps(self) -> tuple[Check, ...]:
        """The amounts that differ."""
        return tuple(check for check in self.checks if check.gap)


def budget_of_year(viewer: Viewer, units: Sequence[Unit], year: int, day: date, version: TableVersion | None) -> BudgetOfYear:
    """The budget of those of ``units`` that the viewer sees, compared with the amounts of ``version``. Four queries."""
    units = list(visible_units(viewer).filter(pk__in=[unit.pk for unit in units]).order_by("code"))
    lines = list(BudgetLine.objects.filter(unit__in=units, year=year).select_related("project", "unit").order_by("unit__code"))
    changes = list(BudgetChange.objects.filter(line__in=lines))
    payments = list(TreasuryPayment.objects.filter(line__in=lines, replaced_by__isnull=True))

    def of(chosen: Iterable[BudgetLine]) -> Spending:
        return spending(chosen, changes, payments, day)

    sources = tuple((code, text, of(line for line in lines if line.source == code)) for code, text in SOURCES.items())
    basic, project = of(line for line in lines if line.project_id is None), of(line for line in lines if line.project_id is not None)
    total = of(lines)
    return BudgetOfYear(
        tuple(units),
        tuple(lines),
        total,
        basic,
        project,
        sources,
        tuple(
            (
                unit,
                of(line for line in lines if line.unit_id == unit.pk and line.project_id is None),
                of(line for line in lines if line.unit_id == unit.pk and line.project_id is not None),
            )
            for unit in units
        ),
        version,
        _checks(version, total.initial, basic.initial, project.initial, {code: found.initial for code, _, found in sources}),
    )


def _checks(
    version: TableVersion | None, total: Decimal, basic: Decimal, project: Decimal, sources: dict[str, Decimal]
) -> tuple[Check, ...]:
    """The five amounts of the table, and 上年结转资金 that it has no place for."""
    if version is None:
        return ()
    carried = sources[BudgetLine.Source.CARRIED]
    note = Text("表中没有“上年结转资金”一栏，已计入预算总额。", "The table has no line for carried-over money; it is part of the total.")
    return (
        Check(Text("预算总额", "Total"), version.total, total, note if carried else None),
        Check(SOURCES[BudgetLine.Source.FISCAL], version.fiscal, sources[BudgetLine.Source.FISCAL]),
        Check(SOURCES[BudgetLine.Source.OTHER], version.other, sources[BudgetLine.Source.OTHER]),
        Check(Text("基本支出", "Basic"), version.basic, basic),
        Check(Text("项目支出", "Projects"), version.project, project),
    )


def table_version(
    viewer: Viewer, year: int, kind: str, *, department: Department | None = None, unit: Unit | None = None
) -> TableVersion | None:
    """The version of the department's or unit's table that counts: the one in force, else the newest that the viewer sees. One query."""
    seen = visible_versions(viewer).filter(table__year=year, table__kind=kind, table__project__isnull=True)
    seen = seen.filter(table__unit=unit) if unit is not None else seen.filter(table__unit__department=department)
    versions = list(seen.select_related("table__unit__department").order_by("number"))
    return next((row for row in versions if row.state == State.APPROVED), versions[-1] if versions else None)


def departments_for(viewer: Viewer) -> list[Department]:
    """The departments whose money the viewer may read. The finance bureau itself is one of them only if it has a budget here."""
    seen = Department.objects.filter(pk__in=visible_units(viewer).values("department"))
    return list(seen.filter(Q(kind=Department.Kind.DEPARTMENT) | Q(units__budget_lines__isnull=False)).distinct().order_by("code"))


def units_for(viewer: Viewer, department: Department | None = None) -> list[Unit]:
    """The units whose money the viewer may read: of one department, or of all of :func:`departments_for`."""
    seen = visible_units(viewer).select_related("department").order_by("department__code", "code")
    return list(seen.filter(department__in=[department] if department is not None else departments_for(viewer)))


def years_of(viewer: Viewer, today: date) -> list[int]:
    """The years that have budget or tables, newest first; this year where none has. Two queries."""
    budgets = BudgetLine.objects.filter(unit__in=visible_units(viewer)).values_list("year", flat=True).distinct()
    tables = PerformanceTable.objects.filter(unit__in=visible_units(viewer)).values_list("year", flat=True).distinct()
    return sorted({*budgets, *tables} or {today.year}, reverse=True)


def department_of(departments: Sequence[Department], chosen: UUID | None) -> Department | None:
    """The department that is asked for, or the first that the viewer sees; one that he does not see is absent."""
    if chosen is None:
        return next(iter(departments), None)
    found = next((row for row in departments if row.pk == chosen), None)
    if found is None:
        raise absent(Text("该部门", "this department"))
    return found


@dataclass(frozen=True, slots=True)
class BudgetPage:
    """A department's budget with that of each of its units that has a table of its own."""

    whole: BudgetOfYear
    units: tuple[BudgetOfYear, ...]


def budget_page(viewer: Viewer, department: Department, year: int, day: date) -> BudgetPage:
    """The department's budget against its table, and that of each subordinate unit against its own."""
    units = units_for(viewer, department)
    seen = visible_versions(viewer).filter(table__unit__in=units, table__year=year, table__kind=PerformanceTable.Kind.UNIT)
    newest = {row.table.unit_id: row for row in seen.select_related("table__unit").order_by("number")}
    version = table_version(viewer, year, PerformanceTable.Kind.DEPARTMENT, department=department)
    own = tuple(budget_of_year(viewer, [unit], year, day, newest[unit.pk]) for unit in units if unit.pk in newest)
    return BudgetPage(budget_of_year(viewer, units, year, day, version), own)
