"""Values frozen with the entries behind them, and what an outsider needs to compute them again.

The digest covers the value and one line for each entry: its public columns and the instant of its version. Nothing in a line is
sealed, so the exported open data suffice to make it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zhiheng_web.ledgers.columns import DATES
from zhiheng_web.ledgers.measures.dialect import windows_of
from zhiheng_web.ledgers.measures.judging import plain
from zhiheng_web.ledgers.measures.result import Actual, PartResult
from zhiheng_web.ledgers.models import Binding, EntryVersion, Snapshot
from zhiheng_web.trail.chain import digest_of

NUMBERS = ("quantity", "quantity_2", "amount", "amount_2", "numerator", "denominator")
FIELDS = ("state", "standing", "category", "data_year", "edition", *DATES, *NUMBERS)
"""Columns of a version that a measure reads and that say nothing of a person."""


def canonical(actual: Actual, rules: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The value as it is frozen: words and exact numbers only. ``rules``: part → what computing it again needs (:func:`rule_of`)."""
    return {
        "state": actual.state.value,
        "value": None if actual.value is None else plain(actual.value),
        "unit": actual.unit,
        "decisive": actual.decisive,
        "counted": actual.counted,
        "parts": [{**_part(part), "rule": dict(rules.get(part.code, {}))} for part in actual.parts],
        "shown_zh": actual.shown.zh,
        "shown_en": actual.shown.en,
        "target": actual.target,
    }


def _part(part: PartResult) -> dict[str, Any]:
    return {
        "code": part.code, "name_zh": part.name.zh, "name_en": part.name.en, "measure": part.measure, "state": part.state.value,
        "unit": part.unit, "target": part.target,
        "number": None if part.number is None else plain(part.number),
        "numerator": None if part.numerator is None else plain(part.numerator),
        "denominator": None if part.denominator is None else plain(part.denominator),
        "counted": part.counted, "recorded": part.recorded,
        "not_counted": {reason.value: count for reason, count in sorted(part.not_counted.items())}, **_told(part),
    }  # fmt: skip


TOLD = ("data_year", "edition", "publisher", "number", "met", "of", "limit", "declared_of", "done_on")
"""What of the explanation of a figure a later step scores it by, and that names nobody: of which edition it is, how many windows met."""


def _told(part: PartResult) -> dict[str, Any]:
    """The edition of a published figure with its benchmark and the newest one that is out, the windows of a cadence; nothing else."""
    kept: dict[str, Any] = _words(part.extra)
    for name in ("benchmark", "latest", "latest_benchmark"):
        beside = part.extra.get(name)
        if isinstance(beside, Mapping) and beside:
            kept[name] = _words(beside)
    return {"told": kept} if kept else {}


def _words(extra: Mapping[str, object]) -> dict[str, str]:
    return {name: plain(value) if isinstance(value, Decimal) else str(value) for name in TOLD if (value := extra.get(name)) is not None}


def rule_of(binding: Binding, on: date, since: Mapping[str, str]) -> dict[str, Any]:
    """How a part is counted, in words that the proof can follow. ``since``: channels of a cadence."""
    spans = windows_of(binding.window, date(on.year, 1, 1), on) if binding.window else []
    return {
        "column": binding.column or "quantity", "scale": plain(binding.scale), "counted_on": binding.counted_on, "window": binding.window,
        "longest_gap": binding.longest_gap, "series": binding.series, "channels": {veiled(_same(one)): day for one, day in since.items()},
        "windows": [[a.isoformat(), z.isoformat()] for _, a, z in spans],
    }  # fmt: skip


def _same(identity: str) -> str:
    return str(UUID(identity)) if identity else ""


def moment(instant: datetime) -> str:
    """An instant in UTC to the microsecond."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def veiled(text: str) -> str:
    """A word that can be compared and not read: what counts once may name a person."""
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""


@dataclass(frozen=True, slots=True)
class Frozen:
    """One entry as a snapshot keeps it."""

    part: str
    version: UUID
    reason: str
    counts_as: str


def read(versions: QuerySet[EntryVersion]) -> dict[UUID, Any]:
    """What :func:`lines_of` reads of versions: there are thousands behind a value, and most of their columns are not kept with it."""
    rows = versions.order_by().values_list("id", "about_id", "known_from", "gap", *FIELDS, named=True)
    return {row.id: row for row in rows}


def lines_of(rows: Iterable[Frozen], versions: Mapping[UUID, Any]) -> list[dict[str, str]]:
    """Each entry behind a value as a row of the open data. The end of a version is not in it: it comes later."""
    lines = []
    for one in rows:
        version = versions[one.version]
        line = {
            "part": one.part, "version": str(one.version), "reason": one.reason, "counts_as": veiled(one.counts_as),
            "about": veiled(str(version.about_id or "")), "known_from": moment(version.known_from), "gap": version.gap,
        }  # fmt: skip
        lines.append({**line, **{name: _word(getattr(version, name)) for name in FIELDS}})
    return sorted(lines, key=line_text)


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def line_text(line: Mapping[str, str]) -> str:
    """A line as text: its values in the order of their names."""
    return "|".join(line[name] for name in sorted(line))


def digest(head: Mapping[str, str], lines: Collection[Mapping[str, str]]) -> str:
    """The digest of a value: over its head and the sorted lines of its entries."""
    return digest_of(["|".join(head[name] for name in sorted(head)), *map(line_text, lines)])


def head_of(indicator: UUID, basis: UUID, on: date, known: datetime, value: Mapping[str, Any]) -> dict[str, str]:
    """What a snapshot says of itself, as words."""
    figure = "" if value["value"] is None else str(value["value"])
    return {
        "indicator": str(indicator), "basis": str(basis), "on": on.isoformat(), "known": moment(known), "value": figure,
        "state": str(value["state"]), "counted": str(value["counted"]),
    }  # fmt: skip


def head_of_snapshot(snapshot: Snapshot) -> dict[str, str]:
    """The same of one that is kept."""
    return head_of(snapshot.indicator_id, snapshot.basis_id, snapshot.on, snapshot.known_at, snapshot.value)
