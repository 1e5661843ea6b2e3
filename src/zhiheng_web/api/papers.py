"""The papers of a version: their state, their files, issuing one, the signed scan."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from zhiheng.reports.papers.printing import MEDIA_TYPES
from zhiheng_web.api import shapes
from zhiheng_web.api.entrance import READ, STEPS, answers, results
from zhiheng_web.api.inputs import Code
from zhiheng_web.api.told import MaybeWords, Words, binary
from zhiheng_web.organisation.authority import absent
from zhiheng_web.planning.actions.issue_paper import PAPER, issue_paper
from zhiheng_web.planning.actions.record_signed_scan import record_signed_scan
from zhiheng_web.planning.queries import papers as queries

router = Router(tags=["文书 Papers"], auth=STEPS)


class IssuedShape(Schema):
    """One issue of a paper, with the digest of what it says; ``signed_scan`` once it came back."""

    id: UUID
    number: str
    digest: str
    issued_at: datetime
    signed_scan: UUID | None


class PaperShape(Schema):
    """A paper: what it is, what stops it, its issues. ``changed``: the version says other things than the last issue."""

    code: str
    name: Words
    missing: MaybeWords
    issuable: bool
    changed: bool
    issued: list[IssuedShape]


@router.get("/versions/{uuid:version}/papers", response=answers(list[PaperShape]), auth=READ, operation_id="papers", summary="Papers 文书")
def papers(request: HttpRequest, version: UUID) -> Any:
    """The papers of the version with their state."""
    found = []
    for shown in queries.papers(request.viewer, version).papers:
        issued = [
            {"id": row.pk, "number": row.number, "digest": row.digest, "issued_at": row.issued_at, "signed_scan": row.signed_scan_id}
            for row in shown.issued
        ]
        plain = {name: getattr(shown, name) for name in ("code", "missing", "issuable", "changed")}
        found.append({**plain, "name": shown.text, "issued": issued})
    return found


@router.get(
    "/versions/{uuid:version}/papers/{code}.{kind}",
    response=answers(None),
    auth=READ,
    operation_id="paper_file",
    summary="A paper as a file 下载文书",
    openapi_extra=binary(*MEDIA_TYPES.values()),
)
def paper(request: HttpRequest, version: UUID, code: Code, kind: Code, paper: UUID | None = None) -> HttpResponse:
    """As `docx` or `pdf`; ``paper`` names an earlier issue."""
    found = queries.paper_file(request.viewer, version, code, kind, paper)
    return HttpResponse(found.data, content_type=MEDIA_TYPES[found.kind])


@router.post(
    "/versions/{uuid:version}/papers/{code}/issue",
    response=results(shapes.MadeShape),
    operation_id="issue_paper",
    summary="Issue a paper 出具文书",
)
def issue(request: HttpRequest, version: UUID, code: Code) -> dict[str, Any]:
    """Issue it under the next number; what it says is kept."""
    return {"id": issue_paper(request.viewer, version, code).pk}


@router.post(
    "/versions/{uuid:version}/papers/{uuid:paper}/scan",
    response=results(shapes.MadeShape),
    operation_id="record_signed_scan",
    summary="Signed scan 登记签字盖章件",
)
def record(request: HttpRequest, version: UUID, paper: UUID, file: File[UploadedFile]) -> dict[str, Any]:
    """Keep the signed and sealed paper (PDF, JPG, PNG)."""
    return {"id": record_signed_scan(request.viewer, version, paper, file).pk}


@router.get(
    "/versions/{uuid:version}/papers/{uuid:paper}/scan",
    response=answers(None),
    auth=READ,
    operation_id="signed_scan",
    summary="The signed scan 签字盖章件",
    openapi_extra=binary("application/pdf", "image/jpeg", "image/png"),
)
def scan(request: HttpRequest, version: UUID, paper: UUID) -> FileResponse:
    """The signed scan of a paper."""
    found = queries.signed_scan(request.viewer, version, paper)
    try:
        return FileResponse(found.stored.open("rb"), content_type=found.media_type)
    except FileNotFoundError:
        raise absent(PAPER) from None


@router.get(
    "/versions/{uuid:version}/approval-scan",
    response=answers(None),
    auth=READ,
    operation_id="approval_scan",
    summary="The scan of an approval 批复扫描件",
    openapi_extra=binary("application/pdf", "image/jpeg", "image/png"),
)
def approval_scan(request: HttpRequest, version: UUID) -> FileResponse:
    """The scan of an approval that was given outside."""
    found = queries.approval_scan(request.viewer, version)
    try:
        return FileResponse(found.stored.open("rb"), content_type=found.media_type)
    except FileNotFoundError:
        raise absent(PAPER) from None
