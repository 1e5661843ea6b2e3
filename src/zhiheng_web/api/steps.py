"""The steps of the procedure, each through the action that the page uses."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router
from ninja.files import UploadedFile

from zhiheng.plan.procedure import Grade, Outcome
from zhiheng_web.api import inputs, shapes
from zhiheng_web.api.entrance import STEPS, results
from zhiheng_web.api.reading import version_shape
from zhiheng_web.planning.actions.accept_proposal import accept_proposal
from zhiheng_web.planning.actions.adjust_table import adjust_table
from zhiheng_web.planning.actions.answer_opinion import answer_opinion
from zhiheng_web.planning.actions.confirm_adjustment import confirm_adjustment
from zhiheng_web.planning.actions.confirm_pre_assessment import confirm_pre_assessment
from zhiheng_web.planning.actions.decide import Verdict, decide
from zhiheng_web.planning.actions.divide_indicator import PartText, divide_indicator
from zhiheng_web.planning.actions.edit_cells import CellEdit, edit_cells
from zhiheng_web.planning.actions.generate_table import generate_table
from zhiheng_web.planning.actions.pre_assess import Assessed, pre_assess
from zhiheng_web.planning.actions.record_approval import record_approval
from zhiheng_web.planning.actions.reply_finding import reply_finding
from zhiheng_web.planning.actions.set_weights import set_weights
from zhiheng_web.planning.actions.submit_table import submit_table
from zhiheng_web.planning.actions.withdraw_table import withdraw_table
from zhiheng_web.planning.actions.write_opinion import write_opinion
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.weighing import Tags
from zhiheng_web.tasks.actions.write_message import write_message
from zhiheng_web.wording import Text

router = Router(tags=["流程 Procedure"], auth=STEPS)
CHANGED = Text("该格已被他人修改。", "Somebody else has changed this cell.")


@router.post(
    "/versions/{uuid:version}/cells", response=results(shapes.EditedShape), operation_id="edit_cells", summary="Fill in cells 填写"
)
def cells(request: HttpRequest, version: UUID, payload: inputs.CellsInput) -> dict[str, Any]:
    """Write texts into cells. Each is saved unless somebody else changed it since the caller saw it."""
    edits = [CellEdit(cell.row, cell.field, cell.base, cell.text) for cell in payload.cells]
    edited = edit_cells(request.viewer, version, edits)
    rejected = [_rejected(one.edit, "conflict", CHANGED, one.current) for one in edited.conflicts]
    rejected += [_rejected(one.edit, one.code, one.text, None) for one in edited.refused]
    return {"version": version_shape(edited.loaded.version), "saved": len(edited.saved), "rejected": rejected}


def _rejected(edit: CellEdit, code: str, text: Text, current: str | None) -> dict[str, Any]:
    return {"row": edit.row, "field": edit.field, "code": code, "zh": text.zh, "en": text.en, "current": current}


@router.post(
    "/versions/{uuid:version}/findings/{mark}/reply",
    response=results(shapes.MadeShape),
    operation_id="reply_finding",
    summary="Reply to a finding 答复问题",
)
def reply(request: HttpRequest, version: UUID, mark: inputs.Code, payload: inputs.ReplyInput) -> dict[str, Any]:
    """Say why what was found is right as it stands."""
    return {"id": reply_finding(request.viewer, version, mark, payload.text, alike=payload.alike).pk}


@router.post(
    "/versions/{uuid:version}/weights", response=results(shapes.ChangedShape), operation_id="set_weights", summary="Set points 设置分值"
)
def weights(request: HttpRequest, version: UUID, payload: inputs.WeightsInput) -> dict[str, Any]:
    """Write the tags and points of rows; a row that changed since the caller saw it is a conflict."""
    tags = {one.row: _tags(one.tags) for one in payload.rows}
    set_weights(request.viewer, version, tags, {one.row: _tags(one.seen) for one in payload.rows})
    return _now(request, version)


def _tags(given: inputs.TagsInput) -> Tags:
    points = None if given.points is None else Decimal(given.points)
    return Tags(given.level_1, given.level_2, given.direction, points, given.method)


@router.post(
    "/versions/{uuid:version}/weights/proposal",
    response=results(shapes.ChangedShape),
    operation_id="accept_proposal",
    summary="Accept the proposed points 采纳建议分值",
)
def proposal(request: HttpRequest, version: UUID, payload: inputs.ProposalInput) -> dict[str, Any]:
    """Fill what is not set with the proposal; ``seen`` is the digest of the proposal that was looked at."""
    accept_proposal(request.viewer, version, payload.rows, payload.seen)
    return _now(request, version)


@router.post(
    "/versions/{uuid:version}/rows/{uuid:row}/parts",
    response=results(shapes.ChangedShape),
    operation_id="divide_indicator",
    summary="Divide a compound indicator 拆分复合指标",
)
def parts(request: HttpRequest, version: UUID, row: UUID, payload: inputs.PartsInput) -> dict[str, Any]:
    """Write the parts of a row in place of those it had."""
    written = [PartText(part.name, part.target, part.unit, part.due_on) for part in payload.parts]
    divide_indicator(request.viewer, version, row, written, payload.join, edits=payload.edits)
    return _now(request, version)


@router.post("/versions/{uuid:version}/submit", response=results(shapes.ChangedShape), operation_id="submit_table", summary="Submit 送审")
def submit(request: HttpRequest, version: UUID, payload: inputs.SeenInput) -> dict[str, Any]:
    """Send the version on its route."""
    submit_table(request.viewer, version, edits=payload.edits)
    return _now(request, version)


@router.post(
    "/versions/{uuid:version}/withdraw", response=results(shapes.ChangedShape), operation_id="withdraw_table", summary="Withdraw 撤回"
)
def withdraw(request: HttpRequest, version: UUID, payload: inputs.ReasonInput) -> dict[str, Any]:
    """Take the version back into draft."""
    withdraw_table(request.viewer, version, payload.reason)
    return _now(request, version)


@router.post(
    "/versions/{uuid:version}/decisions",
    response=results(shapes.ChangedShape),
    operation_id="decide",
    summary="Decide at a checkpoint 审核、批复",
)
def decision(request: HttpRequest, version: UUID, payload: inputs.DecisionInput) -> dict[str, Any]:
    """Agree, return or block where the version stands; the last agreement is the 批复. ``turn`` comes from the standing."""
    verdict = Verdict(
        Outcome(payload.outcome),
        payload.opinion,
        payload.minutes,
        payload.document,
        payload.mend,
        {item: Decimal(points) for item, points in payload.points.items()},
        {item: Grade(grade) for item, grade in payload.ticks.items()},
        payload.in_force_from,
    )
    decide(request.viewer, version, verdict, turn=payload.turn)
    return _now(request, version)


@router.post(
    "/versions/{uuid:version}/approval",
    response=results(shapes.ChangedShape),
    operation_id="record_approval",
    summary="Record an approval given outside 登记线下批复",
)
def approval(request: HttpRequest, version: UUID, said: Form[inputs.ApprovalInput], scan: File[UploadedFile]) -> dict[str, Any]:
    """Keep an open version as approved under its number and day, proved by the scan of the approval."""
    record_approval(request.viewer, version, said.number, said.approved_on, scan, edits=said.edits)
    return _now(request, version)


@router.post(
    "/versions/{uuid:version}/opinions",
    response=results(shapes.MadeShape),
    operation_id="write_opinion",
    summary="Opinion on a cell 逐格提出意见",
)
def opinion(request: HttpRequest, version: UUID, payload: inputs.OpinionInput) -> dict[str, Any]:
    """Write an opinion on one cell or the head."""
    return {"id": write_opinion(request.viewer, version, payload.row, payload.field, payload.text).pk}


@router.post(
    "/opinions/{uuid:opinion}/answer",
    response=results(shapes.MadeShape),
    operation_id="answer_opinion",
    summary="Answer an opinion 答复意见",
)
def answer(request: HttpRequest, opinion: UUID, payload: inputs.WordsInput) -> dict[str, Any]:
    """Answer an opinion, once."""
    return {"id": answer_opinion(request.viewer, opinion, payload.text).pk}


@router.post(
    "/tables/{uuid:table}/adjust", response=results(shapes.ChangedShape), operation_id="adjust_table", summary="Adjust 申请调整目标"
)
def adjust(request: HttpRequest, table: UUID, payload: inputs.AdjustInput) -> dict[str, Any]:
    """Open an adjustment of the version in force."""
    opened = adjust_table(request.viewer, table, reason=payload.reason, document=payload.document, second_person=payload.second_person)
    return {"version": version_shape(opened)}


@router.post(
    "/versions/{uuid:version}/confirm",
    response=results(shapes.ChangedShape),
    operation_id="confirm_adjustment",
    summary="Confirm an adjustment as the second person 第二人确认调整",
)
def confirm(request: HttpRequest, version: UUID, payload: inputs.SeenInput) -> dict[str, Any]:
    """Confirm what the adjustment says."""
    confirm_adjustment(request.viewer, version, edits=payload.edits)
    return _now(request, version)


@router.post(
    "/versions/{uuid:version}/generate",
    response=results(shapes.ChangedShape),
    operation_id="generate_table",
    summary="Generate a new year's table 生成新年度表",
)
def generate(request: HttpRequest, version: UUID, payload: inputs.GenerateInput) -> dict[str, Any]:
    """Write the table of another year from this version."""
    return {"version": version_shape(generate_table(request.viewer, version, payload.year, carry_tags=payload.carry_tags))}


@router.post(
    "/versions/{uuid:version}/messages", response=results(shapes.MadeShape), operation_id="write_message", summary="Discuss 参与讨论"
)
def message(request: HttpRequest, version: UUID, payload: inputs.MessageInput) -> dict[str, Any]:
    """Add a message to the discussion."""
    return {"id": write_message(request.viewer, version, payload.text, payload.indicator).pk}


@router.post(
    "/projects/{uuid:project}/pre-assessments",
    response=results(shapes.MadeShape),
    operation_id="pre_assess",
    summary="Pre-assess a new project 事前绩效评估",
)
def assess(request: HttpRequest, project: UUID, payload: inputs.PreAssessmentInput) -> dict[str, Any]:
    """Write a pre-assessment; it counts once another person has confirmed it."""
    given = {code: (Decimal(one.points), one.found) for code, one in payload.given.items()}
    amount = None if payload.amount is None else Decimal(payload.amount)
    said = Assessed(payload.assessed_on, given, payload.conclusion, payload.opinion, payload.method, amount)
    return {"id": pre_assess(request.viewer, project, said).pk}


@router.post(
    "/pre-assessments/{uuid:assessment}/confirm",
    response=results(shapes.MadeShape),
    operation_id="confirm_pre_assessment",
    summary="Confirm a pre-assessment 第二人确认评估",
)
def confirm_assessment(request: HttpRequest, assessment: UUID) -> dict[str, Any]:
    """Confirm it as the second person."""
    return {"id": confirm_pre_assessment(request.viewer, assessment).pk}


def _now(request: HttpRequest, version: UUID) -> dict[str, Any]:
    return {"version": version_shape(version_for(request.viewer, version))}
