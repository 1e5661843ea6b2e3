"""All addresses of the service: one prefix per app."""

from django.urls import include, path

urlpatterns = [
    path("", include("zhiheng_web.tasks.urls")),
    path("", include("zhiheng_web.planning.urls")),
    path("", include("zhiheng_web.organisation.urls")),
    path("trail/", include("zhiheng_web.trail.urls")),
]
