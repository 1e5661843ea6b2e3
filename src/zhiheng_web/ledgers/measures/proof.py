"""The proof of a snapshot: whether it still holds, and the open data from which an outsider computes it again."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from importlib import resources

from zhiheng_web.ledgers.measures.actual import parts_of
from zhiheng_web.ledgers.measures.behind import entries_of
from zhiheng_web.ledgers.measures.counting import counted
from zhiheng_web.ledgers.measures.freezing import Frozen, digest, head_of_snapshot, lines_of, read
from zhiheng_web.ledgers.measures.judging import judged, plain
from zhiheng_web.ledgers.models import EntryVersion, Snapshot
from zhiheng_web.wording import Text


def lines_of_snapshot(snapshot: Snapshot) -> list[dict[str, str]]:
    """The entries of a snapshot as rows of the open data. Two queries."""
    rows = list(snapshot.entries.values_list("part", "version", "reason", "counts_as"))
    return lines_of([Frozen(*row) for row in rows], read(EntryVersion.objects.filter(pk__in=snapshot.entries.values("version"))))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a snapshot holds. ``kept``: its value and entries are those of its digest. ``recounted``: the ledgers, as known at its
    instant, still give the same value from the same entries; ``differing`` names the parts that do not.
    """

    kept: bool
    recounted: bool
    differing: tuple[Text, ...] = ()

    def __bool__(self) -> bool:
        return self.kept and self.recounted


def verify(snapshot: Snapshot) -> Verdict:
    """Make the digest again from what is kept, and count again from the ledgers as known at the snapshot's instant."""
    kept = digest(head_of_snapshot(snapshot), lines_of_snapshot(snapshot)) == snapshot.digest
    bindings = parts_of(snapshot.basis)
    figures = counted(bindings, [snapshot.on], snapshot.known_at)
    code_of = {binding.pk: binding.code for binding in bindings}
    behind = {
        (code_of[one.binding], one.version, one.reason.value if one.reason else "", one.counts_as)
        for one in entries_of(bindings, snapshot.on, snapshot.known_at)
    }
    frozen = set(snapshot.entries.values_list("part", "version", "reason", "counts_as"))
    said = {part["code"]: part["number"] for part in snapshot.value["parts"]}
    found, names = {}, {}
    for binding in bindings:
        number = judged(binding, figures[binding.pk, 0], None, snapshot.on).number
        found[binding.code] = None if number is None else plain(number)
        names[binding.code] = Text(binding.name_zh or binding.code, binding.name_en or binding.name_zh or binding.code)
    wrong = {one[0] for one in behind ^ frozen} | {code for code in {*said, *found} if said.get(code, "") != found.get(code, "")}
    return Verdict(kept, not wrong, tuple(names.get(code, Text(code, code)) for code in sorted(wrong)))


def proof(snapshot: Snapshot) -> bytes:
    """A zip of the value, what a measure reads of its entries (states, days, figures; no name and no words), and the script."""
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
