"""The preview of a pasted block: every cell with what is wrong with it; nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhiheng_web.ledgers.entering.opening import entering
from zhiheng_web.ledgers.entering.pasting import MOST_ROWS, Block, block_of, offered
from zhiheng_web.ledgers.entering.preparing import prepare
from zhiheng_web.ledgers.models import Register
from zhiheng_web.ledgers.queries.entering import register_for
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

TOO_MANY = Text(
    "一次最多粘贴 {most} 行，现有 {n} 行。较长的表请用“批量导入”。",
    "At most {most} rows are pasted at once, there are {n}. Import longer sheets.",
)
NOTHING = Text(
    "没有读到内容。请在 Excel 中选中要登记的行，复制后粘贴到这里。",
    "Nothing was read: select rows in the spreadsheet, copy and paste them here.",
)


@dataclass(frozen=True, slots=True)
class PastedCell:
    """One cell: its words, what is wrong with it, and whether it was answered here."""

    at: int
    text: str
    fault: Text | None = None
    answered: bool = False


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One row: ``other`` are faults of columns that were not pasted, ``warnings`` do not refuse it."""

    at: int
    number: int
    cells: Sequence[PastedCell]
    other: Sequence[Text]
    warnings: Sequence[Text]
    left_out: bool

    @property
    def faulty(self) -> bool:
        """Whether it must be answered."""
        return not self.left_out and bool(self.other or any(cell.fault for cell in self.cells))


@dataclass(frozen=True, slots=True)
class PastePage:
    """The block as it would be recorded. ``words`` are the rows that are not left out."""

    register: Register
    block: Block
    columns: Sequence[tuple[str, Text]]
    rows: Sequence[PastedRow]
    words: Sequence[Mapping[str, str]]
    faults: int

    @property
    def text(self) -> Text:
        """What the register is called."""
        return Text(self.register.name_zh, self.register.name_en)


def paste_page(
    viewer: Viewer,
    register_id: UUID,
    text: str,
    names: Sequence[str] | None = None,
    answers: Mapping[tuple[int, int], str] | None = None,
    left_out: Collection[int] = (),
) -> PastePage:
    """Every row of the block through the same reading and checks as a single entry. The queries do not grow with the rows."""
    register = register_for(viewer, register_id)
    how = entering(viewer, register)
    block = block_of(how.definition, text, names)
    if not block.rows:
        raise Invalid("nothing", NOTHING, {"text": NOTHING})
    if len(block.rows) > MOST_ROWS:
        raise Invalid("too_many", TOO_MANY.with_(most=MOST_ROWS, n=len(block.rows)), {"text": TOO_MANY})
    given = answers or {}
    words = block.words(given)
    kept = [at for at in range(len(words)) if at not in left_out]
    prepared = dict(zip(kept, prepare(how, [words[at] for at in kept]), strict=True))
    rows = []
    for at, cells in enumerate(block.rows):
        one = prepared.get(at)
        faults: dict[str, Text] = {}
        for fault in one.faults if one else ():
            faults.setdefault(fault.column, fault.text)
        made = []
        for place, name in enumerate(block.names):
            shown = given.get((at, place), cells[place] if place < len(cells) else "")
            made.append(PastedCell(place, shown, faults.pop(name, None) if name else None, (at, place) in given))
        warnings = [fault.text for fault in one.warnings] if one else []
        rows.append(PastedRow(at, at + 1, made, list(faults.values()), warnings, at in left_out))
    faulty = sum(len(row.other) + sum(1 for cell in row.cells if cell.fault) for row in rows if not row.left_out)
    return PastePage(register, block, offered(how.definition), rows, [words[at] for at in kept], faulty)
