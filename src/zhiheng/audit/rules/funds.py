"""H03-H06: the 项目资金 block and the amounts as such."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from zhiheng.audit.finding import Severity
from zhiheng.audit.money import IN_YUAN, amount, own_unit, printed, usual_unit, zero
from zhiheng.audit.rule import Case, Hit
from zhiheng.audit.wording import named
from zhiheng.plan.plan import Budget, Figure, Fund
from zhiheng.values.value import Missing, NotApplicable, NotDue, NotOrganised, Quantity

TOTAL_WORDS = ("总额", "合计", "总计", "总和", "总数")
COLUMNS = ("initial", "budget", "executed")


def total_row(budget: Budget) -> Fund | None:
    """The row 年度资金总额, None if the block has none."""
    return next((fund for fund in budget.funds if named(fund.name.text, TOTAL_WORDS)), None)


def total_of_funds(case: Case) -> Iterator[Hit]:
    """H03: in each column the total row is the sum of the rows under it."""
    budget = case.plan.budget
    total = total_row(budget)
    if total is None:
        return
    rows = [fund for fund in budget.funds if fund is not total]
    tolerance = case.parameters.number("audit_header.tolerance")
    levels = case.parameters.words("audit_header.level_words")
    for column in COLUMNS:
        figure: Figure | None = getattr(total, column)
        given = [(fund.name.text, getattr(fund, column)) for fund in rows]
        parts = [(name, amount(cell, budget)) for name, cell in given if cell is not None and not stateless(cell)]
        if figure is None or not parts or any(value is None for _, value in parts):
            continue
        amounts = [(name, value) for name, value in parts if value is not None]
        whole = amount(figure, budget)
        if len(rows) == 1 and whole is not None and amounts[0][1] <= whole:
            continue  # the form lists one source only: the rest of the total has no row
        if whole is None and not stateless(figure):
            continue  # not readable as money: H04 says so
        if not adds_up(whole or Decimal(0), amounts, tolerance, levels):
            found = case.whole(
                f"budget.funds.{column}",
                figure,
                row=total.name.text,
                total=figure.text,
                sum=printed(sum((value for _, value in amounts), Decimal(0))),
                parts="、".join(f"{name} {printed(value)}" for name, value in amounts),
            )
            yield replace(found, variant="" if whole is not None else "blank")


def stateless(figure: Figure) -> bool:
    """No amount is given: blank, —, not due."""
    return isinstance(figure.reading.value, Missing | NotApplicable | NotDue | NotOrganised)


def adds_up(total: Decimal, parts: Sequence[tuple[str, Decimal]], tolerance: Decimal, levels: Sequence[str]) -> bool:
    """Whether the parts make the total; rows by level of government (中央, 省级…) may stand under the row they make up."""
    if abs(sum((value for _, value in parts), Decimal(0)) - total) <= tolerance:
        return True
    for start in range(1, len(parts)):
        for end in range(start + 1, len(parts) + 1):
            run = parts[start:end]
            below = all(named(name, levels) for name, _ in run)
            if below and abs(sum((value for _, value in run), Decimal(0)) - parts[start - 1][1]) <= tolerance:
                rest = [*parts[:start], *parts[end:]]
                if adds_up(total, rest, tolerance, levels):
                    return True
    return False


def amounts_readable(case: Case) -> Iterator[Hit]:
    """H04: every amount is a number of money, not negative, in one declared unit."""
    budget = case.plan.budget
    figures = list(amounts(budget))
    for field, figure in figures:
        value = figure.reading.value
        if stateless(figure) or zero(value):
            continue
        if not isinstance(value, Quantity) or (value.unit and value.unit not in IN_YUAN):
            yield case.whole(field, figure, text=figure.text)
        elif value.amount < 0:
            yield replace(case.whole(field, figure, text=figure.text), variant="negative")
        elif figure.text.strip().endswith(("万", "亿")):
            found = case.whole(field, figure, text=figure.text)
            yield replace(found, variant="short_unit", severity=Severity.WARNING)
    yield from units_declared(case, figures)


def units_declared(case: Case, figures: Sequence[tuple[str, Figure]]) -> Iterator[Hit]:
    """One unit, said once for the form or with each amount. Zero needs none."""
    budget = case.plan.budget
    money = [(field, figure, own_unit(figure)) for field, figure in figures if amount(figure, budget)]
    bare = [(field, figure) for field, figure, unit in money if not unit]
    if bare and not budget.unit:
        yield replace(case.whole("budget.unit", bare[0][1], text=bare[0][1].text, count=len(bare)), variant="no_unit")
    usual = usual_unit(budget)
    for field, figure, unit in money:
        if unit and unit != usual:
            yield replace(case.whole(field, figure, text=figure.text, unit=unit, usual=usual), variant="mixed")


def amounts(budget: Budget) -> Iterator[tuple[str, Figure]]:
    """Every cell of the head that ought to hold money, with its field."""
    for name in ("total", "fiscal", "other", "basic", "project"):
        figure: Figure | None = getattr(budget, name)
        if figure is not None:
            yield f"budget.{name}", figure
    for fund in budget.funds:
        for column in COLUMNS:
            cell: Figure | None = getattr(fund, column)
            if cell is not None:
                yield f"budget.funds.{column}", cell


def execution_rate(case: Case) -> Iterator[Hit]:
    """H05: the stated rate is B/A, and spending beyond the budget of the year is explained."""
    budget = case.plan.budget
    total = total_row(budget) or (budget.funds[0] if budget.funds else None)
    for fund in budget.funds:
        planned, spent = amount(fund.budget, budget), amount(fund.executed, budget)
        if planned is None or spent is None or fund.executed is None:
            continue
        if fund is total and spent > planned:
            found = case.whole(
                "budget.funds.executed",
                fund.executed,
                row=fund.name.text,
                budget=printed(planned),
                executed=printed(spent),
                rate=f"{printed(shown(percent(planned, spent)))}%" if planned else "—",
            )
            yield replace(found, variant="over")
        if planned and fund.rate is not None and not states(fund.rate, percent(planned, spent)):
            yield case.whole(
                "budget.funds.rate",
                fund.rate,
                row=fund.name.text,
                stated=fund.rate.text,
                rate=printed(shown(percent(planned, spent))),
                budget=printed(planned),
                executed=printed(spent),
            )


def percent(planned: Decimal, spent: Decimal) -> Decimal:
    """B/A in per cent, to four decimals; exact enough to be rounded to the two that forms print."""
    return (spent * 100 / planned).quantize(Decimal("0.0001"), ROUND_DOWN)


def shown(rate: Decimal) -> Decimal:
    """A rate as forms print it: two decimals, half up."""
    return rate.quantize(Decimal("0.01"), ROUND_HALF_UP)


def states(rate: Figure, computed: Decimal) -> bool:
    """Whether a stated rate is the computed one, rounded or cut to the decimals it is printed with.

    A bare number may be meant in per cent or as a fraction; either will do. A cell without a figure states nothing false.
    """
    value = rate.reading.value
    if not isinstance(value, Quantity):
        return True
    stated = [value.amount] if value.unit == "%" else [value.amount, value.amount * 100]
    return any(same(number, computed) for number in stated)


def same(stated: Decimal, computed: Decimal) -> bool:
    """Equal after rounding half up, or cutting, to the decimals of the stated number."""
    exponent = stated.as_tuple().exponent
    step = Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else Decimal(1)
    return stated in (computed.quantize(step, ROUND_HALF_UP), computed.quantize(step, ROUND_DOWN))


def unusual_rate(case: Case) -> Iterator[Hit]:
    """H06: the rate of execution of the year's money is far from 100 %."""
    budget = case.plan.budget
    total = total_row(budget) or (budget.funds[0] if budget.funds else None)
    if total is None or total.executed is None:
        return
    planned, spent = amount(total.budget, budget), amount(total.executed, budget)
    if not planned or spent is None:
        return
    rate = percent(planned, spent)
    low, high = case.parameters.number("audit_header.rate_low"), case.parameters.number("audit_header.rate_high")
    if low <= rate <= high:
        return
    figure = total.rate if total.rate is not None and not stateless(total.rate) else total.executed
    yield case.whole("budget.funds.rate", figure, rate=printed(shown(rate)), low=printed(low), high=printed(high))
