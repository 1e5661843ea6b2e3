"""The Django app."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Its name and label."""

    name = "zhiheng_web.evaluation"
    label = "evaluation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register who may do what and the entries of the menu."""
        from zhiheng_web.evaluation import policies  # noqa: F401 - the tables register themselves
        from zhiheng_web.evaluation.queries.uses import consequences
        from zhiheng_web.organisation.authority import allowed
        from zhiheng_web.planning.consequences import register_consequences
        from zhiheng_web.ui.frame import MenuEntry, register_menu
        from zhiheng_web.wording import Text

        entries = (
            (10, Text("绩效运行监控", "Monitoring"), "rounds", allowed("evaluation.see_monitoring")),
            (20, Text("绩效自评", "Self-evaluation"), "self_evaluations", allowed("evaluation.see_self_evaluations")),
            (30, Text("抽查与评价", "Re-checks and evaluations"), "evaluations", allowed("evaluation.see_evaluations")),
            (35, Text("部门整体基础数据", "Yearly sheet"), "department_sheets", allowed("evaluation.see_sheet")),
            (40, Text("满意度调查", "Satisfaction surveys"), "surveys", allowed("evaluation.see_surveys")),
            (50, Text("整改与结果应用", "Rectification and use of results"), "rectification", allowed("evaluation.see_rectification")),
            (60, Text("年度文书", "Papers of the year"), "papers", allowed("evaluation.see_year_papers")),
        )
        agencies = Text("第三方机构", "Evaluation agencies")
        register_menu(MenuEntry("administration", 90, agencies, "evaluation:agencies", allowed("evaluation.keep_agency")))
        register_menu(*(MenuEntry("year", order, text, f"evaluation:{name}", shows) for order, text, name, shows in entries))
        register_consequences(consequences)
