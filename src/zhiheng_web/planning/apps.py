"""The Django app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Its name and label."""

    name = "zhiheng_web.planning"
    label = "planning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the entries of the menu."""
        from zhiheng_web.organisation.authority import may
        from zhiheng_web.planning.queries.departments import is_finance
        from zhiheng_web.planning.queries.importing import imports_tables
        from zhiheng_web.ui.frame import MenuEntry, register_menu
        from zhiheng_web.wording import Text

        register_menu(
            MenuEntry(
                "goals", 10, Text("绩效目标表", "Performance tables"), "planning:tables", lambda viewer: may(viewer, "planning.see_tables", None)
            ),
            MenuEntry("goals", 20, Text("导入", "Import"), "planning:import", imports_tables),
            MenuEntry(
                "goals",
                30,
                Text("生成新年度表", "New year"),
                "planning:generate",
                lambda viewer: may(viewer, "planning.generate_table", None),
            ),
            MenuEntry("goals", 40, Text("指标库", "Library"), "planning:library", lambda viewer: may(viewer, "planning.see_library", None)),
            MenuEntry(
                "goals",
                50,
                Text("五年规划值", "Plan values"),
                "planning:planned_values",
                lambda viewer: may(viewer, "planning.see_planned_values", None),
            ),
            MenuEntry("work", 30, Text("审核", "Review"), "planning:inbox", lambda viewer: may(viewer, "planning.decide", None)),
            MenuEntry("goals", 60, Text("审批流程", "Routes"), "planning:routes", lambda viewer: may(viewer, "planning.edit_route", None)),
            MenuEntry("goals", 11, Text("部门绩效目标", "Departments' goals"), "planning:departments", is_finance),
            MenuEntry("money", 10, Text("预算", "Budget"), "planning:budget_now", lambda viewer: may(viewer, "planning.see_projects", None)),
            MenuEntry("money", 20, Text("预算项目", "Projects"), "planning:projects", lambda viewer: may(viewer, "planning.see_projects", None)),
            MenuEntry("money", 30, Text("国库支付", "Payments"), "planning:payments", lambda viewer: may(viewer, "planning.see_projects", None)),
            MenuEntry(
                "money", 40, Text("项目覆盖", "Coverage"), "planning:coverage_now", lambda viewer: may(viewer, "planning.see_projects", None)
            ),
        )
        from zhiheng_web.organisation.authority import may
        from zhiheng_web.organisation.open_work import register_open_work
        from zhiheng_web.planning.open_work import open_work_in_office, open_work_of_account
        from zhiheng_web.ui.frame import MenuEntry, register_menu
        from zhiheng_web.wording import Text

        register_open_work(open_work_of_account, open_work_in_office)
        entry = MenuEntry(
            "administration", 30, Text("职责归属", "Duties"), "planning:duties", lambda viewer: may(viewer, "planning.transfer_duty", None)
        )
        register_menu(entry)
