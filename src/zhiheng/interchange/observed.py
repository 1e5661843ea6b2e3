"""Observations and values in words that read as the same observation again, for formats that have a text and a number only.

One line holds several parts between ``｜``: the value, what it is measured against, an edition, a document. Behind 另： stands what is
published beside the value and not held against the target (428项，另：125902万元), a remark comes last behind 备注：. A backslash goes
before a sign that would be taken for one of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from zhiheng.plan.plan import Figure
from zhiheng.scoring.observation import (
    Counted,
    InParts,
    Missing,
    NotDue,
    NothingDue,
    NotOrganised,
    Observation,
    Provisional,
    Rated,
    Reported,
    Zero,
    observed,
)
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context, Reading
from zhiheng.values.value import Cadence, Comparator, Coverage, Quantity, Rank, Value
from zhiheng.values.wording import period, wording

BAR, FURTHER, REMARK = "｜", "另：", "备注："
MISSING = "未填报"
STATES = ("reported", "zero", "counted", "missing", "not_due", "nothing_due", "not_organised", "provisional", "rated")
"""The codes of what is observed; a part of a result in parts has ``part.`` before its own."""
PART = "part."
_SPLIT = re.compile(r"(?<!\\)((?:\\\\)*)" + BAR)
_ESCAPED = re.compile(r"\\([\\" + BAR + "备另])")
_DATA_YEAR = re.compile(r"(?<=^[0-9]{4})年(?=[0-9]{4}年)")
"""2018年2019年公报: the year that the data speak of before that of its publication."""
_COUNTED = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)/(-?[0-9]+(?:\.[0-9]+)?)")
_RATED = re.compile(r"第([1-3])档，(-?[0-9]+(?:\.[0-9]+)?)分")


@dataclass(frozen=True, slots=True)
class Written:
    """One observation as such formats hold it: ``state`` a code of STATES, its words, and its number with the unit if it has one."""

    state: str
    text: str
    number: tuple[Decimal, str] | None = None


class Unreadable(ValueError):  # noqa: N818 - it is an answer, not a fault
    """Words that do not say what their code announces."""


def number(value: Value) -> tuple[Decimal, str] | None:
    """The plain number of a value with its unit, None for what is no single number. All that is due is 100 %."""
    match value:
        case Quantity(upper=None, qualifier="") if value.op is not Comparator.BETWEEN:
            return value.amount, value.unit + (f"/{period(value.per)}" if value.per is not None else "")
        case Cadence():
            return value.amount, f"{value.unit}/{period(value.every)}"
        case Coverage():
            return Decimal(100), "%"
        case Rank(place):
            return Decimal(place), "名"
        case _:
            return None


def parts(observation: Observation) -> tuple[Written, ...]:
    """An observation as one entry, or one for each of its parts."""
    if isinstance(observation, InParts):
        return tuple(Written(PART + one.state, one.text, one.number) for part in observation.parts for one in parts(part))
    return (_written(observation),)


def _written(observation: Observation) -> Written:
    match observation:
        case Reported(value, benchmark):
            return Written("reported", joined(wording(value), *((wording(benchmark),) if benchmark is not None else ())), number(value))
        case Zero():
            return Written("zero", "0", (Decimal(0), ""))
        case Counted(counted, due):
            return Written("counted", f"{counted:f}/{due:f}", (_rate(counted, due), "%") if due else None)
        case Missing():
            return Written("missing", MISSING)
        case NotDue(reason):
            return Written("not_due", joined(reason))
        case NothingDue(reason):
            return Written("nothing_due", joined(reason))
        case NotOrganised(document):
            return Written("not_organised", joined(document))
        case Provisional(edition, value, benchmark, benchmark_edition):
            against = (wording(benchmark), benchmark_edition) if benchmark is not None else ()
            return Written("provisional", joined(edition, wording(value), *against), number(value))
        case Rated(tier, points):
            return Written("rated", f"第{tier}档，{points:f}分")
        case InParts():
            raise AssertionError("parts are written one by one")


def _rate(counted: Decimal, due: Decimal) -> Decimal:
    """A rate in per cent for readers that know no fractions; the words hold it exactly."""
    rate = (counted * 100 / due).quantize(Decimal("0.000001"))
    return rate.normalize() if rate == rate.to_integral() else rate


def words(value: Any) -> str:
    """An observation or a value for a person to read."""
    match value:
        case InParts(several):
            return "；".join(map(words, several))
        case Reported(figure, benchmark) if benchmark is not None:
            return f"{wording(figure)}（对比{wording(benchmark)}）"
        case Provisional(edition, figure, benchmark, benchmark_edition):
            against = f"对比{benchmark_edition}{wording(benchmark)}" if benchmark is not None else ""
            return f"暂定{wording(figure)}（{'，'.join(filter(None, (_DATA_YEAR.sub('年数据，', edition, count=1), against)))}）"
        case NotDue(text) | NothingDue(text) | NotOrganised(text) if text:
            return text
        case Reported() | Zero() | Counted() | Missing() | NotDue() | NothingDue() | NotOrganised() | Rated():
            return _written(value).text or value.__class__.__name__
        case _:
            return _worded(value)


def _worded(value: Any) -> str:
    try:
        return wording(value) or str(value)
    except (AttributeError, TypeError):
        return str(value)


def joined(*texts: str, remark: str = "") -> str:
    """Several texts in one line, and a remark behind them."""
    line = BAR.join(_marked(text) for text in texts)
    return with_remark(line, remark)


def with_remark(line: str, remark: str, further: str = "") -> str:
    """A line of ``joined`` with what stands beside the value and a remark at its end."""
    behind = [mark + _barred(text) for mark, text in ((FURTHER, further), (REMARK, remark)) if text]
    return BAR.join((line, *behind))


def _marked(text: str) -> str:
    """A text of a line, so that it is taken for no mark."""
    barred = _barred(text).replace(REMARK, "\\" + REMARK)
    return "\\" + barred if barred.startswith(FURTHER) else barred


def _barred(text: str) -> str:
    return text.replace("\\", "\\\\").replace(BAR, "\\" + BAR)


class Divided(NamedTuple):
    """The texts of a line, what stands beside the value, and the remark."""

    texts: tuple[str, ...]
    further: str
    remark: str


def divided(line: str) -> Divided:
    """A line of ``with_remark`` in its parts."""
    pieces = _SPLIT.split(line)
    raw = [pieces[index] + (pieces[index + 1] if index + 1 < len(pieces) else "") for index in range(0, len(pieces), 2)]
    remark = raw.pop()[len(REMARK) :] if raw[-1].startswith(REMARK) else ""
    further = raw.pop()[len(FURTHER) :] if len(raw) > 1 and raw[-1].startswith(FURTHER) else ""
    return Divided(tuple(map(_plain, raw)), _plain(further), _plain(remark))


def together(lines: Iterable[Divided]) -> Divided:
    """What stands behind the entries of one observation: each repeats it."""
    said = list(lines)
    return Divided((), next((one.further for one in said if one.further), ""), next((one.remark for one in said if one.remark), ""))


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def beside(cell: str, further: str) -> str:
    """A cell with what is published beside its value: 428项（另：125902万元；100721.6万元）."""
    return f"{cell}（{FURTHER}{further}）" if cell and further else cell


def parted(cell: str) -> tuple[str, str]:
    """A cell of ``beside`` as its value and what stands beside it."""
    value, mark, rest = cell.strip().partition(f"（{FURTHER}")
    return (value, rest.removesuffix("）")) if value and mark and rest.endswith("）") else (cell, "")


def read(entries: Sequence[Written]) -> Observation:
    """The observation of one entry, or of several as the parts of one. Raises Unreadable."""
    if len(entries) == 1 and not entries[0].state.startswith(PART):
        return _read(entries[0])
    return InParts(tuple(_read(Written(one.state.removeprefix(PART), one.text, one.number)) for one in entries))


def _read(entry: Written) -> Observation:
    texts = divided(entry.text).texts
    first = texts[0] if texts else ""
    match entry.state:
        case "":
            return _unmarked(first, entry.number)
        case "reported":
            return Reported(parse(first).value, parse(texts[1]).value if len(texts) > 1 else None)
        case "zero":
            return Zero()
        case "missing":
            return Missing()
        case "not_due":
            return NotDue(first)
        case "nothing_due":
            return NothingDue(first)
        case "not_organised":
            return NotOrganised(first)
        case _:
            return _composed(entry.state, texts, entry.text)


def _unmarked(text: str, counted: tuple[Decimal, str] | None) -> Observation:
    """What another system reports without saying its state: its words, else its number."""
    if text or counted is None:
        return observed(Figure(parse(text)))
    return Reported(figure("", counted, Context())[0].value)


def _composed(state: str, texts: tuple[str, ...], text: str) -> Observation:
    if state == "counted" and (rate := counted(texts[0])) is not None:
        return rate
    if state == "rated" and (found := _RATED.fullmatch(texts[0])):
        return Rated(int(found[1]), Decimal(found[2]))
    if state == "provisional" and len(texts) in (2, 3, 4):
        value, against = parse(texts[1]).value, parse(texts[2]).value if len(texts) > 2 else None
        return Provisional(texts[0], value, against, texts[3] if len(texts) > 3 else "")
    raise Unreadable(text)


def counted(text: str) -> Counted | None:
    """A rate with its parts as it is written (2/3), None for what is none. A ratio (2:3) is a figure of its own kind."""
    found = _COUNTED.fullmatch(text)
    return Counted(Decimal(found[1]), Decimal(found[2])) if found else None


def unmarked(entries: Sequence[Written]) -> bool:
    """Whether the entries read as the same observation without their codes, so that no code need be written."""
    plain = [Written("", one.text, one.number) for one in entries]
    return len(entries) == 1 and not entries[0].state.startswith(PART) and read(plain) == read(entries)


def figure(text: str, counted: tuple[Decimal, str] | None, context: Context) -> tuple[Reading, bool]:
    """A figure of words and a number, and whether both agree. Where they do not, the number holds.

    Words may say what a number cannot (3-5家): then they stand alone.
    """
    reading = parse(text, context)
    if counted is None:
        return reading, True
    amount, unit = counted
    if text:
        own = number(reading.value)
        return (reading, True) if own is None or own[0] == amount else (parse(f"{amount:f}{unit}", context), False)
    plain = f"{amount:f}{unit}"
    reading = parse(plain, context)
    own = number(reading.value)
    return (reading if own is not None and own[0] == amount else Reading(plain, Quantity(amount, unit)), True)


def decimal(text: str) -> Decimal | None:
    """An exact decimal as a document writes it; None for what is none, infinite ones among them."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and -30 < found.adjusted() < 30 else None
