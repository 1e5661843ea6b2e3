"""An accepted self-evaluation is not changed: triggers refuse it on both databases, whoever asks. A correction is a further edition."""

from django.db import migrations

WORDS = "an accepted self-evaluation is not changed"
HEAD = "evaluation_selfevaluation"
CHILDREN = ("evaluation_selfevaluationrow", "evaluation_selfevaluationfund")
OF_HEAD = "{row}.state = 'accepted'"
OF_CHILD = "EXISTS (SELECT 1 FROM evaluation_selfevaluation s WHERE s.id = {row}.self_evaluation_id AND s.state = 'accepted')"


def triggers():
    """Name, event, table and condition of each. It becomes accepted by an update: only what it was before bars that."""
    for event in ("UPDATE", "DELETE"):
        yield f"{HEAD}_kept_{event.lower()}", event, HEAD, OF_HEAD.format(row="OLD")
    for table in CHILDREN:
        for event, rows in {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}.items():
            yield f"{table}_kept_{event.lower()}", event, table, " OR ".join(OF_CHILD.format(row=row) for row in rows)


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
    dependencies = [("evaluation", "0002_closed_rounds")]
    operations = [migrations.RunPython(add_triggers, remove_triggers)]
