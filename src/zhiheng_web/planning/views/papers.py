"""Pages of the papers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from zhiheng.reports.papers.printing import MEDIA_TYPES
from zhiheng_web.organisation.authority import absent
from zhiheng_web.planning.actions.issue_paper import PAPER, issue_paper
from zhiheng_web.planning.actions.record_signed_scan import record_signed_scan
from zhiheng_web.planning.forms.weighing import identifier
from zhiheng_web.planning.models import SourceFile
from zhiheng_web.planning.queries import papers as queries
from zhiheng_web.wording import Text


@login_required
@require_GET
def papers(request: HttpRequest, version: UUID) -> HttpResponse:
    """The papers of a version with their state."""
    page = queries.papers(request.viewer, version)
    return render(request, "planning/papers/papers.html", {"page": page, "version": page.version, "entry_page": page.uploads})


@login_required
@require_GET
def paper(request: HttpRequest, version: UUID, code: str, kind: str) -> HttpResponse:
    """A paper as docx or pdf; ``?paper=`` names an earlier issue."""
    wanted = request.GET.get("paper")
    found = queries.paper_file(request.viewer, version, code, kind, identifier(wanted) if wanted else None)
    answer = HttpResponse(found.data, content_type=MEDIA_TYPES[found.kind])
    answer.headers["Content-Disposition"] = content_disposition_header(True, found.name)
    return answer


@login_required
@require_POST
def issue(request: HttpRequest, version: UUID, code: str) -> HttpResponse:
    """Issue a paper."""
    made = issue_paper(request.viewer, version, code)
    messages.success(request, str(Text("已出具，编号 {number}。", "Issued under the number {number}.").with_(number=made.number)), "good")
    return redirect("planning:papers", version)


@login_required
@require_POST
def record_scan(request: HttpRequest, version: UUID, paper: UUID) -> HttpResponse:
    """Take the signed scan back."""
    record_signed_scan(request.viewer, version, paper, request.FILES.get("scan"))
    messages.success(request, str(Text("签字盖章件已登记。", "The signed scan is recorded.")), "good")
    return redirect("planning:papers", version)


@login_required
@require_GET
def scan(request: HttpRequest, version: UUID, paper: UUID) -> FileResponse:
    """The signed scan of a paper."""
    return _file(queries.signed_scan(request.viewer, version, paper))


@login_required
@require_GET
def approval_scan(request: HttpRequest, version: UUID) -> FileResponse:
    """The scan of an approval that was given outside."""
    return _file(queries.approval_scan(request.viewer, version))


def _file(found: SourceFile) -> FileResponse:
    try:
        return FileResponse(found.stored.open("rb"), as_attachment=True, filename=found.name, content_type=found.media_type)
    except FileNotFoundError:
        raise absent(PAPER) from None
