"""Context: what stands beside a table and cannot be read from it — earlier years, the approved version, evidence, a round, a page.

A rule that needs what is not given says nothing: nothing is known, and silence is no praise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zhiheng.monitoring.deviation import Stated
from zhiheng.monitoring.judgement import Judgement
from zhiheng.monitoring.lamp import Lamp
from zhiheng.monitoring.policy import Policy
from zhiheng.plan.plan import Plan
from zhiheng.scoring.observation import Observation
from zhiheng.values.value import Value


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One indicator in a monitoring round: how it was judged, what was observed, what the office states.

    ``previous`` is the running total of the round before (None for rates and levels), ``last_lamp`` its lamp there,
    ``execution`` the judgement of the money that pays for this row alone.
    """

    judgement: Judgement
    actual: Observation
    stated: Stated = field(default_factory=Stated)
    previous: Value | None = None
    last_lamp: Lamp | None = None
    execution: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """A monitoring round of the table: its policy, the last day of its data, its rows by index of the indicator, the whole money."""

    policy: Policy
    day: date
    rows: Mapping[int, RoundRow] = field(default_factory=dict)
    execution: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """How the table is, or is to be, published.

    ``approved_on`` is the day of finance's approval; ``published_on`` None while it is not yet public, ``on`` is then the day of
    asking. ``title`` is that of the page as published. ``approved`` is the version that finance approved; ``withheld`` are names of
    indicators and of fields (target, budget…) left out on a declared ground, which is no difference.
    """

    approved_on: date | None = None
    published_on: date | None = None
    on: date | None = None
    title: str = ""
    approved: Plan | None = None
    withheld: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Context:
    """``earlier`` are the plans of years before, newest first; ``approved`` the version in force; ``evidence`` how many pieces of
    evidence prove each indicator, by index; ``grounds`` on what a person judged an indicator, by index, where the form has no column
    for it; ``review_total`` what a review gave of 100.
    """

    earlier: tuple[Plan, ...] = ()
    approved: Plan | None = None
    evidence: Mapping[int, int] | None = None
    grounds: Mapping[int, str] | None = None
    review_total: Decimal | None = None
    round: Round | None = None
    publication: Publication | None = None


NOTHING = Context()
