"""登记签字盖章件: the signed and sealed paper comes back as a scan."""

from __future__ import annotations

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.issue_paper import PAPER, may_issue
from zhiheng_web.planning.actions.upload_table import checked, kept_source
from zhiheng_web.planning.models import Paper, SourceFile
from zhiheng_web.planning.papers import gather
from zhiheng_web.planning.policies import scope_of
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.trail.action import Done, Forbidden, Invalid, Refusal, action
from zhiheng_web.wording import Text

SIGNS = {"application/pdf": b"%PDF-", "image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}
"""How a file of each accepted type begins: its name may say anything."""


def media_type_of(upload: UploadedFile) -> str:
    """The type of the file by its first bytes, '' for one that is not accepted. The upload is left at its beginning."""
    upload.seek(0)
    first = upload.read(16)
    upload.seek(0)
    return next((media for media, sign in SIGNS.items() if first.startswith(sign)), "")


@action("planning.record_signed_scan")
def record_signed_scan(viewer: Viewer, version: UUID, paper: UUID, upload: UploadedFile | None) -> Done[Paper]:
    """Keep the scan with its paper. A scan once recorded stays: another issue of the paper takes another scan."""
    held = version_for(viewer, version, lock=True)
    authorise(viewer, "planning.record_signed_scan", scope_of(held.table))
    found = gather(held)
    own = Paper.objects.select_for_update(of=("self",), no_key=True).filter(pk=paper).first()
    ours = own is not None and (
        own.version_id == held.pk or (found.assessment is not None and own.pre_assessment_id == found.assessment.pk)
    )
    if own is None or not ours:
        raise absent(PAPER)
    if not may_issue(viewer, own.code, found):
        raise Forbidden("not_permitted", Text("签字盖章件由出具文书的一方登记。", "The signed scan is for the side that issued the paper."))
    if own.signed_scan_id is not None:
        raise Refusal("scan_recorded", Text("这份文书已登记签字盖章件。", "The signed scan of this paper is recorded already."))
    if upload is None or not (media := media_type_of(upload)):
        raise Invalid(
            "scan_type",
            Text("请选择 PDF、JPG 或 PNG 格式的扫描件。", "Choose a scan in PDF, JPG or PNG."),
            {"scan": Text("只接受 PDF、JPG、PNG", "only PDF, JPG, PNG")},
        )
    source = kept_source(viewer, held.table.unit, checked(upload), SourceFile.Kind.SIGNED_SCAN)
    if source.media_type != media:
        SourceFile.objects.filter(pk=source.pk).update(media_type=media)
    own.signed_scan = source
    own.save(update_fields=["signed_scan"])
    details = {"number": own.number, "file": source.name, "sha256": source.sha256, "size": source.size}
    return Done(own, "planning.Paper", str(own.pk), own.number, str(own.department_id), own.digest, own.digest, details)
