"""A proportion of two numbers (1:3, 3/4, 三分之二) and rates in words (百分之九十五, 九成, 过半).

Sources: rules 7.2 forms 24, 88, 89.
"""

from __future__ import annotations

import re
from decimal import Decimal

from zhiheng.values import quantities
from zhiheng.values.found import Found
from zhiheng.values.lexicon import AFTER, BEFORE, SIGNS
from zhiheng.values.numerals import DIGITS, NUMBER, NUMERAL, chinese
from zhiheng.values.value import Comparator, Quantity, Ratio

_PROPORTION = re.compile(rf"([^0-9]{{0,12}}?)({NUMBER})(?::|比|/)({NUMBER})([^0-9:/]{{0,6}})")
_PARTS_OF = re.compile(
    rf"(.{{0,10}}?)([0-9]+|{NUMERAL}{{1,6}}?)分之([0-9]+(?:\.[0-9]+)?|{NUMERAL}{{1,8}}(?:点{NUMERAL}{{1,8}})?)(.{{0,6}})"
)
_TENTHS = re.compile(rf"(.{{0,10}}?)({NUMBER}|[一二两三四五六七八九])成(半)?(以上|以下|左右|以内)?")
_HALF = re.compile(r"(?:过半数?|超过半数|超半数|超过一半|超一半|一半以上|半数以上)")


def read(text: str) -> Found | None:
    """The ratio or the rate in words that the whole text writes, or None."""
    if "分之" in text:
        return _parts_of(text)
    if "成" in text and (tenths := _TENTHS.fullmatch(text)):
        number = Decimal(tenths[2]) if tenths[2][0].isdigit() else Decimal(DIGITS[tenths[2]])
        rate = number.scaleb(1) + (5 if tenths[3] else 0)
        return quantities.read(f"{tenths[1]}{rate:f}%{tenths[4] or ''}")
    if _HALF.fullmatch(text):
        op = Comparator.GE if text.endswith("以上") else Comparator.GT
        return Found(Quantity(Decimal(50), "%", op), (), True)
    match = _PROPORTION.fullmatch(text)
    return _proportion(match[1], Decimal(match[2]), Decimal(match[3]), match[4]) if match is not None else None


def _proportion(before: str, first: Decimal, second: Decimal, after: str) -> Found | None:
    left = SIGNS.get(before) or BEFORE.get(before) if before else None
    right = AFTER.get(after) if after else None
    if before and left is None or after and right is None or second == 0:
        return None
    if left is not None and right is not None and left is not right and left is not Comparator.EQ:
        return None
    op = right or left or Comparator.EQ
    return Found(Ratio(first, second, op), (), op is not Comparator.EQ or before == "=")


def _parts_of(text: str) -> Found | None:
    match = _PARTS_OF.fullmatch(text)
    if match is None:
        return None
    before, whole, part, after = match.groups()
    number = _number(part)
    if number is None:
        return None
    if whole in ("百", "千"):
        return quantities.read(f"{before}{number:f}{'%' if whole == '百' else '‰'}{after}")
    parts = _number(whole)
    return _proportion(before, number, parts, after) if parts is not None else None


def _number(text: str) -> Decimal | None:
    if text[0].isdigit():
        return Decimal(text)
    whole, point, decimals = text.partition("点")
    if text == "百":
        return Decimal(100)
    head = chinese(whole)
    if head is None:
        return None
    digits = [DIGITS.get(letter) for letter in decimals]
    if None in digits:
        return None
    return Decimal(f"{head}.{''.join(map(str, digits))}") if point else Decimal(head)
