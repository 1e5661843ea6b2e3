"""What self-evaluation puts on the work list: to begin, to fill in, to submit, to mend, to confirm a change of points, to accept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from zhiheng.plan.procedure import ONCE_APPROVED, Role
from zhiheng_web.evaluation.loading import OPEN
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationRow
from zhiheng_web.evaluation.policies.monitoring import duty_scopes
from zhiheng_web.evaluation.policies.self_evaluation import table_scope, visible_self_evaluations
from zhiheng_web.evaluation.rectifying import subject_of
from zhiheng_web.organisation.authority import may
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import PerformanceTable, TableVersion
from zhiheng_web.planning.policies import SECOND_PERSONS, visible_tables
from zhiheng_web.tasks.deadlines import Deadlines
from zhiheng_web.tasks.worklist import Task
from zhiheng_web.wording import Text

KINDS = {
    "self_begin": Text("开展自评", "Begin a self-evaluation"),
    "self_fill": Text("填写自评", "Fill in a self-evaluation"),
    "self_submit": Text("报送自评", "Submit a self-evaluation"),
    "self_mend": Text("修改后重新报送自评", "Mend a self-evaluation"),
    "override_confirm": Text("确认人工改分", "Confirm an override"),
    "self_accept": Text("认定自评", "Accept a self-evaluation"),
}
STEP = "self_evaluate"
"""The step of the procedure whose deadline (办理时限) self-evaluations are due by."""
WHAT = {
    "self_fill": Text(
        "{table}：{year} 年自评{edition}，填写完成情况与偏差说明",
        "{table}: self-evaluation {year}{edition}, fill in results and deviations",
    ),
    "self_submit": Text("{table}：{year} 年自评{edition}，填写并报送", "{table}: self-evaluation {year}{edition}, fill in and submit"),
    "self_mend": Text("{table}：{year} 年自评{edition}被退回：{why}", "{table}: self-evaluation {year}{edition} returned: {why}"),
    "self_accept": Text("{table}：{year} 年自评{edition}待认定", "{table}: self-evaluation {year}{edition} waits for acceptance"),
}
TO_BEGIN = Text("{table}：{year} 年已结束，请开展自评", "{table}: {year} is over; begin its self-evaluation")
ALL_TO_BEGIN = Text("{table}：{year} 年已结束，{n} 张表待开展自评", "{table}: {year} is over; {n} tables wait for self-evaluation")
TO_CONFIRM = Text("{table}：{n} 行人工改分待第二人确认", "{table}: overrides waiting for a second person: {n}")
SECONDS = (Role.HEAD, Role.SUPERVISING_LEADER, Role.PERFORMANCE_OFFICER, Role.SECTION_HEAD, Role.FILLER)
"""As whom somebody is the second person, the highest first."""
State = SelfEvaluation.State


def edition_of(one: SelfEvaluation) -> Text:
    """What is said of a correction, which stands beside the first edition; nothing of the first."""
    return Text(f"（更正第 {one.edition} 版）", f" (correction, edition {one.edition})") if one.edition > 1 else Text("", "")


def self_evaluation_work(viewer: Viewer) -> Iterator[Task]:
    """What waits for the viewer. Six queries, one more for each year that is evaluated."""
    seen = visible_self_evaluations(viewer).filter(state__in=[*OPEN, State.SUBMITTED]).defer("frozen")
    rows = list(seen.select_related("table__unit__department", "table__project").order_by("table__year", "table", "edition"))
    begin = list(to_begin(viewer)) if may(viewer, "evaluation.begin_self_evaluation", None) else []
    tables = [*(one.table for one in rows), *begin]
    if not tables:
        return
    deadlines = Deadlines({table.unit.department_id for table in tables})
    opened = [one for one in rows if one.state in OPEN]
    scopes = scopes_by_row(opened)
    for one in opened:
        if (kind := kind_of(viewer, one, scopes.get(one.pk, {}).values())) is not None:
            yield _task(kind, one, deadlines)
    yield from _overrides(viewer, opened, scopes)
    for one in rows:
        mine = viewer.account is not None and one.submitted_by_id == viewer.account.pk
        if one.state == State.SUBMITTED and not mine and may(viewer, "evaluation.decide_self_evaluation", table_scope(one.table)):
            yield _task("self_accept", one, deadlines)
    yield from _begin(begin, deadlines)


def to_begin(viewer: Viewer) -> Iterator[PerformanceTable]:
    """The tables with an approved version in force at the end of a year that is over, of which no self-evaluation was begun. One query.

    What was only declared as history is not asked for.
    """
    ends = Q(in_force_until__isnull=True) | Q(in_force_until__year__gt=OuterRef("year"))
    in_force = TableVersion.objects.filter(ends, table=OuterRef("pk"), state__in=ONCE_APPROVED, in_force_from__year__lte=OuterRef("year"))
    rows = visible_tables(viewer).filter(Exists(in_force), year__lt=viewer.today().year, closed_at__isnull=True)
    for table in rows.filter(self_evaluations__isnull=True).select_related("unit__department", "project").order_by("year", "unit", "pk"):
        if may(viewer, "evaluation.begin_self_evaluation", table_scope(table)):
            yield table


def scopes_by_row(evaluations: Sequence[SelfEvaluation]) -> dict[UUID, dict[UUID | None, Scope]]:
    """Self-evaluation → duty of its rows → where they belong. One query, one more for each year."""
    tables = {one.pk: one.table for one in evaluations}
    rows = SelfEvaluationRow.objects.filter(self_evaluation__in=evaluations).order_by()
    parts = list(rows.values_list("self_evaluation", "indicator_row__duty_row__duty").distinct())
    scopes = duty_scopes([(tables[one], duty) for one, duty in parts])
    found: dict[UUID, dict[UUID | None, Scope]] = {}
    for one, duty in parts:
        found.setdefault(one, {})[duty] = scopes[tables[one].pk, duty]
    return found


def kind_of(viewer: Viewer, one: SelfEvaluation, rows: Iterable[Scope]) -> str | None:
    """What an open one is to the viewer: to submit or to fill in; to mend when it came back; None: nothing of it is his."""
    submits = may(viewer, "evaluation.submit_self_evaluation", table_scope(one.table))
    fills = any(may(viewer, "evaluation.fill_self_evaluation", scope) for scope in rows)
    if not submits and not fills:
        return None
    if one.state == State.RETURNED:
        return "self_mend"
    return "self_submit" if submits else "self_fill"


def _task(kind: str, one: SelfEvaluation, deadlines: Deadlines) -> Task:
    table = one.table
    when = {"self_accept": one.submitted_at, "self_mend": one.decided_at}.get(kind) or one.begun_at
    who = {"self_accept": Role.FINANCE_PERFORMANCE, "self_fill": Role.FILLER}.get(kind, Role.PERFORMANCE_OFFICER)
    words = WHAT[kind].with_(table=subject_of(table), year=table.year, edition=edition_of(one), why=one.opinion[:60])
    link = reverse("evaluation:self_evaluation", args=[one.pk])
    due = _due(table, deadlines)
    return Task(kind, words, link, None, timezone.localtime(when).date(), who, due)


def _overrides(viewer: Viewer, opened: Sequence[SelfEvaluation], scopes: Mapping[UUID, Mapping[UUID | None, Scope]]) -> Iterator[Task]:
    """Overrides of others that the viewer may confirm as the second person: one entry for each self-evaluation."""
    if viewer.account is None or not viewer.holds(SECOND_PERSONS):
        return
    rows = SelfEvaluationRow.objects.filter(self_evaluation__in=opened, override__isnull=False, override_confirmed_by__isnull=True)
    waiting: dict[UUID, list[SelfEvaluationRow]] = {}
    for row in rows.exclude(override_by=viewer.account).annotate(duty=F("indicator_row__duty_row__duty")).order_by("position"):
        if may(viewer, "evaluation.confirm_override", scopes[row.self_evaluation_id][row.duty]):
            waiting.setdefault(row.self_evaluation_id, []).append(row)
    for one in opened:
        if own := waiting.get(one.pk):
            link = reverse("evaluation:self_evaluation", args=[one.pk])
            if len(own) == 1:
                link = reverse("evaluation:self_evaluation_row", args=[one.pk, own[0].pk])
            words = TO_CONFIRM.with_(table=subject_of(one.table), n=len(own))
            since = min(row.override_at for row in own if row.override_at is not None)
            who = next(role for role in SECONDS if role in viewer.roles)
            yield Task("override_confirm", words, link, None, timezone.localtime(since).date(), who)


def _begin(tables: Sequence[PerformanceTable], deadlines: Deadlines) -> Iterator[Task]:
    """One entry for each department and year: a department has a hundred projects."""
    grouped: dict[tuple[UUID, int], list[PerformanceTable]] = {}
    for table in tables:
        grouped.setdefault((table.unit.department_id, table.year), []).append(table)
    for (_, year), own in grouped.items():
        alone = len(own) == 1
        subject = subject_of(own[0]) if alone else own[0].unit.department.name
        words = (TO_BEGIN if alone else ALL_TO_BEGIN).with_(table=subject, year=year, n=len(own))
        link = f"{reverse('evaluation:self_evaluations')}?year={year}"
        yield Task("self_begin", words, link, None, date(year + 1, 1, 1), Role.PERFORMANCE_OFFICER, _due(own[0], deadlines))


def _due(table: PerformanceTable, deadlines: Deadlines) -> date | None:
    """The deadline of self-evaluation that the office set; a number of days counts from the end of the year."""
    return deadlines.due(table.unit.department_id, table.year, STEP, date(table.year, 12, 31))
