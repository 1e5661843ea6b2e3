"""Budget, projects, payments, coverage, pre-assessment."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
