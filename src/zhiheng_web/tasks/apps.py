"""The Django app."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Its name, label and menu entries."""

    name = "zhiheng_web.tasks"
    label = "tasks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the policies and the menu."""
        from zhiheng_web.organisation.authority import allowed
        from zhiheng_web.planning.due_days import register_due
        from zhiheng_web.tasks import policies  # noqa: F401 - registers
        from zhiheng_web.tasks.daily import register_daily
        from zhiheng_web.tasks.evaluation_news import NEWS as OF_EVALUATIONS
        from zhiheng_web.tasks.ledger_work import KINDS, generate, remind_due, work_of
        from zhiheng_web.tasks.notices import register_news
        from zhiheng_web.tasks.publication_work import KINDS as PACKAGES
        from zhiheng_web.tasks.publication_work import remind_to_begin
        from zhiheng_web.tasks.publication_work import work_of as packages
        from zhiheng_web.tasks.queries import unread
        from zhiheng_web.tasks.worklist import register_work, submission_due
        from zhiheng_web.tasks.year_news import NEWS as OF_THE_YEAR
        from zhiheng_web.tasks.year_work import KINDS as YEAR
        from zhiheng_web.tasks.year_work import remind_rectification
        from zhiheng_web.tasks.year_work import work_of as year_work
        from zhiheng_web.ui.frame import MenuEntry, register_menu
        from zhiheng_web.wording import Text

        register_due(submission_due)
        register_work(KINDS, work_of)
        register_work(PACKAGES, packages)
        register_work(YEAR, year_work)
        register_news({**OF_THE_YEAR, **OF_EVALUATIONS})
        register_daily(remind_rectification)
        register_daily(remind_to_begin)
        register_daily(generate)
        register_daily(remind_due)
        register_menu(
            MenuEntry("work", 10, Text("首页", "Home"), "tasks:home", allowed("tasks.see_worklist")),
            MenuEntry("work", 20, Text("我的待办", "My work"), "tasks:worklist", allowed("tasks.see_worklist")),
            MenuEntry("work", 40, Text("通知", "Notices"), "tasks:notices", allowed("tasks.read_notices"), unread),
            MenuEntry("work", 50, Text("逾期事项", "Overdue"), "tasks:overdue", allowed("tasks.see_overdue")),
            MenuEntry("work", 60, Text("办理时限", "Deadlines"), "tasks:deadlines", allowed("tasks.see_deadlines")),
        )
