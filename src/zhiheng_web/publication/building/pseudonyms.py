"""Pseudonyms of the open data: the same thing has the same word within a package, and nobody without the installation's key can tell which.

A plain digest of a name or a credit code could be found by trying all of them; these are keyed. All editions of a package share the key, so
that a correction can be laid beside the first; another year or department has another.
"""

from __future__ import annotations

import hashlib
import hmac

from zhiheng_web.publication.models import Package
from zhiheng_web.sealed import digest

LENGTH = 20


class Pseudonyms:
    """The pseudonyms of one package."""

    def __init__(self, package: Package) -> None:
        self._key = bytes.fromhex(digest(f"publication|{package.department_id}|{package.year}|{package.kind}"))

    def of(self, sort: str, words: str) -> str:
        """The pseudonym of something; '' of nothing. ``sort`` keeps an entry apart from a thing that is written alike."""
        if not words:
            return ""
        return hmac.new(self._key, f"{sort}|{words}".encode(), hashlib.sha256).hexdigest()[:LENGTH]

    def entry(self, identity: object) -> str:
        """An entry: the same wherever it is counted in the package."""
        return self.of("entry", str(identity))

    def once(self, place: str, counts_as: str) -> str:
        """What counts once, within one part only: a person who stands behind two figures is not to be recognised by it."""
        return self.of(f"once|{place}", counts_as)

    def channel(self, veiled: str) -> str:
        """A channel that a cadence is kept in, from its veiled identity."""
        return self.of("channel", veiled)
