"""Several measures in one cell: 1部宣传片,2套方案; 6月份完成…;11月…; 组织对接次数/对接企业数10.

Sources: rules 7.2 forms 61, 62, 77.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from zhiheng.values import flags, units
from zhiheng.values.found import Found
from zhiheng.values.numerals import NUMBER
from zhiheng.values.value import Deadline, Part, Parts, Phrase, Quantity, Unresolved

Reader = Callable[[str], Found | None]

_SEPARATORS = tuple(re.compile(mark) for mark in (";", "。", ",", "、", r"(?<=[^0-9])/(?=[^0-9人年月日天周])|和|及|与|并"))
_NAMED = re.compile(r"([^0-9:;]{1,24}):(.+)")
_NUMBERED = re.compile(r"(?:\(?[0-9]{1,2}[.)、](?![0-9])|\([一二三四五六七八九十]\)|[一二三四五六七八九十]、)")
_JOINED = re.compile(r"[/、和与及]")
_MEASURE = re.compile(r"[\u3400-\u9fffA-Za-z&()]{1,16}[数量率额度值次积]")
_COUNT = re.compile(rf":?({NUMBER})([^0-9]*)")
_COUNT_BEGINS = re.compile(r"[:0-9]")
LETTERS = frozenset(";,。、/和及与并:")
_VERB = re.compile(r"(?:完成|制作|建立|拍摄|开展|举办|组织|编制|形成|购置|采购|新增)?(.*)")


def shared(text: str) -> Found | None:
    """Two named measures with one number; which of them it counts the cell does not say."""
    begins = _COUNT_BEGINS.search(text)
    count = _COUNT.fullmatch(text, begins.start()) if begins is not None else None
    if count is None:
        return None
    names = _JOINED.split(text[: count.start()])
    if len(names) < 2 or not all(_MEASURE.fullmatch(name) for name in names):
        return None
    measure = units.whole(count[2]) if count[2] else units.Measure("", None, False)
    if measure is None or measure.per is not None:
        return None
    parts = tuple(Part(name, None) for name in names[:-1])
    value = Parts((*parts, Part(names[-1], Quantity(Decimal(count[1]), measure.unit))), shared=True)
    return Found(value, (flags.MULTIPLE,) if measure.unit else (flags.MULTIPLE, flags.NO_UNIT))


def read(text: str, reader: Reader) -> Found | None:
    """The parts of a compound cell, each read by ``reader``; None unless every part is read."""
    found = shared(text)
    if found is not None:
        return found
    text = _NUMBERED.sub(";", text) if _NUMBERED.match(text) else text
    for separator in _SEPARATORS:
        pieces = [piece.strip() for piece in separator.split(text)]
        pieces = [piece for piece in pieces if piece]
        if len(pieces) > 1:
            return _joined(pieces, reader)
    return None


def _joined(pieces: list[str], reader: Reader) -> Found | None:
    if len(pieces) > 20:
        return None
    parts: list[Part] = []
    marks: set[str] = set()
    for piece in pieces:
        part = _part(piece, reader)
        if part is None:
            return None
        parts.append(part[0])
        marks.update(part[1])
    dates = all(isinstance(part.value, Deadline) for part in parts)
    marks.add(flags.MILESTONES if dates else flags.MULTIPLE)
    return Found(Parts(tuple(parts)), tuple(marks))


def _part(piece: str, reader: Reader) -> tuple[Part, tuple[str, ...]] | None:
    named = _NAMED.fullmatch(piece)
    if named is not None:
        found = reader(named[2])
        if found is not None and not found.words and not isinstance(found.value, Parts | Phrase | Unresolved):
            return Part(named[1], found.value), found.flags
    found = reader(piece)
    if found is None or isinstance(found.value, Parts | Phrase | Unresolved):
        return None
    return Part(found.words.removesuffix(":"), found.value), found.flags
