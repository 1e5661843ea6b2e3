"""What re-checks and evaluations put on the work list: of finance, the organiser, the agency, the evaluators and the evaluated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from zhiheng.plan.procedure import Role
from zhiheng_web.evaluation.evaluating.offering import offered
from zhiheng_web.evaluation.evaluating.sight import Sight, sights_of
from zhiheng_web.evaluation.evaluating.steps import AT_WORK, State
from zhiheng_web.evaluation.models import Evaluation, EvaluationReport, Evaluator, Material, Recheck
from zhiheng_web.evaluation.policies.evaluations import visible_evaluations, visible_rechecks, visible_samples
from zhiheng_web.evaluation.policies.self_evaluation import table_scope
from zhiheng_web.evaluation.rectifying import subject_of
from zhiheng_web.organisation.authority import may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.tasks.worklist import Task
from zhiheng_web.wording import Text

KINDS = {
    "sample_draw": Text("抽取样本", "Draw a sample"),
    "recheck": Text("抽查复核", "Re-check self-evaluations"),
    "evaluate_engage": Text("委托机构或收集资料", "Engage an agency or ask for materials"),
    "evaluate_declare": Text("声明利益关系", "Declare interests"),
    "evaluate_list": Text("列出资料清单", "List the materials"),
    "evaluate_materials": Text("提交评价资料", "Hand in materials"),
    "evaluate_collect": Text("收集资料", "Collect materials"),
    "evaluate_open": Text("聘请评价人员、开始评分", "Appoint evaluators, open the marking"),
    "evaluate_mark": Text("评分", "Give marks"),
    "evaluate_report": Text("提交评价报告", "Hand in the report"),
    "evaluate_reply": Text("反馈评价意见", "Reply to the draft report"),
    "evaluate_pass": Text("逾期未反馈", "No reply in time"),
    "evaluate_answer": Text("答复反馈意见", "Answer the reply"),
    "evaluate_check": Text("报告质量审核", "Check the quality of the report"),
    "evaluate_accept": Text("评价验收", "Accept the evaluation"),
}
DRAW = Text("{name}：种子已登记，请抽取", "{name}: its seed is written down; draw it")
RECHECK = Text("{name}：{table} 自评待复核", "{name}: re-check the self-evaluation of {table}")
RECHECKS = Text("{name}：{n} 份自评待复核", "{name}: self-evaluations to re-check: {n}")
LACKING = Text("{name}：{n} 项资料待提交", "{name}: materials to hand in: {n}")
AWAITED = Text("{name}：{n} 项资料尚未收到", "{name}: materials not received yet: {n}")
PLAIN = Text("{name}", "{name}")


def recheck_work(viewer: Viewer) -> Iterator[Task]:
    """Samples to draw and re-checks to do; nobody re-checks what he filled in, submitted or accepted. Two queries."""
    if may(viewer, "evaluation.draw_sample", None):
        for sample in visible_samples(viewer).filter(drawn_at__isnull=True).defer("population").order_by("announced_at"):
            link = reverse("evaluation:sample", args=[sample.pk])
            since = timezone.localtime(sample.announced_at).date()
            yield Task("sample_draw", DRAW.with_(name=sample.name), link, None, since, Role.FINANCE_PERFORMANCE)
    if may(viewer, "evaluation.recheck_row", None):
        yield from _rechecks(viewer)


def _rechecks(viewer: Viewer) -> Iterator[Task]:
    beside = ("sample", "self_evaluation__table__unit__department", "self_evaluation__table__project")
    rows = visible_rechecks(viewer).filter(finished_at__isnull=True).select_related(*beside)
    drawn: dict[object, list[Recheck]] = {}
    for row in rows.defer("self_evaluation__frozen", "sample__population").order_by("sample__announced_at", "place"):
        one = row.self_evaluation
        own = viewer.account is not None and viewer.account.pk in (one.decided_by_id, one.submitted_by_id, one.begun_by_id)
        if not own and may(viewer, "evaluation.recheck_row", table_scope(one.table)):
            drawn.setdefault(row.sample_id, []).append(row)
    for own_rows in drawn.values():
        first, alone = own_rows[0], len(own_rows) == 1
        link = reverse("evaluation:recheck", args=[first.pk]) if alone else reverse("evaluation:sample", args=[first.sample_id])
        words = (RECHECK if alone else RECHECKS).with_(
            name=first.sample.name, table=subject_of(first.self_evaluation.table), n=len(own_rows)
        )
        since = timezone.localtime(first.sample.drawn_at or first.sample.announced_at).date()
        yield Task("recheck", words, link, None, since, Role.FINANCE_PERFORMANCE)


@dataclass(frozen=True, slots=True)
class Waits:
    """What an evaluation waits for: the kind of work, by when and since when. ``count``: of how many materials, 0 where it is of none."""

    kind: str
    due_on: date | None
    since: datetime
    count: int = 0


def evaluation_work(viewer: Viewer) -> Iterator[Task]:
    """What waits for the viewer in evaluations under way: steps that the page of each offers him. Seven queries for any number."""
    rows = visible_evaluations(viewer).filter(state__in=AT_WORK).defer("frozen").select_related("table__unit__department")
    parts = ("engagements", "materials", "evaluators")
    reports = Prefetch("reports", EvaluationReport.objects.order_by("number"))
    evaluations = list(rows.prefetch_related(*parts, reports).order_by("due_on", "pk"))
    if not evaluations:
        return
    sights = sights_of(viewer, evaluations)
    for one in evaluations:
        for waits in waiting(viewer, one, sights[one.pk]):
            yield _task(viewer, one, sights[one.pk], waits)


def waiting(viewer: Viewer, one: Evaluation, sight: Sight) -> Iterator[Waits]:
    """What it waits for from this viewer, by where it stands."""
    newest = max(one.reports.all(), key=lambda row: row.number, default=None)
    can = offered(viewer, one, sight, newest)
    engaged = next((row for row in one.engagements.all() if row.ended_at is None), None)
    since = engaged.engaged_at if engaged is not None else one.planned_at
    if can & {"declare_interests", "declare_evaluator"}:
        yield Waits("evaluate_declare", one.due_on, since)
    works = sight.engaged or (sight.organises and engaged is None)
    if one.state == State.PLANNED and "engage_agency" in can:
        yield Waits("evaluate_engage", one.due_on, since)
    elif one.state == State.COLLECTING:
        yield from _collecting(one, can, since, works=works)
    elif one.state == State.SCORING:
        yield from _scoring(one, can, sight, since)
    elif newest is not None:
        yield from _reported(one, newest, can, works=works)


def _collecting(one: Evaluation, can: frozenset[str], since: datetime, *, works: bool) -> Iterator[Waits]:
    materials = list(one.materials.all())
    lacking = [row for row in materials if not row.waived and (row.file_id is None or row.sent_back)]
    due = min((row.due_on for row in lacking), default=one.due_on)
    if lacking and "hand_in_material" in can:
        yield Waits("evaluate_materials", due, since, len(lacking))
    if lacking and works:
        yield Waits("evaluate_collect", due, since, len(lacking))
    if not materials and works:
        yield Waits("evaluate_list", one.due_on, since)
    if materials and not lacking and "open_marking" in can:
        yield Waits("evaluate_open", one.due_on, _received(materials, since))


def _received(materials: Sequence[Material], since: datetime) -> datetime:
    return max((row.handed_in_at for row in materials if row.handed_in_at is not None), default=since)


def _scoring(one: Evaluation, can: frozenset[str], sight: Sight, since: datetime) -> Iterator[Waits]:
    panel: list[Evaluator] = [row for row in one.evaluators.all() if row.voided_at is None]
    if "give_marks" in can:
        yield Waits("evaluate_mark", one.due_on, since)
    if not panel and "appoint_evaluator" in can:
        yield Waits("evaluate_open", one.due_on, since)
    if sight.all_in and "hand_in_report" in can:
        handed = max((row.handed_in_at for row in panel if row.handed_in_at is not None), default=since)
        yield Waits("evaluate_report", one.due_on, handed)


def _reported(one: Evaluation, newest: EvaluationReport, can: frozenset[str], *, works: bool) -> Iterator[Waits]:
    """A draft: the evaluated replies, a contradiction is answered before the quality check, the check comes before acceptance."""
    if "reply_to_report" in can:
        yield Waits("evaluate_reply", newest.reply_due_on, newest.handed_in_at)
    if "pass_over_reply" in can:
        yield Waits("evaluate_pass", one.due_on, newest.handed_in_at)
    contradicted = newest.replied_at is not None and newest.agrees is False and newest.answered_at is None
    if contradicted and works and "answer_reply" in can:
        yield Waits("evaluate_answer", one.due_on, newest.replied_at or newest.handed_in_at)
    if not contradicted and "check_quality" in can:
        yield Waits("evaluate_check", one.due_on, newest.answered_at or newest.replied_at or newest.handed_in_at)
    if "accept_evaluation" in can:
        yield Waits("evaluate_accept", one.due_on, newest.checked_at or newest.handed_in_at)


OF_EVALUATED = frozenset({"evaluate_materials", "evaluate_reply"})
OF_WORKERS = frozenset({"evaluate_declare", "evaluate_list", "evaluate_collect", "evaluate_mark", "evaluate_report", "evaluate_answer"})


def _task(viewer: Viewer, one: Evaluation, sight: Sight, waits: Waits) -> Task:
    page = "evaluation:marks" if waits.kind == "evaluate_mark" else "evaluation:evaluation"
    words = {"evaluate_materials": LACKING, "evaluate_collect": AWAITED}.get(waits.kind, PLAIN)
    organiser = Role.PERFORMANCE_OFFICER if one.kind == Evaluation.Kind.DEPARTMENT else Role.FINANCE_PERFORMANCE
    who = Role.FILLER if waits.kind in OF_EVALUATED else organiser
    if waits.kind in OF_WORKERS and (sight.engagement is not None or viewer.holds({Role.AGENCY})):
        who = Role.AGENCY
    text = words.with_(name=one.name, n=waits.count)
    return Task(waits.kind, text, reverse(page, args=[one.pk]), None, timezone.localtime(waits.since).date(), who, waits.due_on)
