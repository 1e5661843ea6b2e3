"""Editing a version like a spreadsheet."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
