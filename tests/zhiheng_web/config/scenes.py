"""What the tests of backup run in processes of their own, each with its own database: python scenes.py SCENE ARCHIVE."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiheng_web.config.settings")


def fill() -> None:
    """The demonstration's organisation, the real table, a file, an exact amount, a text in every script."""
    from decimal import Decimal

    from django.core.files.base import ContentFile
    from django.db import transaction

    from zhiheng.tables.reading import read
    from zhiheng_web.demonstration.organisation import write_organisation
    from zhiheng_web.organisation.models import Account
    from zhiheng_web.organisation.viewer import viewer_of
    from zhiheng_web.planning.actions.import_table import import_table
    from zhiheng_web.planning.models import IndicatorRow, SourceFile

    with transaction.atomic():
        made = write_organisation()
    from datetime import date

    viewer = viewer_of(made.accounts["jixiao"], date(2020, 1, 10), "127.0.0.1")
    import_table(viewer, made.units["331001"], read(Path(__file__).parents[3] / "examples" / "linyi-2020" / "table.txt").tables[0])
    SourceFile.objects.create(
        department=made.departments["331"],
        kind="document",
        name="通知.pdf",
        sha256="0" * 64,
        size=5,
        stored=ContentFile(b"\x00\xff\r\n\x1a", "通知.pdf"),
        uploaded_by=made.accounts["jixiao"],
    )
    row = IndicatorRow.objects.first()
    IndicatorRow.objects.filter(pk=row.pk).update(points=Decimal("12.3456"))
    Account.objects.filter(username="jingban").update(name="𠮷野\u3000“家”\\n", created_at="2020-02-29T23:59:59.999999+08:00")
    fill_ledger(made)


def fill_ledger(made: Any) -> None:
    """An entry with sealed columns, a person, a file of evidence where files lie, one half uploaded."""
    import hashlib
    import io

    from django.conf import settings
    from tests.zhiheng_web.ledgers.evidence.scene import entry_of, register_of

    from zhiheng_web.ledgers.evidence_store.storing import PARTIAL, key_of, store
    from zhiheng_web.ledgers.models import Evidence, EvidenceFile

    register = register_of(made)
    version = entry_of(register, "0001")
    content = b"%PDF-1.4 letter"
    sha256 = hashlib.sha256(content).hexdigest()
    store().put(key_of(sha256), io.BytesIO(content), sha256)
    file = EvidenceFile.objects.create(
        department=register.department, sha256=sha256, size=len(content), media_type="application/pdf", name="推荐函.pdf",
        key=key_of(sha256), uploaded_at=version.known_from,
    )  # fmt: skip
    Evidence.objects.create(entry=version.entry, file=file, kind="letter", known_from=version.known_from)
    (Path(settings.MEDIA_ROOT) / "evidence" / PARTIAL / "half").write_bytes(b"half")


def remove_evidence() -> None:
    """As if a disk had lost it."""
    from zhiheng_web.ledgers.evidence_store.storing import store
    from zhiheng_web.ledgers.models import EvidenceFile

    for file in EvidenceFile.objects.all():
        store().remove(file.key)


def opened() -> list[object]:
    """What the sealed columns say, read through the program."""
    from zhiheng_web.ledgers.models import EntryVersion, Person

    people = [[person.name, person.identity, person.mobile] for person in Person.objects.order_by("pk")]
    return [people, [version.sealed for version in EntryVersion.objects.order_by("pk")]]


def state() -> dict[str, object]:
    """Every table of the database as it stands, read by SQL and not by what made the backup; files with their bytes; the chain."""
    from django.conf import settings
    from django.db import connection

    from zhiheng_web.trail.chain import verify

    tables = {}
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor)):
            if name in {"django_migrations", "django_session", "organisation_opensession"}:
                continue
            columns = sorted(column.name for column in connection.introspection.get_table_description(cursor, name))
            cursor.execute(f"SELECT {', '.join(map(connection.ops.quote_name, columns))} FROM {connection.ops.quote_name(name)}")
            tables[name] = sorted(repr(row) for row in cursor.fetchall())
    root = Path(settings.MEDIA_ROOT)
    files = {str(path.relative_to(root)): path.read_bytes().hex() for path in root.rglob("*") if path.is_file()} if root.exists() else {}
    return {"tables": tables, "files": files, "breaks": [(entry.number, entry.kind) for entry in verify()]}


def main() -> None:
    """Run one scene; print its result as JSON."""
    django.setup()
    from tests.migrated import migrate

    from zhiheng_web.backup import backup, restore
    from zhiheng_web.trail.action import Refusal

    scene, archive = sys.argv[1], Path(sys.argv[2])
    migrate()
    result: dict[str, object] = {}
    try:
        if scene == "backup":
            fill()
            backup(archive)
        if scene == "backup_without_evidence":
            fill()
            remove_evidence()
            backup(archive)
        if scene == "restore":
            restore(archive)
        if scene == "write":
            from zhiheng_web.organisation.models import Account, UsedPassword

            UsedPassword.objects.create(account=Account.objects.first(), password="x")  # takes the next number of a sequence
    except Refusal as refusal:
        result["refused"] = refusal.code
    result["opened"] = opened()
    sys.stdout.write(json.dumps({**result, **state()}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
