"""What stands around a cell settles what the cell leaves open: unit, sign, period, fraction, zero.

Nothing is guessed: a column or the indicator's own name must say it; else the reading stays open with its candidates.
Sources: rules 7.1, 7.2 forms 7, 22, 23, 32, 42, 96, 7.3; pitfalls 7, 50.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Context as Wide
from decimal import Decimal

from zhiheng.values import flags, units
from zhiheng.values.found import Found
from zhiheng.values.lexicon import BEFORE, NAME, SIGNS, speaks_of
from zhiheng.values.normalise import normalise, tidy
from zhiheng.values.reading import Context
from zhiheng.values.units import PERIOD, PERIODS
from zhiheng.values.value import Cadence, Comparator, Deadline, Every, Parts, Quantity, Ratio, Relative, Tier, Unresolved, Value
from zhiheng.values.zero import readings

EQ, LE, LT, GE, GT = Comparator.EQ, Comparator.LE, Comparator.LT, Comparator.GE, Comparator.GT
_NAMED_UNITS = frozenset(("%", *units.MULTIPLIERS))
"""Units whose meaning the name may settle: a share, a bare 万."""
_NO_UNIT = frozenset(("", "无", "/", "-", "--", "定性", "其他", "文字", "文字描述", "不适用"))
_IN_NAME = re.compile(r"\(([^()]{1,8})\)$")
_EVERY_IN_NAME = re.compile(rf"每([0-9]{{0,2}}|[一二两三四五六])个?({PERIOD})(?!均|平均)")
_LOST_SIGN = re.compile(r"2(100|[1-9][0-9](?:\.[0-9]+)?)")
WIDE = Wide(prec=60)
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}


def settle(found: Found, context: Context) -> Found:
    """The reading in its context."""
    value = found.value
    if isinstance(value, Quantity):
        return _quantity(found, value, context)
    if isinstance(value, Unresolved):
        return _open(found, value, context)
    if context.sign:
        return _signed(found, context.sign)
    return found


def _quantity(found: Found, value: Quantity, context: Context) -> Found:
    needed = not value.unit or value.unit in _NAMED_UNITS or "每" in context.name
    name = _name(context.name) if context.name and needed else ""
    if not value.unit and not value.qualifier:
        found = _with_unit(found, value, context, name)
    elif value.unit in units.MULTIPLIERS:
        found = _scaled(found, value, context, name)
    if context.sign:
        found = _signed(found, context.sign)
    value_now = found.value
    if not isinstance(value_now, Quantity):
        return found
    if value_now.unit == "%" or not value_now.unit:
        found = _doubts(found, value_now, context, name)
    if "每" in name and found.value is value_now:
        found = _period(found, value_now, name)
    if context.definition and value_now.unit and value_now.op is EQ and not found.explicit:
        found = _lost_in_count(found, context.definition)
    return found


def _name(name: str) -> str:
    return normalise(tidy(name)) if len(name) <= 200 else ""


def _with_unit(found: Found, value: Quantity, context: Context, name: str) -> Found:
    """A bare number takes the unit of its column, else of the brackets at the end of the name."""
    column = normalise(tidy(context.unit)) if context.unit else ""
    if column not in _NO_UNIT:
        measure = units.whole(column) or units.Measure(column, None, False)
        marks = (*found.flags, flags.UNIT_ALIAS) if measure.alias else found.flags
        return found._replace(value=_measured(value, measure), flags=marks, explicit=found.explicit)
    bracket = _IN_NAME.search(name) if name.endswith(")") else None
    if bracket is not None:
        measure_named = units.whole(bracket[1].lstrip("≥≤><=*"))
        if measure_named is not None:
            return found._replace(value=_measured(value, measure_named), flags=(*found.flags, flags.UNIT_FROM_NAME))
    return found._replace(flags=(*found.flags, flags.NO_UNIT))


def _measured(value: Quantity, measure: units.Measure) -> Value:
    span, _, counted = measure.unit.partition("/")
    if span in units.SPANS and counted and value.upper is None and value.amount > 0 and units.counted(counted):
        return Cadence(units.ONE, counted, Every(value.amount, units.SPANS[span]), value.op)
    if measure.per is not None and value.upper is None and units.counted(measure.unit):
        return Cadence(value.amount, measure.unit, measure.per, value.op)
    return replace(value, unit=measure.unit, per=measure.per or value.per)


def _scaled(found: Found, value: Quantity, context: Context, name: str) -> Found:
    """A bare 万 or 亿: the unit it multiplies stands in the column, or the name speaks of money."""
    column = normalise(tidy(context.unit)) if context.unit else ""
    if column not in _NO_UNIT:
        joined = column if column.startswith(value.unit) else value.unit + column
        measure = units.whole(joined)
        if measure is not None:
            return found._replace(value=_measured(value, measure))
    bracket = _IN_NAME.search(name) if name.endswith(")") else None
    if bracket is not None and bracket[1].startswith(value.unit) and (named := units.whole(bracket[1])) is not None:
        return found._replace(value=_measured(value, named), flags=(*found.flags, flags.UNIT_FROM_NAME))
    if name and speaks_of(name, "money"):
        return found._replace(value=replace(value, unit=f"{value.unit}元"), flags=(*found.flags, flags.UNIT_FROM_NAME))
    return found._replace(flags=(*found.flags, flags.NO_UNIT))


def is_rate(name: str) -> bool:
    """Whether a name ends as a share, a rate or a degree does (合格率, 占比, 满意度)."""
    return _trimmed(name).endswith(NAME["rate"])


def _trimmed(name: str) -> str:
    bracket = name.rfind("(")
    return name[:bracket] if name.endswith(")") and bracket > 0 else name


def _doubts(found: Found, value: Quantity, context: Context, name: str) -> Found:
    """Fractions, rates without a unit, bare zeros and signs lost in scanning."""
    if value.upper is not None or value.per is not None:
        return found
    settled_by_column = bool(context.unit or context.sign) or found.explicit
    plain = value.unit == "%" or flags.NO_UNIT in found.flags
    if value.amount == 0 and plain and not settled_by_column and not _zero_is_meant(value, name):
        return found._replace(value=Unresolved(readings(value), "zero_or_none"))
    if not value.unit:
        return _rate_without_unit(found, value, name) if name and is_rate(name) and value.amount > 0 else found
    if flags.FRACTION in found.flags or not name and context.unit:
        return found
    if context.unit and 0 < value.amount < 1 and value.op in (EQ, GE, GT) and is_rate(name) and not speaks_of(name, "growth"):
        percent = replace(value, amount=_hundredfold(value.amount))
        return found._replace(value=Unresolved((value, percent), "fraction_or_percent"), flags=(*found.flags, flags.FRACTION))
    return _lost_in_percent(found, value, name)


def _zero_is_meant(value: Quantity, name: str) -> bool:
    if not name:
        return False
    return speaks_of(name, "fallible") or (value.unit == "%" and (is_rate(name) or speaks_of(name, "growth")))


def _hundredfold(amount: Decimal) -> Decimal:
    return Decimal(f"{amount.scaleb(2, WIDE):f}")


def _rate_without_unit(found: Found, value: Quantity, name: str) -> Found:
    """0.95 under a name in 率 is 95 % as spreadsheets keep it; above one the unit is open."""
    marks = tuple(mark for mark in found.flags if mark != flags.NO_UNIT)
    if value.amount <= 1 and _trimmed(name).endswith("率"):
        percent = replace(value, amount=_hundredfold(value.amount), unit="%")
        return found._replace(value=percent, flags=(*marks, flags.FRACTION))
    percent = replace(value, unit="%")
    if value.amount <= 1:
        as_fraction = replace(value, amount=_hundredfold(value.amount), unit="%")
        return found._replace(value=Unresolved((as_fraction, percent, value), "fraction_or_percent"))
    return found._replace(value=Unresolved((percent, value), "percent_without_unit"))


def _lost_in_percent(found: Found, value: Quantity, name: str) -> Found:
    """290% where a share cannot exceed 100: ≥90% whose sign was read as a 2."""
    lost = _LOST_SIGN.fullmatch(f"{value.amount:f}")
    if lost is None or found.explicit or name and (speaks_of(name, "growth") or not is_rate(name)):
        return found
    repaired = replace(value, amount=Decimal(lost[1]), op=GE)
    return found._replace(value=Unresolved((repaired, value), "sign_lost"), flags=(*found.flags, flags.OCR_SUSPECT))


def _lost_in_count(found: Found, definition: str) -> Found:
    """2280次 or 7280次 where the explanation says 280次."""
    value = found.value
    if not isinstance(value, Quantity) or not value.unit:
        return found
    digits = f"{value.amount:f}"
    if len(digits) < 3 or digits[0] not in "27" or digits[1] == "0" or value.op is not EQ:
        return found
    said = re.findall(rf"([0-9.]+){re.escape(value.unit)}", normalise(tidy(definition[:500])))
    if digits[1:] not in said or digits in said:
        return found
    repaired = replace(value, amount=Decimal(digits[1:]), op=GE)
    return found._replace(value=Unresolved((repaired, value), "sign_lost"), flags=(*found.flags, flags.OCR_SUSPECT))


def _period(found: Found, value: Quantity, name: str) -> Found:
    """8篇 under 每月报送: eight a month."""
    match = _EVERY_IN_NAME.search(name)
    if match is None or value.per is not None or not value.unit or value.qualifier:
        return found
    dimension = units.dimension(value.unit)
    if dimension is None or dimension.key not in ("count", "people", "person_times", "money", "learning"):
        return found
    count = Decimal(_DIGITS.get(match[1], match[1] or 1))
    if count <= 0:
        return found
    return found._replace(value=replace(value, per=Every(count, PERIODS[match[2]])), flags=(*found.flags, flags.PERIOD_FROM_NAME))


def _signed(found: Found, column: str) -> Found:
    """The sign of a column of its own joins a value whose text has none; two different signs stay open."""
    sign: Comparator | None = SIGNS.get(column)
    if sign is None:
        word = normalise(tidy(column))
        sign = SIGNS.get(word) or BEFORE.get(word)
    if sign is None:
        return found
    value = found.value
    if isinstance(value, Deadline):
        return _signed_date(found, value, sign)
    if not isinstance(value, Quantity | Cadence | Ratio | Tier | Relative):
        return found
    if isinstance(value, Quantity) and value.upper is not None or isinstance(value, Relative) and value.change and value.amount is None:
        return found
    joined = replace(value, op=sign)
    if not found.explicit or value.op is sign:
        return found._replace(value=joined, explicit=True)
    return found._replace(value=Unresolved((value, joined), "sign_column_disagrees"))


def _signed_date(found: Found, value: Deadline, sign: Comparator) -> Found:
    if sign in (LE, LT):
        return found._replace(value=replace(value, op=LE), explicit=True)
    if sign is EQ:
        return found
    return found._replace(value=Unresolved((value,), "sign_column_disagrees"))


def _open(found: Found, value: Unresolved, context: Context) -> Found:
    """An open reading that a column or the name closes."""
    name = _name(context.name) if context.name else ""
    if value.reason in ("days_or_date", "months_or_date", "range_or_date", "date_or_number"):
        return _date_or_length(found, value, context, name)
    if value.reason == "nothing_or_none":
        return _nothing(found, name)
    if value.reason == "which_scale" and name:
        grade, level = speaks_of(name, "grade"), speaks_of(name, "level")
        if grade != level:
            return found._replace(value=value.candidates[0 if grade else 1])
    return found


def _nothing(found: Found, name: str) -> Found:
    """无 under 安全事故 says that none happened."""
    if name and speaks_of(name, "fallible"):
        return found._replace(value=Quantity(Decimal(0), "", EQ), explicit=True)
    return found


def _date_or_length(found: Found, value: Unresolved, context: Context, name: str) -> Found:
    date = next((item for item in value.candidates if isinstance(item, Deadline | Parts)), None)
    other = next((item for item in value.candidates if isinstance(item, Quantity)), None)
    if date is None or other is None:
        return found
    is_date = bool(name) and speaks_of(name, "date") and not speaks_of(name, "duration")
    is_length = bool(name) and speaks_of(name, "duration") and not speaks_of(name, "date")
    column = normalise(tidy(context.unit)) if context.unit else ""
    if value.reason in ("range_or_date", "date_or_number"):
        if column not in _NO_UNIT or context.sign or name.endswith(("数", "数量", "次数", "人数", "个数", "率", "额")):
            return _quantity(found._replace(value=other, explicit=True), other, context)
    elif column in ("天", "日", "工作日", "月", "个月") or is_length:
        return found._replace(value=other)
    if is_date and value.reason != "days_or_date":
        undated = isinstance(date, Deadline) and date.year is None
        marks = flags.MILESTONES if isinstance(date, Parts) else flags.WHOLE_BUDGET_YEAR if undated else ""
        return found._replace(value=date, flags=(*found.flags, marks) if marks else found.flags)
    return found
