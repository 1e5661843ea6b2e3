"""Scorecards of whole tables: states, spreading, provisional figures, refusals, totals and grades."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plans import plan_of

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
from zhiheng.scoring.scheme import Scheme
from zhiheng.scoring.scheme_file import load, scheme
from zhiheng.scoring.scorecard import Blocked, Refusal, RowScore, Scorecard, score
from zhiheng.scoring.trace import explain
from zhiheng.values.value import Quantity

D = Decimal
NATIONAL = scheme()
OWN = """
[scheme]
zh = "本单位方案"
en = "own"
from = 2024-01-01
extends = "national"
basis = "本单位规定"
status = "convention"
"""


def own(**settings: str) -> Scheme:
    text = OWN
    for key, value in settings.items():
        section, name = key.split("__")
        text += f'[{section}]\n{name} = {{ value = "{value}", zh = "甲", en = "a", basis = "本单位规定", status = "convention" }}\n'
    return load("own.toml", text)


def row(name: str, weight: str, target: str, actual: str | None = None, duty: int = 1, **more: Any) -> dict[str, Any]:
    return {"name": name, "weight": weight, "target": target, "duty": duty, **({"actual": actual} if actual is not None else {}), **more}


def plan(*rows: dict[str, Any], **head: Any) -> Plan:
    return plan_of({"year": 2022, "indicators": list(rows), **head}).plan


FOUR = (row("甲", "40", "≥10家"), row("乙", "30", "≥10家"), row("丙", "20", "≥10家"), row("丁", "10", "≥10家", duty=2))


def home(amount: int) -> Reported:
    return Reported(Quantity(D(amount), "家"))


def card(table: Plan, by: Scheme = NATIONAL, observed: Mapping[int, Observation] | None = None) -> Scorecard:
    result = score(table, by, observed)
    assert isinstance(result, Scorecard), result
    return result


def refusal(table: Plan, by: Scheme = NATIONAL, observed: Mapping[int, Observation] | None = None) -> Refusal:
    result = score(table, by, observed)
    assert isinstance(result, Refusal), result
    return result


def rows(done: Scorecard) -> list[tuple[str, Decimal | None]]:
    return [(each.state, each.points) for each in done.rows]


ALL_MET = {0: home(10), 1: home(10), 2: home(10), 3: home(10)}


def test_a_whole_table() -> None:
    done = card(plan(*FOUR), observed={**ALL_MET, 1: home(7), 2: Zero()})
    assert rows(done) == [("reported", D(40)), ("reported", D("21.00")), ("reported", D(0)), ("reported", D(10))]
    assert (done.total, done.ceiling, done.grade, done.provisional, done.notes) == (D(71), D(100), "中", False, ())


def test_1_zero_is_zero_and_2_3_missing_is_noted_and_not_the_same() -> None:
    done = card(plan(*FOUR), observed={**ALL_MET, 0: Zero(), 1: Missing()})
    zero, missing = done.rows[:2]
    assert (zero.state, zero.points, zero.notes) == ("reported", D(0), ())
    assert (missing.state, missing.points, missing.notes) == ("missing", D(0), ("missing",))
    assert done.total == D(30)


def test_4_80_nothing_due_leaves_the_total_and_its_points_are_shown_where_they_went() -> None:
    done = card(plan(*FOUR), observed={**ALL_MET, 2: NothingDue()})
    assert [each.effective for each in done.rows] == [D("51.43"), D("38.57"), D(0), D(10)]
    assert (done.total, done.ceiling, done.grade) == (D(100), D(100), "优")
    (shown,) = done.redistributions
    assert (shown.left, shown.points, shown.to) == ((2,), 20, ((0, Fraction("11.43")), (1, Fraction("8.57"))))
    assert explain(done.rows[2].steps) == ["无应办事项", "退出总分，分值摊到同一职责（表中没有职责的，同一一级指标）的其他行"]


def test_a_duty_of_one_row_that_leaves_goes_to_the_rest() -> None:
    done = card(plan(*FOUR), observed={**ALL_MET, 3: NotOrganised("鲁科字〔2022〕5号")})
    assert sum(each.effective for each in done.rows) == 100
    assert done.rows[3].effective == 0
    assert "鲁科字〔2022〕5号" in explain(done.rows[3].steps)[0]
    assert done.total == 100


def test_not_organised_without_a_document_counts_as_missing() -> None:
    done = card(plan(*FOUR), observed={**ALL_MET, 3: NotOrganised()})
    assert (done.rows[3].points, done.rows[3].notes, done.total) == (D(0), ("document_missing",), D(90))
    assert card(plan(*FOUR), own(states__document="optional"), {**ALL_MET, 3: NotOrganised()}).total == 100


@pytest.mark.parametrize(
    ("setting", "total", "low", "high"),
    [("spread", D(100), D(100), D(100)), ("full", D(100), D(100), D(100)), ("manual", None, D(80), D(100))],
)
def test_the_states_are_scored_by_data(setting: str, total: Decimal | None, low: Decimal, high: Decimal) -> None:
    done = card(plan(*FOUR), own(states__nothing_due=setting), {**ALL_MET, 2: NothingDue()})
    assert (done.total, done.low, done.high) == (total, low, high)
    done = card(plan(*FOUR), own(states__not_organised=setting), {**ALL_MET, 2: NotOrganised("会议纪要")})
    assert (done.total, done.low, done.high) == (total, low, high)
    assert bool(done.redistributions) == (setting == "spread")


def test_5_6_a_row_that_is_not_due_keeps_the_total_open() -> None:
    done = card(plan(*FOUR), observed={**ALL_MET, 2: NotDue()})
    assert (done.total, done.low, done.high, done.grade, done.provisional) == (None, D(80), D(100), "", True)


RELATIVE = (row("研发投入占比", "50", "达到全省平均水平"), row("乙", "50", "≥10家"))


def percent(amount: str) -> Quantity:
    return Quantity(D(amount), "%")


def test_13_provisional_on_the_newest_edition_then_scored_again_on_release() -> None:
    waiting = {0: Provisional("2020年", percent("2.2"), percent("2.5"), "2020年"), 1: home(10)}
    done = card(plan(*RELATIVE), observed=waiting)
    assert (done.rows[0].state, done.rows[0].points, done.rows[0].provisional, done.provisional) == ("provisional", D("44.00"), True, True)
    assert done.total == D(94)
    assert explain(done.rows[0].steps)[0] == "待统计发布，暂用2020年的数，暂定"
    released = card(plan(*RELATIVE), observed={0: Reported(percent("2.6"), percent("2.6")), 1: home(10)})
    assert (released.total, released.provisional) == (D(100), False)


def test_a_benchmark_of_another_edition_is_refused() -> None:
    waiting = {0: Provisional("2020年", percent("2.2"), percent("2.5"), "2021年"), 1: home(10)}
    assert refusal(plan(*RELATIVE), observed=waiting).rows == (
        Blocked(0, "研发投入占比", "editions_differ", (("actual", "2020年"), ("benchmark", "2021年"))),
    )
    nothing = {0: Provisional("2020年", percent("2.2")), 1: home(10)}
    assert refusal(plan(*RELATIVE), observed=nothing).rows[0].reason == "benchmark_missing"


def test_8_46_51_52_rates_keep_their_parts() -> None:
    table = plan(row("评审", "100", "应审尽审"))
    assert card(table, observed={0: Counted(D(19), D(20))}).total == D("95.00")
    assert card(table, observed={0: Counted(D(1), D(3))}).total == D("33.33")
    assert refusal(table, observed={0: Counted(D(21), D(20))}).rows[0].reason == "above_denominator"
    assert refusal(table, observed={0: Counted(D(-1), D(20))}).rows[0].reason == "above_denominator"
    left = card(table, observed={0: Counted(D(0), D(0))})
    assert (left.rows[0].state, left.total, left.ceiling) == ("nothing_due", None, D(0))


def test_76_zero_total_weight_is_undefined() -> None:
    done = card(plan(row("甲", "0", "≥10家"), row("乙", "0", "≥10家")), observed={0: home(10), 1: home(10)})
    assert (done.total, done.ceiling, done.grade) == (None, D(0), "")


@pytest.mark.parametrize("weights", [["12.5"] * 8, ["33.33", "33.33", "33.34"], ["0.1"] * 1000])
def test_74_weights_sum_exactly(weights: list[str]) -> None:
    table = plan(*(row(f"甲{number}", weight, "≥10家") for number, weight in enumerate(weights)))
    done = card(table, observed={number: home(10) for number in range(len(weights))})
    assert (done.total, done.ceiling, done.notes) == (D(100), D(100), ())


def test_74_weights_that_do_not_sum_to_100_are_noted() -> None:
    done = card(plan(row("甲", "33.33", "≥10家"), row("乙", "33.33", "≥10家"), row("丙", "33.33", "≥10家")), observed=ALL_MET)
    assert done.notes == ("weights_sum",)
    assert done.ceiling == D("99.99")


def test_75_the_grade_is_the_total_against_what_could_be_had() -> None:
    done = card(plan(row("甲", "40", "≥10家"), row("乙", "10", "≥10家")), observed={0: home(10), 1: Zero()})
    assert (done.total, done.ceiling, done.grade) == (D(40), D(50), "良")


def test_77_83_the_grade_is_that_of_the_sum_and_rounding_happens_once() -> None:
    """89.995 is 良, though two places print it as 90.00; where rows are rounded, the sum of what is shown decides."""
    table = plan(row("甲", "89.995", "≥10家"), row("乙", "10.005", "≥10家"))
    by_total = card(table, own(rounding__where="total"), {0: home(10), 1: Zero()})
    assert (by_total.total, by_total.grade) == (D("90.00"), "良")
    thirds = plan(*(row(name, weight, "≥3家") for name, weight in (("甲", "33.33"), ("乙", "33.33"), ("丙", "33.34"))))
    each = {0: home(1), 1: home(1), 2: home(1)}
    assert card(thirds, own(rounding__points="half_up_0"), each).total == D(33)
    assert card(thirds, load("own.toml", own_text("half_up_0", "total")), each).total == D(33)
    twos = {0: home(2), 1: home(2), 2: home(2)}
    assert card(thirds, own(rounding__points="half_up_0"), twos).total == D(66)
    assert card(thirds, load("own.toml", own_text("half_up_0", "total")), twos).total == D(67)


def own_text(points: str, where: str) -> str:
    same = 'zh = "甲", en = "a", basis = "本单位规定", status = "convention"'
    return OWN + f'[rounding]\npoints = {{ value = "{points}", {same} }}\nwhere = {{ value = "{where}", {same} }}\n'


def test_79_full_points_only_for_a_target_that_was_met() -> None:
    table = plan(row("甲", "100", "≥30000家"))
    nearly = {0: home(29999)}
    assert card(table, observed=nearly).total == D("99.99")
    as_rounded = own(rounding__full="as_rounded")
    assert card(table, as_rounded, nearly).total == D("100.00")
    assert card(table, own(rounding__points="half_up_0"), nearly).total == D(99)


def test_rated_rows_stay_in_their_tier() -> None:
    table = plan(row("能力", "100", "能力提升"))
    assert card(table, observed={0: Rated(2, D("70.5"))}).total == D("70.5")
    for tier, points in ((1, "79.9"), (2, "80"), (3, "60"), (1, "100.1"), (4, "1")):
        blocked = refusal(table, observed={0: Rated(tier, D(points))}).rows
        assert blocked[0].reason == ("tier_unknown" if tier == 4 else "rated_outside")


def test_20_a_direction_that_was_not_written_is_said_in_the_trace() -> None:
    rising = card(plan(row("活动", "100", "10场", "8场"))).rows[0]
    falling = card(plan(row("有效投诉件数", "100", "10件", "15件"))).rows[0]
    written = card(plan(row("活动", "100", "≥10场", "8场"))).rows[0]
    assert explain(rising.steps)[0] == "目标没有符号或为等号，按正向计，超额不扣分"
    assert explain(falling.steps)[0] == "目标没有符号；按指标名称，越少越好"
    assert len(explain(written.steps)) == 1


def test_21_rows_of_one_duty_go_each_its_own_way() -> None:
    done = card(plan(row("讲座", "50", "≥10场", "5场"), row("成本", "50", "≤10万元", "5万元")))
    assert [each.points for each in done.rows] == [D("25.00"), D(50)]


def test_24_free_text_is_marked_for_a_person_and_never_dropped() -> None:
    done = card(plan(row("带动", "60", "农民增收", "村集体收入增加，群众得到实惠"), row("乙", "40", "≥10家", "10家")))
    assert (done.total, done.low, done.high, done.rows[0].notes) == (None, D(40), D(100), ("by_hand",))


def test_parts_by_the_rule_of_the_scheme() -> None:
    table = plan(row("产品", "100", "1部宣传片,2套方案"))
    parts = InParts((Reported(Quantity(D(1), "部")), Missing()))
    assert card(table, observed={0: parts}).total == 0
    assert card(table, own(parts__join="sum"), {0: parts}).total == 50
    assert card(table, own(parts__join="any"), {0: parts}).total == 100
    assert refusal(table, observed={0: InParts((Zero(),))}).rows[0].reason == "parts_differ"
    wrong = InParts((Reported(Quantity(D(1), "部")), Reported(Quantity(D(1), "人"))))
    (blocked,) = refusal(table, observed={0: wrong}).rows
    assert (blocked.reason, dict(blocked.parameters)["part"]) == ("part_not_scored", "方案")
    shared = plan(row("对接", "100", "组织对接次数/对接企业数10"))
    assert refusal(shared, observed={0: InParts((Zero(), Zero()))}).rows[0].reason == "target_parts"


def test_a_table_without_points_is_refused_and_nobody_divides_100() -> None:
    table = plan(*({"name": f"指标{number}", "duty": 1, "target": "3家"} for number in range(36)))
    assert refusal(table) == Refusal(("weight", "actual"))
    assert refusal(table, observed=dict.fromkeys(range(36), home(3))) == Refusal(("weight",))
    assert refusal(plan()) == Refusal(("indicators",))


def test_26_rows_that_lack_a_column_are_named() -> None:
    table = plan(
        row("甲", "50", "≥10家", "10家"), row("乙", "", "≥10家", "10家"), row("丙", "-5", "≥10家", "10家"), row("丁", "50", "", "10家")
    )
    found = refusal(table)
    assert [(each.index, each.reason) for each in found.rows] == [(1, "weight_missing"), (2, "weight_negative")]
    table = plan(row("甲", "50", "≥10家", "10家"), row("丁", "50", "", "10家"))
    assert [(each.index, each.reason) for each in refusal(table).rows] == [(1, "target_missing")]
    table = plan(row("甲", "50", "≥10家"), {"name": "乙", "weight": "50", "duty": 1, "actual": "10家"})
    assert [(each.index, each.reason) for each in refusal(table, observed={0: home(3), 1: home(3)}).rows] == [(1, "target_missing")]
    assert [(each.index, each.reason) for each in refusal(plan(*FOUR), observed={0: home(3)}).rows] == [
        (number, "actual_missing") for number in (1, 2, 3)
    ]


def test_81_an_error_in_one_row_stops_the_score_with_its_reason() -> None:
    found = refusal(plan(*FOUR), observed={**ALL_MET, 2: Reported(Quantity(D(5), "人"))})
    assert found.rows == (Blocked(2, "丙", "units_differ", (("actual", "人"), ("target", "家"))),)


def test_a_blank_line_of_the_form_is_skipped_and_listed() -> None:
    blank = {"name": "指标2", "weight": "", "target": "", "actual": ""}
    done = card(plan(row("甲", "100", "≥10家", "10家"), blank))
    assert (done.total, done.skipped) == (D(100), (1,))


FUND = {"name": "年度资金总额", "initial": "60", "budget": "50", "executed": "45", "points": "10"}


def with_money(fund: dict[str, str], by: Scheme = NATIONAL) -> RowScore:
    table = plan(
        row("甲", "90", "≥10家", "10家"),
        budget={"unit": "万元", "funds": [fund, {"name": "其中：财政拨款", "budget": "1", "executed": "0"}]},
    )
    return card(table, by).rows[0]


def test_88_execution_is_measured_against_the_adjusted_budget() -> None:
    assert (with_money(FUND).index, with_money(FUND).points) == (None, D("9.00"))
    only_initial = {key: value for key, value in FUND.items() if key != "budget"}
    assert with_money(only_initial).points == D("7.50")
    assert with_money({key: value for key, value in FUND.items() if key != "executed"}).notes == ("missing",)
    assert with_money({**FUND, "executed": "55"}).notes == ("overspent",)
    assert with_money({**FUND, "executed": "55"}).points == D(10)
    assert with_money({**FUND, "executed": "0"}).points == 0
    assert (with_money({**FUND, "executed": ""}).state, with_money({**FUND, "executed": ""}).points) == ("missing", 0)
    without_points = {key: value for key, value in FUND.items() if key != "points"}
    assert with_money(without_points).points == D("9.00")


def test_88_a_budget_of_nothing_has_no_rate_and_its_points_leave_the_total() -> None:
    """9 of 10 firms of 90 points are 81 of the 90 that could be had, which is 优; 81 of 100 would be 良."""
    table = plan(row("甲", "90", "10家", "9家"), budget={"unit": "万元", "funds": [{**FUND, "budget": "0", "executed": "0"}]})
    found = score(table, scheme("national"))
    assert isinstance(found, Scorecard)
    money = found.rows[0]
    assert (money.index, money.weight, money.effective, money.points, money.notes) == (None, D(10), D(0), D(0), ("zero_budget",))
    assert (found.total, found.ceiling, found.grade) == (D("81.00"), D(90), "优")
    (blocked,) = refusal(table, own(execution__zero_budget="undefined")).rows
    assert (blocked.index, blocked.reason) == (None, "zero_budget")


@pytest.mark.parametrize(("rule", "points"), [("full", D(10)), ("zero", D(0))])
def test_88_a_budget_of_nothing(rule: str, points: Decimal) -> None:
    assert with_money({**FUND, "budget": "0"}, own(execution__zero_budget=rule)).points == points


@pytest.mark.parametrize(
    ("change", "reason"), [({"budget": ""}, "budget_missing"), ({"budget": "-5"}, "negative_amount")]
)
def test_88_money_that_gives_no_rate_stops_the_score(change: dict[str, str], reason: str) -> None:
    table = plan(row("甲", "90", "≥10家", "10家"), budget={"unit": "万元", "funds": [{**FUND, **change}]})
    (blocked,) = refusal(table).rows
    assert (blocked.index, blocked.name, blocked.reason) == (None, "年度资金总额", reason)


def test_indicators_that_leave_room_for_the_execution_rate_need_the_money() -> None:
    (blocked,) = refusal(plan(row("甲", "90", "≥10家", "10家"))).rows
    assert (blocked.index, blocked.reason) == (None, "executed_missing")
    done = card(
        plan(row("甲", "100", "≥10家", "10家"), budget={"unit": "万元", "funds": [{"name": "合计", "budget": "5", "executed": "4"}]})
    )
    assert len(done.rows) == 1


def test_a_scheme_may_give_points_by_name() -> None:
    table = plan({"name": "在职人员控制率", "target": "≤100%", "duty": 1}, {"name": "“三公”经费变动率", "target": "≤0%", "duty": 1})
    done = card(table, scheme("department"), {0: Reported(percent("102.5")), 1: Reported(percent("1"))})
    assert rows(done) == [("reported", D("4")), ("reported", D("7.2"))]
    assert done.notes == ("weights_sum",)


def test_28_a_table_is_scored_by_the_targets_it_holds() -> None:
    """A revised plan is another version: the score of the old one stays what it was."""
    before, after = plan(row("甲", "100", "≥10家", "8家")), plan(row("甲", "100", "≥8家", "8家"))
    assert (card(before).total, card(after).total, card(before).total) == (D("80.00"), D(100), D("80.00"))


def test_86_a_closed_year_keeps_its_scheme() -> None:
    table = plan(row("甲", "100", "≥3家", "2家"))
    old = card(table)
    assert old.scheme is NATIONAL
    card(table, own(rounding__points="cut_0"))
    assert card(table, old.scheme) == old


def test_84_85_the_score_is_a_function_of_actuals() -> None:
    table = plan(row("甲", "100", "≥10家"))
    totals = [card(table, observed={0: home(amount)}).total for amount in range(11)]
    assert totals == [D(10 * amount) for amount in range(11)]


def test_87_every_row_explains_itself_in_both_languages() -> None:
    done = card(plan(*FOUR), observed={0: home(7), 1: Missing(), 2: NothingDue(), 3: NotDue()})
    for each in done.rows:
        assert explain(each.steps)
        assert explain(each.steps, "en")
    assert explain(done.steps) == ["分值合计100，可得100分"]
    shown = card(plan(row("甲", "100", "≥3家", "2家"))).rows[0]
    assert explain(shown.steps) == ["按完成比例：2÷3×100＝66.6666…", "66.6666…四舍五入到两位小数，得66.67"]


def test_forms_without_duties_spread_within_the_level() -> None:
    table = plan(
        {"name": "甲", "category": ["产出指标", "数量指标"], "weight": "30", "target": "≥10家"},
        {"name": "乙", "category": ["产出指标", "质量指标"], "weight": "30", "target": "≥10家"},
        {"name": "丙", "category": ["别的"], "weight": "40", "target": "≥10家"},
    )
    done = card(table, observed={0: NothingDue(), 1: home(10), 2: home(10)})
    assert [each.effective for each in done.rows] == [0, 60, 40]


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 60), st.integers(0, 120)), min_size=1, max_size=6))
def test_the_total_against_a_brute_force_oracle(table: list[tuple[int, int, int]]) -> None:
    """Each row by fractions, half up to cents by hand, then the sum."""
    given_rows = [
        row(f"甲{number}", f"{cents // 100}.{cents % 100:02}", f"≥{target}家", f"{actual}家")
        for number, (cents, target, actual) in enumerate(table)
    ]
    total = 0
    for cents, target, actual in table:
        exact = Fraction(cents) if actual >= target else Fraction(cents * actual, target)
        rounded = int(exact + Fraction(1, 2))
        total += rounded - 1 if actual < target and rounded >= cents > exact else rounded
    spend = {"name": "合计", "budget": "1", "executed": "1", "points": "0"}
    done = card(plan(*given_rows, budget={"unit": "万元", "funds": [spend]}))
    assert done.low == done.high == D(total) / 100
