"""How a cell looks: what its own words say of the field it may belong to.

Costs say how unlike a field a cell looks; they are ranks of plausibility, not measurements.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhiheng.values.parse import parse
from zhiheng.values.value import Coverage, Deadline, Missing, NotApplicable, Parts, Phrase, Tier, Unresolved

NUMBER = re.compile(r"\d+(?:\.\d+)?分?")
SIGN = re.compile(r"[≥≤><=＞＜＝≧≦═⩾⩽﹥﹤]{1,2}|定性|定量")
DASH = re.compile(r"[-—–/／]+")
UNIT = re.compile(r"[%％‰]|[^\d\s,，。；;、:：]{1,6}")
NUMBERED = re.compile(r"(指标|目标)\s*\d+|[★☆●]")

IMPOSSIBLE = 25.0
UNKNOWN = "unknown"  # a column whose heading is not known


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks: what the costs are made of."""

    number: bool
    figure: bool
    sign: bool
    dash: bool
    tier: bool
    length: int
    numbered: bool
    digits: bool
    unit: bool


def look(text: str) -> Look:
    """Judge a cell by its own words only."""
    number = bool(NUMBER.fullmatch(text))
    value = None if number or len(text) > 40 else parse(text).value
    worded = isinstance(value, (Phrase, Missing, NotApplicable, Unresolved, Tier, Parts)) or value is None
    return Look(
        number=number,
        figure=not worded or number,
        sign=bool(SIGN.fullmatch(text)),
        dash=bool(DASH.fullmatch(text)),
        tier=isinstance(value, (Tier, Coverage)) or text.startswith(("达成", "部分达成", "未达成")) or text in {"完成", "已完成", "未完成"},
        length=len(text),
        numbered=bool(NUMBERED.match(text)),
        digits=bool(re.search(r"\d", text)) or isinstance(value, Deadline),
        unit=bool(UNIT.fullmatch(text)) and not number,
    )


def cost(role: str, seen: Look) -> float:
    """How unlike ``role`` a cell looks; 0 is just like it."""
    if role == "name":
        return _as_name(seen)
    if role in {"target", "actual"}:
        return _as_value(seen)
    if role in {"weight", "points"}:
        return 0.0 if seen.number else 1.0 if seen.dash else IMPOSSIBLE
    if role in {"sign", "nature"}:
        return 0.0 if seen.sign else IMPOSSIBLE
    if role == "unit":
        return IMPOSSIBLE if seen.number or seen.sign or not seen.unit else 0.0 if seen.length <= 4 else 2.0
    if role == "definition":
        return 6.0 if seen.number else 4.0 if seen.figure or seen.sign or seen.numbered else 3.0 if seen.length < 3 else 0.3
    if role.startswith(UNKNOWN):
        return 0.3
    return 1.0 if seen.number or seen.dash else 4.0 if seen.sign or seen.numbered else 3.0 if seen.figure and seen.length < 12 else 0.5


def _as_name(seen: Look) -> float:
    if seen.number or seen.sign or seen.dash:
        return 9.0
    odd = 5.0 if seen.tier else 3.5 if seen.figure else 3.0 if seen.length > 60 else 0.0
    return odd - (1.0 if seen.numbered else 0.0)


def _as_value(seen: Look) -> float:
    if seen.sign:
        return 4.0
    if seen.number:
        return 1.0
    if seen.dash:
        return 0.5
    if seen.figure or seen.tier:
        return 0.0
    return 1.0 if seen.length <= 20 else 1.5 if seen.digits else 3.0
