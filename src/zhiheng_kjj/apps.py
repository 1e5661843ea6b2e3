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
        from zhiheng_web.ledgers.packs.offered import offer

        duties_01_to_04.register()
        duties_05_to_11.register()
        offer(Path(__file__).parent / "pack.toml")
