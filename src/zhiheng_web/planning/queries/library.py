"""The library of indicators for pages: common ones, and those of the departments a viewer works for."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from zhiheng_web.organisation.authority import absent, may
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import IndicatorRow, LibraryIndicator
from zhiheng_web.planning.policies import READERS, visible_versions
from zhiheng_web.wording import Text

ENTRY = Text("该指标", "this indicator")
PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to."""

    words: str = ""
    owner: str = ""
    level: str = ""
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """One page of the list."""

    entries: tuple[LibraryIndicator, ...]
    levels: tuple[str, ...]
    count: int
    number: int
    pages: int


def visible_entries(viewer: Viewer) -> QuerySet[LibraryIndicator]:
    """Common entries, and a department's own for those who read its tables."""
    if not may(viewer, "planning.see_library", None):
        return LibraryIndicator.objects.none()
    seen = Q(department__isnull=True)
    for held in viewer.bounds(READERS):
        if held.unit is not None:
            seen |= Q(department__units=held.unit)
        elif held.office is not None:
            seen |= Q(department__units__offices=held.office)
        elif held.department is not None:
            seen |= Q(department=held.department)
        else:
            return LibraryIndicator.objects.all()
    return LibraryIndicator.objects.filter(seen).distinct()


def library_entry_for(viewer: Viewer, entry: UUID, *, lock: bool = False) -> LibraryIndicator:
    """The entry, or Absent."""
    seen = visible_entries(viewer).filter(pk=entry)
    if lock:
        seen = LibraryIndicator.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=seen.values("pk"))
    found = seen.select_related("department").first()
    if found is None:
        raise absent(ENTRY)
    return found


def library_page(viewer: Viewer, wanted: Wanted, number: int = 1) -> LibraryPage:
    """The entries that match, common ones first. Three queries."""
    seen = visible_entries(viewer)
    levels = tuple(seen.exclude(level_1="").order_by("level_1").values_list("level_1", flat=True).distinct())
    found = seen if wanted.disabled else seen.filter(enabled=True)
    if wanted.owner:
        found = found.filter(department__isnull=wanted.owner == "common")
    if wanted.level:
        found = found.filter(level_1=wanted.level)
    for word in wanted.words.split():
        named = Q(name__icontains=word) | Q(explanation__icontains=word) | Q(formula__icontains=word) | Q(code__icontains=word)
        found = found.filter(named | Q(level_2__icontains=word))
    count = found.count()
    pages = max(1, -(-count // PAGE))
    number = min(max(1, number), pages)
    ordered = found.select_related("department").order_by("department__code", "code")
    return LibraryPage(tuple(ordered[(number - 1) * PAGE : number * PAGE]), levels, count, number, pages)


def may_keep(viewer: Viewer, entry: LibraryIndicator) -> bool:
    """Whether the viewer may change the entry."""
    if entry.department_id is None:
        return may(viewer, "planning.keep_common_indicator", Scope())
    return may(viewer, "planning.keep_library_indicator", Scope(entry.department_id))


def owners(viewer: Viewer) -> tuple[Department | None, ...]:
    """For whom the viewer may add an entry; None stands for everybody (common). One query."""
    departments = Department.objects.filter(kind=Department.Kind.DEPARTMENT)
    own = tuple(one for one in departments if may(viewer, "planning.keep_library_indicator", Scope(one.pk)))
    return (*own, *((None,) if may(viewer, "planning.keep_common_indicator", Scope()) else ()))


def entry_from_row(viewer: Viewer, row_id: UUID) -> tuple[IndicatorRow, dict[str, object]]:
    """What an entry taken from a table's row starts with, or Absent."""
    row = IndicatorRow.objects.filter(pk=row_id, version__in=visible_versions(viewer).values("pk")).first()
    if row is None:
        raise absent(ENTRY)
    unit = row.unit or row.target_unit
    return row, {
        "name": row.name,
        "explanation": row.definition or "",
        "source": row.history_source or "",
        "unit": unit,
        "direction": row.direction,
        "level_1": row.level_1,
        "level_2": row.level_2,
        "usual_points": row.points,
        "scoring_rule": row.rule or "",
    }
