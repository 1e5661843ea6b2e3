"""Addresses: actuals."""

from django.urls import URLPattern, path

from zhiheng_web.ledgers.views import actuals, snapshots

urlpatterns: list[URLPattern] = [
    path("actuals/", actuals.actuals_now, name="actuals_now"),
    path("actuals/<uuid:table>/", actuals.actuals, name="actuals"),
    path("actuals/<uuid:table>/<uuid:indicator>/", actuals.actual, name="actual"),
    path("actuals/<uuid:table>/snapshots/", snapshots.freeze, name="take_snapshots"),
    path("actuals/<uuid:table>/<uuid:indicator>/snapshots/", snapshots.freeze, name="take_snapshot"),
    path("actuals/<uuid:table>/<uuid:indicator>/circumstance/", snapshots.circumstance, name="circumstance"),
    path("actuals/<uuid:table>/<uuid:indicator>/circumstance/<uuid:decision>/", snapshots.confirm, name="confirm_circumstance"),
    path("snapshots/<uuid:snapshot>/", snapshots.snapshot, name="snapshot"),
    path("snapshots/<uuid:snapshot>/proof.zip", snapshots.proof, name="proof"),
]
