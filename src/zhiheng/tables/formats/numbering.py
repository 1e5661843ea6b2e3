"""The numbers that Word writes in front of list paragraphs: they are seen on the page, but stand in no paragraph's text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from lxml import etree

from zhiheng.tables.formats.markup import attribute, local

DIGITS = "〇一二三四五六七八九"
ROMAN = (
    ("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5),
    ("IV", 4), ("I", 1),
)  # fmt: skip
STEMS = "甲乙丙丁戊己庚辛壬癸"
CHINESE = {"chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting"}
LARGEST = 32_767


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and what it writes: '%1.' writes 1."""

    form: str
    text: str
    start: int


class Numbering:
    """The lists of a document, counted as its paragraphs are read in order."""

    def __init__(self, lists: etree._Element | None, styles: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._kind: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._styles = {} if styles is None else _styled(styles)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._seen: set[str] = set()
        for item in lists if lists is not None else ():
            if local(item) == "abstractNum":
                self._levels[attribute(item, "abstractNumId") or ""] = _levels(item)
            elif local(item) == "num":
                self._number(item)

    def _number(self, item: etree._Element) -> None:
        number = attribute(item, "numId") or ""
        for child in item:
            if local(child) == "abstractNumId":
                self._kind[number] = attribute(child, "val") or ""
            elif local(child) == "lvlOverride":
                for override in child:
                    if local(override) == "startOverride":
                        self._starts[number, _int(attribute(child, "ilvl"))] = _int(attribute(override, "val"))

    def label(self, paragraph: etree._Element) -> str:
        """The number in front of this paragraph, counted on; '' when it has none or only a bullet."""
        number, depth = _listed(paragraph) or ("", 0)
        if not number:  # the list may come from the paragraph's style, the level still from the paragraph
            number, styled = self._styles.get(_style(paragraph), ("", 0))
            depth = depth or styled
        kind = self._kind.get(number, "")
        level = self._levels.get(kind, {}).get(depth)
        if level is None:
            return ""
        counts = self._counts[kind]
        if number not in self._seen:
            self._seen.add(number)
            for (owner, at), start in self._starts.items():
                if owner == number:
                    counts[at] = start - 1
        counts[depth] = min(counts.get(depth, level.start - 1) + 1, LARGEST)
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        if level.form in {"bullet", "none"}:
            return ""
        label = self._written(kind, level.text, counts)
        # A bare 1 before 60家 must not become 160家: Word sets a tab between them.
        return f"{label} " if label[-1:].isalnum() else label

    def _written(self, kind: str, text: str, counts: dict[int, int]) -> str:
        levels = self._levels[kind]

        def value(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            level = levels.get(at)
            return "" if level is None else written(counts.get(at, level.start), level.form)

        return re.sub(r"%([1-9])", value, text)


def written(count: int, form: str) -> str:
    """A count in the form of a list: 1, 一, ①, a, A, i, I."""
    if form in CHINESE:
        return chinese(count)
    if form == "ideographTraditional" and 0 < count < 11:
        return STEMS[count - 1]
    if form.startswith("decimalEnclosedCircle") and 0 < count < 21:
        return chr(0x2460 + count - 1)
    if form in {"lowerLetter", "upperLetter"} and count > 0:
        letter = chr(97 + (count - 1) % 26) * min((count - 1) // 26 + 1, 20)
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"} and 0 < count < 4000:
        return roman(count) if form == "upperRoman" else roman(count).lower()
    if form == "decimalZero":
        return f"{count:02d}"
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))
    return str(count)


def chinese(count: int) -> str:
    """一, 十, 十二, 二十, 一百零三; from a thousand on digit by digit."""
    if count >= 1000 or count < 1:
        return "".join(DIGITS[int(digit)] for digit in str(abs(count)))
    hundreds, rest = divmod(count, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十") + (DIGITS[ones] if ones else "")
    elif ones:
        text += ("零" if hundreds else "") + DIGITS[ones]
    return text


def roman(count: int) -> str:
    """1 to 3999 in Roman numerals."""
    text = ""
    for sign, size in ROMAN:
        times, count = divmod(count, size)
        text += sign * times
    return text


def _int(text: str | None) -> int:
    return min(int(text), LARGEST) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _levels(item: etree._Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for level in item:
        if local(level) != "lvl":
            continue
        stated = {local(child): attribute(child, "val") or "" for child in level}
        start = _int(stated.get("start", "0"))
        found[_int(attribute(level, "ilvl"))] = Level(stated.get("numFmt", "decimal"), stated.get("lvlText", ""), start)
    return found


def _listed(holder: etree._Element) -> tuple[str, int] | None:
    """The list and level that a paragraph or style names in its properties."""
    for properties in holder:
        if local(properties) != "pPr":
            continue
        for child in properties:
            if local(child) == "numPr":
                stated = {local(item): attribute(item, "val") for item in child}
                return stated.get("numId") or "", _int(stated.get("ilvl"))
    return None


def _style(paragraph: etree._Element) -> str:
    for properties in paragraph:
        if local(properties) == "pPr":
            return next((attribute(child, "val") or "" for child in properties if local(child) == "pStyle"), "")
    return ""


def _styled(styles: etree._Element) -> dict[str, tuple[str, int]]:
    """Paragraph styles that number their paragraphs."""
    found: dict[str, tuple[str, int]] = {}
    for style in styles:
        listed = _listed(style)
        if listed is not None and local(style) == "style":
            found[attribute(style, "styleId") or ""] = listed
    return found
