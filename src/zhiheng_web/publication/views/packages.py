"""Pages of packages of publication: the list, one package with its parts, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhiheng_web.planning.forms.circulation import whole
from zhiheng_web.publication.actions.answer_proposal import answer_proposal
from zhiheng_web.publication.actions.begin_package import begin_package
from zhiheng_web.publication.actions.correct_package import correct_package
from zhiheng_web.publication.actions.leave_out_table import leave_out_table
from zhiheng_web.publication.actions.lift_redaction import lift_redaction
from zhiheng_web.publication.actions.prepare_package import prepare_package
from zhiheng_web.publication.actions.publish_package import publish_package
from zhiheng_web.publication.actions.redact import redact
from zhiheng_web.publication.actions.remove_paragraph import remove_paragraph
from zhiheng_web.publication.actions.reopen_package import reopen_package
from zhiheng_web.publication.actions.review_package import review_package
from zhiheng_web.publication.actions.set_clock import set_clock
from zhiheng_web.publication.actions.sign_package import sign_package
from zhiheng_web.publication.actions.write_paragraph import write_paragraph
from zhiheng_web.publication.forms import packages as forms
from zhiheng_web.publication.handed_in import opened
from zhiheng_web.publication.queries.package_parts import compared, file_of, narrative_of, redactions_of, table_shown
from zhiheng_web.publication.queries.packages import KIND_NAMES, package_page, packages_page
from zhiheng_web.trail.action import Absent, Refusal
from zhiheng_web.ui.exporting import uploaded
from zhiheng_web.wording import Text

FOLDER = "publication/packages"
DONE = {
    "begun": Text(
        "公开包已建立，请编制说明、核对遮盖后提交保密审查。",
        "The package is begun: word its narrative, look at what to withhold, submit it.",
    ),
    "saved": Text("已保存。", "Saved."),
    "redacted": Text("已遮盖。", "Withheld."),
    "lifted": Text("已撤销遮盖。", "No longer withheld."),
    "prepared": Text("内容已固化并提交保密审查。", "The content is frozen and goes to the secrecy review."),
    "reviewed": Text("审查意见已记录。", "The review is recorded."),
    "signed": Text("签发意见已记录。", "The signature is recorded."),
    "published": Text("已公开。", "Published."),
    "reopened": Text("已退回修改。", "Sent back."),
    "asked": Text("撤回申请已报主要负责人。", "The head is asked to withdraw it."),
    "decided": Text("撤回意见已记录。", "The decision is recorded."),
    "corrected": Text("已建立更正版，原公开内容保持不变。", "A further edition is begun; what was published stays as it is."),
}


@require_GET
def packages(request: HttpRequest) -> HttpResponse:
    """The list with its clocks."""
    return render(request, f"{FOLDER}/packages.html", {"page": packages_page(request.viewer)})


@require_http_methods(["GET", "POST"])
def new_package(request: HttpRequest) -> HttpResponse:
    """Begin a package. What was typed stays where it is refused."""
    refused = None
    if request.method == "POST":
        try:
            made = begin_package(request.viewer, **forms.begun(request.POST))
        except Refusal as refusal:
            refused = refusal
        else:
            messages.success(request, str(DONE["begun"]), "good")
            return redirect("publication:package", made.pk)
    sent = request.POST if refused else request.GET
    context = {"page": packages_page(request.viewer), "sent": sent, "refused": refused, "kinds": KIND_NAMES.items()}
    return render(request, f"{FOLDER}/new.html", context, status=refused.status if refused else 200)


@require_POST
def keep_clock(request: HttpRequest) -> HttpResponse:
    """Set the time limit of a department."""
    set_clock(request.viewer, **forms.clock(request.POST))
    messages.success(request, str(DONE["saved"]), "good")
    return redirect("publication:packages")


@require_GET
def package(request: HttpRequest, package: UUID) -> HttpResponse:
    """One package: its steps, its clock, its tables, what stands against it, what was decided."""
    return _shown(request, package, "package")


@require_GET
def package_content(request: HttpRequest, package: UUID) -> HttpResponse:
    """What is or will be public of one table, as the public sees it."""
    return _shown(request, package, "content")


@require_GET
def package_file(request: HttpRequest, package: UUID, sha256: str) -> FileResponse:
    """A file that is or will be public with the package, for those who decide on it; always as a download."""
    found = file_of(package_page(request.viewer, package), sha256)
    return uploaded(opened(found), found.name, found.media_type)


@require_GET
def package_narrative(request: HttpRequest, package: UUID) -> HttpResponse:
    """The narrative with its references."""
    return _shown(request, package, "narrative")


@require_GET
def package_redactions(request: HttpRequest, package: UUID) -> HttpResponse:
    """What is withheld, and what is proposed to be."""
    return _shown(request, package, "redactions")


@require_GET
def package_editions(request: HttpRequest, package: UUID) -> HttpResponse:
    """What this edition says otherwise than the one it corrects."""
    return _shown(request, package, "editions")


def _shown(request: HttpRequest, package: UUID, part: str, refused: Refusal | None = None) -> HttpResponse:
    page = package_page(request.viewer, package, whole=part == "redactions")
    more: dict[str, Any] = {}
    if part == "content":
        more = {"shown": table_shown(page, request.GET.get("table", ""))}
    elif part == "narrative":
        more = {"narrative": narrative_of(page)}
    elif part == "redactions":
        more = {"found": redactions_of(page, request.GET.get("table", ""), request.GET.get("place", ""))}
    elif part == "editions":
        more = {"compared": compared(page)}
    context = {"page": page, "part": part, "refused": refused, "sent": request.POST, **more}
    return render(request, f"{FOLDER}/{part}.html", context, status=refused.status if refused else 200)


def done(request: HttpRequest, package: UUID, part: str, said: str, act: Callable[[], Any]) -> HttpResponse:
    """Do it and go back to where it was asked; a refusal is shown there with what was typed."""
    try:
        made = act()
    except Absent:
        raise
    except Refusal as refused:
        return _shown(request, package, part, refused)
    messages.success(request, str(DONE[said]), "good")
    target = made.pk if said == "corrected" else package
    return redirect("publication:package" if part == "package" else f"publication:package_{part}", target)


@require_POST
def leave_out(request: HttpRequest, package: UUID) -> HttpResponse:
    """Leave a table out, or take it in again."""
    sent = request.POST
    return done(
        request, package, "package", "saved",
        lambda: leave_out_table(request.viewer, package, whole(sent.get("position", "")), sent.get("reason", "")),
    )  # fmt: skip


@require_POST
def write(request: HttpRequest, package: UUID) -> HttpResponse:
    """Word a paragraph."""
    return done(request, package, "narrative", "saved", lambda: write_paragraph(request.viewer, package, **forms.paragraph(request.POST)))


@require_POST
def remove(request: HttpRequest, package: UUID) -> HttpResponse:
    """Remove a paragraph."""
    own = request.POST.get("paragraph", "")
    return done(request, package, "narrative", "saved", lambda: remove_paragraph(request.viewer, package, forms.identifier(own)))


@require_POST
def redact_place(request: HttpRequest, package: UUID) -> HttpResponse:
    """Withhold what stands at a place."""
    sent = request.POST
    return done(
        request, package, "redactions", "redacted",
        lambda: redact(request.viewer, package, **forms.redacted(sent)),
    )  # fmt: skip


@require_POST
def lift(request: HttpRequest, package: UUID) -> HttpResponse:
    """Lift a redaction."""
    return done(request, package, "redactions", "lifted", lambda: lift_redaction(request.viewer, package, forms.redaction(request.POST)))


@require_POST
def answer(request: HttpRequest, package: UUID) -> HttpResponse:
    """Say why something proposed to be withheld stays public."""
    said = {name: request.POST.get(name, "") for name in ("code", "place", "key", "reason")}
    return done(request, package, "redactions", "saved", lambda: answer_proposal(request.viewer, package, **said))


@require_POST
def prepare(request: HttpRequest, package: UUID) -> HttpResponse:
    """Freeze the content and submit it to the secrecy review."""
    return done(request, package, "package", "prepared", lambda: prepare_package(request.viewer, package))


@require_POST
def review(request: HttpRequest, package: UUID) -> HttpResponse:
    """The secrecy review decides."""
    return done(request, package, "package", "reviewed", lambda: review_package(request.viewer, package, **forms.decided(request.POST)))


@require_POST
def sign(request: HttpRequest, package: UUID) -> HttpResponse:
    """The head decides."""
    return done(request, package, "package", "signed", lambda: sign_package(request.viewer, package, **forms.decided(request.POST)))


@require_POST
def publish(request: HttpRequest, package: UUID) -> HttpResponse:
    """Publish."""
    return done(request, package, "package", "published", lambda: publish_package(request.viewer, package))


@require_POST
def reopen(request: HttpRequest, package: UUID) -> HttpResponse:
    """Send it back."""
    return done(request, package, "package", "reopened", lambda: reopen_package(request.viewer, package, request.POST.get("reason", "")))


@require_POST
def correct(request: HttpRequest, package: UUID) -> HttpResponse:
    """Begin the next edition."""
    return done(request, package, "package", "corrected", lambda: correct_package(request.viewer, package, request.POST.get("reason", "")))
