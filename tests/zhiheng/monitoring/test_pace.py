"""Lamps of indicators: rules 2.3 case by case, every kind of target, every state, and a brute-force oracle."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.monitoring.curve import Curve, linear, month_end, once
from zhiheng.monitoring.judgement import Judgement
from zhiheng.monitoring.lamp import Lamp
from zhiheng.monitoring.pace import judge
from zhiheng.monitoring.policy import Policy, parse, shipped
from zhiheng.monitoring.wording import explain, note
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
from zhiheng.values.parse import parse as typed
from zhiheng.values.reading import Context
from zhiheng.values.value import Comparator, Parts, Phrase, Quantity, Unresolved, Value

JULY = date(2020, 7, 31)
END = date(2020, 12, 31)
YEAR = linear(2020)
NATIONAL = shipped()
F, D = Fraction, Decimal


def value(text: str, name: str = "") -> Value:
    return typed(text, Context(name=name, year=2020)).value


def lamp_of(
    target: str, actual: str | Observation, day: date = JULY, curve: Curve = YEAR, policy: Policy = NATIONAL, **around: Any
) -> Judgement:
    observation = Reported(value(actual, around.get("name", ""))) if isinstance(actual, str) else actual
    found = judge(value(target, around.get("name", "")), observation, curve, day, policy, **around)
    for language in ("zh", "en"):
        said = explain(found.steps, language)
        assert said, "every judgement says why"
        assert not any("{" in text or text.startswith(("step.", "reason.")) for text in said), said
        assert not any(note(code, language).startswith("note.") for code in found.notes), found.notes
    return found


def with_settings(text: str) -> Policy:
    head = '[policy]\nzh = "本局"\nen = "own"\nextends = "national"\nbasis = "本局"\nstatus = "convention"\n'
    return parse("own.toml", head + text)


def setting(key: str, chosen: str) -> Policy:
    section, name = key.split(".")
    return with_settings(f'[{section}]\n{name} = {{ value = "{chosen}", zh = "一", en = "one", basis = "本局", status = "convention" }}\n')


@pytest.mark.parametrize(
    ("actual", "lamp"),
    [
        ("0家", "red"),
        ("20家", "red"),
        ("20.9家", "red"),
        ("21家", "yellow"),
        ("27.9家", "yellow"),
        ("28家", "green"),
        ("41.9家", "green"),
        ("42家", "blue"),
        ("81家", "blue"),
    ],
)
def test_half_open_bounds_of_the_vendors_rule(actual: str, lamp: str) -> None:
    """60家 a year: 35 are due by the end of July; 60 % of that is 21, 80 % 28, 120 % 42."""
    found = lamp_of("60家", actual)
    assert found.lamp == lamp
    assert found.due == 35
    assert found.expected == F(7, 12)


def test_a_judgement_in_words() -> None:
    found = lamp_of("60家", "21家")
    assert explain(found.steps) == ["到2020-07-31应完成全年目标的7/12：60家×7/12＝35家", "21家÷35家＝60%，不低于60%，黄灯"]
    assert explain(found.steps, "en") == [
        "due by 2020-07-31: 7/12 of the year's target, 60家 × 7/12 = 35家",
        "21家 ÷ 35家 = 60 %, not below 60 %: yellow",
    ]
    assert (found.ratio, found.attainment) == (F(3, 5), F(7, 20))


@given(
    target=st.integers(1, 10**6),
    actual=st.decimals(0, 10**6, places=3),
    month=st.integers(1, 12),
)
def test_against_the_rule_in_integers(target: int, actual: Decimal, month: int) -> None:
    """p = 完成值/(年度指标值/12×月)×100, in whole numbers only: 12000·a against bound·target·month."""
    thousandths = int(actual * 1000)
    p_times = 12 * thousandths  # p >= b  <=>  12·a >= b/100·t·m
    lamp = next(
        (name for bound, name in ((120, "blue"), (80, "green"), (60, "yellow")) if p_times * 100 >= bound * target * month * 1000), "red"
    )
    quantity = Quantity(D(target), "家")
    found = judge(quantity, Reported(Quantity(actual, "家")), YEAR, month_end(2020, month), NATIONAL)
    assert found.lamp == lamp


@given(
    target=st.integers(1, 1000),
    low=st.integers(0, 2000),
    more=st.integers(0, 2000),
    day=st.dates(date(2020, 1, 1), END),
    name=st.sampled_from(["national", "whole_target", "hebei"]),
)
def test_more_is_never_a_worse_lamp(target: int, low: int, more: int, day: date, name: str) -> None:
    order = [Lamp.RED, Lamp.YELLOW, Lamp.GREEN, Lamp.BLUE]
    lamps = [judge(Quantity(D(target)), Reported(Quantity(D(actual))), YEAR, day, shipped(name)).lamp for actual in (low, low + more)]
    assert order.index(lamps[0]) <= order.index(lamps[1])


@given(
    target=st.integers(0, 1000),
    actual=st.integers(0, 2000),
    op=st.sampled_from([Comparator.LE, Comparator.LT]),
    day=st.dates(date(2020, 1, 1), END),
)
def test_less_is_better_is_never_turned_upside_down(target: int, actual: int, op: Comparator, day: date) -> None:
    """Pitfalls 11, 13, 82: at or below its limit green on every day, above it red, never blue."""
    kept = actual <= target if op is Comparator.LE or not target else actual < target
    found = judge(Quantity(D(target), "件", op), Reported(Quantity(D(actual), "件")), YEAR, day, NATIONAL)
    assert found.lamp is (Lamp.GREEN if kept else Lamp.RED)


@pytest.mark.parametrize(
    ("target", "actual", "name", "lamp"),
    [
        ("≤10次", "3次", "", "green"),
        ("≤10次", "10次", "", "green"),
        ("<10次", "10次", "", "red"),
        ("≤10次", "11次", "", "red"),
        ("5起", "2起", "有效投诉数", "green"),
        ("5起", "6起", "有效投诉数", "red"),
        ("≤200万元", "150万元", "行政运行成本", "green"),
        ("≤3个工作日", "2个工作日", "事项办理时限", "green"),
        ("0起", "0起", "安全生产事故", "green"),
        ("0起", "1起", "安全生产事故", "red"),
        ("≤0起", "0起", "", "green"),
        ("全省前5名", "第3名", "", "green"),
        ("全省前5名", "第7名", "", "red"),
    ],
)
def test_falling_targets(target: str, actual: str, name: str, lamp: str) -> None:
    assert lamp_of(target, actual, name=name).lamp == lamp


@pytest.mark.parametrize(("actual", "lamp"), [("4件", "green"), ("7件", "green"), ("8件", "yellow"), ("12件", "yellow"), ("13件", "red")])
def test_a_policy_may_pace_limits(actual: str, lamp: str) -> None:
    """≤12 a year, 7 by July: 8 is within the year and above the pace."""
    found = lamp_of("≤12件", actual, policy=setting("lamps.reverse", "paced"))
    assert found.lamp == lamp


def test_a_paced_limit_before_anything_is_due() -> None:
    found = lamp_of("≤12件", "0件", policy=setting("lamps.reverse", "paced"), curve=once(END, 2020))
    assert (found.lamp, found.ratio, found.due) == (Lamp.GREEN, None, 0)


@pytest.mark.parametrize(
    ("actual", "lamp"),
    [("0家", "red"), ("20家", "red"), ("21家", "yellow"), ("28家", "green"), ("42家", "green"), ("71家", "green"), ("72家", "blue")],
)
def test_the_second_variant_is_blue_by_the_whole_target(actual: str, lamp: str) -> None:
    """Rules 2.3, second row: 72 is 120 % of 60; 42 is only 120 % of the pace."""
    assert lamp_of("60家", actual, policy=shipped("whole_target")).lamp == lamp


def test_the_second_variant_is_red_at_zero_whatever_is_due() -> None:
    curve = once(date(2020, 11, 30), 2020)
    assert lamp_of("1次", Zero(), curve=curve, policy=shipped("whole_target")).lamp is Lamp.RED
    assert lamp_of("10次", "12次", curve=curve, policy=shipped("whole_target")).lamp is Lamp.BLUE


class TestYearbook:
    """编辑科技年鉴 1次, due in November."""

    curve = once(date(2020, 11, 30), 2020)

    def test_is_not_red_in_july(self) -> None:
        found = lamp_of("1次", Zero(), curve=self.curve, name="编辑科技年鉴")
        assert (found.lamp, found.notes, found.expected) == (Lamp.NONE, ("not_begun",), 0)

    def test_is_green_when_done_early(self) -> None:
        found = lamp_of("1次", "1次", curve=self.curve)
        assert found.lamp is Lamp.GREEN

    def test_in_part_done_early_is_green_too(self) -> None:
        found = lamp_of("2部", "1部", curve=self.curve)
        assert (found.lamp, found.notes) == (Lamp.GREEN, ("early",))

    def test_is_red_when_it_was_due_and_not_done(self) -> None:
        assert lamp_of("1次", Zero(), day=date(2020, 11, 30), curve=self.curve).lamp is Lamp.RED

    def test_would_be_red_by_twelfths(self) -> None:
        """What a curve is for."""
        assert lamp_of("1次", Zero()).lamp is Lamp.RED


@pytest.mark.parametrize(
    ("target", "actual", "around", "lamp"),
    [
        ("34.6%", "33%", {}, "green"),
        ("≥90%", "53%", {}, "red"),
        ("≥90%", "54%", {}, "yellow"),
        ("应审尽审", "100%", {}, "green"),
        ("应审尽审", "70%", {}, "yellow"),
        ("应审尽审", Counted(D(4), D(5)), {}, "green"),
        ("≥90%", Counted(D(45), D(50)), {}, "green"),
        ("130家", "100家", {"cumulative": False}, "yellow"),
        ("总数130家", "总数100家", {}, "yellow"),
        ("每月8篇", "每月4篇", {}, "red"),
        ("每月8篇", "每月8篇", {}, "green"),
        ("≥100元/人", "70元/人", {}, "yellow"),
        ("5000元/月", "3500元/月", {}, "yellow"),
        ("90分", "85分", {}, "green"),
        ("1:3", "1:3", {}, "green"),
    ],
)
def test_rates_levels_and_last_values_are_not_paced(target: str, actual: str | Observation, around: dict[str, Any], lamp: str) -> None:
    """Pitfall 40: 100 of 130 on the last day of July is 77 % of the level, not 132 % of seven twelfths."""
    found = lamp_of(target, actual, **around)
    assert (found.lamp, found.expected, found.due) == (lamp, None, None)


def test_the_same_figure_as_a_running_total_is_paced() -> None:
    assert lamp_of("130家", "100家", cumulative=True).lamp is Lamp.BLUE


def test_a_level_that_is_due_later_waits() -> None:
    curve = once(END, 2020)
    assert lamp_of("130家", "100家", curve=curve, cumulative=False).notes == ("early",)
    assert lamp_of("130家", Zero(), curve=curve, cumulative=False).lamp is Lamp.NONE
    assert lamp_of("130家", "130家", curve=curve, cumulative=False).lamp is Lamp.GREEN


@pytest.mark.parametrize(("actual", "lamp"), [("56篇", "green"), ("33篇", "red"), ("34篇", "yellow"), ("68篇", "blue")])
def test_a_cadence_counts_by_the_year(actual: str, lamp: str) -> None:
    """每月8篇 is 96, of which 56 are due by July."""
    found = lamp_of("每月8篇", actual)
    assert (found.lamp, found.due) == (lamp, 56)


def test_two_weeks_a_time() -> None:
    """2周/次 is 26 a year: 15 and a sixth by July."""
    found = lamp_of("2周/次", "15次")
    assert (found.lamp, found.due) == (Lamp.GREEN, D("15.1667"))


@pytest.mark.parametrize(
    ("actual", "lamp"), [("3家", "green"), ("2家", "yellow"), ("1家", "red"), ("5家", "green"), ("8家", "green"), ("9家", "red")]
)
def test_a_range_is_paced_by_its_lower_end(actual: str, lamp: str) -> None:
    """5-8家: 2.9166… due by July, 2 of them 68 %."""
    assert lamp_of("5-8家", actual).lamp == lamp


def test_ends_that_do_not_belong_to_a_range() -> None:
    def judged(bounds: str, actual: int, low: int = 5) -> Lamp:
        target = Quantity(D(low), "天", Comparator.BETWEEN, D(8), None, "", bounds)
        return judge(target, Reported(Quantity(D(actual), "天")), YEAR, END, NATIONAL, cumulative=False).lamp

    assert [judged("[]", 8), judged("[)", 8), judged("()", 5), judged("[]", 5)] == [Lamp.GREEN, Lamp.RED, Lamp.GREEN, Lamp.GREEN]
    assert judged("[]", -2, low=-1) is Lamp.RED


def test_a_target_below_zero_has_no_pace() -> None:
    assert lamp_of("≥-5万元", "-3万元").lamp is Lamp.GREEN
    assert lamp_of("≥-5万元", "-6万元").lamp is Lamp.GREEN  # 80 %
    assert lamp_of("≥-5万元", "-6.1万元").lamp is Lamp.YELLOW


@pytest.mark.parametrize(("actual", "lamp"), [("0家", "green"), ("3家", "red")])
def test_a_target_of_zero_is_met_by_zero_alone(actual: str, lamp: str) -> None:
    found = judge(Quantity(D(0), "家", Comparator.GE), Reported(value(actual)), YEAR, JULY, NATIONAL)
    assert found.lamp == lamp


def test_a_target_of_zero_by_its_sign() -> None:
    policy = setting("lamps.zero_target", "as_written")
    rising, falling_ = Quantity(D(0), "家", Comparator.GE), Quantity(D(0), "家", Comparator.LE)
    assert judge(rising, Reported(value("3家")), YEAR, JULY, policy).lamp is Lamp.GREEN
    assert judge(falling_, Reported(value("3家")), YEAR, JULY, policy).lamp is Lamp.RED


@pytest.mark.parametrize(("tier", "lamp"), [(1, "green"), (2, "yellow"), (3, "red"), (4, "none")])
def test_qualitative_tiers(tier: int, lamp: str) -> None:
    """Rules 2.3: 达成 green, 部分达成 yellow, 未达成 red."""
    assert lamp_of("明显提升", Rated(tier, D(0))).lamp == lamp
    assert lamp_of("明显提升", "群众反映良好", tier=tier).lamp == lamp
    assert lamp_of("明显提升", Missing(), tier=tier).lamp == lamp


def test_words_without_a_judgement_have_no_lamp() -> None:
    """Pitfall 24: never silently unscored, never coloured by itself."""
    found = lamp_of("明显提升", "群众反映良好")
    assert (found.lamp, found.notes) == (Lamp.NONE, ("by_hand",))


@pytest.mark.parametrize(
    ("actual", "lamp"), [("达成年度指标", "green"), ("部分达成年度指标并具有一定效果", "yellow"), ("未达成年度指标且效果较差", "red")]
)
def test_the_forms_own_tiers(actual: str, lamp: str) -> None:
    assert lamp_of("60家", actual).lamp == lamp


@pytest.mark.parametrize(
    ("target", "actual", "day", "lamp", "notes"),
    [
        ("完成", "完成", JULY, "green", ()),
        ("完成", "未完成", JULY, "none", ("open",)),
        ("完成", "未完成", END, "red", ()),
        ("优", "优", JULY, "green", ()),
        ("优", "良", JULY, "none", ("by_hand",)),
        ("60家", "完成", JULY, "none", ("by_hand",)),
        ("60家", "未完成", END, "none", ("by_hand",)),
        ("达到国家标准", "达到省级标准", JULY, "none", ("by_hand",)),
        ("应审尽审", "未完成", JULY, "red", ()),
        ("9月底前", "7月", JULY, "green", ()),
        ("6月底前", "7月", JULY, "red", ()),
        ("9月底前", "未完成", JULY, "none", ("open",)),
        ("9月底前", "未完成", date(2020, 9, 30), "none", ("open",)),
        ("9月底前", "未完成", date(2020, 10, 1), "red", ()),
        ("9月底前", "已完成", JULY, "green", ()),
        ("6月底前", "已完成", JULY, "none", ("by_hand",)),
        ("2020年第三季度", "未完成", date(2020, 10, 1), "red", ()),
        ("上半年", "未完成", JULY, "red", ()),
        ("2020年9月15日前", "未完成", date(2020, 9, 16), "red", ()),
        ("9月底前", "进展顺利", JULY, "none", ("by_hand",)),
        ("明显提升", "完成", JULY, "none", ("by_hand",)),
    ],
)
def test_dates_and_deeds(target: str, actual: str, day: date, lamp: str, notes: tuple[str, ...]) -> None:
    found = lamp_of(target, actual, day=day)
    assert (found.lamp, found.notes) == (lamp, notes)


@pytest.mark.parametrize(
    ("target", "actual", "benchmark", "lamp"),
    [
        ("达到全省平均水平", "2.13%", "2.10%", "green"),
        ("达到全省平均水平", "1.6%", "2.10%", "yellow"),
        ("达到全省平均水平", "达到全省平均水平", "", "green"),
        ("达到全省平均水平", "2.13%", "", "none"),
        ("较上年增长10%", "较上年增长12%", "", "blue"),
        ("较上年增长10%", "较上年增长7%", "", "yellow"),
        ("较上年增长10%", "35家", "100家", "red"),
        ("较上年增长10%", "64家", "100家", "green"),
        ("较上年提高", "较上年提高", "", "green"),
        ("较上年提高", "较上年下降", "", "none"),
        ("较上年提高", "5%", "", "green"),
        ("较上年提高", "完成", "", "none"),
    ],
)
def test_relative_targets(target: str, actual: str, benchmark: str, lamp: str) -> None:
    """A growth of 10 % on 100 asks for 110 in the year: 64.17 by July; a level is held against the whole benchmark."""
    found = lamp_of(target, actual, benchmark=value(benchmark) if benchmark else None)
    assert found.lamp == lamp, explain(found.steps)


def test_a_relative_target_missed_at_the_end() -> None:
    assert lamp_of("较上年提高", "较上年下降", day=END).lamp is Lamp.RED


def test_a_relative_target_judged_by_a_person() -> None:
    assert lamp_of("达到全省平均水平", "情况良好", tier=2).lamp is Lamp.YELLOW
    assert lamp_of("达到全省平均水平", "情况良好").lamp is Lamp.NONE


@pytest.mark.parametrize(
    ("observation", "notes"),
    [
        (Missing(), ("missing",)),
        (Reported(value("")), ("missing",)),
        (NotDue("待统计发布"), ("not_due",)),
        (Reported(value("待统计发布")), ("not_due",)),
        (NothingDue(), ("nothing_due",)),
        (Reported(value("不适用")), ("nothing_due",)),
        (Counted(D(0), D(0)), ("nothing_due",)),
        (NotOrganised("鲁科字〔2020〕15号"), ("not_organised",)),
        (NotOrganised(), ("not_organised", "document_missing")),
        (Reported(value("未组织申报")), ("not_organised", "document_missing")),
        (Counted(D(6), D(5)), ("not_judged",)),
        (Counted(D(-1), D(5)), ("not_judged",)),
        (InParts((Zero(),)), ("not_judged",)),
        (Reported(value("100平方米")), ("not_judged",)),
        (Reported(value("每工作日3家")), ("not_judged",)),
    ],
)
def test_states_without_a_figure_are_never_coloured(observation: Observation, notes: tuple[str, ...]) -> None:
    """Pitfalls 2, 3, 5, 8, 9."""
    found = lamp_of("60家", observation)
    assert (found.lamp, found.notes) == (Lamp.NONE, notes)


def test_zero_is_a_figure() -> None:
    """Pitfall 1."""
    assert lamp_of("60家", Zero()).lamp is Lamp.RED
    assert lamp_of("60家", Zero()).notes == ("zero_reported",)


def test_nothing_reported_before_anything_is_due() -> None:
    assert lamp_of("1次", Missing(), curve=once(END, 2020)).notes == ("not_begun",)


def test_a_provisional_figure_is_judged_and_marked() -> None:
    found = lamp_of("达到全省平均水平", Provisional("2019", value("2.13%"), value("2.10%"), "2019"))
    assert (found.lamp, found.notes) == (Lamp.GREEN, ("provisional",))
    assert "2019" in explain(found.steps)[0]


def test_a_benchmark_of_another_edition_is_none() -> None:
    found = lamp_of("达到全省平均水平", Provisional("2019", value("2.13%"), value("2.10%"), "2018"))
    assert (found.lamp, found.notes) == (Lamp.NONE, ("not_judged",))


@pytest.mark.parametrize("target", [None, Parts(()), *(value(text) for text in ("", "不适用", "未组织"))])
def test_without_a_target_there_is_no_lamp(target: Value | None) -> None:
    found = judge(target, Reported(value("3家")), YEAR, JULY, NATIONAL)
    assert (found.lamp, found.notes) == (Lamp.NONE, ("not_judged",))


TWO = value("1部宣传片,2套方案")


@pytest.mark.parametrize(
    ("parts", "lamp", "notes"),
    [
        ((Reported(value("1部")), Reported(value("2套"))), "blue", {"far_ahead"}),
        ((Reported(value("1部")), Zero()), "red", {"far_ahead", "zero_reported"}),
        ((Reported(value("1部")), Missing()), "none", {"far_ahead", "missing", "incomplete"}),
        ((Zero(), Missing()), "red", {"zero_reported", "missing", "incomplete"}),
        ((Reported(value("1部")), NothingDue()), "blue", {"far_ahead", "nothing_due"}),
        ((NotDue(), NotDue()), "none", {"not_due"}),
    ],
)
def test_the_weakest_part_decides(parts: tuple[Observation, ...], lamp: str, notes: set[str]) -> None:
    """Pitfall 6: a missing part leaves the whole incomplete, not better."""
    found = judge(TWO, InParts(parts), YEAR, JULY, NATIONAL)
    assert (found.lamp, set(found.notes)) == (lamp, notes)
    assert "其中“" in "".join(explain(found.steps))


def test_parts_written_in_one_cell() -> None:
    assert judge(TWO, Reported(value("1部宣传片,1套方案")), YEAR, END, NATIONAL).lamp is Lamp.RED
    assert judge(TWO, InParts((Zero(),)), YEAR, JULY, NATIONAL).notes == ("not_judged",)


def test_one_number_for_two_measures() -> None:
    """组织对接次数/对接企业数10, as the seed writes it."""
    assert lamp_of("组织对接次数/对接企业数10", "6").lamp is Lamp.GREEN


def test_an_inexact_actual_is_judged_by_its_worse_end() -> None:
    low, high = lamp_of("60家", "20余家"), lamp_of("≤10次", "10余次")
    assert (low.lamp, low.notes) == (Lamp.RED, ("inexact",))
    assert (high.lamp, high.notes) == (Lamp.RED, ("inexact",))
    assert lamp_of("≤10次", "约8次").lamp is Lamp.GREEN
    assert lamp_of("5-8家", "4-9家", day=END).lamp is Lamp.RED


def test_a_reading_that_stays_open_is_judged_where_all_readings_agree() -> None:
    def between(*amounts: int) -> Unresolved:
        return Unresolved(tuple(Quantity(D(amount), "家") for amount in amounts), "x")

    target = Quantity(D(60), "家")
    assert judge(target, Reported(between(1, 2)), YEAR, JULY, NATIONAL).lamp is Lamp.RED
    assert judge(target, Reported(between(1, 35)), YEAR, JULY, NATIONAL).notes == ("not_judged",)
    assert judge(between(60, 600), Reported(Quantity(D(1), "家")), YEAR, JULY, NATIONAL).lamp is Lamp.RED
    assert judge(between(60, 600), Reported(between(35, 350)), YEAR, JULY, NATIONAL).lamp is Lamp.GREEN
    assert judge(Phrase("x"), Reported(Unresolved((), "y")), YEAR, JULY, NATIONAL).lamp is Lamp.NONE


def test_a_partial_year_has_a_partial_target() -> None:
    """Pitfall 45: a project begun in July with 6家 for the rest of the year owes one by the end of July."""
    found = lamp_of("6家", "1家", curve=linear(2020, 7))
    assert (found.lamp, found.due) == (Lamp.GREEN, 1)


def test_a_number_of_another_scale_is_not_guessed() -> None:
    """Pitfall 50: 0.346 beside 34.6 %."""
    assert lamp_of("34.6%", Reported(Quantity(D("0.346")))).notes == ("not_judged",)


def test_scales_convert() -> None:
    assert lamp_of("20万平方米", "120000平方米").lamp is Lamp.GREEN


def test_about_so_many_is_judged_as_so_many() -> None:
    assert lamp_of("约100人", "60人").lamp is Lamp.GREEN
    assert lamp_of("约100人", "30人").lamp is Lamp.RED


def test_a_target_that_is_no_number_of_the_year() -> None:
    """Working days have no count a year."""
    assert lamp_of("每工作日1次", "100次").notes == ("not_judged",)
