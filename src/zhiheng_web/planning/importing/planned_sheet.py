"""Five-year plan values from a sheet or from pasted cells: names in one column, years in the heads of others. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
NAMED = re.compile("指标|名称|indicator|name", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """The values of one name by year, as written."""

    name: str
    values: tuple[tuple[int, str], ...]


def cells(text: str) -> tuple[tuple[str, ...], ...]:
    """Pasted text as rows of cells: tabs between, one line a row."""
    return tuple(tuple(cell.strip() for cell in line.split("\t")) for line in text.splitlines() if line.strip())


def planned_rows(rows: Sequence[Sequence[str]], years: Sequence[int]) -> tuple[PlannedRow, ...]:
    """What the rows say of ``years``. Without a head of years the cells after the name are the years in their order."""
    head = next((index for index, row in enumerate(rows) if len(_years(row, years)) >= 1 and not YEAR.fullmatch(row[0].strip())), None)
    if head is None or not _is_head(rows[head], years):
        columns = dict(enumerate(years, start=1))
        name, body = 0, rows
    else:
        columns = _years(rows[head], years)
        name = next((index for index, cell in enumerate(rows[head]) if NAMED.search(cell) and index not in columns), 0)
        body = rows[head + 1 :]
    found = []
    for row in body:
        said = row[name].strip() if name < len(row) else ""
        values = tuple((year, row[index].strip()) for index, year in columns.items() if index < len(row) and row[index].strip())
        if said and values:
            found.append(PlannedRow(said, values))
    return tuple(found)


def _years(row: Sequence[str], years: Sequence[int]) -> dict[int, int]:
    """Column → year, for cells that name exactly one of the years and little else."""
    return {
        index: int(found[1]) for index, cell in enumerate(row) if len(cell) < 12 and (found := YEAR.search(cell)) and int(found[1]) in years
    }


def _is_head(row: Sequence[str], years: Sequence[int]) -> bool:
    """A head names its columns: every filled cell is a year or a name of a column."""
    named = _years(row, years)
    return all(index in named or NAMED.search(cell) or len(cell) < 8 for index, cell in enumerate(row) if cell.strip())
