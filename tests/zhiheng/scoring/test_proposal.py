"""Proposals: exact sums under every scheme, levels by words, points of absent levels by the scheme's own rule."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiheng.plan.plan import Cell, Figure, Indicator, Plan
from zhiheng.scoring.classifying import classify
from zhiheng.scoring.proposal import METHOD_CHOICES, Kept, propose
from zhiheng.scoring.scheme_file import SchemeError, load, names, scheme
from zhiheng.scoring.trace import texts
from zhiheng.tables.reading import read
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context

LINYI = Path(__file__).parents[3] / "examples" / "linyi-2020" / "table.txt"


def row(name: str, target: str = "60家", definition: str = "", category: tuple[str, ...] = (), weight: str | None = None) -> Indicator:
    reading = parse(target, Context(name=name, year=2020))
    points = Figure(parse(weight, Context(name="分值"))) if weight is not None else None
    return Indicator(Cell(name), category=category, definition=Cell(definition), target=Figure(reading), weight=points)


def plan(*rows: Indicator) -> Plan:
    return Plan("表", "duty-table", 2020, indicators=rows)


@pytest.mark.parametrize(
    ("indicator", "level", "sublevel"),
    [
        (row("高新技术企业认定数量"), "output", "quantity"),
        (row("组织科技奖励评审", "应审尽审"), "output", "quality"),
        (row("服务企业满意度", "≥90%"), "satisfaction", "served"),
        (row("项目验收合格率", "95%"), "output", "quality"),
        (row("资金拨付及时率", "100%"), "output", "timeliness"),
        (row("项目完成时间", "12月底前"), "output", "timeliness"),
        (row("单位建设成本", "≤200万元"), "output", "cost"),
        (row("高新技术产业产值占比", "34.6%"), "benefit", "economic"),
        (row("带动就业人数", "500人"), "benefit", "social"),
        (row("单位产值能耗下降率", "3%"), "benefit", "ecological"),
        (row("建立长效机制", "建立"), "benefit", "sustainable"),
        (row("某指标", "10个", category=("效益指标", "社会效益指标")), "benefit", "social"),
        (row("某指标", "较好", definition="反映服务对象满意程度"), "satisfaction", "served"),
        (row("某指标", "10个", definition="反映服务对象满意程度"), "output", "quantity"),
    ],
)
def test_levels_by_words(indicator: Indicator, level: str, sublevel: str) -> None:
    found = classify(indicator, scheme())
    assert (found.level, found.sublevel) == (level, sublevel)


def test_cost_is_a_level_of_its_own_in_the_later_tree() -> None:
    found = classify(row("单位建设成本", "≤200万元"), scheme("with_cost"))
    assert (found.level, found.sublevel) == ("cost", "economic_cost")


@pytest.mark.parametrize("name", [name for name in names() if name != "decision"])
def test_the_real_table_sums_exactly(name: str) -> None:
    found = propose(read(LINYI).tables[0].plan, scheme(name))
    assert sum(each.points for each in found.rows) == found.expected
    assert found.execution + found.expected == 100
    assert not found.stranded


def test_points_that_no_rule_moves_are_reported_and_not_given() -> None:
    found = propose(read(LINYI).tables[0].plan, scheme("decision"))
    assert found.stranded == ("decision", "management")
    assert sum(each.points for each in found.rows) == 45


def test_the_real_table_lacks_satisfaction_and_cost() -> None:
    real = read(LINYI).tables[0].plan
    assert [(move.absent, move.to, move.points) for move in propose(real, scheme()).moves] == [("satisfaction", "benefit", 10)]
    moves = [(move.absent, move.to, move.points) for move in propose(real, scheme("with_cost")).moves]
    assert moves == [("cost", "output", 10), ("cost", "benefit", 10), ("satisfaction", "benefit", 10)]
    levels = {level.key: (level.fixed, level.points) for level in propose(real, scheme("with_cost")).levels}
    assert levels == {"cost": (20, 0), "output": (40, 50), "benefit": (20, 40), "satisfaction": (10, 0)}


FULL = ("带动收入", "服务对象满意度")


@given(count=st.integers(1, 400), kept=st.dictionaries(st.integers(0, 30), st.sampled_from(["0", "0.3", "1.5", "2", "3.3333"])))
@settings(max_examples=60, deadline=None)
def test_every_level_is_spread_exactly_and_evenly(count: int, kept: dict[int, str]) -> None:
    rows = [row(f"数量{number}") for number in range(count)] + [row(name, "90%") for name in FULL]
    set_already = {index: Kept("output", Decimal(points)) for index, points in kept.items() if index < count - 1}
    found = propose(plan(*rows), scheme(), set_already)
    outputs = found.rows[:count]
    free = [each.points for each in outputs if each.index not in set_already]
    assert all(outputs[index].points == each.points for index, each in set_already.items())
    given_away = sum((each.points for each in set_already.values()), Decimal(0))
    if given_away < 50:
        assert sum(each.points for each in outputs) == 50
        assert max(free) - min(free) <= Decimal("0.5")
        assert min(free) > 0
    else:
        assert set(free) == {None}


def test_twelve_and_a_half_times_eight_and_thirds() -> None:
    """Pitfall 74: 12.5×8 and 33.33/33.33/33.34 are 100, in decimals."""
    eights = propose(plan(*[row(f"履职{n}") for n in range(8)]), scheme("department"))
    assert [each.points for each in eights.rows] == [Decimal("12.5")] * 8
    thirds = {n: Kept("output", Decimal(points)) for n, points in enumerate(("33.33", "33.33", "33.34"))}
    found = propose(plan(*[row(f"履职{n}") for n in range(3)]), scheme("department"), thirds)
    assert sum(each.points for each in found.rows) == found.expected == 100


def test_no_rows_propose_nothing_and_divide_by_nothing() -> None:
    """Pitfall 76."""
    found = propose(plan(), scheme())
    assert found.rows == ()
    assert found.expected == 90


def test_points_of_the_table_and_usual_points_come_first() -> None:
    found = propose(
        plan(row("甲", weight="20"), row("乙"), row("丙"), row("收入", "5万元"), row("满意度", "90%")),
        scheme(),
        usual={1: Decimal(4), 2: Decimal(2)},
    )
    assert [each.points for each in found.rows] == [20, 20, 10, 30, 10]
    assert found.rows[0].points_reason.code == "points_form"
    assert found.rows[1].points_reason.code == "points_usual"


def test_every_reason_reads_in_both_languages() -> None:
    for name in names():
        for each in propose(read(LINYI).tables[0].plan, scheme(name)).rows:
            for reason in (each.level_reason, each.points_reason, each.method_reason):
                assert "{" not in reason.text("zh") + reason.text("en")
                assert reason.text("zh") != reason.text("en")
            assert each.method in METHOD_CHOICES
    assert all(f"method.{key}" in texts() for key in METHOD_CHOICES)


def test_the_same_table_gives_the_same_proposal() -> None:
    real = read(LINYI).tables[0].plan
    assert propose(real, scheme()) == propose(real, scheme())


def test_parts_of_an_absent_level_must_sum_to_its_points() -> None:
    text = (
        '[scheme]\nzh = "甲"\nen = "a"\nfrom = 2024-01-01\nextends = "with_cost"\nbasis = "乙"\nstatus = "convention"\n'
        '[weights]\ncost_to = { value = [["output", "5"]], zh = "甲", en = "a", basis = "乙", status = "convention" }\n'
    )
    with pytest.raises(SchemeError, match=r"cost_to: the parts do not sum to 20"):
        load("own.toml", text)
