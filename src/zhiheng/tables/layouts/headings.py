"""The vocabulary of the official forms: what a heading, a label or a level word stands for."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources

_BRACKETED = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]")
_BLANK = re.compile(r"\s+")
BEGINS_HEAD = {"project", "department", "supervisor"}
"""Labels of the head with which the head of another table begins."""
_SURE_LEVEL = re.compile("(项目)?(产出|效益|效果|投入|过程|决策)|(产出)?(数量|质量|时效)|(经济|社会|生态|环境)效益|可持续影响")
_LEAD = re.compile(r"[^:：\s]{1,20}[:：]")
_POINTS = re.compile(r"[(（]\s*(\d+(?:\.\d+)?)\s*分?\s*[)）]")


@cache
def _vocabulary() -> dict[str, dict[str, re.Pattern[str]]]:
    data = tomllib.loads(resources.files("zhiheng.tables.layouts").joinpath("headings.toml").read_text("utf-8"))
    return {
        section: {role: re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) for role, patterns in roles.items()}
        for section, roles in data.items()
        if section != "traditional"
    }


@cache
def _simplified() -> dict[int, int]:
    """Traditional characters of the headings: mirrors of official sites publish in both."""
    data = tomllib.loads(resources.files("zhiheng.tables.layouts").joinpath("headings.toml").read_text("utf-8"))
    return str.maketrans(data["traditional"]["characters"], data["traditional"]["simplified"])


def simplified(text: str) -> str:
    """The text with traditional characters of headings in simplified script."""
    return text.translate(_simplified())


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A heading or label without blanks, bracketed parts, full-width forms, stars and closing colon."""
    text = _BLANK.sub("", unicodedata.normalize("NFKC", text)).strip("*·●◆").translate(_simplified())
    bare = _BRACKETED.sub("", text).rstrip(":;,.、。")
    return bare or text


@lru_cache(maxsize=8192)
def word(section: str, text: str) -> str:
    """The role of ``text`` in a section of the vocabulary (columns, head, funds, amounts, ends…), '' if none."""
    bare = plain(text)
    if not bare or len(bare) > 40:
        return ""
    for role, pattern in _vocabulary()[section].items():
        if pattern.fullmatch(bare):
            return role
    return ""


def closing(text: str) -> str:
    """The kind of a line below a table (总分; 填表说明：…, however much it says), '' if it is none."""
    lead = _LEAD.match(text)
    return word("ends", text) or (word("ends", lead.group()) if lead else "")


def level(text: str) -> str:
    """``first``, ``second`` or '' : the level of an indicator-tree word. 成本指标 and 满意度指标 are both."""
    bare = plain(text)
    if not bare or len(bare) > 20:
        return ""
    levels = _vocabulary()["levels"]
    first, second = levels["first"].fullmatch(bare), levels["second"].fullmatch(bare)
    if first and second:
        return "both"
    return "first" if first else "second" if second else ""


def may_be_name(text: str) -> bool:
    """Whether a level word is as often the name of an indicator (公众满意度, 预算执行率: without 指标, and no kind of effect)."""
    return "指标" not in text and not _SURE_LEVEL.fullmatch(plain(text))


def level_name(text: str) -> str:
    """A level word as the tree spells it: no blanks, no announced points."""
    return _POINTS.sub("", _BLANK.sub("", unicodedata.normalize("NFKC", text)))


def announced_points(text: str) -> str:
    """The points that a level word announces, 产出指标（50分） → 50; '' if none."""
    found = _POINTS.search(_BLANK.sub("", text))
    return found.group(1) if found else ""


def longest_prefix(section: str, text: str) -> int:
    """Length of the longest beginning of ``text`` that is a word of the section: for text without separators."""
    for end in range(min(len(text), 24), 1, -1):
        if word(section, text[:end]):
            return end
    return 0


def label(text: str) -> tuple[str, str]:
    """Section and role of a label, also of one numbered or led in (1. 资金来源：（1）财政拨款)."""
    last = last_part(text)
    for candidate in (text, last):
        for section in ("head", "amounts", "funds"):
            if role := word(section, candidate):
                return section, role
    return "", ""


def last_part(text: str) -> str:
    """The label proper of a numbered one: 1. 资金来源：（1）财政拨款 → （1）财政拨款."""
    bare = re.sub(r"^\s*其中\s*[:：]?", "", text)
    return re.split("[:：]", bare)[-1] if re.match(r"\d+[.、]", bare.strip()) else bare
