"""Evaluations (部门评价、财政评价): reading one, planning it, engaging an agency, its materials."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import File, Form, Router
from ninja.files import UploadedFile

from zhiheng_web.api import evaluation_inputs as inputs
from zhiheng_web.api import evaluation_shapes as shapes
from zhiheng_web.api.entrance import READ, STEPS, answers, page, results
from zhiheng_web.api.inputs import Limit, Offset, ReasonInput, Year
from zhiheng_web.api.monitoring_shapes import ManyMadeShape
from zhiheng_web.api.shapes import MadeShape, Page
from zhiheng_web.api.told import evidence_files
from zhiheng_web.evaluation.actions.declare_interests import declare_interests
from zhiheng_web.evaluation.actions.engage_agency import Terms, end_engagement, engage_agency
from zhiheng_web.evaluation.actions.hand_in_material import hand_in_material
from zhiheng_web.evaluation.actions.plan_evaluation import EvaluationPlan, cancel_evaluation, plan_evaluation
from zhiheng_web.evaluation.actions.request_material import request_material, return_material, waive_material
from zhiheng_web.evaluation.actions.weigh_items import weigh_items
from zhiheng_web.evaluation.models import Engagement
from zhiheng_web.evaluation.queries import evaluation_files as files
from zhiheng_web.evaluation.queries.evaluation import EvaluationPage, ItemLine, evaluation_page
from zhiheng_web.evaluation.queries.evaluations import evaluations
from zhiheng_web.ledgers.models import EvidenceFile
from zhiheng_web.ui.exporting import uploaded

router = Router(tags=["绩效评价 Evaluations"], auth=STEPS)
ONE, ENGAGEMENT, MATERIAL = "/evaluations/{uuid:evaluation}", "/engagements/{uuid:engagement}", "/materials/{uuid:material}"
MADE = results(MadeShape)


@router.get(
    "/evaluations",
    response=answers(Page[shapes.EvaluationLineShape]),
    auth=READ,
    operation_id="evaluations",
    summary="Evaluations 绩效评价",
)
def listed(request: HttpRequest, year: Year | None = None, limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """Those of a year that the caller sees: an agency the ones it is engaged for and no other."""
    return page(evaluations(request.viewer, year).lines, limit, offset, lambda line: line)


@router.post("/tables/{uuid:table}/evaluations", response=MADE, operation_id="plan_evaluation", summary="Plan an evaluation 评价立项")
def plan(request: HttpRequest, table: UUID, payload: inputs.EvaluationInput) -> dict[str, Any]:
    """Plan the evaluation of a table, with the items of an index system."""
    return {"id": plan_evaluation(request.viewer, table, EvaluationPlan(**payload.dict())).pk}


@router.get(ONE, response=answers(shapes.EvaluationShape), auth=READ, operation_id="evaluation", summary="One evaluation 一项评价")
def evaluation(request: HttpRequest, evaluation: UUID) -> dict[str, Any]:
    """The evaluation as the caller sees it: nobody's marks before his own are in, the fee for those concerned only."""
    return _evaluation(evaluation_page(request.viewer, evaluation))


def _evaluation(found: EvaluationPage) -> dict[str, Any]:
    row = found.evaluation
    names = ("name", "kind", "table", "scope", "system", "state", "due_on", "document", "accepted_at", "opinion")
    plain = {name: getattr(row, name) for name in names}
    known = {name: getattr(found, name) for name in ("total", "grade", "full", "materials", "panel", "reports", "handed_in", "standing")}
    engagements = [_engagement(one, terms=found.sight.sees_terms) for one in found.engagements]
    seat = found.sight.seat
    said = {"id": row.pk, "state_text": found.state, "checks": list(found.system.checks), "can": sorted(found.can)}
    said |= {"engagements": engagements, "items": [_item(line) for line in found.items], "edits": seat.edits if seat else None}
    return {**plain, **known, **said}


def _engagement(row: Engagement, *, terms: bool) -> dict[str, Any]:
    """An engagement: contract, fee and why it ended are for those who see its terms."""
    plain = {name: getattr(row, name) for name in ("agency", "scope", "declared_at", "conflict", "ended_at")}
    only = {name: getattr(row, name) if terms else None for name in ("contract_number", "contract_on", "fee", "end_reason")}
    return {"id": row.pk, **plain, **only, "contract": terms and row.contract_id is not None}


def _item(line: ItemLine) -> dict[str, Any]:
    plain = {name: getattr(line.item, name) for name in ("level_2", "name", "standard", "full", "finding")}
    own = {"own": line.own.points if line.own else None, "own_remark": line.own.remark if line.own else ""}
    marks = [{"name": name, "points": points, "fate": fate, "remark": remark} for name, points, fate, remark in line.marks]
    worked = {"points": line.points, "apart": line.apart, "ratio": line.ratio_words, "proposed": line.proposed}
    return {"id": line.item.pk, "level": line.level, **plain, **worked, **own, "marks": marks}


@router.post(f"{ONE}/cancel", response=MADE, operation_id="cancel_evaluation", summary="Cancel 终止评价")
def cancel(request: HttpRequest, evaluation: UUID, payload: ReasonInput) -> dict[str, Any]:
    """End it early; what was handed in and written stays on record."""
    return {"id": cancel_evaluation(request.viewer, evaluation, payload.reason).pk}


@router.post(f"{ONE}/points", response=MADE, operation_id="weigh_items", summary="Points of the items 调整评价指标分值")
def weigh(request: HttpRequest, evaluation: UUID, payload: inputs.ItemPointsInput) -> dict[str, Any]:
    """Set the points of items; those that are not named keep theirs."""
    return {"id": weigh_items(request.viewer, evaluation, {item: Decimal(one) for item, one in payload.points.items()}).pk}


@router.post(f"{ONE}/engagements", response=MADE, operation_id="engage_agency", summary="Engage an agency 委托第三方机构")
def engage(
    request: HttpRequest, evaluation: UUID, terms: Form[inputs.EngagementInput], file: File[UploadedFile | None] = None
) -> dict[str, Any]:
    """By scope, contract (a file, if given) and fee; one at a time."""
    said = Terms(terms.agency, terms.contract_number, terms.contract_on, Decimal(terms.fee), terms.scope)
    return {"id": engage_agency(request.viewer, evaluation, said, file).pk}


@router.post(f"{ENGAGEMENT}/declare", response=MADE, operation_id="declare_interests", summary="Declare interests 机构声明利益关系")
def declare(request: HttpRequest, engagement: UUID, payload: inputs.InterestsInput) -> dict[str, Any]:
    """The agency declares that it has no conflict of interests, or which: then the engagement ends."""
    return {"id": declare_interests(request.viewer, engagement, payload.free, payload.conflict).pk}


@router.post(f"{ENGAGEMENT}/end", response=MADE, operation_id="end_engagement", summary="End an engagement 解除委托")
def end(request: HttpRequest, engagement: UUID, payload: ReasonInput) -> dict[str, Any]:
    """Its people see the evaluation no more, and their marks do not count."""
    return {"id": end_engagement(request.viewer, engagement, payload.reason).pk}


@router.get(
    f"{ENGAGEMENT}/contract",
    response=answers(None),
    auth=READ,
    operation_id="contract",
    summary="The contract 委托合同",
    openapi_extra=evidence_files(),
)
def contract(request: HttpRequest, engagement: UUID) -> FileResponse:
    """The contract, for the two that concluded it and who looks after the money."""
    return download(files.contract_file(request.viewer, engagement))


def download(found: EvidenceFile) -> FileResponse:
    """An uploaded file, compared with its digest."""
    content = files.content_of(found)
    return uploaded(content, found.name, found.media_type)


@router.post(f"{ONE}/materials", response=results(ManyMadeShape), operation_id="request_material", summary="Ask for materials 列出资料清单")
def materials(request: HttpRequest, evaluation: UUID, payload: inputs.MaterialsInput) -> dict[str, Any]:
    """Put materials on the list, with the day by which they must be in."""
    return {"ids": [one.pk for one in request_material(request.viewer, evaluation, payload.names, payload.due_on)]}


@router.post(f"{MATERIAL}/file", response=MADE, operation_id="hand_in_material", summary="Hand in a material 提交评价资料")
def hand_in(request: HttpRequest, material: UUID, file: File[UploadedFile]) -> dict[str, Any]:
    """The evaluated hands in its file."""
    return {"id": hand_in_material(request.viewer, material, file).pk}


@router.get(
    f"{MATERIAL}/file",
    response=answers(None),
    auth=READ,
    operation_id="material_file",
    summary="A material 评价资料文件",
    openapi_extra=evidence_files(),
)
def material(request: HttpRequest, material: UUID) -> FileResponse:
    """What was handed in, for those at work on the evaluation and the evaluated."""
    return download(files.material_file(request.viewer, material))


@router.post(f"{MATERIAL}/return", response=MADE, operation_id="return_material", summary="Send a material back 退回评价资料")
def send_back(request: HttpRequest, material: UUID, payload: ReasonInput) -> dict[str, Any]:
    """It counts as not handed in until another file is there; this one stays on record."""
    return {"id": return_material(request.viewer, material, payload.reason).pk}


@router.post(f"{MATERIAL}/waive", response=MADE, operation_id="waive_material", summary="Waive a material 免交评价资料")
def waive(request: HttpRequest, material: UUID, payload: ReasonInput) -> dict[str, Any]:
    """It need not be handed in, for a reason."""
    return {"id": waive_material(request.viewer, material, payload.reason).pk}
