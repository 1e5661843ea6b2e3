"""确认含义: a person chooses among the readings of a figure that can be read in more than one way. The text stays as it is."""

from __future__ import annotations

from uuid import UUID

from zhiheng.values import canonical
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.editing.cells import candidates_of, cells_of, figure_of, keep, reading_of
from zhiheng_web.planning.editing.open_version import ROW, opened, write_rows
from zhiheng_web.planning.versions import Loaded, done_with, version_digest
from zhiheng_web.trail.action import Conflict, Done, Invalid, action
from zhiheng_web.wording import Text

NAME = "planning.answer_cell"
CHANGED = Text("“{cell}”已改为“{text}”，请按现在的内容重新选择。", "“{cell}” now says “{text}”; choose again for what it says now.")
NO_CHOICE = Text("“{cell}”没有这一种读法，请从列出的读法中选择。", "“{cell}” has no such reading; choose one of those listed.")


@action(NAME, steps=("edit",))
def answer_cell(viewer: Viewer, version: UUID, row: str, field: str, text: str, choice: int) -> Done[Loaded]:
    """Let the figure ``text`` of a cell mean its reading number ``choice`` (from 0)."""
    loaded = opened(viewer, version)
    cell = cells_of(loaded).get((row, field))
    figure = figure_of(cell) if cell is not None else None
    if cell is None or figure is None:
        raise absent(ROW)
    authorise(viewer, NAME, cell.scope)
    if cell.text != text:
        raise Conflict("cell_changed", CHANGED.with_(cell=cell.label, text=cell.text), {"row": row, "field": field, "text": cell.text})
    owner, column = figure
    candidates = candidates_of(owner, column, text, loaded.year)
    if not 0 <= choice < len(candidates):
        raise Invalid("no_such_reading", NO_CHOICE.with_(cell=cell.label))
    old, new = reading_of(owner, column, loaded.year), candidates[choice]
    if old == new:
        return done_with(loaded.version, loaded, nothing=True)
    before = version_digest(loaded)
    keep(owner, column, new)
    after = write_rows(viewer, loaded, [owner])
    chosen = {"row": row, "name": owner.name, "field": field, "text": text}
    meanings = {"old": canonical.value_json(old.value), "new": canonical.value_json(new.value)}
    return done_with(after.version, after, before=before, after=version_digest(after), details={"chosen": {**chosen, **meanings}})
