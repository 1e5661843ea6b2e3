"""移除指标、移除职责, and putting them back. A removed row leaves the table; what was said about it and its identity stay."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.add_row import ASIDE, put_in_order
from zhiheng_web.planning.editing.open_version import ROW, duty_in, opened, row_in
from zhiheng_web.planning.models import DutyRow, IndicatorRow
from zhiheng_web.planning.policies import scope_of
from zhiheng_web.planning.versions import Loaded, changed, done_with, version_digest
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

HAS_ROWS = Text(
    "职责“{name}”下还有{count}个指标，请先移除这些指标，或者移到其他职责下。",
    "The duty “{name}” still has {count} indicators; remove them or move them to another duty first.",
)
DUTY_GONE = Text("该指标的职责已移除，请先恢复职责。", "Its duty was removed; put the duty back first.")


@action("planning.remove_row", steps=("edit",))
def remove_row(viewer: Viewer, version: UUID, row: UUID) -> Done[IndicatorRow]:
    """Take an indicator out of the open version. It can be put back while the version is open."""
    loaded = opened(viewer, version)
    authorise(viewer, "planning.remove_row", scope_of(loaded.version.table))
    found, before = row_in(loaded, row), version_digest(loaded)
    _leave(viewer, loaded, found)
    put_in_order(loaded, [other.pk for other in loaded.rows if other.pk != found.pk])
    told = {"row": str(row), "name": found.name, "position": found.position, "target": found.target_text or ""}
    return done_with(loaded.version, found, before=before, after=version_digest(changed(loaded)), details={"removed": told})


@action("planning.restore_row", steps=("edit",))
def restore_row(viewer: Viewer, version: UUID, row: UUID) -> Done[IndicatorRow]:
    """Put a removed indicator back where it stood, or as near as the table now allows."""
    loaded = opened(viewer, version)
    authorise(viewer, "planning.restore_row", scope_of(loaded.version.table))
    found = IndicatorRow._base_manager.filter(version=loaded.version, pk=row, removed_at__isnull=False).first()
    if found is None:
        raise absent(ROW)
    if found.duty_row_id is not None and all(duty.pk != found.duty_row_id for duty in loaded.duties):
        raise Refusal("duty_removed", DUTY_GONE)
    before, at = version_digest(loaded), _near(loaded, found)
    order = [other.pk for other in loaded.rows]
    found.position = ASIDE * 2
    _return(viewer, loaded, found)
    put_in_order(loaded, [*order[:at], found.pk, *order[at:]])
    return done_with(
        loaded.version,
        found,
        before=before,
        after=version_digest(changed(loaded)),
        details={"restored": {"row": str(row), "name": found.name}},
    )


@action("planning.remove_duty", steps=("edit",))
def remove_duty(viewer: Viewer, version: UUID, duty: UUID) -> Done[DutyRow]:
    """Take a duty without indicators out of the open version."""
    loaded = opened(viewer, version)
    authorise(viewer, "planning.remove_duty", scope_of(loaded.version.table))
    found, before = duty_in(loaded, duty), version_digest(loaded)
    if count := sum(row.duty_row_id == found.pk for row in loaded.rows):
        raise Refusal("duty_has_rows", HAS_ROWS.with_(name=found.name, count=count))
    _leave(viewer, loaded, found)
    return done_with(
        loaded.version,
        found,
        before=before,
        after=version_digest(changed(loaded)),
        details={"removed": {"row": str(duty), "name": found.name, "number": found.number}},
    )


@action("planning.restore_duty", steps=("edit",))
def restore_duty(viewer: Viewer, version: UUID, duty: UUID) -> Done[DutyRow]:
    """Put a removed duty back, under its number if that is free, else at the end."""
    loaded = opened(viewer, version)
    authorise(viewer, "planning.restore_duty", scope_of(loaded.version.table))
    found = DutyRow._base_manager.filter(version=loaded.version, pk=duty, removed_at__isnull=False).first()
    if found is None:
        raise absent(ROW)
    before, taken = version_digest(loaded), {row.number for row in loaded.duties}
    if found.number in taken:
        found.number = max(taken) + 1
    _return(viewer, loaded, found)
    return done_with(
        loaded.version,
        found,
        before=before,
        after=version_digest(changed(loaded)),
        details={"restored": {"row": str(duty), "name": found.name}},
    )


def _leave(viewer: Viewer, loaded: Loaded, row: DutyRow | IndicatorRow) -> None:
    row.removed_at = row.edited_at = viewer.now()
    row.edited_by, row.edits = viewer.account, loaded.version.edits + 1
    row.save()


def _return(viewer: Viewer, loaded: Loaded, row: DutyRow | IndicatorRow) -> None:
    row.removed_at, row.edited_at = None, viewer.now()
    row.edited_by, row.edits = viewer.account, loaded.version.edits + 1
    row.save()


def _near(loaded: Loaded, row: IndicatorRow) -> int:
    """The index nearest to where the row stood that lies among its duty's rows."""
    own = [index for index, other in enumerate(loaded.rows) if other.duty_row_id == row.duty_row_id]
    return min(max(row.position, own[0]), own[-1] + 1) if own else min(row.position, len(loaded.rows))
