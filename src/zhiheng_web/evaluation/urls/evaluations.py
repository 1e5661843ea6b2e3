"""Addresses of the area evaluations."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
