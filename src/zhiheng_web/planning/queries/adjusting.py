"""What the pages of adjusting and comparing show."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from zhiheng.plan.procedure import OPEN, State
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.adjust_table import second_persons
from zhiheng_web.planning.circulation.standing import standing
from zhiheng_web.planning.comparison import Comparison, compare, content_of
from zhiheng_web.planning.models import PerformanceTable, TableVersion
from zhiheng_web.planning.policies import visible_versions
from zhiheng_web.planning.queries.tables import table_for, version_for
from zhiheng_web.planning.versions import load
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Adjusting:
    """A table with its version in force, the versions it has, and who may be the second person."""

    table: PerformanceTable
    in_force: TableVersion | None
    under_way: TableVersion | None
    versions: list[TableVersion]
    second_persons: list[Account]


def adjusting_of(viewer: Viewer, table: UUID) -> Adjusting:
    """What the form of an adjustment needs."""
    found = table_for(viewer, table)
    seen = visible_versions(viewer).filter(table=found)
    versions = list(seen.select_related("table__unit", "created_by", "second_person").order_by("-number"))
    in_force = next((row for row in versions if row.state == State.APPROVED.value), None)
    under_way = next((row for row in versions if row.state in OPEN), None)
    persons = second_persons(viewer, standing(in_force).scope) if in_force else frozenset()
    return Adjusting(found, in_force, under_way, versions, list(Account.objects.filter(pk__in=persons).order_by("name")))


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two versions of one table, the older one first."""

    old: TableVersion
    new: TableVersion
    comparison: Comparison
    versions: list[TableVersion]


def side_by_side(viewer: Viewer, version: UUID, other: UUID) -> SideBySide:
    """Two versions compared. Versions of different tables may be compared too (this year's with last year's)."""
    one, two = version_for(viewer, version), version_for(viewer, other)
    if one.pk == two.pk:
        raise Refusal("same_version", Text("请选择两个不同的版本。", "Choose two different versions."))
    old, new = sorted((one, two), key=lambda row: (row.table.year, row.created_at, row.number))
    comparison = compare(content_of(load(old)), content_of(load(new)))
    seen = visible_versions(viewer).filter(table__unit=new.table.unit_id, table__kind=new.table.kind, table__project=new.table.project_id)
    return SideBySide(old, new, comparison, list(seen.select_related("table__unit", "table__project").order_by("-table__year", "-number")))
