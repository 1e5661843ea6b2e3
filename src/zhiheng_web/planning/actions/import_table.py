"""导入绩效目标表: a file that the library reads becomes the open version of a table, or the declared history of an earlier year."""

from __future__ import annotations

from collections.abc import Mapping

from zhiheng.plan.plan import Table
from zhiheng.plan.procedure import OPEN, State
from zhiheng.tables.canonical import digest, table_json
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.models import Unit
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.mapping import json_of
from zhiheng_web.planning.models import Indicator, PerformanceTable, Project, SourceFile, TableVersion
from zhiheng_web.planning.policies import scope_of
from zhiheng_web.planning.pre_assessment import refuse_if_lacking
from zhiheng_web.planning.versions import done_with, freeze, load, version_digest, write_version
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
    identities: Mapping[int, Indicator | None] | None = None,
) -> Done[TableVersion]:
    """Write ``read`` as a new open version of the unit's table for the year. Refused while another version is open.

    The same content for the same table again is no second version: the first one is given back and nothing is recorded.
    """
    table = _table(viewer, "planning.import_table", unit, kind, year or read.plan.year, project)
    refuse_if_lacking(project)
    if (again := same_version(table, read)) is not None:
        return _done(again, source, nothing=True)
    if table.versions.filter(state=State.APPROVED).exists():
        raise Refusal(
            "already_approved",
            Text("{table}已经批复，只能通过“申请调整目标”修改。", "{table} is approved; it changes only by an adjustment.").with_(
                table=table
            ),
        )
    if table.versions.filter(state__in=OPEN).exists():
        raise Refusal(
            "version_open",
            Text("{table}已有未完成的版本，请先处理该版本，再导入。", "{table} has an open version; finish it before importing.").with_(
                table=table
            ),
        )
    return _done(write_version(table, read, account=viewer.account, source=source, identities=identities), source)


@action("planning.import_history", steps=("import",))
def import_history(
    viewer: Viewer,
    unit: Unit,
    read: Table,
    *,
    kind: str = PerformanceTable.Kind.DEPARTMENT,
    year: int | None = None,
    project: Project | None = None,
    source: SourceFile | None = None,
    identities: Mapping[int, Indicator | None] | None = None,
) -> Done[TableVersion]:
    """Write ``read`` as declared history of an earlier year, frozen at once. A year may have its goals and its self-evaluation.

    Refused where the year goes through the procedure here: then its own versions are the record.
    """
    table = _table(viewer, "planning.import_history", unit, kind, year or read.plan.year, project)
    if (again := same_version(table, read)) is not None:
        return _done(again, source, nothing=True)
    if table.versions.exclude(state=State.DECLARED_HISTORY).exists():
        raise Refusal(
            "year_in_procedure",
            Text(
                "{table}已在本系统申报，不能再作为历史申报导入。请在该表的页面上查看。",
                "{table} is declared in this system already and cannot come in as history. See the table's own page.",
            ).with_(table=table),
        )
    written = write_version(
        table,
        read,
        account=viewer.account,
        source=source,
        identities=identities,
        purpose=TableVersion.Purpose.HISTORY,
        state=State.DECLARED_HISTORY,
    )
    freeze(load(written), State.DECLARED_HISTORY, viewer.now())
    return _done(written, source)


def same_version(table: PerformanceTable, read: Table) -> TableVersion | None:
    """The version of the table that says exactly what ``read`` says."""
    wanted = digest(table_json(read))
    for version in table.versions.order_by("-number"):
        loaded = load(version)
        if digest(json_of(version, loaded.duties, loaded.rows, table.year)) == wanted:
            return version
    return None


def _table(viewer: Viewer, policy: str, unit: Unit, kind: str, year: int | None, project: Project | None) -> PerformanceTable:
    if year is None:
        raise Refusal(
            "year_unknown", Text("表中没有预算年度，请在导入时填写年度。", "The table names no budget year; give it when importing.")
        )
    table, _ = PerformanceTable.objects.select_related("unit__department").get_or_create(unit=unit, kind=kind, year=year, project=project)
    authorise(viewer, policy, scope_of(table))
    PerformanceTable.objects.select_for_update(no_key=True).get(pk=table.pk)  # one new version at a time
    return table


def _done(version: TableVersion, source: SourceFile | None, *, nothing: bool = False) -> Done[TableVersion]:
    loaded = load(version)
    return done_with(
        version,
        version,
        after=version_digest(loaded),
        details={"file": source.name if source else "", "duties": len(loaded.duties), "indicators": len(loaded.rows)},
        nothing=nothing,
    )
