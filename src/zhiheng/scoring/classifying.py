"""Classifying: which level-1 and level-2 indicator a row belongs to, as a proposal with its reason.

What the table itself says comes first, then what the scheme says by name, then words in the name, then the kind of the target,
then words in the explanation. The words are data: ``proposal.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from zhiheng.plan.plan import Indicator
from zhiheng.scoring.around import value_of
from zhiheng.scoring.scheme import Level, Scheme
from zhiheng.values.value import (
    Achieved,
    Cadence,
    Coverage,
    Deadline,
    Missing,
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


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is proposed: a key of ``[reasons]`` and its parameters, each (name, Chinese, English)."""

    code: str
    parameters: tuple[tuple[str, str, str], ...] = ()

    def text(self, language: str) -> str:
        """The sentence in ``zh`` or ``en``."""
        side = 2 if language == "en" else 1
        words: str = data()["reasons"][self.code]["en" if language == "en" else "zh"]
        return words.format_map({each[0]: each[side] for each in self.parameters})


def reason(code: str, **parameters: str | tuple[str, str]) -> Reason:
    """A reason; a parameter that differs by language is a pair (Chinese, English)."""
    pairs = {name: value if isinstance(value, tuple) else (value, value) for name, value in parameters.items()}
    return Reason(code, tuple((name, *pair) for name, pair in pairs.items()))


@cache
def data() -> Mapping[str, Any]:
    """proposal.toml."""
    return tomllib.loads(resources.files("zhiheng.scoring").joinpath("proposal.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Classified:
    """The level-1 and level-2 indicator proposed for a row, by their keys in the scheme's tree; '' where nothing can be said."""

    level: str
    sublevel: str
    reason: Reason


def classify(row: Indicator, scheme: Scheme) -> Classified:
    """Where a row belongs in the tree of the scheme."""
    for words, why in own_words(row, scheme):
        level = scheme.level(words)
        if level is not None and level.key != "execution":
            return Classified(level.key, named_sublevel(level, words) or sublevel_by_clue(level, row), why)
    explained = ((row.definition.text, "definition"),) if row.definition is not None and weak(row) else ()
    for text, code in ((row.name.text, "name"), *explained):
        for clue in data()["clues"]:
            word = next((word for word in clue["words"] if word in text), None)
            found = first_of(clue["levels"], scheme.levels) if word else None
            if word and found:
                return Classified(*found, reason(code, word=word))
    kind = kind_of(value_of(row.target))
    found = first_of(data()["kinds"].get(kind, ()), scheme.levels)
    return Classified(*found, reason(kind)) if found else Classified("", "", reason("none"))


def own_words(row: Indicator, scheme: Scheme) -> list[tuple[tuple[str, ...], Reason]]:
    """What the table and the scheme say of the row in so many words, the table first."""
    said = scheme.row(row.name.text)
    found = [(row.category, reason("form", words="/".join(row.category)))] if row.category else []
    return [*found, (said.path, reason("scheme_row"))] if said is not None else found


def weak(row: Indicator) -> bool:
    """Whether the target says so little that the words of the explanation may speak: words and rates, not counts and dates."""
    return kind_of(value_of(row.target)) in ("percent", "words", "")


def named_sublevel(level: Level, words: Sequence[str]) -> str:
    """The level-2 indicator that a path names."""
    return next((below.key for below in level.below if any(word in text for text in words for word in below.words)), "")


def sublevel_by_clue(level: Level, row: Indicator) -> str:
    """The level-2 indicator within a known level: by the name, else by the kind of the target, else the only one there is."""
    keys = [below.key for below in level.below]
    for clue in data()["clues"]:
        if any(word in row.name.text for word in clue["words"]) and (found := next((key for key in keys if key in clue["levels"]), "")):
            return found
    of_kind = data()["kinds"].get(kind_of(value_of(row.target)), ())
    return next((key for key in of_kind if key in keys), keys[0] if len(keys) == 1 else "")


def first_of(keys: Sequence[str], levels: Sequence[Level]) -> tuple[str, str] | None:
    """(level, sublevel) of the first of ``keys`` that the tree has, on either level."""
    for key in keys:
        for level in levels:
            if any(below.key == key for below in level.below):
                return level.key, key
            if level.key == key:
                return key, level.below[0].key if len(level.below) == 1 else ""
    return None


def kind_of(target: Value | None) -> str:
    """What kind of target speaks: a key of ``[kinds]``, '' for one that says nothing."""
    match target:
        case Deadline():
            return "deadline"
        case Cadence():
            return "cadence"
        case Coverage():
            return "coverage"
        case Quantity(unit=unit):
            return "percent" if unit == "%" else "duration" if unit in data()["units"]["duration"] else "number"
        case Parts(parts):
            return next((kind for part in parts if (kind := kind_of(part.value))), "number")
        case Ratio():
            return "percent"
        case Relative() | Rank() | Tier() | Achieved() | Phrase():
            return "words"
        case Unresolved(candidates):
            found = {kind_of(candidate) for candidate in candidates}
            return found.pop() if len(found) == 1 else ""
        case Missing() | None:
            return ""
        case _:
            return ""
