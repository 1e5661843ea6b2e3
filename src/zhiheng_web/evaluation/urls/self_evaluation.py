"""Addresses of the area self_evaluation."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
