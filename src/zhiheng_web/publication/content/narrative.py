"""预算绩效情况说明: paragraphs whose numbers are references into the data, resolved to text."""

from __future__ import annotations

from dataclasses import dataclass

from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Number:
    """One number that the narrative uses: what it is, its words, and the place in the content that it comes from ('' several)."""

    name: str
    label: Text
    words: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One paragraph. ``code`` says which statement it makes, ``fixed`` that every disclosure must make it; ``references`` are the numbers
    in it, in order; ``template`` is the text with its references open.
    """

    code: str
    heading: str
    text: str
    fixed: bool = False
    references: tuple[str, ...] = ()
    template: str = ""
