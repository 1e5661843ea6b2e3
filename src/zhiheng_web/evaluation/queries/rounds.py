"""Rounds of monitoring for their pages: the list with its progress, one round, and what a new one would be by its policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from zhiheng.monitoring.lamp import Lamp
from zhiheng.monitoring.policy import Policy
from zhiheng.monitoring.policy_words import label, said
from zhiheng.monitoring.rounds import proposed
from zhiheng_web.evaluation.actions.plan_round import Covers, RoundPlan, departments_for
from zhiheng_web.evaluation.models import MonitoringReport, MonitoringRound, MonitoringRow, RectificationItem
from zhiheng_web.evaluation.monitoring.coverage import left_out, tables_without
from zhiheng_web.evaluation.monitoring.standing import round_for
from zhiheng_web.evaluation.policies.monitoring import awaited_reports, table_scope, visible_reports, visible_rounds
from zhiheng_web.ledgers.measures.result import State
from zhiheng_web.local_rules import GENERAL, policies
from zhiheng_web.organisation.authority import authorise_menu, may
from zhiheng_web.organisation.calendar import add_days
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import PerformanceTable, TableVersion
from zhiheng_web.planning.policies import visible_tables
from zhiheng_web.wording import Text

COVERS: Mapping[str, Text] = {
    Covers.ALL.value: Text("部门整体和全部项目", "Department and all projects"),
    Covers.DEPARTMENT.value: Text("部门整体", "Department"),
    Covers.PROJECTS.value: Text("项目支出", "Projects"),
    Covers.CHOSEN.value: Text("指定的表", "Chosen tables"),
}
LANGUAGES = ("zh", "en")
Counts = dict[UUID, dict[str, int]]
PLANNED, OPEN, LATE, CLOSED = "planned", "open", "late", "closed"
STATES: Mapping[str, tuple[Text, str]] = {
    PLANNED: (Text("未启动", "Not open yet"), ""),
    OPEN: (Text("填报中", "Open"), "info"),
    LATE: (Text("已逾期", "Overdue"), "bad"),
    CLOSED: (Text("已完成", "Closed"), "good"),
}
Submitted = MonitoringReport.State.SUBMITTED


def state_of(found: MonitoringRound, today: date) -> str:
    """How a round stands on a day."""
    if found.closed_at is not None:
        return CLOSED
    if today > found.due_on:
        return LATE
    return PLANNED if found.opened_at is None else OPEN


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in the list. ``lamps`` count the indicators of reports that the viewer reads; ``corrections`` the open corrective actions.

    ``provisional``: of these lamps, how many burn by the figure of an earlier data year, because that of this one is not out.
    """

    round: MonitoringRound
    state: str
    reports: int
    submitted: int
    lamps: Mapping[str, int]
    corrections: int
    provisional: Mapping[str, int]

    @property
    def state_text(self) -> Text:
        """The state in words."""
        return STATES[self.state][0]

    @property
    def tone(self) -> str:
        """The badge of the state."""
        return STATES[self.state][1]

    @property
    def covers(self) -> Text:
        """Which tables report; of chosen ones how many."""
        text = COVERS[self.round.covers]
        if self.round.covers != Covers.CHOSEN:
            return text
        number = len(self.round.tables or ())
        return Text(f"{text.zh}（{number} 张）", f"{text.en} ({number})")

    @property
    def policy(self) -> Text:
        """The policy by its name."""
        return policy_name(self.round.policy)


@dataclass(frozen=True, slots=True)
class RoundsPage:
    """The rounds of a year that the viewer sees. ``several``: of more than one department."""

    year: int
    years: Sequence[int]
    lines: Sequence[RoundLine]
    several: bool
    plans: bool


def policy_name(name: str) -> Text:
    """What a policy is called; one that is no longer there by its file."""
    policy = policies().get(name)
    return Text(policy.zh, policy.en) if policy else Text(name, name)


def _shown_first(viewer: Viewer, held: Set[int], now: int) -> int:
    """The year that a reader wants to see: this one if there is something to monitor, else the last that was monitored."""
    if now in held or visible_tables(viewer).filter(year=now).exists():
        return now
    return max((one for one in held if one < now), default=now)


def rounds_page(viewer: Viewer, year: int | None = None) -> RoundsPage:
    """The list. Six queries, however many rounds."""
    authorise_menu(viewer, "evaluation.see_monitoring")
    seen = visible_rounds(viewer)
    now = viewer.today().year
    held = set(seen.order_by().values_list("year", flat=True).distinct())
    years = sorted({*held, now}, reverse=True)
    chosen = year or _shown_first(viewer, held, now)
    rounds = list(seen.filter(year=chosen).select_related("department").order_by("department__code", "number"))
    lines = lines_of(viewer, rounds)
    return RoundsPage(chosen, years, lines, len({one.department_id for one in rounds}) > 1, may(viewer, "evaluation.plan_round", None))


def lines_of(viewer: Viewer, rounds: Sequence[MonitoringRound]) -> list[RoundLine]:
    """Rounds with their progress. Three queries."""
    reports = MonitoringReport.objects.filter(round__in=rounds).order_by().values_list("round")
    counted = {pk: (all_, sent) for pk, all_, sent in reports.annotate(n=Count("pk"), sent=Count("pk", filter=Q(state=Submitted)))}
    read = visible_reports(viewer).filter(round__in=rounds)
    lamps, provisional = lamp_counts(read, "report__round")
    opened = RectificationItem.objects.filter(monitoring_row__report__in=read).exclude(state=RectificationItem.State.CLOSED).order_by()
    corrections = dict(opened.values_list("monitoring_row__report__round").annotate(n=Count("pk")))
    today = viewer.today()
    return [
        RoundLine(
            one, state_of(one, today), *counted.get(one.pk, (0, 0)), in_order(lamps.get(one.pk, {})), corrections.get(one.pk, 0),
            in_order(provisional.get(one.pk, {})),
        )
        for one in rounds
    ]  # fmt: skip


def lamp_counts(reports: object, by: str) -> tuple[Counts, Counts]:
    """What rows belong to → lamp → their number, over some reports: of all, and of those whose statistic is awaited. One query."""
    rows = MonitoringRow.objects.filter(report__in=reports).order_by().values_list(by, "lamp")
    every: Counts = {}
    awaited: Counts = {}
    for pk, lamp, number, waiting in rows.annotate(number=Count("pk"), waiting=Count("pk", filter=Q(state=State.WAITING.value))):
        every.setdefault(pk, {})[lamp] = number
        if waiting and lamp not in ("", Lamp.NONE.value):
            awaited.setdefault(pk, {})[lamp] = waiting
    return every, awaited


def in_order(counts: Mapping[str, int]) -> dict[str, int]:
    """Lamps from the gravest on, each with its number; those that nobody has are left out."""
    return {lamp.value: counts[lamp.value] for lamp in Lamp if counts.get(lamp.value)}


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report in its round. ``readable`` False: not by this viewer; ``awaited``: not before it is submitted, as finance reads it."""

    report: MonitoringReport
    readable: bool
    lamps: Mapping[str, int]
    submits: bool
    provisional: Mapping[str, int]
    awaited: bool


@dataclass(frozen=True, slots=True)
class RoundPage:
    """One round. ``versions`` are the tables that would get a report if it were opened now, or once more.

    ``without`` is how many have no target in force.
    """

    line: RoundLine
    reports: Sequence[ReportLine]
    versions: Sequence[TableVersion]
    without: int
    may: Mapping[str, bool]
    begun: bool
    passed: bool

    @property
    def round(self) -> MonitoringRound:
        """The round."""
        return self.line.round

    @property
    def readable(self) -> int:
        """How many of its reports the viewer reads: the lamps of the round are those of these."""
        return sum(line.readable for line in self.reports)


def round_page(viewer: Viewer, pk: UUID) -> RoundPage:
    """One round with its reports."""
    authorise_menu(viewer, "evaluation.see_monitoring")
    found = round_for(viewer, pk)
    readable = set(visible_reports(viewer).filter(round=found).values_list("pk", flat=True))
    reports = MonitoringReport.objects.filter(round=found).select_related(
        "table__unit__department", "table__project", "submitted_by", "version"
    )
    lamps, provisional = lamp_counts(list(readable), "report")
    awaited = set(awaited_reports(viewer).filter(round=found).values_list("pk", flat=True)) - readable
    lines = [
        ReportLine(
            report, report.pk in readable, in_order(lamps.get(report.pk, {})),
            may(viewer, "evaluation.submit_monitoring", table_scope(report.table)), in_order(provisional.get(report.pk, {})),
            report.pk in awaited,
        )
        for report in sorted(reports, key=lambda one: (one.table.kind, one.table.unit.code, str(one.table)))
    ]  # fmt: skip
    scope = Scope(found.department_id)
    allowed = {name: may(viewer, f"evaluation.{name}", scope) for name in ("change_round", "open_round", "close_round")}
    planned = found.opened_at is None
    today = viewer.today()
    return RoundPage(
        lines_of(viewer, [found])[0], lines, would_report(found, [line.report for line in lines]),
        tables_without(found) if planned else 0, allowed, today >= found.first, today > found.last,
    )  # fmt: skip


def would_report(found: MonitoringRound, reports: Sequence[MonitoringReport]) -> Sequence[TableVersion]:
    """The tables that opening would give a report: of a planned round all that it covers, of an open one what came into force since."""
    if found.closed_at is not None:
        return ()
    return left_out(found, {report.table_id for report in reports})


@dataclass(frozen=True, slots=True)
class PlanningPage:
    """The form of a round. ``departments`` are those it may be planned for."""

    plan: RoundPlan
    departments: Sequence[Department]
    policies: Sequence[Policy]
    policy: Policy
    tables: Sequence[PerformanceTable]
    round: MonitoringRound | None = None

    @property
    def settings(self) -> list[tuple[Text, Text, str, bool]]:
        """What the policy says, in words: setting, value, what it rests on, whether that text was checked."""
        return [
            (Text(*(label(key, language) for language in LANGUAGES)), Text(*(said(key, one.value, language) for language in LANGUAGES)),
             one.basis, one.status != "unverified")
            for key, one in self.policy.settings.items()
        ]  # fmt: skip

    @property
    def several(self) -> bool:
        """Whether it may be planned for more than one department, so that a table is named with its own."""
        return len(self.departments) > 1

    @property
    def fixed(self) -> bool:
        """Whether the round is open: its months, scope and policy stand."""
        return self.round is not None and self.round.opened_at is not None


def planning_page(viewer: Viewer, year: int | None, policy: str) -> PlanningPage:
    """A round as the policy proposes it for a year, to be edited."""
    authorise_menu(viewer, "evaluation.plan_round")
    chosen = policies().get(policy, policies()[GENERAL])
    default = plan_by(chosen, year or viewer.today().year)
    departments = list(departments_for(viewer))
    return PlanningPage(default, departments, list(policies().values()), chosen, choosable(viewer, departments, default.year))


def choosable(viewer: Viewer, departments: Sequence[Department], year: int) -> list[PerformanceTable]:
    """The tables from which a round of these departments may choose. One query."""
    found = visible_tables(viewer).filter(unit__department__in=departments, year=year)
    tables = found.select_related("unit__department", "project").order_by("unit__department__code", "kind", "unit__code")
    return sorted(tables, key=lambda one: (one.unit.department.code, one.kind, one.unit.code, str(one)))


def plan_by(policy: Policy, year: int) -> RoundPlan:
    """The default round of a policy; where it names no due day, the end of the month after the data."""
    found = proposed(policy, year, lambda day, count: add_days(day, count, working=True))
    due = found.department_due or found.project_due or add_days(found.last, 31, working=False)
    name = f"{found.first.month}-{found.last.month}月绩效运行监控"
    return RoundPlan(year, name, found.first, found.last, due, Covers.ALL.value, policy.name)


def changing_page(viewer: Viewer, pk: UUID) -> PlanningPage:
    """The form of a round that stands."""
    from zhiheng_web.evaluation.actions.change_round import plan_of

    found = round_for(viewer, pk)
    policy = policies().get(found.policy, policies()[GENERAL])
    tables = choosable(viewer, [found.department], found.year)
    return PlanningPage(plan_of(found), [found.department], list(policies().values()), policy, tables, found)
