"""Rows as tables print them, by the case files, and what the cases cannot say."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.plans import plan_of

from zhiheng.scoring.around import around, value_of
from zhiheng.scoring.observation import observed
from zhiheng.scoring.outcome import Judged, NotScored, Outcome, Points
from zhiheng.scoring.row import attain
from zhiheng.scoring.scheme import Scheme
from zhiheng.scoring.scheme_file import load, scheme
from zhiheng.scoring.states import outcome_of
from zhiheng.scoring.trace import explain, texts
from zhiheng.values.value import Comparator, Deadline, Quantity, Relative, Tier, Unresolved

FOLDER = Path(__file__).parents[2] / "cases" / "scoring"
CASES = [
    pytest.param(path.stem, case, id=f"{path.stem}-{case['name']}")
    for path in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]


def outcome(case: dict[str, Any], by: Scheme) -> Outcome:
    row: dict[str, Any] = {"name": case.get("row", "某项工作"), "target": case["target"], "actual": case["actual"], "weight": "10"}
    if "last_year" in case:
        row["references"] = {"last_year": case["last_year"]}
    plan = plan_of({"year": 2022, "indicators": [row]}).plan
    (indicator,) = plan.indicators
    assert indicator.actual is not None
    weight = Fraction(case.get("weight", "10"))
    return outcome_of(value_of(indicator.target), observed(indicator.actual), weight, by, around(plan, indicator, by))


@pytest.mark.parametrize(("name", "case"), CASES)
def test_case(name: str, case: dict[str, Any]) -> None:
    found = outcome(case, scheme(name))
    match found:
        case Points(method, exact):
            assert "points" in case, found
            assert exact == Fraction(case["points"]), found
            assert case.get("method", method) == method
        case Judged(_, low, high, closed):
            assert "range" in case, found
            assert [low, high, closed] == [Fraction(case["range"][0]), Fraction(case["range"][1]), "open" not in case["range"][2:]], found
        case NotScored(reason):
            assert reason == case.get("reason"), found
            assert f"reason.{reason}" in texts()
            return
    assert list(found.notes) == case.get("notes", [])
    for language in ("zh", "en"):
        lines = explain(found.steps, language)
        assert lines
        assert all("{" not in line for line in lines)


def test_there_are_cases_of_every_kind() -> None:
    kinds = {key for param in CASES for key in ("points", "range", "reason") if key in param.values[1]}  # type: ignore[operator]
    assert kinds == {"points", "range", "reason"}
    assert len(CASES) > 80


OWN = """
[scheme]
zh = "本单位方案"
en = "own"
from = 2024-01-01
extends = "national"
basis = "本单位规定"
status = "convention"
"""


def own(text: str) -> Scheme:
    return load("own.toml", OWN + text)


def changed(key: str, value: str) -> Scheme:
    section, name = key.split(".")
    return own(f'[{section}]\n{name} = {{ value = "{value}", zh = "甲", en = "a", basis = "本单位规定", status = "convention" }}\n')


CASE = {"name": "", "row": "认定数量", "target": "≥100家", "actual": "59家"}


@pytest.mark.parametrize(("actual", "points"), [("59家", "0"), ("60家", "6"), ("100家", "10")])
def test_below_the_pass_mark_there_are_no_points(actual: str, points: str) -> None:
    found = outcome({**CASE, "actual": actual}, changed("methods.pass_mark", "0.6"))
    assert isinstance(found, Points)
    assert found.exact == Fraction(points)


@pytest.mark.parametrize(
    ("key", "value", "actual", "points"),
    [
        ("methods.at_least", "yes_no", "99家", "0"),
        ("methods.at_least", "yes_no", "100家", "10"),
        ("methods.at_least", "banded", "95家", "8"),
        ("methods.at_least", "distance", "75家", "5"),
    ],
)
def test_the_method_of_a_kind_of_target_is_data(key: str, value: str, actual: str, points: str) -> None:
    found = outcome({**CASE, "actual": actual, "last_year": "50家"}, changed(key, value))
    assert isinstance(found, Points)
    assert (found.method, found.exact) == (value, Fraction(points))


@pytest.mark.parametrize(("last_year", "reason"), [("50人", "start_missing"), ("无", "start_missing"), ("", "start_missing")])
def test_a_distance_needs_a_start_in_the_unit_of_the_target(last_year: str, reason: str) -> None:
    found = outcome({**CASE, "last_year": last_year}, changed("methods.at_least", "distance"))
    assert found == NotScored(reason)


def test_the_scheme_may_name_the_start_of_an_indicator() -> None:
    rule = '[rows."认定数量"]\nen = "n"\npath = []\nbasis = "本单位规定"\nstatus = "convention"\nmethod = "distance"\nstart = "60"\n'
    found = outcome({**CASE, "actual": "80家"}, own(rule))
    assert isinstance(found, Points)
    assert found.exact == 5


def test_what_no_formula_covers_can_be_set_to_nothing() -> None:
    late = {**CASE, "target": "9月前", "actual": "11月"}
    found = outcome(late, changed("methods.no_formula", "zero"))
    assert isinstance(found, Points)
    assert found.exact == 0


def test_an_indicator_may_have_its_own_way_of_joining_parts() -> None:
    case = {**CASE, "target": "1部宣传片,2套方案", "actual": "1部宣传片,1套方案"}
    for join, points in (("all", 0), ("any", 10), ("weakest", 5), ("sum", Fraction("7.5"))):
        rule = f'[rows."认定数量"]\nen = "n"\npath = []\nbasis = "本单位规定"\nstatus = "convention"\njoin = "{join}"\n'
        found = outcome(case, own(rule))
        assert isinstance(found, Points)
        assert (found.method, found.exact) == (f"parts_{join}", points)


TEN = Fraction(10)


def against(target: Relative, actual: Quantity, benchmark: object) -> Outcome:
    plan = plan_of({"indicators": [{"name": "投入占比", "target": "达到全省平均水平", "actual": "2%"}]}).plan
    surroundings = around(plan, plan.indicators[0], scheme(), benchmark)  # type: ignore[arg-type]
    return attain(target, actual, TEN, scheme(), surroundings)


def percent(amount: str, op: Comparator = Comparator.EQ) -> Quantity:
    from decimal import Decimal

    return Quantity(Decimal(amount), "%", op)


@pytest.mark.parametrize(
    ("target", "actual", "points"),
    [
        (Relative("全省平均", Comparator.GE), "2.4", "9.6"),
        (Relative("全省平均", Comparator.LE), "2.75", "9"),
        (Relative("全省平均", Comparator.GE, "up", percent("4").amount, "%"), "2.6", "10"),
        (Relative("全省平均", Comparator.GE, "up", percent("0.5").amount, "个百分点"), "1.5", "5"),
        (Relative("上年", Comparator.GE, "down", percent("0.5").amount, "个百分点"), "2.2", "9"),
        (Relative("上年", Comparator.LE, "down", percent("0.5").amount, "个百分点"), "1.8", "9"),
        (Relative("上年", Comparator.LE, "up", percent("0.5").amount, "个百分点"), "3.3", "9"),
        (Relative("上年", Comparator.LE, "up", percent("4").amount, "%"), "2.86", "9"),
    ],
)
def test_a_relative_target_becomes_its_benchmark_moved_by_the_change(target: Relative, actual: str, points: str) -> None:
    found = against(target, percent(actual), percent("2.5"))
    assert isinstance(found, Points)
    assert found.exact == Fraction(points)
    assert "基准值2.5%" in explain(found.steps)[0]


def test_percentage_points_of_a_count_and_a_benchmark_of_another_kind_are_refused() -> None:
    from decimal import Decimal

    points = Relative("上年", Comparator.GE, "up", Decimal(5), "个百分点")
    assert isinstance(against(points, percent("5"), Quantity(Decimal(50), "家")), NotScored)
    assert against(Relative("全省平均", Comparator.GE), percent("5"), Deadline(Comparator.LE, 2020)) == NotScored(
        "benchmark_missing", (("base", "全省平均"),)
    )
    assert isinstance(against(Relative("全省平均", Comparator.GE), Quantity(Decimal(5), "家"), percent("2")), NotScored)


def test_a_relative_target_answered_in_the_same_words_is_a_claim() -> None:
    same = Relative("全省平均", Comparator.GE)
    found = attain(
        same, same, TEN, scheme(), around(plan_of({}).plan, plan_of({"indicators": [{"name": "甲"}]}).plan.indicators[0], scheme())
    )
    assert isinstance(found, Judged)
    assert (found.low, found.high) == (8, 10)


def test_a_tier_beyond_the_scheme_is_refused() -> None:
    two = own(
        '[tiers]\nbands = { value = [["0.6", "1"], ["0", "0.6"]], zh = "甲", en = "a", basis = "本单位规定", status = "convention" }\n'
    )
    found = outcome({**CASE, "actual": "未达成预期指标且效果较差"}, two)
    assert found == NotScored("tier_unknown", (("tier", "3"),))
    assert isinstance(
        attain(Tier("attainment", "达成预期指标"), Tier("attainment", "达成预期指标"), TEN, scheme(), around_nothing()), Judged
    )


def around_nothing() -> Any:
    plan = plan_of({"indicators": [{"name": "甲"}]}).plan
    return around(plan, plan.indicators[0], scheme())


def test_inexact_actuals_of_a_method_that_cannot_score_stay_unscored() -> None:
    assert outcome({**CASE, "actual": "80-90家"}, changed("methods.at_least", "distance")) == NotScored("start_missing")
    below = Quantity(percent("-9").amount, "%", Comparator.BETWEEN, percent("-3").amount)
    ratio = changed("methods.at_most", "reverse_ratio")
    assert attain(percent("-5", Comparator.LE), below, TEN, ratio, around_nothing()) == NotScored("ratio_of_negative")


def test_a_ratio_without_a_denominator_is_no_number() -> None:
    from zhiheng.values.value import Ratio

    none = Ratio(TEN.numerator, TEN.numerator * 0)  # type: ignore[arg-type]
    assert attain(none, none, TEN, scheme(), around_nothing()) == NotScored("target_no_number")
    assert attain(percent("10", Comparator.GE), none, TEN, scheme(), around_nothing()) == NotScored("actual_no_number")
    other = Quantity(percent("10").amount, "家", Comparator.GE, None, None, "省级")
    assert isinstance(attain(other, Quantity(percent("9").amount, "家", qualifier="国家级"), TEN, scheme(), around_nothing()), NotScored)
    assert isinstance(attain(other, Quantity(percent("9").amount, "家"), TEN, scheme(), around_nothing()), Points)


def test_an_open_range_leaves_out_its_end() -> None:
    from dataclasses import replace

    half = replace(percent("3", Comparator.BETWEEN), upper=percent("5").amount, bounds="[)")
    found = attain(half, percent("5"), TEN, scheme(), around_nothing())
    assert isinstance(found, Points)
    assert (found.exact, found.met, found.notes) == (10, False, ("limit_only",))
    found = attain(replace(half, bounds="(]"), percent("3"), TEN, scheme(), around_nothing())
    assert isinstance(found, Points)
    assert found.met is False


def either(*amounts: tuple[str, str], reason: str = "rate_or_number") -> Unresolved:
    from decimal import Decimal

    return Unresolved(tuple(Quantity(Decimal(amount), unit) for amount, unit in amounts), reason)


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        (either(("100", ""), ("100", "%")), either(("90", ""), ("90", "%")), 9),  # open alike: read alike
        (either(("100", ""), ("100", "%")), percent("90"), 9),  # both readings give nine
        (either(("100", ""), ("1", "%")), percent("90"), "target_unresolved"),
        (percent("100"), either(("90", "%"), ("80", "%")), "actual_unresolved"),
        (either(("100", "%"), ("50", "%")), either(("90", "%"), ("80", "%"), reason="another"), "target_unresolved"),
        (either(), percent("90"), "target_unresolved"),
        (either(("100", "家"), ("100", "%")), Quantity(percent("90").amount, "人"), "target_unresolved"),
    ],
)
def test_an_open_reading_is_scored_only_where_all_its_readings_agree(target: Any, actual: Any, expected: Any) -> None:
    found = attain(target, actual, TEN, scheme(), around_nothing())
    assert (found.exact if isinstance(found, Points) else found.reason if isinstance(found, NotScored) else None) == expected


def test_open_readings_that_agree_on_a_range_keep_it() -> None:
    words = Unresolved((Tier("attainment", "达成预期指标"), Tier("attainment", "达成预期指标")), "any")
    found = attain(percent("90"), words, TEN, scheme(), around_nothing())
    assert isinstance(found, Judged)
