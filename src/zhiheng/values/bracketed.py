"""A bracket at the end that repeats, explains or limits what stands before it: 60家(含新增5家), 90%以上(含90%), ≥95%(满意度).

What only repeats or explains is no part of the value and is flagged; a level (省级) limits what is counted and is kept. A
bracket that may change the figure (暂定, 每人, 不含税) is left to people.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from zhiheng.values import flags
from zhiheng.values.found import Found
from zhiheng.values.lexicon import DATA, FLOWS, QUALIFIER, any_of
from zhiheng.values.value import Cadence, Comparator, Quantity

_ENDING = re.compile(r"([^()]*[0-9][^()]*)\(([^()]{1,30})\)")
_PART = re.compile(r"(?:其中)?(?:含|包含|包括|其中)(.+)")
_LEFT_OUT = re.compile(r"不(?:含|包含|包括)(.+)")
_PLAIN = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,12}")
_CHANGING = re.compile(any_of(DATA["bracket"]["changing"]))


def read(text: str, reader: Callable[[str], Found | None]) -> Found | None:
    """The figure before a bracket that does not change it; None where there is no such bracket."""
    match = _ENDING.fullmatch(text)
    found = reader(match[1]) if match is not None else None
    if match is None or found is None or not isinstance(found.value, Quantity | Cadence):
        return None
    value, inside = found.value, match[2]
    left_out = _LEFT_OUT.fullmatch(inside)
    if left_out is not None:
        return _without(found, value, left_out[1], reader)
    if isinstance(value, Quantity) and not value.qualifier and (QUALIFIER.fullmatch(inside) or inside in FLOWS):
        return found._replace(value=replace(value, qualifier=inside))
    part = _PART.fullmatch(inside)
    if part is not None and _same(value, reader(part[1])):
        return found if value.op is not Comparator.EQ else None
    if part is None and (not _PLAIN.fullmatch(inside) or _CHANGING.search(inside)):
        return None
    return found._replace(flags=(*found.flags, flags.REMARK))


def _same(value: Quantity | Cadence, other: Found | None) -> bool:
    """Whether the bracket writes the figure itself once more."""
    return other is not None and isinstance(other.value, Quantity) and (other.value.amount, other.value.unit) == (value.amount, value.unit)


def _without(found: Found, value: Quantity | Cadence, text: str, reader: Callable[[str], Found | None]) -> Found | None:
    """90%以上(不含90%): more than 90 %. What else is left out changes what is counted."""
    strict = {Comparator.GE: Comparator.GT, Comparator.LE: Comparator.LT}.get(value.op)
    if strict is None or not (text == "本数" or _same(value, reader(text))):
        return None
    return found._replace(value=replace(value, op=strict))
