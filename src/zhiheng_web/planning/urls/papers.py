"""Papers and exchange with other systems."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
