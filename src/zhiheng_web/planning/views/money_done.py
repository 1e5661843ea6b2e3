"""Where a step of budget and projects goes on to."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect


def go_on(request: HttpRequest, address: str) -> HttpResponse:
    """The page to go on to: loaded as a whole, for htmx too, because it has scripts and styles of its own.

    To go to a place of the page one is on, a browser loads nothing: there the page is loaded again and stays where it was scrolled to.
    """
    if not request.htmx:
        return HttpResponseRedirect(address)
    there, here = urlsplit(address), urlsplit(request.htmx.current_url or "")
    if there.fragment and (there.path, there.query) == (here.path, here.query):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return HttpResponse(headers={"HX-Redirect": address})
