"""Published self-evaluations recomputed: invented tables in the manner of real ones, each worked out by hand beforehand."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plans import plan_of

from zhiheng.plan.plan import Plan
from zhiheng.scoring.inference import infer
from zhiheng.scoring.recompute import Recomputation, RowCheck, Verdict, recompute
from zhiheng.scoring.scheme_file import scheme
from zhiheng.scoring.scorecard import Refusal
from zhiheng.scoring.trace import explain

D = Decimal


def row(name: str, level: str, target: str, actual: str, weight: str, points: str, **more: str) -> dict[str, Any]:
    return {"name": name, "category": [level], "target": target, "actual": actual, "weight": weight, "points": points, **more}


def fund(budget: str, executed: str, score: str, points: str = "10") -> dict[str, Any]:
    total = {
        "name": "年度资金总额：",
        "initial": budget,
        "budget": budget,
        "executed": executed,
        "points": points,
        "rate": "",
        "score": score,
    }
    below = {
        "name": "其中：本年财政拨款",
        "initial": budget,
        "budget": budget,
        "executed": executed,
        "points": "—",
        "rate": "",
        "score": "—",
    }
    return {"unit": "万元", "funds": [total, below]}


def table(money: dict[str, Any], *rows: dict[str, Any], **head: str) -> Plan:
    return plan_of({"year": 2022, "budget": money, "indicators": list(rows), **head}).plan


def again(plan: Plan, name: str = "") -> Recomputation:
    result = recompute(plan, scheme(name) if name else None)
    assert isinstance(result, Recomputation), result
    return result


def verdicts(done: Recomputation) -> list[str]:
    return [each.verdict.value for each in done.all_rows]


def one(done: Recomputation, name: str) -> RowCheck:
    return next(each for each in done.all_rows if each.name == name)


WHOLE_POINTS = table(
    fund("52.5", "45.2", "9"),
    row("工程资金", "产出指标", "52.5", "45.2", "10", "9"),  # 8.6095
    row("工程完工率", "产出指标", "100", "100", "20", "20"),
    row("完成及时率", "产出指标", "100%", "94%", "20", "19"),  # 18.8
    row("安全率", "效益指标", "100", "100", "30", "30"),
    row("学生满意度", "满意度指标", "≥95%", "82%", "10", "9"),  # 8.63
    total_weight="100",
    total_points="96",
    grade="优",
)


def test_a_table_in_whole_points() -> None:
    done = again(WHOLE_POINTS)
    assert (done.inference.rounding.name, done.inference.fits, done.inference.of) == ("half_up_0", 4, 4)
    assert done.inference.scheme.name == "national"
    assert set(verdicts(done)) == {"equal"}
    assert (done.total.published, done.total.summed, done.total.expected, done.total.differs) == (96, 96, 96, False)
    assert done.agrees
    assert explain(one(done, "工程资金").steps)[-1] == "8.6095…四舍五入到整数，得9"


CUT = table(
    fund("387664.62", "387664.62", "10"),
    row("受资助人数", "产出指标", "≥735人次", "735人次", "20", "20"),
    row("资金到位及时率", "产出指标", "≥100%", "100%", "10", "7"),  # fully met, and 7 given
    row("达标率", "产出指标", "=100%", "100%", "20", "20"),
    row("减轻负担", "效益指标", "有效", "有效", "10", "10"),
    row("政策知晓率", "效益指标", "=100%", "98%", "10", "9"),  # 9.8 cut down
    row("覆盖率", "效益指标", "≥100%", "97%", "10", "9"),  # 9.7 cut down
    row("家长满意度", "满意度指标", "≥95%", "100%", "10", "10"),
    total_weight="100",
    total_points="95",
    grade="优",
)


def test_a_table_cut_down_with_one_row_marked_down_by_hand() -> None:
    done = again(CUT)
    assert (done.inference.rounding.name, done.inference.fits, done.inference.of) == ("cut_0", 2, 2)
    assert [each.name for each in done.differences] == ["资金到位及时率"]
    wrong = one(done, "资金到位及时率")
    assert (wrong.published, wrong.expected, wrong.verdict, wrong.explained_by) == (7, 10, Verdict.DIFFERS, ())
    assert (one(done, "减轻负担").verdict, one(done, "减轻负担").low, one(done, "减轻负担").high) == (Verdict.INSIDE, 8, 10)
    assert (done.total.differs, done.total.expected, done.agrees) == (False, 98, False)


INFLATED = table(
    fund("30", "30", "10"),
    row("供养人数", "产出指标", ">=4800人", "4650人", "5", "5"),  # 4.84
    row("救助标准", "产出指标", "<=5000元/户", "5500元/户", "10", "10"),  # 9
    row("救助人次", "产出指标", ">=59人次", "87人次", "35", "35"),
    row("受益人口", "效益指标", ">=80人", "", "30", "30"),
    row("受助对象满意度", "满意度指标", "≥90%", "92%", "10", "10"),
)


def test_full_points_for_targets_that_were_missed_prove_no_rounding() -> None:
    done = again(INFLATED)
    assert (done.inference.rounding.name, done.inference.fits, done.inference.of) == ("half_up_2", 0, 0)
    people, standard = one(done, "供养人数"), one(done, "救助标准")
    assert (people.expected, people.verdict, people.notes) == (D("4.84"), Verdict.DIFFERS, ("full_unmet",))
    assert people.explained_by[0] == "rounding.half_up_0"
    assert (standard.expected, standard.verdict) == (D("9.00"), Verdict.DIFFERS)
    assert standard.explained_by == ()
    assert one(done, "救助人次").notes == ("explain_over",)
    blank = one(done, "受益人口")
    assert (blank.verdict, blank.reason, blank.expected) == (Verdict.NOT_COMPUTABLE, "actual_missing", None)
    assert (done.total.published, done.total.summed, done.total.expected) == (None, 100, None)


OVERSPENT = table(
    fund("320.5", "331.7", ""),
    row("示范村", "产出指标", "≤4", "4", "10", "10"),
    row("改厕", "产出指标", "≥2000户", "3100户", "30", "30"),
    row("验收时间", "产出指标", "9月前", "7月", "10", "10"),
    row("培训时间", "产出指标", "9月前", "10月", "10", "8"),
    row("增收", "效益指标", "农民增收", "达成预期指标", "15", "15"),
    row("宜居", "效益指标", "环境改善", "部分达成预期指标并具有一定效果", "10", "9"),
    row("长效", "效益指标", "机制健全", "未达成预期指标且效果较差", "5", "2"),
    row("满意度", "满意度指标", "≥90%", "95%", "10", "10"),
)


def test_overspending_blank_points_dates_and_tiers() -> None:
    done = again(OVERSPENT)
    money = done.execution
    assert money is not None
    assert (money.index, money.published, money.expected, money.verdict, money.notes) == (
        None,
        None,
        10,
        Verdict.UNPUBLISHED,
        ("overspent",),
    )
    assert one(done, "改厕").notes == ("target_too_low",)
    assert (one(done, "验收时间").verdict, one(done, "验收时间").method) == (Verdict.EQUAL, "met")
    late = one(done, "培训时间")
    assert (late.verdict, late.method, late.low, late.high, late.closed) == (Verdict.INSIDE, "late", 0, 10, False)
    tiers = [
        (one(done, name).verdict, one(done, name).low, one(done, name).high, one(done, name).closed) for name in ("增收", "宜居", "长效")
    ]
    assert tiers == [(Verdict.INSIDE, 12, 15, True), (Verdict.OUTSIDE, 6, 8, False), (Verdict.INSIDE, 0, 3, False)]
    assert [each.name for each in done.differences] == ["年度资金总额：", "宜居"]
    assert (done.levels[1].key, done.levels[1].published, done.levels[1].expected, done.levels[1].differs) == ("output", 60, 50, True)
    assert (done.weights.summed, done.weights.expected, done.agrees) == (110, 100, False)


@pytest.mark.parametrize(
    ("points", "verdict"), [("16", "inside"), ("20", "inside"), ("15.99", "outside"), ("20.01", "outside"), ("", "unpublished")]
)
def test_the_first_tier_reaches_from_eight_tenths_to_the_full_points(points: str, verdict: str) -> None:
    done = again(table(fund("1", "1", "10"), row("能力", "产出指标", "能力提升", "达成预期指标", "20", points)))
    assert done.rows[0].verdict.value == verdict


@pytest.mark.parametrize(("points", "verdict"), [("12", "inside"), ("15.99", "inside"), ("16", "outside"), ("11.99", "outside")])
def test_the_second_tier_begins_at_six_tenths_and_ends_before_eight(points: str, verdict: str) -> None:
    named = table(fund("1", "1", "10"), row("能力", "产出指标", "能力提升", "部分达成年度指标并具有一定效果", "20", points))
    assert again(named, "national").rows[0].verdict.value == verdict


RATIO = (
    row("办公成本", "产出指标", "≤80万元", "100万元", "10", "8"),  # linear 7.5, ratio 8
    row("用时", "产出指标", "≤20天", "24天", "40", "33.33"),  # linear 32, ratio 33.33
)
REST = (row("受益户数", "效益指标", "≥300户", "310户", "30", "30"), row("满意度", "满意度指标", "≥90%", "85%", "10", "9.44"))


def test_the_other_formula_for_falling_indicators_is_found_and_said() -> None:
    done = again(table(fund("100", "93.333", "9.33"), *RATIO, *REST))
    assert done.inference.changed == (("methods.at_most", "reverse_ratio"),)
    assert done.inference.rounding.name == "half_up_2"
    assert [one(done, name).method for name in ("办公成本", "用时")] == ["reverse_ratio", "reverse_ratio"]
    assert not done.differences


def test_under_a_stated_scheme_the_same_rows_differ_and_the_other_formula_is_named() -> None:
    done = again(table(fund("100", "93.333", "9.33"), *RATIO, *REST), "national")
    assert (done.inference.stated, done.inference.changed) == (True, ())
    costs = one(done, "办公成本")
    assert (costs.expected, costs.verdict, costs.explained_by) == (
        D("7.50"),
        Verdict.DIFFERS,
        ("rounding.half_up_0", "method.reverse_ratio"),
    )


def test_satisfaction_bands_are_found() -> None:
    done = again(
        table(
            fund("100", "100", "10"),
            row("数量", "产出指标", "≥10家", "10家", "50", "50"),
            row("效益", "效益指标", "≥10家", "10家", "30", "30"),
            row("服务对象满意度", "满意度指标", "≥90%", "85%", "10", "8"),
        )
    )
    assert done.inference.changed == (("methods.satisfaction", "satisfaction_steps"),)
    assert not done.differences


def test_hubei_is_found_by_its_twenty_points_and_its_tiers() -> None:
    done = again(
        table(
            fund("100", "90", "18", points="20"),
            row("数量", "产出指标", "≥10家", "8家", "30", "24"),
            row("成本", "产出指标", "≤80万元", "100万元", "10", "8"),
            row("影响", "效益指标", "影响扩大", "部分达成年度指标并具有一定效果", "30", "17"),
            row("满意度", "满意度指标", "≥90%", "95%", "10", "10"),
        )
    )
    assert (done.inference.scheme.name, done.inference.changed) == ("hubei", ())
    assert not done.differences


def test_a_cost_level_of_its_own_is_found() -> None:
    done = again(
        table(
            fund("100", "100", "10"),
            row("成本", "成本指标", "≤80万元", "80万元", "20", "20"),
            row("数量", "产出指标", "≥10家", "10家", "40", "40"),
            row("效益", "效益指标", "≥10家", "10家", "20", "20"),
            row("满意度", "满意度指标", "≥90%", "95%", "10", "10"),
        )
    )
    assert done.inference.scheme.name == "with_cost"
    assert not any(level.differs for level in done.levels)


def test_without_satisfaction_its_points_belong_to_benefit() -> None:
    rows = (row("数量", "产出指标", "≥10家", "10家", "50", "50"), row("效益", "效益指标", "≥10家", "10家", "40", "40"))
    assert not any(level.differs for level in again(table(fund("1", "1", "10"), *rows)).levels)


def test_a_wrong_grade_is_said_and_never_chooses_its_own_bands() -> None:
    rows = (row("数量", "产出指标", "≥10家", "7家", "90", "63"),)
    money = fund("1", "1", "10")
    good = again(table(money, *rows, total_points="73", grade="良好"))
    assert good.inference.scheme.name == "national"
    assert good.grade is not None
    assert (good.grade.published, good.grade.expected, good.grade.differs) == ("良", "中", True)
    assert good.grade.explained_by == ("grades_80_70_60",)
    other = again(table(money, *rows, total_points="73", grade="良好"), "grades_80_70_60")
    assert other.grade is not None
    assert (other.grade.differs, other.grade.explained_by) == (False, ())
    wrong = again(table(money, *rows, total_points="73", grade="优"))
    assert wrong.grade is not None
    assert (wrong.grade.expected, wrong.grade.explained_by, wrong.agrees) == ("中", (), False)
    odd = again(table(money, *rows, total_points="73", grade="合格"))
    assert odd.grade is not None
    assert (odd.grade.published, odd.grade.differs) == ("合格", True)
    assert again(table(money, *rows, grade="优")).grade is None


@pytest.mark.parametrize(("total", "differs"), [("97.33", False), ("97", True), ("98", True), ("", False)])
def test_the_total_is_the_sum_of_its_rows_or_that_sum_rounded(total: str, differs: bool) -> None:
    rows = (row("数量", "产出指标", "≥30家", "29家", "80", "77.33"), row("效益", "效益指标", "≥10家", "10家", "10", "10"))
    done = again(table(fund("1", "1", "10"), *rows, total_points=total))
    assert (done.total.summed, done.total.expected, done.total.differs) == (D("97.33"), D("97.33"), differs)
    whole = again(
        table(
            fund("9", "8", "9"),
            row("数量", "产出指标", "≥30家", "29家", "89.5", "87"),
            row("甲", "效益指标", "≥1家", "1家", "0.5", "0.5"),
            total_points="97",
        )
    )
    assert (whole.inference.rounding.name, whole.total.summed, whole.total.rounded, whole.total.differs) == (
        "half_up_0",
        D("96.5"),
        True,
        False,
    )


def test_rows_that_cannot_be_computed_say_why_and_are_never_0_or_100_by_accident() -> None:
    done = again(
        table(
            fund("0", "0", "10"),
            row("没有分值", "产出指标", "≥10家", "5家", "", "0"),
            row("空行", "产出指标", "", "", "", ""),
            row("没有目标", "产出指标", "", "5家", "10", "10"),
            row("单位不同", "产出指标", "≥10家", "5人", "10", "5"),
            row("负分值", "产出指标", "≥10家", "5家", "-10", "5"),
            row("不适用", "产出指标", "≥10家", "/", "10", "10"),
            row("人工", "效益指标", "农民增收", "群众得到实惠，反映良好", "10", "10"),
            row("人工超分", "效益指标", "农民增收", "群众得到实惠，反映良好", "10", "11"),
            row("有字", "效益指标", "≥10家", "开展多种活动", "10", "10"),
            {"name": "没有实际值一栏", "target": "≥10家", "weight": "10", "points": "10"},
            row("相等", "产出指标", "≥10家", "10家", "20", "20"),
        )
    )
    reasons = [(each.verdict.value, each.reason) for each in done.all_rows]
    assert reasons == [
        ("not_computable", "zero_budget"),
        ("not_computable", "weight_missing"),
        ("not_computable", "blank_row"),
        ("not_computable", "target_missing"),
        ("not_computable", "units_differ"),
        ("not_computable", "weight_negative"),
        ("not_computable", "actual_state"),
        ("not_computable", "by_hand"),
        ("outside", ""),
        ("not_computable", "actual_not_comparable"),
        ("not_computable", "actual_missing"),
        ("equal", ""),
    ]
    assert all(each.expected is None for each in done.all_rows[:-1])
    assert done.total.expected is None


def test_an_inexact_actual_gives_a_range_that_holds_its_rounded_ends() -> None:
    money = fund("52.5", "45.2", "9")
    low = row("人数", "产出指标", "≥90人", "78-85人", "10", "9")  # 8.666 to 9.444
    assert again(table(money, low)).rows[0].verdict is Verdict.INSIDE
    assert again(table(money, {**low, "points": "8"})).rows[0].verdict is Verdict.OUTSIDE
    assert (again(table(money, low)).rows[0].low, again(table(money, low)).rows[0].high) == (D("8.6667"), D("9.4444"))


def test_parts_are_recomputed_too() -> None:
    done = again(table(fund("1", "1", "10"), row("产品", "产出指标", "1部宣传片,2套方案", "1部宣传片,1套方案", "50", "25")))
    assert (done.rows[0].verdict, done.rows[0].method) == (Verdict.EQUAL, "parts_weakest")


@pytest.mark.parametrize(
    ("missing", "columns"),
    [(("weight",), ("weight",)), (("actual",), ("actual",)), (("weight", "actual"), ("weight", "actual")), (("target",), ("target",))],
)
def test_a_table_without_points_actuals_or_targets_is_refused_by_column(missing: tuple[str, ...], columns: tuple[str, ...]) -> None:
    whole = row("甲", "产出指标", "≥10家", "5家", "10", "5")
    for blank in ({key: value for key, value in whole.items() if key not in missing}, {**whole, **dict.fromkeys(missing, "")}):
        assert recompute(table({}, blank)) == Refusal(columns)
    assert recompute(table({})) == Refusal(("indicators",))


def test_a_form_without_the_column_of_points_owes_none_but_gets_its_figures() -> None:
    bare = {key: value for key, value in row("甲", "产出指标", "≥10家", "5家", "100", "").items() if key != "points"}
    done = again(table({}, bare))
    assert (done.rows[0].verdict, done.rows[0].reason, done.rows[0].expected) == (Verdict.NOT_COMPUTABLE, "no_points_column", D("50.00"))
    assert (done.execution, done.differences, done.agrees) == (None, (), True)


def test_the_execution_rate_is_the_total_row_only() -> None:
    money = fund("100", "50", "5")
    money["funds"][1] |= {"points": "10", "score": "10"}
    done = again(table(money, row("甲", "产出指标", "≥10家", "10家", "90", "90")))
    assert done.execution is not None
    assert (done.execution.name, done.execution.published, done.execution.verdict) == ("年度资金总额：", 5, Verdict.EQUAL)
    assert len(done.all_rows) == 2
    unnamed = {"unit": "万元", "funds": [{"name": "项目经费", "budget": "100", "executed": "50", "points": "10", "score": "5"}]}
    assert again(table(unnamed, row("甲", "产出指标", "≥10家", "10家", "90", "90"))).execution is not None
    unnamed["funds"][0]["points"] = "—"  # type: ignore[index]
    assert again(table(unnamed, row("甲", "产出指标", "≥10家", "10家", "90", "90"))).execution is None


def test_money_in_two_units_is_brought_into_one_and_other_units_are_refused() -> None:
    money = {"unit": "", "funds": [{"name": "合计", "budget": "100万元", "executed": "500000元", "points": "10", "score": "5"}]}
    assert again(table(money, row("甲", "产出指标", "≥10家", "10家", "90", "90"))).all_rows[0].verdict is Verdict.EQUAL
    money["funds"][0]["executed"] = "50家"  # type: ignore[index]
    assert again(table(money, row("甲", "产出指标", "≥10家", "10家", "90", "90"))).all_rows[0].reason == "units_differ"


PLACES = {
    "half_up_0": (ROUND_HALF_UP, 0),
    "half_up_1": (ROUND_HALF_UP, 1),
    "half_up_2": (ROUND_HALF_UP, 2),
    "cut_0": (ROUND_DOWN, 0),
    "cut_1": (ROUND_DOWN, 1),
    "cut_2": (ROUND_DOWN, 2),
}


def oracle(weight: int, target: int, actual: int, falling: bool, ratio: bool, rounding: str) -> Decimal:
    """What an office would print, worked out with whole numbers and the decimal module only."""
    if (actual <= target) if falling else (actual >= target):
        return D(weight)
    if falling and not ratio and actual >= 2 * target:
        return D(0)
    top, bottom = (
        (weight * target, actual)
        if falling and ratio
        else (weight * (2 * target - actual), target)
        if falling
        else (weight * actual, target)
    )
    mode, places = PLACES[rounding]
    long = D(top * 10**12 // bottom) / 10**12  # twelve places; a half stays a half, a third stays below it
    return long.quantize(D(1).scaleb(-places), rounding=mode)


lines = st.lists(st.tuples(st.integers(1, 30), st.integers(7, 90), st.integers(0, 200), st.booleans()), min_size=3, max_size=9)


@given(lines, st.sampled_from(sorted(PLACES)), st.booleans())
def test_whatever_way_an_office_rounds_its_rows_agree(table_rows: list[tuple[int, int, int, bool]], rounding: str, ratio: bool) -> None:
    rows = [
        row(
            f"甲{number}",
            "产出指标",
            f"{'≤' if falling else '≥'}{target}家",
            f"{actual}家",
            str(weight),
            str(oracle(weight, target, actual, falling, ratio, rounding)),
        )
        for number, (weight, target, actual, falling) in enumerate(table_rows)
    ]
    done = again(table({}, *rows))
    assert [each.verdict for each in done.rows] == [Verdict.EQUAL] * len(rows)
    assert done.inference.fits == done.inference.of


@given(lines, st.sampled_from(sorted(PLACES)), st.integers(0, 8), st.sampled_from(["-1.37", "2.71"]))
def test_one_altered_figure_is_found(table_rows: list[tuple[int, int, int, bool]], rounding: str, place: int, change: str) -> None:
    """Three rows that all can tell, and one altered: it is the altered one that differs."""
    sound = [
        row(f"乙{number}", "产出指标", "≥7家", f"{actual}家", "10", str(oracle(10, 7, actual, False, False, rounding)))
        for number, actual in enumerate((1, 2, 3, 4, 5, 6))
    ]
    weight, target, actual, falling = table_rows[place % len(table_rows)]
    true = oracle(weight, target, actual, falling, False, rounding)
    altered = row("丙", "产出指标", f"{'≤' if falling else '≥'}{target}家", f"{actual}家", str(weight), str(true + D(change)))
    done = again(table({}, *sound, altered), "national")
    assert done.inference.rounding.name == rounding or {rounding} < set(done.inference.roundings)
    assert [each.name for each in done.differences] == ["丙"]
    assert done.rows[-1].expected == true


def test_the_trace_of_every_row_can_be_worded() -> None:
    for plan in (WHOLE_POINTS, CUT, INFLATED, OVERSPENT):
        for each in again(plan).all_rows:
            for language in ("zh", "en"):
                assert all("{" not in line for line in explain(each.steps, language))
            if each.exact is not None:
                assert isinstance(each.exact, Fraction)
                assert each.steps


def test_without_any_scheme_there_is_nothing_to_infer() -> None:
    with pytest.raises(ValueError, match="no scheme"):
        infer([], False, lambda _: [], lambda _: 0)


@pytest.mark.parametrize(
    ("levels", "name"),
    [
        ({"产出指标": "50", "效益指标": "30", "满意度指标": "10"}, "national"),
        ({"产出指标": "60", "效益指标": "20", "满意度指标": "10"}, "national"),  # cost counted below outputs, not a level of its own
        ({"产出指标": "45", "效益指标": "45"}, "national"),
        ({"成本指标": "20", "产出指标": "40", "效益指标": "20", "满意度指标": "10"}, "with_cost"),
        ({"别的": "90"}, "national"),
        ({"": "90"}, "national"),
    ],
)
def test_the_form_alone_chooses_no_scheme_whose_levels_the_table_lacks(levels: dict[str, str], name: str) -> None:
    rows = (row(f"甲{level}", level, "≥10家", "10家", weight, weight) for level, weight in levels.items())
    assert again(table(fund("1", "1", "10"), *rows)).inference.scheme.name == name


def test_other_frames_are_found_by_their_own_levels() -> None:
    rows = (
        row(f"甲{level}", level, "≥10家", "10家", weight, weight)
        for level, weight in (("部门决策", "25"), ("综合管理", "30"), ("部门绩效", "45"))
    )
    assert again(table({}, *rows)).inference.scheme.name == "decision"
