"""登记签字盖章件: the signed and sealed paper of the year comes back as a scan."""

from __future__ import annotations

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from zhiheng_web.evaluation.issuing.sides import by_finance, scope_of
from zhiheng_web.evaluation.models import YearPaper
from zhiheng_web.evaluation.policies.papers import issues, paper_for
from zhiheng_web.ledgers.evidence_store.kinds import KINDS, pages_of
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.record_signed_scan import media_type_of
from zhiheng_web.planning.actions.upload_table import checked, kept_source
from zhiheng_web.planning.models import SourceFile
from zhiheng_web.trail.action import Done, Forbidden, Invalid, action
from zhiheng_web.wording import Text

NOT_OURS = Text("签字盖章件由出具文书的一方登记。", "The signed scan is for the side that issued the paper.")
NOT_A_SCAN = Text(
    "“{name}”不是 PDF、JPG 或 PNG 文件。请选择签字盖章后的扫描件。", "“{name}” is no PDF, JPG or PNG. Choose the scan of the signed paper."
)
NO_FILE = Text("请选择签字盖章后的扫描件（PDF、JPG、PNG）。", "Choose the scan of the signed paper (PDF, JPG, PNG).")


@action("evaluation.keep_signed_scan")
def keep_signed_scan(viewer: Viewer, paper: UUID, upload: UploadedFile | None) -> Done[YearPaper]:
    """Keep the scan with its paper. A better scan takes the place of the first, whose file stays; the trail names both by their digests."""
    own = paper_for(viewer, paper, lock=True)
    authorise(viewer, "evaluation.keep_signed_scan", scope_of(own))
    if not issues(viewer, finance=by_finance(own), scope=scope_of(own)):
        raise Forbidden("not_permitted", NOT_OURS)
    if upload is None:
        raise Invalid("scan_missing", NO_FILE, {"scan": NO_FILE})
    media = media_type_of(upload)
    if not media:
        text = NOT_A_SCAN.with_(name=upload.name or "")
        raise Invalid("scan_type", text, {"scan": text})
    _openable(upload, media)
    upload.content_type = media  # by its first bytes: what a browser says of a file is only its name's ending
    first = own.signed_scan
    source = kept_source(viewer, own.department.units.order_by("code")[0], checked(upload), SourceFile.Kind.SIGNED_SCAN)
    if first is not None and first.pk == source.pk:
        return Done(own, "evaluation.YearPaper", str(own.pk), nothing=True)
    own.signed_scan = source
    own.save(update_fields=["signed_scan"])
    details = {"number": own.number, "file": source.name, "sha256": source.sha256}
    if first is not None:
        details |= {"earlier_file": first.name, "earlier_sha256": first.sha256}
    before = first.sha256 if first is not None else ""
    return Done(own, "evaluation.YearPaper", str(own.pk), str(own), str(own.department_id), before, source.sha256, details)


def _openable(upload: UploadedFile, media: str) -> None:
    """Refuse a scan that is cut off or locked: the signed paper is kept to be opened years later."""
    kind = next(one for one in KINDS.values() if one.media_type == media)
    try:
        pages_of(upload.file, kind, upload.name or "")
    except Invalid as fault:
        raise Invalid(fault.code, fault.text, {"scan": fault.text}) from fault
