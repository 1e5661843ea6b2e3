"""Joining the parts of one row."""

from __future__ import annotations

from fractions import Fraction

import pytest

from zhiheng.scoring.outcome import Judged, NotScored, Outcome, Points
from zhiheng.scoring.parts import joined, part_weight
from zhiheng.scoring.trace import explain, told

TEN = Fraction(10)


def got(points: object, met: bool = False, *notes: str) -> Points:
    return Points("proportional", Fraction(str(points)), met, None, (), notes)


def ranged(low: object, high: object) -> Judged:
    return Judged("tiers", Fraction(str(low)), Fraction(str(high)), True, ())


@pytest.mark.parametrize(
    ("join", "parts", "low", "high", "met"),
    [
        ("all", [got(10, True), got(10, True)], 10, 10, True),
        ("all", [got(10, True), got(9)], 0, 0, False),
        ("all", [got(9), ranged(8, 10)], 0, 0, False),
        ("all", [got(10, True), ranged(8, 10)], 0, 10, None),
        ("any", [got(10, True), got(2)], 10, 10, True),
        ("any", [got(6), got(2)], 6, 6, False),
        ("any", [got(6), ranged(8, 10)], 8, 10, None),
        ("any", [got(10, True), ranged(8, 10)], 10, 10, True),
        ("weakest", [got(10, True), got(2)], 2, 2, False),
        ("weakest", [got(10, True), got(10, True)], 10, 10, True),
        ("weakest", [got(9), ranged(8, 10)], 8, 9, None),
        ("sum", [got(5, True), got(2)], 7, 7, False),
        ("sum", [got(5, True), ranged(4, 5)], 9, 10, None),
    ],
)
def test_joining(join: str, parts: list[Outcome], low: int, high: int, met: bool | None) -> None:
    outcome = joined(join, parts, ["甲", "乙"], TEN)
    if met is None:
        assert isinstance(outcome, Judged)
        assert (outcome.low, outcome.high) == (low, high)
    else:
        assert isinstance(outcome, Points)
        assert (outcome.exact, outcome.exact, outcome.met) == (low, high, met)


def test_a_part_that_cannot_be_scored_stops_the_row_and_says_which() -> None:
    units = (("actual", "人"), ("target", "套"))
    outcome = joined("sum", [got(5), NotScored("units_differ", units)], ["甲", "乙"], TEN)
    assert outcome == NotScored("part_not_scored", (*units, ("part", "乙"), ("reason", "reason.units_differ")))
    assert isinstance(outcome, NotScored)
    said = [told(f"reason.{outcome.reason}", outcome.parameters, language) for language in ("zh", "en")]
    assert said[0] == "其中“乙”不能计分：单位不同：目标为套，实际为人"
    assert said[1] == "part “乙” cannot be scored: units differ: target in 套, actual in 人"


def test_parts_that_add_up_share_the_points_equally() -> None:
    assert part_weight("sum", TEN, 4) == Fraction("2.5")
    assert part_weight("weakest", TEN, 4) == 10


def test_the_trace_names_each_part_and_the_notes_are_kept_once() -> None:
    outcome = joined("weakest", [got(1, False, "explain_over"), got(2, False, "explain_over")], ["宣传片", "方案"], TEN)
    assert isinstance(outcome, Points)
    assert outcome.notes == ("explain_over",)
    assert explain(outcome.steps) == ["其中“宣传片”：", "其中“方案”：", "以最差的一项为准：1至1"]
