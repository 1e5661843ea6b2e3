"""Which row of a file is which indicator here: by its key, else by name, target and order, and never by a guess."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from zhiheng.plan.plan import Indicator
from zhiheng_web.evaluation.exchanging.formats import Arrival
from zhiheng_web.evaluation.exchanging.standing import Held, Standing
from zhiheng_web.wording import Text

BY_KEY = Text("按指标主键", "by its key")
BY_NAME_AND_TARGET = Text("按名称和指标值", "by name and target")
BY_NAME = Text("按名称", "by name")
SEVERAL = Text("名称相同的指标不止一个，无法确定是哪一个", "several indicators have this name: which one cannot be told")
UNKNOWN = Text("本表没有这个指标", "this table has no such indicator")


@dataclass(frozen=True, slots=True)
class Pairs:
    """``of`` row here → row of the file with how it was found; ``left`` rows of the file that are none here, with why."""

    of: Mapping[int, tuple[int, Text]]
    left: Sequence[tuple[int, Text]]


def plain(text: str) -> str:
    """A name without blanks and in one width: what two systems spell alike."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def pairs(standing: Standing, arrival: Arrival) -> Pairs:
    """Pair the rows of a file with those here: what is paired by key is not looked for by name any more."""
    rows = arrival.results.plan.indicators
    keys = {row.key: index for index, row in enumerate(standing.rows)}
    found: dict[int, tuple[int, Text]] = {}
    for position, key in enumerate(arrival.ids):
        if key in keys and keys[key] not in found:
            found[keys[key]] = (position, BY_KEY)
    for named, held, how in ((_target_there, _target_here, BY_NAME_AND_TARGET), (_name_there, _name_here, BY_NAME)):
        _by(named, held, how, standing.rows, rows, found)
    taken = {position for position, _ in found.values()}
    names = {plain(row.name) for row in standing.rows}
    left = [(place, SEVERAL if plain(row.name.text) in names else UNKNOWN) for place, row in enumerate(rows) if place not in taken]
    return Pairs(found, left)


def _by(
    named: Callable[[Indicator], Hashable], held: Callable[[Held], Hashable], how: Text, here: Sequence[Held], there: Sequence[Indicator],
    found: dict[int, tuple[int, Text]],
) -> None:  # fmt: skip
    """Pair what is left and says the same on both sides as often: one with one, several of one name and target in their order."""
    taken = {position for position, _ in found.values()}
    own: dict[Hashable, list[int]] = {}
    other: dict[Hashable, list[int]] = {}
    for index, row in enumerate(here):
        if index not in found:
            own.setdefault(held(row), []).append(index)
    for position, line in enumerate(there):
        if position not in taken:
            other.setdefault(named(line), []).append(position)
    for key, indices in own.items():
        places = other.get(key, [])
        if len(places) == len(indices) and (len(indices) == 1 or how is BY_NAME_AND_TARGET):
            found.update({index: (place, how) for index, place in zip(indices, places, strict=True)})


def _target_there(row: Indicator) -> Hashable:
    return plain(row.name.text), plain(row.target.text if row.target is not None else "")


def _target_here(row: Held) -> Hashable:
    return plain(row.name), plain(row.target)


def _name_there(row: Indicator) -> Hashable:
    return plain(row.name.text)


def _name_here(row: Held) -> Hashable:
    return plain(row.name)
