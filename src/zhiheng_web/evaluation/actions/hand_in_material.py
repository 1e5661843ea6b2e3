"""提交评价资料: the evaluated hands in a file of the list. Every check of evidence applies, secrecy marks first."""

from __future__ import annotations

from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from zhiheng_web.evaluation.actions.add_file import kept_file
from zhiheng_web.evaluation.evaluating.lookup import material_for, of_evaluated, watched
from zhiheng_web.evaluation.evaluating.recording import digest_state, done, invalid
from zhiheng_web.evaluation.models import Material
from zhiheng_web.ledgers.evidence_store.taking import CheckedFile, take
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

NO_FILE = Text("请选择文件。", "Choose a file.")
STANDS = Text("“{name}”已提交，退回后才能换。", "“{name}” was handed in; it can be replaced when it is sent back.")
WAIVED = Text("“{name}”已免交。", "“{name}” is waived.")


@watched
def hand_in_material(viewer: Viewer, material: UUID, upload: File | None) -> Material:
    """Hand in the file of a material. The checks read the file, so they come before the transaction."""
    with transaction.atomic():
        may_hand_in(viewer, material)
    if upload is None:
        raise invalid("file", NO_FILE)
    return hand_in(viewer, material, take(upload))


def may_hand_in(viewer: Viewer, material: UUID) -> Material:
    """The material, held, if the viewer may hand it in now."""
    row = material_for(viewer, material)
    of_evaluated(viewer, row.evaluation, "hand_in_material")
    return row


@action("evaluation.hand_in_material", steps=("evaluate",))
def hand_in(viewer: Viewer, material: UUID, file: CheckedFile) -> Done[Material]:
    """Record a checked file as the material."""
    row = may_hand_in(viewer, material)
    found = row.evaluation
    before = digest_state(found)
    if row.waived:
        raise Refusal("waived", WAIVED.with_(name=row.name))
    if row.file_id is not None and not row.sent_back:
        raise Refusal("handed_in", STANDS.with_(name=row.name))
    was = row.file.sha256 if row.file is not None else ""
    row.file = kept_file(viewer, found.table.unit.department_id, file)
    row.handed_in_by, row.handed_in_at, row.sent_back = viewer.account, viewer.now(), ""
    row.save(update_fields=["file", "handed_in_by", "handed_in_at", "sent_back"])
    late = viewer.today() > row.due_on
    return done(found, row, before, {"material": row.name, "file": row.file.sha256, "replaced_file": was, "after_deadline": late})
