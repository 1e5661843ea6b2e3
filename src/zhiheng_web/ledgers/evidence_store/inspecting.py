"""Whether the store and the database say the same: files that nobody names, files that are missing, files that are damaged."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from zhiheng_web.ledgers.evidence_store.storing import store
from zhiheng_web.ledgers.models import EvidenceFile


@dataclass(frozen=True, slots=True)
class Inspected:
    """What was found: keys in the store that nothing names, names of files whose content is missing or not what it was."""

    files: int
    orphans: tuple[str, ...]
    missing: tuple[str, ...]
    damaged: tuple[str, ...]


def inspect(contents: bool = True) -> Inspected:
    """Compare the store with the database; ``contents`` reads every file and compares its digest."""
    # the store first: a file that comes while this runs is named later, not missing
    there = dict(store().names())
    named = {row.key: row for row in EvidenceFile.objects.order_by("key", "pk")}
    missing = [row.name for key, row in named.items() if key not in there]
    damaged = [row.name for key, row in named.items() if key in there and _damaged(row, there[key], contents)]
    return Inspected(len(named), tuple(sorted(set(there) - set(named))), tuple(missing), tuple(damaged))


def _damaged(row: EvidenceFile, size: int, contents: bool) -> bool:
    if size != row.size:
        return True
    if not contents:
        return False
    digest = hashlib.sha256()
    for chunk in store().read(row.key):
        digest.update(chunk)
    return digest.hexdigest() != row.sha256
