"""What evaluations are news of: to the agency, the evaluators, the evaluated and the organiser, as each has to act."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from zhiheng.plan.procedure import Role
from zhiheng_web.evaluation.evaluating.steps import State
from zhiheng_web.evaluation.models import AgencyMember, Evaluation, EvaluationReport, Evaluator
from zhiheng_web.evaluation.policies.evaluations import AGENCY, evaluated_scope, scope_of
from zhiheng_web.organisation.viewer import Scope
from zhiheng_web.planning.policies import FILLERS
from zhiheng_web.tasks.notices import News, Teller, over
from zhiheng_web.trail.models import TrailRecord
from zhiheng_web.wording import Text

ENGAGED = Text("您所在机构受托开展“{name}”，请先声明利益关系。", "Your agency is engaged for “{name}”: declare its interests first.")
ASKED = Text(
    "“{name}”需要您单位提交 {n} 项资料，最早于 {day} 到期。", "“{name}” asks your unit for materials ({n}), the first due on {day}."
)
SENT_BACK = Text("“{name}”有资料被退回，请重新提交。", "“{name}”: material was sent back; hand it in again.")
APPOINTED = Text("您受聘评价“{name}”，请先声明利益关系。", "You are appointed to evaluate “{name}”: declare your interests first.")
TO_MARK = Text("“{name}”开始评分，请提交您的评分。", "“{name}”: the marking is open; hand in your marks.")
DRAFTED = Text("“{name}”报告初稿待您单位反馈意见，{day} 到期。", "“{name}”: the draft report waits for your reply by {day}.")
REPLIED = Text("“{name}”已收到反馈意见，请答复。", "“{name}”: the evaluated objects to the draft; answer.")
TO_CHECK = Text("“{name}”报告待质量审核。", "“{name}”: the report waits for the quality check.")
RETURNED = Text("“{name}”的评价报告被退回，请修改。", "“{name}”: the report was returned; mend it.")
ACCEPTED = Text("“{name}”已通过验收。", "“{name}” is accepted.")


def _evaluation(record: TrailRecord, *states: str) -> Evaluation | None:
    """The evaluation of a record, if it still stands in one of ``states``."""
    rows = Evaluation.objects.defer("frozen").select_related("table__unit__department", "organiser")
    one = rows.filter(pk=record.object_id).first()
    return one if one is not None and (not states or one.state in states) else None


def _news(one: Evaluation, kind: str, words: Text, accounts: frozenset[UUID], **values: object) -> News:
    return News(kind, words.with_(name=one.name[:80], **values), reverse("evaluation:evaluation", args=[one.pk]), accounts)


def organisers(one: Evaluation) -> frozenset[UUID]:
    """Who organises it."""
    role = Role.PERFORMANCE_OFFICER if one.kind == Evaluation.Kind.DEPARTMENT else Role.FINANCE_PERFORMANCE
    return over({role}, scope_of(one))


def evaluated(one: Evaluation) -> frozenset[UUID]:
    """Who acts for the evaluated; not who organises it."""
    found = over(FILLERS, evaluated_scope(one))
    return found - {one.planned_by_id} if one.kind == Evaluation.Kind.DEPARTMENT else found


def agents(one: Evaluation) -> frozenset[UUID]:
    """The people of the agency that is engaged now; nobody who declared a conflict."""
    engagement = one.engagements.filter(ended_at__isnull=True).first()
    if engagement is None:
        return frozenset()
    today = timezone.localdate()
    working = AgencyMember.objects.filter(Q(until__isnull=True) | Q(until__gt=today), agency=engagement.agency_id, since__lte=today)
    members = frozenset(working.values_list("account", flat=True))
    conflicted = Evaluator.objects.filter(evaluation=one, voided_at__isnull=False).values_list("account", flat=True)
    holding = over(AGENCY, Scope(one.organiser_id)) | over(AGENCY, Scope(one.table.unit.department_id))
    return (members & holding) - frozenset(conflicted)


def writers(one: Evaluation) -> frozenset[UUID]:
    """Who writes its report: the agency, or the organiser where none is engaged."""
    return agents(one) if one.engagements.filter(ended_at__isnull=True).exists() else organisers(one)


def _newest(one: Evaluation) -> EvaluationReport | None:
    return one.reports.order_by("-number").first()


def _engaged(record: TrailRecord) -> Iterator[News]:
    one = _evaluation(record, State.ENGAGED, State.COLLECTING, State.SCORING)
    if one is not None and one.engagements.filter(ended_at__isnull=True, declared_at__isnull=True).exists():
        yield _news(one, "to_fill", ENGAGED, agents(one))


def _asked(record: TrailRecord) -> Iterator[News]:
    one = _evaluation(record, State.COLLECTING)
    lacking = one.materials.filter(file__isnull=True, waived="").order_by("due_on") if one is not None else None
    if one is not None and lacking:
        yield _news(one, "to_fill", ASKED, evaluated(one), n=len(lacking), day=lacking[0].due_on)


def _sent_back(record: TrailRecord) -> Iterator[News]:
    if (one := _evaluation(record, State.COLLECTING)) is not None:
        yield _news(one, "returned", SENT_BACK, evaluated(one))


def _appointed(record: TrailRecord) -> Iterator[News]:
    one = _evaluation(record)
    seats = Evaluator.objects.filter(
        evaluation=one, account=record.details.get("account"), declared_at__isnull=True, voided_at__isnull=True
    )
    if one is not None:
        yield _news(one, "to_fill", APPOINTED, frozenset(seats.values_list("account", flat=True)))


def _marking(record: TrailRecord) -> Iterator[News]:
    if (one := _evaluation(record, State.SCORING)) is not None:
        seats = Evaluator.objects.filter(evaluation=one, handed_in_at__isnull=True, voided_at__isnull=True)
        yield _news(one, "to_fill", TO_MARK, frozenset(seats.values_list("account", flat=True)))


def _drafted(record: TrailRecord) -> Iterator[News]:
    one = _evaluation(record, State.DRAFTED)
    newest = _newest(one) if one is not None else None
    if one is not None and newest is not None:
        yield _news(one, "to_fill", DRAFTED, evaluated(one), day=newest.reply_due_on)


def _replied(record: TrailRecord) -> Iterator[News]:
    """A contradiction is answered first; then, and where nothing was contradicted, the organiser checks."""
    one = _evaluation(record, State.REPLIED)
    newest = _newest(one) if one is not None else None
    if one is None or newest is None:
        return
    if newest.agrees is False and newest.answered_at is None:
        yield _news(one, "to_fill", REPLIED, writers(one))
    else:
        yield _news(one, "to_decide", TO_CHECK, organisers(one))


def _checked(record: TrailRecord) -> Iterator[News]:
    """A report that did not pass its check or was not accepted goes back to who writes it."""
    if (one := _evaluation(record, State.SCORING)) is not None:
        yield _news(one, "returned", RETURNED, writers(one))


def _accepted(record: TrailRecord) -> Iterator[News]:
    if (one := _evaluation(record, State.ACCEPTED)) is not None:
        yield _news(one, "accepted", ACCEPTED, evaluated(one))


NEWS: dict[str, Teller] = {
    "evaluation.engage_agency": _engaged,
    "evaluation.request_material": _asked,
    "evaluation.return_material": _sent_back,
    "evaluation.appoint_evaluator": _appointed,
    "evaluation.open_marking": _marking,
    "evaluation.hand_in_report": _drafted,
    "evaluation.reply_to_report": _replied,
    "evaluation.pass_over_reply": _replied,
    "evaluation.answer_reply": _replied,
    "evaluation.check_quality": _checked,
    "evaluation.return_report": _checked,
    "evaluation.accept_evaluation": _accepted,
}
"""Action → what it is news of."""
