"""报告整改完成: what was done, with the file that proves it. It waits then for another person's review."""

from __future__ import annotations

from uuid import UUID

from django.core.files.base import File

from zhiheng_web.evaluation.models import RectificationItem
from zhiheng_web.evaluation.policies.rectification import authorise_work, item_for
from zhiheng_web.evaluation.rectifying import Kind, State, checked, digest, done, needed, refuse_unless, step_of
from zhiheng_web.ledgers.evidence_store.taking import CheckedFile
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

RESULT = Text("整改完成情况", "what was done")
NO_FILE = Text("请上传佐证文件后再报告完成。", "Add the file that proves it before you report it done.")
NO_MEASURE = Text("请先制定整改措施、责任人和期限。", "Set the measure, who answers for it and the day first.")


def report_rectified(viewer: Viewer, item: UUID, text: str, upload: File | None) -> RectificationItem:
    """Check the file, then report."""
    authorise_work(viewer, "evaluation.report_rectified", item_for(viewer, item))
    file = checked(upload)
    if file is None:
        raise Invalid("file_missing", NO_FILE, {"file": NO_FILE})
    return write_rectified(viewer, item, text, file)


@action("evaluation.report_rectified", steps=("rectify",))
def write_rectified(viewer: Viewer, item: UUID, text: str, file: CheckedFile) -> Done[RectificationItem]:
    """Report it with a checked file."""
    row = item_for(viewer, item, lock=True)
    authorise_work(viewer, "evaluation.report_rectified", row)
    refuse_unless(row, State.OPEN)
    if not row.measure:
        raise Refusal("no_measure", NO_MEASURE)
    before = digest(row)
    row.state = State.REPORTED
    step_of(viewer, row, Kind.REPORTED, needed("text", text, RESULT), file)
    return done(row, before, {"file": file.sha256})
