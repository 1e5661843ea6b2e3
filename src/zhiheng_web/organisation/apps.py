"""The Django app."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Its name and label."""

    name = "zhiheng_web.organisation"
    label = "organisation"
    default_auto_field = "django.db.models.BigAutoField"
