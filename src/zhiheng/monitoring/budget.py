"""预算执行进度: (执行数÷预算数)÷(月份÷12), on the budget as adjusted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from zhiheng.monitoring.curve import Curve, linear
from zhiheng.monitoring.judgement import Judgement, shown
from zhiheng.monitoring.lamp import Lamp, worst
from zhiheng.monitoring.policy import Policy
from zhiheng.monitoring.standing import band, portion
from zhiheng.scoring.trace import Step, step


def judge_execution(
    initial: Decimal | None,
    budget: Decimal | None,
    executed: Decimal | None,
    on: date | tuple[Curve, date],
    policy: Policy,
) -> Judgement:
    """The lamp of spending on a day. All amounts in one and the same unit.

    ``initial`` is 年初预算数, ``budget`` 全年预算数 as adjusted by the day (None: never adjusted). ``on`` is the day, or a curve
    of payments and the day; without a curve months count alike. A budget of 0 or none is undefined and never divides;
    spending above the budget shows its true rate; what was spent above it or without one is never on course, whatever the pace:
    its lamp is at least that of ``budget.over``. Negative amounts are refused.
    """
    curve, day = on if isinstance(on, tuple) else (linear(on.year), on)
    base = budget if budget is not None else initial
    if any(amount is not None and amount < 0 for amount in (initial, budget, executed)):
        return Judgement(Lamp.NONE, steps=(step("negative_amount"),), notes=("negative_amount",))
    over = Lamp(policy.word("budget.over"))
    if base is None:
        return unbacked(executed, over, (step("budget_missing"),), ("budget_missing",))
    steps, notes = adjusted(initial, budget)
    if base == 0:
        return unbacked(executed, over, (*steps, step("zero_budget")), (*notes, "zero_budget"))
    if executed is None:
        return Judgement(Lamp.NONE, steps=(*steps, step("executed_missing")), notes=(*notes, "executed_missing"))
    share, whole, spent_exact = curve.share(day), Fraction(base), Fraction(executed)
    due, rate = whole * share, spent_exact / whole
    steps += (step("execution_rate", executed=executed, budget=base, rate=rate * 100),)
    if executed > base:
        notes += ("overspent",)
        steps += (step("overspent_budget", executed=executed, budget=base),)
    if share == 0 and executed > base:
        return Judgement(over, share, shown(due), None, rate, (*steps, step("not_begun"), over_step(over)), (*notes, "not_begun"))
    if share == 0:
        return Judgement(Lamp.NONE, share, shown(due), None, rate, (*steps, step("not_begun")), (*notes, "not_begun"))
    lamp, side, bound = band(policy.bands("budget.bands"), spent_exact, due)
    pace = {"day": day, "share": portion(share), "ratio": spent_exact / due * 100, "bound": bound * 100, "lamp": f"lamp.{lamp}"}
    steps += (step(f"execution_{side}", **pace),)
    if executed > base:
        lamp, steps = worst((lamp, over)), (*steps, over_step(worst((lamp, over))))
    return Judgement(lamp, share, shown(due), spent_exact / due, rate, steps, notes)


def over_step(lamp: Lamp) -> Step:
    """That money spent above the budget or without one is not on course."""
    return step("not_backed", lamp=f"lamp.{lamp}")


def unbacked(executed: Decimal | None, over: Lamp, steps: tuple[Step, ...], notes: tuple[str, ...]) -> Judgement:
    """Where there is no budget to divide by: no lamp while nothing is spent, the policy's as soon as something is."""
    if not executed:
        return Judgement(Lamp.NONE, steps=steps, notes=notes)
    said = step("spent_without_budget", executed=executed)
    return Judgement(over, steps=(*steps, said, over_step(over)), notes=(*notes, "spent_without_budget"))


def adjusted(initial: Decimal | None, budget: Decimal | None) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """The step and the note of a budget that was changed in the year; nothing where it was not."""
    if initial is None or budget is None or initial == budget:
        return (), ()
    code = "budget_cut" if budget < initial else "budget_raised"
    return (step(code, initial=initial, budget=budget),), (code,)
