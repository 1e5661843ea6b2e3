"""A published package as the pages show it: its address, its content read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from zhiheng_web.publication.content import Content, from_json
from zhiheng_web.publication.queries.published import Published

SAFE = re.compile(r"[0-9A-Za-z][-0-9A-Za-z]{0,39}")


@dataclass(frozen=True)
class Shown:
    """One package of the site. ``key`` is its folder: code of the department, year, kind, edition."""

    key: str
    package: Published

    @property
    def content(self) -> Content:
        """The content as values, read once for each digest; of a withdrawn edition its head alone, though the digest is the same."""
        return _content(self)

    @property
    def head(self) -> dict[str, Any]:
        """The head without reading the rest."""
        return self.package.data["head"]

    @property
    def _same(self) -> tuple[str, str, bool]:
        return self.key, self.package.digest, self.package.withdrawn is None

    def __hash__(self) -> int:
        return hash(self._same)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shown) and self._same == other._same


@lru_cache(maxsize=8)
def _content(shown: Shown) -> Content:
    return from_json(shown.package.data)


def key_of(package: Published) -> str:
    """The folder of a package. A code that is no plain word is replaced by the beginning of the package's own id."""
    code = str(package.data["head"]["code"])
    plain = code if SAFE.fullmatch(code) else f"x{package.department.hex[:12]}"
    return f"{plain}-{package.year}-{package.kind}-{package.edition}"


def shown(packages: list[Published]) -> list[Shown]:
    """The packages with their folders, in the order given."""
    return [Shown(key_of(package), package) for package in packages]
