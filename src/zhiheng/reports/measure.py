"""How much room a text takes when it is set in lines. An estimate that is never too small for Chinese text."""

from __future__ import annotations

import unicodedata

POINT = 25.4 / 72
"""Millimetres in a typographic point."""


def halves(text: str) -> int:
    """The width of one line in half-widths: 2 for a Chinese character, 1 for a Latin letter or a digit."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def lines(text: str, width: float, size: float) -> int:
    """How many lines ``text`` takes in ``width`` millimetres at ``size`` points.

    A column can hold a whole number of characters only, and a word or a bracket may not break: one half-width is
    given up for that.
    """
    room = max(int(width / (size * POINT / 2)) - 1, 2)
    return sum(max(-(-halves(line) // room), 1) for line in text.split("\n"))
