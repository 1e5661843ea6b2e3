"""Looking: tables, a version on its form, an indicator, all departments."""

from django.urls import path

from zhiheng_web.planning.views import overview

urlpatterns = [
    path("tables/", overview.tables, name="tables"),
    path("tables/<uuid:table>/", overview.table, name="table"),
    path("tables/<uuid:table>/indicators/<uuid:indicator>/", overview.indicator, name="indicator"),
    path("tables/<uuid:table>/derived/", overview.derived, name="derived"),
    path("versions/<uuid:version>/", overview.version, name="version"),
    path("departments/", overview.departments, name="departments"),
]
