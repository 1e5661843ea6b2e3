"""What was published is not changed: triggers refuse it on both databases. The letter to the people's congress may come later."""

from django.db import migrations

KEPT = (
    "id", "department_id", "year", "kind", "edition", "corrects_id", "correction_reason", "state", "approved_on", "approval_number",
    "due_on", "content", "digest", "prepared_by_id", "prepared_at", "reviewed_by_id", "reviewed_at", "review_opinion", "signed_by_id",
    "signed_at", "published_by_id", "published_at",
)  # fmt: skip
PARTS = ("packagetable", "packagedecision", "redaction", "paragraph", "proposalanswer")
SAID = "what was published is not changed"
PACKAGE = "publication_package"


def names(prefix, columns):
    return ", ".join(f"{prefix}.{name}" for name in columns)


def sqlite(editor):
    refuse = f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in KEPT)
    editor.execute(f"CREATE TRIGGER {PACKAGE}_kept BEFORE UPDATE ON {PACKAGE} WHEN OLD.state = 'published' AND ({changed}) {refuse}")
    editor.execute(f"CREATE TRIGGER {PACKAGE}_stays BEFORE DELETE ON {PACKAGE} WHEN OLD.state = 'published' {refuse}")
    for part in PARTS:
        table = f"publication_{part}"
        for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
            published = f"EXISTS (SELECT 1 FROM {PACKAGE} p WHERE p.id = {row}.package_id AND p.state = 'published')"  # noqa: S608 - names of ours
            editor.execute(f"CREATE TRIGGER {table}_kept_{event.lower()} BEFORE {event} ON {table} WHEN {published} {refuse}")


def postgresql(editor):
    editor.execute(f"CREATE FUNCTION publication_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{SAID}'; END $$")
    editor.execute(
        f"""CREATE FUNCTION publication_part_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE of uuid := CASE WHEN TG_OP = 'INSERT' THEN NEW.package_id ELSE OLD.package_id END;
        BEGIN
          IF EXISTS (SELECT 1 FROM {PACKAGE} p WHERE p.id = of AND p.state = 'published') THEN RAISE EXCEPTION '{SAID}'; END IF;
          IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
          RETURN NEW;
        END $$"""  # noqa: S608 - names of ours
    )
    old, new = names("OLD", KEPT), names("NEW", KEPT)
    editor.execute(
        f"CREATE TRIGGER {PACKAGE}_kept BEFORE UPDATE ON {PACKAGE} FOR EACH ROW "
        f"WHEN (OLD.state = 'published' AND ROW({new}) IS DISTINCT FROM ROW({old})) EXECUTE FUNCTION publication_refuse()"
    )
    editor.execute(
        f"CREATE TRIGGER {PACKAGE}_stays BEFORE DELETE ON {PACKAGE} FOR EACH ROW WHEN (OLD.state = 'published') "
        "EXECUTE FUNCTION publication_refuse()"
    )
    for part in PARTS:
        table = f"publication_{part}"
        editor.execute(
            f"CREATE TRIGGER {table}_kept BEFORE INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION publication_part_kept()"
        )


def add_triggers(apps, schema_editor):  # noqa: ARG001 - the signature is Django's
    (sqlite if schema_editor.connection.vendor == "sqlite" else postgresql)(schema_editor)


def remove_triggers(apps, schema_editor):  # noqa: ARG001 - the signature is Django's
    execute = schema_editor.execute
    if schema_editor.connection.vendor == "sqlite":
        for name in (f"{PACKAGE}_kept", f"{PACKAGE}_stays"):
            execute(f"DROP TRIGGER {name}")
        for part in PARTS:
            for event in ("insert", "update", "delete"):
                execute(f"DROP TRIGGER publication_{part}_kept_{event}")
        return
    execute(f"DROP TRIGGER {PACKAGE}_kept ON {PACKAGE}")
    execute(f"DROP TRIGGER {PACKAGE}_stays ON {PACKAGE}")
    for part in PARTS:
        execute(f"DROP TRIGGER publication_{part}_kept ON publication_{part}")
    execute("DROP FUNCTION publication_refuse()")
    execute("DROP FUNCTION publication_part_kept()")


class Migration(migrations.Migration):
    dependencies = [("publication", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, remove_triggers)]
