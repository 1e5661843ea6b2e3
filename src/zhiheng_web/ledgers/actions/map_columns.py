"""对照列: what each column of a foreign sheet is in the register, and which sheet and heading row hold. It is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from zhiheng.tables.formats.long_sheets import LongFile
from zhiheng_web.ledgers.actions.import_entries import begin_reading
from zhiheng_web.ledgers.importing.entering import State, entering_for, opened_import
from zhiheng_web.ledgers.importing.headings import digest_of_headings, lacking
from zhiheng_web.ledgers.importing.sheet_columns import sheet_columns
from zhiheng_web.ledgers.models import ColumnMapping, EntryImport
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

WHAT = Text("改列对照", "map its columns")
TWICE = Text("“{column}”对照了两列，请只留一列。", "Two columns are “{column}”: keep one of them.")
LACKING = Text(
    "还缺必填列：{columns}。请从表中指定，或在表中补上后重新上传。",
    "Required columns are missing: {columns}. Name them here, or add them to the sheet.",
)
NO_SHEET = Text("文件中没有工作表“{sheet}”，或者第 {row} 行是空的。", "There is no sheet “{sheet}” in the file, or row {row} is empty.")


@action("ledgers.map_columns")
def map_columns(viewer: Viewer, batch_id: UUID, columns: Mapping[int, str], name: str = "") -> Done[EntryImport]:
    """Say what each column is (index → name of a sheet column, '' for none) and have the rows judged anew.

    The mapping is remembered by the headings; ``name`` is what people call the system that exports it.
    """
    batch = opened_import(viewer, batch_id, "ledgers.map_columns", {State.READ}, WHAT)
    refuse_marked_text(name, Text("名称", "the name"))
    entering = entering_for(batch)
    known = {one.name: one.text for one in sheet_columns(entering.definition)}
    chosen = {index: said for index, said in columns.items() if said in known and 0 <= index < len(batch.headings)}
    for said in set(chosen.values()):
        if list(chosen.values()).count(said) > 1:
            raise Invalid("mapped_twice", TWICE.with_(column=known[said]))
    if missing := lacking(entering.definition, chosen):
        texts = [entering.definition.column(one).text for one in missing]
        names = Text("、".join(text.zh for text in texts), ", ".join(text.en for text in texts))
        raise Invalid("mapping_incomplete", LACKING.with_(columns=names))
    mapping = {str(index): said for index, said in sorted(chosen.items())}
    digest = digest_of_headings(batch.headings)
    ColumnMapping.objects.update_or_create(
        register=batch.register,
        headings=digest,
        defaults={"name": name.strip()[:100], "mapping": mapping, "kept_by": viewer.account, "kept_at": viewer.now()},
    )
    batch.choices = {**batch.choices, "columns": mapping, "source": "remembered", "left_out": False}
    return _again(batch, {"columns": mapping, "headings": digest})


@action("ledgers.choose_sheet")
def choose_sheet(viewer: Viewer, batch_id: UUID, sheet: str, row: int | None = None) -> Done[EntryImport]:
    """Choose another sheet of the file, or the row that is its heading (None: found anew)."""
    batch = opened_import(viewer, batch_id, "ledgers.choose_sheet", {State.READ}, WHAT)
    batch.choices = {"sheet": sheet}
    if row is not None:
        file = LongFile(Path(batch.source.stored.path), batch.source.name)
        words = next((found.cells for found in file.rows(sheet) if found.number == row), None) if sheet in file.sheets else None
        if words is None:
            raise Invalid("no_sheet", NO_SHEET.with_(sheet=sheet, row=row))
        batch.headings = [word.strip() for word in words]
        batch.choices = {"sheet": sheet, "heading": row, "columns": {}, "source": ""}
    return _again(batch, {"sheet": sheet, "row": row})


def _again(batch: EntryImport, details: dict[str, object]) -> Done[EntryImport]:
    """Judge the sheet anew; what was counted before no longer holds."""
    batch.state, batch.row, batch.made, batch.changed, batch.same, batch.faults, batch.faulty = State.WAITING, 0, 0, 0, 0, 0, 0
    batch.preview = []
    batch.save()
    batch.fault_rows.all().delete()
    begin_reading(batch)
    department = str(batch.register.department_id)
    return Done(batch, "ledgers.EntryImport", str(batch.pk), batch.source.name, department, details=details)
