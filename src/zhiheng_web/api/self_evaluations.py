"""Reading self-evaluations (绩效自评) and the steps of a whole one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import Router

from zhiheng_web.api import self_evaluation_shapes as shapes
from zhiheng_web.api import year_inputs as inputs
from zhiheng_web.api.entrance import READ, STEPS, answers, page, results
from zhiheng_web.api.inputs import Limit, Offset, ReasonInput, Year
from zhiheng_web.api.ledger_inputs import PageNumber
from zhiheng_web.api.shapes import MadeShape, Page
from zhiheng_web.api.told import evidence_files
from zhiheng_web.evaluation.actions.begin_self_evaluation import begin_self_evaluation
from zhiheng_web.evaluation.actions.choose_scheme import choose_scheme
from zhiheng_web.evaluation.actions.correct_self_evaluation import correct_self_evaluation
from zhiheng_web.evaluation.actions.decide_self_evaluation import decide_self_evaluation
from zhiheng_web.evaluation.actions.fill_self_evaluation import Cell, fill_self_evaluation
from zhiheng_web.evaluation.actions.set_points import set_points
from zhiheng_web.evaluation.actions.submit_self_evaluation import submit_self_evaluation
from zhiheng_web.evaluation.actions.take_values import take_values
from zhiheng_web.evaluation.queries.scorecards import scorecards
from zhiheng_web.evaluation.queries.self_evaluation import self_evaluation_page
from zhiheng_web.evaluation.queries.self_evaluation_paper import differences_of
from zhiheng_web.evaluation.queries.self_evaluation_points import points_page, proposed_points
from zhiheng_web.evaluation.queries.self_evaluation_row import file_of, row_page
from zhiheng_web.ui.exporting import uploaded

router = Router(tags=["绩效自评 Self-evaluation"], auth=STEPS)
ONE = "/self-evaluations/{uuid:self_evaluation}"
MADE = results(MadeShape)


@router.get(
    "/self-evaluations",
    response=answers(Page[shapes.SelfEvaluationLineShape]),
    auth=READ,
    operation_id="self_evaluations",
    summary="Self-evaluations of a year 年度自评",
)
def self_evaluations(request: HttpRequest, year: Year | None = None, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """The tables of a year (the newest) with their self-evaluations; a draft has no total."""
    return page(scorecards(request.viewer, year).lines, limit, offset, lambda line: line)


@router.post(
    "/tables/{uuid:table}/self-evaluation", response=MADE, operation_id="begin_self_evaluation", summary="Begin a self-evaluation 开展自评"
)
def begin(request: HttpRequest, table: UUID) -> dict[str, Any]:
    """With the points of the version in force on 31 December, and the values frozen for that day."""
    return {"id": begin_self_evaluation(request.viewer, table).pk}


@router.get(
    ONE, response=answers(shapes.SelfEvaluationPageShape), auth=READ, operation_id="self_evaluation", summary="One self-evaluation 自评表"
)
def self_evaluation(request: HttpRequest, self_evaluation: UUID) -> dict[str, Any]:
    """The card row by row: of a draft as it would be now, of one handed in as it was frozen. An override is marked."""
    found = self_evaluation_page(request.viewer, self_evaluation)
    changed = differences_of(request.viewer, self_evaluation) if found.evaluation.replaces_id else ()
    return {"about": found, "differences": changed}


@router.get(
    f"{ONE}/rows/{{uuid:self_row}}",
    response=answers(shapes.TracedRowShape),
    auth=READ,
    operation_id="self_evaluation_row",
    summary="A row with its trace 一项自评及其来源",
)
def traced(request: HttpRequest, self_evaluation: UUID, self_row: UUID, number: PageNumber = 1) -> Any:
    """One row down to the entries behind its frozen value, page ``number``, and its files."""
    return row_page(request.viewer, self_evaluation, self_row, number)


@router.get(
    f"{ONE}/points",
    response=answers(shapes.SelfPointsShape),
    auth=READ,
    operation_id="self_evaluation_points",
    summary="Points of a self-evaluation 自评分值",
)
def points(request: HttpRequest, self_evaluation: UUID) -> Any:
    """What is set, what was approved, what is proposed."""
    return points_page(request.viewer, self_evaluation)


@router.post(f"{ONE}/points", response=MADE, operation_id="set_points", summary="Set points 调整自评分值")
def write_points(request: HttpRequest, self_evaluation: UUID, payload: inputs.SelfPointsInput) -> dict[str, Any]:
    """Set the points of rows, or take those that are proposed for rows that have none."""
    if payload.proposed:
        wanted: dict[UUID, Decimal | None] = dict(proposed_points(request.viewer, self_evaluation))
        return {"id": set_points(request.viewer, self_evaluation, wanted, {}, dict.fromkeys(wanted)).pk}
    given = {one.row: _decimal(one.points) for one in payload.rows}
    seen = {one.row: _decimal(one.seen) for one in payload.rows}
    return {"id": set_points(request.viewer, self_evaluation, given, {one.row: one.reason for one in payload.rows}, seen).pk}


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@router.post(f"{ONE}/cells", response=MADE, operation_id="fill_self_evaluation", summary="Fill in 填写自评")
def fill(request: HttpRequest, self_evaluation: UUID, payload: inputs.SelfCellsInput) -> dict[str, Any]:
    """Write texts: all or none. What another has changed since ``base`` was seen is a conflict."""
    cells = [Cell(one.row, one.field, one.base, one.text) for one in payload.cells]
    return {"id": fill_self_evaluation(request.viewer, self_evaluation, cells).pk}


@router.post(f"{ONE}/values", response=MADE, operation_id="take_values", summary="Take the values anew 更新实际完成值")
def values(request: HttpRequest, self_evaluation: UUID, payload: ReasonInput) -> dict[str, Any]:
    """Freeze the values once more and take closed surveys; what people wrote stays."""
    return {"id": take_values(request.viewer, self_evaluation, payload.reason).pk}


@router.post(f"{ONE}/scheme", response=MADE, operation_id="choose_scheme", summary="Choose the scheme 选择计分方案")
def scheme(request: HttpRequest, self_evaluation: UUID, payload: inputs.SelfSchemeInput) -> dict[str, Any]:
    """Score the draft by another scheme; a closed year stays as it was scored."""
    return {"id": choose_scheme(request.viewer, self_evaluation, payload.scheme).pk}


@router.post(f"{ONE}/submit", response=MADE, operation_id="submit_self_evaluation", summary="Submit 报送自评")
def submit(request: HttpRequest, self_evaluation: UUID, payload: inputs.TotalSeenInput) -> dict[str, Any]:
    """Freeze scheme, values and card, and hand it in."""
    return {"id": submit_self_evaluation(request.viewer, self_evaluation, payload.seen).pk}


@router.post(f"{ONE}/decide", response=MADE, operation_id="decide_self_evaluation", summary="Accept or return 认定或退回")
def decide(request: HttpRequest, self_evaluation: UUID, payload: inputs.AcceptInput) -> dict[str, Any]:
    """Finance accepts it or returns it with an opinion."""
    return {"id": decide_self_evaluation(request.viewer, self_evaluation, payload.accept, payload.opinion, payload.seen).pk}


@router.post(f"{ONE}/correct", response=MADE, operation_id="correct_self_evaluation", summary="Correct an accepted one 更正已认定的自评")
def correct(request: HttpRequest, self_evaluation: UUID, payload: ReasonInput) -> dict[str, Any]:
    """A draft of the next edition; the accepted one stays."""
    return {"id": correct_self_evaluation(request.viewer, self_evaluation, payload.reason).pk}


@router.get(
    f"{ONE}/files/{{uuid:self_file}}",
    response=answers(None),
    auth=READ,
    operation_id="self_evaluation_file",
    summary="A file of a row 自评佐证材料",
    openapi_extra=evidence_files(),
)
def file(request: HttpRequest, self_evaluation: UUID, self_file: UUID) -> FileResponse:
    """The file as it was uploaded, compared with its digest."""
    found, content = file_of(request.viewer, self_evaluation, self_file)
    return uploaded(content, found.name, found.media_type)
