"""A version that is held to be written to: found for the viewer, locked, open, and counted when it has changed."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from zhiheng.plan.procedure import EDITABLE, STATE_NAMES, State
from zhiheng_web.organisation.authority import absent, authorise, may
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import DutyRow, IndicatorRow, TableVersion
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.versions import Loaded, changed, load
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text

ROW = Text("该行", "this row")


def opened(viewer: Viewer, version: UUID) -> Loaded:
    """The version with its rows, held until the transaction ends. Absent if the viewer may not see it, refused if it is closed."""
    found = version_for(viewer, version, lock=True)
    if State(found.state) not in EDITABLE:
        raise Refusal(
            "version_closed",
            Text(
                "该版本{state}，不能再改。需要修改的，请先由审核环节退回或者申请撤回。",
                "This version can no longer be changed ({state}). Have it returned, or withdraw it first.",
            ).with_(state=Text(*STATE_NAMES[State(found.state)])),
        )
    return load(found)


def authorise_any(viewer: Viewer, name: str, scopes: Iterable[Scope]) -> None:
    """Go on if the viewer may do ``name`` to one of the scopes at least, else Forbidden."""
    asked = list(scopes)
    if not any(may(viewer, name, scope) for scope in asked):
        authorise(viewer, name, asked[0] if asked else Scope())


def row_in(loaded: Loaded, row: UUID | str) -> IndicatorRow:
    """The indicator row of that id in the version, or Absent."""
    for found in loaded.rows:
        if str(found.pk) == str(row):
            return found
    raise absent(ROW)


def duty_in(loaded: Loaded, row: UUID | str) -> DutyRow:
    """The duty row of that id in the version, or Absent."""
    for found in loaded.duties:
        if str(found.pk) == str(row):
            return found
    raise absent(ROW)


def write_rows(viewer: Viewer, loaded: Loaded, owners: Iterable[TableVersion | DutyRow | IndicatorRow]) -> Loaded:
    """Save what was changed in the rows, with who changed it and when, and count the edit. Gives the version as it now stands."""
    at, stamp = viewer.now(), loaded.version.edits + 1
    for owner in owners:
        owner.edited_by, owner.edited_at = viewer.account, at
        if isinstance(owner, TableVersion):
            owner.head_edits = stamp
        else:
            owner.edits = stamp
        owner.save()
    return changed(loaded)
