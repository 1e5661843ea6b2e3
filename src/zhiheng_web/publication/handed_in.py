"""佐证材料 that are themselves published: files handed in with a value, marked 可公开 by the unit and passed by the secrecy review.

The frozen content has their digests; their bytes stay in the store of evidence and are held against the digest whenever they are given out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from zhiheng_web.ledgers.evidence_store.kinds import KINDS
from zhiheng_web.ledgers.evidence_store.storing import key_of, verified
from zhiheng_web.publication.content import Content
from zhiheng_web.publication.content.actuals import Evidence
from zhiheng_web.publication.content.tables import PublicTable, Row

ENDINGS = {kind.media_type: kind.endings[0] for kind in KINDS.values()}


def handed_in(content: Content) -> Iterator[tuple[PublicTable, Row, Evidence]]:
    """Every such file of a package with the row that it supports. One that supports several rows comes with each."""
    for table in content.tables:
        for row in table.rows:
            for one in row.evidence:
                if one.file:
                    yield table, row, one


def path_of(one: Evidence) -> str:
    """Its place below the folder of the package. The digest is its name: two files of one name stay two."""
    return f"files/{one.sha256}.{ENDINGS[one.media_type]}"


def opened(one: Evidence) -> IO[bytes]:
    """Its content. Refused where the store has lost or changed it: nothing else may stand under a published digest."""
    return verified(key_of(one.sha256), one.sha256, one.name)


def bytes_of(one: Evidence) -> bytes:
    """The same as bytes."""
    with opened(one) as content:
        return content.read()
