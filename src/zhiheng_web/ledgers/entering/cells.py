"""Words of a cell → a typed value, or a fault with what to do: one reading for form, paste, sheet and API.

A register's readers are made once (:func:`cells_of`); a row of twenty columns takes some microseconds. What needs the database (an
organisation, a person, another entry) is only noted here and found for many rows at once by ledgers.entering.references.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from re import _parser as sre_parse  # type: ignore[attr-defined]  # reads a pattern, so that an example of it can be shown
from typing import Any

from zhiheng.values.normalise import tidy
from zhiheng.values.parse import parse
from zhiheng.values.units import PLAIN, UNITS
from zhiheng.values.value import Comparator, Quantity
from zhiheng_web.ledgers.columns import COMMON, REFERENCES, Kind
from zhiheng_web.ledgers.definition import Column, RegisterDefinition
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.secrecy import mark_in
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one column and what to do. ``code`` is stable; ``link`` is the id of an entry that stands in the way."""

    column: str
    code: str
    text: Text
    link: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A reference as written: ``words`` an id, a code, a number or a name; ``name`` the name beside it, ``identity`` a person's number."""

    kind: Kind
    words: str
    name: str = ""
    identity: str = ""


@dataclass(slots=True)
class Row:
    """A row as read: typed ``values`` by column, ``topics``, what is still ``asked`` of the database, and ``faults``."""

    values: dict[str, Any] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    asked: dict[str, Asked] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


Reader = Callable[[str], Any]
NOTHING = frozenset({"null", "undefined", "none", "nan", "n/a", "#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "nil"})
"""What machines write where there is no value: refused everywhere."""
DASHES = frozenset({"-", "--", "—", "——", "–", "/", "\\", "无", "暂无", "空", "."})
"""What people write where there is no value: refused but in a text."""
LONGEST_TEXT = 5000
LONGEST_WORD = 300
PLAIN_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,10})?")
DAY = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?(?:[ T]00:00(?::00(?:\.0+)?)?)?")
PACKED_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
YEAR = re.compile(r"([0-9]{4})(?:年度?)?")
SPLIT = re.compile(r"[、,，;；|\n]+")
VAGUE = re.compile(r"约|余|多|左右|以[上下内]|近|超|不少于|不低于|[≥≤><~～]")
YES = frozenset({"是", "有", "yes", "y", "true", "1", "√", "✓", "对"})
NO = frozenset({"否", "没有", "no", "n", "false", "0", "×", "✗", "不是"})
FIRST_YEAR, LAST_YEAR = 1949, 2199
LENGTHS: dict[str, int] = {
    found.name: found.max_length for found in EntryVersion._meta.concrete_fields if found.name in COMMON and found.max_length
}
PLACES = {Kind.QUANTITY: 4, Kind.MONEY: 2}
LARGEST = {Kind.QUANTITY: Decimal(10) ** 14, Kind.MONEY: Decimal(10) ** 16}

REQUIRED = Text("“{column}”必填，请填写。", "“{column}” is required: fill it in.")
NO_VALUE = Text("“{words}”不是一个值；没有内容请留空。", "“{words}” is not a value; leave it empty if there is none.")
NO_DATE = Text("“{words}”读不出日期；请写成 2020-06-30。", "“{words}” is no date that can be read; write it like 2020-06-30.")
NO_SUCH_DAY = Text("没有 {words} 这一天，请核对年月日。", "There is no day {words}: check year, month and day.")
FAR_DAY = Text("{words} 不像业务日期，请核对年份。", "{words} does not look like a date of business: check the year.")
NO_NUMBER = Text(
    "“{words}”读不出数；请只写数字，可带单位（{unit}）。",
    "“{words}” is no number that can be read; write digits only, with the unit if any ({unit}).",
)
NOT_EXACT = Text(
    "“{words}”不是确数（约、余、以上、区间等），请填写准确的数。",
    "“{words}” is not an exact number (about, more than, a range): give the exact one.",
)
NO_UNIT = Text(
    "“{words}”的单位不能换算成“{unit}”，请换算后填写。", "The unit of “{words}” does not convert to {unit}: convert it and enter it again."
)
MANY_PLACES = Text("“{words}”换算后超过 {places} 位小数，请核对。", "“{words}” has more than {places} decimals after conversion: check it.")
TOO_LARGE = Text("“{words}”过大，请核对数值和单位。", "“{words}” is too large: check the number and its unit.")
NEGATIVE = Text(
    "金额不能为负：“{words}”。冲减请更正原记录。", "An amount cannot be negative: “{words}”. Correct the original entry instead."
)
NO_YEAR = Text("“{words}”不是年度，请写成 2020。", "“{words}” is not a year; write it like 2020.")
NO_YES = Text("“{words}”请写“是”或“否”。", "“{words}”: write yes or no (是 / 否).")
NO_CHOICE = Text("“{words}”不在可选项内；可选：{choices}。", "“{words}” is not one of the choices: {choices}.")
NO_PATTERN = Text("“{words}”不符合“{column}”的格式。{hint}", "“{words}” does not have the form of “{column}”. {hint}")
TOO_LONG = Text("“{column}”最多 {n} 字，现有 {has} 字，请精简。", "“{column}” takes at most {n} characters, there are {has}: shorten it.")
SECRET = Text(
    "带有密级标志“{words}”：涉密不上网，请删去。", "It carries the secrecy mark “{words}”: no classified content here, remove it."
)
NO_TEXT = Text("涉密事项台账只登记编号和日期，不填文字。", "A register of classified matters takes numbers and dates only, no text.")


def _fault(column: Column, code: str, text: Text, words: str = "", **more: Any) -> Fault:
    shown = words if len(words) <= 60 else words[:60] + "…"
    return Fault(column.name, code, text.with_(words=shown, column=column.text, **more))


def _folded(words: str) -> str:
    return words if words.isascii() else unicodedata.normalize("NFKC", words)


def _form(column: Column) -> Text:
    """How a word of this form looks: what the register says of it, else an example."""
    if column.hint_zh:
        return Text(column.hint_zh, column.hint_en or column.hint_zh)
    sample = example_of(column.pattern)
    return Text(f"应如“{sample}”。", f"It looks like “{sample}”.") if sample else Text("", "")


@lru_cache(maxsize=500)
def example_of(pattern: str) -> str:
    """A word that a pattern accepts; '' where none is found easily."""
    sample = "".join(_example(sre_parse.parse(pattern)))
    return sample if re.fullmatch(pattern, sample) else ""


def _example(parsed: Any) -> Iterator[str]:
    for operation, value in parsed:
        name = str(operation)
        if name == "LITERAL":
            yield chr(value)
        elif name == "IN":
            yield from _example(value[:1])
        elif name == "RANGE":
            yield chr(value[0])
        elif name == "CATEGORY":
            yield "1" if "DIGIT" in str(value) else "文"
        elif name == "NOT_LITERAL" or name == "ANY":
            yield "文"
        elif name in ("MAX_REPEAT", "MIN_REPEAT"):
            least, most, inner = value
            word = "".join(_example(inner))
            times = max(least, 1 if most else 0)
            yield (
                "2020"
                if word == "1" and times == 4
                else "".join(str(at % 10) for at in range(1, times + 1))
                if word == "1"
                else word * times
            )
        elif name == "SUBPATTERN":
            yield from _example(value[-1])
        elif name == "BRANCH":
            yield from _example(value[1][0])


def _word(column: Column, pattern: re.Pattern[str] | None, longest: int, words: str) -> Any:
    if len(words) > longest:
        return _fault(column, "too_long", TOO_LONG, n=longest, has=len(words))
    if pattern is not None and not pattern.fullmatch(words):
        folded = _folded(words)
        if not pattern.fullmatch(folded):
            return _fault(column, "pattern", NO_PATTERN, words, hint=_form(column))
        words = folded
    if "密" in words and (mark := mark_in(words)):
        return _fault(column, "secret", SECRET, mark)
    return words


def _choice(column: Column, known: Mapping[str, str], words: str) -> Any:
    code = known.get(words)
    if code is None:
        code = known.get(_folded(words).casefold().replace(" ", ""))
    if code is not None:
        return code
    zh = "、".join(choice.zh for choice in column.choices[:12])
    en = ", ".join(choice.en or choice.zh for choice in column.choices[:12])
    return _fault(column, "choice", NO_CHOICE, words, choices=Text(zh, en))


def _date(column: Column, words: str) -> Any:
    folded = _folded(words)
    match = DAY.fullmatch(folded) or DAY.fullmatch(folded.replace(" ", "")) or PACKED_DAY.fullmatch(folded)
    if match is None:
        return _fault(column, "not_a_date", NO_DATE, words)
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return _fault(column, "no_such_day", NO_SUCH_DAY, words)
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else _fault(column, "far_day", FAR_DAY, words)


def _year(column: Column, words: str) -> Any:
    match = YEAR.fullmatch(_folded(words))
    return int(match[1]) if match and FIRST_YEAR <= int(match[1]) <= LAST_YEAR else _fault(column, "not_a_year", NO_YEAR, words)


def _yes_no(column: Column, words: str) -> Any:
    folded = _folded(words).casefold()
    if folded in YES:
        return True
    return False if folded in NO else _fault(column, "not_yes_no", NO_YES, words)


@dataclass(frozen=True, slots=True)
class Measured:
    """A number in the unit of its column; ``converted`` where it was written in another."""

    value: Decimal
    unit: str
    converted: bool = False


def _number(column: Column, words: str) -> Any:
    unit = column.unit or ("元" if column.kind is Kind.MONEY else "")
    if PLAIN_NUMBER.fullmatch(words):
        return _scaled(column, Measured(Decimal(words), unit), words)
    found = parse(words).value
    shown = Text(unit or "无单位", unit or "no unit")
    if not isinstance(found, Quantity):
        if VAGUE.search(words):
            return _fault(column, "not_exact", NOT_EXACT, words)
        return _fault(column, "not_a_number", NO_NUMBER, words, unit=shown)
    if found.op is not Comparator.EQ or found.upper is not None or found.per is not None or found.qualifier:
        return _fault(column, "not_exact", NOT_EXACT, words)
    return _scaled(column, Measured(found.amount, unit) if not found.unit else _converted(found, unit, column.name), words)


def _converted(found: Quantity, unit: str, name: str) -> Measured | None:
    """The quantity in the column's unit, or None where the two do not compare. 万 and 亿 alone multiply."""
    given = UNITS.get(found.unit)
    if given is None:
        return None
    if not given.dimension:
        return Measured(found.amount * given.factor.numerator, unit, converted=True)
    if not unit and name == "quantity":
        return Measured(found.amount, found.unit)
    target = PLAIN.get(unit)
    wanted = UNITS.get(target.unit) if target else None
    if wanted is None or wanted.family != given.family:
        return None
    factor = given.factor / wanted.factor
    value = found.amount * factor.numerator / factor.denominator
    return Measured(value, unit, converted=given.name != wanted.name)


def _scaled(column: Column, found: Measured | None, words: str) -> Any:
    """The number as the database keeps it: money in 元 whatever unit the column asks for; too fine or too large is refused."""
    unit = column.unit or ("元" if column.kind is Kind.MONEY else "")
    if found is None:
        return _fault(column, "unit", NO_UNIT, words, unit=Text(unit or "无单位", unit or "no unit"))
    value = found.value
    if column.kind is Kind.MONEY:
        if value < 0:
            return _fault(column, "negative", NEGATIVE, words)
        value *= yuan_of(unit)
    value = value.normalize() + 0
    if abs(value) >= LARGEST[column.kind]:
        return _fault(column, "too_large", TOO_LARGE, words)
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > PLACES[column.kind]:
        return _fault(column, "places", MANY_PLACES, words, places=PLACES[column.kind])
    return Measured(value if exponent in (0, -1, -2) else Decimal(format(value, "f")), found.unit, found.converted)


@lru_cache(maxsize=64)
def yuan_of(unit: str) -> Decimal:
    """How many 元 one of a unit of money is: 10,000 of 万元; 1 of what is no money."""
    known = UNITS.get(PLAIN[unit].unit) if unit in PLAIN else None
    return Decimal(known.factor.numerator) / known.factor.denominator if known is not None and known.family == "money" else Decimal(1)


def _county(words: str) -> Any:
    folded = _folded(words)
    if len(folded) in (6, 9) and folded.isdigit():
        return folded[:6]
    return words


def _choices(column: Column) -> dict[str, str]:
    known: dict[str, str] = {}
    for choice in column.choices:
        for word in (choice.en, choice.zh, choice.code):
            if word:
                known[word] = choice.code
                known[_folded(word).casefold().replace(" ", "")] = choice.code
    return known


def _reader(column: Column) -> Reader:
    """How the words of one column are read."""
    longest = LENGTHS.get(column.name) or (LONGEST_TEXT if column.kind is Kind.TEXT else LONGEST_WORD)
    pattern = re.compile(column.pattern, re.ASCII) if column.pattern else None
    kinds: dict[Kind, Reader] = {
        Kind.DATE: lru_cache(20000)(partial(_date, column)),
        Kind.YEAR: lru_cache(300)(partial(_year, column)),
        Kind.YES_NO: lru_cache(100)(partial(_yes_no, column)),
        Kind.QUANTITY: lru_cache(20000)(partial(_number, column)),
        Kind.MONEY: lru_cache(20000)(partial(_number, column)),
        Kind.COUNTY: _county,
    }
    if column.kind is Kind.CHOICE and column.choices:
        return lru_cache(2000)(partial(_choice, column, _choices(column)))
    return kinds.get(column.kind) or partial(_word, column, pattern, longest)


class Cells:
    """The readers of one register, made once."""

    def __init__(self, definition: RegisterDefinition) -> None:
        self.definition = definition
        self.columns = [(column.name, column, column.kind in REFERENCES, _dashes(column), _reader(column)) for column in definition.columns]

    def read(self, words: Mapping[str, str], *, blanks: bool = False, given: bool = False) -> Row:
        """Read one row of words by column name. ``blanks``: a required column may be empty (what is generated, or not finished).
        ``given``: only the columns that ``words`` has are read, as for a correction.

        An organisation may be given as USCC, name or id under its column, and its name under ``organisation_name``; a person by id or
        name, and the identity number under ``person_identity``.
        """
        row, classified = Row(), self.definition.classified
        for name, column, reference, dashes, reader in self.columns:
            text = words.get(name) or ""
            if text and (text[0] <= " " or text[-1] <= " " or not text.isascii()):
                text = text.strip() if column.kind is Kind.TEXT else tidy(text)
            if not text and not (reference and words.get(f"{name}_name")):
                if column.required and not blanks and (name in words or not given):
                    row.faults.append(_fault(column, "required", REQUIRED))
            elif given and name not in words:
                continue
            elif classified and name != "number" and column.kind is not Kind.DATE:
                row.faults.append(_fault(column, "classified", NO_TEXT))
            elif len(text) <= 9 and (text in dashes or text.casefold() in NOTHING):
                row.faults.append(_fault(column, "no_value", NO_VALUE, text))
            elif reference:
                named, identity = tidy(words.get(f"{name}_name") or ""), (words.get(f"{name}_identity") or "").strip()
                row.asked[name] = Asked(column.kind, text, named, identity)
            elif column.kind is Kind.TOPICS:
                _topics(row, column, text)
            else:
                value = reader(text)
                if value.__class__ is str:
                    row.values[name] = value
                else:
                    _take(row, name, column, value, text)
        return row


def _dashes(column: Column) -> frozenset[str]:
    """What stands for no value in a column: in a text, and where a choice may be written so, nothing."""
    return DASHES if column.kind is not Kind.TEXT and not column.choices else frozenset()


def _take(row: Row, name: str, column: Column, value: Any, text: str) -> None:
    """Keep what a reader gave; a detail becomes canonical words, as a version gives it back."""
    if value.__class__ is Fault:
        row.faults.append(value)
    elif value.__class__ is Measured:
        row.values[name] = format(value.value, "f") if column.detail else value.value
        if name == "quantity":
            if value.unit:
                row.values["unit"] = value.unit
            if value.converted or (value.unit and not column.unit):
                row.values["quantity_text"] = text[:60]
    elif column.detail and value.__class__ is not str:
        row.values[name] = ("1" if value else "0") if value.__class__ is bool else str(value)
    else:
        row.values[name] = value


def _topics(row: Row, column: Column, text: str) -> None:
    known = _choices(column) if column.choices else None
    found = []
    for word in filter(None, (part.strip() for part in SPLIT.split(text))):
        value = _choice(column, known, word) if known else _word(column, None, 60, word)
        if isinstance(value, Fault):
            row.faults.append(value)
        else:
            found.append(value)
    row.topics = tuple(dict.fromkeys(found))


@lru_cache(maxsize=512)
def cells_of(definition: RegisterDefinition) -> Cells:
    """The readers of a register, made once for each definition."""
    return Cells(definition)
