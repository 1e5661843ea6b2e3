"""The Django app."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """Its name and label."""

    name = "zhiheng_web.trail"
    label = "trail"
    default_auto_field = "django.db.models.BigAutoField"
