"""What stands behind a frozen value: how it came about, and its entries by whether they counted and why not. For pages of higher areas.

The one who asks has seen to it that the viewer may see the value; entries that he may not read are counted and not named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from zhiheng_web.ledgers.measures.actual import actuals_of_bases, bases_of, parts_of
from zhiheng_web.ledgers.measures.judging import plain
from zhiheng_web.ledgers.measures.result import REASON_NAMES, Reason
from zhiheng_web.ledgers.measures.statements import CODE
from zhiheng_web.ledgers.models import FOREVER, Snapshot, SnapshotEntry
from zhiheng_web.ledgers.policies import visible_versions
from zhiheng_web.ledgers.queries.indicator_actual import ALL, LEFT_OUT, BehindLine, PartShown, lines_behind, parts_shown
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text

PAGE = 50


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """One entry. ``counted``: it counted; ``since``: it is known otherwise now."""

    line: BehindLine
    part: str
    register: Text
    since: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """How a frozen value came about, counted again from the ledgers as they were known then. ``basis``: what is counted, in words."""

    basis: Text
    parts: Sequence[PartShown]


def explanation_of(snapshot: Snapshot) -> Explained:
    """The counting basis and the lines of each part; no lines where its bindings are gone or give another value by now."""
    basis = snapshot.basis
    words = Text(basis.text_zh, basis.text_en or basis.text_zh)
    own = next((one for one in bases_of([snapshot.indicator_id]) if one.pk == basis.pk), None)
    if own is None:
        return Explained(words, ())
    found = actuals_of_bases([snapshot.indicator_id], snapshot.on, snapshot.known_at)[snapshot.indicator_id][own.code]
    kept = {part["code"]: part["number"] for part in snapshot.value["parts"]}
    again = parts_shown(found, {binding.code: binding for binding in parts_of(own)}, "")
    same = all((None if one.part.number is None else plain(one.part.number)) == kept.get(one.part.code) for one in again)
    return Explained(words, again if same else ())


def tally_of(snapshot: Snapshot) -> tuple[int, dict[Reason, int]]:
    """How many entries counted, and why the others did not, the most frequent reason first. One query."""
    rows = SnapshotEntry.objects.filter(snapshot=snapshot).order_by().values_list("reason").annotate(number=Count("pk"))
    found = dict(rows)
    counted = found.pop("", 0)
    return counted, {Reason(reason): number for reason, number in sorted(found.items(), key=lambda one: (-one[1], one[0]))}


def entries_behind(viewer: Viewer, snapshot: Snapshot, asked: str, number: int) -> tuple[list[FrozenLine], bool]:
    """A page of the entries that the viewer may read: the counted ones ('' asked), those left out, all, or those of one reason."""
    kept = SnapshotEntry.objects.filter(snapshot=snapshot, version__in=visible_versions(viewer).values("pk"))
    if asked == LEFT_OUT:
        kept = kept.exclude(reason="")
    elif asked != ALL:
        kept = kept.filter(reason=asked if asked in set(Reason) else "")
    start = (max(number, 1) - 1) * PAGE
    rows = list(kept.order_by("reason", "part", "pk").select_related("version")[start : start + PAGE + 1])
    bindings = {one.code: one for one in snapshot.basis.parts.select_related("register")}
    lines: dict[tuple[str, object], BehindLine] = {}
    for part in {row.part for row in rows} & set(bindings):
        codes = [(row.version_id, CODE[Reason(row.reason)] if row.reason else 0) for row in rows if row.part == part]
        lines |= {(part, one.entry): one for one in lines_behind(viewer, bindings[part], codes)}
    found = []
    for row in rows[:PAGE]:
        line = lines.get((row.part, row.version.entry_id))
        if line is not None:
            register = bindings[row.part].register
            since = row.version.known_until != FOREVER
            found.append(FrozenLine(line, row.part, Text(register.name_zh, register.name_en), since))
    return found, len(rows) > PAGE


def reason_name(reason: Reason) -> Text:
    """Why entries did not count."""
    return REASON_NAMES[reason]
