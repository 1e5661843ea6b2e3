"""导入绩效目标表: a file that the library reads becomes the open version of a table."""

from __future__ import annotations

from zhiheng.plan.plan import Table
from zhiheng.plan.procedure import EDITABLE
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.models import Unit
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import Indicator, PerformanceTable, Project, SourceFile, TableVersion
from zhiheng_web.planning.policies import scope_of
from zhiheng_web.planning.versions import load, version_digest, write_version
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text


@action("planning.import_table", steps=("import",))
def import_table(
    viewer: Viewer,
    unit: Unit,
    read: Table,
    *,
    kind: str = PerformanceTable.Kind.DEPARTMENT,
    year: int | None = None,
    project: Project | None = None,
    source: SourceFile | None = None,
    identities: dict[int, Indicator] | None = None,
) -> Done[TableVersion]:
    """Write ``read`` as a new open version of the unit's table for the year. Refused while another version is open."""
    budget_year = year or read.plan.year
    if budget_year is None:
        raise Refusal(
            "year_unknown", Text("表中没有预算年度，请在导入时填写年度。", "The table names no budget year; give it when importing.")
        )
    table, _ = PerformanceTable.objects.select_related("unit__department").get_or_create(
        unit=unit, kind=kind, year=budget_year, project=project
    )
    authorise(viewer, "planning.import_table", scope_of(table))
    if table.versions.filter(state__in=[*EDITABLE, "circulating"]).exists():
        raise Refusal(
            "version_open",
            Text("{table}已有未完成的版本，请先处理该版本，再导入。", "{table} has an open version; finish it before importing.").with_(
                table=table
            ),
        )
    version = write_version(table, read, account=viewer.account, source=source, identities=identities)
    loaded = load(version)
    return Done(
        version,
        "planning.TableVersion",
        str(version.pk),
        str(table),
        str(unit.department_id),
        after=version_digest(loaded),
        details={"file": source.name if source else "", "duties": len(loaded.duties), "indicators": len(loaded.rows)},
    )
