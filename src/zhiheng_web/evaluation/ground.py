"""What a scorecard is worked out from: the table with its points and money, the scheme, the observations, the overrides. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from zhiheng.audit.money import IN_YUAN
from zhiheng.plan.plan import Budget, Cell, Figure, Fund, Indicator, Plan, Table
from zhiheng.scoring.observation import Observation, number_of
from zhiheng.scoring.scheme import RowRule, Scheme
from zhiheng.scoring.scorecard import Refusal, RowScore, Scorecard, card, score
from zhiheng.scoring.trace import printed
from zhiheng.values.canonical import value_from
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context, Reading
from zhiheng.values.value import Part, Parts, Quantity, Value
from zhiheng_web.planning.models import BudgetLine, IndicatorRow
from zhiheng_web.planning.versions import Loaded

METHODS_OF_A_ROW = frozenset({"proportional", "yes_no", "distance", "reverse_linear", "reverse_ratio", "banded"})
"""Methods that a row's own tag may ask for instead of the scheme's; the others follow from its target."""
MONEY = "万元"
FUND_NAMES = {
    "": "年度资金总额",
    BudgetLine.Source.FISCAL.value: "其中：当年财政拨款",
    BudgetLine.Source.CARRIED.value: "上年结转资金",
    BudgetLine.Source.OTHER.value: "其他资金",
}


@dataclass(frozen=True, slots=True)
class FundLine:
    """One row of 项目资金 in 元; ``executed`` None: no payment is known. ``until``: the last month of which one is."""

    source: str
    initial: Decimal
    budget: Decimal
    executed: Decimal | None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """All that a card depends on. ``overrides`` are the confirmed ones by index of the indicator."""

    table: Table
    scheme: Scheme
    observed: Mapping[int, Observation]
    overrides: Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class Scored:
    """A card with its overrides, and the one that the rules alone give."""

    card: Scorecard
    computed: Scorecard
    overridden: frozenset[int]


def worked_out(ground: Ground) -> Scored | Refusal:
    """The card of a ground by the library. Nothing is scored in part."""
    found = score(ground.table.plan, ground.scheme, ground.observed)
    if isinstance(found, Refusal):
        return found
    taken = frozenset(row.index for row in found.rows if overridden(row, ground.overrides) and row.index is not None)
    if not taken:
        return Scored(found, found, taken)
    rows = tuple(with_points(row, ground.overrides[row.index]) if row.index in taken else row for row in found.rows)
    changed = card(found.scheme, rows, found.redistributions, found.skipped)
    return Scored(changed, found, taken)


def overridden(row: RowScore, overrides: Mapping[int, Decimal]) -> bool:
    """Whether an override holds for a row: one that left the total, or has fewer points than that by now, has none."""
    return row.index in overrides and 0 <= overrides[row.index] <= row.effective and row.effective > 0


def with_points(row: RowScore, points: Decimal) -> RowScore:
    """A row with the points that two people gave it; how it would have been scored stays in its steps."""
    return replace(row, points=points, low=points, high=points, exact=Fraction(points))


def tagged(scheme: Scheme, rows: Sequence[IndicatorRow]) -> Scheme:
    """The scheme with what the table's own tags say of its rows: a method of its own, a rule that joins its parts.

    The library asks for it by the indicator's name: rows of one name that are tagged differently follow the scheme.
    """
    wanted: dict[str, set[tuple[str, str]]] = {}
    for row in rows:
        method = row.method if row.method in METHODS_OF_A_ROW else ""
        wanted.setdefault(row.name.strip(), set()).add((method, row.join))
    rules = dict(scheme.rows)
    for name, said in wanted.items():
        method, join = next(iter(said))
        if len(said) == 1 and (method or join):
            given = rules.get(name) or RowRule(name, name, (), "本表标注", "convention")
            rules[name] = replace(given, method=given.method or method, join=join or given.join)
    return replace(scheme, rows=rules)


def approved_points(loaded: Loaded) -> list[Decimal | None]:
    """分值 of each row as approved: the tag, else the table's own column."""
    plan = loaded.table.plan
    return [
        row.points if row.points is not None else number_of(indicator.weight)
        for row, indicator in zip(loaded.rows, plan.indicators, strict=True)
    ]


def table_scored(
    loaded: Loaded, scheme: Scheme, points: Sequence[Decimal | None], funds: Sequence[FundLine], measured: Sequence[int]
) -> Table:
    """The version's table with the points it is scored with and the year's money, and nothing of an earlier scoring.

    ``measured``: by how many figures each row is judged, 0 where nothing is known of it.
    """
    plan = loaded.table.plan
    rows = tuple(row_scored(scheme, *each) for each in zip(plan.indicators, loaded.rows, points, measured, strict=True))
    budget = with_funds(plan.budget, funds)
    bare = replace(plan, indicators=rows, budget=budget, total_points=None, total_weight=None, grade=None, levels=())
    return replace(loaded.table, plan=bare)


def row_scored(scheme: Scheme, indicator: Indicator, row: IndicatorRow, points: Decimal | None, measured: int) -> Indicator:
    """One row: its target with its parts, its points, its level where the form has no column for it."""
    category = indicator.category
    if not category and row.level_1:
        category = tuple(level.zh for level in scheme.levels if level.key == row.level_1)
    weight = None if points is None else points_figure(points)
    target = target_of(indicator, row, measured)
    return replace(indicator, category=category, target=target, weight=weight, actual=None, points=None, reason=None)


def target_of(indicator: Indicator, row: IndicatorRow, measured: int) -> Figure | None:
    """The target, in parts where the office divided it.

    One figure for several measures (对接次数/对接企业数10) is asked of each that is judged: of all of them, or of the one that the
    counting basis judges while it only shows the others.
    """
    figure = indicator.target
    parts = list(row.parts.all())
    if figure is not None and len(parts) > 1:
        divided = tuple(Part(part.name, value_from(part.target_value) if part.target_value else None) for part in parts)
        return replace(figure, reading=replace(figure.reading, value=Parts(divided)))
    if figure is not None and isinstance(value := figure.reading.value, Parts) and value.shared:
        given = [part.value for part in value.parts if part.value is not None]
        if len(given) == 1:
            each = given[0] if measured == 1 else Parts(tuple(Part(part.name, given[0]) for part in value.parts))
            return replace(figure, reading=replace(figure.reading, value=each))
    return figure


def points_figure(points: Decimal) -> Figure:
    """Points as a cell."""
    return Figure(Reading(printed(points), Quantity(points)))


def with_funds(budget: Budget, funds: Sequence[FundLine]) -> Budget:
    """The block 项目资金 with the year's money, in the unit of the table; only its total is scored. No money known: no block."""
    unit = budget.unit if budget.unit in IN_YUAN else MONEY
    if not funds:
        return replace(budget, funds=())
    known = [line.executed for line in funds if line.executed is not None]
    total = FundLine(
        "",
        sum((line.initial for line in funds), Decimal(0)),
        sum((line.budget for line in funds), Decimal(0)),
        sum(known, Decimal(0)) if known else None,
    )
    return replace(budget, unit=unit, funds=tuple(fund_of(line, unit) for line in (total, *funds)))


def fund_of(line: FundLine, unit: str) -> Fund:
    """One row of the block."""
    cells = [money_figure(amount, unit) for amount in (line.initial, line.budget, line.executed)]
    return Fund(Cell(FUND_NAMES[line.source]), *cells)


def money_figure(amount: Decimal | None, unit: str) -> Figure:
    """An amount of 元 as a cell in ``unit``, with all its digits; blank where none is known."""
    text = "" if amount is None else printed(amount / IN_YUAN[unit])
    return Figure(read_money(text, unit))


@lru_cache(maxsize=4096)
def read_money(text: str, unit: str) -> Reading:
    """What a cell of money says."""
    return parse(text, Context(name="金额", unit=unit))


def target_values(plan: Plan) -> list[Value | None]:
    """The typed targets."""
    return [row.target.reading.value if row.target is not None else None for row in plan.indicators]
