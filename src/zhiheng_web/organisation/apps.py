"""The Django app."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Its name, label and menu entries."""

    name = "zhiheng_web.organisation"
    label = "organisation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the policies and the menu."""
        from zhiheng_web.organisation import policies  # noqa: F401 - registers
        from zhiheng_web.organisation.authority import may
        from zhiheng_web.ui.frame import MenuEntry, register_menu
        from zhiheng_web.wording import Text

        for order, text, name, policy in (
            (10, Text("账号与角色", "Accounts and roles"), "accounts", "see_accounts"),
            (20, Text("机构设置", "Organisation"), "departments_admin", "see_organisation"),
            (40, Text("工作日历", "Calendar"), "calendar", "edit_calendar"),
        ):
            shows = lambda viewer, policy=policy: may(viewer, f"organisation.{policy}", None)  # noqa: E731 - one per entry
            register_menu(MenuEntry("administration", order, text, f"organisation:{name}", shows))
