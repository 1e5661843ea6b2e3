"""The Django app."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Its name, label and menu entries."""

    name = "zhiheng_web.tasks"
    label = "tasks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the policies and the menu."""
        from zhiheng_web.organisation.authority import may
        from zhiheng_web.tasks import policies  # noqa: F401 - registers
        from zhiheng_web.tasks.queries import unread
        from zhiheng_web.ui.frame import MenuEntry, register_menu
        from zhiheng_web.wording import Text

        register_menu(
            MenuEntry("work", 10, Text("首页", "Home"), "tasks:home", lambda viewer: may(viewer, "tasks.see_worklist", None)),
            MenuEntry("work", 20, Text("我的待办", "My work"), "tasks:worklist", lambda viewer: may(viewer, "tasks.see_worklist", None)),
            MenuEntry("work", 40, Text("通知", "Notices"), "tasks:notices", lambda viewer: may(viewer, "tasks.read_notices", None), unread),
            MenuEntry("work", 50, Text("逾期事项", "Overdue"), "tasks:overdue", lambda viewer: may(viewer, "tasks.see_overdue", None)),
            MenuEntry(
                "work", 60, Text("办理时限", "Deadlines"), "tasks:deadlines", lambda viewer: may(viewer, "tasks.see_deadlines", None)
            ),
        )
