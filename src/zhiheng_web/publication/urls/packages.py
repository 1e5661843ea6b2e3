"""Addresses of the area packages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
