"""What everybody may read: the public pages and files, exactly as the static site holds them. No account, no session, no script."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from zhiheng_web.publication.queries.published import published
from zhiheng_web.publication.site.pages import Site, media_type, tag


@login_not_required
@require_safe
def public(request: HttpRequest, path: str = "") -> HttpResponse:
    """One page or file. What is not published does not exist here."""
    packages = published()
    known = tag(packages, path)
    wanted = f"{path}index.html" if path == "" or path.endswith("/") else path
    try:
        maker = Site(packages).maker(wanted)
    except KeyError:
        raise Http404 from None
    if request.headers.get("If-None-Match") == known:
        return HttpResponseNotModified(headers={"ETag": known})
    answer = HttpResponse(maker(), content_type=media_type(wanted))
    answer.headers["ETag"], answer.headers["Cache-Control"] = known, "public, no-cache"
    return answer
