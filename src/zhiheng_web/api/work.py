"""Reading the caller's work list and notices, and the trail for those who may."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from zhiheng_web.api import shapes
from zhiheng_web.api.entrance import answers, page
from zhiheng_web.api.inputs import Limit, Number, Offset
from zhiheng_web.api.shapes import both
from zhiheng_web.organisation.authority import authorise, authorise_menu
from zhiheng_web.organisation.viewer import Scope
from zhiheng_web.tasks.models import Notice
from zhiheng_web.tasks.queries import notices as notices_of
from zhiheng_web.tasks.worklist import Task, mine
from zhiheng_web.trail.models import TrailRecord
from zhiheng_web.trail.policies import visible_records
from zhiheng_web.trail.queries import record_seen

router = Router(tags=["办理 Work"])


@router.get("/tasks", response=answers(shapes.Page[shapes.TaskShape]), operation_id="tasks", summary="What I must do 待办")
def tasks(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """What waits for the caller, most urgent first."""
    return page(mine(request.viewer), limit, offset, task_shape)


@router.get("/notices", response=answers(shapes.Page[shapes.NoticeShape]), operation_id="notices", summary="My notices 通知")
def notices(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """The caller's notices, newest first."""
    return page(notices_of(request.viewer), limit, offset, notice_shape)


@router.get("/trail", response=answers(shapes.Page[shapes.RecordShape]), operation_id="trail", summary="The trail 操作留痕")
def trail(request: HttpRequest, after: Number = 0, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """The records after number ``after``, oldest first, with both digests of the chain; for those who read the trail."""
    viewer = request.viewer
    for held in viewer.held:  # a reader of one department asks within it
        if held.department is not None:
            authorise_within = Scope(held.department)
            break
    else:
        authorise_within = Scope()
    authorise(viewer, "trail.see_trail", authorise_within)
    return page(visible_records(viewer).filter(number__gt=after).order_by("number"), limit, offset, record_shape)


@router.get("/trail/{number}", response=answers(shapes.RecordShape), operation_id="record", summary="One record 一条留痕")
def record(request: HttpRequest, number: Number) -> dict[str, Any]:
    """One record of the trail in full."""
    authorise_menu(request.viewer, "trail.see_trail")
    return record_shape(record_seen(request.viewer, number))


def task_shape(task: Task) -> dict[str, Any]:
    """A task."""
    plain = {"kind": task.kind, "link": task.link, "role": task.who.value, "since": task.since, "due_on": task.due_on}
    return {**plain, "text": both(task.text), "version": task.version.pk if task.version else None}


def notice_shape(row: Notice) -> dict[str, Any]:
    """A notice."""
    plain = {"id": row.pk, "kind": row.kind, "link": row.link, "made_at": row.made_at, "read_at": row.read_at}
    return {**plain, "text": {"zh": row.text_zh, "en": row.text_en}}


def record_shape(row: TrailRecord) -> dict[str, Any]:
    """A record of the trail."""
    names = ("number", "at", "account", "name", "action", "object_type", "object_id", "object_name", "before", "after", "details")
    return {**{name: getattr(row, name) for name in names}, "sha256": row.sha256, "sm3": row.sm3}
