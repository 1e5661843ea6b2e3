"""Addresses of the area surveys."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
