"""The Django app."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Its name and label."""

    name = "zhiheng_web.tasks"
    label = "tasks"
    default_auto_field = "django.db.models.BigAutoField"
