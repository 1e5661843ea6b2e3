"""维护指标库: indicators that tables are made from, common ones and a department's own. None is ever deleted, only disabled."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.forms.models import model_to_dict

from zhiheng.tables.canonical import digest
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.common_library import load_common_library
from zhiheng_web.planning.models import Indicator, LibraryIndicator
from zhiheng_web.planning.queries.library import library_entry_for
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

WORDS = ("code", "name", "explanation", "formula", "source", "unit", "direction", "level_1", "level_2", "scoring_rule", "basis", "status")
COMMON = Scope()


@action("planning.keep_library_indicator")
def keep_library_indicator(
    viewer: Viewer,
    fields: Mapping[str, object],
    *,
    entry: UUID | None = None,
    department: UUID | None = None,
    indicator: UUID | None = None,
) -> Done[LibraryIndicator]:
    """Add an entry for a department (none: common), or change one. ``indicator`` is the row's indicator that it was taken from."""
    if entry is not None:
        kept = library_entry_for(viewer, entry, lock=True)
        before = _digest(kept)
    else:
        owner = Department.objects.filter(pk=department).first() if department else None
        if department and owner is None:
            raise absent(Text("该部门", "this department"))
        kept, before = LibraryIndicator(department=owner), ""
    _authorise(viewer, kept)
    _fill(kept, fields)
    taken = LibraryIndicator.objects.filter(department=kept.department, code=kept.code).exclude(pk=kept.pk)
    if taken.exists():
        words = Text("编码“{code}”已被使用，请换一个。", "The code “{code}” is taken; choose another.").with_(code=kept.code)
        raise Invalid("code_taken", words, {"code": words})
    kept.save()
    if indicator is not None and kept.department is not None:
        Indicator.objects.filter(pk=indicator, department=kept.department).update(library=kept)
    after = _digest(kept)
    return _done(kept, before, after, nothing=before == after)


def _fill(kept: LibraryIndicator, fields: Mapping[str, object]) -> None:
    words = {name: str(fields.get(name) or "").strip() for name in WORDS}
    refuse_marked_text(words.values(), Text("所填指标", "the indicator entered"))
    for name, text in words.items():
        setattr(kept, name, text)
    kept.status = kept.status or LibraryIndicator.Status.OWN
    points = fields.get("usual_points")
    kept.usual_points = points if isinstance(points, Decimal) else None
    for name in ("code", "name"):
        if not getattr(kept, name):
            needed = Text("请填写编码和指标名称。", "Give the code and the name.")
            raise Invalid("required", needed, {name: needed})


@action("planning.switch_library_indicator")
def switch_library_indicator(viewer: Viewer, entry: UUID, *, enabled: bool) -> Done[LibraryIndicator]:
    """Offer an entry, or no longer. Tables that use it are not touched."""
    kept = library_entry_for(viewer, entry, lock=True)
    _authorise(viewer, kept)
    before, nothing = _digest(kept), kept.enabled == enabled
    kept.enabled = enabled
    kept.save(update_fields=["enabled"])
    return _done(kept, before, _digest(kept), nothing=nothing)


@action("planning.load_common_indicators")
def load_common_indicators(viewer: Viewer) -> Done[int]:
    """Add the shipped common indicators that are not there yet."""
    authorise(viewer, "planning.keep_common_indicator", COMMON)
    added = load_common_library()
    return Done(added, "planning.LibraryIndicator", "common", details={"added": added}, nothing=not added)


def _authorise(viewer: Viewer, kept: LibraryIndicator) -> None:
    if kept.department_id is None:
        authorise(viewer, "planning.keep_common_indicator", COMMON)
    else:
        authorise(viewer, "planning.keep_library_indicator", Scope(kept.department_id))


def _digest(kept: LibraryIndicator) -> str:
    return digest({name: str(value) for name, value in model_to_dict(kept, exclude=["id"]).items()})


def _done(kept: LibraryIndicator, before: str, after: str, *, nothing: bool) -> Done[LibraryIndicator]:
    department = str(kept.department_id or "")
    details = {"code": kept.code, "enabled": kept.enabled}
    return Done(kept, "planning.LibraryIndicator", str(kept.pk), kept.name, department, before, after, details, nothing)
