"""Schemes as TOML files: loading, extending, and refusing what a scheme must not say.

A file has ``[scheme]`` (its name in both languages, basis, status, first day, tree; ``extends`` names the scheme it
changes), sections of settings, each ``name = { value, zh, en, basis, status }``, and ``[rows."指标名"]`` for what it says of
single indicators. Every refusal names file and key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

from zhiheng.parameters.parameters import STATUSES
from zhiheng.scoring.rounding import ROUNDINGS
from zhiheng.scoring.scheme import Level, RowRule, Scheme, Setting, Sublevel

Shape = Callable[[object], bool]


class SchemeError(ValueError):
    """A scheme file says something it must not. The message names the file and the key."""


def is_number(value: object) -> bool:
    """Text of a plain non-negative decimal."""
    return isinstance(value, str) and value.replace(".", "", 1).isdecimal() and value[0] != "." and value[-1] != "."


def number(value: object) -> bool:
    """A number, or nothing where the scheme leaves it open."""
    return value == "" or is_number(value)


def one_of(*words: str) -> Shape:
    """One word of a closed list."""
    return lambda value: value in words


def bands(value: object) -> bool:
    """Lists of (lower bound, what holds from it), from the top down to 0, without gap or overlap."""
    if not isinstance(value, list) or not value:
        return False
    if not all(isinstance(item, list) and len(item) == 2 and is_number(item[0]) and isinstance(item[1], str) for item in value):
        return False
    bounds = [Fraction(item[0]) for item in value]
    return bounds[-1] == 0 and all(upper > lower for upper, lower in pairwise(bounds))


def shares(value: object) -> bool:
    """Bands whose value is a share of the points."""
    return bands(value) and isinstance(value, list) and all(is_number(item[1]) and Fraction(item[1]) <= 1 for item in value)


def heirs(*levels: str) -> Shape:
    """The level that receives all points of an absent one, or a list of (level, points) that receive parts of them."""

    def shape(value: object) -> bool:
        if not isinstance(value, list):
            return value in levels
        return bool(value) and all(isinstance(item, list) and len(item) == 2 and item[0] in levels and is_number(item[1]) for item in value)

    return shape


STATE = one_of("spread", "full", "manual")

SHAPES: Mapping[str, Shape] = {
    "methods.at_least": one_of("proportional", "yes_no", "distance", "banded"),
    "methods.equal": one_of("proportional", "yes_no"),
    "methods.at_most": one_of("reverse_linear", "reverse_ratio", "yes_no", "distance"),
    "methods.between": one_of("nearest_bound", "yes_no"),
    "methods.satisfaction": one_of("as_target", "satisfaction_steps"),
    "methods.zero_target": one_of("zero_only", "met"),
    "methods.no_formula": one_of("judged", "zero"),
    "methods.pass_mark": number,
    "methods.tolerance": number,
    "tiers.bands": shares,
    "satisfaction.bands": shares,
    "banded.bands": shares,
    "execution.zero_budget": one_of("undefined", "full", "zero"),
    "execution.over": one_of("cap", "uncapped"),
    "over.explain_above": number,
    "over.deduct_above": number,
    "over.factor": number,
    "over.cap": number,
    "grades.bands": bands,
    "rounding.points": one_of(*ROUNDINGS),
    "rounding.where": one_of("row", "total"),
    "rounding.full": one_of("met_only", "as_rounded"),
    "states.nothing_due": STATE,
    "states.not_organised": STATE,
    "states.document": one_of("required", "optional"),
    "parts.join": one_of("all", "any", "weakest", "sum"),
}
"""Every setting there is, but for ``weights.*``, whose keys are the levels of the tree."""

HEAD_KEYS = frozenset({"zh", "en", "basis", "status", "from", "tree", "extends"})
SETTING_KEYS = frozenset({"value", "zh", "en", "basis", "status"})
ROW_WORDS = frozenset({"en", "basis", "status", "formula", "weight", "method", "join", "path"})
ROW_NUMBERS = frozenset({"full", "step", "per_step", "floor", "start"})
ROW_METHODS = ("", "proportional", "yes_no", "distance", "reverse_linear", "reverse_ratio", "deduction", "banded")


def names() -> tuple[str, ...]:
    """The schemes that come with the product, the general one first."""
    files = [file.name for file in resources.files("zhiheng.scoring").joinpath("schemes").iterdir()]
    found = sorted(file.removesuffix(".toml") for file in files if file.endswith(".toml"))
    return ("national", *(name for name in found if name != "national"))


@cache
def scheme(name: str = "national") -> Scheme:
    """A scheme that comes with the product, by name. :class:`SchemeError` if there is none of that name."""
    if name not in names():
        raise SchemeError(f"{name}: no such scheme; there are {', '.join(names())}")
    source = resources.files("zhiheng.scoring").joinpath("schemes", f"{name}.toml")
    return load(f"{name}.toml", source.read_text("utf-8"))


def read(path: Path) -> Scheme:
    """An office's own scheme from a file."""
    try:
        return load(path.name, path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise SchemeError(f"{path.name}: not UTF-8 text") from error


def load(file: str, text: str) -> Scheme:
    """The scheme that ``text`` declares, laid over the one it extends."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:  # also a key written twice
        raise SchemeError(f"{file}: {error}") from error
    head = table(data.pop("scheme", None), HEAD_KEYS, f"{file}: scheme", optional=frozenset({"tree", "extends"}))
    base = scheme(head["extends"]) if head.get("extends") else None
    if base is None and "tree" not in head:
        raise SchemeError(f"{file}: scheme: missing key tree")
    if type(head["from"]) is not date:
        raise SchemeError(f"{file}: scheme.from: must be a date")
    check_words(head, f"{file}: scheme")
    levels = tree(head["tree"], f"{file}: scheme.tree") if "tree" in head else base.levels if base else ()
    rows = {name: row_rule(name, entry, f"{file}: rows.{name}") for name, entry in section(data.pop("rows", {}), f"{file}: rows")}
    settings: dict[str, Setting] = dict(base.settings) if base else {}
    if "tree" in head:  # another tree has other levels: none of the points of the old one hold
        settings = {key: value for key, value in settings.items() if not key.startswith("weights.")}
    for part, entries in data.items():
        for name, entry in section(entries, f"{file}: {part}"):
            settings[f"{part}.{name}"] = setting(f"{part}.{name}", entry, f"{file}: {part}.{name}", levels)
    if absent := sorted(set(SHAPES) - set(settings)):
        raise SchemeError(f"{file}: missing setting {', '.join(absent)}")
    built = Scheme(
        name=file.removesuffix(".toml"),
        zh=head["zh"],
        en=head["en"],
        basis=head["basis"],
        status=head["status"],
        start=head["from"],
        levels=levels,
        settings=settings,
        rows={**(base.rows if base else {}), **rows},
    )
    return checked(built, file)


def checked(built: Scheme, file: str) -> Scheme:
    """What only the whole scheme can show: weights that sum to 100, heirs that exist, tiers that begin below 1."""
    fixed = built.weights()
    if len(fixed) == len(built.levels) and sum(fixed.values()) != 100:
        raise SchemeError(f"{file}: weights: the level-1 points sum to {sum(fixed.values())}, not 100")
    for level, weight in fixed.items():
        rule = built.settings.get(f"weights.{level}_to")
        if rule is not None and not isinstance(rule.value, str) and sum(Fraction(part) for _, part in rule.value) != weight:
            raise SchemeError(f"{file}: weights.{level}_to: the parts do not sum to {weight}")
    explain, deduct = built.number("over.explain_above"), built.number("over.deduct_above")
    if explain is not None and deduct is not None and deduct < explain:
        raise SchemeError(f"{file}: over.deduct_above: lies below over.explain_above")
    return built


def setting(key: str, entry: object, where: str, levels: tuple[Level, ...]) -> Setting:
    """One setting, its value checked against its shape."""
    fields = table(entry, SETTING_KEYS, where)
    check_words(fields, where)
    shape = SHAPES.get(key)
    if shape is None and key.startswith("weights."):
        keys = [level.key for level in levels]
        level = key.removeprefix("weights.")
        if level in keys:
            shape = number
        elif level.removesuffix("_to") in keys:
            shape = heirs(*keys)
    if shape is None:
        raise SchemeError(f"{where}: unknown setting")
    value = fields["value"]
    if not shape(value):
        raise SchemeError(f"{where}.value: {value!r} is not a value this setting can have")
    kept = value if isinstance(value, str) else tuple((item[0], item[1]) for item in value)
    return Setting(key, kept, fields["zh"], fields["en"], fields["basis"], fields["status"])


def row_rule(name: str, entry: object, where: str) -> RowRule:
    """What the scheme says of one indicator."""
    fields = table(entry, ROW_WORDS | ROW_NUMBERS, where, optional=ROW_NUMBERS | {"formula", "weight", "method", "join"})
    check_words({"zh": name, **fields}, where)
    for key in ("weight", *ROW_NUMBERS):
        if key in fields and not is_number(fields[key]):
            raise SchemeError(f"{where}.{key}: {fields[key]!r} is not a number written as text")
    if fields.get("method", "") not in ROW_METHODS:
        raise SchemeError(f"{where}.method: {fields['method']!r} is none of {', '.join(ROW_METHODS[1:])}")
    if fields.get("method") == "deduction" and not {"full", "step", "per_step"} <= set(fields):
        raise SchemeError(f"{where}: a deduction needs full, step and per_step")
    if "step" in fields and Fraction(fields["step"]) == 0:
        raise SchemeError(f"{where}.step: must be above 0")
    if "join" in fields and not SHAPES["parts.join"](fields["join"]):
        raise SchemeError(f"{where}.join: {fields['join']!r} is none of all, any, weakest, sum")
    path = fields["path"]
    if not isinstance(path, list) or not all(isinstance(part, str) for part in path):
        raise SchemeError(f"{where}.path: must be a list of words")
    return RowRule(
        name=name,
        en=fields["en"],
        path=tuple(path),
        basis=fields["basis"],
        status=fields["status"],
        formula=fields.get("formula", ""),
        weight=Fraction(fields["weight"]) if "weight" in fields else None,
        method=fields.get("method", ""),
        join=fields.get("join", ""),
        numbers={key: Fraction(fields[key]) for key in sorted(ROW_NUMBERS & set(fields))},
    )


@cache
def trees() -> Mapping[str, tuple[Level, ...]]:
    """The known trees of level-1 indicators, by name (trees.toml)."""
    data = tomllib.loads(resources.files("zhiheng.scoring").joinpath("trees.toml").read_text("utf-8"))
    return {
        name: tuple(
            Level(key, each["zh"], each["en"], tuple(each["words"]), below(entry.get("below", {}).get(key, {})))
            for key, each in entry["levels"].items()
        )
        for name, entry in data.items()
    }


def below(entries: Mapping[str, Mapping[str, Any]]) -> tuple[Sublevel, ...]:
    """The level-2 indicators of a level of trees.toml."""
    return tuple(Sublevel(key, each["zh"], each["en"], tuple(each["words"])) for key, each in entries.items())


def tree(name: object, where: str) -> tuple[Level, ...]:
    """A tree by name."""
    if not isinstance(name, str) or name not in trees():
        raise SchemeError(f"{where}: {name!r} is none of {', '.join(trees())}")
    return trees()[name]


def section(entries: object, where: str) -> list[tuple[str, object]]:
    """The entries of a section of the file."""
    if not isinstance(entries, dict):
        raise SchemeError(f"{where}: must be a section")
    return list(entries.items())


def table(entry: object, keys: frozenset[str], where: str, optional: frozenset[str] = frozenset()) -> dict[str, Any]:
    """``entry`` as a table that has the keys it must have and none it cannot have."""
    if not isinstance(entry, dict):
        raise SchemeError(f"{where}: must be a table")
    if unknown := sorted(set(entry) - keys):
        raise SchemeError(f"{where}: unknown key {', '.join(unknown)}")
    if absent := sorted(keys - optional - set(entry)):
        raise SchemeError(f"{where}: missing key {', '.join(absent)}")
    return entry


def check_words(fields: Mapping[str, Any], where: str) -> None:
    """Wording in both languages, a basis, and a status of the closed list."""
    for key in ("zh", "en", "basis"):
        if not isinstance(fields[key], str) or not fields[key].strip():
            raise SchemeError(f"{where}.{key}: must be text")
    if fields["status"] not in STATUSES:
        raise SchemeError(f"{where}.status: {fields['status']!r} is none of {', '.join(STATUSES)}")
