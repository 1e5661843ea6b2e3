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


def within(before: str, words: str) -> str:
    """Words as they stand behind a text: in quotation marks, their own become the inner ones (‘ ’)."""
    return words.replace("“", "‘").replace("”", "’") if before.count("“") > before.count("”") else words
