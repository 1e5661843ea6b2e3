"""填报整改进展: how far it is, with a file if there is one."""

from __future__ import annotations

from uuid import UUID

from django.core.files.base import File

from zhiheng_web.evaluation.models import RectificationItem
from zhiheng_web.evaluation.policies.rectification import authorise_work, item_for
from zhiheng_web.evaluation.rectifying import Kind, State, checked, digest, done, needed, refuse_unless, step_of
from zhiheng_web.ledgers.evidence_store.taking import CheckedFile
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, action
from zhiheng_web.wording import Text

PROGRESS = Text("整改进展", "progress")


def report_progress(viewer: Viewer, item: UUID, text: str, upload: File | None = None) -> RectificationItem:
    """Check the file, then write the progress."""
    authorise_work(viewer, "evaluation.report_progress", item_for(viewer, item))
    return write_progress(viewer, item, text, checked(upload))


@action("evaluation.report_progress", steps=("rectify",))
def write_progress(viewer: Viewer, item: UUID, text: str, file: CheckedFile | None) -> Done[RectificationItem]:
    """Write it with a checked file."""
    row = item_for(viewer, item, lock=True)
    authorise_work(viewer, "evaluation.report_progress", row)
    refuse_unless(row, State.OPEN)
    before = digest(row)
    step_of(viewer, row, Kind.PROGRESS, needed("text", text, PROGRESS), file)
    return done(row, before, {"file": file.sha256 if file else ""})
