"""Dates, whole or partial: 2020年12月31日前, 11月底前, 年底前, 第三季度, 7月, 2021.1-2021.12.

A month before which something is due runs to its end (11月前 = by 30 November). Sources: rules 7.2 forms 73-77.
"""

from __future__ import annotations

import re
from calendar import monthrange
from decimal import Decimal

from zhiheng.values import flags
from zhiheng.values.found import Found
from zhiheng.values.value import Comparator, Deadline, Part, Parts, Quantity, Unresolved

LE, EQ = Comparator.LE, Comparator.EQ
_ISO = re.compile(
    r"((?:19|20)[0-9]{2})([-./])(1[0-2]|0?[1-9])(?:\2([0-3]?[0-9]))?"
    r"(?: ?[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?)?"
)
_DATE = re.compile(
    r"(?:((?:19|20)[0-9]{2})年?度?的?)?"
    r"(?:(1[0-2]|0?[1-9])月份?)?"
    r"(?:([0-3]?[0-9])[日号])?"
    r"(?:第?([1-4一二三四])季度)?"
    r"([上下前后]半年|[上中下]旬)?"
)
_OPENING = re.compile(
    r"(?:应当?|须|须在|于|在|截至|截止到?|至|到|不晚于|不迟于|不得晚于|最迟|最晚|争取|力争|确保|计划|预计|拟|(?:完成)?时间为?|:)*"
)
_WORDS = re.compile(r"[\u3400-\u9fffA-Za-z()·“”\"《》]{0,24}")
_NOT_AFTER = ("的", "起", "开始", "以来", "以后", "之后", "后", "初", "增", "比", "度", "期", "均")
"""What follows a date that is no deadline (6月以后, 2020年度)."""
_BEFORE = re.compile(r"(?:[底末]|年底|年末|月底|月末|季末)?(?:之前|以前|前|以内|之内|内)")
_END = re.compile(r"(?:年底|年末|月底|月末|季末|[底末])")
_THIS_YEAR = re.compile(r"(?:本年度?|当年度?|今年|年度)(?=.)")
_YEAR_END = re.compile(r"(?:全年|年内|年度内|当年内?|本年度?内?|今年内?|本年度)")
_NEXT_YEAR = re.compile(r"(?:次年|翌年|明年|下一?年度?)(?=[0-9底末上下第一二三四前])")
_SPAN = re.compile(r"(.+?)(?:--?|~|至|到)(.+)")
_RANGE = re.compile(r"([0-9]{1,2})-([0-9]{1,2})")
_YEARS = re.compile(r"((?:19|20)[0-9]{2})[-~至]((?:19|20)[0-9]{2})")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_HALVES = {"上半年": 1, "前半年": 1, "下半年": 2, "后半年": 2}
_TEN_DAYS = {"上旬": 10, "中旬": 20}
_WORDED = frozenset("年月日号季旬底末")
_POINTED = re.compile(r"(?:19|20)[0-9]{2}[-./]")
LETTERS = frozenset("年月日号季旬底末前-./")


def read(text: str) -> Found | None:
    """The date, span of dates or deadline that the whole text writes, or None."""
    if _WORDED.isdisjoint(text) and not _POINTED.search(text):
        return None
    opening = _OPENING.match(text)
    end = opening.end() if opening is not None else 0
    due = "晚于" in text[:end] or "迟" in text[:end] or "最晚" in text[:end] or "截" in text[:end]
    body = text[end:]
    iso = _ISO.match(body)
    if iso is not None and (iso[2] != "." or iso[4] or iso.end() < len(body)):
        return _iso(iso, body, due)
    span = _span(body)
    if span is not None:
        return span
    this = _THIS_YEAR.match(body)
    if this is not None and _DATE.match(body, this.end()).end() > this.end():  # type: ignore[union-attr]
        body = body[this.end() :]
    whole = _YEAR_END.match(body)
    if whole is not None:
        return _finish(Deadline(LE), body[whole.end() :])
    return _chinese(body, due)


def with_year(text: str, year: int) -> str:
    """次年3月底前 in a table of 2020 is 2021年3月底前."""
    opening = _OPENING.match(text)
    end = opening.end() if opening is not None else 0
    following = _NEXT_YEAR.match(text, end)
    return f"{text[:end]}{year + 1}年{text[following.end() :]}" if following is not None else text


def _iso(match: re.Match[str], body: str, due: bool) -> Found | None:
    year, month, day = int(match[1]), int(match[3]), int(match[4]) if match[4] else None
    rest = body[match.end() :]
    if rest[:1] in ("-", "~", "至", "到", ".", "/", "%") or rest[:1].isdigit():
        return _span(body)
    before = _BEFORE.match(rest)
    op = LE if before is not None or due else EQ
    return _dated(op, year, month, day, None, None, rest[before.end() if before else 0 :])


def _chinese(text: str, due: bool) -> Found | None:
    """A date with Chinese words for its parts, and what stands after it."""
    match = _DATE.match(text)
    if match is None:
        return None
    year, month, day, quarter, half = match.groups()
    rest = text[match.end() :]
    if year and match[0] == year and not rest.startswith(("底", "末", "前", "之前", "以前")):
        return None
    before = _BEFORE.match(rest)
    end = None if before is not None else _END.match(rest)
    stop = before or end
    if not match[0] and (stop is None or not stop[0].startswith("年")):
        return None
    if stop is not None and month is None and quarter is None and half is None and day is None and stop[0][:1] in "季月":
        return None
    if before is not None and not year and (day and not month or before[0] in ("内", "以内", "之内")) and not (quarter or half):
        return None
    if day and not month:
        return None
    rest = rest[stop.end() if stop is not None else 0 :]
    op = LE if before is not None or due or quarter or half else EQ
    numbers = (int(year) if year else None, int(month) if month else None, int(day) if day else None)
    if half in _HALVES:
        return _finish(Deadline(op, numbers[0], half=_HALVES[half]), rest) if not (month or day or quarter) else None
    if half is not None:
        return _ten_days(numbers, half, rest)
    if quarter is not None:
        return _finish(Deadline(op, numbers[0], quarter=_QUARTERS[quarter]), rest) if not (month or day) else None
    return _dated(op, *numbers, None, None, rest)


def _ten_days(numbers: tuple[int | None, int | None, int | None], part: str, rest: str) -> Found | None:
    year, month, day = numbers
    if month is None or day is not None:
        return None
    return _finish(Deadline(LE, year, month, _TEN_DAYS.get(part)), rest.removeprefix("前"))


def _dated(
    op: Comparator, year: int | None, month: int | None, day: int | None, quarter: int | None, half: int | None, rest: str
) -> Found | None:
    if day is not None and month is not None and not 1 <= day <= monthrange(year or 2000, month)[1]:
        return Found(Unresolved((), "no_such_date")) if _WORDS.fullmatch(rest) else None
    return _finish(Deadline(op, year, month, day, quarter, half), rest)


def _finish(value: Deadline, rest: str) -> Found | None:
    """Accept words after the date (前完成验收), nothing with figures."""
    rest = rest.removeprefix("份")
    if not _WORDS.fullmatch(rest) or rest.startswith(_NOT_AFTER):
        return None
    marks = [flags.WHOLE_BUDGET_YEAR] if value.year is None else []
    if rest:
        marks.append(flags.VERB)
    return Found(value, tuple(marks), value.op is LE, rest)


def _span(text: str) -> Found | None:
    """2021.1-2021.12, 2021年1月至12月, 6-9月: a beginning and an end."""
    if not ("月" in text or text.count("20") >= 2 or text.count("19") >= 2):
        return None
    match = _SPAN.fullmatch(text)
    if match is None:
        return None
    first = _edge(match[1], None)
    second = _edge(match[2].removesuffix("底").removesuffix("末"), first)
    if first is None or second is None or (first.month is None) != (second.month is None):
        return None
    if first.month is None and "年" not in text:
        return None
    if (first.year is None) != (second.year is None):
        return None
    if ((first.year or 0), first.month or 0, first.day or 0) > ((second.year or 0), second.month or 0, second.day or 31):
        return None
    marks = [flags.MILESTONES] + ([flags.WHOLE_BUDGET_YEAR] if first.year is None else [])
    return Found(Parts((Part("开始", first), Part("结束", second))), tuple(marks))


_EDGE = re.compile(
    r"(?:((?:19|20)[0-9]{2})(?:年度?|[-./](?=[0-9])|$))?(?:(1[0-2]|0?[1-9])(?:月份?|[-./](?=[0-9])|$))?(?:([0-3]?[0-9])[日号]?)?"
)


def _edge(text: str, first: Deadline | None) -> Deadline | None:
    """One end of a span; the second end takes the year of the first, 6-9月 the month's sign of the second."""
    match = _EDGE.fullmatch(text)
    if match is None or not match[0]:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None and first is not None:
        year = first.year
    if day is not None and (month is None or not 1 <= day <= monthrange(year or 2000, month)[1]):
        return None
    return Deadline(EQ, year, month, day)


def doubtful(text: str) -> Found | None:
    """A bare figure that may be a date: 2-3 (2 to 3, or 2 March), 2020.12, 5日 (five days, or the fifth)."""
    match = _RANGE.fullmatch(text)
    if match is not None:
        first, second = int(match[1]), int(match[2])
        if 1 <= first <= 12 and 1 <= second <= monthrange(2000, first)[1] and first <= second:
            span = Quantity(Decimal(match[1]), "", Comparator.BETWEEN, Decimal(match[2]))
            return Found(Unresolved((span, Deadline(EQ, None, first, second)), "range_or_date"))
    years = _YEARS.fullmatch(text)
    if years is not None and years[1] <= years[2]:
        counted = Quantity(Decimal(years[1]), "", Comparator.BETWEEN, Decimal(years[2]))
        ends = Parts((Part("开始", Deadline(EQ, int(years[1]))), Part("结束", Deadline(EQ, int(years[2])))))
        return Found(Unresolved((counted, ends), "range_or_date"))
    return None


_NUMBER_OR_MONTH = re.compile(r"((?:19|20)[0-9]{2})\.(0?[1-9]|1[0-2])")
_THIS_MONTH = re.compile(r"(?:当月|本月)([0-3]?[0-9])[日号](?:(之前|以前|前))?")
_DAYS = re.compile(r"([0-9]{1,2})[日号]")
_MONTHS = re.compile(r"([0-9]{1,2})月(?:内|以内|之内)")


def ambiguous(text: str) -> Found | None:
    """A figure with 年, 月 or 日 that may be a date or a length of time: 2020.12, 5日, 3月内."""
    month = _NUMBER_OR_MONTH.fullmatch(text)
    if month is not None:
        candidates = (Deadline(EQ, int(month[1]), int(month[2])), Quantity(Decimal(text)))
        return Found(Unresolved(candidates, "date_or_number"))
    this = _THIS_MONTH.fullmatch(text)
    if this is not None and 1 <= int(this[1]) <= 31:
        return Found(Deadline(LE if this[2] else EQ, None, None, int(this[1])), (), bool(this[2]))
    day = _DAYS.fullmatch(text)
    if day is not None and 1 <= int(day[1]) <= 31:
        return Found(Unresolved((Quantity(Decimal(day[1]), "天"), Deadline(EQ, None, None, int(day[1]))), "days_or_date"))
    months = _MONTHS.fullmatch(text)
    if months is not None and 1 <= int(months[1]) <= 12:
        within = Quantity(Decimal(months[1]), "个月", Comparator.LE)
        return Found(Unresolved((within, Deadline(LE, None, int(months[1]))), "months_or_date"))
    return None
