"""Writing and loading whole versions: the one way in which a table's rows come into being, are copied, and freeze."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import F, Max

from zhiheng.plan.plan import Table
from zhiheng.plan.procedure import State
from zhiheng.tables.canonical import digest
from zhiheng.values.normalise import normalise
from zhiheng_web.organisation.models import Account, Department
from zhiheng_web.planning.checking import refresh
from zhiheng_web.planning.earlier import SETTLED, later_versions
from zhiheng_web.planning.mapping import fields_of, json_of, table_of
from zhiheng_web.planning.models import (
    Duty,
    DutyHolding,
    DutyRow,
    Indicator,
    IndicatorRow,
    PartRow,
    PerformanceTable,
    SourceFile,
    TableVersion,
)
from zhiheng_web.trail.action import Done, Result

ROW_IDENTITY = {"id", "version", "duty_row", "indicator_row", "edits", "edited_by", "edited_at", "removed_at"}


@dataclass(frozen=True)
class Loaded:
    """A version with its rows in order."""

    version: TableVersion
    duties: tuple[DutyRow, ...]
    rows: tuple[IndicatorRow, ...]

    @cached_property
    def table(self) -> Table:
        """The library's table of the rows, made when first asked for: pages that only show cells do not need it."""
        return table_of(self.version, self.duties, self.rows, self.year)

    @property
    def year(self) -> int:
        """The budget year."""
        return self.version.table.year


def load(version: TableVersion, *, lock: bool = False) -> Loaded:
    """The version with all its rows: three queries whatever its size. ``lock`` holds the version until the transaction ends."""
    if lock:
        version = (
            TableVersion.objects.select_for_update(of=("self",), no_key=True).select_related("table__unit__department").get(pk=version.pk)
        )
    duties = tuple(DutyRow.objects.filter(version=version).order_by("number"))
    rows = tuple(IndicatorRow.objects.filter(version=version).select_related("indicator").prefetch_related("parts").order_by("position"))
    return Loaded(version, duties, rows)


def changed(edited: Loaded | TableVersion) -> Loaded:
    """Call after every write to the rows, tags or amounts of an open version: counts the edit, loads anew, keeps the findings.

    Nothing else counts ``TableVersion.edits``. Must run inside the transaction of the edit. Gives the version as it now stands.
    """
    version = edited.version if isinstance(edited, Loaded) else edited
    TableVersion.objects.filter(pk=version.pk).update(edits=F("edits") + 1)
    version.refresh_from_db(fields=["edits"])
    loaded = load(version)
    refresh(loaded)
    return loaded


def version_digest(loaded: Loaded) -> str:
    """SHA-256 of what the version says with its tags and parts: what the trail keeps and what freezes."""
    data = json_of(loaded.version, loaded.duties, loaded.rows, loaded.year)
    data["scheme"] = [loaded.version.scheme, loaded.version.tree, loaded.version.unscored]
    data["tags"] = [
        [str(row.indicator_id), row.level_1, row.level_2, row.direction, str(row.points), row.method, row.join]
        + [[part.name, part.target_text, part.unit, str(part.due_on)] for part in row.parts.all()]
        + ([row.counting_basis, row.counting_basis_text] if row.counting_basis else [])
        for row in loaded.rows
    ]
    return digest(data)


def done_with(
    version: TableVersion,
    result: Result,
    *,
    before: str = "",
    after: str = "",
    details: Mapping[str, Any] | None = None,
    nothing: bool = False,
) -> Done[Result]:
    """What an action did with a version: the trail names the version, its table and its department. ``before``, ``after``: its digests."""
    table = version.table
    department = str(table.unit.department_id)
    return Done(result, "planning.TableVersion", str(version.pk), str(table), department, before, after, details or {}, nothing)


def write_version(
    table: PerformanceTable,
    read: Table,
    *,
    account: Account,
    purpose: str = TableVersion.Purpose.DECLARATION,
    state: State = State.DRAFT,
    source: SourceFile | None = None,
    identities: Mapping[int, Indicator | None] | None = None,
    duties: Mapping[int, Duty] | None = None,
    **fields: Any,
) -> TableVersion:
    """A new version of ``table`` with the rows of ``read``. Must run inside a transaction.

    Duties and indicators find their identity across years by name within the department; ``identities`` (position of the
    row → indicator, None for a new one) and ``duties`` (number → duty) override the search. What has no identity yet gets one.
    """
    kept = fields_of(read, source.name if source else "")
    department = table.unit.department
    number = (table.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = TableVersion.objects.create(
        table=table, number=number, purpose=purpose, state=state.value, source=source, created_by=account, **{**kept.version, **fields}
    )
    duty_rows = {}
    for duty in kept.duties:
        identity = (duties or {}).get(duty["number"]) or duty_identity(department, table, duty["name"], duty["number"])
        duty_rows[duty["number"]] = DutyRow(version=version, duty=identity, **duty)
    DutyRow.objects.bulk_create(duty_rows.values())
    known = {(row.duty_id, normalise(row.name)): row for row in Indicator.objects.filter(department=department).order_by("-pk")}
    said = identities or {}
    taken = {indicator.pk for indicator in said.values() if indicator is not None}
    rows, new = [], []
    for position, (number_of_duty, columns) in enumerate(kept.indicators):
        duty_row = duty_rows.get(number_of_duty) if number_of_duty is not None else None
        identity_of_duty = duty_row.duty if duty_row else None
        key = (identity_of_duty.pk if identity_of_duty else None, normalise(columns["name"]))
        chosen = said[position] if position in said else known.get(key)
        if chosen is None or (position not in said and chosen.pk in taken):
            chosen = Indicator(department=department, duty=identity_of_duty, name=columns["name"][:200])
            new.append(chosen)
        taken.add(chosen.pk)
        rows.append(IndicatorRow(version=version, indicator=chosen, duty_row=duty_row, position=position, **columns))
    Indicator.objects.bulk_create(new)
    IndicatorRow.objects.bulk_create(rows)
    refresh(load(version))
    return version


def duty_identity(department: Department, table: PerformanceTable, name: str, number: int) -> Duty:
    """The duty of that name in the department; a new one is held by the table's unit from the table's year on."""
    for duty in Duty.objects.filter(department=department):
        if normalise(duty.name) == normalise(name):
            return duty
    taken = set(Duty.objects.filter(department=department).values_list("code", flat=True))
    code = next(code for code in (f"{n:02d}" for n in range(number, 1000)) if code not in taken)
    duty = Duty.objects.create(department=department, code=code, name=name[:200])
    DutyHolding.objects.create(duty=duty, department=department, unit=table.unit, since=date(table.year, 1, 1))
    return duty


def copy_version(loaded: Loaded, *, account: Account, purpose: str, table: PerformanceTable | None = None, **fields: Any) -> TableVersion:
    """A new open version with the same rows, tags and parts: what an adjustment or a new year starts from."""
    old = loaded.version
    target = table or old.table
    number = (target.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    kept = {name: getattr(old, name) for name in ("title", "layout", "head", "strategic_goal", "money_unit", "scheme", "tree", "unscored")}
    for name in ("total", "fiscal", "other", "basic", "project"):
        kept |= {name: getattr(old, name), f"{name}_text": getattr(old, f"{name}_text")}
    version = TableVersion.objects.create(
        table=target, number=number, purpose=purpose, state=State.DRAFT.value, based_on=old, created_by=account, **{**kept, **fields}
    )
    duties = {row.pk: DutyRow(version=version, **_columns(row)) for row in loaded.duties}
    DutyRow.objects.bulk_create(duties.values())
    rows = {row.pk: IndicatorRow(version=version, duty_row=duties.get(row.duty_row_id), **_columns(row)) for row in loaded.rows}
    IndicatorRow.objects.bulk_create(rows.values())
    parts = [PartRow(indicator_row=rows[row.pk], **_columns(part)) for row in loaded.rows for part in row.parts.all()]
    PartRow.objects.bulk_create(parts)
    refresh(load(version))
    return version


def _columns(row: DutyRow | IndicatorRow | PartRow) -> dict[str, Any]:
    names: Iterable[Any] = row._meta.concrete_fields
    return {field.attname: getattr(row, field.attname) for field in names if field.name not in ROW_IDENTITY}


def freeze(loaded: Loaded, state: State, at: datetime, **fields: Any) -> None:
    """Close the version for ever: its state, the instant and the digest of what it says.

    What is open for the two years after is held against it from now on: its findings are made anew.
    """
    version = loaded.version
    version.state, version.frozen_at, version.digest = state.value, at, version_digest(loaded)
    for name, value in fields.items():
        setattr(version, name, value)
    version.save(update_fields=["state", "frozen_at", "digest", *fields])
    if state in SETTLED:
        for later in later_versions(version.table):
            refresh(load(later, lock=True))
