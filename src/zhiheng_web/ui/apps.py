"""The Django app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Its name and label."""

    name = "zhiheng_web.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
