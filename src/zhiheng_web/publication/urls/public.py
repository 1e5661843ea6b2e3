"""Addresses of the area public."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
