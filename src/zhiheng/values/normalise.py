"""One spelling for what is written in many: widths, look-alike signs, spaces.

Source: rules 7.1 (normalisation). Text as published is kept in the reading; only the parser sees this form.
"""

from __future__ import annotations

import re
import unicodedata

_PLAIN = re.compile(r"[0-9A-Za-z%.,;:()/<>=≤≥≈~+\-\u4e00-\u9fff、。]*")
_INVISIBLE = dict.fromkeys(
    (*range(0x09), *range(0x0E, 0x1C), 0x7F, 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
)
_CIRCLED = dict.fromkeys((*range(9312, 9332), *range(10102, 10112), *range(10112, 10132)), ";")
_SUPERSCRIPT = re.compile(r"(?<=[0-9])[\u00b2\u00b3\u00b9\u2070-\u2079]")
_FOLD = str.maketrans(
    {
        **dict.fromkeys("≧⩾⪰≽", "≥"),
        **dict.fromkeys("≦⩽⪯≼", "≤"),
        "≮": "≥",
        "≯": "≤",
        **dict.fromkeys("〉﹥›", ">"),
        **dict.fromkeys("〈﹤‹", "<"),
        **dict.fromkeys("═﹦", "="),
        **dict.fromkeys("≒≅", "≈"),
        **dict.fromkeys("‐‑‒–—―−─━﹣ー⁃", "-"),
        **dict.fromkeys("～〜∼﹏", "~"),
        **dict.fromkeys("∶：︰", ":"),
        **dict.fromkeys("✕✖⨯", "×"),
        **dict.fromkeys("∕⁄╱", "/"),
        **dict.fromkeys("•‧∙⋅・", "·"),
        "﹪": "%",
        "﹐": ",",
        "︐": ",",
        "﹑": "、",
        "﹔": ";",
        "✓": "√",
        "✔": "√",
        "☑": "√",
    }
)
_PAIRS = (
    (re.compile(r">=|=>|>≥"), "≥"),
    (re.compile(r"<=|=<|<≤"), "≤"),
    (re.compile(r"(?<=[0-9]) (?=[0-9]{3}(?:[^0-9]|$))"), ""),
    (re.compile(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])|(?<=[A-Za-z]) (?=[0-9])|(?<=[0-9]) (?=[A-Za-z])"), ""),
    (re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?:,[0-9]{3})*(?![0-9,]))"), ""),
)
_END = re.compile(r"[。;,、.]+$")
_HAN_SPACE = re.compile(r"(?<=[^\x00-\xff]) (?=[^\x00-\xff])")


def tidy(text: str) -> str:
    """The text without invisible characters, with single spaces, and none between two Chinese characters.

    ``tidy(tidy(text)) == tidy(text)``.
    """
    if text.isprintable() and " " not in text and "\u00ad" not in text and "\u3000" not in text:
        return text
    return _HAN_SPACE.sub("", " ".join(text.translate(_INVISIBLE).split()))


def normalise(text: str) -> str:
    """One spelling of a tidy text: NFKC, signs folded, no spaces but between two words of Latin letters or two numbers."""
    if not _PLAIN.fullmatch(text):
        text = _SUPERSCRIPT.sub(r"^", text.translate(_CIRCLED))
        text = unicodedata.normalize("NFKC", text).translate(_FOLD)
    if " " in text or ("=" in text and ("<" in text or ">" in text)) or "," in text or ">≥" in text or "<≤" in text:
        for pattern, repair in _PAIRS:
            text = pattern.sub(repair, text)
    if text and text[-1] in "。;,、.":
        text = _END.sub("", text) or text
    return text
