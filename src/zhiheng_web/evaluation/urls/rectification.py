"""Addresses of the area rectification."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
