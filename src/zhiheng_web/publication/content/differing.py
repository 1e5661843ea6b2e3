"""What two editions of a package say differently, place by place: a correction stands beside the first with every difference named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhiheng_web.publication.content.codec import number
from zhiheng_web.publication.content.places import DUTY_CELLS, ROW_CELLS, TABLE_CELLS
from zhiheng_web.publication.content.shape import Content
from zhiheng_web.publication.content.tables import PublicTable, Row
from zhiheng_web.wording import Text

WITHHELD = "■"
GONE = "—"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place: where, what it is called, what the earlier edition says there and what the later."""

    place: str
    where: Text
    before: str
    after: str


def differences(before: Content, after: Content) -> list[Difference]:
    """Every place at which two editions differ, in reading order: tables, rows, totals, narrative."""
    return [
        Difference(place, where, first, second)
        for place, where, first, second in _pairs(before, after)
        if first != second and (first or second)
    ]


def _pairs(before: Content, after: Content) -> Iterator[tuple[str, Text, str, str]]:
    slugs = list(dict.fromkeys([*(one.slug for one in before.tables), *(one.slug for one in after.tables)]))
    for slug in slugs:
        old, new = before.table(slug), after.table(slug)
        name = (new and new.of) or (old and old.of) or slug
        if old is None or new is None:
            yield slug, Text(name, name), GONE if old is None else name, GONE if new is None else name
            continue
        for cell, (label, first, second) in _table(old, new).items():
            yield f"{slug}/{cell}", _at(name, label), _said(before, f"{slug}/{cell}", first), _said(after, f"{slug}/{cell}", second)
        for row in _rows(old, new):
            for cell, (label, first, second) in row.cells.items():
                place = f"{slug}/{row.slug}/{cell}"
                yield place, _at(row.name, label), _said(before, place, first), _said(after, place, second)
    codes = list(dict.fromkeys([*(one.code for one in before.narrative), *(one.code for one in after.narrative)]))
    first, second = {one.code: one for one in before.narrative}, {one.code: one for one in after.narrative}
    for code in codes:
        heading = (second.get(code) or first[code]).heading or code
        yield f"narrative/{code}", Text(heading, heading), _text(first.get(code)), _text(second.get(code))


def _text(one: object) -> str:
    return str(getattr(one, "text", "")) if one is not None else ""


def _at(name: str, label: Text) -> Text:
    return Text(f"{name}·{label.zh}", f"{name} · {label.en}")


def _said(content: Content, place: str, words: str) -> str:
    held = content.withheld(place)
    return words if held is None else f"{WITHHELD} {held.name.zh}"


Cells = dict[str, tuple[Text, str, str]]


def _table(old: PublicTable, new: PublicTable) -> Cells:
    found: Cells = {
        "title": (TABLE_CELLS["title"], old.title, new.title),
        "goal": (TABLE_CELLS["goal"], old.goal, new.goal),
        "version": (Text("版本", "Version"), str(old.version), str(new.version)),
        "score": (TABLE_CELLS["score"], _total(old), _total(new)),
        "funds": (TABLE_CELLS["funds"], _money(old), _money(new)),
    }
    for cell in ("goal_actual", "overview", "problems", "improvements"):
        found[cell] = (TABLE_CELLS[cell], getattr(old.self_evaluated, cell, ""), getattr(new.self_evaluated, cell, ""))
    duties = {one.slug: one for one in old.duties}
    for duty in new.duties:
        if duty.slug in duties:
            for cell, label in DUTY_CELLS.items():
                found[f"{duty.slug}/{cell}"] = (label, getattr(duties[duty.slug], cell), getattr(duty, cell))
    return found


def _total(table: PublicTable) -> str:
    score = table.score
    return "" if score is None else f"{_number(score.total)}/{_number(score.ceiling)} {score.grade}"


def _money(table: PublicTable) -> str:
    return "；".join(f"{fund.name.zh} {_number(fund.budget)} {_number(fund.executed)}" for fund in table.funds)


def _number(value: Decimal | None) -> str:
    return GONE if value is None else number(value)


@dataclass(frozen=True, slots=True)
class _Both:
    """A row of both editions, cell by cell."""

    slug: str
    name: str
    cells: Cells


def _rows(old: PublicTable, new: PublicTable) -> Iterator[_Both]:
    first, second = {row.slug: row for row in old.rows}, {row.slug: row for row in new.rows}
    for slug in dict.fromkeys([*first, *second]):
        before, after = first.get(slug), second.get(slug)
        cells: Cells = {}
        for cell in ("name", "definition", "target", "remark", "rule", "activity", "project", "actual", "points", "reason"):
            cells[cell] = (ROW_CELLS[cell], _cell(before, cell), _cell(after, cell))
        cells["entries"] = (ROW_CELLS["entries"], _counted(before), _counted(after))
        yield _Both(slug, (after and after.name) or (before and before.name) or slug, cells)


def _cell(row: Row | None, cell: str) -> str:
    if row is None:
        return GONE
    match cell:
        case "target":
            return row.target.text if row.target else ""
        case "actual":
            return row.actual.shown.zh if row.actual else ""
        case "points":
            return _number(row.result.points) if row.result else ""
        case "reason":
            return " ".join(filter(None, (row.result.reason, row.result.improvement))) if row.result else ""
        case _:
            return str(getattr(row, cell))


def _counted(row: Row | None) -> str:
    if row is None or row.actual is None:
        return ""
    return " ".join(f"{part.name.zh or part.code} {part.counted}/{part.recorded}" for part in row.actual.parts)
