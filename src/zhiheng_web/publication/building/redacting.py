"""Taking out what is withheld. Pure: content and places in, content without what stood there out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from zhiheng_web.publication.content.aftermath import EvaluationResult
from zhiheng_web.publication.content.places import DUTY_CELLS, ROW_CELLS, TABLE_CELLS, Withheld, table_of
from zhiheng_web.publication.content.scores import Earlier, Result
from zhiheng_web.publication.content.shape import Content
from zhiheng_web.publication.content.tables import Duty, Figure, Money, PublicTable, References, Row, SelfEvaluated
from zhiheng_web.wording import Text


def redacted(content: Content, withheld: Iterable[Withheld]) -> Content:
    """The content without what stands at these places; places that are not in it change nothing and are not kept."""
    known = places(content)
    chosen = tuple(sorted((one for one in withheld if one.place in known), key=lambda one: one.place))
    wanted = {one.place for one in chosen}
    tables = tuple(_table(table, wanted) for table in content.tables)
    closed = {one for one in wanted if "/" not in one}
    reports = (one for one in content.evaluations if not {one.table, f"{one.table}/evaluation"} & wanted)
    evaluations = tuple(_evaluation(one, wanted) for one in reports)
    uses = tuple(one for one in content.uses if not {one.table, f"{one.table}/uses"} & wanted)
    left_out = tuple(replace(one, name="") if one.slug in closed else one for one in content.left_out)
    return replace(content, tables=tables, evaluations=evaluations, uses=uses, left_out=left_out, redactions=chosen)


def _evaluation(one: EvaluationResult, wanted: set[str]) -> EvaluationResult:
    """A report without the name of a table that is withheld, and without what was found where that is."""
    if f"{one.table}/title" in wanted:
        one = replace(one, name="", evaluated="")
    if f"{one.table}/evaluation_findings" in wanted:
        one = replace(one, items=tuple(replace(item, finding="") for item in one.items))
    return one


def places(content: Content) -> dict[str, Text]:
    """Every address that something can be withheld at, with what stands there in words, in reading order."""
    found: dict[str, Text] = {}
    for table in content.tables:
        name = Text(table.of or table.slug, table.of or table.slug)
        found[table.slug] = Text(f"{name.zh}：整表", f"{name.en}: the whole table")
        for cell, words in TABLE_CELLS.items():
            found[f"{table.slug}/{cell}"] = _joined(name, words)
        for duty in table.duties:
            for cell, words in DUTY_CELLS.items():
                found[f"{table.slug}/{duty.slug}/{cell}"] = _joined(duty_words(duty), words)
        for row in table.rows:
            title = Text(row.name or row.slug, row.name or row.slug)
            found[f"{table.slug}/{row.slug}"] = Text(f"{title.zh}：整行", f"{title.en}: the whole row")
            for cell, words in ROW_CELLS.items():
                found[f"{table.slug}/{row.slug}/{cell}"] = _joined(title, words)
    for one in content.left_out:
        found.setdefault(one.slug, Text(f"{one.name}：表名", f"{one.name}: its name"))
    return found


def placed(content: Content, known: Mapping[str, Text], place: str) -> Text:
    """A place in words with the table it is in. ``known`` are the :func:`places` of the content."""
    words = known.get(place, Text(place, place))
    slug, _, rest = place.partition("/")
    table = content.table(slug)
    if table is None or not table.of or rest.partition("/")[0] in ("", *TABLE_CELLS):
        return words
    return _joined(Text(table.of, table.of), words)


def duty_words(duty: Duty) -> Text:
    """A duty by its number and name."""
    return Text(f"职责{duty.number} {duty.name}".strip(), f"Duty {duty.number} {duty.name}".strip())


def _joined(around: Text, words: Text) -> Text:
    return Text(f"{around.zh}·{words.zh}", f"{around.en} · {words.en}")


def _table(table: PublicTable, wanted: set[str]) -> PublicTable:
    if table.slug in wanted:
        return PublicTable(table.slug, table.kind)
    mine = {place for place in wanted if table_of(place) == table.slug}
    if not mine:
        return table
    for cell, take in TABLE.items():
        if f"{table.slug}/{cell}" in mine:
            table = take(table)
    duties = tuple(_duty(duty, f"{table.slug}/{duty.slug}", mine) for duty in table.duties)
    rows = tuple(_row(row, f"{table.slug}/{row.slug}", mine) for row in table.rows)
    return replace(table, duties=duties, rows=rows)


def _said(name: str) -> Callable[[PublicTable], PublicTable]:
    def take(table: PublicTable) -> PublicTable:
        said: SelfEvaluated | None = table.self_evaluated
        return table if said is None else replace(table, self_evaluated=replace(said, **{name: ""}))

    return take


def _score(table: PublicTable) -> PublicTable:
    """Without total and grade; the points of the rows go as well, for their sum is the total."""
    rows = tuple(_points(row) for row in table.rows)
    return replace(table, score=None, rows=rows)


def _funds(table: PublicTable) -> PublicTable:
    """Without the money: the execution rate tells it too."""
    score = table.score
    if score is not None and score.execution is not None:
        blank = replace(score.execution, budget=None, executed=None, exact="", notes=(), steps=())
        score = replace(score, execution=blank)
    return replace(table, funds=(), score=score)


TABLE: Mapping[str, Callable[[PublicTable], PublicTable]] = {
    "title": lambda table: replace(table, title="", of="", code="", unit=""),
    "goal": lambda table: replace(table, goal=""),
    "money": lambda table: replace(table, money=Money()),
    "funds": _funds,
    "goal_actual": _said("goal_actual"),
    "overview": _said("overview"),
    "problems": _said("problems"),
    "improvements": _said("improvements"),
    "score": _score,
    "monitored": lambda table: replace(table, monitored=()),
}


def _duty(duty: Duty, place: str, wanted: set[str]) -> Duty:
    taken = {cell: "" for cell in DUTY_CELLS if f"{place}/{cell}" in wanted}
    return replace(duty, **taken) if taken else duty


def _row(row: Row, place: str, wanted: set[str]) -> Row:
    if place in wanted:
        return Row(row.slug, row.duty, row.number, "")
    for cell, take in ROW.items():
        if f"{place}/{cell}" in wanted:
            row = take(row)
    return row


def _pointless(result: Result | None) -> Result | None:
    """A result that tells its full points and nothing of what was given."""
    if result is None:
        return None
    zero = Decimal(0)
    bare = replace(
        result, points=None, low=zero, high=result.effective, exact="", observed={}, tier=None, steps=(), notes=(), override=None
    )
    return replace(bare, judged_basis="")


def _stepless(result: Result | None) -> Result | None:
    """A result without what its steps say of target and actual."""
    return None if result is None else replace(result, observed={}, exact="", steps=(), judged_basis="")


def _target(row: Row) -> Row:
    parts = tuple(replace(part, target="") for part in row.actual.parts) if row.actual else ()
    actual = replace(row.actual, parts=parts) if row.actual else None
    return replace(row, target=None, actual=actual, result=_stepless(row.result), earlier=_before(row.earlier, target=""))


def _actual(row: Row) -> Row:
    return replace(row, actual=None, evidence=(), result=_stepless(row.result), earlier=_before(row.earlier, shown=Text("", "")))


def _points(row: Row) -> Row:
    return replace(row, result=_pointless(row.result), earlier=_before(row.earlier, points=None))


def _before(earlier: Earlier | None, **cell: Any) -> Earlier | None:
    """What earlier editions said, without one cell: what is withheld now is not repeated from them."""
    if earlier is None:
        return None
    found = replace(earlier, **cell)
    return found if found.target or found.shown.zh or found.points is not None else None


def _entries(row: Row) -> Row:
    if row.actual is None:
        return row
    parts = tuple(replace(part, lines=(), columns=(), closed=part.closed or "withheld") for part in row.actual.parts)
    return replace(row, actual=replace(row.actual, parts=parts, evidence=()))


ROW: Mapping[str, Callable[[Row], Row]] = {
    "name": lambda row: replace(row, name=""),
    "definition": lambda row: replace(row, definition=""),
    "target": _target,
    "references": lambda row: replace(row, references=References()),
    "remark": lambda row: replace(row, remark=""),
    "rule": lambda row: replace(row, rule=""),
    "activity": lambda row: replace(row, activity=""),
    "project": lambda row: replace(row, project=""),
    "actual": _actual,
    "entries": _entries,
    "months": lambda row: replace(row, actual=replace(row.actual, months=()) if row.actual else None),
    "evidence": lambda row: replace(row, evidence=(), actual=replace(row.actual, evidence=()) if row.actual else None),
    "points": _points,
    "reason": lambda row: replace(row, result=replace(row.result, reason="", improvement="") if row.result else None),
}


def strings(value: Any, path: str = "") -> Iterable[tuple[str, str]]:
    """Every text in a value with its path: what is searched for what must not be there."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from strings(inner, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from strings(inner, f"{path}[{place}]")
    elif is_dataclass(value) and not isinstance(value, type):
        for spec in fields(value):
            yield from strings(getattr(value, spec.name), f"{path}.{spec.name}")


def text_at(content: Content, place: str) -> str:
    """What stands at a place in words, for whoever decides about it: '' where it says nothing or is no single text."""
    parts = place.split("/")
    table = content.table(parts[0])
    if table is None or len(parts) == 1:
        return table.title if table else ""
    if len(parts) == 2:
        row = content.row(parts[0], parts[1])
        return row.name if row else _table_text(table, parts[1])
    duty = next((one for one in table.duties if one.slug == parts[1]), None)
    if duty is not None and parts[2] in DUTY_CELLS:
        return str(getattr(duty, parts[2]))
    row = content.row(parts[0], parts[1])
    return _row_text(row, parts[2]) if row else ""


def _table_text(table: PublicTable, cell: str) -> str:
    if cell in ("title", "goal"):
        return str(getattr(table, cell))
    return str(getattr(table.self_evaluated, cell, "")) if table.self_evaluated else ""


def _row_text(row: Row, cell: str) -> str:
    match cell:
        case "target":
            return row.target.text if isinstance(row.target, Figure) else ""
        case "actual":
            return row.actual.shown.zh if row.actual else ""
        case "reason":
            return f"{row.result.reason} {row.result.improvement}".strip() if row.result else ""
        case _:
            value = getattr(row, cell, "")
            return value if isinstance(value, str) else ""
