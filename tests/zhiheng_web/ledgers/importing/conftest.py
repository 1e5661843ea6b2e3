"""A register of technology contracts, a reporting county, and sheets made cell by cell."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from zhiheng_web import uscc
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.ledgers.actions.import_entries import import_entries
from zhiheng_web.ledgers.columns import Kind, Visibility
from zhiheng_web.ledgers.definition import Check, Choice, Column, Move, RegisterDefinition, State, to_json
from zhiheng_web.ledgers.models import EntryImport, Register
from zhiheng_web.organisation.models import Account, ReportingUnit, RoleAssignment
from zhiheng_web.organisation.viewer import Viewer, viewer_of

HEADINGS = (
    "合同登记编号*",
    "合同名称",
    "合同类型",
    "卖方统一社会信用代码",
    "卖方全称",
    "县区",
    "登记日期",
    "合同成交额（万元）",
    "备注",
    "办理状态",
)
SELLER = uscc.made_up(1)


def row(number: int, **cells: Any) -> list[Any]:
    """One right row of the sheet; ``cells`` by heading replace its own."""
    given = {
        "合同登记编号*": f"{3713020000000000 + number}", "合同名称": f"合同{number}", "合同类型": "技术开发",
        "卖方统一社会信用代码": SELLER,
        "卖方全称": "临沂甲科技有限公司", "县区": "371302", "登记日期": "2020-01-06", "合同成交额（万元）": "12.5",
        "备注": "", "办理状态": "",
    }  # fmt: skip
    return list({**given, **cells}.values())


def sheet(rows: Sequence[Sequence[Any]], headings: Sequence[str] = HEADINGS, above: Sequence[str] = ()) -> bytes:
    """A workbook with lines above its heading."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("合同")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, text in enumerate(above):
            page.write_string(number, 0, text)
        for index, line in enumerate([list(headings), *rows], start=len(above)):
            for column, value in enumerate(line):
                if isinstance(value, date):
                    page.write_datetime(index, column, value, day)
                elif value != "":
                    page.write(index, column, value) if not isinstance(value, str) else page.write_string(index, column, value)
    return target.getvalue()


CONTRACTS = RegisterDefinition(
    "contracts",
    "技术合同",
    "Technology contracts",
    columns=(
        Column("number", "合同登记编号", "Registration number", Kind.WORD, required=True, pattern=r"\d{16}", visibility=Visibility.PUBLIC),
        Column("title", "合同名称", "Contract", Kind.WORD, required=True),
        Column(
            "category", "合同类型", "Type", Kind.CHOICE, required=True,
            choices=(Choice("development", "技术开发", "Development"), Choice("service", "技术服务", "Service")),
        ),
        Column("organisation", "卖方", "Seller", Kind.ORGANISATION, required=True),
        Column("county", "县区", "County", Kind.COUNTY),
        Column("decided_on", "登记日期", "Registered on", Kind.DATE),
        Column("amount", "合同成交额", "Total amount", Kind.MONEY),
        Column("remark", "备注", "Remark", Kind.TEXT),
    ),
    states=(State("registered", "已登记", "Registered"), State("checked", "已抽查", "Checked"),
        State("cancelled", "已注销", "Cancelled", final=True)),
    first_state="registered",
    moves=(Move("check", "抽查", "Check", ("registered",), "checked"), Move("cancel", "注销", "Cancel", ("checked",), "cancelled")),
    checks=(Check("amount_range", "range", "合同成交额过大。", "Too large.", columns=("amount",), most="10000000000"),),
    key=("number",),
    reporters=True,
)  # fmt: skip


@pytest.fixture
def register(organisation: Demonstrated) -> Register:
    department = organisation.units["331001"].department
    return Register.objects.create(
        department=department, code="contracts", name_zh="技术合同", name_en="Contracts", takes_reports=True, definition=to_json(CONTRACTS)
    )


@pytest.fixture
def county(organisation: Demonstrated) -> Viewer:
    """The viewer of the science bureau of 兰山区."""
    department = organisation.units["331001"].department
    unit, _ = ReportingUnit.objects.get_or_create(department=department, name="兰山区科学技术局", defaults={"division_code": "371302"})
    account = Account.objects.create_user("lanshan-daoru", "兰山填报", "zhiheng-demo-2020")
    RoleAssignment.objects.create(account=account, role="reporter", reporter=unit, since=date(2019, 1, 1))
    return viewer_of(account, date(2020, 1, 10), "127.0.0.1")


@pytest.fixture
def upload(register: Register, django_capture_on_commit_callbacks: Any, settings: Any, tmp_path: Any) -> Callable[..., EntryImport]:
    """``upload(viewer, content)``: a sheet uploaded, read and judged."""
    settings.MEDIA_ROOT = tmp_path

    def run(viewer: Viewer, content: bytes, name: str = "合同.xlsx", to: Register | None = None) -> EntryImport:
        with django_capture_on_commit_callbacks(execute=True):
            batch = import_entries(viewer, (to or register).pk, SimpleUploadedFile(name, content))
        batch.refresh_from_db()
        return batch

    return run
