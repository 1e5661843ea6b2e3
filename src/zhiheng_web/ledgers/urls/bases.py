"""Addresses: counting bases."""

from django.urls import path

from zhiheng_web.ledgers.views import bases

urlpatterns = [path("actuals/<uuid:table>/<uuid:indicator>/basis/", bases.bases, name="bases")]
