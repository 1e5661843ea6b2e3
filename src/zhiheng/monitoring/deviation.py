"""偏差: what an office says about a row of a monitoring round, and what its policy still asks of it.

The reasons and the three possibilities are those of the monitoring form (财预〔2019〕136号, text not checked; the codes of
possibility are those of a system in use).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from zhiheng.monitoring.curve import month_end
from zhiheng.monitoring.judgement import Judgement
from zhiheng.monitoring.lamp import Lamp, grade, steps_apart
from zhiheng.monitoring.policy import Policy
from zhiheng.monitoring.wording import word
from zhiheng.scoring.observation import Observation, Reported, Zero
from zhiheng.scoring.trace import printed, told
from zhiheng.values.comparison import comparable, meets
from zhiheng.values.direction import Direction
from zhiheng.values.direction import direction as direction_of
from zhiheng.values.value import Comparator, Missing, Quantity, Value

REASONS: Mapping[str, tuple[str, str]] = {
    "funding": ("经费保障", "funding"),
    "system": ("制度保障", "rules and procedures"),
    "staff": ("人员保障", "staff"),
    "equipment": ("硬件条件保障", "equipment"),
    "other": ("其他", "other"),
}
"""偏差原因: the columns of the form, in its order, in Chinese and English."""

POSSIBILITIES: Mapping[str, tuple[str, str]] = {
    "sure": ("确定能", "certain"),
    "possible": ("有可能", "possible"),
    "impossible": ("完全不可能", "impossible"),
}
"""完成目标可能性, in Chinese and English."""

POSSIBILITY_CODES: Mapping[str, str] = {"sure": "1", "possible": "2", "impossible": "3"}
"""The codes that 一体化 systems write for them."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What the office filled in for a row: codes of REASONS, 原因说明, one of POSSIBILITIES or '', 全年预计完成情况.

    ``correction``: a corrective action (纠偏措施) was recorded; ``adjustment``: an adjustment of the target was requested.
    ValueError for a code that is in neither list.
    """

    reasons: tuple[str, ...] = ()
    explanation: str = ""
    possibility: str = ""
    forecast: Value | None = None
    correction: bool = False
    adjustment: bool = False

    def __post_init__(self) -> None:
        unknown = [code for code in self.reasons if code not in REASONS]
        if unknown or self.possibility not in ("", *POSSIBILITIES):
            raise ValueError(f"no such reason or possibility: {', '.join(unknown) or self.possibility}")


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that the row still lacks (``must``), or that a reader will ask about (a warning).

    ``code`` is a key of texts.toml ``[demand]``; ``field`` is the cell to fill: reasons, explanation, forecast, possibility,
    correction, adjustment, target or budget.
    """

    code: str
    field: str
    must: bool
    parameters: tuple[tuple[str, str], ...] = ()

    def text(self, language: str = "zh") -> str:
        """What is lacking and why, as a sentence."""
        return told(f"demand.{self.code}", self.parameters, language, word)


def must(code: str, field: str, **parameters: object) -> Demand:
    """A demand that must be met before the table is sent."""
    return Demand(code, field, True, tuple((name, printed(value)) for name, value in parameters.items()))


def warning(code: str, field: str, **parameters: object) -> Demand:
    """Something that a reader will ask about."""
    return Demand(code, field, False, tuple((name, printed(value)) for name, value in parameters.items()))


def demanded(
    judgement: Judgement,
    target: Value | None,
    actual: Observation,
    stated: Stated,
    policy: Policy,
    *,
    day: date | None = None,
    name: str = "",
    execution: Judgement | None = None,
    last_lamp: Lamp | None = None,
    previous: Value | None = None,
) -> tuple[Demand, ...]:
    """What must still be filled in for a row under the policy, then the warnings, in the order of the form.

    ``execution`` is the judgement of the money that pays for it; ``last_lamp`` and ``previous`` its lamp and, for a running total,
    its value in the round before; ``name`` the indicator's; ``day`` the last day of the round's data.
    """
    if (target is None or isinstance(target, Missing)) and policy.word("exempt.empty_target") == "yes":
        return ()
    return (
        *missing(judgement, target, stated, policy),
        *gaps(judgement, execution, policy),
        *unlikely(judgement, stated, policy, day),
        *short_forecast(target, stated, name),
        *lower(previous, actual),
        *repeated(judgement, stated, last_lamp),
    )


def missing(judgement: Judgement, target: Value | None, stated: Stated, policy: Policy) -> Iterator[Demand]:
    """The cells that the policy requires and that are empty (O01 and its local variants)."""
    lamp = judgement.lamp
    asked = {"red_or_yellow": (Lamp.RED, Lamp.YELLOW), "red": (Lamp.RED,), "never": ()}[policy.word("reasons.required")]
    off = lamp in asked
    unsure = policy.word("possibility.unsure") == "forecast_and_reason" and stated.possibility in ("possible", "impossible")
    if not stated.reasons:
        if off:
            yield must("reason", "reasons", lamp=f"lamp.{lamp}")
        elif unsure:
            yield must("reason_unsure", "reasons", possibility=f"possibility.{stated.possibility}")
    rule = policy.word("reasons.explanation")
    chosen = rule == "when_chosen" and bool(stated.reasons)
    if not stated.explanation.strip():
        if chosen:
            yield must("explanation_chosen", "explanation")
        elif rule != "optional" and off:
            yield must("explanation", "explanation", lamp=f"lamp.{lamp}")
        else:
            yield from over_achieved(judgement, target, policy)
    if unsure and (stated.forecast is None or isinstance(stated.forecast, Missing)):
        yield must("forecast", "forecast", possibility=f"possibility.{stated.possibility}")


def over_achieved(judgement: Judgement, target: Value | None, policy: Policy) -> Iterator[Demand]:
    """河北: ≥ beyond the limit, or = and more than the target, needs an explanation: over-achievement is a deviation too."""
    if policy.word("over.explain") == "never" or judgement.attainment is None or not isinstance(target, Quantity):
        return
    limit = policy.number("over.limit") or Fraction(1)
    attainment = judgement.attainment
    over = target.op in (Comparator.GE, Comparator.GT) and attainment > limit
    if over or (target.op is Comparator.EQ and attainment > 1 and judgement.lamp is not Lamp.RED):
        bound = limit if over else Fraction(1)
        yield must("over", "explanation", attainment=attainment * 100, limit=bound * 100)


def gaps(judgement: Judgement, execution: Judgement | None, policy: Policy) -> Iterator[Demand]:
    """O02: money spent and goal not reached, or the reverse, by the lamps or by the shares of budget and target."""
    if execution is None:
        return
    # money spent above the budget or without one lies far ahead of its pace, though its lamp is not green
    money = Lamp.GREEN if {"overspent", "spent_without_budget"} & set(execution.notes) else execution.lamp
    apart = steps_apart(judgement.lamp, money)
    spent, done = execution.attainment, judgement.attainment
    if apart is not None and apart >= int(policy.word("warnings.lamp_steps")):
        ahead = grade(money) > grade(judgement.lamp)
    elif spent is not None and done is not None and judgement.expected is not None:
        if abs(spent - done) <= (policy.number("warnings.rate_gap") or Fraction(1)):
            return
        ahead = spent > done
    else:
        return
    lamps = {"money": f"lamp.{execution.lamp}", "goal": f"lamp.{judgement.lamp}"}
    yield warning("money_ahead" if ahead else "goal_ahead", "budget", spent=percent(spent), done=percent(done), **lamps)


def percent(share: Fraction | None) -> str:
    """A share in per cent, or a dash."""
    return "—" if share is None else printed(share * 100) + "%"


def unlikely(judgement: Judgement, stated: Stated, policy: Policy, day: date | None) -> Iterator[Demand]:
    """O03: impossible without a request to adjust; certain, though little is done and the year is late."""
    if stated.possibility == "impossible" and not stated.adjustment:
        yield warning("adjustment", "adjustment")
    below = policy.number("warnings.sure_below") or Fraction(0)
    late = day is not None and is_late(day, int(policy.word("warnings.late_from")))
    paced = judgement.expected is not None and judgement.expected > 0
    if stated.possibility == "sure" and late and paced and judgement.attainment is not None and judgement.attainment < below:
        yield warning("sure_far_behind", "possibility", attainment=judgement.attainment * 100, bound=below * 100)


def is_late(day: date, month: int) -> bool:
    """Whether the day is the last of ``month`` or later."""
    return day >= month_end(day.year, month)


def short_forecast(target: Value | None, stated: Stated, name: str) -> Iterator[Demand]:
    """O05: certain, though the year's forecast misses the target."""
    if stated.possibility != "sure" or target is None or stated.forecast is None:
        return
    direction = direction_of(name, target)
    if meets(target, stated.forecast, None if direction is Direction.EQUAL else direction) is False:
        yield warning("forecast_short", "forecast")


def repeated(judgement: Judgement, stated: Stated, last_lamp: Lamp | None) -> Iterator[Demand]:
    """Red for the second round running, and no corrective action recorded."""
    if judgement.lamp is Lamp.RED and last_lamp is Lamp.RED and not stated.correction:
        yield warning("red_again", "correction")


def lower(previous: Value | None, actual: Observation) -> Iterator[Demand]:
    """O04: a running total lower than in the round before."""
    fell = fallen(previous, actual)
    if fell is not None:
        yield warning("fell", "explanation", before=fell[0], now=fell[1])


def fallen(previous: Value | None, actual: Observation) -> tuple[Fraction, Fraction] | None:
    """(before, now) of a running total that is lower than in the round before (O04, pitfall 33); None where it is not."""
    if previous is None:
        return None
    now: Value = Quantity(Decimal(0)) if isinstance(actual, Zero) else actual.value if isinstance(actual, Reported) else Missing()
    pair = comparable(previous, now)
    return (Fraction(pair[0]), Fraction(pair[1])) if pair is not None and pair[1] < pair[0] else None


def too_low(judgement: Judgement, policy: Policy, day: date) -> Fraction | None:
    """O06: the share of the whole target that was reached before the year ended, where it shows that the target was too low."""
    bound = policy.number("warnings.too_low") or Fraction(0)
    paced = judgement.expected is not None
    early = (day.month, day.day) != (12, 31)
    found = judgement.attainment
    return found if paced and early and found is not None and found >= bound else None
