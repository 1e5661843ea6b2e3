"""Letter: a page of running text in the layout of official documents (公文), described independently of any file type.

Sizes and margins follow what GB/T 9704 is remembered to say (body 三号仿宋, title 二号小标宋, 28 mm left, 37 mm top); not checked
against its text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """What a line of a letter is.

    ``masthead`` 发文机关标志 in red, ``number`` 发文字号, ``rule`` the red line, ``title`` 标题, ``to`` 主送机关, ``heading`` 一、…,
    ``body`` running text, ``attachment`` 附件说明, ``room`` an empty line for the seal, ``signature`` 发文机关署名 and 成文日期.
    """

    MASTHEAD = "masthead"
    NUMBER = "number"
    RULE = "rule"
    TITLE = "title"
    TO = "to"
    HEADING = "heading"
    BODY = "body"
    ATTACHMENT = "attachment"
    ROOM = "room"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph."""

    style: Style
    text: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """The paragraphs of a letter, on A4 upright. ``title`` names it in a file's properties."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """How a style is set: font (title, heading or body), size in points, alignment, indents in characters, space above in points."""

    font: str = "body"
    size: float = 16
    align: str = "left"
    first: int = 0
    right: int = 0
    above: float = 0
    colour: str = "000000"


def kept(letter: Letter) -> list[bool]:
    """Which lines stay on the page of the line after them: headings, and all from the last heading (or the last running text) to
    the signature, so that no page holds nothing but a signature.
    """
    styles = [line.style for line in letter.lines]
    signed = styles.index(Style.SIGNATURE) if Style.SIGNATURE in styles else len(styles)
    before = [index for index in range(signed) if styles[index] is Style.HEADING] or [
        index for index in range(signed) if styles[index] is Style.BODY
    ]
    closing = before[-1] if before and signed < len(styles) else len(styles)
    last = len(styles) - 1
    return [style in (Style.HEADING, Style.ROOM) or closing <= index < last for index, style in enumerate(styles)]


LOOKS: dict[Style, Look] = {
    Style.MASTHEAD: Look("title", 40, "center", colour="C00000"),
    Style.NUMBER: Look("body", 16, "center", above=12),
    Style.RULE: Look("body", 4, "center", colour="C00000"),
    Style.TITLE: Look("title", 22, "center", above=24),
    Style.TO: Look("body", 16, "left", above=14),
    Style.HEADING: Look("heading", 16, "left", first=2),
    Style.BODY: Look("body", 16, "both", first=2),
    Style.ATTACHMENT: Look("body", 16, "left", first=2, above=14),
    Style.ROOM: Look(),
    Style.SIGNATURE: Look("body", 16, "right", right=4),
}
TOP, RIGHT, BOTTOM, LEFT = 37, 26, 35, 28
"""Margins in millimetres."""
LEADING = 28
"""From line to line, in points."""


def letter(title: str, *lines: tuple[Style, str]) -> Letter:
    """A letter of (style, text) pairs; texts left empty are left out, but for rules and room for a seal."""
    bare = (Style.RULE, Style.ROOM)
    return Letter(title, tuple(Line(style, text) for style, text in lines if text.strip() or style in bare))
