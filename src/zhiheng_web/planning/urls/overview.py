"""Looking: tables, a version on its form, an indicator."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
