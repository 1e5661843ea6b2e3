"""Importing, generating, the library of indicators."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
