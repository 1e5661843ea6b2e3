"""The entries behind frozen values as open data: only what a measure reads, only what their register declares public, under pseudonyms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import override

from zhiheng_web.ledgers.columns import Kind, Visibility
from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.masking import NOTHING, public_columns
from zhiheng_web.ledgers.measures.freezing import veiled
from zhiheng_web.ledgers.measures.judging import plain
from zhiheng_web.ledgers.models import Binding, EntryVersion, Evidence, Register, Snapshot, SnapshotEntry
from zhiheng_web.ledgers.queries.reading import NUMBERS, Reader
from zhiheng_web.ledgers.queries.reading import plain as plain_cell
from zhiheng_web.ledgers.writing import definition_of, loaded_many
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.building.pseudonyms import Pseudonyms
from zhiheng_web.publication.content.actuals import Column, Line
from zhiheng_web.publication.content.actuals import Evidence as PublicEvidence
from zhiheng_web.wording import Text

MONEY_UNITS = {"元": "yuan", "万元": "10,000 yuan", "亿元": "100 million yuan"}
COUNTED = frozenset({""})
REASONS = {"coverage": frozenset({"", "open", "evidence", "check", "late"}), "net": frozenset({"", "ended", "duplicate"})}
"""Which entries computing the figure again reads: those counted; what was due and not done; what stood when the year began."""
FIGURES = frozenset({"numerator", "denominator"})
NEVER_SHOWN = frozenset({Kind.PERSON, Kind.ENTRY, Kind.OFFICE})
"""Columns that the open data never show, whatever a register calls them: people, other entries (they have pseudonyms), our offices."""


def read_columns(binding: Binding) -> tuple[str, ...]:
    """The columns of an entry that the measure reads when the figure is computed again (see ledgers.measures.proof)."""
    match binding.measure:
        case "total":
            return (binding.column or "quantity",)
        case "net":
            return ("valid_from", "valid_until")
        case "external":
            return ("category", "numerator", "denominator", binding.column or "quantity")
        case "cadence":
            return (binding.counted_on,)
    return ()


def closed(definition: RegisterDefinition, binding: Binding) -> str:
    """Why the entries of a part cannot be open; '' if they can."""
    if definition.classified:
        return "classified"
    for name in read_columns(binding):
        public = definition.has(name) and definition.column(name).visibility is Visibility.PUBLIC
        if not public and (definition.has(name) or name not in FIGURES):
            return "column"
    return ""


@dataclass(frozen=True, slots=True)
class Kept:
    """One entry of a snapshot."""

    part: str
    version: UUID
    reason: str
    counts_as: str


class Entries:
    """The entries of the snapshots of a package, asked once: the queries grow with the registers concerned and with nothing else."""

    def __init__(self, snapshots: Collection[Snapshot], bindings: Iterable[Binding], names: Pseudonyms) -> None:
        self._snapshots = list(snapshots)
        self._names = names
        self._registers: dict[UUID, Register] = {binding.register_id: binding.register for binding in bindings}

    @cached_property
    def _kept(self) -> dict[UUID, list[Kept]]:
        found: dict[UUID, list[Kept]] = {}
        rows = SnapshotEntry.objects.filter(snapshot__in=self._snapshots).values_list(
            "snapshot", "part", "version", "reason", "counts_as", named=False
        )
        for snapshot, *rest in rows:
            found.setdefault(snapshot, []).append(Kept(*rest))
        return found

    @cached_property
    def _versions(self) -> dict[UUID, EntryVersion]:
        wanted = SnapshotEntry.objects.filter(snapshot__in=self._snapshots).values("version")
        by: dict[UUID, list[UUID]] = {}
        named = EntryVersion.objects.filter(register__in=self._registers, pk__in=wanted)
        for register, pk in named.order_by().values_list("register", "pk"):
            by.setdefault(register, []).append(pk)
        found: dict[UUID, EntryVersion] = {}
        for register, pks in by.items():
            rows = EntryVersion.objects.filter(pk__in=pks).defer("sealed")
            found.update((row.pk, row) for row in loaded_many(self._registers[register], rows))
        return found

    @cached_property
    def _shown(self) -> dict[UUID, dict[str, str]]:
        """Version → its public columns in words. The register is read as if it had no others: what is sealed is not even opened."""
        by: dict[UUID, list[EntryVersion]] = {}
        for version in self._versions.values():
            by.setdefault(version.register_id, []).append(version)
        found: dict[UUID, dict[str, str]] = {}
        with override("zh-hans"):
            for pk, versions in by.items():
                columns = shown_columns(definition_of(self._registers[pk]))
                open_part = replace(definition_of(self._registers[pk]), columns=tuple(columns))
                reader = Reader(Viewer(None), open_part, NOTHING)
                for version, cells in zip(versions, reader.rows(versions, columns), strict=True):
                    found[version.pk] = {cell.column.name: _said(cell) for cell in cells if cell.words and not cell.masked}
        return found

    @cached_property
    def _evidence(self) -> dict[UUID, list[Evidence]]:
        wanted = SnapshotEntry.objects.filter(snapshot__in=self._snapshots, reason="").values("version__entry")
        found: dict[UUID, list[Evidence]] = {}
        for one in Evidence.objects.filter(entry__in=wanted).prefetch_related("file").order_by("known_from", "pk"):
            found.setdefault(one.entry_id, []).append(one)
        return found

    def count(self, snapshot: UUID, part: str) -> int:
        """How many entries a part counted."""
        return sum(one.part == part and not one.reason for one in self._kept.get(snapshot, ()))

    def lines(self, snapshot: Snapshot, binding: Binding, place: str) -> tuple[Line, ...]:
        """The entries that a part reads, in the order of their pseudonyms."""
        reasons = REASONS.get(binding.measure, COUNTED)
        names = read_columns(binding)
        start = date(snapshot.on.year, 1, 1)
        found = []
        for one in self._kept.get(snapshot.pk, ()):
            version = self._versions.get(one.version)
            if one.part != binding.code or one.reason not in reasons or version is None:
                continue
            if binding.measure == "net" and one.reason and not _stood(version, start):
                continue
            read = {name: _word(getattr(version, name)) for name in names}
            about = self._names.channel(veiled(str(version.about_id))) if version.about_id and binding.measure == "cadence" else ""
            shown = self._shown.get(one.version, {})
            found.append(
                Line(
                    self._names.entry(version.entry_id), one.reason, self._names.once(place, one.counts_as), about,
                    {name: word for name, word in read.items() if word}, shown,
                )
            )  # fmt: skip
        return tuple(sorted(found, key=lambda line: (line.reason, line.id)))

    def evidence(self, snapshot: Snapshot, binding: Binding) -> list[PublicEvidence]:
        """What proves the counted entries of a part as known at the snapshot's instant: digests, and the address of a public page."""
        known: datetime = snapshot.known_at
        kinds = {kind.code: kind.text for kind in definition_of(binding.register).evidence}
        found = []
        for one in self._kept.get(snapshot.pk, ()):
            version = self._versions.get(one.version)
            if one.part != binding.code or one.reason or version is None:
                continue
            for proof in self._evidence.get(version.entry_id, ()):
                if proof.known_from <= known < proof.known_until:
                    found.append(self._public(proof, kinds))
        return sorted(found, key=lambda one: (one.of, one.sha256, one.url))

    def _public(self, proof: Evidence, kinds: Mapping[str, Text]) -> PublicEvidence:
        kind = kinds.get(proof.kind, Text(proof.kind, proof.kind))
        sha256 = proof.file.sha256 if proof.file is not None else ""
        return PublicEvidence(sha256, kind, self._names.entry(proof.entry_id), proof.title if proof.url else "", proof.url)


def _stood(version: EntryVersion, start: date) -> bool:
    """Whether an entry that no longer counts stood when the year began."""
    began = version.valid_from is not None and version.valid_from < start
    return began and not version.gap and (version.valid_until is None or version.valid_until >= start)


def shown_columns(definition: RegisterDefinition) -> list[Any]:
    """The columns that entries are shown with."""
    return [column for column in public_columns(definition) if column.kind not in NEVER_SHOWN]


def columns_of(definition: RegisterDefinition) -> tuple[Column, ...]:
    """The same for the content, numbers with their unit: a page in 万元 is the department's, here every number is as it was entered."""
    return tuple(Column(column.name, _headed(column), column.kind.value) for column in shown_columns(definition))


def _headed(column: Any) -> Text:
    unit = column.unit or ("元" if column.kind is Kind.MONEY else "")
    if column.kind not in NUMBERS or not unit or f"（{unit}" in column.text.zh:
        return column.text
    return Text(f"{column.text.zh}（{unit}）", f"{column.text.en} ({MONEY_UNITS.get(unit, unit)})")


def _said(cell: Any) -> str:
    """A cell in words; a number exact in the unit of its column, without marks between thousands, so that programs read it."""
    said = plain_cell(cell)
    return plain(said) if isinstance(said, Decimal) else str(cell.words)


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else str(value)
