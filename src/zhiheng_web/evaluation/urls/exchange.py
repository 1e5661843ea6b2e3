"""Addresses of the exchange of monitoring and self-evaluation with other systems."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from zhiheng_web.evaluation.exchanging.standing import WHATS
from zhiheng_web.evaluation.views import exchange


def _of(what: str) -> Iterator[URLPattern]:
    """The pages of one of the two: ``exchange_monitoring``, ``exchange_monitoring_file``, …_compare, …_take, and the same of the other."""
    one, name, given = f"exchange/{what}/<uuid:pk>/", f"exchange_{what.replace('-', '_')}", {"what": what}
    yield path(one, exchange.page, given, name=name)
    yield path(f"{one}compare/", exchange.compare, given, name=f"{name}_compare")
    yield path(f"{one}take/", exchange.take, given, name=f"{name}_take")
    yield path(f"{one}<str:kind>", exchange.file, given, name=f"{name}_file")


urlpatterns: list[URLPattern] = [pattern for what in WHATS for pattern in _of(what)]
"""Addresses of both."""
