"""Tables drawn with upright bars: Markdown, and the ragged ones that copying a web page leaves."""

from __future__ import annotations

import re

from zhiheng.tables.formats.text import counted, has_run
from zhiheng.tables.grid import Grid

RULE = re.compile(r"\s*\|?(\s*:?-{3,}:?\s*\|)+\s*(:?-{3,}:?)?\s*")
BORDER = re.compile(r"\s*\+(?:[-=]{2,}\+)+\s*")
BAR = re.compile(r"(?<!\\)\|")
ENOUGH = 0.3  # share of filled lines with bars that makes a text a table


def is_piped(found: list[str]) -> bool:
    """Whether bars separate cells here, or only happen in a text."""
    filled = [line for line in found if line.strip()]
    barred = sum("|" in line for line in filled)
    return barred > 1 and (barred >= ENOUGH * len(filled) or has_run(filled, "|"))


def pipe_grid(found: list[str], file: str) -> Grid:
    """Each line cut at its bars, the outermost ones dropped, blank cells kept; lines that only draw are left out.

    The columns are trusted only when all lines with bars have the same number of cells and these were not merely
    filled up: where merged cells are lost, rows are packed to the left and all their blanks stand at the end.
    """
    counted(found, "|", file)
    barred = [line.strip() for line in found if line.count("|") > 2 and not RULE.fullmatch(line)]
    drawn = all(line.startswith("|") for line in barred), all(line.endswith("|") for line in barred)
    rows: list[tuple[str, ...]] = []
    numbers: list[int] = []
    counts: set[int] = set()
    ruled = False
    for number, line in enumerate(found, 1):
        if RULE.fullmatch(line) or BORDER.fullmatch(line):
            ruled = True
            continue
        numbers.append(number)
        if "|" in line:
            rows.append(_cells(line, *drawn))
            counts.add(len(rows[-1]))
        else:
            rows.append((line.strip(),) if line.strip() else ())
    agree = len(counts) == 1 and max(counts) > 1
    return Grid(tuple(rows), tuple(numbers), aligned=agree and (ruled or not _packed(rows)))


def _packed(rows: list[tuple[str, ...]]) -> bool:
    """Whether there are blanks, and all of them at the end of their rows."""
    blank = [row for row in rows if len(row) > 1 and "" in row]
    return bool(blank) and all(any(row[: row.index("")]) and not any(row[row.index("") :]) for row in blank)


def _cells(line: str, left: bool, right: bool) -> tuple[str, ...]:
    """The cells of a line; the bars that frame the table are none, where all its lines have them."""
    cells = [cell.strip().replace("\\|", "|") for cell in BAR.split(line.strip())]
    if left and cells[0] == "":
        del cells[0]
    if right and len(cells) > 1 and cells[-1] == "":
        del cells[-1]
    return tuple(cells) or ("",)
