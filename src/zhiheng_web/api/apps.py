"""The API as a Django app: it has no models, only addresses and its reference page."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """接口."""

    name = "zhiheng_web.api"
    label = "api"
    verbose_name = "接口"
