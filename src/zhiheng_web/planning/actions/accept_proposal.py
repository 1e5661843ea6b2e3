"""采纳建议: rows take what the tool proposes, by the click of a person who saw it. Nothing is ever set without one."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.set_weights import written
from zhiheng_web.planning.models import TableVersion
from zhiheng_web.planning.queries.weighing import version_to_weigh
from zhiheng_web.planning.weighing import Tags, proposal_digest, proposal_of, proposed_tags, tags_of
from zhiheng_web.trail.action import Conflict, Done, action
from zhiheng_web.wording import Text


@action("planning.accept_proposal", steps=("weigh",))
def accept_proposal(viewer: Viewer, version: UUID, rows: Collection[UUID] | None, seen: str) -> Done[TableVersion]:
    """Fill what is not set of ``rows`` (None: of all) with the proposal. What a person has set stays as it is.

    ``seen`` is the digest of the proposal on the page: if the table has changed so that another would be made now, Conflict.
    """
    loaded = version_to_weigh(viewer, version, "planning.accept_proposal")
    proposal = proposal_of(loaded)
    if proposal_digest(proposal) != seen:
        text = Text(
            "表格刚有改动，建议已随之变化，未采纳。请看过新的建议后再采纳。",
            "The table has just changed and so has the proposal: nothing was accepted. Look at the new one first.",
        )
        raise Conflict("proposal_changed", text, {"proposal": proposal_digest(proposal)})
    wanted = {row.pk for row in loaded.rows} if rows is None else set(rows)
    tags = {row.pk: filled(tags_of(row), proposed_tags(proposal.rows[index])) for index, row in enumerate(loaded.rows) if row.pk in wanted}
    return written(viewer, loaded, tags, {}, accepted=len(tags))


def filled(now: Tags, proposed: Tags) -> Tags:
    """What is set, with the proposal where nothing is. A level-2 indicator is taken only below the level it belongs to."""
    level_2 = now.level_2 or (proposed.level_2 if now.level_1 in ("", proposed.level_1) else "")
    points = now.points if now.points is not None else proposed.points
    return Tags(now.level_1 or proposed.level_1, level_2, now.direction or proposed.direction, points, now.method or proposed.method)
