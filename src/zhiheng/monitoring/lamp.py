"""Lamp: the colour under which an indicator, a budget or a whole table is shown in a monitoring round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Lamp(StrEnum):
    """红黄绿蓝. NONE is no colour: not due, nothing due, not organised, not applicable, not reported, not yet judged."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    NONE = "none"


LAMP_NAMES: Mapping[Lamp, tuple[str, str]] = {
    Lamp.RED: ("红灯：严重偏离", "red: far behind"),
    Lamp.YELLOW: ("黄灯：有偏离", "yellow: behind"),
    Lamp.GREEN: ("绿灯：正常", "green: on course"),
    Lamp.BLUE: ("蓝灯：远超进度，目标可能偏低", "blue: far ahead, the target may be too low"),
    Lamp.NONE: ("不亮灯", "no lamp"),
}
"""What each lamp says, in Chinese and English."""

ORDER = tuple(Lamp)
"""From the gravest on: red > yellow > green > blue > none."""


def worst(lamps: Iterable[Lamp]) -> Lamp:
    """The lamp of a whole: the gravest of its parts; none where no part has one."""
    return min(lamps, key=ORDER.index, default=Lamp.NONE)


def steps_apart(one: Lamp, other: Lamp) -> int | None:
    """How many steps two lamps lie apart on red, yellow, green (blue counts as green: it is no worse); None without two lamps."""
    if Lamp.NONE in (one, other):
        return None
    return abs(grade(one) - grade(other))


def grade(lamp: Lamp) -> int:
    """0 red, 1 yellow, 2 green or blue."""
    return min(ORDER.index(lamp), 2)
