"""Pages of entering one entry: new, corrected, moved on, revoked, restored, linked."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from zhiheng_web.ledgers.actions.correct_entry import correct_entry
from zhiheng_web.ledgers.actions.link_entries import link_entries
from zhiheng_web.ledgers.actions.move_entry import move_entry
from zhiheng_web.ledgers.actions.record_entry import record_entry
from zhiheng_web.ledgers.actions.restore_entry import restore_entry
from zhiheng_web.ledgers.actions.revoke_entry import revoke_entry
from zhiheng_web.ledgers.actions.unlink_entries import unlink_entries
from zhiheng_web.ledgers.entering.preparing import uuid_of
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.ledgers.queries.entering import (
    correct_form,
    given_words,
    link_target,
    move_form,
    new_form,
    open_version,
    steps_of,
    warnings_of,
)
from zhiheng_web.organisation.authority import absent
from zhiheng_web.trail.action import Conflict, Invalid
from zhiheng_web.wording import Text

SAVED = Text("已登记“{name}”。", "“{name}” is recorded.")
WAITS = Text("已报送“{name}”，待主管科室确认后计数。", "“{name}” is reported; it counts once the office has confirmed it.")
INCOMPLETE = Text(
    "已登记“{name}”，缺少必备证据，暂不计数。请上传证据。", "“{name}” is recorded; it does not count until its evidence is there."
)
FORM = "ledgers/entries/form.html"


def new(request: HttpRequest, register: UUID) -> HttpResponse:
    """A new entry; ``next`` saves it and offers the next, with what ``keep`` names kept."""
    posted = _words(request.POST)
    try:
        if request.method == "POST":
            made = record_entry(request.viewer, register, posted, state=posted.get("state", ""))
            _told(request, made)
            follows = reverse("ledgers:new_entry", args=[register]) + "?" + urlencode(_kept(request.POST))
            return redirect(follows if "_next" in request.POST else reverse("ledgers:entry", args=[made.entry_id]))
        form, status = new_form(request.viewer, register, _words(request.GET) or None), 200
    except Invalid as refusal:
        form, status = new_form(request.viewer, register, posted, refusal), refusal.status
    return render(request, FORM, {"form": form, "entry_page": True, "new": True, "keep": request.GET.getlist("_keep")}, status=status)


def correct(request: HttpRequest, entry: UUID) -> HttpResponse:
    """A correction; who was too late sees what stands now beside what he typed."""
    posted = _words(request.POST)
    form, status = correct_form(request.viewer, entry, posted or None), 200
    if not steps_of(request.viewer, form.version or open_version(request.viewer, entry)).may_correct:
        raise absent(Text("可更正的记录", "an entry that you may correct"))
    if request.method == "POST":
        try:
            words, seen = given_words(posted, form), uuid_of(request.POST.get("_seen"))
            made = correct_entry(
                request.viewer, entry, words, reason=request.POST.get("_reason", ""), seen=seen, confirm="_confirm" in request.POST
            )
            _told(request, made)
            return redirect("ledgers:entry", entry)
        except Conflict as refusal:
            form, status = correct_form(request.viewer, entry, posted, now=True), refusal.status
            messages.error(request, refusal.text)
        except Invalid as refusal:
            form, status = correct_form(request.viewer, entry, posted, refusal), refusal.status
    context = {"form": form, "entry_page": True, "reason": request.POST.get("_reason", ""), "correcting": True}
    return render(request, FORM, context, status=status)


def move(request: HttpRequest, entry: UUID, move: str) -> HttpResponse:
    """One step of an entry: its date and what it needs."""
    posted = _words(request.POST)
    (form, step), status = move_form(request.viewer, entry, move, posted or None), 200
    if request.method == "POST":
        try:
            words = {name: words for name, words in posted.items() if form.definition.has(name)}
            given = {name: text for name, text in words.items() if name == step.sets or text.strip() != form.shown.get(name, "").strip()}
            note = request.POST.get("_note", "")
            made = move_entry(request.viewer, entry, move, words=given, seen=uuid_of(request.POST.get("_seen")), note=note)
            _told(request, made)
            return redirect("ledgers:entry", entry)
        except Conflict as refusal:
            (form, step), status = move_form(request.viewer, entry, move, posted), refusal.status
            messages.error(request, refusal.text)
        except Invalid as refusal:
            (form, step), status = move_form(request.viewer, entry, move, posted, refusal), refusal.status
    context = {"form": form, "step": step, "entry_page": True, "note": request.POST.get("_note", "")}
    return render(request, FORM, context, status=status)


def revoke(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Revoke an entry by reason and document."""
    return _undone(request, entry, "revoke")


def restore(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Restore a revoked entry."""
    return _undone(request, entry, "restore")


def _undone(request: HttpRequest, entry: UUID, what: str) -> HttpResponse:
    version = open_version(request.viewer, entry)
    reason, document = request.POST.get("reason", ""), request.POST.get("document", "")
    errors: Mapping[str, Text] = {}
    if request.method == "POST":
        try:
            seen = uuid_of(request.POST.get("seen"))
            if what == "revoke":
                revoke_entry(request.viewer, entry, reason=reason, document=document, seen=seen)
            else:
                restore_entry(request.viewer, entry, reason=reason, seen=seen)
            return redirect("ledgers:entry", entry)
        except Invalid as refusal:
            errors = refusal.fields
    context = {"version": version, "what": what, "errors": errors, "reason": reason, "document": document, "entry_page": True}
    return render(request, "ledgers/entries/revoke.html", context, status=400 if errors else 200)


@require_POST
def link(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Link an entry to another by its number or address."""
    target = link_target(request.viewer, entry, request.POST.get("target", ""))
    link_entries(request.viewer, entry, target, request.POST.get("kind", ""), request.POST.get("note", ""))
    return redirect("ledgers:entry", entry)


@require_POST
def unlink(request: HttpRequest, link: UUID) -> HttpResponse:
    """End a link."""
    return redirect("ledgers:entry", unlink_entries(request.viewer, link).source_id)


def _words(data: QueryDict) -> dict[str, str]:
    """The columns of a submitted form; several marked choices are one text."""
    return {name: "、".join(filter(None, data.getlist(name))) for name in data if name != "csrfmiddlewaretoken" and name[:1] != "_"}


def _kept(data: QueryDict) -> list[tuple[str, str]]:
    """What the next entry begins with: the columns that were marked to stay."""
    return [pair for name in data.getlist("_keep") for pair in ((name, data.get(name, "")), ("_keep", name))]


def _told(request: HttpRequest, version: EntryVersion) -> None:
    """Say what was written and what the checks only warn of."""
    name = format_html(
        '<a href="{}">{}</a>',
        reverse("ledgers:entry", args=[version.entry_id]),
        str(version) or version.organisation_name or version.register.name_zh,
    )
    waits = version.standing == EntryVersion.Standing.SUBMITTED
    text = WAITS if waits else INCOMPLETE if version.gap == "evidence" else SAVED
    messages.success(request, format_html(str(text).replace("{name}", "{}"), name))
    for fault in warnings_of(request.viewer, version):
        messages.warning(request, fault.text)
