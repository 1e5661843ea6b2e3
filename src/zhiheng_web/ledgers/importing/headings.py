"""Which row of a sheet is its heading, and which column of the register each of its columns is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.importing.foreign import foreign_mappings
from zhiheng_web.ledgers.importing.sheet_columns import known_headings, plain, sheet_columns
from zhiheng_web.ledgers.models import ColumnMapping, Register

LOOKED_AT = 30
"""Rows from the top among which a heading is looked for."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a sheet: its row, its words, and what each column is (index → name of a sheet column).

    ``source`` says how that is known: register (its own words), remembered, pack (``pack_name`` of the system), or '' for nothing.
    """

    row: int
    words: tuple[str, ...]
    columns: Mapping[int, str]
    source: str = ""
    pack_name: str = ""


def digest_of_headings(words: Sequence[str]) -> str:
    """The digest by which the heading of a foreign export is known again."""
    return hashlib.sha256("|".join(plain(word) for word in words).rstrip("|").encode()).hexdigest()


def find_heading(register: Register, definition: RegisterDefinition, rows: Sequence[tuple[int, Sequence[str]]]) -> Heading | None:
    """The row of the first thirty that names most columns; None where a sheet has no row of two words or more."""
    candidates = [(number, [cell.strip() for cell in cells]) for number, cells in rows[:LOOKED_AT]]
    candidates = [(number, words) for number, words in candidates if sum(map(bool, words)) >= 2]
    if not candidates:
        return None
    remembered = {digest_of_headings(words): number for number, words in candidates}
    mapping = ColumnMapping.objects.filter(register=register, headings__in=remembered).first()
    if mapping is not None:
        number = remembered[mapping.headings]
        words = next(words for found, words in candidates if found == number)
        return Heading(number, tuple(words), {int(index): name for index, name in mapping.mapping.items()}, "remembered")
    known = known_headings(definition)
    scored = [(len(matched(words, known)), -number, number, words) for number, words in candidates]
    count, _, number, words = max(scored, key=lambda one: one[:2])
    own = matched(words, known)
    foreign = [
        (len(matched(words, each.headings)), each, found, words) for each in foreign_mappings(register) for found, words in candidates
    ]
    best = max(foreign, key=lambda one: (one[0], -one[2]), default=None)
    if best is not None and best[0] > max(count, 2):
        return Heading(best[2], tuple(best[3]), matched(best[3], {**known, **best[1].headings}), "pack", best[1].name.zh)
    return Heading(number, tuple(words), own, "register" if own else "")


def matched(words: Sequence[str], known: Mapping[str, str]) -> dict[int, str]:
    """Index → name for the words that are known; a name is given once, to the first column that has it."""
    found: dict[int, str] = {}
    for index, word in enumerate(words):
        name = known.get(plain(word)) if word else None
        if name is not None and name not in found.values():
            found[index] = name
    return found


def complete(definition: RegisterDefinition, columns: Mapping[int, str]) -> bool:
    """Whether enough columns are known to judge rows: the key, and all that is required."""
    return not lacking(definition, columns)


def lacking(definition: RegisterDefinition, columns: Mapping[int, str]) -> list[str]:
    """The required columns and columns of the key that a sheet has not (an organisation and a person by code or name)."""
    there = {name.removesuffix("_name").removesuffix("_identity") for name in columns.values()}
    needed = {one.column.name for one in sheet_columns(definition) if one.column is not None and one.required} | set(definition.key)
    return [column.name for column in definition.columns if column.name in needed - there]
