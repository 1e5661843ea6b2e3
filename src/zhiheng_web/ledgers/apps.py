"""The Django app."""

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    """Its name and label."""

    name = "zhiheng_web.ledgers"
    label = "ledgers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the entries of the menu."""
        from zhiheng_web.ledgers import policies  # noqa: F401 - the table registers itself
        from zhiheng_web.ledgers.queries.derived import derived
        from zhiheng_web.organisation.authority import allowed
        from zhiheng_web.organisation.viewer import Viewer
        from zhiheng_web.planning.derived import register_derived
        from zhiheng_web.ui.frame import MenuEntry, register_menu
        from zhiheng_web.wording import Text

        enters, secrecy = allowed("ledgers.record_entry"), allowed("ledgers.confirm_classified")

        def waits(viewer: Viewer) -> bool:
            return enters(viewer) or secrecy(viewer)

        entries = (
            (10, Text("工作台账", "Ledgers"), "registers", allowed("ledgers.see_entries")),
            (15, Text("待确认与退回", "To confirm and returned"), "waiting", waits),
            (20, Text("指标实际值", "Actual values"), "actuals_now", allowed("ledgers.see_actuals")),
            (30, Text("应办事项", "Obligations"), "obligations", allowed("ledgers.see_entries")),
            (40, Text("单位与人员", "Organisations and people"), "organisations", allowed("ledgers.see_entries")),
            (50, Text("台账设置", "Set up ledgers"), "declare", allowed("ledgers.declare_register")),
        )
        register_menu(*(MenuEntry("ledgers", order, text, f"ledgers:{name}", shows) for order, text, name, shows in entries))
        register_derived(derived)
