"""组织对接次数/对接企业数10: one figure for two numbers, judged by the one that the reading names, from the row's own target."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhiheng.values.value import Quantity
from zhiheng_web.ledgers.measures.judging import aim


@pytest.mark.parametrize("name", ["组织对接次数", "对接企业数"])
@pytest.mark.parametrize(("text", "figure"), [("组织对接次数/对接企业数10", 10), ("组织对接次数/对接企业数12", 12)])
def test_both_readings_take_the_figure_that_the_row_gives(name: str, text: str, figure: int) -> None:
    value = aim(text, name)
    assert isinstance(value, Quantity)
    assert (value.amount, value.unit) == (Decimal(figure), "")


def test_a_plain_target_is_itself() -> None:
    value = aim("8篇", "每月报送")
    assert isinstance(value, Quantity)
    assert (value.amount, value.unit) == (Decimal(8), "篇")
