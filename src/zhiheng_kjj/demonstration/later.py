"""What happens later to entries that no number names: obligations of the calendar, people, platforms. They are found by what they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from zhiheng_kjj.demonstration.happening import Done, Stage
from zhiheng_web.ledgers.actions.confirm_entries import confirm_entries
from zhiheng_web.ledgers.actions.move_entry import move_entry
from zhiheng_web.ledgers.models import FOREVER, EntryVersion
from zhiheng_web.organisation.viewer import Viewer

Words = Mapping[str, str] | Callable[[EntryVersion], Mapping[str, str]]


def found(stage: Stage, register: str, find: Mapping[str, Any], most: int | None = None) -> list[EntryVersion]:
    """What is known now of the entries that ``find`` describes, in an order that does not depend on their identities."""
    rows = EntryVersion.objects.filter(register=stage.registers[register], known_until=FOREVER, **find)
    return list(rows.order_by("due_on", "number", "title", "organisation_name")[:most])


def stepped(
    on: date,
    register: str,
    move: str,
    find: Mapping[str, Any],
    *,
    words: Words | None = None,
    proofs: Sequence[str] = (),
    by: str = "",
    most: int | None = None,
) -> Done:
    """All entries that ``find`` describes take a step on a day, proved first with one file for all of them."""

    def do(stage: Stage, _: Viewer) -> None:
        rows = found(stage, register, find, most)
        viewer = stage.viewer(by or stage.keeper(register), on, 16)
        stage.prove(viewer, register, [row.entry_id for row in rows], proofs)
        for row in rows:
            move_entry(viewer, row.entry_id, move, words=words(row) if callable(words) else words, day=on)

    return Done(on, do)


def proved(on: date, register: str, find: Mapping[str, Any], kinds: Sequence[str]) -> Done:
    """Evidence that was missing is added on a later day."""

    def do(stage: Stage, _: Viewer) -> None:
        rows = found(stage, register, find)
        stage.prove(stage.viewer(stage.keeper(register), on, 16), register, [row.entry_id for row in rows], kinds)

    return Done(on, do)


def confirmed(on: date, register: str, find: Mapping[str, Any]) -> Done:
    """The office confirms on a later day what a reporting unit entered."""

    def do(stage: Stage, _: Viewer) -> None:
        rows = found(stage, register, {**find, "standing": EntryVersion.Standing.SUBMITTED})
        viewer = stage.viewer(stage.keeper(register), on, 16)
        confirm_entries(viewer, stage.registers[register].pk, [row.entry_id for row in rows])

    return Done(on, do)
