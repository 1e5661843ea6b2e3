"""Points as plain numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plans import plan_of

from zhiheng.audit.scored import announced, award, cut_off, doubtful, execution, plain
from zhiheng.plan.place import Place, Problem
from zhiheng.plan.plan import Figure, Table
from zhiheng.values.parse import parse


@given(st.decimals(min_value=-999, max_value=999, places=2), st.sampled_from(["", "分", " "]))
def test_a_number_of_points_is_that_number(number: Decimal, after: str) -> None:
    assert plain(Figure(parse(f"{number}{after}"))) == number


@pytest.mark.parametrize("text", ["", "—", "/", "优", "10/10", "约10"])
def test_what_is_no_number_of_points(text: str) -> None:
    assert plain(Figure(parse(text))) is None


def test_no_column_has_no_points() -> None:
    assert plain(None) is None


def test_a_row_without_points_to_give_has_no_award() -> None:
    rows = plan_of(
        {"indicators": [{"name": "甲", "weight": "0", "points": "0"}, {"name": "乙", "weight": "10", "points": "0"}]}
    ).plan.indicators
    assert award(rows[0]) is None
    found = award(rows[1])
    assert found is not None
    assert not found.full


def test_announced_points_are_those_of_the_level_words() -> None:
    table = plan_of(
        {"levels": {"效益指标": "30", "其他": "若干"}, "indicators": [{"name": "甲", "category": ["产出指标（50 分）", "数量指标"]}]}
    )
    assert announced(table.plan) == {"效益指标": 30, "产出指标（50 分）": 50}


@pytest.mark.parametrize(("points", "scored"), [("10", True), ("—", False), ("", False)])
def test_the_scored_row_of_the_money_has_points(points: str, scored: bool) -> None:
    funds = [{"name": "年度资金总额", "budget": "10", "points": points}]
    assert (execution(plan_of({"budget": {"funds": funds}, "indicators": []}).plan) is not None) is scored


def test_a_form_without_money_scores_no_execution() -> None:
    assert execution(plan_of({"indicators": []}).plan) is None


def test_a_table_that_ends_within_its_source_is_cut_off() -> None:
    table = plan_of({"indicators": []})
    assert not cut_off(table)
    assert not doubtful(table)
    assert cut_off(Table(table.plan, (Problem("truncated", Place()),)))
    assert doubtful(Table(table.plan, (Problem("truncated", Place()),)))


def test_a_row_read_with_doubt_makes_sums_doubtful() -> None:
    table = plan_of({"indicators": []})
    assert doubtful(Table(table.plan, (Problem("row-uncertain", Place()),)))
    assert not doubtful(Table(table.plan, (Problem("row-uncertain", Place(), repaired=True),)))
    assert not cut_off(Table(table.plan, (Problem("row-uncertain", Place()),)))
