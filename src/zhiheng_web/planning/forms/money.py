"""What the forms of budget and projects send, as values. What cannot be read is refused at its field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhiheng.audit.money import IN_YUAN
from zhiheng.values.normalise import normalise
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context
from zhiheng.values.value import Comparator, Quantity
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

Sent = Mapping[str, str]
NO_AMOUNT = Text(
    "“{value}”不是确定的金额，请填写数字，如 120 或 1,200.5万元。",
    "“{value}” is no definite amount: enter a number, such as 120 or 1,200.5万元.",
)
NO_NUMBER = Text("“{value}”不是数。", "“{value}” is not a number.")
NO_DAY = Text("请填写日期。", "Enter a day.")
UNITS = {unit: unit for unit in ("万元", "元")}


def text(sent: Sent, name: str) -> str:
    """The words of a field, '' where it is absent."""
    return sent.get(name, "").strip()


def identifier(sent: Sent, name: str) -> UUID | None:
    """The object that a field chooses; None where none is chosen."""
    try:
        return UUID(text(sent, name)) if text(sent, name) else None
    except ValueError:
        raise _wrong(name, Text("选择无效，请重新选择。", "This choice is not valid: choose again.")) from None


def needed_identifier(sent: Sent, name: str) -> UUID:
    """The same where something must be chosen."""
    found = identifier(sent, name)
    if found is None:
        raise _wrong(name, Text("请选择单位。", "Choose the unit."))
    return found


def amount(sent: Sent, name: str) -> Decimal | None:
    """An amount of money in 元. A bare number is in 万元, as the pages show it; one with its own unit is in that. None: blank."""
    words = text(sent, name)
    if not words:
        return None
    value = parse(normalise(words), Context(name="金额", unit="万元")).value
    if not isinstance(value, Quantity) or value.op is not Comparator.EQ or value.unit not in IN_YUAN or value.per is not None:
        raise _wrong(name, NO_AMOUNT.with_(value=words))
    return value.amount * IN_YUAN[value.unit]


def needed_amount(sent: Sent, name: str) -> Decimal:
    """The same where a blank field is refused."""
    found = amount(sent, name)
    if found is None:
        raise _wrong(name, Text("请填写金额。", "Enter the amount."))
    return found


def points(sent: Sent, name: str) -> Decimal:
    """Points; a blank field is refused."""
    words = normalise(text(sent, name))
    try:
        found = Decimal(words)
    except ArithmeticError:
        found = None
    if found is None or not found.is_finite():
        raise _wrong(name, NO_NUMBER.with_(value=words))
    return found


def year(sent: Sent, name: str, default: int | None = None) -> int | None:
    """A year; ``default`` where the field is blank."""
    words = normalise(text(sent, name))
    if not words:
        return default
    if not (words.isdecimal() and len(words) == 4):
        raise _wrong(name, Text("请填写四位数的年度。", "Enter the year with four digits."))
    return int(words)


def day(sent: Sent, name: str) -> date | None:
    """A day; None where the field is blank."""
    words = text(sent, name)
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise _wrong(name, NO_DAY) from None


def needed_day(sent: Sent, name: str) -> date:
    """The same where a blank field is refused."""
    found = day(sent, name)
    if found is None:
        raise _wrong(name, NO_DAY)
    return found


def whole(sent: Sent, name: str) -> int | None:
    """A whole number; None where the field is blank or holds none."""
    words = text(sent, name)
    return int(words) if words.isdecimal() else None


def _wrong(name: str, words: Text) -> Invalid:
    return Invalid("invalid", words, {name: words})
