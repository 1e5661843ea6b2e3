"""移动指标、移动职责: another place in the table; an indicator may also come under another duty."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.add_row import ASIDE, put_in_order
from zhiheng_web.planning.editing.open_version import duty_in, opened, row_in
from zhiheng_web.planning.models import DutyRow, IndicatorRow
from zhiheng_web.planning.policies import scope_of
from zhiheng_web.planning.versions import Loaded, changed, done_with, version_digest
from zhiheng_web.trail.action import Done, action

UP, DOWN = -1, 1


@action("planning.move_row", steps=("edit",))
def move_row(viewer: Viewer, version: UUID, row: UUID, step: int = 0, duty: UUID | None = None) -> Done[IndicatorRow]:
    """Move an indicator one place up (-1) or down (1) within its duty, or to the end of another duty."""
    loaded = opened(viewer, version)
    authorise(viewer, "planning.move_row", scope_of(loaded.version.table))
    found, before = row_in(loaded, row), version_digest(loaded)
    told = {"row": str(row), "name": found.name, "from": found.position}
    order = [other.pk for other in loaded.rows]
    at = order.index(found.pk)
    if duty is not None and duty != found.duty_row_id:
        other = duty_in(loaded, duty)
        found.duty_row, told["duty"] = other, other.name
        order.remove(found.pk)
        own = [row.pk for row in loaded.rows if row.duty_row_id == other.pk and row.pk != found.pk]
        order.insert(order.index(own[-1]) + 1 if own else _start(loaded, other, order), found.pk)
    else:
        beside = at + step
        if step not in (UP, DOWN) or not 0 <= beside < len(order) or loaded.rows[beside].duty_row_id != found.duty_row_id:
            return done_with(loaded.version, found, nothing=True)
        order[at], order[beside] = order[beside], order[at]
    found.edits, found.edited_by, found.edited_at = loaded.version.edits + 1, viewer.account, viewer.now()
    found.save()
    put_in_order(loaded, order)
    return done_with(
        loaded.version,
        found,
        before=before,
        after=version_digest(changed(loaded)),
        details={"moved": {**told, "to": order.index(found.pk)}},
    )


@action("planning.move_duty", steps=("edit",))
def move_duty(viewer: Viewer, version: UUID, duty: UUID, step: int) -> Done[DutyRow]:
    """Let a duty change places, and numbers, with the one above (-1) or below (1); its indicators go with it."""
    loaded = opened(viewer, version)
    authorise(viewer, "planning.move_duty", scope_of(loaded.version.table))
    found, before = duty_in(loaded, duty), version_digest(loaded)
    numbers = [row.pk for row in loaded.duties]
    beside = numbers.index(found.pk) + step
    if step not in (UP, DOWN) or not 0 <= beside < len(numbers):
        return done_with(loaded.version, found, nothing=True)
    other = loaded.duties[beside]
    mine, theirs = found.number, other.number
    DutyRow.objects.filter(pk=found.pk).update(number=ASIDE)
    for row, number in ((other, mine), (found, theirs)):
        row.number, row.edits, row.edited_by, row.edited_at = number, loaded.version.edits + 1, viewer.account, viewer.now()
        row.save()
    rank = {row.pk: row.number for row in loaded.duties}
    put_in_order(loaded, [row.pk for row in sorted(loaded.rows, key=lambda row: rank.get(row.duty_row_id, ASIDE))])
    return done_with(
        loaded.version,
        found,
        before=before,
        after=version_digest(changed(loaded)),
        details={"moved": {"row": str(duty), "name": found.name, "from": mine, "to": theirs}},
    )


def _start(loaded: Loaded, duty: DutyRow, order: list[UUID]) -> int:
    """Where the rows of a duty without indicators would stand."""
    number = {row.pk: row.number for row in loaded.duties}
    duty_of = {row.pk: row.duty_row_id for row in loaded.rows}
    earlier = [index for index, pk in enumerate(order) if number.get(duty_of[pk], 0) < duty.number]
    return earlier[-1] + 1 if earlier else 0
