"""Addresses of the API: /api/v1/ and its reference."""

from django.urls import path, re_path

from zhiheng_web.api import arrangements, importing, money_steps, overview, papers, preparing, reading, reviewing, rows, work
from zhiheng_web.api.entrance import api
from zhiheng_web.api.views import no_such_address, reference

AREAS = (overview, reading, importing, rows, reviewing, preparing, papers, money_steps, arrangements, work)
for _area in AREAS:
    api.add_router("", _area.router)

urlpatterns = [path("docs/", reference, name="api_reference"), path("v1/", api.urls), re_path("", no_such_address)]
