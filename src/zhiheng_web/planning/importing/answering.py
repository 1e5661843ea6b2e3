"""What the reading of a table left open, and the table with the answers people gave. Pure: no row is read or written.

A cell has a key: ``15/references.mean`` for a field of an indicator (its position from 0), ``budget/total`` for an amount,
``duty/3/name`` for a duty, ``head/department``, and ``problem/2`` for a problem that stands at no cell of the table.
An answer is ``{"do": …}``: ``candidate`` with ``n``, ``words`` (accept as words), ``text`` with the corrected text, ``order``
with ``n`` for a shifted row, ``accept`` where the reading is right as it is. A ``text`` beside ``candidate`` is applied first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from zhiheng.plan.place import Place, Problem
from zhiheng.plan.plan import Cell, Duty, Figure, Indicator, Plan, Table
from zhiheng.tables.layouts.repair import FIELDS as SHIFTED
from zhiheng.tables.layouts.repair import orders, said
from zhiheng.tables.problems import message
from zhiheng.values.explain import say
from zhiheng.values.kinds import kind_of
from zhiheng.values.open_reading import REASONS
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context, Reading
from zhiheng.values.value import Phrase, Unresolved, Value
from zhiheng.values.wording import wording
from zhiheng_web.planning.fields import AMOUNTS, FIELDS
from zhiheng_web.wording import Text

Answer = Mapping[str, Any]
Answers = Mapping[str, Answer]
LONGEST = 2000
PLAIN_FIGURES = ("weight", "points")
HEAD_KEYS = {"year-missing": "head/year", "department-missing": "head/department"}
KINDS = {field.path: field.kind for field in FIELDS}


@dataclass(frozen=True, slots=True)
class Choice:
    """One candidate of a question: ``value`` is what the answer carries, ``do:n``."""

    value: str
    text: Text


@dataclass(frozen=True, slots=True)
class Question:
    """One open cell or problem. ``field`` '' where it is about no cell; ``current`` is the cell's text with the answers so far."""

    key: str
    row: int | None
    field: str
    texts: tuple[Text, ...]
    choices: tuple[Choice, ...]
    current: str
    correctable: bool
    repaired: bool
    answer: Answer | None
    open: bool


def questions(table: Table, answers: Answers) -> tuple[Question, ...]:
    """Everything the reading asks, answered or not, in the order of the table."""
    now = answered(table, answers)
    problems = problem_keys(table)
    keys = dict.fromkeys([*problems, *_unresolved(table.plan), *_unresolved(now.plan)])
    shifted = {key.split("/")[0] for key, found in problems.items() if any(p.code == "shifted-row-open" for p in found)}
    kept = [key for key in keys if key in problems or not _is_shifted(table.plan, key, shifted)]
    return tuple(_question(key, table, now, problems.get(key, ()), answers.get(key)) for key in sorted(kept, key=_order))


def _order(key: str) -> tuple[int, int, str]:
    first = key.split("/", maxsplit=1)[0]
    if first.isdecimal():
        return (1, int(first), key)
    return (2 if first == "problem" else 0, 0, key)


def _is_shifted(plan: Plan, key: str, shifted: set[str]) -> bool:
    """Whether the cell is open only because its row slid, which one question of the row asks."""
    figure = figure_at(plan, key)
    open_value = figure.reading.value if figure is not None else None
    return key.split("/", maxsplit=1)[0] in shifted and isinstance(open_value, Unresolved) and open_value.reason == "shifted"


def _question(key: str, table: Table, now: Table, problems: tuple[Problem, ...], answer: Answer | None) -> Question:
    first, _, field = key.partition("/")
    row = int(first) if first.isdecimal() else None
    figure = figure_at(now.plan, key)
    value = figure.reading.value if figure is not None else None
    texts = [Text(message(found, "zh"), message(found, "en")) for found in problems]
    choices: list[Choice] = []
    order_asked = any(found.code == "shifted-row-open" for found in problems) and row is not None
    if row is not None and order_asked:
        choices = [Choice(f"order:{n}", Text(words, words)) for n, words in enumerate(map(said, row_orders(table.plan.indicators[row])))]
    elif isinstance(value, Unresolved):
        reason = REASONS[value.reason]
        texts.append(Text(reason["zh"], reason["en"]))
        choices = [Choice(f"candidate:{n}", _said(candidate)) for n, candidate in enumerate(value.candidates)]
        choices.append(Choice("words", Text(f"按文字：{figure.text}", f"As words: {figure.text}")) if figure and figure.text else _ACCEPT)
    if not choices:
        choices = [_ACCEPT]
    still = isinstance(value, Unresolved) and (answer is None or answer["do"] == "text")
    return Question(
        key=key,
        row=row,
        field=field if row is not None else "",
        texts=tuple(texts),
        choices=tuple(choice for choice in choices if choice.text.zh),
        current=text_at(now.plan, key) or "",
        correctable=text_at(now.plan, key) is not None and not choices[0].value.startswith("order"),
        repaired=bool(problems) and all(found.repaired for found in problems) and not still,
        answer=answer,
        open=answer is None or still,
    )


_ACCEPT = Choice("accept", Text("按读取结果，无误", "The reading is right as it is"))


def _said(value: Value) -> Text:
    kind = kind_of(value).value
    words = wording(value) or "—"
    return Text(f"{words}（{say('kind', kind, 'zh')}）", f"{words} ({say('kind', kind, 'en')})")


def problem_keys(table: Table) -> dict[str, tuple[Problem, ...]]:
    """The problems of a table by the key of the cell they stand at."""
    cells = {_spot(place): key for key, place in places(table.plan)}
    found: dict[str, tuple[Problem, ...]] = {}
    for number, problem in enumerate(table.problems):
        key = HEAD_KEYS.get(problem.code) or (cells.get(_spot(problem.place)) if problem.place.row is not None else None)
        key = key or f"problem/{number}"
        found[key] = (*found.get(key, ()), problem)
    return found


def _spot(place: Place) -> tuple[object, ...]:
    return (place.sheet, place.page, place.row, place.column)


def places(plan: Plan) -> Iterator[tuple[str, Place]]:
    """The key and place of every cell that stands somewhere in the file."""
    for name in AMOUNTS:
        figure = getattr(plan.budget, name)
        if figure is not None:
            yield f"budget/{name}", figure.place
    for duty in plan.duties:
        yield f"duty/{duty.number}/name", duty.name.place
    for index, row in enumerate(plan.indicators):
        for path in KINDS:
            published = cell_of(row, path)
            if published is not None and published.place.row is not None:
                yield f"{index}/{path}", published.place


def cell_of(row: Indicator, path: str) -> Cell | Figure | None:
    """The cell of an indicator by the path of planning.fields."""
    owner, _, name = path.rpartition(".")
    return getattr(row.references if owner else row, name)


def _unresolved(plan: Plan) -> Iterator[str]:
    for name in AMOUNTS:
        if _open(getattr(plan.budget, name)):
            yield f"budget/{name}"
    for index, row in enumerate(plan.indicators):
        for path, kind in KINDS.items():
            if kind == "figure" and _open(cell_of(row, path)):
                yield f"{index}/{path}"


def _open(published: Cell | Figure | None) -> bool:
    return isinstance(published, Figure) and isinstance(published.reading.value, Unresolved)


def figure_at(plan: Plan, key: str) -> Figure | None:
    """The figure of a key, None where it is words or no cell."""
    first, _, field = key.partition("/")
    if first == "budget":
        return getattr(plan.budget, field)
    if first.isdecimal() and KINDS.get(field) == "figure":
        published = cell_of(plan.indicators[int(first)], field)
        return published if isinstance(published, Figure) else None
    return None


def text_at(plan: Plan, key: str) -> str | None:
    """The text of a key's cell; None where nothing can be corrected."""
    first, _, field = key.partition("/")
    if key == "head/department":
        return plan.department.text if plan.department else ""
    if first == "budget":
        return (getattr(plan.budget, field) or Figure(Reading("", Phrase("")))).text
    if first == "duty":
        return next((duty.name.text for duty in plan.duties if str(duty.number) == field.split("/")[0]), None)
    if first.isdecimal() and field in KINDS:
        published = cell_of(plan.indicators[int(first)], field)
        return published.text if published is not None else None
    return None


def row_orders(row: Indicator) -> list[dict[str, Cell]]:
    """The orders in which a shifted row can be read."""
    cells = [cell_of(row, name.replace("_", ".", 1)) for name in SHIFTED]
    return list(orders([Cell(cell.text, cell.place) for cell in cells if cell is not None and cell.text]))


def answered(table: Table, answers: Answers, year: int | None = None) -> Table:
    """The table as the answers make it, without the problems they settle. ``year``: the budget year that a person chose."""
    plan = replace(table.plan, year=year) if year is not None else table.plan
    rows = list(plan.indicators)
    for key, answer in answers.items():
        first, _, field = key.partition("/")
        if first.isdecimal() and int(first) < len(rows):
            rows[int(first)] = _answered_row(rows[int(first)], field, answer, plan.year)
        elif "text" in answer and key == "head/department":
            plan = replace(plan, department=Cell(answer["text"], plan.department.place if plan.department else Place()))
        elif first == "duty" and "text" in answer:
            plan = replace(plan, duties=tuple(_answered_duty(duty, field, answer["text"]) for duty in plan.duties))
        elif first == "budget":
            figure = _answered_figure(getattr(plan.budget, field), answer, Context(name="金额", unit=plan.budget.unit))
            plan = replace(plan, budget=replace(plan.budget, **{field: figure}))
    settled = {*answers, *(("head/year",) if year is not None else ())}
    still = {id(problem) for key, found in problem_keys(table).items() if key not in settled for problem in found}
    return Table(replace(plan, indicators=tuple(rows)), tuple(problem for problem in table.problems if id(problem) in still))


def _answered_duty(duty: Duty, field: str, text: str) -> Duty:
    number = field.split("/", maxsplit=1)[0]
    return replace(duty, name=replace(duty.name, text=text)) if str(duty.number) == number else duty


def _answered_row(row: Indicator, field: str, answer: Answer, year: int | None) -> Indicator:
    context = Context(row.name.text, row.definition.text if row.definition else "", nature=row.nature.text if row.nature else "", year=year)
    if answer["do"] == "order":
        return _ordered(row, answer["n"], context)
    published = cell_of(row, field)
    if isinstance(published, Figure):
        unit = row.unit.text if row.unit and field in ("target", "actual") else ""
        around = Context(year=year) if field in PLAIN_FIGURES else replace(context, unit=unit)
        return _with(row, field, _answered_figure(published, answer, around))
    if isinstance(published, Cell) and "text" in answer:
        return _with(row, field, replace(published, text=answer["text"]))
    return row


def _answered_figure(figure: Figure, answer: Answer, context: Context) -> Figure:
    reading = parse(answer["text"], context) if "text" in answer else figure.reading
    if answer["do"] == "words":
        reading = Reading(reading.text, Phrase(reading.text))
    elif answer["do"] == "candidate" and isinstance(reading.value, Unresolved):
        reading = replace(reading, value=reading.value.candidates[answer["n"]])
    return replace(figure, reading=reading)


def _ordered(row: Indicator, number: int, context: Context) -> Indicator:
    order = row_orders(row)[number]
    for name in SHIFTED:
        path = name.replace("_", ".", 1)
        here = cell_of(row, path)
        if here is None:
            continue
        cell = order.get(name, Cell("", here.place))
        row = _with(row, path, Figure(parse(cell.text, context), cell.place) if KINDS[path] == "figure" else cell)
    return row


def _with(row: Indicator, path: str, published: Cell | Figure) -> Indicator:
    owner, _, name = path.rpartition(".")
    if owner:
        return replace(row, references=replace(row.references, **{name: published}))
    return replace(row, **{name: published})  # type: ignore[arg-type]


def answer_from(table: Table, answers: Answers, key: str, choice: str, text: str) -> Answer | None:
    """The answer that a form gives, None if the table does not ask that.

    ``choice`` is a Choice's value or ``text``; a candidate of a corrected text keeps that text.
    """
    asked = next((found for found in questions(table, answers) if found.key == key), None)
    if asked is None:
        return None
    if choice == "text":
        return {"do": "text", "text": text[:LONGEST].strip()} if asked.correctable else None
    if choice not in {offered.value for offered in asked.choices}:
        return None
    do, _, number = choice.partition(":")
    earlier = answers.get(key) or {}
    kept = {"text": earlier["text"]} if "text" in earlier else {}
    return {"do": do, **({"n": int(number)} if number else {}), **kept}
