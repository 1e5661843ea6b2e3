"""The department-wide frame: formulas by hand, states that are never 0 %, points as the two published practices give them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.evaluation.frame import (
    Absence,
    Found,
    Standard,
    State,
    Unit,
    Value,
    about,
    direction_name,
    explain,
    inputs,
    practices,
    ratios,
    score,
    unit_name,
    work_out,
)
from zhiheng.parameters.parameters import STATUSES

F = Fraction
WAN = 10000


def found(code: str, **values: Value | int) -> Found:
    return work_out(ratios()[code], {name: F(value) if isinstance(value, int) else value for name, value in values.items()})


@pytest.mark.parametrize(
    ("code", "values", "percent"),
    [
        ("staff_control", {"staff": 43, "staff_quota": 42}, "102.38"),
        ("public_three_change", {"public_three": 90, "public_three_last": 120}, "-25"),
        ("key_share", {"key_spending": 3, "project_spending": 4}, "75"),
        ("budget_completion", {"completed": 105, "budget": 100}, "105"),
        ("budget_adjustment", {"adjusted": 30, "adjusted_excluded": 20, "budget": 200}, "5"),
        ("payment_pace", {"payment_made": 50, "payment_due": 60}, "83.33"),
        ("carryover_rate", {"carryover": 7, "spending_budget": 100}, "7"),
        ("carryover_change", {"carryover": 7, "carryover_last": 14}, "-50"),
        ("office_control", {"office_actual": 99, "office_budget": 100}, "99"),
        ("public_three_control", {"public_three": 0, "public_three_budget": 10}, "0"),
        ("procurement", {"procurement_actual": 1, "procurement_budget": 3}, "33.33"),
        ("asset_use", {"assets_used": 9, "assets_total": 10}, "90"),
        ("work_completion", {"work_done": 4, "work_planned": 5}, "80"),
        ("work_timeliness", {"work_on_time": 3, "work_planned": 5}, "60"),
        ("work_quality", {"work_qualified": 5, "work_planned": 5}, "100"),
        ("key_work_done", {"tasks_done": 2, "tasks_assigned": 3}, "66.67"),
    ],
)
def test_every_ratio_by_hand(code: str, values: dict[str, int], percent: str) -> None:
    answer = found(code, **values)
    assert (answer.state, answer.percent, answer.words()) == (State.RATE, percent, f"{percent}%")


def test_every_ratio_is_among_those() -> None:
    mark = next(one for one in test_every_ratio_by_hand.pytestmark if one.name == "parametrize")  # type: ignore[attr-defined]
    assert {row[0] for row in mark.args[1]} == set(ratios())


def test_the_data_say_what_they_rest_on_and_call_nothing_law() -> None:
    for ratio in ratios().values():
        assert ratio.status in STATUSES
        assert ratio.status != "verified"
        assert ratio.basis
        assert set(ratio.codes) <= set(inputs())
        assert ratio.direction in ("lower", "higher")
        assert ratio.name("en") != ratio.name()
    assert {code for ratio in ratios().values() for code in ratio.codes} == set(inputs())
    assert about()["status"] == "unverified"
    assert unit_name(Unit.YUAN) == "万元"
    assert direction_name("lower", "en") == "lower is better"


def test_states_are_words_and_never_nought_per_cent() -> None:
    missing = found("staff_control", staff=43)
    assert (missing.state, missing.rate, missing.percent, missing.words()) == (State.MISSING, None, "", "缺数据：编制数")
    assert missing.words("en") == "Data missing: Authorised posts"
    none = found("procurement", procurement_actual=0, procurement_budget=Absence.NOT_APPLICABLE)
    assert (none.state, none.words()) == (State.NOT_APPLICABLE, "不适用：政府采购预算数")
    both = found("procurement", procurement_budget=Absence.NOT_APPLICABLE)
    assert both.state is State.NOT_APPLICABLE
    above = found("budget_adjustment", adjusted_excluded=Absence.NOT_APPLICABLE, budget=5)
    assert (above.state, above.words()) == (State.MISSING, "缺数据：预算调整数")
    whole = found("budget_adjustment", adjusted=1, adjusted_excluded=Absence.NOT_APPLICABLE, budget=5)
    assert (whole.state, whole.percent) == (State.NOT_APPLICABLE, "")
    zero = found("public_three_change", public_three=5, public_three_last=0)
    assert (zero.state, zero.words()) == (State.NO_DENOMINATOR, "分母为 0（上年“三公”经费支出），没有比率")
    assert found("budget_completion", completed=0, budget=5).percent == "0"


def test_contradictions_are_told_and_not_scored() -> None:
    more = found("asset_use", assets_used=11, assets_total=10)
    assert (more.state, more.rate) == (State.CONTRADICTORY, None)
    assert more.words() == "部分大于总体：在用固定资产总额 大于 固定资产总额，请核对"
    assert found("budget_adjustment", adjusted=10, adjusted_excluded=11, budget=100).state is State.NEGATIVE
    assert score(more, Standard(F(5), F(1), F(1, 100), F(1, 2))).points is None


@pytest.mark.parametrize(
    ("practice", "code", "values", "points"),
    [
        ("five_eight", "staff_control", {"staff": 42, "staff_quota": 42}, "5"),
        ("five_eight", "staff_control", {"staff": 43, "staff_quota": 42}, "4"),  # 102.38 %: two whole points, 0.5 each
        ("five_eight", "staff_control", {"staff": 63, "staff_quota": 42}, "0"),
        ("five_eight", "public_three_change", {"public_three": 100, "public_three_last": 120}, "8"),
        ("five_eight", "public_three_change", {"public_three": 103, "public_three_last": 100}, "5.6"),
        ("one_three", "staff_control", {"staff": 103, "staff_quota": 100}, "0.7"),
        ("one_three", "public_three_change", {"public_three": 105, "public_three_last": 100}, "1.5"),
    ],
)
def test_points_of_the_published_practices(practice: str, code: str, values: dict[str, int], points: str) -> None:
    scored = score(found(code, **values), practices()[practice].standards[code])
    assert scored.points == F(points)


def test_short_of_a_condition_where_higher_is_better() -> None:
    standard = Standard(F(4), F(95, 100), F(1, 100), F(1, 2), F(1))
    full = score(found("procurement", procurement_actual=96, procurement_budget=100), standard)
    assert full.points == 4
    less = score(found("procurement", procurement_actual=92 * WAN, procurement_budget=100 * WAN), standard)
    assert less.points == F(5, 2)
    assert score(found("procurement", procurement_actual=0, procurement_budget=100), standard).points == 1
    told = explain(less.steps)
    assert told[0] == "取数：实际政府采购金额 92 万元、政府采购预算数 100 万元"
    assert told[1] == "实际政府采购金额÷政府采购预算数 ＝ 92 ÷ 100 ＝ 92%"
    assert told[2] == "92% 距满分条件 95% 差 3 个百分点"
    assert "扣" in told[3]
    assert all("{" not in line and "codes:" not in line for line in [*told, *explain(less.steps, "en")])


def test_a_missing_figure_scores_nothing_with_a_note_and_one_that_does_not_apply_leaves() -> None:
    standard = practices()["five_eight"].standards["staff_control"]
    missing = score(found("staff_control", staff=43), standard)
    assert missing.points == 0
    assert explain(missing.steps) == ["数据应取得而未取得，记 0 分"]
    left = score(found("staff_control", staff=43, staff_quota=Absence.NOT_APPLICABLE), standard)
    assert left.points is None


def test_formulas_read_as_written() -> None:
    assert ratios()["public_three_change"].formula() == "（本年“三公”经费支出－上年“三公”经费支出）÷上年“三公”经费支出"
    assert ratios()["staff_control"].formula("en") == "Staff in post ÷ Authorised posts"


@given(st.integers(0, 10**7), st.integers(1, 10**7), st.sampled_from(["staff_control", "office_control"]))
def test_points_never_rise_with_a_worse_ratio_nor_leave_their_bounds(actual: int, limit: int, code: str) -> None:
    over, under = ratios()[code].numerator[0].code, ratios()[code].denominator[0].code
    standard = Standard(F(5), F(1), F(1, 100), F(1, 2))
    one = score(found(code, **{over: actual, under: limit}), standard).points
    worse = score(found(code, **{over: actual + 1, under: limit}), standard).points
    assert one is not None
    assert worse is not None
    assert 0 <= worse <= one <= 5
    whole = int((Decimal(actual) * 100 - Decimal(limit) * 100) // Decimal(limit)) if actual > limit else 0
    assert one == max(F(0), 5 - F(whole, 2))
