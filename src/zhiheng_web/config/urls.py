"""All addresses of the service: one prefix per app."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

from zhiheng_web.config.health import health

OF_PACKS = [f"{pack}.urls" for pack in settings.PACKS if find_spec(f"{pack}.urls") is not None]
"""The pages that packs bring of their own."""

urlpatterns = [
    path("", include("zhiheng_web.tasks.urls")),
    path("", include("zhiheng_web.planning.urls")),
    path("", include("zhiheng_web.ledgers.urls")),
    path("", include("zhiheng_web.evaluation.urls")),
    path("", include("zhiheng_web.publication.urls")),
    path("", include("zhiheng_web.organisation.urls")),
    path("", include("zhiheng_web.ui.urls")),
    path("trail/", include("zhiheng_web.trail.urls")),
    path("api/", include("zhiheng_web.api.urls")),
    path("health/", health, name="health"),
    *(path("", include(urls)) for urls in OF_PACKS),
]
