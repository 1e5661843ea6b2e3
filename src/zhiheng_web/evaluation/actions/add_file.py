"""上传自评佐证材料: files that support one value, beside the entries of its ledger. Every check of evidence applies."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.core.files.base import File

from zhiheng_web.evaluation.loading import done_with, opened, row_of, self_evaluation_for
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationFile, SelfEvaluationRow
from zhiheng_web.evaluation.policies.self_evaluation import scopes_of
from zhiheng_web.ledgers.evidence_store.taking import CheckedFile, take
from zhiheng_web.ledgers.models import EvidenceFile
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

NO_FILE = Text("请选择文件。", "Choose a file.")
LONG = Text("标题最多 200 个字。", "A title has 200 characters at most.")


def add_file(
    viewer: Viewer, self_evaluation: UUID, row_id: UUID, uploads: Sequence[File], title: str = "", *, public: bool = False
) -> list[SelfEvaluationFile]:
    """Add files to a row. The checks read the files, so they come before the transaction, as for evidence of entries."""
    may_add(viewer, self_evaluation_for(viewer, self_evaluation), row_id)
    refuse_title(title)
    if not uploads:
        raise Invalid("file_missing", NO_FILE, {"file": NO_FILE})
    return add_files(viewer, self_evaluation, row_id, [take(upload) for upload in uploads], title.strip(), public=public)


def refuse_title(title: str) -> None:
    """A title that is too long or carries a mark."""
    if len(title) > 200:
        raise Invalid("title_long", LONG, {"title": LONG})
    refuse_unfit_words({"title": title})


def may_add(viewer: Viewer, one: SelfEvaluation, row_id: UUID) -> SelfEvaluationRow:
    """The row, if the viewer may add to it."""
    row = row_of(one, row_id)
    authorise(viewer, "evaluation.add_file", scopes_of(one, [row])[row.pk])
    return row


@action("evaluation.add_file", steps=("self_evaluate",))
def add_files(
    viewer: Viewer, self_evaluation: UUID, row_id: UUID, files: Sequence[CheckedFile], title: str, *, public: bool
) -> Done[list[SelfEvaluationFile]]:
    """Record checked files with a row. The same content is recorded once."""
    one = opened(viewer, self_evaluation)
    row = may_add(viewer, one, row_id)
    kept = [kept_file(viewer, one.table.unit.department_id, file) for file in {file.sha256: file for file in files}.values()]
    standing = set(SelfEvaluationFile.objects.filter(row=row, withdrawn_at__isnull=True).values_list("file", flat=True))
    made = [
        SelfEvaluationFile(
            row=row, file=file, title=title or file.name[:200], public=public, added_by=viewer.account, added_at=viewer.now()
        )
        for file in kept
        if file.pk not in standing
    ]
    SelfEvaluationFile.objects.bulk_create(made)
    digests = sorted(file.file.sha256 for file in made)
    details = {"row": row.indicator_row.name, "files": [file.title for file in made], "public": public}
    return done_with(one, made, after=digests, details=details, nothing=not made)


def kept_file(viewer: Viewer, department: UUID, file: CheckedFile) -> EvidenceFile:
    """The row of a checked file: the same content is kept once per department."""
    fields = {
        "size": file.size, "media_type": file.media_type, "name": file.name, "pages": file.pages, "key": file.key, "scanned": file.scanned,
        "uploaded_by": viewer.account, "uploaded_at": viewer.now(),
    }  # fmt: skip
    return EvidenceFile.objects.get_or_create(department_id=department, sha256=file.sha256, defaults=fields)[0]
