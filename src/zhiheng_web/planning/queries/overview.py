"""The year at a glance: what a table declares, its indicators against their course, its money, findings and way.

A page of any size costs the same number of queries, and rows come as plain values: nothing is parsed or audited here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.safestring import SafeString

from zhiheng.audit.finding import Severity
from zhiheng.audit.money import printed
from zhiheng.plan.procedure import EDITABLE, FINANCE_ROLES, ONCE_APPROVED, State
from zhiheng.plan.route import to_json
from zhiheng_web.organisation.authority import absent, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.checking import HAS_REPLIES, FindingCount, finding_counts
from zhiheng_web.planning.circulation.standing import route_for
from zhiheng_web.planning.models import CellOpinion, Circulation, DutyRow, IndicatorRow, PerformanceTable, TableVersion
from zhiheng_web.planning.policies import DEPARTMENT_READERS, OFFICE_READERS, visible_versions
from zhiheng_web.planning.queries.chosen import current, meant
from zhiheng_web.planning.queries.declared import Declared, Figure, declared, figure_of
from zhiheng_web.planning.queries.departments import DepartmentsYear, departments_year
from zhiheng_web.planning.queries.tables import TABLE
from zhiheng_web.ui.charts import Point, Share, shares, spark
from zhiheng_web.wording import Text

SHOWN_AT_HOME = 2
OUTSIDE = Text("线下批复（{number}，{day}）", "Approved outside ({number}, {day})")
SOURCES = (("fiscal", Text("财政拨款", "Fiscal appropriation")), ("other", Text("其他资金", "Other money")))
STRUCTURE = (("basic", Text("基本支出", "Basic expenditure")), ("project", Text("项目支出", "Project expenditure")))


@dataclass(frozen=True, slots=True)
class RowGlance:
    """One indicator in one line: words as published, its course, how the target stands to last year, its findings."""

    id: UUID
    indicator: UUID
    address: str
    name: str
    target: str
    mean: str
    last_year: str
    change: str
    course: SafeString
    errors: int
    warnings: int
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class DutyGlance:
    """One duty as a card. ``number`` None: the rows that stand under no duty."""

    number: int | None
    name: str
    objective: str
    rows: list[RowGlance] = field(default_factory=list)

    @property
    def warnings(self) -> int:
        """Findings of its rows that are not errors."""
        return sum(row.warnings for row in self.rows)

    @property
    def errors(self) -> int:
        """Errors of its rows."""
        return sum(row.errors for row in self.rows)


@dataclass(frozen=True, slots=True)
class MoneyGlance:
    """Money in 元 as it is declared; None where the form says nothing. ``chart`` is how the whole is made up."""

    text: Text
    parts: tuple[tuple[Text, Decimal | None], ...]
    chart: SafeString


@dataclass(frozen=True, slots=True)
class StepGlance:
    """One step of the way: ``state`` is done, now, returned or ''."""

    text: Text
    state: str


@dataclass(frozen=True, slots=True)
class TableGlance:
    """A table in the version that the viewer means by it."""

    table: PerformanceTable
    version: TableVersion
    versions: Sequence[TableVersion]
    duties: Sequence[DutyGlance]
    money: Sequence[MoneyGlance]
    errors: int
    warnings: int
    open_warnings: int
    information: int
    opinions: int
    way: Sequence[StepGlance]
    due_on: date | None
    circulation: Circulation | None
    may_edit: bool
    departments: None = None

    @property
    def numbered(self) -> int:
        """How many duties it declares; rows under none are no duty."""
        return sum(1 for duty in self.duties if duty.number is not None)

    @property
    def indicators(self) -> int:
        """How many indicators it declares."""
        return sum(len(duty.rows) for duty in self.duties)

    @property
    def weighed(self) -> bool:
        """Whether some indicator has points, so that the column is worth its room."""
        return any(row.points is not None for duty in self.duties for row in duty.rows)


@dataclass(frozen=True, slots=True)
class DepartmentsGlance:
    """What the finance bureau sees first: a year of all departments."""

    departments: DepartmentsYear


def glances(viewer: Viewer) -> list[TableGlance | DepartmentsGlance]:
    """What stands on the viewer's first page: the newest year's tables, and for finance the year of all departments."""
    found: list[TableGlance | DepartmentsGlance] = []
    if viewer.holds(FINANCE_ROLES):
        year = departments_year(viewer)
        if year is not None:
            found.append(DepartmentsGlance(year))
    if viewer.holds(DEPARTMENT_READERS | OFFICE_READERS) and may(viewer, "planning.see_tables", None):
        newest = meant(_inside(viewer)).order_by("-table__year", "table__unit__kind", "table__kind", "pk")
        chosen = list(_marked(newest)[:SHOWN_AT_HOME])
        found += [_glance(viewer, version, [version]) for version in chosen if version.table.year == chosen[0].table.year]
    return found


def _inside(viewer: Viewer) -> QuerySet[TableVersion]:
    """The versions of departments' own tables: what a role outside finance shows."""
    own = Viewer(viewer.account, tuple(held for held in viewer.held if held.role not in FINANCE_ROLES), viewer.address)
    return visible_versions(own).exclude(table__kind=PerformanceTable.Kind.PROJECT)


def table_glance(viewer: Viewer, table: UUID) -> TableGlance:
    """The table at a glance, or Absent."""
    versions = list(_marked(visible_versions(viewer).filter(table=table)).order_by("number"))
    if not versions:
        raise absent(TABLE)
    return _glance(viewer, current(versions), versions)


def _marked(versions: QuerySet[TableVersion]) -> QuerySet[TableVersion]:
    """The versions with what a glance says of each: its place, how many opinions wait for an answer, whether findings have replies."""
    waiting = CellOpinion.objects.filter(version=OuterRef("pk"), answered_at__isnull=True).order_by().values("version")
    waiting = Coalesce(Subquery(waiting.annotate(number=Count("pk")).values("number")), 0)
    return (
        versions.select_related("table__unit__department", "table__project")
        .defer("head", "strategic_goal")
        .annotate(opinions_waiting=waiting, replied=HAS_REPLIES)
    )


def _glance(viewer: Viewer, version: Any, versions: Sequence[TableVersion]) -> TableGlance:
    """The glance of a version that went through ``_marked``."""
    counts = finding_counts(version, replied=version.replied)
    editable = State(version.state) in EDITABLE
    runs = Circulation.objects.filter(version=version).defer("content").order_by("-submitted_at")
    circulation = None if editable else runs.first()  # an open version will take the route as it is now, not that of an earlier round
    return TableGlance(
        table=version.table,
        version=version,
        versions=versions,
        duties=_duties(viewer, version, counts),
        money=_money(version),
        errors=_sum(counts, Severity.ERROR),
        warnings=_sum(counts, Severity.WARNING),
        open_warnings=sum(count.open for count in counts if count.severity is Severity.WARNING),
        information=_sum(counts, Severity.INFORMATION),
        opinions=version.opinions_waiting,
        way=way_of(version, circulation),
        due_on=circulation.due_on if circulation and circulation.position is not None else None,
        circulation=circulation,
        may_edit=editable and may(viewer, "planning.edit_cells", None),
    )


def _sum(counts: Iterable[FindingCount], severity: Severity) -> int:
    return sum(count.number for count in counts if count.severity is severity)


def _duties(viewer: Viewer, version: TableVersion, counts: Sequence[FindingCount]) -> list[DutyGlance]:
    """The cards: three queries for duties, rows and declared figures."""
    cards = {
        pk: DutyGlance(number, name, objective or "")
        for pk, number, name, objective in DutyRow.objects.filter(version=version)
        .order_by("number")
        .values_list("pk", "number", "name", "objective")
    }
    rows = list(
        IndicatorRow.objects.filter(version=version)
        .order_by("position")
        .values_list(
            "pk",
            "indicator_id",
            "duty_row_id",
            "name",
            "target_text",
            "target_value",
            "mean_text",
            "last_year_text",
            "last_year_value",
            "points",
            named=True,
        )
    )
    found: dict[tuple[UUID | None, Severity], int] = {}
    for count in counts:
        found[count.row, count.severity] = found.get((count.row, count.severity), 0) + count.number
    told = declared(viewer, version, rows)
    loose = DutyGlance(None, "", "")
    base, title, year = reverse("planning:table", args=[version.table_id]), str(Text("走势", "Course")), version.table.year
    for row in rows:
        cards.get(row.duty_row_id, loose).rows.append(_row(row, base, year, told.get(row.indicator_id, {}), found, title))
    return [*cards.values(), *([loose] if loose.rows else [])]


def _row(
    row: Any, base: str, year: int, told: dict[int, Declared], found: dict[tuple[UUID | None, Severity], int], title: str
) -> RowGlance:
    target, last = figure_of(row.target_value), figure_of(row.last_year_value)
    return RowGlance(
        id=row.pk,
        indicator=row.indicator_id,
        address=f"{base}indicators/{row.indicator_id}/",
        name=row.name,
        target=row.target_text or "",
        mean=row.mean_text or "",
        last_year=row.last_year_text or "",
        change=change_of(target, last),
        course=spark(course(told, target, year), title),
        errors=found.get((row.pk, Severity.ERROR), 0),
        warnings=found.get((row.pk, Severity.WARNING), 0),
        points=row.points,
    )


def course(told: dict[int, Declared], target: Figure | None, year: int) -> list[Point]:
    """The declared figures in the target's own measure year by year, then the target. A year without one is a gap."""
    if target is None:
        return []
    first = min(told, default=year)
    points = []
    for past in range(first, year):
        one = told.get(past)
        same = one is not None and one.figure is not None and one.figure.measure == target.measure
        points.append(Point(str(past), one.figure.amount if same and one and one.figure else None))
    return [*points, Point(str(year), target.amount, aim=True)]


def change_of(target: Figure | None, last: Figure | None) -> str:
    """By how much the target differs from last year, in the same measure: +5, −100, ＝; '' where they cannot be compared."""
    if target is None or last is None or target.measure != last.measure:
        return ""
    difference = target.amount - last.amount
    if not difference:
        return "＝"
    return ("+" if difference > 0 else "−") + printed(abs(difference))


def _money(version: TableVersion) -> list[MoneyGlance]:
    """By source and by structure. The chart is drawn only where every part is known."""
    found = []
    for text, names in ((Text("资金来源", "By source"), SOURCES), (Text("资金结构", "By structure"), STRUCTURE)):
        parts = tuple((name, getattr(version, column)) for column, name in names)
        known = [Share(name, amount / 10000) for name, amount in parts if amount is not None]
        found.append(MoneyGlance(text, parts, shares(known, str(text), str(Text("万元", "×10,000 yuan")))))
    return found


def way_of(version: TableVersion, circulation: Circulation | None) -> list[StepGlance]:
    """The way of a version: declaring, each checkpoint it passes or will pass, the approval.

    An approval given outside passed no checkpoint here: of it the paper is known, its number and its day.
    """
    state = State(version.state)
    if state is State.DECLARED_HISTORY:
        return []
    approved = {State.APPROVED: "now", State.SUPERSEDED: "done"}.get(state, "")
    if version.approval_scan_id is not None:
        paper = OUTSIDE.with_(number=version.approval_number, day=version.approved_on)
        return [StepGlance(Text("填报", "Declare"), "done"), StepGlance(paper, approved)]
    ended = circulation is None or circulation.position is None
    passed = -1 if circulation is None else len(circulation.checkpoints) if ended else circulation.position
    declaring = {State.DRAFT: "now", State.RETURNED: "returned"}.get(state, "done")
    steps = [StepGlance(Text("填报", "Declare"), declaring)]
    checkpoints = circulation.checkpoints if circulation else to_json(route_for(version.table))
    for index, checkpoint in enumerate(checkpoints):
        name = Text(checkpoint.get("zh") or checkpoint.get("name_zh", ""), checkpoint.get("en") or checkpoint.get("name_en", ""))
        past = "done" if state in ONCE_APPROVED or (not ended and index < passed) else ""
        steps.append(StepGlance(name, "now" if not ended and index == passed else past))
    return [*steps, StepGlance(Text("批复", "Approved"), approved)]


@dataclass(frozen=True, slots=True)
class TableLine:
    """One table in the list, by the version meant, with the number of its indicators."""

    version: TableVersion
    indicators: int


def tables_of(viewer: Viewer, *, year: int | None = None, kind: str = "", state: str = "") -> tuple[list[TableLine], list[int]]:
    """The tables that a viewer sees, newest year first; and the years there are. Three queries."""
    seen = visible_versions(viewer)
    years = list(seen.order_by("-table__year").values_list("table__year", flat=True).distinct())
    chosen = meant(seen).select_related("table__unit__department", "table__project").defer("head", "strategic_goal")
    if year is not None:
        chosen = chosen.filter(table__year=year)
    if kind in PerformanceTable.Kind.values:
        chosen = chosen.filter(table__kind=kind)
    if state:
        chosen = chosen.filter(state=state)
    ordered = chosen.order_by("-table__year", "table__unit__department__code", "table__unit__kind", "table__unit__code", "table__kind")
    listed = list(ordered[:MOST_LISTED])
    counts = _row_counts(listed)
    return [TableLine(version, counts.get(version.pk, 0)) for version in listed], years


MOST_LISTED = 500
"""A department has a few dozen tables; who sees thousands looks at the departments' page."""


def _row_counts(versions: Iterable[TableVersion]) -> dict[UUID, int]:
    """How many indicators each version declares. One query."""
    counted = IndicatorRow.objects.filter(version__in=list(versions)).order_by().values_list("version").annotate(number=Count("pk"))
    return dict(counted)
