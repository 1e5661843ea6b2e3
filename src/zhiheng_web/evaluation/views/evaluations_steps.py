"""The steps of an evaluation: each reads what was sent, takes one action and goes back to its page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from zhiheng_web.evaluation.actions.accept_evaluation import accept_evaluation, return_report
from zhiheng_web.evaluation.actions.appoint_evaluator import appoint_evaluator, open_marking
from zhiheng_web.evaluation.actions.check_quality import check_quality
from zhiheng_web.evaluation.actions.declare_interests import declare_evaluator, declare_interests
from zhiheng_web.evaluation.actions.engage_agency import end_engagement, engage_agency
from zhiheng_web.evaluation.actions.hand_in_material import hand_in_material
from zhiheng_web.evaluation.actions.hand_in_report import hand_in_report
from zhiheng_web.evaluation.actions.plan_evaluation import cancel_evaluation
from zhiheng_web.evaluation.actions.reply_to_report import answer_reply, pass_over_reply, reply_to_report
from zhiheng_web.evaluation.actions.request_material import request_material, return_material, waive_material
from zhiheng_web.evaluation.actions.weigh_items import weigh_items
from zhiheng_web.evaluation.actions.write_finding import write_finding
from zhiheng_web.evaluation.forms import evaluations as sent
from zhiheng_web.planning.views.money_done import go_on
from zhiheng_web.wording import Text

SAVED = Text("已保存。", "Saved.")
ENDED = Text("已声明利益冲突，您不再参与这项评价。", "The conflict is declared; you take no further part in this evaluation.")


def _back(request: HttpRequest, evaluation: UUID, text: Text = SAVED, anchor: str = "") -> HttpResponse:
    messages.success(request, str(text), "good")
    return go_on(request, reverse("evaluation:evaluation", args=[evaluation]) + anchor)


@require_POST
def engage(request: HttpRequest, evaluation: UUID) -> HttpResponse:
    """Engage an agency."""
    engage_agency(request.viewer, evaluation, sent.terms(request.POST), request.FILES.get("contract"))
    return _back(
        request, evaluation, Text("已委托，等待机构声明利益关系。", "The agency is engaged and declares its interests next."), "#terms"
    )


@require_POST
def end_engaged(request: HttpRequest, engagement: UUID) -> HttpResponse:
    """End an engagement early."""
    done = end_engagement(request.viewer, engagement, request.POST.get("reason", ""))
    return _back(request, done.evaluation_id, Text("委托已解除。", "The engagement is ended."), "#terms")


@require_POST
def materials(request: HttpRequest, evaluation: UUID) -> HttpResponse:
    """Put materials on the list."""
    request_material(request.viewer, evaluation, *sent.materials(request.POST))
    return _back(request, evaluation, Text("已列入资料清单。", "On the list of materials."), "#materials")


@require_POST
def hand_in(request: HttpRequest, material: UUID) -> HttpResponse:
    """The evaluated hands in a material."""
    done = hand_in_material(request.viewer, material, request.FILES.get("file"))
    return _back(request, done.evaluation_id, Text("资料已提交。", "Handed in."), "#materials")


@require_POST
def send_back(request: HttpRequest, material: UUID) -> HttpResponse:
    """Send a material back."""
    done = return_material(request.viewer, material, request.POST.get("reason", ""))
    return _back(request, done.evaluation_id, Text("资料已退回。", "Sent back."), "#materials")


@require_POST
def waive(request: HttpRequest, material: UUID) -> HttpResponse:
    """Waive a material."""
    done = waive_material(request.viewer, material, request.POST.get("reason", ""))
    return _back(request, done.evaluation_id, Text("已免交。", "Waived."), "#materials")


@require_POST
def appoint(request: HttpRequest, evaluation: UUID) -> HttpResponse:
    """Put somebody on the panel."""
    appoint_evaluator(request.viewer, evaluation, request.POST.get("username", ""))
    return _back(
        request, evaluation, Text("已聘请，等待本人声明利益关系。", "Appointed; the evaluator declares his interests next."), "#panel"
    )


@require_POST
def marking(request: HttpRequest, evaluation: UUID) -> HttpResponse:
    """Open the marking."""
    open_marking(request.viewer, evaluation)
    return _back(request, evaluation, Text("可以评分了。", "The panel may mark now."), "#panel")


@require_POST
def weigh(request: HttpRequest, evaluation: UUID) -> HttpResponse:
    """Set the points of items."""
    weigh_items(request.viewer, evaluation, sent.weights(request.POST))
    return _back(request, evaluation, SAVED, "#items")


@require_POST
def findings(request: HttpRequest, evaluation: UUID) -> HttpResponse:
    """Write what was found of items."""
    write_finding(request.viewer, evaluation, sent.findings(request.POST))
    return _back(request, evaluation, SAVED, "#items")


@require_POST
def report(request: HttpRequest, evaluation: UUID) -> HttpResponse:
    """Hand in a draft report."""
    hand_in_report(request.viewer, evaluation, sent.draft(request.POST), request.FILES.get("file"))
    return _back(
        request,
        evaluation,
        Text("报告已提交，等待被评价单位反馈意见。", "The report is handed in; the evaluated replies next."),
        "#reports",
    )


@require_POST
def reply(request: HttpRequest, report: UUID) -> HttpResponse:
    """The evaluated replies."""
    done = reply_to_report(request.viewer, report, sent.agrees(request.POST), request.POST.get("reply", ""))
    return _back(request, done.evaluation_id, Text("意见已反馈。", "The reply is handed in."), "#reports")


@require_POST
def pass_over(request: HttpRequest, report: UUID) -> HttpResponse:
    """Go on without a reply."""
    done = pass_over_reply(request.viewer, report)
    return _back(request, done.evaluation_id, Text("已按未反馈办理。", "Gone on without a reply."), "#reports")


@require_POST
def answer(request: HttpRequest, report: UUID) -> HttpResponse:
    """Answer the reply."""
    done = answer_reply(request.viewer, report, request.POST.get("answer", ""))
    return _back(request, done.evaluation_id, Text("已答复。", "Answered."), "#reports")


@require_POST
def quality_check(request: HttpRequest, report: UUID) -> HttpResponse:
    """Check the quality of a report."""
    done = check_quality(request.viewer, report, sent.checks(request.POST), request.POST.get("opinion", ""))
    return _back(request, done.evaluation_id, Text("质量审核已完成。", "The quality check is done."), "#reports")


@require_POST
def return_draft(request: HttpRequest, report: UUID) -> HttpResponse:
    """Want a further draft."""
    done = return_report(request.viewer, report, request.POST.get("opinion", ""))
    return _back(request, done.evaluation_id, Text("已退回，等待下一稿。", "Returned; a further draft is next."), "#reports")


@require_POST
def cancel(request: HttpRequest, evaluation: UUID) -> HttpResponse:
    """End an evaluation early."""
    cancel_evaluation(request.viewer, evaluation, request.POST.get("reason", ""))
    return _back(request, evaluation, Text("评价已终止。", "The evaluation is cancelled."))


@require_POST
def accept(request: HttpRequest, report: UUID) -> HttpResponse:
    """Accept the report."""
    done = accept_evaluation(request.viewer, report, request.POST.get("opinion", ""))
    return _back(request, done.pk, Text("评价已验收，得分和等级已固定。", "Accepted; points and grade are fixed."))


@require_POST
def declare(request: HttpRequest, engagement: UUID) -> HttpResponse:
    """The agency declares its interests."""
    done = declare_interests(request.viewer, engagement, sent.free(request.POST), request.POST.get("conflict", ""))
    return _declared(request, done.evaluation_id, bool(done.conflict))


@require_POST
def declare_oneself(request: HttpRequest, evaluation: UUID) -> HttpResponse:
    """An evaluator declares his interests."""
    done = declare_evaluator(request.viewer, evaluation, sent.free(request.POST), request.POST.get("conflict", ""))
    return _declared(request, evaluation, done.voided_at is not None)


def _declared(request: HttpRequest, evaluation: UUID, conflict: bool) -> HttpResponse:
    if not conflict:
        return _back(request, evaluation, Text("已声明没有利益冲突。", "No conflict of interests is declared."))
    messages.success(request, str(ENDED), "good")
    return go_on(request, reverse("evaluation:evaluations"))
