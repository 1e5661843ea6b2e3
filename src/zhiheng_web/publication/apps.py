"""The Django app."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Its name and label."""

    name = "zhiheng_web.publication"
    label = "publication"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register who may do what and the entries of the menu."""
        from zhiheng_web.organisation.authority import allowed
        from zhiheng_web.publication import policies  # noqa: F401 - the table registers itself
        from zhiheng_web.ui.frame import MenuEntry, register_menu
        from zhiheng_web.wording import Text

        register_menu(MenuEntry("year", 60, Text("公开", "Publication"), "publication:packages", allowed("publication.see_packages")))
