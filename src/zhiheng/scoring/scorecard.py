"""Scorecard: the points of every row of a table by one scheme, their total, its grade, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zhiheng.plan.plan import Indicator, Plan
from zhiheng.scoring.around import around, value_of
from zhiheng.scoring.funds import Execution, execution_row
from zhiheng.scoring.observation import Missing, Observation, number_of, observations, state
from zhiheng.scoring.outcome import Judged, NotScored, Outcome, Points, rounded
from zhiheng.scoring.rounding import decimal
from zhiheng.scoring.scheme import Scheme
from zhiheng.scoring.spread import Redistribution, Spread, spread
from zhiheng.scoring.states import outcome_of, rule_of, settled
from zhiheng.scoring.trace import Step, step


@dataclass(frozen=True, slots=True)
class RowScore:
    """One row. ``weight`` 分值 as published, ``effective`` what it is scored with after spreading.

    ``points`` is None where a person must judge, or where the row left the total; ``low`` and ``high`` bound what it can get.
    ``index`` None is the execution rate (预算执行率). ``notes`` are codes of texts.toml, ``[note]``. ``met`` tells whether the target was
    reached, as the method found it; None where a person must judge or judged.
    """

    index: int | None
    name: str
    state: str
    weight: Decimal
    effective: Decimal
    method: str
    points: Decimal | None
    low: Decimal
    high: Decimal
    provisional: bool
    exact: Fraction | None = None
    notes: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All rows and what they sum to.

    ``ceiling`` is the points that could be had; ``total`` is None when a row is still to be judged or not yet due, or when
    there is nothing to be had (``ceiling`` 0); ``low`` and ``high`` always bound it. ``grade`` is that of total ÷ ceiling.
    """

    scheme: Scheme
    rows: tuple[RowScore, ...]
    ceiling: Decimal
    total: Decimal | None
    low: Decimal
    high: Decimal
    grade: str
    provisional: bool
    redistributions: tuple[Redistribution, ...]
    skipped: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Blocked:
    """One row that stops a score: why, as a code of texts.toml ``[reason]``."""

    index: int | None
    name: str
    reason: str
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """No score. ``columns`` the table lacks as a whole (target, actual, weight, indicators), and the rows that stop it."""

    columns: tuple[str, ...] = ()
    rows: tuple[Blocked, ...] = ()


def empty(row: Indicator) -> bool:
    """A line of the printed form that was left blank (指标2 ……): it has no points, no target and no actual."""
    cells = (row.target, row.weight, row.actual)
    return all(cell is None or not cell.text.strip() for cell in cells)


def lacking(plan: Plan, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of which no row has anything."""
    if not plan.indicators:
        return ("indicators",)
    return tuple(name for name in columns if all((cell := getattr(row, name)) is None or not cell.text.strip() for row in plan.indicators))


@dataclass(frozen=True, slots=True)
class Participant:
    """One row that takes part: its indicator, its points, and what was observed."""

    index: int
    row: Indicator
    weight: Fraction
    actual: Observation


def score(plan: Plan, scheme: Scheme, observed: Mapping[int, Observation] | None = None) -> Scorecard | Refusal:
    """The points of a table by a scheme. ``observed`` holds what was observed by index; without it the table's own actuals count.

    Refused as a whole: a table without points (分值) or without actuals, a row with points but without a target that can be
    typed, a row that cannot be compared. Nothing is scored in part, and no weight is made up.
    """
    found = observations(plan) if observed is None else observed
    wanted = ("weight", "target", "actual") if observed is None else ("weight", "target")
    columns = tuple(name for name in lacking(plan, wanted) if name != "weight" or not weighed(plan, scheme))
    if columns:
        return Refusal(columns)
    participants, skipped, blocked = gather(plan, scheme, found)
    if blocked:
        return Refusal(rows=blocked)
    leaving = frozenset(place for place, participant in enumerate(participants) if rule_of(participant.actual, scheme) == "spread")
    groups = [group(participant.row, scheme) for participant in participants]
    shared = spread([participant.weight for participant in participants], leaving, groups, scheme.rounding.unit)
    outcomes = [outcome(plan, participant, weight, scheme) for participant, weight in zip(participants, shared.weights, strict=True)]
    execution = execution_row(plan, scheme, sum((participant.weight for participant in participants), Fraction(0)))
    blocked = stopped(participants, outcomes, execution)
    if blocked:
        return Refusal(rows=blocked)
    rows = [
        row_score(participant.index, participant.row.name.text, state(participant.actual), participant.weight, weight, result, scheme)
        for participant, weight, result in zip(participants, shared.weights, outcomes, strict=True)
        if not isinstance(result, NotScored)
    ]
    if isinstance(execution, Execution) and not isinstance(execution.outcome, NotScored):
        told = "nothing_due" if execution.left else "missing" if "missing" in execution.outcome.notes else "reported"
        weight = Fraction(execution.weight)
        had = Fraction(0) if execution.left else weight
        rows.insert(0, row_score(None, execution.fund.name.text, told, weight, had, execution.outcome, scheme))
    return card(scheme, tuple(rows), back(shared, participants), skipped)


def weighed(plan: Plan, scheme: Scheme) -> bool:
    """Whether the scheme itself gives points to rows of the table by name."""
    return any(row_weight(row, scheme) is not None for row in plan.indicators)


def row_weight(row: Indicator, scheme: Scheme) -> Decimal | None:
    """分值 of a row: the table's, else the one that the scheme gives the indicator by name."""
    own, rule = number_of(row.weight), scheme.row(row.name.text)
    return decimal(rule.weight) if own is None and rule is not None and rule.weight is not None else own


def gather(plan: Plan, scheme: Scheme, found: Mapping[int, Observation]) -> tuple[list[Participant], tuple[int, ...], tuple[Blocked, ...]]:
    """(rows that take part, blank lines of the form, rows that stop the score)."""
    participants: list[Participant] = []
    skipped: list[int] = []
    blocked: list[Blocked] = []
    for index, row in enumerate(plan.indicators):
        weight, actual = row_weight(row, scheme), found.get(index)
        if empty(row) and (actual is None or isinstance(actual, Missing)):
            skipped.append(index)
        elif weight is None or weight < 0:
            blocked.append(Blocked(index, row.name.text, "weight_missing" if weight is None else "weight_negative"))
        elif actual is None:
            blocked.append(Blocked(index, row.name.text, "actual_missing"))
        else:
            participants.append(Participant(index, row, Fraction(weight), settled(actual)))
    return participants, tuple(skipped), tuple(blocked)


def outcome(plan: Plan, participant: Participant, weight: Fraction, scheme: Scheme) -> Outcome:
    """The outcome of one row with the points it has after spreading."""
    return outcome_of(value_of(participant.row.target), participant.actual, weight, scheme, around(plan, participant.row, scheme))


def stopped(participants: list[Participant], outcomes: list[Outcome], execution: Execution | NotScored | None) -> tuple[Blocked, ...]:
    """What stops the score: an error in one row stops the whole, with its reason."""
    blocked = [
        Blocked(participant.index, participant.row.name.text, result.reason, result.parameters)
        for participant, result in zip(participants, outcomes, strict=True)
        if isinstance(result, NotScored)
    ]
    if isinstance(execution, NotScored):
        blocked.append(Blocked(None, "", execution.reason, execution.parameters))
    elif execution is not None and isinstance(execution.outcome, NotScored):
        blocked.append(Blocked(None, execution.fund.name.text, execution.outcome.reason, execution.outcome.parameters))
    return tuple(blocked)


def row_score(
    index: int | None, name: str, told: str, weight: Fraction, effective: Fraction, outcome: Points | Judged, scheme: Scheme
) -> RowScore:
    """One row of the card, its points rounded where the scheme rounds rows."""
    provisional = "provisional" in outcome.notes or "not_due" in outcome.notes
    rounding = scheme.rounding
    if isinstance(outcome, Judged):
        low, high, points, exact = rounding.apply(outcome.low), rounding.apply(outcome.high), None, None
        steps = outcome.steps
    else:
        exact = outcome.exact
        points = low = high = rounded(outcome, effective, rounding, scheme.word("rounding.full"))
        steps = outcome.steps
        if points != exact:
            steps = (*steps, step("rounded", exact=exact, rounding=f"rounding.{rounding.name}", points=points))
    return RowScore(
        index, name, told, decimal(weight), decimal(effective), outcome.method, points, low, high, provisional, exact, outcome.notes, steps,
        outcome.met if isinstance(outcome, Points) else None,
    )  # fmt: skip


def card(scheme: Scheme, rows: tuple[RowScore, ...], shown: tuple[Redistribution, ...], skipped: tuple[int, ...]) -> Scorecard:
    """What the rows sum to. The grade is judged on the sum itself, never on a figure rounded for print."""
    ceiling = sum((row.effective for row in rows), Decimal(0))
    published = sum((row.weight for row in rows), Decimal(0))
    notes = () if published == 100 else ("weights_sum",)
    sums = [exactly(rows, scheme, "low"), exactly(rows, scheme, "high")]
    whole = scheme.rounding.apply if scheme.word("rounding.where") == "total" else decimal
    low, high = (whole(each) for each in sums)
    settled_ = all(row.points is not None for row in rows) and ceiling > 0
    return Scorecard(
        scheme=scheme,
        rows=rows,
        ceiling=ceiling,
        total=low if settled_ else None,
        low=low,
        high=high,
        grade=scheme.grade(sums[0] / Fraction(ceiling)) if settled_ else "",
        provisional=any(row.provisional for row in rows),
        redistributions=shown,
        skipped=skipped,
        notes=notes,
        steps=(step("weights", sum=published, ceiling=ceiling),),
    )


def exactly(rows: tuple[RowScore, ...], scheme: Scheme, end: str) -> Fraction:
    """The sum of the rows: of their rounded points, or of their exact ones where the scheme rounds the total only."""
    if scheme.word("rounding.where") == "total":
        return sum((row.exact if row.exact is not None else Fraction(getattr(row, end)) for row in rows), Fraction(0))
    return sum((Fraction(getattr(row, end)) for row in rows), Fraction(0))


def group(row: Indicator, scheme: Scheme) -> tuple[str, ...]:
    """Among which rows points are spread: those of the duty; in forms without duties, those of the level-1 indicator."""
    if row.duty is not None:
        return (str(row.duty),)
    level = scheme.level(row.category)
    return (level.key,) if level is not None else row.category[:1]


def back(shared: Spread, participants: list[Participant]) -> tuple[Redistribution, ...]:
    """Redistributions with the indices of the table's rows."""
    return tuple(
        Redistribution(
            tuple(participants[place].index for place in each.left),
            each.points,
            tuple((participants[place].index, share) for place, share in each.to),
        )
        for each in shared.redistributions
    )
