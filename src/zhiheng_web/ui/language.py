"""The language of a page: Chinese, unless the reader chose another. What the browser prefers does not decide, but for guests.

Officials read Chinese on whatever computer; somebody who is asked something by a link on his own phone reads what the phone is set to.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header


class LanguageMiddleware:
    """Speaks the language of the reader's choice, kept in a cookie; Chinese first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = {code for code, _ in settings.LANGUAGES}
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


def in_browsers_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for guests: in the language that the browser asks for, as long as the guest chose none."""

    @wraps(view)
    def spoken(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):
            return view(request, *arguments, **named)
        with translation.override(preferred(request.headers.get("Accept-Language", ""))):
            request.LANGUAGE_CODE = translation.get_language()
            response = view(request, *arguments, **named)
            response.headers["Content-Language"] = request.LANGUAGE_CODE
            patch_vary_headers(response, ["Accept-Language"])
            return response

    return spoken


def preferred(header: str) -> str:
    """The first language of the header that there is; Chinese where there is none."""
    for asked, _ in parse_accept_lang_header(header):
        found = next((code for code, _ in settings.LANGUAGES if code.split("-")[0] == asked.split("-")[0]), None)
        if found is not None:
            return found
    return str(settings.LANGUAGE_CODE)
