"""Addresses of rectification and of the use of results."""

from django.urls import URLPattern, path

from zhiheng_web.evaluation.views import rectification, uses

STEPS = ("measure", "progress", "report", "extend", "close", "return")
urlpatterns: list[URLPattern] = [
    path("rectification/", rectification.rectification, name="rectification"),
    path("rectification/new/", rectification.new_order, name="new_order"),
    path("rectification/orders/<uuid:order>/", rectification.order, name="order"),
    path("rectification/<uuid:item>/", rectification.rectification_item, name="rectification_item"),
    path("rectification/<uuid:item>/files/<uuid:step>/", rectification.rectification_file, name="rectification_file"),
    *(path(f"rectification/<uuid:item>/{step}/", rectification.rectify, {"step": step}, name=f"rectify_{step}") for step in STEPS),
    path("uses-of-results/", uses.uses, name="uses"),
    path("uses-of-results/decide/", uses.decide_use, name="decide_use"),
    path("uses-of-results/<uuid:use>/", uses.use, name="use"),
]
