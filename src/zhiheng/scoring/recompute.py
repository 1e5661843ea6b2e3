"""Recomputing a published self-evaluation: every row's points again, and where the published ones differ.

Offices round in different ways and follow different variants, so what the table follows is read off the table first and
said; a figure that does not agree with it is a difference to show, not a table that cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import partial

from zhiheng.plan.place import Place
from zhiheng.plan.plan import Figure, Fund, Indicator, Plan
from zhiheng.scoring.around import around, value_of
from zhiheng.scoring.funds import execution_of, total_fund
from zhiheng.scoring.inference import ALTERNATIVES, Inference, Witness, infer, variant
from zhiheng.scoring.observation import InParts, Reported, number_of, observed
from zhiheng.scoring.outcome import Judged, NotScored, Outcome, Points, rounded
from zhiheng.scoring.rounding import ROUNDINGS, decimal
from zhiheng.scoring.row import attain
from zhiheng.scoring.scheme import Scheme
from zhiheng.scoring.scheme_file import names, scheme
from zhiheng.scoring.scorecard import Refusal, empty, lacking
from zhiheng.scoring.states import outcome_of
from zhiheng.scoring.totals import GradeCheck, LevelCheck, TotalCheck, form_fit, grade_check, level_checks, suits, total_check, weight_check
from zhiheng.scoring.trace import Step, step


class Verdict(StrEnum):
    """How a published figure stands to the recomputed one. The order of the list is the order of explanation."""

    EQUAL = "equal"
    DIFFERS = "differs"
    INSIDE = "inside"  # judged by a person, within the range its tier allows
    OUTSIDE = "outside"  # judged by a person, outside that range
    UNPUBLISHED = "unpublished"  # 得分 blank though the points can be computed
    NOT_COMPUTABLE = "not_computable"  # ``reason`` says why


@dataclass(frozen=True, slots=True)
class RowCheck:
    """One row: what was published, what its figures give, and by which method.

    ``index`` None is the execution rate. ``expected`` is None for rows that are judged (then ``low``, ``high``, and ``closed``
    whether ``high`` itself may be given) or cannot be computed (then ``reason``, filled by ``parameters``). ``explained_by``
    names the other roundings and formulas (``rounding.half_up_0``, ``method.reverse_ratio``) that would give the published figure.
    """

    index: int | None
    name: str
    place: Place
    weight: Decimal | None
    published: Decimal | None
    verdict: Verdict
    method: str = ""
    expected: Decimal | None = None
    exact: Fraction | None = None
    rate: Fraction | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    closed: bool = True
    reason: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    explained_by: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether the published figure is not what it should be."""
        return self.verdict in (Verdict.DIFFERS, Verdict.OUTSIDE, Verdict.UNPUBLISHED)


@dataclass(frozen=True, slots=True)
class Recomputation:
    """A whole table. ``rows`` are in the order of its indicators; ``execution`` is None where the form scores no execution."""

    inference: Inference
    rows: tuple[RowCheck, ...]
    execution: RowCheck | None
    weights: TotalCheck
    levels: tuple[LevelCheck, ...]
    total: TotalCheck
    grade: GradeCheck | None

    @property
    def all_rows(self) -> tuple[RowCheck, ...]:
        """The execution rate, where there is one, and the indicators."""
        return (self.execution, *self.rows) if self.execution is not None else self.rows

    @property
    def differences(self) -> tuple[RowCheck, ...]:
        """The rows whose published figure is not what it should be."""
        return tuple(row for row in self.all_rows if row.differs)

    @property
    def agrees(self) -> bool:
        """Whether rows, total and grade all stand as published."""
        grade = self.grade is None or not self.grade.differs
        weights = self.weights.summed == self.weights.expected and not self.weights.differs
        return not self.differences and not self.total.differs and weights and grade


@dataclass(frozen=True, slots=True)
class Line:
    """One scored line of the table: an indicator, or the execution rate when ``index`` is None."""

    index: int | None
    source: Indicator | Fund
    weight: Decimal | None
    points: Figure | None

    @property
    def published(self) -> Decimal | None:
        """得分 as published."""
        return number_of(self.points)

    @property
    def place(self) -> Place:
        """Where 得分 stands, else where the row stands."""
        if self.points is not None and self.points.place.row is not None:
            return self.points.place
        return self.source.place if isinstance(self.source, Indicator) else self.source.name.place


def recompute(plan: Plan, stated: Scheme | None = None) -> Recomputation | Refusal:
    """Recompute the points of a published table.

    With a ``stated`` scheme the table is held to its formulas and weights and only the rounding is inferred; without one the
    nearest of the shipped schemes is found. Refused: a table without 分值, without actuals or without targets as a whole.
    """
    columns = lacking(plan, ("weight", "target", "actual"))
    if columns:
        return Refusal(columns)
    lines = list(lines_of(plan))

    telling = [line for line in lines if line.weight != line.published]  # full points say nothing of a rounding

    def witnesses(tried: Scheme) -> list[Witness]:
        return [
            Witness(Fraction(line.weight), line.published, outcome(plan, line, tried))
            for line in telling
            if line.weight is not None and line.published is not None
        ]

    candidates = [stated] if stated is not None else candidates_for(plan)
    found = infer(candidates, stated is not None, witnesses, partial(form_fit, plan))
    checks = [check(plan, line, found) for line in lines]
    has_points = any(line.points is not None for line in lines)
    if not has_points:  # a form without the column owes no figure
        checks = [replace(row, verdict=Verdict.NOT_COMPUTABLE, reason="no_points_column") if row.differs else row for row in checks]
    rows = tuple(row for row in checks if row.index is not None)
    execution = next((row for row in checks if row.index is None), None)
    counted = [(row.published, expected_of(row), row.weight) for row in checks]
    return Recomputation(
        inference=found,
        rows=rows,
        execution=execution,
        weights=weight_check(plan, [row.weight for row in checks]),
        levels=level_checks(plan, found.scheme),
        total=total_check(plan, counted, found.rounding),
        grade=grade_check(plan, found.scheme),
    )


def candidates_for(plan: Plan) -> list[Scheme]:
    """The shipped schemes that the table's form allows; the general one where it allows none."""
    general = scheme()
    return [each for each in map(scheme, names()) if suits(plan, each, general)] or [general]


def lines_of(plan: Plan) -> Iterator[Line]:
    """The execution rate, where the form gives it points, then the indicators."""
    fund = total_fund(plan)
    if fund is not None and (weight := number_of(fund.points)) is not None:
        yield Line(None, fund, weight, fund.score)
    for index, row in enumerate(plan.indicators):
        yield Line(index, row, number_of(row.weight), row.points)


def outcome(plan: Plan, line: Line, by: Scheme) -> Outcome:
    """What a line's own figures give."""
    if line.weight is None:
        blank = isinstance(line.source, Indicator) and empty(line.source)
        return NotScored("blank_row" if blank else "weight_missing")
    if line.weight < 0:
        return NotScored("weight_negative")
    if isinstance(line.source, Fund):
        return execution_of(line.source, line.weight, by)
    target, actual = value_of(line.source.target), line.source.actual
    if target is None or actual is None:
        return NotScored("target_missing" if target is None else "actual_missing")
    weight, surroundings = Fraction(line.weight), around(plan, line.source, by)
    match observed(actual):
        case InParts() | Reported() as seen:
            return outcome_of(target, seen, weight, by, surroundings)
        case _:  # what a state is worth, a published table decided for itself
            return attain(target, actual.reading.value, weight, by, surroundings)


def check(plan: Plan, line: Line, found: Inference) -> RowCheck:
    """One line held against what its figures give."""
    result = outcome(plan, line, found.scheme)
    row = RowCheck(line.index, line.source.name.text, line.place, line.weight, line.published, Verdict.NOT_COMPUTABLE)
    match result:
        case NotScored(reason, parameters):
            return replace(row, reason=reason, parameters=parameters)
        case Judged():
            return judged(row, result, found)
        case Points():
            return computed(plan, line, row, result, found)


def judged(row: RowCheck, result: Judged, found: Inference) -> RowCheck:
    """A line that a person judges: its published points must lie in the range."""
    row = replace(
        row,
        method=result.method,
        low=decimal_or_rounded(result.low),
        high=decimal_or_rounded(result.high),
        closed=result.closed,
        notes=result.notes,
        steps=result.steps,
    )
    if row.published is None:
        return replace(row, verdict=Verdict.UNPUBLISHED)
    if result.method == "by_hand" and result.holds(Fraction(row.published)):
        return replace(row, verdict=Verdict.NOT_COMPUTABLE, reason="by_hand")
    if result.holds(Fraction(row.published)):
        return replace(row, verdict=Verdict.INSIDE)
    # A range between figures that are rounded holds what they round to.
    ends = {found.rounding.apply(result.low), found.rounding.apply(result.high)} if result.method != "tiers" and result.closed else set()
    return replace(row, verdict=Verdict.INSIDE if row.published in ends else Verdict.OUTSIDE)


def decimal_or_rounded(exact: Fraction) -> Decimal:
    """A bound for print: exact where it has a finite decimal, else to four places."""
    try:
        return decimal(exact)
    except ValueError:
        return ROUNDINGS["half_up_4"].apply(exact)


def computed(plan: Plan, line: Line, row: RowCheck, result: Points, found: Inference) -> RowCheck:
    """A line whose points follow from its figures."""
    weight = Fraction(row.weight or 0)
    expected = rounded(result, weight, found.rounding, "as_rounded")
    steps = result.steps
    if expected != result.exact:
        steps = (*steps, step("rounded", exact=result.exact, rounding=f"rounding.{found.rounding.name}", points=expected))
    notes = result.notes
    if row.published is not None and not result.met and weight and row.published >= weight and result.exact < weight:
        notes = (*notes, "full_unmet")
    row = replace(row, method=result.method, expected=expected, exact=result.exact, rate=result.rate, notes=notes, steps=steps)
    if row.published is None:
        return replace(row, verdict=Verdict.UNPUBLISHED)
    if row.published == expected:
        return replace(row, verdict=Verdict.EQUAL)
    return replace(row, verdict=Verdict.DIFFERS, explained_by=explanations(plan, line, row, found))


def explanations(plan: Plan, line: Line, row: RowCheck, found: Inference) -> tuple[str, ...]:
    """Other roundings, then other formulas, under which the published figure would be right."""
    said: list[str] = []
    weight = Fraction(row.weight or 0)
    if row.exact is not None and 0 < row.exact < weight:
        said += [f"rounding.{name}" for name in roundings_to(row.exact, row.published)]
    for key, values in ALTERNATIVES.items():
        for value in values:
            if value == found.scheme.word(key):
                continue
            other = outcome(plan, line, variant(found.scheme, [(key, value)]))
            if isinstance(other, Points) and other.exact != row.exact and agrees(other, weight, row.published):
                said.append(f"method.{value}")
    return tuple(said)


def roundings_to(exact: Fraction, published: Decimal | None) -> list[str]:
    """The roundings that make a figure of another; half even only where the usual half up does not."""
    named = [name for name, rounding in ROUNDINGS.items() if rounding.apply(exact) == published]
    return [name for name in named if name.replace("half_even", "half_up") == name or name.replace("half_even", "half_up") not in named]


def agrees(points: Points, weight: Fraction, published: Decimal | None) -> bool:
    """Whether points give the published figure under one of the common roundings."""
    return any(rounded(points, weight, rounding, "as_rounded") == published for rounding in ROUNDINGS.values())


def expected_of(row: RowCheck) -> Decimal | None:
    """What a row adds to the recomputed total; None where nothing is known of it."""
    if row.expected is not None:
        return row.expected
    if row.verdict is Verdict.INSIDE or row.reason == "by_hand":
        return row.published
    return (row.published or Decimal(0)) if row.weight is None else None
