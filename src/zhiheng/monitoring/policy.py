"""Policy: the rules of an office for lamps, deviation reasons and rounds, as data of ``policies/*.toml``.

What sources disagree on is a setting with its wording, the document it rests on and how far that was checked, in the very
shape of a scoring scheme (see scoring.setting_file): ``[policy]`` is the head, ``extends`` names the policy that it changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from pathlib import Path

from zhiheng.monitoring.curve import Curve, linear, month_end, once
from zhiheng.monitoring.lamp import Lamp
from zhiheng.scoring.setting import Configured, Setting
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

PolicyError = SettingError
"""A policy file says something it must not, or there is no policy of that name. The message names the file and the key."""

HEAD_KEYS = frozenset({"zh", "en", "basis", "status", "extends"})
COLOURS = frozenset(lamp.value for lamp in Lamp if lamp is not Lamp.NONE)


def lamps(value: object) -> bool:
    """Half-open bands whose names are lamps."""
    return bands(value) and isinstance(value, list) and all(name in COLOURS for _, name in value)


def tiers(value: object) -> bool:
    """The lamp of each of the three tiers 达成, 部分达成, 未达成, in their order."""
    if not isinstance(value, list) or not all(isinstance(item, list) and len(item) == 2 for item in value):
        return False
    return [item[0] for item in value] == ["1", "2", "3"] and all(item[1] in COLOURS for item in value)


def positive(value: object) -> bool:
    """A number above 0."""
    return isinstance(value, str) and is_number(value) and Fraction(value) > 0


def month(value: object) -> bool:
    """A month, 1 to 12."""
    return isinstance(value, str) and value.isdecimal() and 1 <= int(value) <= 12 and value == str(int(value))


def days(value: object) -> bool:
    """A whole number of days, or nothing."""
    return value == "" or (isinstance(value, str) and value.isdecimal())


def month_day(value: object) -> bool:
    """A day of the year as 08-31, or nothing."""
    if not isinstance(value, str):
        return False
    if not value:
        return True
    parts = value.split("-")
    if len(parts) != 2 or not all(len(part) == 2 and part.isdecimal() for part in parts):
        return False
    return 1 <= int(parts[0]) <= 12 and 1 <= int(parts[1]) <= month_end(2023, int(parts[0])).day


SHAPES: Mapping[str, Shape] = {
    "lamps.variant": one_of("pace", "whole"),
    "lamps.bands": lamps,
    "lamps.whole_blue": positive,
    "lamps.zero_reported": one_of("when_due", "always"),
    "lamps.reverse": one_of("limit", "paced"),
    "lamps.zero_target": one_of("zero_only", "as_written"),
    "lamps.tolerance": number,
    "lamps.tiers": tiers,
    "budget.bands": lamps,
    "budget.over": one_of("yellow", "red"),
    "curve.default": one_of("linear", "end_of_year"),
    "curve.between": one_of("step", "linear"),
    "reasons.required": one_of("red_or_yellow", "red", "never"),
    "reasons.explanation": one_of("when_demanded", "when_chosen", "optional"),
    "possibility.unsure": one_of("nothing", "forecast_and_reason"),
    "over.explain": one_of("never", "over_limit"),
    "over.limit": positive,
    "exempt.empty_target": one_of("yes", "no"),
    "warnings.lamp_steps": one_of("1", "2"),
    "warnings.rate_gap": positive,
    "warnings.sure_below": positive,
    "warnings.late_from": month,
    "warnings.too_low": positive,
    "round.first": month,
    "round.last": month,
    "round.due": month_day,
    "round.after_department": days,
    "round.after_project": days,
    "round.days": one_of("calendar", "working"),
}
"""Every setting there is."""


@dataclass(frozen=True, slots=True)
class Policy(Configured):
    """A whole policy."""

    name: str
    zh: str
    en: str
    basis: str
    status: str
    settings: Mapping[str, Setting]

    def tier_lamp(self, tier: int) -> Lamp | None:
        """The lamp of a qualitative tier; None where there is no such tier."""
        found = {int(bound): Lamp(name) for bound, name in self.bands("lamps.tiers")}
        return found.get(tier)

    def curve(self, year: int) -> Curve:
        """The curve of an indicator that has no milestones of its own."""
        return linear(year) if self.word("curve.default") == "linear" else once(month_end(year, 12), year)


def names() -> tuple[str, ...]:
    """The policies that come with the product, the general one first."""
    files = [file.name for file in resources.files("zhiheng.monitoring").joinpath("policies").iterdir()]
    found = sorted(file.removesuffix(".toml") for file in files if file.endswith(".toml"))
    return ("national", *(name for name in found if name != "national"))


@cache
def shipped(name: str = "national") -> Policy:
    """A policy that comes with the product, by name. :class:`PolicyError` if there is none of that name."""
    if name not in names():
        raise PolicyError(f"{name}: no such policy; there are {', '.join(names())}")
    source = resources.files("zhiheng.monitoring").joinpath("policies", f"{name}.toml")
    return parse(f"{name}.toml", source.read_text("utf-8"))


def read(path: Path) -> Policy:
    """An office's own policy from a file."""
    try:
        return parse(path.name, path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise PolicyError(f"{path.name}: not UTF-8 text") from error


def parse(file: str, text: str) -> Policy:
    """The policy that ``text`` declares, laid over the one it extends. ``file`` is named in refusals; without .toml it is its name."""
    data = parsed(file, text)
    head = table(data.pop("policy", None), HEAD_KEYS, f"{file}: policy", optional=frozenset({"extends"}))
    check_words(head, f"{file}: policy")
    settings: dict[str, Setting] = dict(shipped(head["extends"]).settings) if "extends" in head else {}
    for part, entries in data.items():
        for name, entry in section(entries, f"{file}: {part}"):
            key = f"{part}.{name}"
            settings[key] = setting(key, entry, f"{file}: {key}", SHAPES.get(key))
    if absent := sorted(set(SHAPES) - set(settings)):
        raise PolicyError(f"{file}: missing setting {', '.join(absent)}")
    built = Policy(file.removesuffix(".toml"), head["zh"], head["en"], head["basis"], head["status"], settings)
    if int(built.word("round.first")) > int(built.word("round.last")):
        raise PolicyError(f"{file}: round.first: comes after round.last")
    return built
