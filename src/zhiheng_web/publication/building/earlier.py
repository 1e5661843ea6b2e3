"""更正 beside the first figure: what earlier editions said of a row stays in every later one for as long as it says something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from zhiheng_web.publication.content.scores import Earlier, Score
from zhiheng_web.publication.content.shape import Content
from zhiheng_web.publication.content.tables import PublicTable, Row
from zhiheng_web.wording import Text

NOTHING = Text("", "")
Said = TypeVar("Said", str, Text, Decimal | None)


def beside(content: Content, editions: Sequence[Content]) -> Content:
    """The content with what these editions, the first first, said otherwise. A cell shows the first figure that was another one."""
    return replace(content, tables=tuple(_table(table, editions) for table in content.tables)) if editions else content


def _table(table: PublicTable, editions: Sequence[Content]) -> PublicTable:
    before = [(one.head.edition, found) for one in editions if (found := _same(table, one.table(table.slug))) is not None]
    if not before:
        return table
    known = [(edition, {row.slug: row for row in found.rows}) for edition, found in before]
    rows = tuple(
        replace(row, earlier=_earlier(row, [(edition, found[row.slug]) for edition, found in known if row.slug in found]))
        for row in table.rows
    )
    return replace(table, rows=rows, score=_score(table.score, [found.score for _, found in before if found.score is not None]))


def _same(table: PublicTable, before: PublicTable | None) -> PublicTable | None:
    """The table of an edition, if it is of the same project: the places of a package may have moved."""
    return before if before is not None and (not before.code or not table.code or before.code == table.code) else None


def _score(score: Score | None, before: Sequence[Score]) -> Score | None:
    """The score with the first that was another one."""
    if score is None:
        return None
    other = next((one for one in before if one.total is not None and (one.total, one.grade) != (score.total, score.grade)), None)
    return score if other is None else replace(score, earlier_total=other.total, earlier_grade=other.grade)


def _earlier(row: Row, before: Sequence[tuple[int, Row]]) -> Earlier | None:
    """What was said of the row before, cell by cell; a cell that always said the same is blank. None: nothing was ever said otherwise.

    What was withheld then is not known, and what is withheld now is taken away with its cell (see redacting).
    """
    told = [(edition, one) for edition, one in before if one.name]
    target = _first(told, lambda one: one.target.text if one.target else "", row.target.text if row.target else "")
    shown = _first(told, lambda one: one.actual.shown if one.actual else NOTHING, row.actual.shown if row.actual else NOTHING)
    points = _first(told, _points, _points(row))
    found = [one for one in (target, shown, points) if one is not None]
    if not found:
        return None
    return Earlier(
        min(edition for edition, _ in found), target[1] if target else "", shown[1] if shown else NOTHING, points[1] if points else None
    )


def _first(before: Sequence[tuple[int, Row]], cell: Callable[[Row], Said], now: Said) -> tuple[int, Said] | None:
    """The first edition that said something else there, and what."""
    said = ((edition, cell(row)) for edition, row in before)
    return next(((edition, words) for edition, words in said if words not in ("", None, NOTHING) and words != now), None)


def _points(row: Row) -> Decimal | None:
    return row.result.points if row.result else None
