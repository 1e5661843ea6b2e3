"""Finding a table or a version for a viewer. What the viewer may not see is as absent as what never was."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import PerformanceTable, TableVersion
from zhiheng_web.planning.policies import offices_of, visible_tables, visible_versions
from zhiheng_web.planning.versions import Loaded
from zhiheng_web.wording import Text

VERSION = Text("该版本", "this version")
TABLE = Text("该绩效目标表", "this performance table")


def version_for(viewer: Viewer, version: UUID, *, lock: bool = False) -> TableVersion:
    """The version with its table, unit and department, or Absent. ``lock`` holds it until the transaction ends. One or two queries."""
    seen = visible_versions(viewer).filter(pk=version)
    if lock:
        seen = TableVersion.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=seen.values("pk"))
    found = seen.select_related("table__unit__department", "table__project").first()
    if found is None:
        raise absent(VERSION)
    return found


def table_for(viewer: Viewer, table: UUID) -> PerformanceTable:
    """The table with its unit and department, or Absent."""
    found = visible_tables(viewer).select_related("unit__department", "project").filter(pk=table).first()
    if found is None:
        raise absent(TABLE)
    return found


def current_version(viewer: Viewer, table: PerformanceTable) -> TableVersion:
    """The version that a reader means by the table: the open one if the viewer may see it, else the one in force, else the newest."""
    versions = {row.state: row for row in visible_versions(viewer).filter(table=table).order_by("number")}
    for state in ("draft", "returned", "circulating", "approved"):
        if state in versions:
            return versions[state]
    if not versions:
        raise absent(VERSION)
    return max(versions.values(), key=lambda row: row.number)


def row_scopes(loaded: Loaded) -> dict[UUID, Scope]:
    """The scope of each indicator row: its unit and the offices that hold its duty in the year. One query."""
    unit = loaded.version.table.unit
    held = offices_of([row.duty_id for row in loaded.duties], loaded.year)
    duty_of = {row.pk: row.duty_id for row in loaded.duties}
    return {row.pk: Scope(unit.department_id, unit.pk, held.get(duty_of.get(row.duty_row_id), frozenset())) for row in loaded.rows}
