"""Digits that scanning turned into look-alike letters: 6O家, l5项, B家, 1O0%, ?家.

The cell stays open with the figure that the letters look like; a question mark may be any digit and has none. Letters that
belong to real words and units (25TB, 5G基站, 3A级, B级, B2B平台, S3线) are none of these. The words are data: ``lexicon.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from zhiheng.values import flags
from zhiheng.values.found import Found
from zhiheng.values.lexicon import BEFORE, DATA, SIGNS, any_of
from zhiheng.values.units import MEASURE_WORDS, UNITS
from zhiheng.values.value import Parts, Phrase, Unresolved

LETTERS = frozenset("OolIBSZ?")
_LOOKS = str.maketrans("OolIBSZ", "0011852")
_LABELLED = any_of(DATA["scanned"]["labelled"])
_COUNTS = any_of([*(word for word in MEASURE_WORDS if not word.isascii()), *(name for name in UNITS if name in "%‰元万亿"), "万元", "亿元"])
_EDGE = rf"(?=(?:[余多]?(?!{_LABELLED}){_COUNTS})|[年月日号]|[以及][上下内]|[-~至到]|$)"
_DIGITS_LOST = re.compile(rf"(?<![A-Za-z0-9])(?=[OolIBSZ?]*[0-9])(?:[lI]{{1,2}}|[OoBSZ?])?[0-9][0-9.OolIBSZ?]*(?![A-Za-z]){_EDGE}")
"""A figure with look-alikes beside its digits. Letters before it: at most one, so that SO2 and IOS5 stay words."""
_ALONE = re.compile(rf"({any_of([*BEFORE, *SIGNS])})?([OolIBSZ]{{1,3}}|\?)(?!{any_of(DATA['scanned']['named'])})({_COUNTS}.*)")
_WORD = re.compile(r"[BO]2[BCO]")


def read(text: str, reader: Callable[[str], Found | None]) -> Found | None:
    """The open reading of a text whose figure has look-alike letters; ``reader`` must read it once they are digits."""
    alone = _ALONE.fullmatch(text)
    if alone is not None:
        repaired = f"{alone[1] or ''}{alone[2].translate(_LOOKS)}{alone[3]}"
    else:
        repaired = _DIGITS_LOST.sub(_digits, text)
        if repaired == text and not ("?" in text and _DIGITS_LOST.search(text)):
            return None
    lost = "?" in repaired
    found = reader(repaired.replace("?", "1"))
    if found is None or isinstance(found.value, Phrase | Parts | Unresolved) or flags.NOUN in found.flags:
        return None
    return Found(Unresolved(() if lost else (found.value,), "digit_misread"), (flags.OCR_SUSPECT,))


def _digits(match: re.Match[str]) -> str:
    """Digits for the letters; not in B2B and O2O, nor where nothing follows a name or unit (5S, 2B, 10l)."""
    if _WORD.fullmatch(match[0]) or (match.end() == len(match.string) and match[0][-1] in "SBZl"):
        return match[0]
    return match[0].translate(_LOOKS)
