"""Reading what waits, the review of a version, comparisons, units in the department's view, points and parts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from zhiheng_web.api import reviewing_shapes as shapes
from zhiheng_web.api.entrance import READ, answers, page
from zhiheng_web.api.inputs import Code, Limit, Offset, Year
from zhiheng_web.api.reading import decision_shape, version_shape
from zhiheng_web.api.shapes import DecisionShape, Page, VersionShape
from zhiheng_web.api.steps import router
from zhiheng_web.planning.queries.adjusting import adjusting_of, side_by_side
from zhiheng_web.planning.queries.inbox import Wanted, done, inbox, sent
from zhiheng_web.planning.queries.review import review_of
from zhiheng_web.planning.queries.rollup import rollup_of
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.queries.weighing import divided, weighed
from zhiheng_web.tasks.models import Message
from zhiheng_web.wording import Text

READING: dict[str, Any] = {"auth": READ, "tags": ["审核 Reviewing"]}
"""They stand in the router of the steps: an address belongs to one router."""
VERSION = "/versions/{uuid:version}"


@router.get(
    "/inbox", response=answers(list[shapes.WaitingShape]), **READING, operation_id="inbox", summary="What waits for my decision 待我审核"
)
def waiting(request: HttpRequest, department: Code = "", year: Year | None = None, kind: Code = "", sort: Code = "due") -> Any:
    """Across departments, as the page filters and sorts them."""
    return [waiting_shape(item) for item in inbox(request.viewer, Wanted(department, year, kind, sort)).items]


@router.get("/inbox/sent", response=answers(list[VersionShape]), **READING, operation_id="sent", summary="What I submitted 我送审的")
def mine(request: HttpRequest) -> Any:
    """What the caller's side submitted and is under way."""
    return [version_shape(item.version) for item in sent(request.viewer)]


@router.get("/inbox/done", response=answers(list[DecisionShape]), **READING, operation_id="decided", summary="What I decided 我已办理的")
def decided(request: HttpRequest) -> Any:
    """The caller's own decisions, newest first."""
    return [decision_shape(row) for row in done(request.viewer)]


@router.get(
    f"{VERSION}/review", response=answers(shapes.ReviewShape), **READING, operation_id="review", summary="Review of a version 审核情况"
)
def review(request: HttpRequest, version: UUID) -> Any:
    """What the caller may do here, what is open, the items that are graded, opinions and reasons."""
    found = review_of(request.viewer, version)
    names = ("version", "outcomes", "why_not", "needs", "may_submit", "may_withdraw", "may_confirm", "confirmed", "unexplained")
    items = [
        {"name": name, "items": [{"code": code, "name": text, "full": full} for code, text, full in rows]} for name, rows in found.items
    ]
    opened = {"open_findings": len(found.open_findings), "open_opinions": len(found.open_opinions)}
    lists = {"route": found.route, "items": items, "opinions": found.opinions, "reasons": list(found.reasons.values())}
    return {**{name: getattr(found, name) for name in names}, "turn": found.stands.turn, **opened, **lists}


@router.get(
    f"{VERSION}/opinions", response=answers(list[shapes.OpinionShape]), **READING, operation_id="opinions", summary="Opinions 逐格意见"
)
def opinions(request: HttpRequest, version: UUID) -> Any:
    """The opinions on the cells of a version with the answers."""
    return review_of(request.viewer, version).opinions


@router.get(
    f"{VERSION}/messages", response=answers(Page[shapes.MessageShape]), **READING, operation_id="messages", summary="Discussion 讨论"
)
def messages(request: HttpRequest, version: UUID, limit: Limit = 50, offset: Offset = 0) -> Any:
    """The discussion on a version and its indicators, oldest first."""
    found = Message.objects.filter(version=version_for(request.viewer, version)).select_related("written_by")
    return page(found.order_by("written_at", "pk"), limit, offset, lambda row: row)


@router.get(
    VERSION + "/compare/{uuid:other}",
    response=answers(shapes.ComparedShape),
    **READING,
    operation_id="compare",
    summary="Two versions 版本对比",
)
def compare(request: HttpRequest, version: UUID, other: UUID) -> Any:
    """What differs between two versions, cell by cell."""
    found = side_by_side(request.viewer, version, other)
    said = found.comparison
    lists = {"head": said.head, "objectives": said.objectives, "rows": said.rows}
    return {"old": found.old, "new": found.new, "counts": said.counts, **lists}


@router.get(
    "/tables/{uuid:table}/adjusting",
    response=answers(shapes.AdjustingShape),
    **READING,
    operation_id="adjusting",
    summary="Before adjusting 调整准备",
)
def adjusting(request: HttpRequest, table: UUID) -> Any:
    """The version in force, an adjustment under way, and the persons who may confirm one."""
    return adjusting_of(request.viewer, table)


@router.get(
    "/departments/{uuid:department}/units/{year}",
    response=answers(shapes.RollupShape),
    **READING,
    operation_id="rollup",
    summary="Units in the department's view 单位汇总",
)
def rollup(request: HttpRequest, department: UUID, year: Year) -> Any:
    """The department's whole beside its units; nothing is counted twice."""
    return rollup_of(request.viewer, department, year)


@router.get(f"{VERSION}/weights", response=answers(shapes.WeighedShape), **READING, operation_id="weights", summary="Points 分值")
def weights(request: HttpRequest, version: UUID) -> Any:
    """The tags and points of every row with what is proposed beside, and whether they add up."""
    found = weighed(request.viewer, version)
    names = ("state", "duties", "digest", "editable")
    return {
        **{name: getattr(found, name) for name in names},
        "version": found.loaded.version,
        "scheme": found.scheme.name,
        "schemes": [row.name for row in found.schemes],
    }


@router.get(
    VERSION + "/rows/{uuid:row}/parts", response=answers(shapes.DividedShape), **READING, operation_id="parts", summary="Parts 指标拆分"
)
def parts(request: HttpRequest, version: UUID, row: UUID) -> Any:
    """The parts of a compound indicator, or those that are proposed for it."""
    return divided(request.viewer, version, row)


def waiting_shape(item: Any) -> dict[str, Any]:
    """One version that waits."""
    stands = item.stands
    checkpoint = Text(stands.checkpoint.zh, stands.checkpoint.en) if stands.checkpoint else Text("", "")
    due = stands.circulation.due_on if stands.circulation else None
    plain = {"rows": item.rows, "opinions": item.opinions, "needs": item.needs}
    return {"version": stands.version, "checkpoint": checkpoint, "turn": stands.turn, "due_on": due, **plain}
