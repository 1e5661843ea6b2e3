"""Values in canonical Chinese: one spelling for each, which reads as the same value again.

``parse(wording(value)).value == value`` for every value that parsing can produce. What a context settled is printed with
it (the period of 每月报送, the unit of a column), so that the printed form needs none.
"""

from __future__ import annotations

import re
from decimal import Decimal

from zhiheng.values import achieved, coverage, ranks, relative, tiers, units
from zhiheng.values.lexicon import ZERO
from zhiheng.values.open_reading import REASONS
from zhiheng.values.value import (
    Achieved,
    Cadence,
    Comparator,
    Coverage,
    Deadline,
    Every,
    Missing,
    NotApplicable,
    NotDue,
    NotOrganised,
    Part,
    Parts,
    PeriodUnit,
    Phrase,
    Quantity,
    Rank,
    Ratio,
    Relative,
    Tier,
    Unresolved,
    Value,
)

EQ, GE, LE = Comparator.EQ, Comparator.GE, Comparator.LE
_AMBIGUOUS = re.compile(r"0+(?:\.0+)?%?|2(?:100|[1-9][0-9](?:\.[0-9]+)?)%|(?:19|20)[0-9]{2}\.(?:0?[1-9]|1[0-2])")
"""Figures that need their equals sign to be read as figures: a bare 0, 290%, 2020.12."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_FLOWS = ("净增", "新增", "累计", "总数", "总量", "存量", "保有量", "年新增", "每年新增")


def wording(value: Value) -> str:
    """The value as it is printed in Chinese; '' for a missing one."""
    if isinstance(value, Quantity | Ratio | Cadence):
        return _figure(value)
    match value:
        case Deadline():
            return date(value)
        case Coverage(verb):
            return coverage.words(verb)
        case Relative():
            return relative.words(value)
        case Rank():
            return ranks.words(value)
        case Tier():
            return _tier(value)
        case Achieved():
            return achieved.words(value)
        case Parts():
            return _parts(value)
        case Phrase(words):
            return words
        case Unresolved(candidates, reason):
            return f"待确认({REASONS[reason]['title']}):{'|'.join(wording(candidate) for candidate in candidates)}"
        case _:
            return state(value)


def _figure(value: Quantity | Ratio | Cadence) -> str:
    match value:
        case Quantity():
            return _quantity(value)
        case Ratio(first, second, op):
            return f"{_sign(op)}{first:f}:{second:f}"
        case Cadence(amount, unit, every, op):
            return f"每{period(every)}{_sign(op)}{amount:f}{_unit(unit, amount)}"


def state(value: Missing | NotDue | NotApplicable | NotOrganised) -> str:
    """A state in words; '' for a cell left blank."""
    match value:
        case Missing(placeholder):
            return "XX" if placeholder else ""
        case NotDue(reason):
            return reason or "未到期"
        case NotApplicable(reason):
            return reason or "不适用"
        case NotOrganised(reason):
            return reason or "未组织"


def _sign(op: Comparator) -> str:
    return {EQ: "", Comparator.ABOUT: "约"}.get(op, op.value)


def period(every: Every) -> str:
    """月, 2周, 个工作日: a recurring period without its 每."""
    count = "" if every.count == 1 else f"{every.count:f}"
    word = every.unit.value
    return f"{count}{'个' if every.unit in (PeriodUnit.WORKDAY, PeriodUnit.MONTH) and count else ''}{word}"


def _unit(name: str, amount: Decimal) -> str:
    """The unit, in brackets where bare it would read as something else (2020年, a unit the lexicon lacks)."""
    if not name:
        return ""
    if name == "年" and _YEAR.fullmatch(f"{amount:f}"):
        return "(单位:年)"
    if name in units.NEEDS_MEASURE_WORD:
        return f"个{name}"
    found = units.leading(name)
    return name if found is not None and found == (units.Measure(name, None, False), len(name)) else f"(单位:{name})"


def _quantity(value: Quantity) -> str:
    if value.upper is not None:
        return _range(value)
    if value.qualifier in ZERO and not value.unit and value.amount == 0 and value.op is EQ and value.qualifier not in _FLOWS:
        return f"零{value.qualifier}"
    number = f"{value.amount:f}{_unit(value.unit, value.amount)}"
    sign = "=" if value.op is EQ and _AMBIGUOUS.fullmatch(number) else _sign(value.op)
    return f"{value.qualifier}{sign}{number}{_per(value)}"


def _per(value: Quantity) -> str:
    if value.per is None:
        return ""
    if units.counted(value.unit) or value.qualifier or value.upper is not None or not value.unit or units.unit(value.unit) is None:
        return f"(每{period(value.per)})"
    return f"/{period(value.per)}"


def _range(value: Quantity) -> str:
    low, high, unit = f"{value.amount:f}", f"{value.upper:f}", _unit(value.unit, value.amount)
    if value.bounds != "[]" and (value.per or unit.startswith("(")):
        return f"{value.qualifier}{value.bounds[0]}{low},{high}{value.bounds[1]}{unit}{_per(value)}"
    if value.bounds != "[]":
        return f"{value.qualifier}{'≥' if value.bounds[0] == '[' else '>'}{low}{unit}且{'≤' if value.bounds[1] == ']' else '<'}{high}{unit}"
    if not unit and not value.per:
        return f"{value.qualifier}≥{low}且≤{high}"
    return f"{value.qualifier}{low}—{high}{unit}{_per(value)}"


def _tier(value: Tier) -> str:
    level = tiers.words(value)
    if value.op is GE:
        return f"{level}以上"
    return f"{level}以下" if value.op is LE else f"{_sign(value.op)}{level}"


def date(value: Deadline) -> str:
    """A date or deadline: 2020年12月31日前, 11月底前, 年底前, 2020年第三季度."""
    year = f"{value.year}年" if value.year is not None else ""
    before = "前" if value.op is LE else ""
    if value.half is not None:
        return f"{year}{'上' if value.half == 1 else '下'}半年"
    if value.quarter is not None:
        return f"{year}第{'一二三四'[value.quarter - 1]}季度"
    if value.month is None and value.day is not None:
        return f"当月{value.day}日{before}"
    if value.month is None:
        return f"{year or '年'}{'底前' if before else ''}" if year else f"年底{before}"
    if value.day is None:
        return f"{year}{value.month}月{'底前' if before else ''}"
    return f"{year}{value.month}月{value.day}日{before}"


def _parts(value: Parts) -> str:
    parts = value.parts
    if value.shared:
        last = parts[-1]
        names = "/".join(part.name for part in parts)
        return f"{names}{wording(last.value).lstrip('=') if last.value is not None else ''}"
    if [part.name for part in parts] == ["开始", "结束"]:
        return "至".join(wording(part.value) for part in parts if part.value is not None)
    return ";".join(_part(part) for part in parts)


def _part(part: Part) -> str:
    text = wording(part.value) if part.value is not None else ""
    return f"{part.name}:{text}" if part.name else text
