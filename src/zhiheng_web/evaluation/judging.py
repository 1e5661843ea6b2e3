"""Which rows a person judges: those that no formula covers, and the points they are judged within."""

from __future__ import annotations

from fractions import Fraction

from zhiheng.scoring.around import around, value_of
from zhiheng.scoring.observation import Missing
from zhiheng.scoring.outcome import Points
from zhiheng.scoring.row import NUMERIC
from zhiheng.scoring.scorecard import Refusal as NoScore
from zhiheng.scoring.states import outcome_of
from zhiheng.values.value import Parts, Relative, Unresolved
from zhiheng_web.evaluation.declaring import left_to_a_person
from zhiheng_web.evaluation.loading import Filled
from zhiheng_web.wording import Text

TIER_NAMES = {
    1: Text("达成年度指标", "Reached"),
    2: Text("部分达成年度指标并具有一定效果", "Partly reached, with some effect"),
    3: Text("未达成年度指标且效果较差", "Not reached, little effect"),
}
"""The three tiers of the form, as a person judges them."""
FIGURES = (*NUMERIC, Relative, Parts, Unresolved)
"""Kinds of targets that ask for a figure: a person cannot stand in for it, but for several that nobody counts."""


def weight_of(held: Filled, place: int) -> Fraction:
    """The points a row is judged within: after spreading, where there is a card."""
    if not isinstance(held.scored, NoScore):
        own = next((row.effective for row in held.scored.computed.rows if row.index == place), None)
        if own:
            return Fraction(own)
    return Fraction(held.rows[place].points or 0)


def judgeable(held: Filled, place: int) -> bool:
    """Whether a person must say what the row is worth: no formula covers what was found, or nothing was found of a target in words or
    of one with several measures that no ledger counts.
    """
    plan = held.ground.table.plan
    indicator, observed = plan.indicators[place], held.unjudged[place]
    target = value_of(indicator.target)
    if isinstance(observed, Missing):
        return not isinstance(target, FIGURES) or left_to_a_person(held.rows[place])
    found = outcome_of(target, observed, Fraction(held.rows[place].points or 0), held.scheme, around(plan, indicator, held.scheme))
    return not isinstance(found, Points)
