"""Nobody changes or deletes a record of the trail: triggers refuse it on both databases. The chain's head gets its row."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER trail_no_update BEFORE UPDATE ON trail_trailrecord
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END""",
    """CREATE TRIGGER trail_no_delete BEFORE DELETE ON trail_trailrecord
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$""",
    """CREATE TRIGGER trail_no_change BEFORE UPDATE OR DELETE ON trail_trailrecord
    FOR EACH ROW EXECUTE FUNCTION trail_refuse()""",
    """CREATE TRIGGER trail_no_truncate BEFORE TRUNCATE ON trail_trailrecord
    FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()""",
]


def add_triggers(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)
    apps.get_model("trail", "ChainHead").objects.create(pk=1)


def remove_triggers(apps, schema_editor):  # noqa: ARG001 - the signature is Django's
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER trail_no_update")
        schema_editor.execute("DROP TRIGGER trail_no_delete")
    else:
        schema_editor.execute("DROP TRIGGER trail_no_truncate ON trail_trailrecord")
        schema_editor.execute("DROP TRIGGER trail_no_change ON trail_trailrecord")
        schema_editor.execute("DROP FUNCTION trail_refuse()")


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, remove_triggers)]
