"""Addresses of publication: the packages of a department, and what is public."""

from importlib import import_module

from django.urls import URLPattern

app_name = "publication"
AREAS = ("packages", "public")
urlpatterns: list[URLPattern] = [pattern for area in AREAS for pattern in import_module(f"{__name__}.{area}").urlpatterns]
