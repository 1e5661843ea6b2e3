"""在预览中答复: what people say of a file that was read, cell by cell, before it is imported. Nothing of it touches a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from zhiheng.tables.canonical import table_from
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.models import Unit
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.importing.answering import answer_from
from zhiheng_web.planning.importing.preview_reading import UNDER_WAY
from zhiheng_web.planning.models import ImportPreview, Indicator, PerformanceTable, PreviewTable, Project
from zhiheng_web.planning.queries.importing import preview_for, preview_table_for
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

UNASKED = Text(
    "这一格没有待确认的问题，或者所选答案已不适用。请刷新页面后再答复。", "This cell asks nothing, or the answer no longer applies. Reload."
)
YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class Direction:
    """Where a previewed table is to go."""

    unit: UUID
    kind: str
    year: int | None
    project: UUID | None = None
    history: bool = False


@action("planning.answer_preview")
def answer_preview(viewer: Viewer, preview: UUID, number: int, key: str, choice: str, text: str = "") -> Done[PreviewTable]:
    """Answer one question of a previewed table; ``choice`` '' takes the answer back."""
    table = _open_table(viewer, "planning.answer_preview", preview, number)
    refuse_marked_text(text, Text("所填文字", "the text entered"))
    if not choice:
        table.answers.pop(key, None)
    else:
        answer = answer_from(table_from(table.data), table.answers, key, choice, text)
        if answer is None:
            raise Invalid("not_asked", UNASKED)
        table.answers[key] = answer
    return _kept(table, {"cell": key, "answer": choice})


@action("planning.direct_preview")
def direct_preview(
    viewer: Viewer, preview: UUID, number: int, to: Direction | None = None, identities: Mapping[str, str] | None = None
) -> Done[PreviewTable]:
    """Choose the table's unit, year, kind and project, or which known indicator each row is ('' for a new one)."""
    table = _open_table(viewer, "planning.direct_preview", preview, number)
    if to is not None:
        _direct(viewer, table, to)
    if identities is not None:
        table.identities = _identities(table, identities)
    return _kept(table, {"year": table.year, "kind": table.kind})


def _direct(viewer: Viewer, table: PreviewTable, to: Direction) -> None:
    unit = Unit.objects.filter(pk=to.unit, department=table.preview.department).first()
    if unit is None:
        raise Invalid("unit", Text("请选择单位。", "Choose a unit."), {"unit": Text("请选择单位。", "Choose a unit.")})
    authorise(viewer, "planning.direct_preview", Scope(unit.department_id, unit.pk))
    if to.kind not in PerformanceTable.Kind.values:
        raise Invalid("kind", Text("请选择表的种类。", "Choose the kind of table."))
    if to.year is not None and to.year not in YEARS:
        words = Text("年度应是四位数的年份。", "The year must have four digits.")
        raise Invalid("year", words, {"year": words})
    project = None
    if to.kind == PerformanceTable.Kind.PROJECT and to.project is not None:
        project = Project.objects.filter(pk=to.project, unit=unit).first()
        if project is None:
            words = Text("该项目不属于所选单位。请重新选择。", "The project does not belong to the unit. Choose again.")
            raise Invalid("project", words, {"project": words})
    table.unit, table.kind, table.year, table.project, table.history = unit, to.kind, to.year, project, to.history


def _identities(table: PreviewTable, identities: Mapping[str, str]) -> dict[str, str]:
    known = {str(pk) for pk in Indicator.objects.filter(department=table.preview.department).values_list("pk", flat=True)}
    rows = range(len(table.data["indicators"]))
    kept = {**table.identities, **identities}
    return {
        position: said for position, said in kept.items() if position.isdecimal() and int(position) in rows and (not said or said in known)
    }


@action("planning.cancel_preview")
def cancel_preview(viewer: Viewer, preview: UUID) -> Done[ImportPreview]:
    """Stop a reading under way, or put a preview away. What was imported from it stays."""
    found = preview_for(viewer, preview, lock=True)
    authorise(viewer, "planning.cancel_preview", Scope(found.department_id, found.unit_id))
    under_way = found.state in UNDER_WAY
    nothing = found.state == ImportPreview.State.CANCELLED
    found.state = ImportPreview.State.CANCELLED
    found.save(update_fields=["state"])
    details = {"file": found.source.name, "under_way": under_way}
    return Done(
        found, "planning.ImportPreview", str(found.pk), found.source.name, str(found.department_id), details=details, nothing=nothing
    )


def _open_table(viewer: Viewer, policy: str, preview: UUID, number: int) -> PreviewTable:
    table = preview_table_for(viewer, preview, number, lock=True)
    authorise(viewer, policy, Scope(table.preview.department_id, table.preview.unit_id))
    if table.version_id is not None:
        raise Refusal("imported", Text("该表已经导入，不能再改预览。", "The table has been imported; its preview no longer changes."))
    if table.preview.state != ImportPreview.State.READ:
        raise Refusal("not_read", Text("该文件的预览已取消或尚未读完。", "The preview was cancelled or is not complete yet."))
    return table


def _kept(table: PreviewTable, details: dict[str, object]) -> Done[PreviewTable]:
    table.edits += 1
    table.save()
    name, department = table.preview.source.name, str(table.preview.department_id)
    return Done(table, "planning.PreviewTable", str(table.pk), name, department, details=details)
