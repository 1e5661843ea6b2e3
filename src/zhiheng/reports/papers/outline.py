"""What a table of results repeats of the table of goals: whose it is, the duties or levels, the names and the targets.

Everything else of the declaration (definitions, reference values, activities) stays with the declaration. Values are read again
in the words that the new form holds, so that the printed table reads back as the same plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from zhiheng.plan.place import Place
from zhiheng.plan.plan import Cell, Figure, Fund, Goal, Indicator, Plan
from zhiheng.reports.papers.prose import amount
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context

Said = str | Decimal | None
"""A cell of money: an amount in 万元, words where there is none (—, 未下达), None for a blank cell."""
BARE = re.compile(r"[≥≤><=＞＜＝\d.,\s\-—~～至]+")
UNIT = "万元"
SPENDING = {"department": "部门整体支出", "unit": "单位整体支出", "project": "项目支出"}
"""What a table is about by its kind, as titles of papers say it."""


@dataclass(frozen=True, slots=True)
class Money:
    """One row of 项目资金: 年度资金总额, 财政拨款, 其他资金. Amounts in 万元; None stands in a blank cell."""

    name: str
    initial: Said = None
    budget: Said = None
    executed: Said = None
    points: Said = None
    rate: Said = None
    score: Said = None
    forecast: Said = None


def outline(plan: Plan, layout: str, title: str, fields: Sequence[str]) -> Plan:
    """``plan`` on the form ``layout`` with only what that form repeats of it. ``fields`` are the columns of the form."""
    return Plan(
        title=title,
        layout=layout,
        year=plan.year,
        department=_kept(plan.department),
        project=_kept(plan.project),
        unit=_kept(plan.unit),
        goals=tuple(Goal(Cell(goal.expected.text)) for goal in plan.goals if goal.expected.text.strip()),
        duties=tuple(replace(duty, objective=None) for duty in plan.duties),
        indicators=tuple(row_of(row, plan.year) for row in plan.indicators),
        levels=plan.levels,
        columns=tuple((field, Place()) for field in fields),
    )


def _kept(cell: Cell | None) -> Cell | None:
    return cell if cell is not None and cell.text.strip() else None


def row_of(row: Indicator, year: int | None) -> Indicator:
    """The name, the place in the form and the target of an indicator."""
    target = row.target.text if row.target is not None else ""
    unit = row.unit.text if row.unit is not None else ""
    whole = f"{target}{unit}" if unit and target and unit not in target and BARE.fullmatch(target) else target
    name = Cell(row.name.text)
    return Indicator(name, row.duty, row.category, row.horizon, target=figure(whole, name.text, year))


def figure(text: str, name: str = "", year: int | None = None) -> Figure:
    """A value in the words of an indicator."""
    return Figure(parse(text, Context(name=name, year=year)))


def fund(money: Money, fields: Sequence[str]) -> Fund:
    """A row of money under the columns ``fields`` of the form."""
    around = {field: Context(name="金额", unit=UNIT) if field not in {"points", "rate", "score"} else Context() for field in fields}
    figures = {field: Figure(parse(money_words(getattr(money, field)), around[field])) for field in fields}
    return Fund(Cell(re.sub(r"\s+", "", money.name)), **figures)


def money_words(said: Said) -> str:
    """The words of a cell of money."""
    return "" if said is None else amount(said) if isinstance(said, Decimal) else said.strip()


def notes(said: Iterable[str]) -> tuple[tuple[Cell, Cell], ...]:
    """The notes in the foot of the form; what says nothing is none."""
    return tuple((Cell("注"), Cell(_line(words))) for words in said if words)


def _line(words: str) -> str:
    """A note as one line in which nothing looks like the label of another."""
    return re.sub(r"\s+", " ", re.sub(r"[，,；;]?(?:\s+(?=[^\s:：]{1,14}[:：])|\s*\n\s*)", "，", words.strip()))


def matched(plan: Plan, rows: Sequence[object]) -> None:
    """Every indicator has its row. Anything else is the caller's mistake: ValueError."""
    if len(rows) != len(plan.indicators):
        raise ValueError(f"{len(rows)} rows for {len(plan.indicators)} indicators")
