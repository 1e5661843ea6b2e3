"""答复导入中的问题: a word stands for a choice in all rows, or the faulty rows are left out. The register does not change by it."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.ledgers.actions.import_entries import begin_reading
from zhiheng_web.ledgers.importing.entering import State, entering_for, opened_import
from zhiheng_web.ledgers.importing.sheet_columns import sheet_columns
from zhiheng_web.ledgers.models import EntryImport
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

WHAT = Text("答复", "answer")
NOT_ASKED = Text(
    "“{word}”不在有问题的内容里，或所选项不存在。请刷新页面。",
    "“{word}” is not asked about, or the choice does not exist. Reload the page.",
)


@action("ledgers.answer_import")
def answer_import(viewer: Viewer, batch_id: UUID, column: str, word: str, choice: str) -> Done[EntryImport]:
    """Let a word of the sheet stand for a choice of the column, in all rows; the rows are judged anew."""
    batch = opened_import(viewer, batch_id, "ledgers.answer_import", {State.READ}, WHAT)
    offered = {one.name: {each.code for each in one.choices} for one in sheet_columns(entering_for(batch).definition)}
    asked = batch.fault_rows.filter(column=column, value=word).exists()
    if not asked or choice not in offered.get(column, ()):
        raise Invalid("not_asked", NOT_ASKED.with_(word=word))
    words = {**batch.choices.get("words", {})}
    words[column] = {**words.get(column, {}), word: choice}
    batch.choices = {**batch.choices, "words": words, "left_out": False}
    batch.state, batch.row = State.WAITING, 0
    batch.save(update_fields=["choices", "state", "row"])
    begin_reading(batch)
    return _done(batch, {"column": column, "word": word, "choice": choice})


@action("ledgers.leave_out")
def leave_out(viewer: Viewer, batch_id: UUID, out: bool) -> Done[EntryImport]:
    """Leave the faulty rows out of the import, or take that back. They stay listed."""
    batch = opened_import(viewer, batch_id, "ledgers.leave_out", {State.READ}, WHAT)
    batch.choices = {**batch.choices, "left_out": bool(out and batch.faulty)}
    batch.save(update_fields=["choices"])
    return _done(batch, {"left_out": batch.choices["left_out"], "rows": batch.faulty})


def _done(batch: EntryImport, details: dict[str, object]) -> Done[EntryImport]:
    department = str(batch.register.department_id)
    return Done(batch, "ledgers.EntryImport", str(batch.pk), batch.source.name, department, details=details)
