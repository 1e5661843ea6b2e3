"""Grades on a named scale: 优/良/中/差, 基本满意, 显著提升, 及时, 长期, 达成预期指标, 3A级, 省级以上.

The scales are data, ``tiers.toml``. Sources: rules 7.2 forms 79-87, 98-100, 1.6 (评判等级), 5.5 (自评定性结果).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from zhiheng.values import flags
from zhiheng.values.found import Found
from zhiheng.values.lexicon import AFTER, DATA, SIGNS, any_of, inverse
from zhiheng.values.value import Comparator, Tier, Unresolved


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale of levels, best first; levels of one inner tuple stand equal.

    ``oriented`` is False where the indicator decides which end is good (风险等级 低).
    """

    key: str
    zh: str
    en: str
    oriented: bool
    levels: tuple[tuple[str, ...], ...]
    template: str
    printed: dict[str, str]

    def rank(self, level: str) -> int | None:
        """0 for the best level; None for a word that is not on the scale."""
        return next((place for place, words in enumerate(self.levels) if level in words), None)


def _load() -> tuple[dict[str, Scale], dict[str, Tier]]:
    data = tomllib.loads(resources.files("zhiheng.values").joinpath("tiers.toml").read_text("utf-8"))
    scales: dict[str, Scale] = {}
    words: dict[str, Tier] = {}
    for key, entry in data.items():
        levels = tuple(tuple(level) for level in entry["levels"])
        scales[key] = Scale(key, entry["zh"], entry["en"], entry["oriented"], levels, entry["print"], entry.get("printed", {}))
        aliases: dict[str, list[str]] = entry.get("aliases", {})
        for level in (word for equals in levels for word in equals):
            for word in (entry["print"].format(level=level), *aliases.get(level, ())):
                words.setdefault(word, Tier(key, level))
    return scales, words


SCALES, _WORDS = _load()
"""Scales by key."""

_WORDS_OF_DEGREE: Any = DATA["degree"]
_DEGREE = rf"(?P<degree>{any_of(_WORDS_OF_DEGREE['words'])})(?:地|的)?"
_UP, _DOWN = any_of(_WORDS_OF_DEGREE["up"]), any_of(_WORDS_OF_DEGREE["down"])
_SAME_AS = inverse(_WORDS_OF_DEGREE["same_as"])
_SUBJECT = r"(?P<subject>[\u4e00-\u9fff]{0,12}?)"
_CHANGED = re.compile(rf"{_SUBJECT}(?:得到|得以|实现|获得)?{_DEGREE}(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:水平|作用|效果)?")
_EFFECT = re.compile(
    rf"(?:[\u4e00-\u9fff]{{0,8}}?(?:效果|成效|作用|影响|效益|变化|改观|优势))?(?:比较|非常|十分)?{_DEGREE}(?:效果|作用|影响|成效)?"
)
_GRADED = re.compile(r"(?:达到|达|评为|评定为|获评|为|被评为|考核|考核为|评价为|综合评价为?|结果为)?(.+?)(?:等次|等级|档|水平|状态)?")
_A_GRADE = re.compile(r"(?:国家)?(A{2,5}|[1-5]A)级?(?:景区|旅游景区)?")
_STAR = re.compile(r"([1-5一二三四五])星级?")
_DIGIT = re.compile("[0-9]")
_NUMBERS = {"1": "一", "2": "二", "3": "三", "4": "四", "5": "五"}


def read(text: str) -> Found | None:
    """The tier that the whole text writes, or None."""
    if len(text) > 24 or ("0" <= text[-1] <= "9") or (_DIGIT.search(text) and "级" not in text and "A" not in text):
        return None
    found = _level(text)
    if found is not None:
        return found
    if text[0] in SIGNS:
        return _bounded(text[1:], SIGNS[text[0]])
    for word in ("及以上", "以上", "及以下", "以下"):
        if text.endswith(word):
            return _bounded(text[: -len(word)], AFTER[word])
    return None


def _bounded(text: str, op: Comparator) -> Found | None:
    found = _level(text) if text else None
    if found is None or not isinstance(found.value, Tier):
        return None
    return Found(Tier(found.value.scale, found.value.level, op), found.flags, True)


def _level(text: str) -> Found | None:
    known = _WORDS.get(text)
    if known is None and (stripped := _GRADED.fullmatch(text)) is not None:
        known = _WORDS.get(stripped[1])
        if known is not None and known.scale in ("timeliness", "endurance", "level"):
            known = _WORDS.get(text)
    if known is not None:
        if text == "中":
            return Found(Unresolved((known, Tier("level", "中等水平")), "which_scale"))
        return Found(known, (flags.VAGUE,) if known.scale in ("degree", "decline", "level", "quality") else ())
    counted = _A_GRADE.fullmatch(text)
    if counted is not None:
        return Found(Tier("stars", f"{len(counted[1])}A" if counted[1][0] == "A" else counted[1]))
    star = _STAR.fullmatch(text)
    if star is not None and text.endswith("级"):
        return Found(Tier("star", f"{_NUMBERS.get(star[1], star[1])}星"))
    return _degree(text)


def _degree(text: str) -> Found | None:
    match = _CHANGED.fullmatch(text)
    scale = "degree"
    if match is not None:
        scale = "decline" if match["down"] else "degree"
        marks = (flags.VAGUE, flags.NOUN) if match["subject"] else (flags.VAGUE,)
        if match["subject"].endswith(("不", "未", "没", "无", "较上年", "比上年", "较去年")):
            return None
    else:
        match = _EFFECT.fullmatch(text)
        if match is None:
            return None
        marks = (flags.VAGUE,)
    word = match["degree"]
    return Found(Tier(scale, _SAME_AS.get(word, word)), marks)


def words(tier: Tier) -> str:
    """How a level is printed, without its comparator."""
    scale = SCALES.get(tier.scale)
    return scale.printed.get(tier.level) or scale.template.format(level=tier.level) if scale is not None else tier.level
