"""What is wrong with counting bases: registers, columns, states and choices that are not there, measures without what they need."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields

from zhiheng.values.normalise import normalise
from zhiheng.values.parse import parse
from zhiheng.values.value import Phrase, Unresolved
from zhiheng_web.ledgers.columns import Kind
from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.packs.bases import Basis, IndicatorBases, Part
from zhiheng_web.ledgers.packs.checking import (
    CHOICE,
    COLUMN,
    DATE_COLUMN,
    NUMBER_COLUMN,
    REGISTER,
    STATE,
    Registers,
    among,
    choices_of,
    code,
    common_of,
    states_of,
    twice,
    unknown,
    worded,
)
from zhiheng_web.ledgers.packs.lines import Path
from zhiheng_web.ledgers.packs.shapes import Problem
from zhiheng_web.wording import Text

COUNTY = re.compile(r"\d{6}")
NEEDS_DATE = frozenset({"flow", "total", "coverage", "cadence"})
"""Measures that place an entry in the period by one date."""
ONLY: dict[str, frozenset[str]] = {
    "first_ever": frozenset({"flow"}),
    "window": frozenset({"cadence"}),
    "per_window": frozenset({"cadence"}),
    "longest_gap": frozenset({"cadence"}),
    "groups": frozenset({"cadence"}),
    "series": frozenset({"external"}),
    "benchmark": frozenset({"external"}),
    "excused": frozenset({"coverage"}),
    "arrears": frozenset({"coverage"}),
    "column": frozenset({"total", "external"}),
}
"""Key of a part → the measures that it means something to."""
DEFAULTS = {field.name: field.default for field in fields(Part)}
LONGEST = {"unit": 30, "target": 200, "zh": 200, "en": 200, "series": 60, "benchmark": 60}


def check_bases(indicators: Sequence[IndicatorBases], known: Registers) -> Iterator[Problem]:
    """Everything wrong with the bases of indicators; paths begin with the indicator's position."""
    yield from twice((((number,), normalise(indicator.name)) for number, indicator in enumerate(indicators)), "name")
    for number, indicator in enumerate(indicators):
        if not indicator.bases:
            yield Problem((number, "bases"), "missing", Text("指标至少要有一个计算口径。", "An indicator has at least one basis."))
        elif sum(basis.default for basis in indicator.bases) != 1 and len(indicator.bases) > 1:
            text = Text("几个口径中须有且只有一个标 default = true。", "Exactly one of several bases is marked default = true.")
            yield Problem((number, "bases"), "default", text)
        yield from twice(((number, "bases", place), basis.code) for place, basis in enumerate(indicator.bases))
        for place, basis in enumerate(indicator.bases):
            for found in check_basis(basis, known):
                yield Problem((number, "bases", place, *found.path), found.code, found.text)


def check_basis(basis: Basis, known: Registers) -> Iterator[Problem]:
    """Everything wrong with one basis."""
    yield from code((), "code", basis.code, 40)
    yield from worded((), basis.zh, basis.en)
    if not basis.parts:
        yield Problem(("parts",), "missing", Text("口径至少要有一个取数部分。", "A basis has at least one part."))
    if len(basis.parts) > 1 and basis.join == "one":
        text = Text("有几个部分时须写明合并方式：weakest、all 或 first。", "Several parts need a join: weakest, all or first.")
        yield Problem(("join",), "join", text)
    yield from twice((("parts", number), part.code) for number, part in enumerate(basis.parts))
    for number, part in enumerate(basis.parts):
        if len(basis.parts) > 1:
            yield from (_under(found, ("parts", number)) for found in worded((), part.zh, part.en))
        yield from (_under(found, ("parts", number)) for found in check_part(part, known))


def _under(found: Problem, path: Path) -> Problem:
    return Problem((*path, *found.path), found.code, found.text)


def check_part(part: Part, known: Registers) -> Iterator[Problem]:
    """Everything wrong with one part."""
    yield from code((), "code", part.code, 40)
    register = known.get(part.register)
    if register is None:
        yield unknown(("register",), REGISTER, part.register, known)
        return
    yield from _needless(part)
    yield from _measured(part, register)
    yield from _chosen(part, register)
    yield from _once(part, register)
    if part.measure == "cadence":
        yield from _cadence(part, register, known)
    if part.measure == "external":
        yield from _external(part, register)
    yield from _written(part)


def _needless(part: Part) -> Iterator[Problem]:
    for key, measures in ONLY.items():
        if getattr(part, key) != DEFAULTS[key] and part.measure not in measures:
            text = Text("“{key}”对 {measure} 没有意义，请删去。", "“{key}” means nothing to {measure}. Leave it out.")
            yield Problem((key,), "needless", text.with_(key=key, measure=part.measure))


def _measured(part: Part, register: RegisterDefinition) -> Iterator[Problem]:
    dates = common_of(register, Kind.DATE)
    if part.measure in NEEDS_DATE and not part.counted_on:
        text = Text("{measure} 须写明按哪个日期计入（counted_on）。", "{measure} needs the date that counts (counted_on).")
        yield Problem(("counted_on",), "needs", text.with_(measure=part.measure))
    if part.counted_on and part.counted_on not in dates:
        yield unknown(("counted_on",), DATE_COLUMN, part.counted_on, dates)
    if part.measure in ("stock", "net") and not register.has("valid_from"):
        text = Text("时点数须有 valid_from 列，台账“{name}”没有。", "A stock needs the column valid_from; the register {name} has none.")
        yield Problem(("register",), "needs", text.with_(name=register.text))
    numbers = common_of(register, Kind.QUANTITY, Kind.MONEY)
    if part.measure == "total" and not part.column:
        yield Problem(("column",), "needs", Text("累计量须写明累加哪一列（column）。", "A total needs the column that it adds up."))
    if part.column and part.column not in numbers:
        yield unknown(("column",), NUMBER_COLUMN, part.column, numbers)


def _chosen(part: Part, register: RegisterDefinition) -> Iterator[Problem]:
    states = states_of(register)
    if not part.states:
        yield Problem(("states",), "needs", Text("须写明哪些状态计数（states）。", "Name the states that count (states)."))
    yield from among(("states",), STATE, part.states, states)
    yield from among(("excused",), STATE, part.excused, states)
    if set(part.states) & set(part.excused):
        text = Text("同一状态不能既计数又免办。", "A state cannot both count and be excused.")
        yield Problem(("excused",), "both", text)
    for key, name in (("categories", "category"), ("levels", "level"), ("channels", "channel"), ("topics", "topics")):
        words = getattr(part, key)
        if words and not register.has(name):
            yield unknown((key,), COLUMN, name, tuple(column.name for column in register.columns))
        else:
            yield from among((key,), CHOICE, words, choices_of(register, name))
    if part.counties and not register.has("county"):
        yield unknown(("counties",), COLUMN, "county", tuple(column.name for column in register.columns))
    for number, county in enumerate(part.counties):
        if not COUNTY.fullmatch(county):
            text = Text("“{county}”不是六位行政区划代码。", "“{county}” is not a code of six digits.")
            yield Problem(("counties", number), "county", text.with_(county=county))


def _once(part: Part, register: RegisterDefinition) -> Iterator[Problem]:
    name = {"topic": "topics", "key": ""}.get(part.once_by, part.once_by)
    if name and not register.has(name):
        yield unknown(("once_by",), COLUMN, name, tuple(column.name for column in register.columns))
    if part.first_ever and part.once_by == "key":
        text = Text("首次计入须按单位或人员去重（once_by）。", "First-ever counts organisations or people (once_by).")
        yield Problem(("first_ever",), "needs", text)


def _cadence(part: Part, register: RegisterDefinition, known: Registers) -> Iterator[Problem]:
    windows = bool(part.window) and part.per_window is not None
    if windows == (part.longest_gap is not None) or bool(part.window) != (part.per_window is not None):
        text = Text(
            "频次须写 window 与 per_window，或只写 longest_gap（最长间隔天数）。",
            "A cadence needs window and per_window, or longest_gap (days) alone.",
        )
        yield Problem(("window",) if part.window else ("measure",), "needs", text)
    for key, least in (("per_window", part.per_window), ("longest_gap", part.longest_gap)):
        if least is not None and least < 1:
            yield Problem((key,), "range", Text("至少为 1。", "At least 1."))
    if part.groups and part.groups not in known:
        yield unknown(("groups",), REGISTER, part.groups, known)
    elif part.groups and (not register.has("about") or register.column("about").register != part.groups):
        text = Text("台账“{name}”须有关联到“{groups}”的 about 列。", "The register {name} needs the column about, pointing to {groups}.")
        yield Problem(("groups",), "needs", text.with_(name=register.text, groups=part.groups))


def _external(part: Part, register: RegisterDefinition) -> Iterator[Problem]:
    if not register.has("data_year"):
        text = Text("外部统计须有数据年度（data_year）列。", "An external statistic needs the column data_year.")
        yield Problem(("register",), "needs", text)
    ratio = register.has("numerator") and register.has("denominator")
    if not (part.column or register.has("quantity") or ratio):
        text = Text("须有 quantity 列，或分子分母两列，或写明 column。", "It needs quantity, or numerator and denominator, or a column.")
        yield Problem(("column",), "needs", text)
    for key in ("series", "benchmark"):
        word = getattr(part, key)
        if word and word not in choices_of(register, "category"):
            yield unknown((key,), CHOICE, word, choices_of(register, "category"))


def _written(part: Part) -> Iterator[Problem]:
    if part.scale <= 0:
        yield Problem(("scale",), "range", Text("换算系数须大于零。", "A scale is above zero."))
    if part.target not in ("", "-") and isinstance(parse(part.target).value, Phrase | Unresolved):
        text = Text("目标值“{target}”读不出数量。", "The target “{target}” cannot be read as a value.")
        yield Problem(("target",), "target", text.with_(target=part.target))
    for key, longest in LONGEST.items():
        if len(getattr(part, key)) > longest:
            text = Text("不超过 {n} 字。", "At most {n} characters.")
            yield Problem((key,), "long", text.with_(n=longest))
