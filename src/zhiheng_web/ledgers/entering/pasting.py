"""A block of cells pasted from a spreadsheet: its columns laid on a register, its rows as words."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhiheng_web.ledgers.columns import Kind
from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.wording import Text

MOST_ROWS = 500
BRACKETS = re.compile(r"[（(](?!名称|证件号码|name|identity)[^）)]*[）)]")
STATE = Text("办理状态", "State")


@dataclass(frozen=True, slots=True)
class Block:
    """What was pasted: rows of cells, and for each pasted column the name of the register's column ('' where it is left out)."""

    rows: Sequence[Sequence[str]]
    names: Sequence[str]
    headed: bool

    def words(self, answers: Mapping[tuple[int, int], str]) -> list[dict[str, str]]:
        """The rows as words by column name, with what was answered at single cells."""
        return [
            {name: answers.get((row, at), cells[at] if at < len(cells) else "") for at, name in enumerate(self.names) if name}
            for row, cells in enumerate(self.rows)
        ]


def offered(definition: RegisterDefinition) -> list[tuple[str, Text]]:
    """The columns that a pasted column may be: those of the register, names beside codes, and the state."""
    found: list[tuple[str, Text]] = []
    for column in definition.shown:
        found.append((column.name, column.text))
        if column.kind is Kind.ORGANISATION:
            found.append((f"{column.name}_name", Text(f"{column.zh}（名称）", f"{column.en} (name)")))
        elif column.kind is Kind.PERSON:
            found.append((f"{column.name}_identity", Text(f"{column.zh}（证件号码）", f"{column.en} (identity number)")))
    return [*found, ("state", STATE)]


def block_of(definition: RegisterDefinition, text: str, chosen: Sequence[str] | None = None) -> Block:
    """The pasted text as a block. A first row of headings names the columns; without one they come in the register's order."""
    rows = [
        row for row in csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter="\t") if any(map(str.strip, row))
    ]
    width = max((len(row) for row in rows), default=0)
    names = _headings(definition, rows[0]) if rows else []
    headed = sum(map(bool, names)) * 2 > sum(1 for cell in (rows[0] if rows else []) if cell.strip())
    if not headed:
        names = [column.name for column in definition.shown][:width]
    names = [*names, *[""] * (width - len(names))][:width]
    if chosen is not None:
        known = {name for name, _ in offered(definition)}
        names = [name if name in known else "" for name in [*chosen, *[""] * width][:width]]
    return Block(rows[1:] if headed else rows, names, headed)


def _headings(definition: RegisterDefinition, row: Sequence[str]) -> list[str]:
    known: dict[str, str] = {}
    for name, text in offered(definition):
        for word in (name, text.zh, text.en):
            known.setdefault(_plain(word), name)
    for column in definition.columns:
        if column.kind is Kind.ORGANISATION:
            known.setdefault(_plain(f"{column.zh}统一社会信用代码"), column.name)
            known.setdefault("统一社会信用代码", column.name)
            known.setdefault(_plain(f"{column.zh}名称"), f"{column.name}_name")
    used: set[str] = set()
    names = []
    for cell in row:
        name = known.get(_plain(cell), "")
        names.append("" if name in used else name)
        used.add(name)
    return names


def _plain(word: str) -> str:
    """A heading as it is compared: without its unit or explanation in brackets, stars and case."""
    return BRACKETS.sub("", word).strip().rstrip("*＊ ").casefold()
