"""All addresses of the service: one prefix per app."""

from django.urls import include, path

from zhiheng_web.config.health import health

urlpatterns = [
    path("", include("zhiheng_web.tasks.urls")),
    path("", include("zhiheng_web.planning.urls")),
    path("", include("zhiheng_web.ledgers.urls")),
    path("", include("zhiheng_web.organisation.urls")),
    path("", include("zhiheng_web.ui.urls")),
    path("trail/", include("zhiheng_web.trail.urls")),
    path("api/", include("zhiheng_web.api.urls")),
    path("health/", health, name="health"),
]
