"""Addresses of the year after the approval: one module per area."""

from importlib import import_module

from django.urls import URLPattern

app_name = "evaluation"
AREAS = ("monitoring", "self_evaluation", "evaluations", "sheet", "surveys", "rectification", "papers", "exchange")
urlpatterns: list[URLPattern] = [pattern for area in AREAS for pattern in import_module(f"{__name__}.{area}").urlpatterns]
