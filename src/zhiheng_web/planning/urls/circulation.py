"""Submitting, reviewing, approving, adjusting, comparing."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
