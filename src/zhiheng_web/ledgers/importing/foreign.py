"""Column mappings of national systems' exports that come with a pack: data in its folder ``mappings``, one TOML file per register.

They are proposals: what a user maps by hand is remembered and comes first. ``verified = false`` marks headings that were not seen in a
real export; the page says so.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from zhiheng_web.ledgers.importing.sheet_columns import plain
from zhiheng_web.ledgers.models import Register
from zhiheng_web.ledgers.packs.offered import OFFERED
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class ForeignMapping:
    """The export of one system as it lies on one register: heading as compared → column of the sheet."""

    register: str
    name: Text
    verified: bool
    headings: dict[str, str] = field(default_factory=dict)


def foreign_mappings(register: Register) -> tuple[ForeignMapping, ...]:
    """The mappings that the packs offer for a register. Only one that came from a pack has any."""
    if not register.pack:
        return ()
    return tuple(one for pack in OFFERED for one in mappings_of(pack.parent) if one.register == register.code)


@lru_cache(maxsize=16)
def mappings_of(folder: Path) -> tuple[ForeignMapping, ...]:
    """The mappings in a pack's folder."""
    found = []
    for file in sorted((folder / "mappings").glob("*.toml")):
        for item in tomllib.loads(file.read_text("utf-8"))["mappings"]:
            headings = {plain(word): name for name, words in item["columns"].items() for word in words}
            found.append(ForeignMapping(item["register"], Text(item["zh"], item["en"]), item.get("verified", False), headings))
    return tuple(found)
