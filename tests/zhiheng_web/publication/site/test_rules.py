"""Rules of points as pieces: they are the scheme's, not drawn through the one figure that is published."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest

from zhiheng.scoring.around import Around
from zhiheng.scoring.observation import Reported
from zhiheng.values.parse import parse
from zhiheng_web.evaluation.observing import cadence
from zhiheng_web.local_rules import schemes
from zhiheng_web.publication.site import rules
from zhiheng_web.publication.site.rules import Linked

SCHEMES = sorted(schemes())


def rule_for(number: int, target: str, rule: dict[str, Any], scheme: str) -> Any:
    """The rule that is published for a cadence with this figure."""
    value = parse(target).value
    limit = rule.get("longest_gap")
    state = "met" if limit is not None and number <= rules.gap_limit(limit, value) else "missed"
    frozen = {"state": state, "unit": "天" if limit is not None else "", "rule": rule, "measure": "cadence"}
    seen = cadence(frozen, Decimal(number), value)
    part: Any = SimpleNamespace(measure="cadence", number=Decimal(number), numerator=None, denominator=None, rule=rule)
    return rules._rule(value, seen, schemes()[scheme], Around(year=2020), [Linked("figure", part)])


def share(rule: Any, figure: int) -> Fraction:
    a = Fraction(figure) * Fraction(rule["times"])
    for tests, (p, q, r, s) in rule["pieces"]:
        if all(rules.holds(a, op, Fraction(bound)) for op, bound in tests):
            found = (Fraction(p) + Fraction(q) * a) / (Fraction(r) + Fraction(s) * a)
            return min(max(found, Fraction(0)), Fraction(1))
    raise AssertionError(figure)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("target", "bound", "limit"), [("2周/次", 14, 14), ("每周1次", 14, 7), ("每月1次", 40, 40)])
def test_the_longer_the_gap_the_fewer_points_whichever_gap_is_published(scheme: str, target: str, bound: int, limit: int) -> None:
    """One rule for all figures: whatever gap the department had, another gap recomputes to what the scheme gives for that one."""
    whole = [rule_for(gap, target, {"longest_gap": bound}, scheme) for gap in range(1, 3 * limit)]
    assert all(one is not None and one["figure"] == "figure" for one in whole)
    own = [share(one, gap) for gap, one in enumerate(whole, 1)]
    for one in whole:
        assert [share(one, gap) for gap in range(1, 3 * limit)] == own
    assert own[:limit] == [Fraction(1)] * limit
    assert all(after <= before for before, after in pairwise(own))
    assert own[limit] < 1


def test_by_the_national_scheme_a_gap_of_twice_the_limit_is_worth_half() -> None:
    rule = rule_for(12, "2周/次", {"longest_gap": 14}, "national")
    assert [share(rule, gap) for gap in (12, 14, 20, 28, 56)] == [1, 1, Fraction(7, 10), Fraction(1, 2), Fraction(1, 4)]


@pytest.mark.parametrize("worst", [1, 6, 8, 9])
def test_a_window_counts_as_often_as_it_comes_in_a_year(worst: int) -> None:
    rule = rule_for(worst, "每月8篇", {"window": "month"}, "national")
    assert rule["times"] == "12"
    assert [share(rule, number) for number in (2, 8, 12)] == [Fraction(1, 4), 1, 1]


def test_one_figure_for_several_measures_is_asked_of_each() -> None:
    """组织对接次数/对接企业数10 with a unit that only the actual names."""
    target = parse("组织对接次数/对接企业数10").value
    asked = rules.asked_of_each(target)
    assert asked == parse("10").value
    assert rules.asked_of_each(parse("4期").value) == parse("4期").value
    part: Any = SimpleNamespace(measure="flow", number=Decimal(11), numerator=None, denominator=None, rule={})
    rule = rules._rule(asked, Reported(parse("11次").value), schemes()["national"], Around(year=2020), [Linked("figure", part)])
    assert rule["figure"] == "figure"
    assert [share(rule, number) for number in (5, 10, 11)] == [Fraction(1, 2), 1, 1]
