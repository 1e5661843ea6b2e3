"""Loads the demonstration into an empty database, once: organisation, the library of indicators, the real table, projects."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from zhiheng.plan.procedure import State
from zhiheng.tables.reading import read
from zhiheng_web.demonstration.approval import DAY, approve
from zhiheng_web.demonstration.organisation import Demonstrated, write_organisation
from zhiheng_web.demonstration.projects import write_projects
from zhiheng_web.organisation.models import Account, Department
from zhiheng_web.organisation.viewer import viewer_of
from zhiheng_web.planning.actions.import_table import import_table
from zhiheng_web.planning.common_library import load_common_library
from zhiheng_web.planning.models import SourceFile, TableVersion

TABLE = Path(__file__).parents[3] / "examples" / "linyi-2020" / "table.txt"
"""The real table of the first user."""
BUREAU, HEADQUARTERS = "331", "331001"
OFFICER = "jixiao"


def load() -> bool:
    """Write the demonstration if the database holds no department yet. Tells whether it did."""
    with transaction.atomic():
        if Department.objects.exists():
            return False
        written = write_organisation()
        load_common_library()
        write_projects(written, import_real_table(written))
    return True


def load_approvals() -> bool:
    """Record the approvals of January 2020 unless a table of that year is approved already. Tells whether it did."""
    with transaction.atomic():
        if TableVersion.objects.filter(table__year=DAY.year, state=State.APPROVED.value).exists():
            return False
        return approve(Account.objects.get(username=OFFICER)) > 0


def import_real_table(written: Demonstrated) -> TableVersion:
    """The Linyi table, imported by the performance officer: an open draft with its source file."""
    officer = written.accounts[OFFICER]
    unit = written.units[HEADQUARTERS]
    content = TABLE.read_bytes()
    source = SourceFile.objects.create(
        department=unit.department,
        kind=SourceFile.Kind.TABLE,
        name="临沂市科学技术局2020年部门整体绩效目标表.txt",
        media_type="text/plain",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        stored=ContentFile(content, name="table.txt"),
        uploaded_by=officer,
    )
    return import_table(viewer_of(officer, timezone.localdate()), unit, read(TABLE).tables[0], source=source)


def accounts() -> list[Account]:
    """The accounts to sign in with, in the order of the procedure; their roles are loaded."""
    return list(Account.objects.filter(is_active=True).prefetch_related("assignments").order_by("created_at", "username"))
