"""Index systems of an evaluation (评价指标体系: 决策、过程、产出、效益) as data, read from TOML and checked.

A file has ``[system]`` (its name in both languages, basis, status, first day; ``extends`` names the system whose settings it takes over,
``scheme`` a scoring scheme whose points of the levels it keeps to, with ``[parts]`` saying which levels here make up a level there),
sections of settings, each ``name = { value, zh, en, basis, status }``, ``[[items]]``, ``[[checks]]`` of the quality check and
``[[asks]]``: the materials that the evaluated is usually asked for. Every refusal names file and key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

from zhiheng.evaluation.frame import Found, Scored, Standard, ratios, score
from zhiheng.evaluation.panel import Rule
from zhiheng.scoring.rounding import ROUNDINGS
from zhiheng.scoring.scheme_file import scheme
from zhiheng.scoring.setting import Configured, Setting
from zhiheng.scoring.setting_file import SettingError, Shape, bands, check_words, is_number, one_of, parsed, section, setting, table

LEVELS: Mapping[str, tuple[str, str]] = {
    "decision": ("决策", "Decision"),
    "process": ("过程", "Process"),
    "output": ("产出", "Outputs"),
    "benefit": ("效益", "Benefits"),
}
"""一级指标 → its name in both languages, in order."""
RESULTS = ("output", "benefit")
"""The levels that say what came of the money."""


def counted(value: object) -> bool:
    """Text of a whole number."""
    return isinstance(value, str) and value.isdecimal()


SHAPES: Mapping[str, Shape] = {
    "panel.trim_from": counted,
    "panel.hearing": is_number,
    "panel.rounding": one_of(*ROUNDINGS),
    "outcomes.least": is_number,
    "grades.bands": bands,
    "reply.days": counted,
    "materials.days": counted,
    "frame.loss": is_number,
    "recheck.gap": is_number,
}
"""Every setting there is."""
FULL_CONDITION = "满分"
"""The word by which the standard of an item says when it has all its points."""
FIRST = ("project", "department")
HEAD_KEYS = frozenset({"zh", "en", "basis", "status", "from", "extends", "scheme"})
ITEM_KEYS = frozenset({"level", "group", "group_en", "zh", "en", "standard", "standard_en", "full", "frame"})
WORD_KEYS = frozenset({"code", "zh", "en"})


@dataclass(frozen=True, slots=True)
class Words:
    """One line of a list: a check of quality or a material, in both languages."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Item:
    """三级指标: its level 1 and 2, its points, the standard by which it is marked. ``frame`` names the ratio that proposes its points."""

    level: str
    group: str
    group_en: str
    zh: str
    en: str
    standard: str
    standard_en: str
    full: Fraction
    frame: str = ""


@dataclass(frozen=True, slots=True)
class IndexSystem(Configured):
    """An index system with the settings of the evaluation. ``scheme`` is the scoring scheme whose points of the levels it keeps to."""

    name: str
    zh: str
    en: str
    basis: str
    status: str
    start: date
    scheme: str
    settings: Mapping[str, Setting]
    items: tuple[Item, ...]
    checks: tuple[Words, ...]
    materials: tuple[Words, ...]

    @property
    def whole(self) -> Fraction:
        """All points."""
        return sum((item.full for item in self.items), Fraction(0))

    def of(self, *levels: str) -> Fraction:
        """The points of these levels."""
        return sum((item.full for item in self.items if item.level in levels), Fraction(0))

    @property
    def result_share(self) -> Fraction:
        """The share of outputs and benefits in all points."""
        return self.of(*RESULTS) / self.whole

    @property
    def least(self) -> str:
        """The least share of outputs and benefits, in per cent, as it was written."""
        return self.word("outcomes.least")

    @property
    def too_little_result(self) -> bool:
        """Whether outputs and benefits have less than the least share. The share is a setting that no text read here confirms."""
        return self.result_share * 100 < Fraction(self.least)

    def proposed(self, found: Found, full: Fraction, standard: str) -> Scored | None:
        """The points that a ratio of the frame proposes for an item of ``full`` points, exact, with the steps that lead to them.

        Full points at the standard of the ratio; each whole percentage point away costs a part of the item's points (``frame.loss``), a
        convention of this program that no text prescribes. None where there is no rate to judge by, and where the item's own ``standard``
        names no condition of full points (满分): there the share alone says nothing of the points, and a person judges.
        """
        if found.rate is None or FULL_CONDITION not in standard:
            return None
        loss = full * Fraction(self.word("frame.loss")) / 100
        return score(found, Standard(full, found.ratio.full, Fraction(1, 100), loss))

    @property
    def rule(self) -> Rule:
        """How the marks of its panel are put together."""
        hearing = Fraction(self.word("panel.hearing")) / 100
        rounding = ROUNDINGS[self.word("panel.rounding")]
        return Rule(int(self.word("panel.trim_from")), hearing, rounding, self.bands("grades.bands"))


def names() -> tuple[str, ...]:
    """The systems that come with the product, those of projects and of departments first."""
    files = (file.name for file in resources.files("zhiheng.evaluation").joinpath("systems").iterdir())
    found = sorted(file.removesuffix(".toml") for file in files if file.endswith(".toml"))
    return (*FIRST, *(name for name in found if name not in FIRST))


@cache
def english() -> Mapping[str, str]:
    """The items, groups, standards, materials and checks of every system that comes with the product, in Chinese → in English."""
    found: dict[str, str] = {}
    for item in (item for name in names() for item in system(name).items):
        for zh, en in ((item.zh, item.en), (item.group, item.group_en), (item.standard, item.standard_en)):
            if zh and en:
                found.setdefault(zh, en)
    for words in (words for name in names() for words in (*system(name).materials, *system(name).checks)):
        found.setdefault(words.zh, words.en)
    return found


@cache
def system(name: str) -> IndexSystem:
    """A system that comes with the product. :class:`SettingError` if there is none of that name."""
    if name not in names():
        raise SettingError(f"{name}: no such index system; there are {', '.join(names())}")
    return load(f"{name}.toml", resources.files("zhiheng.evaluation").joinpath("systems", f"{name}.toml").read_text("utf-8"))


def load(file: str, text: str) -> IndexSystem:
    """The system that ``text`` declares."""
    data = parsed(file, text)
    head = table(data.pop("system", None), HEAD_KEYS, f"{file}: system", optional=frozenset({"extends", "scheme"}))
    check_words(head, f"{file}: system")
    if type(head["from"]) is not date:
        raise SettingError(f"{file}: system.from: must be a date")
    base = system(head["extends"]) if "extends" in head else None
    items = tuple(item(entry, f"{file}: items[{place}]") for place, entry in enumerate(lines(data.pop("items", []), f"{file}: items"), 1))
    checks, materials = (tuple(listed(data.pop(part, []), f"{file}: {part}")) for part in ("checks", "asks"))
    parts = dict(section(data.pop("parts", {}), f"{file}: parts"))
    settings: dict[str, Setting] = dict(base.settings) if base else {}
    for part, entries in data.items():
        for name, entry in section(entries, f"{file}: {part}"):
            settings[f"{part}.{name}"] = setting(f"{part}.{name}", entry, f"{file}: {part}.{name}", SHAPES.get(f"{part}.{name}"))
    if absent := sorted(set(SHAPES) - set(settings)):
        raise SettingError(f"{file}: missing setting {', '.join(absent)}")
    if not items:
        raise SettingError(f"{file}: items: there are none")
    if len({(one.level, one.zh) for one in items}) != len(items):
        raise SettingError(f"{file}: items: two have the same name in one level")
    built = IndexSystem(
        name=file.removesuffix(".toml"),
        zh=head["zh"],
        en=head["en"],
        basis=head["basis"],
        status=head["status"],
        start=head["from"],
        scheme=head.get("scheme", ""),
        settings=settings,
        items=items,
        checks=checks or (base.checks if base else ()),
        materials=materials or (base.materials if base else ()),
    )
    check_scheme(built, parts, file)
    return built


def check_scheme(built: IndexSystem, parts: Mapping[str, object], file: str) -> None:
    """Refuse a system whose levels do not have the points that its scoring scheme gives them: the scheme is their one home."""
    if not built.scheme:
        if parts:
            raise SettingError(f"{file}: parts: the system names no scheme")
        return
    followed = scheme(built.scheme)
    if sorted(parts) != sorted(level.key for level in followed.levels):
        raise SettingError(f"{file}: parts: must name the levels of the scheme {built.scheme}")
    for key, levels in parts.items():
        if not isinstance(levels, list) or any(level not in LEVELS for level in levels):
            raise SettingError(f"{file}: parts.{key}: must be a list of {', '.join(LEVELS)}")
        wanted, found = followed.number(f"weights.{key}"), built.of(*levels)
        if wanted != found:
            raise SettingError(f"{file}: parts.{key}: the items have {found} points, the scheme {built.scheme} says {wanted}")


def item(entry: Any, where: str) -> Item:
    """One item."""
    fields = table(entry, ITEM_KEYS, where, optional=frozenset({"frame"}))
    if fields["level"] not in LEVELS:
        raise SettingError(f"{where}.level: {fields['level']!r} is none of {', '.join(LEVELS)}")
    for key in ITEM_KEYS - {"level", "full", "frame"}:
        if not isinstance(fields[key], str) or not fields[key].strip():
            raise SettingError(f"{where}.{key}: must be text")
    if not is_number(fields["full"]) or not Fraction(fields["full"]):
        raise SettingError(f"{where}.full: must be a number above 0, as text")
    if fields.get("frame", "") not in ("", *ratios()):
        raise SettingError(f"{where}.frame: {fields['frame']!r} is no ratio of the frame")
    return Item(**(fields | {"full": Fraction(fields["full"])}))


def listed(entries: Any, where: str) -> list[Words]:
    """A list of words with codes, each code once."""
    found = [Words(**table(entry, WORD_KEYS, f"{where}[{place}]")) for place, entry in enumerate(lines(entries, where), 1)]
    if any(not isinstance(text, str) or not text.strip() for one in found for text in (one.code, one.zh, one.en)):
        raise SettingError(f"{where}: code, zh and en must be text")
    if len({one.code for one in found}) != len(found):
        raise SettingError(f"{where}: a code is there twice")
    return found


def lines(entries: Any, where: str) -> list[Any]:
    """The entries of a list of the file."""
    if not isinstance(entries, list):
        raise SettingError(f"{where}: must be a list")
    return entries
