"""Units of measure: the lexicon, how a unit is spelt, and how two units compare.

A number keeps the unit it was written with (25.81万平方米); only a comparison converts. The words are data, in
``units.toml``: measure words each count a thing of their own (项 is not 家), physical units have a factor to the
base unit of their dimension. 工作日 and 天 do not convert, nor do 个月 and 天: the law counts them differently.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

from zhiheng.values.value import Every, PeriodUnit

PERIODS: dict[str, PeriodUnit] = {
    "日": PeriodUnit.DAY,
    "天": PeriodUnit.DAY,
    "工作日": PeriodUnit.WORKDAY,
    "周": PeriodUnit.WEEK,
    "星期": PeriodUnit.WEEK,
    "旬": PeriodUnit.TEN_DAYS,
    "月": PeriodUnit.MONTH,
    "月度": PeriodUnit.MONTH,
    "季度": PeriodUnit.QUARTER,
    "季": PeriodUnit.QUARTER,
    "半年": PeriodUnit.HALF_YEAR,
    "半年度": PeriodUnit.HALF_YEAR,
    "年": PeriodUnit.YEAR,
    "年度": PeriodUnit.YEAR,
}
PERIOD = "(?:工作日|半年度?|季度?|年度?|月度?|星期|日|天|周|旬)"

MULTIPLIERS: dict[str, int] = {
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
"""Powers of ten that stand before a unit. 万 and 亿 may also stand alone: 200万."""

SPANS = {"天": PeriodUnit.DAY, "周": PeriodUnit.WEEK, "个月": PeriodUnit.MONTH, "个季度": PeriodUnit.QUARTER, "年": PeriodUnit.YEAR}
"""Lengths of time that stand above the line in an inverted cadence (2周/次)."""

COUNTED = frozenset({"count", "people", "person_times", "person_time", "learning", "clock", "workdays"})
"""Dimensions of which one says *so many per period* (每月8篇); of the others, a rate per period (5000元/年)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A canonical spelling. Two units compare when ``family`` is equal; ``factor`` leads to the family's base."""

    name: str
    dimension: str
    family: str
    factor: Fraction


@dataclass(frozen=True, slots=True)
class Dimension:
    """A group of units and its name in both languages."""

    key: str
    zh: str
    en: str


class Measure(NamedTuple):
    """A unit as written in a cell: canonical unit, recurring period, and whether it was spelt by an alias."""

    unit: str
    per: Every | None
    alias: bool


def _load() -> tuple[dict[str, Unit], dict[str, str], dict[str, Dimension], frozenset[str], frozenset[str]]:
    data = tomllib.loads(resources.files("zhiheng.values").joinpath("units.toml").read_text("utf-8"))
    units: dict[str, Unit] = {}
    measures: set[str] = set()
    needing: set[str] = {"工作日"}
    for key, group in data["dimension"].items():
        nouns = set(group.get("nouns", ()))
        units.update(_units(key, group, units))
        measures.update({*group.get("units", ()), *group.get("alone", ())} - nouns)
        needing |= nouns
    for word in ("万", "亿", "千万", "百万", "万亿", "百亿", "千亿"):
        units[word] = Unit(word, "", "", Fraction(MULTIPLIERS[word]))
    aliases = _aliases(data["aliases"], units, needing)
    measures.update(name for name, target in aliases.items() if target in measures and name in data["aliases"])
    dimensions = {key: Dimension(key, group["zh"], group["en"]) for key, group in data["dimension"].items()}
    return units, aliases, dimensions, frozenset(measures), frozenset(needing)


def _units(key: str, group: dict[str, Any], known: dict[str, Unit]) -> dict[str, Unit]:
    """The units of one dimension, with their multiples (万平方米) where ``known`` has none of that name."""
    alike = {word: same[0] for same in group.get("alike", ()) for word in same}
    base = {name: Unit(name, key, key, Fraction(factor)) for name, factor in group.get("units", {}).items()}
    for name in (*group.get("alone", ()), *group.get("nouns", ())):
        base[name] = Unit(name, key, f"{key}:{alike.get(name, name)}", Fraction(1))
    found = dict(base)
    for word, power in MULTIPLIERS.items() if group["scaled"] else ():
        for name, one in base.items():
            if word + name not in known:
                found.setdefault(word + name, Unit(word + name, key, one.family, one.factor * power))
    return found


def _aliases(listed: dict[str, str], units: dict[str, Unit], needing: set[str]) -> dict[str, str]:
    """Other spelling → unit: as listed, with multiples (万平米), and with 个 before a noun (个行政村)."""
    aliases = dict(listed)
    for name, target in listed.items():
        for word in ("万", "亿", "千", "百"):
            if word + target in units:
                aliases.setdefault(word + name, word + target)
    aliases.update({f"个{name}": name for name in needing})
    wrong = [name for name, target in aliases.items() if target not in units]
    if wrong:
        raise ValueError(f"units.toml: aliases of unknown units: {wrong}")
    return {name: target for name, target in aliases.items() if name not in units}


UNITS, ALIASES, DIMENSIONS, MEASURE_WORDS, NEEDS_MEASURE_WORD = _load()
"""``UNITS``: canonical spelling → unit, ``ALIASES``: other spelling → canonical spelling, ``MEASURE_WORDS``: units that
a Chinese numeral may count, ``NEEDS_MEASURE_WORD``: units that print with 个 (4个行政村)."""

PLAIN: dict[str, Measure] = {name: Measure(name, None, False) for name in UNITS} | {
    name: Measure(target, None, True) for name, target in ALIASES.items()
}
_LONGEST = max(map(len, PLAIN))
_SPELLINGS_OF_HABIT = {"日", "月", "季度", "季", "年度", "星期", "㎡", "m2", "km2", "m3"}
"""Aliases that are as correct as the canonical spelling: no matter for a remark."""
for _name in ALIASES:
    if _name in _SPELLINGS_OF_HABIT or (_name.startswith("个") and _name != "个百分比"):
        PLAIN[_name] = PLAIN[_name]._replace(alias=False)
PLAIN["平方米"] = Measure("平方米", None, False)

_BY = re.compile(rf"(?:[/／每]|[·*×](?=(?:{PERIOD}|[人户家亩])))([0-9]{{0,3}})个?")
_PERSON_TIME = {"人月": PeriodUnit.MONTH, "人年": PeriodUnit.YEAR, "人天": PeriodUnit.DAY}
_WORD = re.compile(PERIOD)
ONE = Decimal(1)


def plain(text: str) -> tuple[Measure, int] | None:
    """The longest plain unit at the start of ``text`` and its length."""
    for length in range(min(_LONGEST, len(text)), 0, -1):
        measure = PLAIN.get(text[:length])
        if measure is not None:
            return measure, length
    return None


@lru_cache(maxsize=4096)
def leading(text: str) -> tuple[Measure, int] | None:
    """The longest unit at the start of ``text``, compound units and periods included (元/人·月, 次/2周)."""
    found = PLAIN.get(text)
    if found is not None:
        return found, len(text)
    start = plain(text)
    if start is None:
        return None
    measure, end = start
    if end < len(text) and text[end] in "/／每·*×":
        return _compound(text, measure, end)
    return start


def _compound(text: str, measure: Measure, end: int) -> tuple[Measure, int]:
    """Go on reading ``/人``, ``/月``, ``·月`` after the first unit."""
    below: list[str] = []
    per: Every | None = None
    alias = measure.alias
    while joint := _BY.match(text, end):
        period = _WORD.match(text, joint.end())
        if period is not None and per is None:
            per = Every(Decimal(joint[1]) if joint[1] else ONE, PERIODS[period[0]])
            end = period.end()
            continue
        found = plain(text[joint.end() :])
        if found is None or joint[1] or joint[0] == "每" or len(below) == 2:
            break
        unit = found[0].unit
        if unit in _PERSON_TIME and per is None:
            per, unit = Every(ONE, _PERSON_TIME[unit]), "人"
        below.append(unit)
        alias = alias or found[0].alias
        end = joint.end() + found[1]
    if per is not None and per.count <= 0:
        return measure, end
    unit = f"{measure.unit}/{'·'.join(below)}" if below else measure.unit
    return Measure(unit, per, alias), end


def whole(text: str) -> Measure | None:
    """A text that is a unit and nothing else, as it stands in a unit column; None if the lexicon has no such unit."""
    found = leading(text)
    return found[0] if found is not None and found[1] == len(text) else None


@lru_cache(maxsize=4096)
def unit(name: str) -> Unit | None:
    """The unit of a canonical spelling, compound units included; None if the lexicon has none."""
    known = UNITS.get(name)
    if known is not None or "/" not in name:
        return known
    above, _, below = name.partition("/")
    first = UNITS.get(above)
    others = [UNITS.get(word) for word in below.split("·")]
    if first is None:
        return None
    factor, families = first.factor, []
    for other in others:
        if other is None:
            return None
        factor /= other.factor
        families.append(other.family)
    return Unit(name, first.dimension, f"{first.family}/{'·'.join(families)}", factor)


def dimension(name: str) -> Dimension | None:
    """The dimension of a unit; None for no unit, a bare 万 and a unit the lexicon does not have."""
    found = unit(name)
    return DIMENSIONS.get(found.dimension) if found is not None else None


def counted(name: str) -> bool:
    """Whether one says *so many per period* of this unit; an unknown unit counts things."""
    found = unit(name)
    return found is None or (found.dimension in COUNTED and "/" not in name)
