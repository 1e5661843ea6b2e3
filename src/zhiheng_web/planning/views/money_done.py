"""Where a step of budget and projects goes on to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect


def go_on(request: HttpRequest, address: str) -> HttpResponse:
    """The page to go on to: loaded as a whole, for htmx too, because it has scripts and styles of its own."""
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else HttpResponseRedirect(address)
