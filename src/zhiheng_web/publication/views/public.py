"""The public pages: no account, no cookie, no session, the same bytes as the static site."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from zhiheng_web.publication.queries.published import published
from zhiheng_web.publication.site.pages import Site, media_type, nowhere, tag, withdrawn_notice

HTML = "text/html; charset=utf-8"


@login_not_required
@require_safe
def public(request: HttpRequest, path: str = "") -> HttpResponse:
    """One page or file. What is not published does not exist here; of what was withdrawn the page says so (410)."""
    packages = published()
    wanted = f"{path}index.html" if path == "" or path.endswith("/") else path
    site, known = Site(packages), tag(packages, path)
    gone = withdrawn_notice(site, wanted)
    if gone is not None:
        return HttpResponse(gone, status=410, content_type=HTML, headers={"Cache-Control": "no-cache"})
    try:
        maker = site.maker(wanted)
    except KeyError:
        return HttpResponse(nowhere(wanted, site), status=404, content_type=HTML)
    if request.headers.get("If-None-Match") == known:
        return HttpResponseNotModified(headers={"ETag": known})
    answer = HttpResponse(maker(), content_type=media_type(wanted))
    answer.headers["ETag"], answer.headers["Cache-Control"] = known, "public, no-cache"
    return answer
