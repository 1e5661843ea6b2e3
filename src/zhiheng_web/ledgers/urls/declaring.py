"""Addresses: declaring."""

from django.urls import URLPattern, path

from zhiheng_web.ledgers.views import declaring

urlpatterns: list[URLPattern] = [
    path("ledgers/declare/", declaring.declare, name="declare"),
    path("ledgers/declare/<uuid:department>/new/", declaring.new, name="new_register"),
    path("ledgers/declare/<uuid:department>/sheet/", declaring.from_sheet, name="register_from_sheet"),
    path("ledgers/<uuid:register>/change/", declaring.change, name="change_register"),
    path("indicators/<uuid:indicator>/bind/", declaring.bind, name="bind_indicator"),
    path("packs/", declaring.packs, name="packs"),
    path("packs/<uuid:department>/adopt/", declaring.adopt, name="adopt_pack"),
]
