"""Results made up by the search: any table of tests/strategies.py with actuals of every state, rounds, points and remarks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st
from tests.strategies import FIGURE_TEXTS, FIGURES, MAYBE, PLANS, SAID

from zhiheng.interchange.results import Baseline, Results, RoundValue, Row, of_plan
from zhiheng.plan.plan import Plan
from zhiheng.scoring.observation import (
    Counted,
    InParts,
    Missing,
    NotDue,
    NothingDue,
    NotOrganised,
    Observation,
    Provisional,
    Rated,
    Reported,
    Zero,
)
from zhiheng.values.parse import parse
from zhiheng.values.value import Missing as NoValue

AMOUNTS = st.decimals(0, 10**6, places=2).map(lambda number: Decimal(f"{number:f}"))
VALUES = st.sampled_from([value for text in FIGURES if text and not isinstance(value := parse(text).value, NoValue)])
MAYBE_VALUES = st.one_of(st.none(), VALUES)
SINGLE: st.SearchStrategy[Observation] = st.one_of(
    st.builds(Reported, VALUES, MAYBE_VALUES),
    st.just(Zero()),
    st.builds(Counted, AMOUNTS, AMOUNTS),
    st.just(Missing()),
    st.builds(NotDue, SAID),
    st.builds(NothingDue, SAID),
    st.builds(NotOrganised, SAID),
    st.builds(Provisional, SAID, VALUES),
    st.builds(Provisional, SAID, VALUES, VALUES, SAID),
    st.builds(Rated, st.integers(1, 3), AMOUNTS),
)
IN_PARTS = st.lists(SINGLE, min_size=1, max_size=3).map(lambda parts: InParts(tuple(parts)))
OBSERVATIONS: st.SearchStrategy[Observation] = st.one_of(SINGLE, SINGLE, SINGLE, IN_PARTS)
REMARKS = st.one_of(st.just(""), MAYBE, st.sampled_from(("备注：延期", "a｜b", "\\｜", "｜｜备注：", "\\")))

FURTHER = st.sampled_from(("", "", "125902万元；100721.6万元", "另：a｜b", "备注：\\"))


@st.composite
def rows(draw: Callable[..., object], year: int) -> Row:
    """What came of one indicator."""
    actual = draw(st.one_of(st.none(), OBSERVATIONS))
    days = sorted(draw(st.sets(st.dates(date(year, 1, 1), date(year, 12, 31)), max_size=2)))
    base = draw(st.one_of(st.none(), FIGURE_TEXTS.filter(bool)))
    return Row(
        baseline=Baseline(year - 1, parse(base)) if base else None,
        actual=actual,
        weight=draw(st.one_of(st.none(), AMOUNTS)),
        score=draw(st.one_of(st.none(), AMOUNTS)),
        comment=draw(REMARKS),
        responsible=draw(st.sampled_from(("", "规划与基础研究科"))),
        rounds=tuple(RoundValue(day, draw(OBSERVATIONS), draw(REMARKS), draw(FURTHER)) for day in days),
        further=draw(FURTHER) if actual is not None else "",
    )


@st.composite
def results(draw: Callable[..., object]) -> Results:
    """A table of any form with results."""
    plan: Plan = draw(st.one_of(*PLANS.values()))
    declared = of_plan(plan)
    assert plan.year is not None
    return Results(declared.plan, tuple(draw(rows(plan.year)) for _ in declared.rows))
