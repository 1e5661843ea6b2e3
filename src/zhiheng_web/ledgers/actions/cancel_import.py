"""取消导入: stop a reading under way, or put a sheet away that was read. Nothing of it was written."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.ledgers.importing.entering import State, opened_import
from zhiheng_web.ledgers.models import EntryImport
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, action
from zhiheng_web.wording import Text

WHAT = Text("取消", "cancel it")


@action("ledgers.cancel_import")
def cancel_import(viewer: Viewer, batch_id: UUID) -> Done[EntryImport]:
    """Cancel an import that is not written."""
    states = {State.WAITING, State.READING, State.READ, State.REFUSED, State.CANCELLED}
    batch = opened_import(viewer, batch_id, "ledgers.cancel_import", states, WHAT)
    nothing = batch.state == State.CANCELLED
    details = {"file": batch.source.name, "was": batch.state}
    batch.state = State.CANCELLED
    batch.save(update_fields=["state"])
    department = str(batch.register.department_id)
    return Done(batch, "ledgers.EntryImport", str(batch.pk), batch.source.name, department, details=details, nothing=nothing)
