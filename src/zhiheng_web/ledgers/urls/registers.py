"""Addresses: registers."""

from django.urls import URLPattern, path

from zhiheng_web.ledgers.views import obligations, registers, registers_entry

urlpatterns: list[URLPattern] = [
    path("ledgers/", registers.registers, name="registers"),
    path("ledgers/<uuid:register>/", registers.register, name="register"),
    path("ledgers/<uuid:register>/entries.<str:kind>", registers.register_file, name="register_file"),
    path("ledgers/<uuid:register>/counties/", registers.counties, name="counties"),
    path("entries/<uuid:entry>/", registers_entry.entry, name="entry"),
    path("obligations/", obligations.obligations, name="obligations"),
    path("obligations/generate/", obligations.generate, name="generate_obligations"),
]
