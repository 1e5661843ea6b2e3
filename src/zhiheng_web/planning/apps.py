"""The Django app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Its name and label."""

    name = "zhiheng_web.planning"
    label = "planning"
    default_auto_field = "django.db.models.BigAutoField"
