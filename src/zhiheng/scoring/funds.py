"""预算执行率: the one row of the 项目资金 block that is scored, and its points."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zhiheng.plan.plan import Figure, Fund, Plan
from zhiheng.scoring.figures import Amount, conversion, measured
from zhiheng.scoring.methods.execution import execution
from zhiheng.scoring.methods.given import NotScored
from zhiheng.scoring.observation import number_of, zero_written
from zhiheng.scoring.outcome import Outcome, Points
from zhiheng.scoring.rounding import decimal
from zhiheng.scoring.scheme import Scheme
from zhiheng.scoring.trace import step
from zhiheng.values.value import Comparator, Quantity

TOTAL_WORDS = ("总额", "合计", "总计", "小计")


@dataclass(frozen=True, slots=True)
class Execution:
    """The scored row: its points (分值), what it gets, and ``left``: a budget of 0 has no rate, its points leave the total."""

    fund: Fund
    weight: Decimal
    outcome: Outcome
    left: bool = False


def total_fund(plan: Plan) -> Fund | None:
    """The row 年度资金总额. Only the total is scored; the rows below it carry a dash."""
    funds = plan.budget.funds
    named = [fund for fund in funds if any(word in "".join(fund.name.text.split()) for word in TOTAL_WORDS)]
    if named:
        return named[0]
    pointed = [fund for fund in funds if number_of(fund.points) is not None]
    return pointed[0] if pointed else (funds[0] if len(funds) == 1 else None)


def execution_of(fund: Fund, weight: Decimal, scheme: Scheme) -> Outcome:
    """Points of 全年执行数 over 全年预算数 (the adjusted budget; 年初预算数 only in forms that have no other)."""
    budget = amount(fund.budget if fund.budget is not None else fund.initial)
    spent = amount(fund.executed)
    if budget is None:
        return NotScored("budget_missing")
    if spent is None and budget.amount:
        return NotScored("executed_missing")
    spent = spent or budget  # of a budget of 0 there is no rate, whether or not anything is known to be spent
    factor = conversion(spent, budget)
    if isinstance(factor, NotScored):
        return factor
    rule, over = scheme.word("execution.zero_budget"), scheme.word("execution.over")
    result = execution(budget.amount, spent.amount * factor, Fraction(weight), rule, over)
    return result if isinstance(result, NotScored) else Points.of("execution", result)


def amount(figure: Figure | None) -> Amount | None:
    """An amount of money as a number with its unit; None if the cell holds no exact one."""
    if figure is None:
        return None
    value = zero_written(figure) or figure.reading.value
    return measured(value) if isinstance(value, Quantity) and value.op is Comparator.EQ else None


def weight_of(fund: Fund | None, scheme: Scheme, others: Fraction) -> Decimal | None:
    """分值 of the execution rate: the form's, else the scheme's where the indicators leave exactly that much of 100."""
    own = number_of(fund.points) if fund is not None else None
    if own is not None:
        return own
    weight = scheme.weight("execution")
    return decimal(weight) if weight is not None and others + weight == 100 else None


def execution_row(plan: Plan, scheme: Scheme, others: Fraction) -> Execution | NotScored | None:
    """The execution rate for a scorecard; None where the table has no points for it.

    ``others`` is the sum of the indicators' points. Money not reported scores 0, as every missing figure; a form without the
    block, though its points leave room for it, is not scored.
    """
    fund = total_fund(plan)
    weight = weight_of(fund, scheme, others)
    if weight is None:
        return None
    if fund is None:
        return NotScored("executed_missing")
    outcome = execution_of(fund, weight, scheme)
    if isinstance(outcome, NotScored) and outcome.reason == "executed_missing":
        outcome = Points("missing", Fraction(0), False, None, (step("missing", weight=weight),), ("missing",))
    if isinstance(outcome, NotScored) and outcome.reason == "zero_budget" and scheme.word("execution.zero_budget") == "leave":
        said = (step("zero_budget_left", weight=weight),)
        return Execution(fund, weight, Points("left", Fraction(0), False, None, said, ("zero_budget",)), left=True)
    return Execution(fund, weight, outcome)
