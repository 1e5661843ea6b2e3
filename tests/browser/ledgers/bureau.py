"""What stands before the journeys begin, made by the ordinary actions: the pack adopted and the table of this year approved."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils import timezone
from tests.plans import plan_of
from tests.zhiheng_web.planning.travelling import mended, walk

from zhiheng.plan.plan import Table
from zhiheng.tables.reading import read
from zhiheng_cli.preparing import prepare
from zhiheng_web.demonstration.load import TABLE
from zhiheng_web.demonstration.organisation import PASSWORD, SINCE, Demonstrated, write_organisation
from zhiheng_web.ledgers.actions.adopt_pack import adopt_pack
from zhiheng_web.ledgers.packs.offered import OFFERED
from zhiheng_web.organisation.models import Account, Department, RoleAssignment, Unit
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.planning.actions.import_table import import_table
from zhiheng_web.planning.common_library import load_common_library


def table_of(year: int) -> Table:
    """The real table of 2020 with the years of its heading moved on."""
    plan = "一二三四五六七八九"[(year - 2016) // 5 + 2]
    text = TABLE.read_text("utf-8")
    for old, new in (
        ("2020年部门预算整体", f"{year}年部门预算整体"),
        ("2020年标准值", f"{year}年标准值"),
        ("2017-2019年", f"{year - 3}-{year - 1}年"),
        ("2019年值", f"{year - 1}年值"),
        ("“十三五”规划值", f"“十{plan}五”规划值"),
        ("“十三五” 规划值", f"“十{plan}五” 规划值"),
    ):
        text = text.replace(old, new)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.txt"
        path.write_text(text, "utf-8")
        return read(path).tables[0]


def education(written: Demonstrated, year: int) -> None:
    """A second department that has no pack: one officer, one duty, one indicator."""
    department = Department.objects.create(code="332", name="临沂市教育局（演示）", kind="department", division_code="371300000")
    unit = Unit.objects.create(department=department, code="332001", name="临沂市教育局（本级）", kind="headquarters")
    account = Account.objects.create_user("jiaoyu", "教育局绩效管理员", PASSWORD)
    RoleAssignment.objects.create(account=account, role="performance_officer", department=department, since=SINCE)
    indicator = {"name": "实验室安全检查", "duty": "1", "target": "3次", "definition": "完成实验室安全检查3次"}
    plan = {
        "year": str(year),
        "department": department.name,
        "duties": [{"number": "1", "name": "教学设施管理"}],
        "indicators": [indicator],
    }
    import_table(viewer_of(account, timezone.localdate(), "127.0.0.1"), unit, plan_of(plan))
    written.accounts["jiaoyu"] = account


def found() -> None:
    """The bureau of the demonstration in the year of today, with the real table's indicators and targets."""
    prepare()
    with transaction.atomic():
        written = write_organisation()
        load_common_library()
        today = timezone.localdate()

        def viewer(username: str) -> Viewer:
            return viewer_of(written.accounts[username], today, "127.0.0.1")

        version = import_table(viewer("jixiao"), written.units["331001"], table_of(today.year))
        adopt_pack(viewer("jixiao"), written.departments["331"].pk, OFFERED[0])
        education(written, today.year)
        walk(viewer, mended(version, written.accounts["jixiao"]))
