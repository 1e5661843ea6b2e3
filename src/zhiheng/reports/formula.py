"""Text that a spreadsheet would run as a formula, and the apostrophe before it that keeps it text (CSV has no types)."""

from __future__ import annotations

SIGNS = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it as a formula. One sign alone is none."""
    return f"'{text}" if _runs(text) else text


def unguarded(text: str) -> str:
    """The text that :func:`guarded` guarded."""
    return text[1:] if text[:1] == "'" and _runs(text) else text


def _runs(text: str) -> bool:
    """Whether it is a formula, or one behind apostrophes: those that stood there before must come back too."""
    bare = text.lstrip("'")
    return len(bare) > 1 and bare.startswith(SIGNS)
