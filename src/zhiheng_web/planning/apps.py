"""The Django app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Its name and label."""

    name = "zhiheng_web.planning"
    label = "planning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the entries of the menu, and what somebody who leaves still has open."""
        from zhiheng_web.organisation.authority import allowed
        from zhiheng_web.organisation.open_work import register_open_work
        from zhiheng_web.planning.open_work import open_work_in_office, open_work_of_account
        from zhiheng_web.planning.queries.departments import is_finance
        from zhiheng_web.planning.queries.importing import imports_tables
        from zhiheng_web.ui.frame import MenuEntry, register_menu
        from zhiheng_web.wording import Text

        entries = (
            ("work", 30, Text("审核", "Review"), "inbox", allowed("planning.decide")),
            ("goals", 10, Text("绩效目标表", "Performance tables"), "tables", allowed("planning.see_tables")),
            ("goals", 11, Text("部门绩效目标", "Departments' goals"), "departments", is_finance),
            ("goals", 20, Text("导入", "Import"), "import", imports_tables),
            ("goals", 30, Text("生成新年度表", "New year"), "generate", allowed("planning.generate_table")),
            ("goals", 40, Text("绩效指标库", "Indicator library"), "library", allowed("planning.see_library")),
            ("goals", 50, Text("五年规划值", "Plan values"), "planned_values", allowed("planning.see_planned_values")),
            ("goals", 60, Text("审批流程", "Routes"), "routes", allowed("planning.edit_route")),
            ("money", 10, Text("预算", "Budget"), "budget_now", allowed("planning.see_projects")),
            ("money", 20, Text("预算项目", "Projects"), "projects", allowed("planning.see_projects")),
            ("money", 30, Text("国库支付", "Payments"), "payments", allowed("planning.see_projects")),
            ("money", 40, Text("项目覆盖", "Coverage"), "coverage_now", allowed("planning.see_projects")),
            ("administration", 30, Text("职责归属", "Duties"), "duties", allowed("planning.transfer_duty")),
        )
        register_menu(*(MenuEntry(group, order, text, f"planning:{name}", shows) for group, order, text, name, shows in entries))
        register_open_work(open_work_of_account, open_work_in_office)
