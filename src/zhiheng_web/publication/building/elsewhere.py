"""Where something that is withheld is still said: the same indicator in another table, the same words elsewhere, what is public already.

A redaction reaches its own place in its own edition and no other. Whoever withholds is told of the rest and decides about each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhiheng_web.publication.building.proposing import SHORT, near, secrets_at, spoken
from zhiheng_web.publication.building.redacting import placed, places, text_at
from zhiheng_web.publication.content.places import ROW_CELLS
from zhiheng_web.publication.content.shape import Content
from zhiheng_web.publication.content.tables import Row
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Standing:
    """One place that still says it; ``said`` is the text there."""

    place: str
    text: Text
    said: str


def elsewhere(full: Content, place: str, public: Content) -> list[Standing]:
    """The places of ``public`` that say what ``full`` says at a place, in reading order. Its own place is one where it is public there."""
    names = places(public)
    found = dict.fromkeys([*_alike(full, place, public), *_spoken(full, place, public)])
    return [Standing(one, placed(public, names, one), text_at(public, one)) for one in found if public.withheld(one) is None]


def _alike(full: Content, place: str, public: Content) -> Iterator[str]:
    """The same row, cell or table, and rows of the same indicator in other tables."""
    slug, _, rest = place.partition("/")
    name, _, cell = rest.partition("/")
    row = full.row(slug, name)
    if row is None:
        table, other = full.table(slug), public.table(slug)
        if table is not None and other is not None and table.code == other.code and _says(public, place):
            yield place
        return
    for table in public.tables:
        for one in table.rows:
            own = table.slug == slug and one.slug == name and not one.name
            if (own or one.name == row.name) and (not cell or _says_cell(one, cell)):
                yield f"{table.slug}/{one.slug}{f'/{cell}' if cell else ''}"


def _says(public: Content, place: str) -> bool:
    """Whether a table, or a text or figure of it, is there."""
    slug, _, cell = place.partition("/")
    table = public.table(slug)
    if table is None or not (table.of or table.title):
        return False
    whole = {"score": table.score is not None, "funds": bool(table.funds), "money": table.money.total is not None}
    return not cell or whole.get(cell, bool(text_at(public, place)))


def _says_cell(row: Row, cell: str) -> bool:
    result, actual = row.result, row.actual
    match cell:
        case "target":
            return row.target is not None
        case "actual" | "entries" | "months":
            return actual is not None
        case "points":
            return result is not None and result.points is not None
        case "reason":
            return result is not None and bool(result.reason or result.improvement)
        case "evidence":
            return bool(row.evidence or (actual and actual.evidence))
        case "references":
            return True
        case _:
            return bool(getattr(row, cell)) if cell in ROW_CELLS else False


def _spoken(full: Content, place: str, public: Content) -> Iterator[str]:
    """Texts that say the same words, by the rule that proposes what to withhold."""
    words = {said: around for said, around in secrets_at(full, place) if len(said) >= SHORT}
    for where, said in spoken(public) if words else ():
        if not where.startswith("narrative/") and any(one in said and near(where, around) for one, around in words.items()):
            yield where
