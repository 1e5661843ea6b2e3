"""Numbers as written: digits, and Chinese numerals where they count something.

Chinese numerals are also parts of words (一带一路, 第三方, 统一), so they are read only before a measure word, a
comparator, or at the end of a number phrase. Own short reader: cn2an gives the same numbers (a test compares), but costs
more per call than a whole cell may.
"""

from __future__ import annotations

import re
from decimal import Decimal

from zhiheng.values.units import MEASURE_WORDS

NUMBER = r"[0-9]{1,18}(?:\.[0-9]{1,18})?"
"""Digits of a figure. Longer runs are no figures (account numbers, damaged text)."""

_SPELT = ("零〇○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
DIGITS = {letter: value for value, letters in enumerate(_SPELT) for letter in letters}
_POWERS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
NUMERAL = "[零〇○一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万亿]"


def chinese(text: str) -> int | None:
    """The number that Chinese numerals write: 二十 → 20, 三万五 → 35000, 二〇二〇 → 2020. None if none: 三五 is 3 to 5."""
    if not text or len(text) > 24:
        return None
    if all(letter in DIGITS for letter in text):
        return int("".join(str(DIGITS[letter]) for letter in text)) if len(text) == 1 or text[1] in "零〇○" else None
    total, section, digit, last = 0, 0, None, 1
    for letter in text:
        if letter in DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = DIGITS[letter]
            if digit == 0:
                last = 1
        elif letter in _POWERS:
            section += (1 if digit is None else digit) * _POWERS[letter]
            digit, last = None, _POWERS[letter]
        elif letter in _LARGE:
            if section == 0 and digit is None and total == 0:
                return None
            total = (total + section + (digit or 0)) * _LARGE[letter]
            section, digit, last = 0, None, _LARGE[letter]
        else:
            return None
    if digit is not None and last > 10 and digit:
        section += digit * (last // 10)
        digit = None
    return total + section + (digit or 0)


_UNIT = "|".join(sorted((re.escape(word) for word in MEASURE_WORDS if not word[0].isdigit()), key=len, reverse=True))
_COUNTING = re.compile(
    rf"(?<![第数几0-9{NUMERAL[1:-1]}])({NUMERAL}+)(?=(?:[余多]?(?:[百千]?[万亿])?[余多]?)(?:{_UNIT}|%|倍|成|[余多]|及?以[上下内]|左右|\Z|[-~至到:]))"
)
_ORDINAL = re.compile(rf"(?<=[第前])({NUMERAL}+)(?=名|位|季度|\Z)")
_MIXED = re.compile(r"([0-9]+(?:\.[0-9]+)?)([万千亿])([0-9]{1,4})([千百十])?(?![0-9.])")
_HALF = re.compile(r"(?<![每上下前后第个])半(?:年(?!度|[0-9])|天|日|小时)|(?<=1)年半")
_TRAILING = re.compile(r"^(.*?)([万亿]+)$")


def arabic(text: str) -> str:
    """The text with its counting Chinese numerals as digits: 建立四项 → 建立4项, 二十万平方米 → 20万平方米."""
    text = _HALF.sub(_halves, text)
    text = _COUNTING.sub(_digits, _MIXED.sub(_mixed, text))
    return _ORDINAL.sub(_digits, text)


def _halves(match: re.Match[str]) -> str:
    words = {"半年": "6个月", "半天": "0.5天", "半日": "0.5天", "半小时": "30分钟", "年半": ".5年"}
    return words[match[0]]


def _digits(match: re.Match[str]) -> str:
    run = match[1]
    scaled = _TRAILING.match(run)
    if scaled is not None:
        head = chinese(scaled[1])
        return run if head is None else f"{head}{scaled[2]}"
    number = chinese(run)
    return run if number is None else str(number)


def _mixed(match: re.Match[str]) -> str:
    powers = {"千": 1000, "万": 10**4, "亿": 10**8, "百": 100, "十": 10}
    head = Decimal(match[1]) * powers[match[2]]
    tail = Decimal(match[3]) * (powers[match[4]] if match[4] else powers[match[2]] // 10)
    if len(match[3]) > 1 and not match[4]:
        return match[0]
    return f"{(head + tail).normalize():f}"
