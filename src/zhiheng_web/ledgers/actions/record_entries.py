"""登记多条台账: many entries at once, from words or from typed values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast
from uuid import UUID

from zhiheng_web.ledgers.entering.opening import entering, opened_register
from zhiheng_web.ledgers.entering.preparing import Entering, judged, prepare
from zhiheng_web.ledgers.entering.recording import recorded, told
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.ledgers.writing import Draft
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

NO_ROWS = Text("没有可登记的内容。请至少填写一行。", "There is nothing to record: fill in at least one row.")


@action("ledgers.record_entries")
def record_entries(
    viewer: Viewer, register_id: UUID, rows: Sequence[Mapping[str, str]] | Sequence[Draft], *, state: str = "", proofs: Sequence[str] = ()
) -> Done[list[EntryVersion]]:
    """Record many entries, all or none, with one record in the trail. A row of words may name its ``state``.

    Drafts hold typed values; their standing and reporting unit follow from who records them. ``proofs`` are kinds of evidence of every
    entry that the caller adds in the same transaction (a draft may name its own).
    """
    how = entering(viewer, opened_register(viewer, register_id))
    if not rows:
        raise Invalid("no_rows", NO_ROWS)
    if isinstance(rows[0], Draft):
        prepared = judged(how, [_mine(how, draft, state) for draft in cast("Sequence[Draft]", rows)])
    else:
        prepared = prepare(how, cast("Sequence[Mapping[str, str]]", rows), state=state, create=True)
    made = recorded(viewer, how, prepared, frozenset(proofs))
    return told(how, made, made)


def _mine(how: Entering, draft: Draft, state: str) -> Draft:
    reporter = how.reporter.pk if how.reporter else None
    return replace(draft, standing=how.standing, reporter=reporter, entry=None, state=draft.state or state or how.definition.first_state)
