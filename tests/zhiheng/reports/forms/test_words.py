"""The words that follow the budget year."""

from __future__ import annotations

import pytest

from zhiheng.plan.plan import Labels
from zhiheng.reports.forms.words import five_year_plan, labels


@pytest.mark.parametrize(
    ("year", "plan"),
    [
        (1965, ""),
        (1966, "三五"),
        (1985, "六五"),
        (2000, "九五"),
        (2001, "十五"),
        (2006, "十一五"),
        (2010, "十一五"),
        (2015, "十二五"),
        (2016, "十三五"),
        (2020, "十三五"),
        (2021, "十四五"),
        (2025, "十四五"),
        (2026, "十五五"),
        (2030, "十五五"),
        (2051, "二十五"),
        (2056, "二十一五"),
        (2500, ""),
    ],
)
def test_the_five_year_plan_that_covers_a_year(year: int, plan: str) -> None:
    assert five_year_plan(year) == plan


def test_labels_follow_the_budget_year() -> None:
    assert labels(Labels(), 2020) == Labels("“十三五”规划值", "2020年标准值", "2017-2019年均值", "2019年值(实际完成)")
    assert labels(Labels(), 2026) == Labels("“十五五”规划值", "2026年标准值", "2023-2025年均值", "2025年值(实际完成)")


def test_published_labels_stand_as_published() -> None:
    published = Labels("“十三五” 规划值", "2020年 标准值", "2017-2019年 均值", "2019年值 (实际完成)")
    assert labels(published, 2021) == published


def test_without_a_year_nothing_is_made_up() -> None:
    assert labels(Labels(), None) == Labels("五年规划值", "标准值", "前三年均值", "上年值(实际完成)")
    assert labels(Labels(), 1950).planned == "五年规划值"
