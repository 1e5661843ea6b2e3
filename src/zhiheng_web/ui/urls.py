"""Addresses of the design system."""

from django.urls import path

from zhiheng_web.ui import views

app_name = "ui"
urlpatterns = [path("export/<str:kind>/", views.export, name="export")]
