"""The size of what a request brings: more than the largest upload is refused before anything of it is read.

Without it a stranger could fill the disk: looking for the CSRF token in a form writes its files out, however large.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from zhiheng_web.wording import Text

BESIDE = 5 * 2**20
"""What a form may bring besides its file."""
TOO_LARGE = Text(
    "提交的内容超过上限（{limit} MB），未接收。请拆分后再上传。",
    "What was sent is larger than {limit} MB and was not taken. Split it and upload the parts.",
)


class BodyMiddleware:
    """Answers 413 to a request whose body is larger than a form with the largest upload could be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length[:18]) <= settings.LARGEST_UPLOAD + BESIDE:
            return self.get_response(request)
        text = TOO_LARGE.with_(limit=settings.LARGEST_UPLOAD // 2**20)
        if request.path.startswith("/api/"):
            return JsonResponse({"code": "too_large", "zh": text.zh, "en": text.en, "fields": {}, "current": None}, status=413)
        return HttpResponse(f"{text.zh}\n{text.en}\n", status=413, content_type="text/plain; charset=utf-8")
