"""What a form makes of a text, before the context of the cell has spoken."""

from __future__ import annotations

from typing import NamedTuple

from zhiheng.values.value import Value


class Found(NamedTuple):
    """A value, the flags of its writing, whether the text itself sets a comparator, and the words beside the value.

    ``words`` (a verb, a noun) are no part of the value; a compound cell names its parts by them.
    """

    value: Value
    flags: tuple[str, ...] = ()
    explicit: bool = False
    words: str = ""
