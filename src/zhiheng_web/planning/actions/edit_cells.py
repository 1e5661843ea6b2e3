"""填写: texts of cells, many at a time. Each is saved unless somebody else changed the same cell meanwhile; nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhiheng_web.organisation.authority import may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.editing.cells import LONGEST, Cell, cells_of, write
from zhiheng_web.planning.editing.open_version import authorise_any, opened, write_rows
from zhiheng_web.planning.models import TableVersion
from zhiheng_web.planning.versions import Loaded, done_with, version_digest
from zhiheng_web.secrecy import REFUSAL, mark_in
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.trail.models import TrailRecord
from zhiheng_web.wording import Text

NAME = "planning.edit_cells"
MOST = 5000
"""Cells in one batch."""
LATEST = 100
"""Records that are looked through for who changed a cell."""
TOO_MANY = Text("一次最多保存{most}格，请分批粘贴。", "At most {most} cells are saved at a time; paste in parts.")
NO_CELL = Text(
    "表中没有这一格：该行可能已被移除，或者本表没有这一栏。", "There is no such cell: its row was removed, or the form has no such column."
)
NOT_YOURS = Text("“{cell}”由其他科室填写，您只能查看。", "“{cell}” is filled in by another office; you can only read it.")
TOO_LONG = Text("“{cell}”有{length}字，超过一格的上限{most}字。", "“{cell}” has {length} letters; a cell holds {most}. Shorten it.")
CONTROL = Text("“{cell}”含有无法保存的控制字符，请重新输入。", "“{cell}” holds a control character that cannot be stored; type it again.")


@dataclass(frozen=True, slots=True)
class CellEdit:
    """One cell as somebody saw it (``base``) and as it shall be (``text``)."""

    row: str
    field: str
    base: str
    text: str


@dataclass(frozen=True, slots=True)
class CellConflict:
    """A cell that somebody else changed meanwhile: what stands there now, who wrote it and when."""

    edit: CellEdit
    current: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A cell that cannot take the text, and why."""

    edit: CellEdit
    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of a batch. ``loaded`` is the version as it now stands."""

    loaded: Loaded
    saved: tuple[CellEdit, ...] = ()
    conflicts: tuple[CellConflict, ...] = ()
    refused: tuple[RefusedCell, ...] = ()


@action(NAME, steps=("edit",))
def edit_cells(viewer: Viewer, version: UUID, edits: Sequence[CellEdit]) -> Done[Edited]:
    """Write each text into its cell if the cell still says what the writer saw; read its value anew; one record for all."""
    if len(edits) > MOST:
        raise Invalid("too_many_cells", TOO_MANY.with_(most=MOST))
    loaded = opened(viewer, version)
    cells = cells_of(loaded)
    authorise_any(viewer, NAME, {cell.scope for edit in edits if (cell := cells.get((edit.row, edit.field)))} or {_anywhere(cells)})
    before = version_digest(loaded)
    saved, conflicts, refused = [], [], []
    written: dict[str, tuple[Cell, list[dict[str, str]]]] = {}
    for edit in map(_tidied, edits):
        cell = cells.get((edit.row, edit.field))
        if why := _refusal(viewer, cell, edit):
            refused.append(why)
        elif cell is not None and cell.text == edit.text:
            saved.append(edit)
        elif cell is not None and cell.text != edit.base:
            conflicts.append((edit, cell))
        elif cell is not None:
            record = {"row": edit.row, "name": cell.row_name.zh, "field": edit.field, "old": cell.text, "new": edit.text}
            write(cell, edit.text, loaded)
            written.setdefault(edit.row, (cell, []))[1].append(record)
            saved.append(edit)
    after = write_rows(viewer, loaded, [cell.owner for cell, _ in written.values()]) if written else loaded
    return done_with(
        loaded.version,
        Edited(after, tuple(saved), _blamed(loaded.version, conflicts), tuple(refused)),
        before=before,
        after=version_digest(after) if written else before,
        details={"cells": [record for _, records in written.values() for record in records]},
        nothing=not written,
    )


def _anywhere(cells: dict[tuple[str, str], Cell]) -> object:
    return next(iter(cells.values())).scope


def _tidied(edit: CellEdit) -> CellEdit:
    """Line ends as one character: a browser sends two."""
    return CellEdit(edit.row, edit.field, _lines(edit.base), _lines(edit.text))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refusal(viewer: Viewer, cell: Cell | None, edit: CellEdit) -> RefusedCell | None:
    if cell is None:
        return RefusedCell(edit, "no_cell", NO_CELL)
    if not may(viewer, NAME, cell.scope):
        return RefusedCell(edit, "not_yours", NOT_YOURS.with_(cell=cell.label))
    if len(edit.text) > LONGEST:
        return RefusedCell(edit, "too_long", TOO_LONG.with_(cell=cell.label, length=len(edit.text), most=LONGEST))
    if any((letter < " " and letter not in "\n\t") or "\ud800" <= letter <= "\udfff" for letter in edit.text):
        return RefusedCell(edit, "control_character", CONTROL.with_(cell=cell.label))
    if (mark := mark_in(edit.text)) is not None:
        return RefusedCell(edit, "secrecy_mark", REFUSAL.with_(where=cell.label, mark=mark))
    return None


def _blamed(version: TableVersion, conflicts: Iterable[tuple[CellEdit, Cell]]) -> tuple[CellConflict, ...]:
    """The conflicts with who wrote what stands there: from the trail, else who last changed the row."""
    waiting = list(conflicts)
    if not waiting:
        return ()
    known: dict[tuple[str, str], tuple[str, datetime]] = {}
    records = TrailRecord.objects.filter(object_id=str(version.pk), action__startswith="planning.").order_by("-number")[:LATEST]
    for record in records:
        for cell in record.details.get("cells", ()):
            known.setdefault((cell["row"], cell["field"]), (record.name, record.at))
    found = []
    for edit, cell in waiting:
        who = cell.owner.edited_by
        by, at = known.get((edit.row, edit.field), (who.name if who else "", cell.owner.edited_at))
        found.append(CellConflict(edit, cell.text, by, at))
    return tuple(found)
