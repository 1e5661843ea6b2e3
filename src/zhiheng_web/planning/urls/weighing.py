"""Points, tags and parts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
