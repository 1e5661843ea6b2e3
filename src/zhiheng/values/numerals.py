"""Numbers as written: digits, and Chinese numerals where they count something.

Chinese numerals are also parts of words (一带一路, 第三方, 统一), so they are read only before a measure word, a
comparator, or at the end of a number phrase. Own short reader: cn2an gives the same numbers (a test compares), but costs
more per call than a whole cell may.
"""

from __future__ import annotations

import re

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
            total = _joined(total, section + (digit or 0), _LARGE[letter])
            section, digit, last = 0, None, _LARGE[letter]
        else:
            return None
    if digit is not None and last > 10 and digit:
        section += digit * (last // 10)
        digit = None
    return total + section + (digit or 0)


def _joined(total: int, section: int, power: int) -> int:
    """What stands before a 万 or 亿: after an 亿 the 万 counts its own section only (一亿两千万), 亿 all before it (一万亿)."""
    return total + section * power if total >= 10**8 > power else (total + section) * power


_UNIT = "|".join(sorted((re.escape(word) for word in MEASURE_WORDS if not word[0].isdigit()), key=len, reverse=True))
_COUNTING = re.compile(
    rf"(?<![第数几0-9{NUMERAL[1:-1]}])({NUMERAL}+)(?=(?:[余多]?(?:[百千]?[万亿])?[余多]?)(?:{_UNIT}|%|倍|成|[余多]|及?以[上下内]|左右|\Z|[-~至到:]))"
)
_ORDINAL = re.compile(rf"(?<=[第前])({NUMERAL}+)(?=名|位|季度|\Z)")
_MIXED = re.compile(r"(?<![0-9.])[0-9]{1,8}[万千亿](?:零?[0-9]{1,4}[千百十万]{0,2})+(?![0-9.])")
_PIECE = re.compile(r"零?([0-9]+)([亿万千百十]{0,2})")
_HALF = re.compile(rf"(?<![每上下前后第个])半(?:年(?!度|[0-9]|{NUMERAL})|天|日|小时)|(?<=1)年半")
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
        if "亿" in scaled[1] and (whole := chinese(run)) is not None:
            return _scaled(whole, run[-1])
        head = chinese(scaled[1])
        return run if head is None else f"{head}{scaled[2]}"
    number = chinese(run)
    return run if number is None else str(number)


def _scaled(number: int, multiplier: str) -> str:
    """The number in the 万 or 亿 that is printed last: 1亿2千万 is 12000万."""
    return f"{number // _LARGE[multiplier]}{multiplier}" if multiplier in _LARGE else str(number)


def _mixed(match: re.Match[str]) -> str:
    """Digits between Chinese powers: 3万5千 → 35000, 1亿2千万 → 12000万, 1万5000 → 15000, 3万5 → 35000.

    Left as written where a piece is too large for its place (1千5000, 1万23) or hangs on an 亿 alone (1亿5000: 万 may be missing).
    """
    pieces = [(piece[0][0] == "零", int(piece[1]), piece[2]) for piece in _PIECE.finditer(match[0])]
    total, section, place = 0, 0, 10**18
    for number, (gap, digits, powers) in enumerate(pieces):
        value, ceiling = digits, place
        if not powers and number:
            if digits < 10 and not gap:
                value = digits * (place // 10)
            elif place > 10**4 or not gap and digits * 10 < place:
                return match[0]
        for letter in powers:
            value *= _POWERS.get(letter) or _LARGE[letter]
        if powers[-1:] == "万" and number and (total >= 10**8 or not total):
            ceiling = 10**8
            value += section * 10**4
            section = 0
        if value >= ceiling:
            return match[0]
        if powers and powers[-1] in _LARGE:
            total, place = total + value, _LARGE[powers[-1]]
        else:
            section, place = section + value, (_POWERS[powers[-1]] if powers else 1)
    last = pieces[-1][2][-1:]
    return _scaled(total + section, last) if last in _LARGE else str(total + section)
