"""Addresses of the area papers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
