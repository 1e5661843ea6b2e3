"""The service's addresses, and the bare views."""

from django.urls import include, path

from benchmarks.bare.views import departments, table

urlpatterns = [
    path("bare/table/<uuid:version>/", table),
    path("bare/departments/<int:year>/", departments),
    path("", include("zhiheng_web.config.urls")),
]
