"""Importing a sheet into a register (批量导入): upload, what is asked, the faults at their cells, writing, undoing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Router
from ninja.files import UploadedFile

from zhiheng_web.api import ledger_inputs as inputs
from zhiheng_web.api import ledger_shapes as shapes
from zhiheng_web.api.entrance import IMPORT, READ, answers, page, results
from zhiheng_web.api.inputs import Code, Limit, Number, Offset, ReasonInput
from zhiheng_web.api.shapes import Page
from zhiheng_web.api.told import binary
from zhiheng_web.ledgers.actions.answer_import import answer_import, leave_out
from zhiheng_web.ledgers.actions.cancel_import import cancel_import
from zhiheng_web.ledgers.actions.import_entries import import_entries
from zhiheng_web.ledgers.actions.map_columns import choose_sheet, map_columns
from zhiheng_web.ledgers.actions.undo_import import undo_import
from zhiheng_web.ledgers.actions.write_import import LONG, LedgerChanged, begin_writing, judge_again, write_import
from zhiheng_web.ledgers.models import EntryImport, ImportFault
from zhiheng_web.ledgers.queries.importing import faulty_rows, import_for, import_page, importing_register, recent_imports, template_of
from zhiheng_web.wording import Text

router = Router(tags=["台账导入 Ledger import"], auth=IMPORT)
BATCH = "/entry-imports/{uuid:batch}"
STANDS = results(shapes.ImportShape)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.post("/registers/{uuid:ledger}/imports", response=STANDS, operation_id="import_entries", summary="Upload a sheet 上传台账表")
def upload(request: HttpRequest, ledger: UUID, file: File[UploadedFile]) -> dict[str, Any]:
    """Keep a sheet and have it read and judged. Nothing is written yet."""
    return _stands(request, import_entries(request.viewer, ledger, file).pk)


@router.get(
    "/registers/{uuid:ledger}/imports",
    response=answers(Page[shapes.ImportShape]),
    auth=READ,
    operation_id="entry_imports",
    summary="The last imports 最近的导入",
)
def recent(request: HttpRequest, ledger: UUID, limit: Limit = 20, offset: Offset = 0) -> dict[str, Any]:
    """The last twenty imports into a register."""
    return page(recent_imports(request.viewer, importing_register(request.viewer, ledger)), limit, offset, import_shape)


@router.get(
    "/registers/{uuid:ledger}/template",
    response=answers(None),
    auth=READ,
    operation_id="entry_template",
    summary="The template of a register 导入模板",
    openapi_extra=binary(WORKBOOK),
)
def template(request: HttpRequest, ledger: UUID) -> HttpResponse:
    """The Excel template with its drop-down lists."""
    return HttpResponse(template_of(request.viewer, ledger)[1], content_type=WORKBOOK)


@router.get(
    BATCH, response=answers(shapes.ImportPageShape), auth=READ, operation_id="entry_import", summary="How an import stands 导入预览"
)
def one(request: HttpRequest, batch: UUID, column: Code = "", number: Number = 1) -> dict[str, Any]:
    """Where it stands, its columns, what is asked, and page ``number`` of its faults, of one column if asked."""
    found = import_page(request.viewer, batch, column=column, page=number)
    return {
        **import_shape(found.batch),
        "columns": [{"index": one.index, "heading": one.heading, "name": one.name} for one in found.columns],
        "lacking": found.lacking,
        "words": [{"column": one.column, "word": one.word, "count": one.count} for one in found.words],
        "fault_rows": [_fault(one) for one in found.faults],
        "pages": found.faults.paginator.num_pages,
    }


def _fault(row: ImportFault) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("row", "cell", "column", "value", "code")}
    return {**plain, "text": Text(row.text_zh, row.text_en)}


@router.get(
    f"{BATCH}/faults",
    response=answers(None),
    auth=READ,
    operation_id="import_faults",
    summary="The faulty rows 问题行",
    openapi_extra=binary(WORKBOOK),
)
def faults(request: HttpRequest, batch: UUID) -> HttpResponse:
    """The faulty rows as a workbook that says what is wrong; mended, it is uploaded as it is."""
    return HttpResponse(faulty_rows(request.viewer, batch)[1], content_type=WORKBOOK)


@router.post(f"{BATCH}/sheet", response=STANDS, operation_id="choose_sheet", summary="Choose the sheet 选择工作表")
def sheet(request: HttpRequest, batch: UUID, payload: inputs.SheetInput) -> dict[str, Any]:
    """The sheet and the row of its heading."""
    return _stands(request, choose_sheet(request.viewer, batch, payload.sheet, payload.row).pk)


@router.post(f"{BATCH}/columns", response=STANDS, operation_id="map_columns", summary="Map the columns 列对照")
def columns(request: HttpRequest, batch: UUID, payload: inputs.ColumnsInput) -> dict[str, Any]:
    """What each column is; remembered for the next sheet with the same headings."""
    said = {int(index): name for index, name in payload.columns.items()}
    return _stands(request, map_columns(request.viewer, batch, said, payload.name).pk)


@router.post(f"{BATCH}/answers", response=STANDS, operation_id="answer_import", summary="Answer a question 答复疑问")
def answer(request: HttpRequest, batch: UUID, payload: inputs.WordInput) -> dict[str, Any]:
    """Let a word stand for a choice in all rows."""
    return _stands(request, answer_import(request.viewer, batch, payload.column, payload.word, payload.choice).pk)


@router.post(f"{BATCH}/leave-out", response=STANDS, operation_id="leave_out", summary="Leave faulty rows out 跳过问题行")
def out(request: HttpRequest, batch: UUID, payload: inputs.OutInput) -> dict[str, Any]:
    """Leave the faulty rows out, or take them in again."""
    return _stands(request, leave_out(request.viewer, batch, out=payload.out).pk)


@router.post(f"{BATCH}/write", response=STANDS, operation_id="write_import", summary="Write an import 写入导入")
def write(request: HttpRequest, batch: UUID) -> dict[str, Any]:
    """Write what the preview shows, at once or, where it is long, by the worker: poll."""
    found = import_for(request.viewer, batch)
    if found.rows > LONG:
        begin_writing(request.viewer, batch)
        return _stands(request, batch)
    try:
        write_import(request.viewer, batch)
    except LedgerChanged as changed:
        judge_again(found, changed.text)
        raise
    return _stands(request, batch)


@router.post(f"{BATCH}/cancel", response=STANDS, operation_id="cancel_import", summary="Cancel an import 取消导入")
def cancel(request: HttpRequest, batch: UUID) -> dict[str, Any]:
    """Stop the reading, or put the sheet away; nothing is written."""
    return import_shape(cancel_import(request.viewer, batch))


@router.post(f"{BATCH}/undo", response=STANDS, operation_id="undo_import", summary="Undo an import 撤销导入")
def undo(request: HttpRequest, batch: UUID, payload: ReasonInput) -> dict[str, Any]:
    """Undo it as a whole; refused, with the entries named, where later work stands on it."""
    return _stands(request, undo_import(request.viewer, batch, payload.reason).pk)


def _stands(request: HttpRequest, batch: UUID) -> dict[str, Any]:
    return import_shape(import_for(request.viewer, batch))


def import_shape(row: EntryImport) -> dict[str, Any]:
    """How an import stands."""
    names = ("id", "state", "rows", "row", "made", "changed", "same", "faulty", "faults", "written_at", "undone_at")
    said = {"ledger": row.register, "file": row.source.name, "refusal": Text(row.refusal_zh, row.refusal_en)}
    return {**{name: getattr(row, name) for name in names}, **said, "left_out": bool(row.choices.get("left_out"))}
