"""What a new year's table can be made from, what it would say, and the notes of one that was made."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from zhiheng.plan.plan import Cell, Figure, Indicator
from zhiheng.plan.procedure import SETTLED
from zhiheng_web.organisation.authority import may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.generate_table import generated, moved
from zhiheng_web.planning.generating import Note
from zhiheng_web.planning.models import GenerationNote, IndicatorRow, PerformanceTable, TableVersion
from zhiheng_web.planning.policies import scope_of, visible_versions
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.versions import load
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class NewRow:
    """One row of a table that would be made, beside the old target; ``notes`` are what is said of its cells."""

    name: str
    old_target: str
    planned: str
    mean: str
    last_year: str
    source: str
    notes: tuple[Text, ...]
    tone: str


@dataclass(frozen=True, slots=True)
class NewTable:
    """What generating would write."""

    base: TableVersion
    year: int
    title: str
    notes: tuple[Text, ...]
    rows: tuple[NewRow, ...]
    complete: int
    partial: int
    missing: int
    old_years: int


def bases(viewer: Viewer) -> tuple[TableVersion, ...]:
    """The versions in force of which a later table may be made: the latest year of each table line that has no later one. One query."""
    later = PerformanceTable.objects.filter(
        unit=OuterRef("table__unit"),
        kind=OuterRef("table__kind"),
        year__gt=OuterRef("table__year"),
        versions__isnull=False,
    )
    same_project = later.filter(project=OuterRef("table__project"))
    no_project = later.filter(project__isnull=True)
    seen = visible_versions(viewer).filter(state__in=SETTLED).exclude(Exists(same_project))
    seen = seen.exclude(Exists(no_project), table__project__isnull=True)
    versions = TableVersion.objects.filter(pk__in=seen.values("pk")).select_related("table__unit__department", "table__project")
    latest: dict[UUID, TableVersion] = {}
    for version in versions.order_by("number"):
        before = latest.get(version.table_id)
        if before is None or before.layout == "self-evaluation" or version.layout != "self-evaluation":
            latest[version.table_id] = version
    permitted = [version for version in latest.values() if may(viewer, "planning.generate_table", scope_of(version.table))]
    return tuple(sorted(permitted, key=lambda version: (-version.table.year, str(version.table))))


def new_table(viewer: Viewer, base: UUID, year: int | None) -> NewTable:
    """What the table of ``year`` (the year after, if not said) would say. The number of queries does not depend on its rows."""
    version = version_for(viewer, base)
    loaded = load(version)
    wanted = year or version.table.year + 1
    made = generated(loaded, wanted)
    by_row: dict[int | None, list[Note]] = {}
    for note in [*made.notes, *moved(loaded, wanted)]:
        by_row.setdefault(note.row, []).append(note)
    plan = made.table.plan
    old = loaded.table.plan.indicators
    rows = tuple(_new_row(row, old[index], by_row.get(index, [])) for index, row in enumerate(plan.indicators))
    kinds = [(note.field, note.kind) for note in made.notes]
    kind = GenerationNote.Kind
    return NewTable(
        version,
        wanted,
        plan.title,
        tuple(note.text for note in by_row.get(None, [])),
        rows,
        complete=kinds.count(("references.mean", kind.COMPUTED)),
        partial=kinds.count(("references.mean", kind.INCOMPLETE)),
        missing=kinds.count(("references.last_year", kind.MISSING)),
        old_years=sum(said == kind.OLD_YEAR for _, said in kinds),
    )


def _new_row(row: Indicator, old: Indicator, notes: list[Note]) -> NewRow:
    kinds = {note.kind for note in notes}
    kind = GenerationNote.Kind
    tone = "warn" if kinds & {kind.DISAGREES, kind.OLD_YEAR, kind.INCOMPLETE} else ""
    references = row.references
    return NewRow(
        row.name.text,
        _said(old.target),
        _said(references.planned),
        _said(references.mean),
        _said(references.last_year),
        _said(references.history_source),
        tuple(note.text for note in notes if note.kind != kind.COMPUTED),
        tone,
    )


def _said(published: Cell | Figure | None) -> str:
    return published.text if published is not None else ""


@dataclass(frozen=True, slots=True)
class Noted:
    """One note of a table that was made, with the row it is about."""

    row: IndicatorRow | None
    field: str
    kind: str
    text: Text


def generation_notes(viewer: Viewer, version_id: UUID) -> tuple[TableVersion, tuple[Noted, ...]]:
    """The notes of a version that was generated, computed cells last. Three queries."""
    version = version_for(viewer, version_id)
    notes = GenerationNote.objects.filter(version=version).select_related("row").order_by("row__position", "field")
    found = [Noted(note.row, note.field, note.kind, Text(note.zh, note.en)) for note in notes]
    return version, tuple(sorted(found, key=lambda note: (note.row is not None, note.kind == GenerationNote.Kind.COMPUTED)))
