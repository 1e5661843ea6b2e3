"""The panel and the report of an evaluation: appointing, marking, drafting, replying, checking, accepting."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import File, Form
from ninja.files import UploadedFile

from zhiheng_web.api import evaluation_inputs as inputs
from zhiheng_web.api.entrance import READ, answers
from zhiheng_web.api.evaluations import MADE, ONE, download, router
from zhiheng_web.api.inputs import WordsInput
from zhiheng_web.api.told import evidence_files
from zhiheng_web.evaluation.actions.accept_evaluation import accept_evaluation, return_report
from zhiheng_web.evaluation.actions.appoint_evaluator import appoint_evaluator, open_marking
from zhiheng_web.evaluation.actions.check_quality import check_quality
from zhiheng_web.evaluation.actions.declare_interests import declare_evaluator
from zhiheng_web.evaluation.actions.give_marks import Given, give_marks, hand_in_marks
from zhiheng_web.evaluation.actions.hand_in_report import Draft, hand_in_report
from zhiheng_web.evaluation.actions.reply_to_report import answer_reply, pass_over_reply, reply_to_report
from zhiheng_web.evaluation.actions.write_finding import write_finding
from zhiheng_web.evaluation.queries.evaluation_files import report_file

REPORT = "/evaluation-reports/{uuid:evaluation_report}"


@router.post(f"{ONE}/panel", response=MADE, operation_id="appoint_evaluator", summary="Appoint an evaluator 聘请评价人员")
def appoint(request: HttpRequest, evaluation: UUID, payload: inputs.UsernameInput) -> dict[str, Any]:
    """Of the engaged agency, an expert, or a colleague who reads tables there."""
    return {"id": appoint_evaluator(request.viewer, evaluation, payload.username).pk}


@router.post(f"{ONE}/declare", response=MADE, operation_id="declare_evaluator", summary="Declare one's own interests 本人声明利益关系")
def declare(request: HttpRequest, evaluation: UUID, payload: inputs.InterestsInput) -> dict[str, Any]:
    """An evaluator for himself; a conflict voids his marks."""
    return {"id": declare_evaluator(request.viewer, evaluation, payload.free, payload.conflict).pk}


@router.post(f"{ONE}/open-marking", response=MADE, operation_id="open_marking", summary="Open the marking 开始评分")
def marking(request: HttpRequest, evaluation: UUID) -> dict[str, Any]:
    """Every material is in or waived, and somebody is on the panel."""
    return {"id": open_marking(request.viewer, evaluation).pk}


@router.post(f"{ONE}/marks", response=MADE, operation_id="give_marks", summary="Give marks 评分")
def marks(request: HttpRequest, evaluation: UUID, payload: inputs.MarksInput) -> dict[str, Any]:
    """Save one's own marks as far as they are given; nobody else sees them."""
    return {"id": give_marks(request.viewer, evaluation, _given(payload), payload.edits).pk}


@router.post(f"{ONE}/marks/hand-in", response=MADE, operation_id="hand_in_marks", summary="Hand in marks 提交评分")
def hand_in(request: HttpRequest, evaluation: UUID, payload: inputs.MarksInput) -> dict[str, Any]:
    """Save what is given and hand in: every item has a mark, and they are final."""
    return {"id": hand_in_marks(request.viewer, evaluation, _given(payload), payload.edits).pk}


def _given(payload: inputs.MarksInput) -> dict[UUID, Given]:
    return {
        item: Given(None if one.points is None else Decimal(one.points), one.not_applicable, one.remark)
        for item, one in payload.items.items()
    }


@router.post(f"{ONE}/findings", response=MADE, operation_id="write_finding", summary="Write findings 填写评价情况")
def findings(request: HttpRequest, evaluation: UUID, payload: inputs.FindingsInput) -> dict[str, Any]:
    """What was found of items."""
    return {"id": write_finding(request.viewer, evaluation, payload.findings).pk}


@router.post(f"{ONE}/report", response=MADE, operation_id="hand_in_report", summary="Hand in a draft report 提交评价报告")
def report(
    request: HttpRequest, evaluation: UUID, draft: Form[inputs.DraftReportInput], file: File[UploadedFile | None] = None
) -> dict[str, Any]:
    """The draft with the total of the panel; the evaluated has until a day to reply."""
    return {"id": hand_in_report(request.viewer, evaluation, Draft(draft.summary, draft.problems, draft.advice), file).pk}


@router.get(
    f"{REPORT}/file",
    response=answers(None),
    auth=READ,
    operation_id="report_file",
    summary="The file of a report 评价报告文件",
    openapi_extra=evidence_files(),
)
def report_content(request: HttpRequest, evaluation_report: UUID) -> FileResponse:
    """For who sees the report."""
    return download(report_file(request.viewer, evaluation_report))


@router.post(f"{REPORT}/reply", response=MADE, operation_id="reply_to_report", summary="Reply to a draft 反馈评价意见")
def reply(request: HttpRequest, evaluation_report: UUID, payload: inputs.AnswerDraftInput) -> dict[str, Any]:
    """The evaluated agrees, or says what it holds against it."""
    return {"id": reply_to_report(request.viewer, evaluation_report, payload.agrees, payload.reply).pk}


@router.post(f"{REPORT}/pass-over", response=MADE, operation_id="pass_over_reply", summary="Go on without a reply 逾期未反馈")
def pass_over(request: HttpRequest, evaluation_report: UUID) -> dict[str, Any]:
    """Once the day of the reply is over."""
    return {"id": pass_over_reply(request.viewer, evaluation_report).pk}


@router.post(f"{REPORT}/answer", response=MADE, operation_id="answer_reply", summary="Answer the reply 答复反馈意见")
def answer(request: HttpRequest, evaluation_report: UUID, payload: WordsInput) -> dict[str, Any]:
    """Taken up or not, and why."""
    return {"id": answer_reply(request.viewer, evaluation_report, payload.text).pk}


@router.post(f"{REPORT}/check", response=MADE, operation_id="check_quality", summary="Check a report 报告质量审核")
def check(request: HttpRequest, evaluation_report: UUID, payload: inputs.ChecksInput) -> dict[str, Any]:
    """Every line of the list of `evaluation`; if one does not pass, it goes back."""
    return {"id": check_quality(request.viewer, evaluation_report, payload.lines, payload.opinion).pk}


@router.post(f"{REPORT}/accept", response=MADE, operation_id="accept_evaluation", summary="Accept an evaluation 评价验收")
def accept(request: HttpRequest, evaluation_report: UUID, payload: inputs.WordOfReviewInput) -> dict[str, Any]:
    """Total, grade and points are kept with the marks that they are worked out from."""
    return {"id": accept_evaluation(request.viewer, evaluation_report, payload.opinion).pk}


@router.post(f"{REPORT}/return", response=MADE, operation_id="return_report", summary="Return a report 退回评价报告")
def give_back(request: HttpRequest, evaluation_report: UUID, payload: inputs.WordOfReviewInput) -> dict[str, Any]:
    """A further draft is wanted; this one stays as it is."""
    return {"id": return_report(request.viewer, evaluation_report, payload.opinion).pk}
