"""A closed round of monitoring is not changed: triggers refuse it on both databases, whoever asks."""

from django.db import migrations

WORDS = "a closed round of monitoring is not changed"
ROUND = "evaluation_monitoringround"
REPORT = "evaluation_monitoringreport"
CHILDREN = ("evaluation_monitoringrow", "evaluation_monitoringfund")
OF_REPORT = "EXISTS (SELECT 1 FROM evaluation_monitoringround r WHERE r.id = {row}.round_id AND r.closed_at IS NOT NULL)"
OF_CHILD = (
    "EXISTS (SELECT 1 FROM evaluation_monitoringreport p JOIN evaluation_monitoringround r ON r.id = p.round_id "
    "WHERE p.id = {row}.report_id AND r.closed_at IS NOT NULL)"
)
CONDITIONS = {ROUND: "{row}.closed_at IS NOT NULL", REPORT: OF_REPORT, **dict.fromkeys(CHILDREN, OF_CHILD)}
EVENTS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
OF_ROUND = {"UPDATE": ("OLD",), "DELETE": ("OLD",)}
"""A round becomes closed by an update: only what it was before bars it."""


def triggers():
    """Name, event, table and condition of each."""
    for table, condition in CONDITIONS.items():
        for event, rows in (OF_ROUND if table == ROUND else EVENTS).items():
            yield f"{table}_closed_{event.lower()}", event, table, " OR ".join(condition.format(row=row) for row in rows)


def add_triggers(apps, schema_editor):  # noqa: ARG001 - the signature is Django's
    sqlite = schema_editor.connection.vendor == "sqlite"
    for name, event, table, condition in triggers():
        if sqlite:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
            )
            continue
        back = "OLD" if event == "DELETE" else "NEW"
        schema_editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {condition} THEN RAISE EXCEPTION '{WORDS}'; END IF; RETURN {back}; END $$"
        )
        schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def remove_triggers(apps, schema_editor):  # noqa: ARG001 - the signature is Django's
    sqlite = schema_editor.connection.vendor == "sqlite"
    for name, _, table, _ in triggers():
        schema_editor.execute(f"DROP TRIGGER {name}{'' if sqlite else f' ON {table}'}")
        if not sqlite:
            schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, remove_triggers)]
