"""The proof of a snapshot: whether it still holds, and the open data from which an outsider computes it again."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from importlib import resources
from uuid import UUID

from zhiheng_web.ledgers.measures.freezing import Frozen, digest, head_of_snapshot, lines_of
from zhiheng_web.ledgers.models import EntryVersion, Snapshot


def lines_of_snapshot(snapshot: Snapshot) -> list[dict[str, str]]:
    """The entries of a snapshot as rows of the open data. Two queries."""
    rows = list(snapshot.entries.values_list("part", "version", "reason", "counts_as"))
    kept = EntryVersion.objects.filter(pk__in=snapshot.entries.values("version")).defer("sealed", "details")
    versions: dict[UUID, EntryVersion] = {version.pk: version for version in kept}
    return lines_of([Frozen(*row) for row in rows], versions)


def verify(snapshot: Snapshot) -> bool:
    """Whether the value and the entries of a snapshot are still those over which its digest was made."""
    return digest(head_of_snapshot(snapshot), lines_of_snapshot(snapshot)) == snapshot.digest


def proof(snapshot: Snapshot) -> bytes:
    """A zip of the value, its entries with their public columns, and the script that computes both again."""
    parts = [
        {name: part[name] for name in ("code", "measure", "number", "counted", "not_counted", "rule")} for part in snapshot.value["parts"]
    ]
    head = {"head": head_of_snapshot(snapshot), "digest": snapshot.digest, "parts": parts, "shown": snapshot.value["shown_zh"]}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("snapshot.json", json.dumps(head, ensure_ascii=False, indent=1)),
            ("entries.csv", "\ufeff" + _table(lines_of_snapshot(snapshot))),
            ("proof.py", resources.files("zhiheng_web.ledgers.measures").joinpath("proof.txt").read_text("utf-8")),
        ):
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content)
    return written.getvalue()


def _table(lines: list[dict[str, str]]) -> str:
    text = io.StringIO()
    if lines:
        writer = csv.DictWriter(text, sorted(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)
    return text.getvalue()
