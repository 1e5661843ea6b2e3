"""确认导入: a previewed table with its answers becomes a version, exactly as the preview shows it."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.actions.import_table import import_history, import_table
from zhiheng_web.planning.importing.identity import chosen_identities
from zhiheng_web.planning.importing.previews import previewed
from zhiheng_web.planning.models import ImportPreview, PerformanceTable, TableVersion
from zhiheng_web.planning.queries.importing import preview_table_for
from zhiheng_web.planning.versions import done_with
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

YEAR = Text("表中没有预算年度，请选择年度后再导入。", "The table names no budget year; choose it before importing.")
PROJECT = Text(
    "项目支出绩效目标表须选择所属项目；尚无该项目时，请先在“预算与项目”中登记。",
    "A project's table needs its project; if there is none yet, keep it under “Projects” first.",
)


@action("planning.confirm_preview", steps=("import",))
def confirm_preview(viewer: Viewer, preview: UUID, number: int, edits: int | None = None) -> Done[TableVersion]:
    """Import one table of a preview. The record in the trail is that of the import itself.

    ``edits`` is the state of the preview that the person saw; when somebody changed it since, nothing is imported.
    """
    table = preview_table_for(viewer, preview, number, lock=True)
    authorise(viewer, "planning.confirm_preview", Scope(table.preview.department_id, table.preview.unit_id))
    if table.version_id is not None:
        return _nothing(table.version)
    if table.preview.state != ImportPreview.State.READ:
        raise Refusal("not_read", Text("该文件的预览已取消或尚未读完。", "The preview was cancelled or is not complete yet."))
    if edits is not None and edits != table.edits:
        raise Refusal(
            "preview_changed", Text("预览刚被他人改动，请核对后再导入。", "Somebody has just changed the preview; check it, then import.")
        )
    if table.year is None:
        raise Invalid("year_unknown", YEAR, {"year": YEAR})
    if table.kind == PerformanceTable.Kind.PROJECT and table.project is None:
        raise Invalid("project_unknown", PROJECT, {"project": PROJECT})
    seen = previewed(table)
    write = import_history if table.history else import_table
    version = write(
        viewer,
        table.unit,
        seen.table,
        kind=table.kind,
        year=table.year,
        project=table.project,
        source=table.preview.source,
        identities=chosen_identities(seen.matches),
    )
    table.version = version
    table.save(update_fields=["version"])
    return _nothing(version)


def _nothing(version: TableVersion) -> Done[TableVersion]:
    """The import has made its own record; choosing the version for the preview needs none."""
    return done_with(version, version, nothing=True)
