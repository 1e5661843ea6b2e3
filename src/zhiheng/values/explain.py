"""How one cell is understood, in words: what ``zhiheng explain VALUE`` prints. The words are data: ``explain.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from zhiheng.values import units
from zhiheng.values.direction import reason_text, reasoned
from zhiheng.values.kinds import kind_of
from zhiheng.values.open_reading import REASONS
from zhiheng.values.reading import Reading
from zhiheng.values.tiers import SCALES
from zhiheng.values.value import (
    Achieved,
    Cadence,
    Comparator,
    Coverage,
    Deadline,
    Every,
    Missing,
    NotApplicable,
    NotDue,
    NotOrganised,
    Parts,
    Phrase,
    Quantity,
    Rank,
    Ratio,
    Relative,
    Tier,
    Unresolved,
    Value,
)
from zhiheng.values.wording import period, wording

Lines = list[tuple[str, str]]
_MET = {Comparator.GE: "ge", Comparator.GT: "gt", Comparator.LE: "le", Comparator.LT: "lt", Comparator.EQ: "eq", Comparator.ABOUT: "about"}


@cache
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(resources.files("zhiheng.values").joinpath("explain.toml").read_text("utf-8"))


def say(section: str, key: str, language: str, **parameters: str) -> str:
    """The text ``[section] key`` in ``zh`` or ``en``."""
    return _texts()[section][key]["en" if language == "en" else "zh"].format(**parameters)


def explain(reading: Reading, language: str = "zh", name: str = "") -> Lines:
    """Label and value, line by line. With the indicator's ``name`` also which way is better, and why."""
    value = reading.value
    lines: Lines = [(say("label", "text", language), reading.text), (say("label", "kind", language), _kind(value, language))]
    lines += _details(value, language)
    if not isinstance(value, Unresolved | Phrase | Missing):
        lines.append((say("label", "meaning", language), wording(value)))
    lines.append((say("label", "met", language), _met(value, language)))
    if name and isinstance(value, Quantity | Cadence | Ratio | Relative):
        way, reason = reasoned(name, value)
        lines.append((say("label", "direction", language), say("direction", way.value, language, reason=reason_text(reason, language))))
    return lines + [(say("label", "flag", language), say("flag", flag, language)) for flag in reading.flags]


def _kind(value: Value, language: str) -> str:
    return say("kind", kind_of(value).value, language)


def _line(label: str, text: str, language: str) -> tuple[str, str]:
    return say("label", label, language), text


def _details(value: Value, language: str) -> Lines:
    """What the kind of value has to say."""
    match value:
        case Quantity():
            return _quantity(value, language)
        case Cadence(amount, unit, every, op):
            return [*_number(op, f"{amount:f}", _unit(unit, language), language), _line("period", _every(every, language), language)]
        case Ratio(first, second, op):
            return _number(op, f"{first:f} : {second:f}", "", language)
        case Deadline(op) | Rank(op=op):
            return [_line("op", _op(op, language), language)] if op is Comparator.LE else []
        case Relative():
            return _relative(value, language)
        case _:
            return _worded(value, language)


def _number(op: Comparator, number: str, unit: str, language: str) -> Lines:
    lines = [_line("op", _op(op, language), language), _line("value", number, language)]
    return [*lines, _line("unit", unit, language)] if unit else lines


def _worded(value: Value, language: str) -> Lines:
    """Values without a figure of their own."""
    match value:
        case Tier(scale, level):
            known = SCALES.get(scale)
            title = (known.en if language == "en" else known.zh) if known is not None else scale
            return [_line("scale", title, language), _line("level", level, language)]
        case Achieved(norm=norm):
            return [_line("norm", norm, language)] if norm else []
        case Parts(parts, shared):
            shares = say("word", "shared", language) if shared else ""
            texts = (wording(part.value) if part.value is not None else shares for part in parts)
            return [_line("part", f"{part.name} {text}".strip(), language) for part, text in zip(parts, texts, strict=True)]
        case Unresolved(candidates, reason):
            why = _line("reason", REASONS[reason]["en" if language == "en" else "zh"], language)
            return [why, *(_line("candidate", f"{wording(item)} · {_kind(item, language)}".strip(" ·"), language) for item in candidates)]
        case Missing(placeholder):
            return [_line("state", say("state", "placeholder" if placeholder else "missing", language), language)]
        case NotDue() | NotApplicable() | NotOrganised():
            return [_line("state", say("state", _STATE[type(value)], language), language)]
        case _:
            return []


_STATE: dict[type, str] = {NotDue: "not_due", NotApplicable: "not_applicable", NotOrganised: "not_organised"}


def _op(op: Comparator, language: str) -> str:
    return f"{op.value}  {say('op', op.value, language)}"


def _unit(unit: str, language: str) -> str:
    if not unit:
        return say("word", "no_unit", language)
    dimension = units.dimension(unit)
    if dimension is None:
        return unit if unit in units.UNITS else say("word", "outside", language, unit=unit)
    return say("word", "within", language, unit=unit, dimension=dimension.en if language == "en" else dimension.zh)


def _every(every: Every, language: str) -> str:
    return say("word", "every", language, period=period(every))


def _quantity(value: Quantity, language: str) -> Lines:
    number = f"{value.amount:f}" if value.upper is None else f"{value.amount:f} — {value.upper:f}"
    lines = _number(value.op, number, _unit(value.unit, language), language)
    if value.upper is not None:
        lines.insert(1, _line("bounds", say("bounds", value.bounds, language), language))
    if value.per is not None:
        lines.append(_line("period", _every(value.per, language), language))
    if value.qualifier:
        lines.append(_line("qualifier", value.qualifier, language))
    return lines


def _relative(value: Relative, language: str) -> Lines:
    base = value.base or say("word", "no_base", language)
    lines = [_line("base", base, language), _line("op", _op(value.op, language), language)]
    if value.change:
        change = say("change", value.change, language)
        size = say("change", "unsized", language, change=change) if value.amount is None else f"{change} {value.amount:f}{value.unit}"
        lines.append(_line("change", size, language))
    return lines


def _met(value: Value, language: str) -> str:
    """What would meet it."""
    match value:
        case Quantity(upper=upper) if upper is not None:
            return say("met", "range", language, value=wording(value))
        case Quantity() | Ratio():
            return say("met", _MET[value.op], language, value=_bare(value))
        case Cadence():
            return say("met", "cadence", language, value=wording(value))
        case Deadline():
            return say("met", "date", language, value=wording(value).removesuffix("前"))
        case Relative():
            return say("met", "relative", language, value=value.base or say("word", "no_base", language))
    key = _MET_BY_TYPE.get(type(value), "none")
    return say("met", key, language, value=wording(value))


_MET_BY_TYPE: dict[type, str] = {
    Coverage: "coverage",
    Rank: "rank",
    Tier: "tier",
    Achieved: "boolean",
    Phrase: "people",
    Parts: "parts",
    Unresolved: "unresolved",
}


def _bare(value: Quantity | Ratio) -> str:
    """The figure without its comparator."""
    if isinstance(value, Ratio):
        return f"{value.first:f}:{value.second:f}"
    each = f"/{period(value.per)}" if value.per is not None else ""
    return f"{value.amount:f}{value.unit}{each}"
