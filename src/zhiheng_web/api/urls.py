"""Addresses of the API: /api/v1/ and its reference."""

from django.urls import path, re_path

from zhiheng_web.api import importing, money, reading, steps, work
from zhiheng_web.api.entrance import api
from zhiheng_web.api.views import no_such_address, reference

for _router in (reading.router, importing.router, steps.router, money.router, work.router):
    api.add_router("", _router)

urlpatterns = [path("docs/", reference, name="api_reference"), path("v1/", api.urls), re_path("", no_such_address)]
