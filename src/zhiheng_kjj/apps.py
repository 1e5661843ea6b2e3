"""The Django app."""

from pathlib import Path

from django.apps import AppConfig


class KjjConfig(AppConfig):
    """Its name and label."""

    name = "zhiheng_kjj"
    label = "kjj"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the pack's calculations known and offer it to departments."""
        from zhiheng_kjj.checks import duties_01_to_04, duties_05_to_11
        from zhiheng_kjj.papers import KINDS
        from zhiheng_web.ledgers.packs.offered import offer
        from zhiheng_web.ledgers.papers import register_paper
        from zhiheng_web.organisation.authority import allowed
        from zhiheng_web.ui.frame import MenuEntry, register_menu
        from zhiheng_web.wording import Text

        duties_01_to_04.register()
        duties_05_to_11.register()
        register_paper(*KINDS)
        register_menu(MenuEntry("ledgers", 45, Text("科室业务", "Office work"), "kjj:office", allowed("ledgers.see_actuals")))
        offer(Path(__file__).parent / "pack.toml")
