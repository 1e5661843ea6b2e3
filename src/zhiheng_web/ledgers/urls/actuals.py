"""Addresses: actuals."""

from django.urls import URLPattern, path

from zhiheng_web.ledgers.views import actuals

urlpatterns: list[URLPattern] = [
    path("actuals/", actuals.actuals_now, name="actuals_now"),
    path("actuals/<uuid:table>/", actuals.actuals, name="actuals"),
    path("actuals/<uuid:table>/<uuid:indicator>/", actuals.actual, name="actual"),
]
