"""How one cell is understood, in words: what ``zhiheng explain VALUE`` prints. The words are data: ``explain.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from zhiheng.values import units
from zhiheng.values.direction import Direction, reason_text, reasoned
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
_BOUND = {Comparator.GE: "以上", Comparator.LE: "以下"}
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
    lines += _meaning(reading, language)
    way = _way(value, name)
    lines.append((say("label", "met", language), _met(value, language, way[0] if way is not None else None)))
    if way is not None:
        reason = reason_text(way[1], language)
        lines.append((say("label", "direction", language), say("direction", way[0].value, language, reason=reason)))
    return lines + [(say("label", "flag", language), say("flag", flag, language)) for flag in reading.flags]


def _way(value: Value, name: str) -> tuple[Direction, str] | None:
    """Which way is better and why, where the name or a zero says it."""
    zero = isinstance(value, Quantity | Cadence) and value.amount == 0 and value.op is Comparator.EQ
    if not (name or zero) or not isinstance(value, Quantity | Cadence | Ratio | Relative):
        return None
    return reasoned(name, value)


def _meaning(reading: Reading, language: str) -> Lines:
    """The canonical form; for words that only stand in a class, the class, so that no other word is put in their mouth."""
    value = reading.value
    if isinstance(value, Unresolved | Phrase | Missing):
        return []
    if not isinstance(value, Tier | Achieved) or wording(value) == reading.text:
        return [_line("meaning", wording(value), language)]
    if isinstance(value, Achieved):
        return [_line("class", say("class", _done(value), language, norm=value.norm), language)]
    return [_line("class", say("class", "tier", language, scale=_scale(value.scale, language), level=_bounded(value)), language)]


def _done(value: Achieved) -> str:
    if value.norm:
        return "norm" if value.done else "norm_missed"
    return "done" if value.done else "undone"


def _bounded(value: Tier) -> str:
    """The level with the bound that stands at it."""
    if value.op in _BOUND:
        return value.level + _BOUND[value.op]
    return value.level if value.op is Comparator.EQ else f"{value.op.value}{value.level}"


def _scale(key: str, language: str) -> str:
    known = SCALES.get(key)
    return key if known is None else known.en if language == "en" else known.zh


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
            lines = [_line("scale", _scale(scale, language), language), _line("level", level, language)]
            strong = SCALES[scale].rank(level) if scale in ("degree", "decline") else None
            return lines if strong is None else [*lines, _line("strength", say("strength", str(strong), language), language)]
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
    if language != "en":
        return say("word", "every", language, period=period(every))
    if every.count == 1:
        return say("word", "every", language, period=say("period", every.unit.value, language))
    return say("word", "every", language, period=f"{every.count:f} {say('periods', every.unit.value, language)}")


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


def _base(base: str, language: str) -> str:
    """What it is compared with: in English words where it is a well-known base, else as written."""
    if not base:
        return say("word", "no_base", language)
    return say("base", base, language) if base in _texts()["base"] else base


def _relative(value: Relative, language: str) -> Lines:
    base = _line("base", _base(value.base, language), language)
    op = _line("op", _op(value.op, language), language)
    if not value.change:
        return [base, op]
    change = say("change", value.change, language)
    if value.amount is not None:
        return [base, op, _line("change", f"{change} {value.amount:f}{value.unit}", language)]
    if value.base:
        change = say("change", "against", language, base=_base(value.base, language), change=change)
    return [base, _line("change", say("change", "unsized", language, change=change), language)]


def _met(value: Value, language: str, way: Direction | None) -> str:
    """What would meet it."""
    match value:
        case Quantity(upper=upper) if upper is not None:
            return say("met", "range", language, value=wording(value))
        case Quantity(op=op) | Ratio(op=op):
            key = way.value if way is not None and op is Comparator.EQ else _MET[op]
            return say("met", key, language, value=_bare(value))
        case Cadence():
            return say("met", "cadence", language, value=wording(value))
        case Deadline():
            return say("met", "date", language, value=wording(value).removesuffix("前"))
        case Relative():
            return say("met", "relative", language, value=_base(value.base, language))
        case Achieved():
            return say("met", _done(value), language, value=value.norm)
        case Tier():
            return say("met", _level(value), language, value=_bounded(value))
    key = _MET_BY_TYPE.get(type(value), "none")
    return say("met", key, language, value=wording(value))


def _level(value: Tier) -> str:
    """How a level is met: a better one does, or the bound decides, or only the same."""
    scale = SCALES.get(value.scale)
    if value.op is not Comparator.EQ:
        return "tier_bounded"
    return "tier" if scale is None or scale.oriented else "tier_exact"


_MET_BY_TYPE: dict[type, str] = {
    Coverage: "coverage",
    Rank: "rank",
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
