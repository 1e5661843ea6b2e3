"""Importing a file through its preview, as on the page: upload, answer what is asked, import."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router
from ninja.files import UploadedFile

from zhiheng_web.api import inputs, shapes
from zhiheng_web.api.entrance import IMPORT, READ, answers, page, results
from zhiheng_web.api.inputs import Limit, Number, Offset
from zhiheng_web.api.reading import version_shape
from zhiheng_web.api.shapes import both
from zhiheng_web.planning.actions.answer_preview import Direction, answer_preview, cancel_preview, direct_preview
from zhiheng_web.planning.actions.confirm_preview import confirm_preview
from zhiheng_web.planning.actions.upload_table import upload_table
from zhiheng_web.planning.importing.answering import Question
from zhiheng_web.planning.importing.previews import previewed
from zhiheng_web.planning.models import ImportPreview, PreviewTable
from zhiheng_web.planning.queries.importing import preview_for, recent_previews, tables_of

router = Router(tags=["导入 Import"], auth=IMPORT)


@router.post("/imports", response=results(shapes.PreviewShape), operation_id="upload", summary="Upload a file 上传文件")
def upload(request: HttpRequest, unit: Form[UUID], file: File[UploadedFile]) -> dict[str, Any]:
    """Keep a file that the library reads and have it read. Nothing is imported yet. No classified content: it is refused."""
    return preview_shape(request, upload_table(request.viewer, unit, file).pk)


@router.get(
    "/imports", response=answers(shapes.Page[shapes.Named]), auth=READ, operation_id="previews", summary="Files under way 待导入文件"
)
def previews(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """The files that wait for somebody to go on, newest first."""
    return page(recent_previews(request.viewer), limit, offset, lambda row: {"id": row.pk, "name": row.source.name})


@router.get(
    "/imports/{uuid:preview}", response=answers(shapes.PreviewShape), auth=READ, operation_id="preview", summary="What was read 预览"
)
def preview(request: HttpRequest, preview: UUID) -> dict[str, Any]:
    """The tables of the file with what is asked; poll while it is being read."""
    return preview_shape(request, preview)


@router.post(
    "/imports/{uuid:preview}/tables/{number}/answers",
    response=results(shapes.PreviewShape),
    operation_id="answer_preview",
    summary="Answer a question 答复疑问",
)
def answer(request: HttpRequest, preview: UUID, number: Number, payload: inputs.AnswerInput) -> dict[str, Any]:
    """Settle what the reader could not."""
    answer_preview(request.viewer, preview, number, payload.key, payload.choice, payload.text)
    return preview_shape(request, preview)


@router.post(
    "/imports/{uuid:preview}/tables/{number}/direction",
    response=results(shapes.PreviewShape),
    operation_id="direct_preview",
    summary="Say where a table goes 指定单位和年度",
)
def direct(request: HttpRequest, preview: UUID, number: Number, payload: inputs.DirectionInput) -> dict[str, Any]:
    """Unit, kind, year, project; or that it is declared history."""
    to = Direction(payload.unit, payload.kind, payload.year, payload.project, payload.history)
    direct_preview(request.viewer, preview, number, to=to)
    return preview_shape(request, preview)


@router.post(
    "/imports/{uuid:preview}/tables/{number}/identities",
    response=results(shapes.PreviewShape),
    operation_id="identify_rows",
    summary="Say which indicators rows are 对应已有指标",
)
def identities(request: HttpRequest, preview: UUID, number: Number, payload: inputs.IdentitiesInput) -> dict[str, Any]:
    """Which known indicator a row (by its position) is; '': a new one."""
    direct_preview(request.viewer, preview, number, identities=payload.rows)
    return preview_shape(request, preview)


@router.post(
    "/imports/{uuid:preview}/tables/{number}/import",
    response=results(shapes.ChangedShape),
    operation_id="confirm_preview",
    summary="Import a table 导入",
)
def confirm(request: HttpRequest, preview: UUID, number: Number, payload: inputs.SeenInput) -> dict[str, Any]:
    """Write the table as it stands in the preview: an open version, or declared history."""
    return {"version": version_shape(confirm_preview(request.viewer, preview, number, edits=payload.edits))}


@router.post(
    "/imports/{uuid:preview}/cancel", response=results(shapes.PreviewShape), operation_id="cancel_preview", summary="Put away 取消"
)
def cancel(request: HttpRequest, preview: UUID) -> dict[str, Any]:
    """Stop the reading, or put the preview away."""
    cancel_preview(request.viewer, preview)
    return preview_shape(request, preview)


def preview_shape(request: HttpRequest, preview: UUID) -> dict[str, Any]:
    """A preview with its tables."""
    found: ImportPreview = preview_for(request.viewer, preview)
    return {
        "id": found.pk,
        "file": found.source.name,
        "state": found.state,
        "step": found.step,
        "steps": found.steps,
        "tables": [table_shape(row) for row in tables_of(request.viewer, found)],
    }


def table_shape(row: PreviewTable) -> dict[str, Any]:
    """One table of a preview."""
    asked = previewed(row)
    plain = {name: getattr(row, name) for name in ("number", "kind", "year", "history", "edits")}
    ids = {"unit": row.unit_id, "project": row.project_id, "version": row.version_id}
    return {**plain, **ids, "title": asked.table.plan.title, "questions": [question_shape(question) for question in asked.questions]}


def question_shape(asked: Question) -> dict[str, Any]:
    """A question with its choices."""
    choices = [{"value": choice.value, "text": both(choice.text)} for choice in asked.choices]
    plain = {name: getattr(asked, name) for name in ("key", "row", "field", "current", "open")}
    return {**plain, "texts": [both(text) for text in asked.texts], "choices": choices}
