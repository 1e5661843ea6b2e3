"""The agencies, who works for them, and files of evaluations."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhiheng_web.evaluation.actions.join_agency import join_agency, leave_agency
from zhiheng_web.evaluation.actions.keep_agency import keep_agency
from zhiheng_web.evaluation.queries import evaluation_files
from zhiheng_web.evaluation.queries.agencies import agencies as all_agencies
from zhiheng_web.ledgers.models import EvidenceFile
from zhiheng_web.organisation.authority import may
from zhiheng_web.planning.forms.money import day, identifier, needed_day
from zhiheng_web.planning.views.money_done import go_on
from zhiheng_web.ui.exporting import uploaded
from zhiheng_web.wording import Text

SAVED = Text("已保存。", "Saved.")


@require_http_methods(["GET", "POST"])
def agencies(request: HttpRequest) -> HttpResponse:
    """The list; posting enters an agency or corrects one."""
    if request.method == "POST":
        post = request.POST
        keep_agency(request.viewer, identifier(post, "agency"), post.get("name", ""), post.get("uscc", ""), day(post, "closed_on"))
        return _back(request)
    context = {"found": all_agencies(request.viewer), "today": request.viewer.today(), "entry_page": True}
    context["reads_evaluations"] = may(request.viewer, "evaluation.see_evaluations", None)
    return render(request, "evaluation/evaluations/agencies.html", context)


@require_POST
def join(request: HttpRequest, agency: UUID) -> HttpResponse:
    """Somebody works for an agency from a day on."""
    join_agency(request.viewer, agency, request.POST.get("username", ""), needed_day(request.POST, "since"))
    return _back(request)


@require_POST
def leave(request: HttpRequest, member: int) -> HttpResponse:
    """Somebody works for an agency no more."""
    leave_agency(request.viewer, member, needed_day(request.POST, "until"))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    messages.success(request, str(SAVED), "good")
    return go_on(request, reverse("evaluation:agencies"))


@require_GET
def contract(request: HttpRequest, engagement: UUID) -> FileResponse:
    """The contract of an engagement."""
    return download(evaluation_files.contract_file(request.viewer, engagement))


@require_GET
def material(request: HttpRequest, material: UUID) -> FileResponse:
    """A material that was handed in."""
    return download(evaluation_files.material_file(request.viewer, material))


@require_GET
def report(request: HttpRequest, report: UUID) -> FileResponse:
    """The file of a report."""
    return download(evaluation_files.report_file(request.viewer, report))


def download(file: EvidenceFile) -> FileResponse:
    """As it was handed in, always as a download and never to be guessed at."""
    content = evaluation_files.content_of(file)
    return uploaded(content, file.name, file.media_type)
