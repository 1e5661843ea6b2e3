"""What was frozen is not changed: triggers refuse it on both databases."""

from django.db import migrations

TABLES = ("ledgers_snapshot", "ledgers_snapshotentry")
REFUSE = """CREATE FUNCTION snapshot_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'a frozen value is not changed'; END $$"""


def add_triggers(apps, schema_editor):  # noqa: ARG001 - the signature is Django's
    sqlite = schema_editor.connection.vendor == "sqlite"
    if not sqlite:
        schema_editor.execute(REFUSE)
    for table in TABLES:
        does = (
            "BEGIN SELECT RAISE(ABORT, 'a frozen value is not changed'); END"
            if sqlite
            else "FOR EACH ROW EXECUTE FUNCTION snapshot_refuse()"
        )
        schema_editor.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {does}")


def remove_triggers(apps, schema_editor):  # noqa: ARG001 - the signature is Django's
    sqlite = schema_editor.connection.vendor == "sqlite"
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_no_update{'' if sqlite else f' ON {table}'}")
    if not sqlite:
        schema_editor.execute("DROP FUNCTION snapshot_refuse()")


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, remove_triggers)]
