"""Schemes as TOML files: loading, extending, and refusing what a scheme must not say.

A file has ``[scheme]`` (its name in both languages, basis, status, first day, tree; ``extends`` names the scheme it
changes), sections of settings, each ``name = { value, zh, en, basis, status }``, and ``[rows."指标名"]`` for what it says of
single indicators. Every refusal names file and key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from zhiheng.scoring.rounding import ROUNDINGS
from zhiheng.scoring.scheme import Level, RowRule, Scheme, Setting, Sublevel
from zhiheng.scoring.setting_file import (
    SettingError,
    Shape,
    bands,
    check_words,
    is_number,
    number,
    one_of,
    parsed,
    section,
    setting,
    table,
)

SchemeError = SettingError


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
    "execution.zero_budget": one_of("leave", "undefined", "full", "zero"),
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
    return load(f"{name}.toml", source(name))


def source(name: str) -> str:
    """The file of a scheme that comes with the product, word for word. :class:`SchemeError` if there is none of that name."""
    if name not in names():
        raise SchemeError(f"{name}: no such scheme; there are {', '.join(names())}")
    return resources.files("zhiheng.scoring").joinpath("schemes", f"{name}.toml").read_text("utf-8")


def read(path: Path) -> Scheme:
    """An office's own scheme from a file."""
    try:
        return load(path.name, path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise SchemeError(f"{path.name}: not UTF-8 text") from error


def load(file: str, text: str) -> Scheme:
    """The scheme that ``text`` declares, laid over the one it extends."""
    data = parsed(file, text)
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
            key = f"{part}.{name}"
            settings[key] = setting(key, entry, f"{file}: {key}", shape_of(key, levels))
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


def shape_of(key: str, levels: tuple[Level, ...]) -> Shape | None:
    """The shape of a setting; None where there is no such setting. Points are set for the levels of the tree."""
    level = key.removeprefix("weights.") if key.startswith("weights.") else ""
    keys = [each.key for each in levels]
    if level in keys:
        return number
    return heirs(*keys) if level and level.removesuffix("_to") in keys else SHAPES.get(key)


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
