"""Samples and re-checks (财政抽查复核), and the agencies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from zhiheng_web.api import evaluation_inputs as inputs
from zhiheng_web.api import evaluation_shapes as shapes
from zhiheng_web.api.entrance import READ, STEPS, answers, page, results
from zhiheng_web.api.inputs import Limit, Number, Offset
from zhiheng_web.api.shapes import MadeShape, Page
from zhiheng_web.api.told import binary
from zhiheng_web.evaluation.actions.announce_sample import announce_sample, draw_sample
from zhiheng_web.evaluation.actions.join_agency import join_agency, leave_agency
from zhiheng_web.evaluation.actions.keep_agency import keep_agency
from zhiheng_web.evaluation.actions.recheck_row import finish_recheck, recheck_row
from zhiheng_web.evaluation.queries import agencies as agency_queries
from zhiheng_web.evaluation.queries import samples as queries

router = Router(tags=["财政抽查与机构 Samples and agencies"], auth=STEPS)
SAMPLE, RECHECK = "/samples/{uuid:sample}", "/rechecks/{uuid:recheck}"
MADE = results(MadeShape)
SCRIPT = "text/x-python"


@router.get("/samples", response=answers(Page[shapes.SampleShape]), auth=READ, operation_id="samples", summary="Samples 财政抽查样本")
def samples(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """Every sample, to everybody who reads tables."""
    return page(queries.samples(request.viewer).samples, limit, offset, lambda row: row)


@router.post("/samples", response=MADE, operation_id="announce_sample", summary="Write down a seed 登记抽样种子")
def announce(request: HttpRequest, payload: inputs.SampleInput) -> dict[str, Any]:
    """Seed and size, for good: nobody chooses a seed for what it draws."""
    return {"id": announce_sample(request.viewer, payload.year, payload.name, payload.seed, payload.size, payload.document).pk}


@router.get(SAMPLE, response=answers(shapes.SamplePageShape), auth=READ, operation_id="sample", summary="One sample 一个样本")
def sample(request: HttpRequest, sample: UUID) -> dict[str, Any]:
    """What it drew, drawn again at each call (``holds``)."""
    found = queries.sample_page(request.viewer, sample)
    lines = [
        {
            "recheck": line.recheck.pk if line.recheck and line.opens else None,
            "table": line.recheck.self_evaluation.table if line.recheck else None,
            "gap": line.gap if line.opens else None,
            "far": line.opens and line.far,
            **{name: getattr(line, name) for name in ("place", "identity", "opens")},
        }
        for line in found.lines
    ]
    plain = {name: getattr(found, name) for name in ("sample", "size_of_population", "holds", "waiting")}
    return {**plain, "lines": lines}


@router.post(f"{SAMPLE}/draw", response=MADE, operation_id="draw_sample", summary="Draw 抽取样本")
def draw(request: HttpRequest, sample: UUID) -> dict[str, Any]:
    """Freeze the population and draw."""
    return {"id": draw_sample(request.viewer, sample).pk}


@router.get(
    f"{SAMPLE}/script",
    response=answers(None),
    auth=READ,
    operation_id="sample_script",
    summary="Draw again 核验程序",
    openapi_extra=binary(SCRIPT),
)
def script(request: HttpRequest, sample: UUID) -> HttpResponse:
    """Ten lines of Python with which anybody draws again."""
    _, said = queries.sample_script(request.viewer, sample)
    return HttpResponse(said, content_type=SCRIPT, headers={"X-Content-Type-Options": "nosniff"})


@router.get(RECHECK, response=answers(shapes.RecheckShape), auth=READ, operation_id="recheck", summary="A re-check 抽查复核")
def recheck(request: HttpRequest, recheck: UUID) -> Any:
    """A re-check beside the self-score: finance while it is made, everybody who reads the table once it is finished."""
    return queries.recheck_page(request.viewer, recheck)


@router.post(f"{RECHECK}/rows", response=MADE, operation_id="recheck_row", summary="Re-check a row 逐行复核")
def check_row(request: HttpRequest, recheck: UUID, payload: inputs.RecheckRowInput) -> dict[str, Any]:
    """The points that finance finds right, and why."""
    points = None if payload.points is None else Decimal(payload.points)
    return {"id": recheck_row(request.viewer, recheck, payload.row, points, payload.reason, payload.edits).pk}


@router.post(f"{RECHECK}/finish", response=MADE, operation_id="finish_recheck", summary="Finish a re-check 完成复核")
def finish(request: HttpRequest, recheck: UUID, payload: inputs.WordOfReviewInput) -> dict[str, Any]:
    """With an opinion; total and grade are kept."""
    return {"id": finish_recheck(request.viewer, recheck, payload.opinion).pk}


@router.get("/agencies", response=answers(Page[shapes.AgencyShape]), auth=READ, operation_id="agencies", summary="Agencies 第三方机构")
def agencies(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """All agencies; their people for those who keep them."""
    return page(agency_queries.agencies(request.viewer).lines, limit, offset, lambda line: line)


@router.post("/agencies", response=MADE, operation_id="keep_agency", summary="Enter an agency 登记第三方机构")
def enter(request: HttpRequest, payload: inputs.AgencyInput) -> dict[str, Any]:
    """Enter an agency."""
    return {"id": keep_agency(request.viewer, None, payload.name, payload.uscc, payload.closed_on).pk}


@router.post("/agencies/{uuid:agency}", response=MADE, operation_id="correct_agency", summary="Correct an agency 修改第三方机构")
def correct(request: HttpRequest, agency: UUID, payload: inputs.AgencyInput) -> dict[str, Any]:
    """Correct what is kept of it, or close it."""
    return {"id": keep_agency(request.viewer, agency, payload.name, payload.uscc, payload.closed_on).pk}


@router.post(
    "/agencies/{uuid:agency}/members",
    response=results(shapes.NumberedShape),
    operation_id="join_agency",
    summary="Somebody works for an agency 登记机构人员",
)
def join(request: HttpRequest, agency: UUID, payload: inputs.MembershipInput) -> dict[str, Any]:
    """From a day on; he holds the role of an agency and none in a department."""
    return {"id": join_agency(request.viewer, agency, payload.username, payload.since).pk}


@router.post(
    "/agency-members/{member}/leave",
    response=results(shapes.NumberedShape),
    operation_id="leave_agency",
    summary="Somebody leaves an agency 注销机构人员",
)
def leave(request: HttpRequest, member: Number, payload: inputs.LeavingInput) -> dict[str, Any]:
    """From a day on he sees its engagements no more."""
    return {"id": leave_agency(request.viewer, member, payload.until).pk}
