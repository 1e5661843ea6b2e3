"""Finding a table or a version for a viewer. What the viewer may not see is as absent as what never was."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import PerformanceTable, TableVersion
from zhiheng_web.planning.policies import visible_tables, visible_versions
from zhiheng_web.planning.queries.chosen import current
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


def table_version(viewer: Viewer, table: UUID) -> TableVersion:
    """The version that is meant by a table, or Absent. Two queries."""
    found = table_for(viewer, table)
    versions = list(visible_versions(viewer).filter(table=found).order_by("number"))
    if not versions:
        raise absent(TABLE)
    version = current(versions)
    version.table = found
    return version
