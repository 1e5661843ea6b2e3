"""The Django app."""

from pathlib import Path

from django.apps import AppConfig


class KjjConfig(AppConfig):
    """Its name and label."""

    name = "zhiheng_kjj"
    label = "kjj"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the pack to departments."""
        from zhiheng_web.ledgers.packs.offered import offer

        offer(Path(__file__).parent / "pack.toml")
