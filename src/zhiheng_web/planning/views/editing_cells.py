"""What the sheet's script asks for: save, preview, changes of others, an answer, a reply. JSON in, JSON out."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from zhiheng_web.planning.actions import edit_cells as saving
from zhiheng_web.planning.actions.answer_cell import answer_cell
from zhiheng_web.planning.actions.reply_finding import reply_finding
from zhiheng_web.planning.queries import editing as queries
from zhiheng_web.trail.action import Invalid, Refusal
from zhiheng_web.wording import Text

BAD = Text("请求的内容不完整。请刷新页面后再试。", "The request is not complete. Load the page again and try once more.")
SIGN_IN = Text(
    "登录已过期。请在新窗口登录后再保存，本页内容不会丢失。",
    "You are signed out. Sign in in another window, then save; nothing here is lost.",
)
View = Callable[..., JsonResponse]


def answering(view: View) -> View:
    """A view that answers in JSON, whatever happens: signed out is 401, a refusal its status and words."""

    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> JsonResponse:
        if request.viewer.account is None:
            return JsonResponse({"code": "signed_out", "message": str(SIGN_IN)}, status=401)
        try:
            return view(request, **named)
        except Refusal as refusal:
            told = {"code": refusal.code, "message": str(refusal.text), "current": getattr(refusal, "current", {})}
            return JsonResponse(told, status=refusal.status)

    return answer


def asked(request: HttpRequest, *names: str) -> dict[str, Any]:
    """The JSON object of a request with ``names``; Invalid if it is none."""
    try:
        data = json.loads(request.body)
    except ValueError:
        raise Invalid("bad_request", BAD) from None
    if not isinstance(data, dict) or any(name not in data for name in names):
        raise Invalid("bad_request", BAD)
    return data


@require_POST
@answering
def save(request: HttpRequest, version: UUID) -> JsonResponse:
    """Save a batch of cells. 409 if somebody else changed one of them: the others are saved."""
    edited = saving.edit_cells(request.viewer, version, _edits(asked(request, "edits")["edits"]))
    now = queries.Sheet(request.viewer, edited.loaded)
    told = {
        "edits": now.version.edits,
        "saved": [{"row": edit.row, "field": edit.field, "text": edit.text} for edit in edited.saved],
        "conflicts": [
            {"row": at.edit.row, "field": at.edit.field, "text": at.edit.text, "current": at.current, "by": at.by, "at": at.at}
            for at in edited.conflicts
        ],
        "refused": [{"row": at.edit.row, "field": at.edit.field, "code": at.code, "message": str(at.text)} for at in edited.refused],
        "findings": now.findings_json(),
    }
    return JsonResponse(told, status=409 if edited.conflicts else 400 if edited.refused else 200)


@require_POST
@answering
def preview(request: HttpRequest, version: UUID) -> JsonResponse:
    """What a text would mean in a cell. Saves nothing."""
    data = asked(request, "row", "field", "text")
    return JsonResponse(queries.preview(request.viewer, version, str(data["row"]), str(data["field"]), str(data["text"])))


@require_GET
@answering
def changes(request: HttpRequest, version: UUID) -> JsonResponse:
    """What others did since a count of edits."""
    since = request.GET.get("since", "")
    return JsonResponse(queries.changes(request.viewer, version, int(since) if since.isdecimal() else 0))


@require_POST
@answering
def answer(request: HttpRequest, version: UUID) -> JsonResponse:
    """Choose among the readings of a figure."""
    data = asked(request, "row", "field", "text", "choice")
    row, field, text = str(data["row"]), str(data["field"]), str(data["text"])
    if type(data["choice"]) is not int:
        raise Invalid("bad_request", BAD)
    loaded = answer_cell(request.viewer, version, row, field, text, data["choice"])
    now = queries.Sheet(request.viewer, loaded)
    told = queries.meaning(now.cells[row, field], text, loaded.year)
    return JsonResponse({"edits": now.version.edits, **told, "findings": now.findings_json()})


@require_POST
@answering
def reply(request: HttpRequest, version: UUID) -> JsonResponse:
    """Reply to a finding."""
    data = asked(request, "mark", "text")
    reply_finding(request.viewer, version, str(data["mark"]), str(data["text"]), alike=data.get("alike") is True)
    return JsonResponse({"findings": queries.sheet(request.viewer, version).findings_json()})


def _edits(data: object) -> list[saving.CellEdit]:
    names = ("row", "field", "base", "text")
    if not isinstance(data, list) or not all(isinstance(item, dict) and all(isinstance(item.get(n), str) for n in names) for item in data):
        raise Invalid("bad_request", BAD)
    return [saving.CellEdit(*(item[name] for name in names)) for item in data]
