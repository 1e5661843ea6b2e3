"""A part of a compound indicator as it is written, and what its target means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhiheng.values.parse import parse
from zhiheng.values.reading import Context, Reading
from zhiheng.values.value import Phrase, Unresolved
from zhiheng.values.wording import wording
from zhiheng_web.wording import Text

UNREAD = Text("定性表述，由人评定", "words, judged by a person")
OPEN = Text("有歧义，请写明", "ambiguous: say it plainly")


@dataclass(frozen=True, slots=True)
class PartText:
    """One part as written."""

    name: str
    target: str
    unit: str = ""
    due_on: date | None = None


def read_part(part: PartText, year: int) -> Reading:
    """What the target of a part means."""
    return parse(part.target, Context(name=part.name, unit=part.unit, year=year))


def read_text(part: PartText, year: int) -> Text | None:
    """What the target was read as, for the writer to check; None for a blank."""
    if not part.target.strip():
        return None
    value = read_part(part, year).value
    if isinstance(value, Phrase):
        return UNREAD
    return OPEN if isinstance(value, Unresolved) else Text(wording(value), wording(value))
