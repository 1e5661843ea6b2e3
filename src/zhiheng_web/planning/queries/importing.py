"""Previews of files, what can be generated, the library, planned values: for pages and actions."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zhiheng_web.organisation.authority import absent, may, within
from zhiheng_web.organisation.models import Unit
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import ImportPreview, PreviewTable, Project
from zhiheng_web.planning.policies import FILLERS
from zhiheng_web.wording import Text

PREVIEW = Text("该导入预览", "this preview")
STATE_TEXTS = {
    ImportPreview.State.WAITING: Text("等待读取", "Waiting"),
    ImportPreview.State.READING: Text("正在读取", "Being read"),
    ImportPreview.State.READ: Text("待确认", "To be confirmed"),
    ImportPreview.State.REFUSED: Text("无法读取", "Could not be read"),
    ImportPreview.State.CANCELLED: Text("已取消", "Cancelled"),
}


def importing_units(viewer: Viewer, policy: str = "planning.import_table") -> tuple[Unit, ...]:
    """The units whose whole tables the viewer may do this to. An assignment bound to an office reaches no whole table. One query."""
    units = Unit.objects.filter(within(viewer.bounds(FILLERS), "department", "pk")).select_related("department")
    return tuple(unit for unit in units if may(viewer, policy, Scope(unit.department_id, unit.pk)))


def _visible(viewer: Viewer) -> QuerySet[ImportPreview]:
    return ImportPreview.objects.filter(within(viewer.bounds(FILLERS), "department", "unit"))


def preview_for(viewer: Viewer, preview: UUID, *, lock: bool = False) -> ImportPreview:
    """The preview of a file of a unit that the viewer imports for, or Absent."""
    seen = _visible(viewer).filter(pk=preview)
    if lock:
        seen = ImportPreview.objects.select_for_update(of=("self",)).filter(pk__in=seen.values("pk"))
    found = seen.select_related("source", "unit__department", "department", "created_by").first()
    if found is None:
        raise absent(PREVIEW)
    return found


def preview_table_for(viewer: Viewer, preview: UUID, number: int, *, lock: bool = False) -> PreviewTable:
    """One table of a preview, or Absent."""
    tables = PreviewTable.objects.filter(preview__in=_visible(viewer).filter(pk=preview).values("pk"), number=number)
    if lock:
        tables = PreviewTable.objects.select_for_update(of=("self",)).filter(pk__in=tables.values("pk"))
    found = tables.select_related("preview__source", "preview__department", "unit__department", "project", "version").first()
    if found is None:
        raise absent(PREVIEW)
    return found


def tables_of(viewer: Viewer, preview: ImportPreview) -> tuple[PreviewTable, ...]:
    """All tables of a preview in the order of the file."""
    return tuple(_visible(viewer).get(pk=preview.pk).tables.select_related("unit", "project", "version__table").order_by("number"))


def recent_previews(viewer: Viewer) -> tuple[ImportPreview, ...]:
    """Uploaded files that are not done with: those read but not imported, and the last ones otherwise. One query."""
    counts = {"found": Count("tables"), "imported": Count("tables", filter=Q(tables__version__isnull=False))}
    seen = _visible(viewer).exclude(state=ImportPreview.State.CANCELLED).annotate(**counts)
    return tuple(seen.select_related("source", "unit", "created_by").order_by("-created_at")[:20])


def projects_of(viewer: Viewer, unit: Unit) -> tuple[Project, ...]:
    """The projects a table of the unit may be about."""
    if not may(viewer, "planning.import_table", Scope(unit.department_id, unit.pk)):
        return ()
    return tuple(Project.objects.filter(unit__department=unit.department_id).order_by("unit", "code"))
