"""登记台账: one entry from words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from zhiheng_web.ledgers.entering.opening import entering, opened_register
from zhiheng_web.ledgers.entering.preparing import prepare
from zhiheng_web.ledgers.entering.recording import recorded, told
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, action


@action("ledgers.record_entry")
def record_entry(
    viewer: Viewer, register_id: UUID, words: Mapping[str, str], *, state: str = "", proofs: Sequence[str] = ()
) -> Done[EntryVersion]:
    """Record one entry from words by column name. Faults stand by their column in ``Invalid.fields``.

    ``proofs`` are kinds of evidence that the caller adds in the same transaction.
    """
    how = entering(viewer, opened_register(viewer, register_id))
    made = recorded(viewer, how, prepare(how, [words], state=state, create=True), frozenset(proofs))
    return told(how, made, made[0])
