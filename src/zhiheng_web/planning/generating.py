"""A new year's table from the one before: labels follow the year, references come from what is stored, targets are left to fill.

Pure: it is given the table in force, the actual values that are stored with where they stand, and the five-year plan values.
Nothing is guessed: what is missing stays blank and is said, and so is every text that names an earlier year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from zhiheng.audit.five_year_plan import short_names
from zhiheng.audit.money import printed
from zhiheng.plan.place import Place
from zhiheng.plan.plan import Budget, Cell, Duty, Figure, Fund, Goal, Indicator, Labels, Plan, References, Table
from zhiheng.reports.forms.words import labels
from zhiheng.scoring.rounding import ROUNDINGS, decimal
from zhiheng.values import units
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context, Reading
from zhiheng.values.value import Comparator, Missing, Quantity
from zhiheng.values.wording import wording
from zhiheng_web.planning.fields import BY_PATH
from zhiheng_web.planning.models import GenerationNote
from zhiheng_web.wording import Text

Kind = GenerationNote.Kind
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
ROUNDING = ROUNDINGS["half_up_2"]
LAST_YEAR, MEAN, SOURCE = "references.last_year", "references.mean", "references.history_source"


@dataclass(frozen=True, slots=True)
class Stored:
    """The actual value of an indicator in one year as it is stored; ``source`` says where, in the words of the official form.

    ``others`` are values that other tables give for the same year and that differ.
    """

    year: int
    reading: Reading
    source: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What generating says of a cell; ``row`` None: of the whole table."""

    row: int | None
    field: str
    kind: str
    text: Text


@dataclass(frozen=True, slots=True)
class Generated:
    """The new table and what it says of itself."""

    table: Table
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of the known years: its reading, of how many years, and whether it had to be rounded."""

    reading: Reading
    years: tuple[int, ...]
    rounded: bool


def generate(before: Plan, year: int, actuals: Mapping[int, Mapping[int, Stored]], planned: Mapping[int, tuple[Reading, str]]) -> Generated:
    """The table of ``year`` from the one before. ``actuals`` (position → year → stored) and ``planned`` are by row of ``before``."""
    notes: list[Note] = [Note(None, "", Kind.TO_FILL, TO_FILL)]
    rows = []
    for position, row in enumerate(before.indicators):
        made, said = _row(row, position, year, actuals.get(position, {}), planned.get(position), before.layout)
        rows.append(made)
        notes.extend(said)
    evaluated = before.layout == "self-evaluation"
    plan = Plan(
        title=_next_title(before, year),
        layout="goal-declaration" if evaluated else before.layout,
        year=year,
        department=_cell(before.department),
        project=_cell(before.project),
        unit=_cell(before.unit),
        budget=_blank_budget(before.budget),
        strategic_goal=_cell(before.strategic_goal),
        goals=tuple(Goal(Cell(goal.expected.text)) for goal in before.goals),
        duties=tuple(Duty(duty.number, Cell(duty.name.text), _cell(duty.objective)) for duty in before.duties),
        indicators=tuple(rows),
        labels=labels(Labels(), year) if before.layout == "duty-table" else Labels(),
        notes=tuple((Cell(label.text), Cell(text.text)) for label, text in before.notes),
        columns=tuple((field, Place()) for field, _ in before.columns if not (evaluated and field in EVALUATED)),
    )
    notes.extend(_old_years(plan, year))
    return Generated(Table(plan), tuple(notes))


EVALUATED = ("actual", "points", "reason")
"""Columns of a self-evaluation that a declaration does not have."""
TO_FILL = Text(
    "年度指标值、标准值及其来源、分值和预算金额一律留空，待填写；上年度指标值列在旁边供参考，未自动采用。",
    "Targets, standards with their source, points and amounts are left blank; last year's targets stand beside, none was taken over.",
)


def _next_title(before: Plan, year: int) -> str:
    """The title with the budget year in place of the old one, a declaration's where the old one is a self-evaluation's.

    Other years in it stay and are flagged.
    """
    title = before.title
    if before.layout == "self-evaluation":
        for evaluated in ("绩效目标自评表", "绩效自评表", "自评表"):
            title = title.replace(evaluated, "绩效目标申报表")
    return title.replace(str(before.year), str(year)) if before.year is not None else title


def _cell(cell: Cell | None) -> Cell | None:
    return None if cell is None else Cell(cell.text)


def _blank(figure: Figure | None) -> Figure | None:
    """A cell to fill where the form has one."""
    return None if figure is None else Figure(Reading("", Missing()))


def _blank_budget(budget: Budget) -> Budget:
    amounts = {name: _blank(getattr(budget, name)) for name in ("total", "fiscal", "other", "basic", "project")}
    funds = tuple(Fund(Cell(fund.name.text), budget=_blank(fund.budget)) for fund in budget.funds)
    items = tuple((Cell(label.text), Figure(Reading("", Missing()))) for label, _ in budget.items)
    return Budget(budget.unit, **amounts, funds=funds, items=items)


def _row(
    row: Indicator, position: int, year: int, actuals: Mapping[int, Stored], planned: tuple[Reading, str] | None, layout: str
) -> tuple[Indicator, list[Note]]:
    """The row of the new year and what is to be said of it. A target of the whole 实施期 stays; one of the year is left to fill."""
    references, notes = _references(row, position, year, actuals, planned)
    evaluated = layout == "self-evaluation"
    made = Indicator(
        name=Cell(row.name.text),
        duty=row.duty,
        category=row.category,
        horizon=row.horizon,
        definition=_cell(row.definition),
        target=Figure(row.target.reading) if row.target is not None and row.horizon == "period" else _blank(row.target),
        references=references,
        actual=None if evaluated else _blank(row.actual),
        weight=_blank(row.weight),
        points=None if evaluated else _blank(row.points),
        reason=None if evaluated or row.reason is None else Cell(""),
        remark=_cell(row.remark),
        activity=_cell(row.activity),
        project=_cell(row.project),
        rule=_cell(row.rule),
        grades=tuple((grade, Figure(Reading("", Missing()))) for grade, _ in row.grades),
        nature=_cell(row.nature),
        unit=_cell(row.unit),
    )
    return made, notes


def _references(
    row: Indicator, position: int, year: int, actuals: Mapping[int, Stored], planned: tuple[Reading, str] | None
) -> tuple[References, list[Note]]:
    old = row.references
    notes: list[Note] = []
    sources: list[str] = []
    last, mean = actuals.get(year - 1), None
    last_figure = mean_figure = None
    if old.last_year is not None:
        last_figure = _last_year(last, position, year, notes, sources)
    if old.mean is not None:
        mean = three_year_mean([actuals[known] for known in range(year - 3, year) if known in actuals], row)
        mean_figure = _mean(mean, position, year, actuals, notes, sources)
    plan_figure = _blank(old.planned)
    if old.planned is not None and planned is not None:
        plan_figure = Figure(planned[0])
        words = Text(
            f"取自已存的五年规划值（{planned[1] or '未注明来源'}）。", f"From the stored plan values ({planned[1] or 'no source given'})."
        )
        notes.append(Note(position, "references.planned", Kind.COMPUTED, words))
    history_source = Cell("；".join(sources)) if old.history_source is not None else None
    standard_source = Cell("") if old.standard_source is not None else None
    return References(plan_figure, _blank(old.standard), standard_source, mean_figure, last_figure, history_source), notes


def _last_year(last: Stored | None, position: int, year: int, notes: list[Note], sources: list[str]) -> Figure:
    if last is None:
        words = Text(f"没有存储{year - 1}年的实际完成值，留空。", f"No actual of {year - 1} is stored; left blank.")
        notes.append(Note(position, LAST_YEAR, Kind.MISSING, words))
        return Figure(Reading("", Missing()))
    sources.append(f"{year - 1}年：{last.source}")
    notes.append(Note(position, LAST_YEAR, Kind.COMPUTED, Text(f"取自{last.source}。", f"Taken from {last.source}.")))
    if last.others:
        others = "、".join(last.others)
        words = Text(f"另有来源所列不同：{others}。请核对。", f"Another source gives {others}. Please check.")
        notes.append(Note(position, LAST_YEAR, Kind.DISAGREES, words))
    return Figure(last.reading)


def _mean(mean: Mean | None, position: int, year: int, actuals: Mapping[int, Stored], notes: list[Note], sources: list[str]) -> Figure:
    span = range(year - 3, year)
    if mean is None:
        known = [known for known in span if known in actuals]
        words = Text(
            f"{span[0]}—{span[-1]}年均没有存储的实际完成值，均值留空。",
            f"No actual of {span[0]}-{span[-1]} is stored; the mean is left blank.",
        )
        if known:
            words = Text(
                "已存的实际完成值不是同一计量的数，无法求均值，留空。",
                "The stored actuals are not figures of one measure, so there is no mean; left blank.",
            )
        notes.append(Note(position, MEAN, Kind.MISSING, words))
        return Figure(Reading("", Missing()))
    absent = "、".join(f"{missing}年" for missing in span if missing not in mean.years)
    of = f"均值：3年中{len(mean.years)}年" + (f"（缺{absent}）" if absent else "") + ("，四舍五入到两位小数" if mean.rounded else "")
    sources.append(of)
    missing_en = ", ".join(str(missing) for missing in span if missing not in mean.years)
    words = Text(f"{of}。", f"Mean of {len(mean.years)} of 3 years" + (f" (missing {missing_en})" if missing_en else "") + ".")
    notes.append(Note(position, MEAN, Kind.INCOMPLETE if absent else Kind.COMPUTED, words))
    return Figure(mean.reading)


def three_year_mean(stored: Sequence[Stored], row: Indicator) -> Mean | None:
    """The plain mean of the stored actuals, exact where it has at most four decimals; None where they are not figures of one measure."""
    values = [known.reading.value for known in stored]
    figures = [value for value in values if isinstance(value, Quantity) and value.op is Comparator.EQ and value.upper is None]
    if not figures or len(figures) != len(values):
        return None
    last = figures[-1]
    if any((value.per, value.qualifier) != (last.per, last.qualifier) for value in figures):
        return None
    amounts = [_in_unit(value, last.unit) for value in figures]
    if any(amount is None for amount in amounts):
        return None
    exact = sum((amount for amount in amounts if amount is not None), Fraction(0)) / len(amounts)
    rounded = 10_000 % exact.denominator != 0
    number = ROUNDING.apply(exact) if rounded else decimal(exact)
    value = replace(last, amount=type(last.amount)(printed(number)))
    text = wording(value)
    reading = parse(text, Context(name=row.name.text))
    return Mean(reading if reading.value == value else Reading(text, value), tuple(known.year for known in stored), rounded)


def _in_unit(value: Quantity, unit: str) -> Fraction | None:
    if value.unit == unit:
        return Fraction(value.amount)
    own, wanted = units.unit(value.unit), units.unit(unit)
    if own is None or wanted is None or own.family != wanted.family or not own.family:
        return None
    return Fraction(value.amount) * own.factor / wanted.factor


def _old_years(plan: Plan, year: int) -> Iterator[Note]:
    """A note for every text that names a year, or a five-year plan, that is over."""
    head = [("title", plan.title), ("strategic_goal", plan.strategic_goal.text if plan.strategic_goal else "")]
    head += [("objective", duty.objective.text) for duty in plan.duties if duty.objective]
    head += [("goals", goal.expected.text) for goal in plan.goals]
    for field, text in head:
        yield from _flagged(None, field, text, year)
    for position, row in enumerate(plan.indicators):
        for path in ("name", "definition", "remark", "activity", "project", "rule"):
            cell = getattr(row, path)
            if cell is not None:
                yield from _flagged(position, path, cell.text, year)


HEAD_FIELDS = {
    "title": Text("标题", "Title"),
    "strategic_goal": Text("战略目标", "Strategic goal"),
    "objective": Text("职责目标", "Objective"),
    "goals": Text("年度总体目标", "Annual goal"),
}


def _flagged(row: int | None, field: str, text: str, year: int) -> Iterator[Note]:
    found = dict.fromkeys(f"{said}年" for said in YEAR.findall(text) if int(said) < year)
    found |= dict.fromkeys(f"“{plan.text}”" for plan in short_names(text) if plan.last < year)
    if not found:
        return
    named = HEAD_FIELDS[field] if row is None else BY_PATH[field].text
    said = "、".join(found)
    words = Text("{field}提到{said}，请核对是否仍适用：{text}", "{field} names {said}; check whether it still holds: {text}")
    shown = text if len(text) <= 60 else text[:60] + "…"
    yield Note(row, field, Kind.OLD_YEAR, words.with_(field=named, said=said, text=shown))
