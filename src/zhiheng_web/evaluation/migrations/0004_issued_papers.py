"""What an issued paper says is not changed: triggers refuse it on both databases, whoever asks. Only its signed scan comes later."""

from django.db import migrations

WORDS = "an issued paper is not changed"
TABLE = "evaluation_yearpaper"
KEPT = (
    "department_id, year, code, sequence, number, title, content, digest, issued_by_id, issued_at, "
    "round_id, monitoring_report_id, self_evaluation_id, evaluation_report_id, order_id"
)
EVENTS = {f"{TABLE}_kept_update": f"UPDATE OF {KEPT}", f"{TABLE}_kept_delete": "DELETE"}


def add_triggers(apps, schema_editor):  # noqa: ARG001 - the signature is Django's
    sqlite = schema_editor.connection.vendor == "sqlite"
    for name, event in EVENTS.items():
        if sqlite:
            schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END")
            continue
        schema_editor.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$")
        schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {name}()")


def remove_triggers(apps, schema_editor):  # noqa: ARG001 - the signature is Django's
    sqlite = schema_editor.connection.vendor == "sqlite"
    for name in EVENTS:
        schema_editor.execute(f"DROP TRIGGER {name}{'' if sqlite else f' ON {TABLE}'}")
        if not sqlite:
            schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0003_accepted_self_evaluations")]
    operations = [migrations.RunPython(add_triggers, remove_triggers)]
