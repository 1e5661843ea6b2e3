"""Addresses of the area monitoring."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
