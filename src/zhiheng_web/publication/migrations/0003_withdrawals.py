"""撤回: an edition may be taken from the public; who asked and who decided stays as it was. Also to whom a package was sent."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


WORDS = "a withdrawal is not changed"
TABLE = "publication_withdrawal"
ASKED = "id, package_id, ground, reason, asked_by_id, asked_at"
EVENTS = {
    "decided": ("UPDATE", "OLD.state <> 'asked'"),
    "asked": ("UPDATE", " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in ASKED.split(", "))),
    "stays": ("DELETE", ""),
}
"""What was asked is never changed, what was decided neither, and no withdrawal is taken away."""


def add_triggers(apps, schema_editor):  # noqa: ARG001 - the signature is Django's
    execute = schema_editor.execute
    if schema_editor.connection.vendor == "sqlite":
        for name, (event, when) in EVENTS.items():
            condition = f"WHEN {when} " if when else ""
            execute(f"CREATE TRIGGER {TABLE}_{name} BEFORE {event} ON {TABLE} {condition}BEGIN SELECT RAISE(ABORT, '{WORDS}'); END")
        return
    execute(f"CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$")
    execute(
        f"CREATE TRIGGER {TABLE}_decided BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN (OLD.state <> 'asked') EXECUTE FUNCTION {TABLE}_refuse()"
    )
    new, old = (", ".join(f"{row}.{name.strip()}" for name in ASKED.split(",")) for row in ("NEW", "OLD"))
    execute(
        f"CREATE TRIGGER {TABLE}_asked BEFORE UPDATE ON {TABLE} FOR EACH ROW "
        f"WHEN (ROW({new}) IS DISTINCT FROM ROW({old})) EXECUTE FUNCTION {TABLE}_refuse()"
    )
    execute(f"CREATE TRIGGER {TABLE}_stays BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()")


def remove_triggers(apps, schema_editor):  # noqa: ARG001 - the signature is Django's
    sqlite = schema_editor.connection.vendor == "sqlite"
    for name in EVENTS:
        schema_editor.execute(f"DROP TRIGGER {TABLE}_{name}{'' if sqlite else f' ON {TABLE}'}")
    if not sqlite:
        schema_editor.execute(f"DROP FUNCTION {TABLE}_refuse()")


class Migration(migrations.Migration):
    dependencies = [
        ("publication", "0002_published_is_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="package",
            name="letter_to",
            field=models.CharField(blank=True, max_length=100, null=True),
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "待签发"), ("agreed", "已撤回"), ("refused", "未同意")], default="asked", max_length=8
                    ),
                ),
                ("ground", models.CharField(max_length=30)),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("opinion", models.TextField(blank=True)),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "package",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="withdrawals", to="publication.package"),
                ),
            ],
            options={
                "ordering": ["package", "asked_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "refused"), _negated=True), fields=("package",), name="one_withdrawal_of_a_package"
                    ),
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="a_withdrawal_has_a_reason"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by__isnull", True), ("state", "asked")),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_withdrawal_is_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True), models.Q(("decided_by", models.F("asked_by")), _negated=True), _connector="OR"
                        ),
                        name="a_withdrawal_is_decided_by_another",
                    ),
                ],
            },
        ),
        migrations.RunPython(add_triggers, remove_triggers),
    ]
