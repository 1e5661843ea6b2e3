"""Finding an evaluation, or something of it, for a viewer. What he may not see is absent; an agency's attempt is kept in the trail."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from zhiheng_web.evaluation.evaluating.steps import STATES, refuse_unless
from zhiheng_web.evaluation.models import Engagement, Evaluation, EvaluationReport, Evaluator, Material
from zhiheng_web.evaluation.policies.evaluations import AGENCY, POLICIES, evaluated_scope, organises, scope_of, visible_evaluations
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.policies import READERS
from zhiheng_web.trail.action import Absent, Forbidden
from zhiheng_web.trail.names import register_events
from zhiheng_web.trail.recording import record
from zhiheng_web.wording import Text

EVALUATION = Text("该评价项目", "this evaluation")
REFUSED, SEE = "evaluation.agency_refused", "evaluation.see_evaluations"
register_events({REFUSED: Text("第三方机构越权访问被拒绝", "An agency was refused an evaluation it is not engaged for")})
NOT_ORGANISER = Text("{kind}由{who}组织，您不能办理。", "This is organised by {who}: it is not for you.")
WHO = {
    Evaluation.Kind.DEPARTMENT: Text("主管部门绩效管理员", "the performance officer of the department"),
    Evaluation.Kind.FINANCE: Text("财政绩效科", "the performance section of finance"),
}
KINDS = {
    Evaluation.Kind.DEPARTMENT: Text("部门评价", "Evaluation by the department"),
    Evaluation.Kind.FINANCE: Text("财政评价", "Evaluation by finance"),
}
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def watched(
    function: Callable[Concatenate[Viewer, UUID, Arguments], Result],
) -> Callable[Concatenate[Viewer, UUID, Arguments], Result]:
    """A query or an action on an evaluation whose refusal to an agency is kept: what it tried to open, in a record of its own.

    It stands outside the action, whose transaction ends without a trace when it is refused.
    """

    @wraps(function)
    def run(viewer: Viewer, identity: UUID, /, *arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
        try:
            return function(viewer, identity, *arguments, **named)
        except Absent as refusal:
            outside = viewer.holds(AGENCY) and not viewer.holds(READERS)
            if outside and (found := _evaluation_of(identity)) is not None:
                department = str(found.table.unit.department_id)
                step = f"evaluation.{function.__name__}"  # a page or a file is an attempt to see it
                details = {"tried": step if step in POLICIES else SEE, "reason": refusal.text.zh, "state": STATES[found.state].zh}
                record(viewer, REFUSED, "evaluation.Evaluation", str(found.pk), found.name, department, details)
            raise

    return run


def _evaluation_of(identity: UUID) -> Evaluation | None:
    """The evaluation that an identity belongs to, of whatever kind the identity is; None for one that never was."""
    rows: QuerySet[Evaluation] = Evaluation.objects.select_related("table__unit")
    for way in ("pk", "engagements", "materials", "reports", "evaluators"):
        if (found := rows.filter(**{way: identity}).first()) is not None:
            return found
    return None


def evaluation_for(viewer: Viewer, evaluation: UUID, *, lock: bool = False) -> Evaluation:
    """The evaluation with its table, or Absent. ``lock`` holds it until the transaction ends."""
    if lock:
        Evaluation.objects.select_for_update(no_key=True).filter(pk=evaluation).first()
    named = visible_evaluations(viewer).select_related("table__unit__department", "table__project", "organiser")
    found = named.filter(pk=evaluation).first()
    if found is None:
        raise absent(EVALUATION)
    return found


def organised(viewer: Viewer, evaluation: UUID, step: str) -> Evaluation:
    """The evaluation, locked, for a step that its organiser takes; refused to others and from a wrong state."""
    return refuse_others(viewer, evaluation_for(viewer, evaluation, lock=True), step)


def refuse_others(viewer: Viewer, found: Evaluation, step: str) -> Evaluation:
    """Refuse a step of the organiser to anybody else, and from a wrong state."""
    authorise(viewer, f"evaluation.{step}", scope_of(found))
    if not organises(viewer, found):
        raise Forbidden("not_permitted", NOT_ORGANISER.with_(kind=KINDS[Evaluation.Kind(found.kind)], who=WHO[Evaluation.Kind(found.kind)]))
    refuse_unless(found, step, text_of(step))
    return found


def text_of(step: str) -> Text:
    """What a step is called."""
    return POLICIES[f"evaluation.{step}"].text


def of_evaluated(viewer: Viewer, found: Evaluation, step: str) -> Evaluation:
    """Refuse a step of the evaluated to anybody else, and from a wrong state. The organiser is not the evaluated."""
    authorise(viewer, f"evaluation.{step}", evaluated_scope(found))
    if found.kind == Evaluation.Kind.DEPARTMENT and viewer.account is not None and found.planned_by_id == viewer.account.pk:
        raise Forbidden("own_evaluation", OWN)
    refuse_unless(found, step, text_of(step))
    return found


OWN = Text(
    "这项评价是您组织的，应由被评价单位办理，您不能代办。",
    "You organise this evaluation: this step is for the evaluated, and you may not take it for them.",
)


def engagement_for(viewer: Viewer, engagement: UUID) -> Engagement:
    """An engagement with its evaluation locked, or Absent."""
    found = Engagement.objects.select_related("agency").filter(pk=engagement).first()
    if found is None:
        raise absent(Text("该委托", "this engagement"))
    found.evaluation = evaluation_for(viewer, found.evaluation_id, lock=True)
    return Engagement.objects.select_related("agency").get(pk=found.pk)  # as it stands now that it is held


def material_for(viewer: Viewer, material: UUID) -> Material:
    """A material with its evaluation locked, or Absent."""
    found = Material.objects.filter(pk=material).first()
    if found is None:
        raise absent(Text("该项资料", "this material"))
    evaluation = evaluation_for(viewer, found.evaluation_id, lock=True)
    found = Material.objects.select_related("file").get(pk=material)
    found.evaluation = evaluation
    return found


def report_for(viewer: Viewer, report: UUID) -> EvaluationReport:
    """A report with its evaluation locked, or Absent."""
    found = EvaluationReport.objects.filter(pk=report).first()
    if found is None:
        raise absent(Text("该评价报告", "this report"))
    evaluation = evaluation_for(viewer, found.evaluation_id, lock=True)
    found = EvaluationReport.objects.get(pk=report)
    found.evaluation = evaluation
    return found


def seat_for(viewer: Viewer, evaluation: Evaluation, *, lock: bool = False) -> Evaluator:
    """The viewer's own seat on the panel, or Absent. ``lock`` holds it until the transaction ends."""
    rows = Evaluator.objects.filter(evaluation=evaluation, account=viewer.account, voided_at__isnull=True)
    found = (rows.select_for_update(no_key=True) if lock else rows).first() if viewer.account is not None else None
    if found is None:
        raise absent(Text("您的评价任务", "your part in this evaluation"))
    return found
