"""Steps on the rows of a version: adding, removing, putting back, moving, the meaning of a figure, scheme, reason of a change."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from zhiheng_web.api import more_inputs as inputs
from zhiheng_web.api import shapes
from zhiheng_web.api.entrance import READ, STEPS, answers, results
from zhiheng_web.api.inputs import Code, Line, Number, Words
from zhiheng_web.api.reading import finding_shape, version_shape
from zhiheng_web.api.shapes import both
from zhiheng_web.planning.actions import add_row, move_row, remove_row
from zhiheng_web.planning.actions.answer_cell import answer_cell
from zhiheng_web.planning.actions.explain_change import explain_change
from zhiheng_web.planning.actions.reply_finding import reply_by_rule
from zhiheng_web.planning.actions.set_scheme import set_scheme
from zhiheng_web.planning.queries import editing
from zhiheng_web.planning.queries.replies import asking_by_rule
from zhiheng_web.planning.queries.tables import version_for

router = Router(tags=["编制 Editing"], auth=STEPS)
MADE, CHANGED = results(shapes.MadeShape), results(shapes.ChangedShape)
ROW = "/versions/{uuid:version}/rows/{uuid:row}"
DUTY = "/versions/{uuid:version}/duties/{uuid:duty}"


@router.post("/versions/{uuid:version}/rows", response=MADE, operation_id="add_row", summary="Add an indicator 增加指标")
def add(request: HttpRequest, version: UUID, payload: inputs.RowInput) -> dict[str, Any]:
    """Add an indicator under a duty, new or from the library, at the end or after a row."""
    made = add_row.add_row(request.viewer, version, payload.duty, payload.name, library=payload.library, after=payload.after)
    return {"id": made.pk}


@router.post(f"{ROW}/remove", response=MADE, operation_id="remove_row", summary="Remove an indicator 移除指标")
def remove(request: HttpRequest, version: UUID, row: UUID) -> dict[str, Any]:
    """Take it out of the table; it can be put back."""
    return {"id": remove_row.remove_row(request.viewer, version, row).pk}


@router.post(f"{ROW}/restore", response=MADE, operation_id="restore_row", summary="Put an indicator back 恢复指标")
def restore(request: HttpRequest, version: UUID, row: UUID) -> dict[str, Any]:
    """Put it back with all that it said."""
    return {"id": remove_row.restore_row(request.viewer, version, row).pk}


@router.post(f"{ROW}/move", response=MADE, operation_id="move_row", summary="Move an indicator 移动指标")
def move(request: HttpRequest, version: UUID, row: UUID, payload: inputs.MoveInput) -> dict[str, Any]:
    """One up (-1), one down (1), or under another duty."""
    return {"id": move_row.move_row(request.viewer, version, row, payload.step, payload.duty).pk}


@router.post("/versions/{uuid:version}/duties", response=MADE, operation_id="add_duty", summary="Add a duty 增加职责")
def add_duty(request: HttpRequest, version: UUID, payload: inputs.DutyInput) -> dict[str, Any]:
    """Add a duty with its goal."""
    return {"id": add_row.add_duty(request.viewer, version, payload.name, payload.objective).pk}


@router.post(f"{DUTY}/remove", response=MADE, operation_id="remove_duty", summary="Remove a duty 移除职责")
def remove_duty(request: HttpRequest, version: UUID, duty: UUID) -> dict[str, Any]:
    """Take it out with its indicators; it can be put back."""
    return {"id": remove_row.remove_duty(request.viewer, version, duty).pk}


@router.post(f"{DUTY}/restore", response=MADE, operation_id="restore_duty", summary="Put a duty back 恢复职责")
def restore_duty(request: HttpRequest, version: UUID, duty: UUID) -> dict[str, Any]:
    """Put it back."""
    return {"id": remove_row.restore_duty(request.viewer, version, duty).pk}


@router.post(f"{DUTY}/move", response=MADE, operation_id="move_duty", summary="Move a duty 移动职责")
def move_duty(request: HttpRequest, version: UUID, duty: UUID, payload: inputs.StepInput) -> dict[str, Any]:
    """One up (-1) or one down (1)."""
    return {"id": move_row.move_duty(request.viewer, version, duty, payload.step).pk}


@router.post("/versions/{uuid:version}/meaning", response=CHANGED, operation_id="answer_cell", summary="Settle a reading 确定含义")
def answer(request: HttpRequest, version: UUID, payload: inputs.MeaningInput) -> dict[str, Any]:
    """Let a figure mean the reading number ``choice`` of those that the meaning offers."""
    loaded = answer_cell(request.viewer, version, payload.row, payload.field, payload.text, payload.choice)
    return {"version": version_shape(loaded.version)}


@router.get("/versions/{uuid:version}/meaning", response=answers(dict[str, Any]), auth=READ, operation_id="meaning", summary="Meaning 含义")
def meaning(request: HttpRequest, version: UUID, row: Line, field: Code, text: Words) -> dict[str, Any]:
    """What a text would mean in a cell, with the readings to choose from. Saves nothing."""
    said: dict[str, Any] = editing.preview(request.viewer, version, row, field, text)
    return said


@router.get("/versions/{uuid:version}/changes", response=answers(dict[str, Any]), auth=READ, operation_id="changes", summary="Changes 改动")
def changes(request: HttpRequest, version: UUID, since: Number = 0) -> dict[str, Any]:
    """What was changed since the count of edits that the caller last saw."""
    said: dict[str, Any] = editing.changes(request.viewer, version, since)
    return said


@router.post("/versions/{uuid:version}/scheme", response=CHANGED, operation_id="set_scheme", summary="Choose the scheme 选择赋分方案")
def scheme(request: HttpRequest, version: UUID, payload: inputs.SchemeInput) -> dict[str, Any]:
    """By name, or `unscored`."""
    set_scheme(request.viewer, version, payload.scheme)
    return {"version": version_shape(version_for(request.viewer, version))}


@router.post("/versions/{uuid:version}/reasons", response=MADE, operation_id="explain_change", summary="Reason of a change 调整理由")
def reason(request: HttpRequest, version: UUID, payload: inputs.ExplainInput) -> dict[str, Any]:
    """Why an adjustment changes this indicator."""
    return {"id": explain_change(request.viewer, version, payload.indicator, payload.text).pk}


@router.get(
    "/versions/{uuid:version}/replies",
    response=answers(list[shapes.AskingShape]),
    auth=READ,
    operation_id="replies",
    summary="What asks for a reply, by rule 待答复问题",
)
def asking(request: HttpRequest, version: UUID) -> list[dict[str, Any]]:
    """The rules with open findings that the caller may reply to."""
    _version, rules = asking_by_rule(request.viewer, version)
    return [{"code": one.code, "title": both(one.title), "findings": [finding_shape(row) for row in one.findings]} for one in rules]


@router.post(
    "/versions/{uuid:version}/replies",
    response=results(shapes.CountShape),
    operation_id="reply_by_rule",
    summary="Reply by rule 按规则答复",
)
def reply(request: HttpRequest, version: UUID, payload: inputs.RepliesInput) -> dict[str, Any]:
    """Reply to every open finding of a rule at once: the rule's code and the words."""
    return {"count": reply_by_rule(request.viewer, version, payload.replies)}
