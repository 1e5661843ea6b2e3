"""Comma- and semicolon-separated text (RFC 4180)."""

from __future__ import annotations

from zhiheng.plan.place import Problem
from zhiheng.tables.formats.text import records
from zhiheng.tables.grid import Grid

MARKS = (",", ";", "\t")
AGREE = 0.9  # share of filled rows that must have the same number of fields, in a text not named .csv
LOOKED_AT = 200  # lines


def separator(found: list[str], file: str, *, named: bool) -> str | None:
    """The mark that separates fields; None when none does. ``named`` tells that the file calls itself csv."""
    best: tuple[float, int, str] | None = None
    for mark in MARKS:
        rows = [row for row in records(found[:LOOKED_AT], mark, file)[0] if row]
        counts = [len(row) for row in rows]
        if not counts or max(counts) < 2:
            continue
        usual = max(set(counts), key=lambda count: (counts.count(count), count))
        share = counts.count(usual) / len(counts) if usual > 1 else 0.0
        if best is None or (share, usual) > best[:2]:
            best = (share, usual, mark)
    if best is None:
        return None
    certain = best[0] >= AGREE and len(found) > 1
    return best[2] if named or certain else None


def csv_grid(found: list[str], mark: str, file: str) -> tuple[Grid, list[Problem]]:
    """Separated lines as an aligned grid: every record, every field; a record's number is that of its first line."""
    rows, numbers, problems = records(found, mark, file)
    return Grid(rows, numbers), problems
