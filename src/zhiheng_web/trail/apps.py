"""The Django app."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """Its name, label and menu entry."""

    name = "zhiheng_web.trail"
    label = "trail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the policies and the menu."""
        from zhiheng_web.organisation.authority import may
        from zhiheng_web.trail import policies  # noqa: F401 - registers
        from zhiheng_web.ui.frame import MenuEntry, register_menu
        from zhiheng_web.wording import Text

        entry = MenuEntry(
            "administration", 60, Text("操作记录", "Trail"), "trail:trail", lambda viewer: may(viewer, "trail.see_trail", None)
        )
        register_menu(entry)
