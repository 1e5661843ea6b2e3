"""A stored number as its cell shows it: 0.95 under 0% is 95%, 43646 under yyyy"年"m"月" is 2019年6月.

Figures are published as shown, so that is what is read. Stored doubles carry 15 digits of meaning; the rest is
noise of the binary form and is rounded away first (274.65999999999997 is 274.66), as office programs do.
Formats are those of ECMA-376 part 1, 18.8.30 and 18.8.31, with the Chinese built-in ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
LARGEST = 308  # decimal exponent of the largest double
PLAIN = 21  # digits before the point beyond which the exponent is written
LONGEST = 255  # characters of a format code

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: "#,##0;-#,##0;-;@", 42: '"¥"#,##0;"¥"-#,##0;"¥"-;@', 43: "#,##0.00;-#,##0.00;-;@", 44: '"¥"#,##0.00;"¥"-#,##0.00;"¥"-;@',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0', 7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00',
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_(?P<pad>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?|a{3,4})"
    r"|(?P<exponent>E[+-])|(?P<digit>[0#?])|(?P<sign>[.,%/@])|(?P<other>.)",
    re.DOTALL,
)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEK = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Section:
    """One of the up to four parts of a format: for positive, negative, zero and text."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None = None

    def has(self, kind: str, text: str | None = None) -> bool:
        """Whether a token of this kind (and text) is in it."""
        return any(k == kind and (text is None or t == text) for k, t in self.tokens)

    @property
    def is_date(self) -> bool:
        """Whether the number is a moment or a length of time."""
        return self.has("date") or self.has("elapsed")


@lru_cache(maxsize=4096)
def sections(code: str) -> tuple[Section, ...]:
    """A format code in its parts. A code longer than office programs write counts as General."""
    found: list[list[tuple[str, str]]] = [[]]
    conditions: dict[int, tuple[str, Decimal]] = {}
    for match in TOKEN.finditer(code if len(code) <= LONGEST else "General"):
        kind, text = str(match.lastgroup), match.group(str(match.lastgroup))
        if kind == "other" and text == ";":
            found.append([])
        elif kind == "bracket":
            _bracket(text, found, conditions)
        elif kind in {"quoted", "escaped", "other"}:
            found[-1].append(("literal", text))
        elif kind == "date":
            found[-1].append((kind, text.lower()))
        elif kind == "sign":
            found[-1].append((text, text))
        elif kind not in {"pad", "fill"}:
            found[-1].append((kind, text))
    return tuple(Section(tuple(part), conditions.get(index)) for index, part in enumerate(found[:4]))


def _bracket(text: str, found: list[list[tuple[str, str]]], conditions: dict[int, tuple[str, Decimal]]) -> None:
    """[h] counts hours on, [$¥-804] shows ¥, [>=100] is a condition; colours and numeral forms change no digit."""
    condition = CONDITION.fullmatch(text)
    if text.startswith("$"):
        found[-1].append(("literal", text[1:].partition("-")[0]))
    elif condition:
        conditions[len(found) - 1] = (condition[1], Decimal(condition[2]))
    elif text and set(text.lower()) in ({"h"}, {"m"}, {"s"}):
        found[-1].append(("elapsed", text.lower()))


def general(value: Decimal) -> str:
    """A number in a cell without a format: all its 15 digits, no exponent unless it is out of any use."""
    value = FIFTEEN.plus(value)
    if value == 0:
        return "0"
    if abs(value.adjusted()) > PLAIN:
        return str(value.normalize(FIFTEEN))
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(text: str) -> Decimal | None:
    """A stored number; None when it is none, or beyond what a double can hold."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) <= LARGEST else None


def shown(value: Decimal, code: str, *, since_1904: bool = False) -> str:
    """The number as a cell of this format shows it. '' when the format hides it."""
    parts = sections(code)
    value = FIFTEEN.plus(value)
    part, unsigned = _chosen(parts, value)
    if not part.tokens:
        return "" if len(parts) > 1 else general(value)
    if part.is_date:
        return _moment(value, part, since_1904)
    if unsigned:
        value = abs(value)
    if part.has("general") or part.has("@"):
        return "".join(general(value) if kind in {"general", "@"} else text for kind, text in part.tokens)
    if part.has("exponent"):
        return _scientific(value, part)
    if part.has("/") and part.has("digit"):
        return _fraction(value, part)
    return _plain(value, part)


def shown_text(text: str, code: str) -> str:
    """A text as a cell of this format shows it: the fourth part, or the only one with an @, may add words."""
    parts = sections(code)
    part = parts[3] if len(parts) > 3 else next((p for p in parts if p.has("@")), None)
    if part is None:
        return text
    return "".join(text if kind == "@" else literal for kind, literal in part.tokens)


def _chosen(parts: tuple[Section, ...], value: Decimal) -> tuple[Section, bool]:
    """The part that applies, and whether it shows the size without its own sign."""
    compare = {"<": value.__lt__, ">": value.__gt__, "<=": value.__le__, ">=": value.__ge__, "=": value.__eq__, "<>": value.__ne__}
    if any(part.condition for part in parts):
        for part in parts[:3]:
            if part.condition is None or compare[part.condition[0]](part.condition[1]):
                return part, False
        return parts[0], False
    if value < 0 and len(parts) > 1:
        return parts[1], True
    if value == 0 and len(parts) > 2:
        return parts[2], True
    return parts[0], False


def _plain(value: Decimal, part: Section) -> str:
    """Digits into their places: thousands, hidden thousands (0,), percent, words between the digits (0!.0,)."""
    tokens = [token for token in part.tokens if token[0] != ","]
    point = next((i for i, token in enumerate(tokens) if token[0] == "."), len(tokens))
    scale, grouped = _commas(part)
    percents = sum(token[0] == "%" for token in tokens)
    decimals = sum(token[0] == "digit" for token in tokens[point:])
    value = WIDE.quantize(WIDE.scaleb(value, 2 * percents - 3 * scale), Decimal(1).scaleb(-decimals))
    whole, _, fraction = f"{abs(value):f}".partition(".")
    left = _integer(tokens[:point], "" if whole == "0" else whole, grouped=grouped)
    right = _decimals(tokens[point + 1 :], fraction)
    dot = "." if point < len(tokens) and (decimals == 0 or any(c.isdigit() for c in right)) else ""
    sign = "-" if value < 0 else ""
    return f"{sign}{left}{dot}{right}".strip()


def _commas(part: Section) -> tuple[int, bool]:
    """Commas after the last digit divide by a thousand each; one between digits asks for groups."""
    kinds = [kind for kind, _ in part.tokens if kind in {"digit", ",", "."}]
    last = max((i for i, kind in enumerate(kinds) if kind == "digit"), default=-1)
    before_point = kinds.index(".") if "." in kinds else len(kinds)
    grouped = any(kind == "," for kind in kinds[: min(last, before_point)]) if last > 0 else False
    scale = sum(kind == "," for kind in kinds[last + 1 :])
    if before_point < last:
        first = max((i for i in range(before_point) if kinds[i] == "digit"), default=-1)
        trailing = sum(kind == "," for kind in kinds[first + 1 : before_point])
        scale, grouped = scale + trailing, "," in kinds[: max(first, 0)]
    return scale, grouped


def _integer(tokens: list[tuple[str, str]], digits: str, *, grouped: bool) -> str:
    """Digits from the right into the places before the point; what is left over stands at the first place."""
    places = sum(kind == "digit" for kind, _ in tokens)
    out: list[str] = []
    written = 0
    for kind, text in reversed(tokens):
        if kind != "digit":
            out.append(text)
            continue
        places -= 1
        taken, digits = (digits, "") if places == 0 else (digits[-1:], digits[:-1])
        for digit in reversed(taken or {"0": "0", "?": " "}.get(text, "")):
            if grouped and written and written % 3 == 0:
                out.append(",")
            out.append(digit)
            written += 1
    return "".join(reversed(out))


def _decimals(tokens: list[tuple[str, str]], digits: str) -> str:
    """Digits after the point; a # shows no closing zeros."""
    needed = [text for kind, text in tokens if kind == "digit"]
    keep = len(digits)
    while keep and digits[keep - 1] == "0" and needed[keep - 1] != "0":
        keep -= 1
    out, used = [], 0
    for kind, text in tokens:
        if kind != "digit":
            out.append(text)
            continue
        out.append(digits[used] if used < keep else "")
        used += 1
    return "".join(out)


def _scientific(value: Decimal, part: Section) -> str:
    at = next(i for i, token in enumerate(part.tokens) if token[0] == "exponent")
    exponent = value.adjusted() if value else 0
    mantissa = _plain(WIDE.scaleb(value, -exponent), Section(part.tokens[:at]))
    if mantissa.lstrip("-").startswith("10"):
        exponent += 1
        mantissa = _plain(WIDE.scaleb(value, -exponent), Section(part.tokens[:at]))
    width = sum(kind == "digit" for kind, _ in part.tokens[at:])
    sign = "-" if exponent < 0 else "+" if part.tokens[at][1] == "E+" else ""
    tail = "".join(text for kind, text in part.tokens[at + 1 :] if kind == "literal")
    return f"{mantissa}E{sign}{abs(exponent):0{max(width, 1)}d}{tail}"


def _fraction(value: Decimal, part: Section) -> str:
    """# ?/? shows 5.25 as 5 1/4; # ?/8 fixes the lower number."""
    at = next(i for i, token in enumerate(part.tokens) if token[0] == "/")
    below = [token for token in part.tokens[at + 1 :] if token[0] in {"digit", "literal"}]
    fixed = "".join(text for kind, text in below if text.isdigit() and text != "0").strip()
    whole = any(kind == "literal" and text == " " for kind, text in part.tokens[:at])
    size = Fraction(abs(value))
    parts = int(fixed) if fixed and int(fixed) else 0
    near = Fraction(round(size * parts), parts) if parts else size.limit_denominator(10 ** max(sum(k == "digit" for k, _ in below), 1) - 1)
    ones, rest = divmod(near, 1) if whole else (0, near)
    sign = "-" if value < 0 and near else ""
    if not rest:
        return f"{sign}{int(ones)}"
    scale = parts // rest.denominator if parts else 1
    text = f"{rest.numerator * scale}/{rest.denominator * scale}"
    return f"{sign}{int(ones)} {text}" if ones else f"{sign}{text}"


def _moment(value: Decimal, part: Section, since_1904: bool) -> str:
    """Days since the workbook's first day as a date and time; a number no calendar has is shown as it is."""
    decimals = max((len(text.partition(".")[2]) for kind, text in part.tokens if kind == "date" and text[0] == "s"), default=0)
    unit = Decimal(1).scaleb(-decimals)
    seconds = (value * 86400).quantize(unit, ROUND_HALF_UP) if abs(value) < 3_000_000 else Decimal(-1)
    if seconds < 0:
        return general(value)
    if not since_1904 and 60 <= value < 61:
        return _written(part, datetime(1900, 3, 1) - timedelta(days=1), seconds, leap=True)
    days = int(seconds // 86400)
    # The 1900 calendar has a 29 February that never was: from 1 March on the count is one too high.
    first = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 31) if value < 60 else datetime(1899, 12, 30)
    try:
        return _written(part, first + timedelta(days=days), seconds)
    except OverflowError:
        return general(value)


def _written(part: Section, day: datetime, seconds: Decimal, *, leap: bool = False) -> str:
    within = seconds % 86400
    hour, minute, second = int(within // 3600), int(within // 60 % 60), within % 60
    halved = part.has("half")
    elapsed = part.has("elapsed")
    if not any(kind == "date" and text[0] == "s" for kind, text in part.tokens):
        second = Decimal(int(second))
    out: list[str] = []
    dates = [(i, text) for i, (kind, text) in enumerate(part.tokens) if kind in {"date", "elapsed"}]
    for i, (kind, text) in enumerate(part.tokens):
        if kind == "elapsed":
            out.append(f"{int(seconds // {'h': 3600, 'm': 60, 's': 1}[text[0]]):0{len(text)}d}")
        elif kind == "half":
            out.append(("上午", "下午")[hour >= 12] if text == "上午/下午" else text.split("/")[hour >= 12])
        elif kind == "date" and text[0] in "hs":
            shown_hour = (hour % 12 or 12) if halved else hour
            out.append(f"{shown_hour:0{min(len(text), 2)}d}" if text[0] == "h" else _second(second, text))
        elif kind == "date" and text[0] == "m" and _minutes(dates, i, elapsed):
            out.append(f"{minute:0{min(len(text), 2)}d}")
        elif kind == "date":
            out.append(_calendar(text, day, 29 if leap else day.day))
        elif kind in {"literal", ".", ",", "%", "/", "digit"}:
            out.append(text)
    return "".join(out).strip()


def _minutes(dates: list[tuple[int, str]], at: int, elapsed: bool) -> bool:
    """An m next to hours or seconds means minutes, else months."""
    index = next(k for k, (i, _) in enumerate(dates) if i == at)
    after_hours = index > 0 and dates[index - 1][1][0] == "h"
    before_seconds = index + 1 < len(dates) and dates[index + 1][1][0] == "s"
    return after_hours or before_seconds or (elapsed and len(dates) > 1)


def _second(second: Decimal, text: str) -> str:
    width, _, decimals = text.partition(".")
    digits = f"{second:.{len(decimals)}f}"
    return digits.zfill(2 + (len(decimals) + 1 if decimals else 0)) if len(width) > 1 else digits


def _calendar(text: str, day: datetime, of_month: int) -> str:
    """A year, month, day or weekday."""
    size = len(text)
    if text[0] == "y":
        return f"{day.year % 100:02d}" if size < 3 else f"{day.year:04d}"
    if text[0] == "a":
        return ("星期" if size > 3 else "") + WEEK[day.weekday()]
    if text[0] == "d" and size > 2:
        return DAYS[day.weekday()][: 3 if size == 3 else None]
    if text[0] == "d":
        return f"{of_month:0{size}d}"
    if size < 3:
        return f"{day.month:0{size}d}"
    name = MONTHS[day.month - 1]
    return {3: name[:3], 4: name, 5: name[0]}.get(size, name)
