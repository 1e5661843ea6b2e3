"""Lamps: their order, their names, the steps between them."""

from __future__ import annotations

from itertools import product

import pytest

from zhiheng.monitoring.lamp import LAMP_NAMES, Lamp, steps_apart, worst

RED, YELLOW, GREEN, BLUE, NONE = Lamp.RED, Lamp.YELLOW, Lamp.GREEN, Lamp.BLUE, Lamp.NONE


def test_the_worst_wins_red_yellow_green_blue() -> None:
    """Rules 2.3: whole project or department."""
    for lamps in product(Lamp, repeat=3):
        wanted = next(lamp for lamp in (RED, YELLOW, GREEN, BLUE, NONE) if lamp in lamps)
        assert worst(lamps) is wanted


def test_a_whole_of_nothing_has_no_lamp() -> None:
    assert worst([]) is NONE


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [(RED, GREEN, 2), (GREEN, RED, 2), (RED, YELLOW, 1), (BLUE, GREEN, 0), (BLUE, RED, 2), (NONE, RED, None), (GREEN, NONE, None)],
)
def test_steps_between_lamps(one: Lamp, other: Lamp, apart: int | None) -> None:
    assert steps_apart(one, other) == apart


def test_every_lamp_has_a_name_in_both_languages() -> None:
    assert set(LAMP_NAMES) == set(Lamp)
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in zh) and en.isascii() for zh, en in LAMP_NAMES.values())
