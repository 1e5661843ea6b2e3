"""Sheets of payments: what is read, what is a fault and at which cell, and that importing again never counts twice."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.reports.listing import workbook
from zhiheng.tables import formats
from zhiheng.tables.grid import Grid, Source, Span
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.import_payments import import_payments
from zhiheng_web.planning.actions.keep_budget_line import keep_budget_line
from zhiheng_web.planning.actions.keep_project import ProjectValues, keep_project
from zhiheng_web.planning.actions.receive_payments import receive_payments
from zhiheng_web.planning.models import BudgetLine, SourceFile, TreasuryPayment
from zhiheng_web.planning.money.payments_sheet import Fault, Known, Payments, read_payments
from zhiheng_web.planning.queries.payments import months_of, previewed
from zhiheng_web.trail.action import Forbidden, Refusal
from zhiheng_web.trail.models import TrailRecord

A, B, B2, BASIC = uuid4(), uuid4(), uuid4(), uuid4()
LINES = [Known(A, "fiscal", "P1", "甲项目"), Known(B, "fiscal", "P2", "乙项目"), Known(B2, "other", "P2", "乙项目"), Known(BASIC, "fiscal")]


def sheet(*rows: str, spans: tuple[Span, ...] = (), year: int = 2020, unit: str = "", before: tuple[str, ...] = ()) -> Payments:
    cells = tuple(tuple(cell.strip() for cell in row.split("|")) for row in rows)
    grid = Grid(cells, tuple(range(1, len(cells) + 1)), spans, sheet="支付", before=before)
    return read_payments(Source("支付.xlsx", "xlsx", (grid,)), LINES, year, unit)


def amounts(read: Payments) -> dict[tuple[UUID, int], Decimal]:
    return {(row.line, row.month): row.amount for row in read.paid}


def only(read: Payments) -> Fault:
    assert len(read.faults) == 1, [fault.text.zh for fault in read.faults]
    return read.faults[0]


# --- the two shapes -----------------------------------------------------------------------------------------------------------


def test_a_row_a_project_with_the_months_across() -> None:
    read = sheet(
        "国库支付表|||", "单位：万元|||", "项目编码|项目名称|1月|2月|3月|合计", "P1|甲项目|1,200.5||0|1200.5", "|基本支出|３|3|3|9"
    )
    assert amounts(read) == {(A, 1): 12_005_000, (A, 3): 0, (BASIC, 1): 30_000, (BASIC, 2): 30_000, (BASIC, 3): 30_000}
    assert (read.faults, read.unit, read.blocked) == ((), "万元", False)  # February of 甲 is no data, not 0


def test_a_row_a_payment_with_month_and_amount() -> None:
    read = sheet("项目名称|月份|金额（元）", "甲项目|1月|100.01", "甲项目|2020-02|-20", "甲项目|202003|(5.5)", "甲项目|12|3万元")
    assert amounts(read) == {(A, 1): Decimal("100.01"), (A, 2): -20, (A, 3): Decimal("-5.5"), (A, 12): 30_000}


def test_vouchers_add_up_and_none_counts_twice() -> None:
    read = sheet("项目编码|支付日期|支付金额(元)|凭证号", "P1|2020-03-02|10|001", "P1|2020年3月9日|5|002", "P1|2020/4/1|7|003")
    assert amounts(read) == {(A, 3): 15, (A, 4): 7}
    twice = sheet("项目编码|支付日期|支付金额(元)|凭证号", "P1|2020-03-02|10|001", "P1|2020-03-02|10|001")
    assert twice.blocked and (only(twice).row, only(twice).column) == (3, 4)


def test_headings_over_two_rows_and_a_merged_project() -> None:
    read = sheet("项目名称|资金来源|支付金额（万元）|", "||1月|2月", "乙项目|财政拨款|1|2", "|其他资金|3|4", spans=(Span(2, 0, 3, 0),))
    assert amounts(read) == {(B, 1): 10_000, (B, 2): 20_000, (B2, 1): 30_000, (B2, 2): 40_000}
    assert not read.faults


@given(st.lists(st.none() | st.integers(-(10**12), 10**12), min_size=12, max_size=12))
def test_what_is_written_is_what_is_read(cents: list[int | None]) -> None:
    cells = ["" if cent is None else f"{Decimal(cent).scaleb(-2)}" for cent in cents]
    read = sheet("项目编码|" + "|".join(f"{month}月（元）" for month in range(1, 13)), "P1|" + "|".join(cells))
    assert amounts(read) == {(A, month): Decimal(cent).scaleb(-2) for month, cent in enumerate(cents, 1) if cent is not None}


# --- each fault at its cell ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("约100", "确定的金额"),
        ("100余", "确定的金额"),
        ("100以上", "确定的金额"),
        ("5%", "确定的金额"),
        ("12,34", "确定的金额"),
        ("abc", "确定的金额"),
        ("0.005", "不足一分"),
    ],
)
def test_what_is_no_exact_amount_is_refused_where_it_stands(cell: str, says: str) -> None:
    fault = only(sheet("项目编码|1月（元）|2月（元）", f"P1|1|{cell}"))
    assert (fault.sheet, fault.row, fault.column, fault.heading, fault.value, fault.blocking) == ("支付", 2, 3, "2月（元）", cell, True)
    assert says in fault.text.zh


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("P9||1", 1, "没有这个项目"),
        ("|丙项目|1", 2, "没有这个项目"),
        ("P1|乙项目|1", 2, "“甲项目”"),
        ("||1", 1, "缺少项目编码"),
        ("P2||1", 2, "多个资金来源"),
    ],
)
def test_a_row_of_no_known_project_is_a_fault(row: str, column: int, says: str) -> None:
    read = sheet("项目编码|项目名称|1月（元）", row)
    fault = only(read)
    assert read.blocked and (fault.row, says in fault.text.zh) == (2, True)
    assert not read.paid


def test_a_month_that_stands_twice_or_in_another_year_is_a_fault() -> None:
    assert only(sheet("项目编码|月份|金额（元）", "P1|3|1", "P1|3月|1")).row == 3
    assert "2020 年" in only(sheet("项目编码|月份|金额（元）", "P1|2019年3月|1")).text.zh
    assert "2020 年" in sheet("项目编码|2019年1月（元）", "P1|1").faults[0].text.zh
    assert only(sheet("项目编码|月份|金额（元）", "P1|13|1")).column == 2


def test_a_sheet_without_unit_or_headings_says_so() -> None:
    unknown = sheet("项目编码|1月", "P1|1")
    assert unknown.blocked and "单位" in only(unknown).text.zh
    assert amounts(sheet("项目编码|1月", "P1|1", unit="万元")) == {(A, 1): 10_000}
    assert "表头" in only(sheet("甲|乙", "1|2")).text.zh
    assert amounts(sheet("项目编码|1月", "P1|1", before=("金额单位：元",))) == {(A, 1): 1}


def test_wrong_totals_are_named_and_the_rows_stay_what_they_are() -> None:
    read = sheet("项目编码|项目名称|1月（万元）|2月（万元）|合计（万元）", "P1|甲项目|1|2|4", "|基本支出|5|5|10", "合计||6|8|13")
    assert [(fault.row, fault.column, fault.blocking) for fault in read.faults] == [(2, 5, False), (4, 4, False), (4, 5, False)]
    assert "4万元" in read.faults[0].text.zh and "3万元" in read.faults[0].text.zh
    assert read.doubtful and not read.blocked
    assert sum(amounts(read).values()) == 130_000
    assert not sheet("项目编码|1月（元）", "P1|1", "合计|1").faults
    assert sheet("项目编码|1月（元）", "P1|1", "小计|1", "|", "合计|2").faults[0].row == 5


# --- into the database --------------------------------------------------------------------------------------------------------


@pytest.fixture
def officer(viewer: Callable[[str], Viewer]) -> Viewer:
    return viewer("jixiao")


@pytest.fixture
def line(organisation: Demonstrated, officer: Viewer) -> BudgetLine:
    project = keep_project(officer, organisation.units["331001"].pk, ProjectValues("P1", "甲项目", "continuing", 2019))
    return keep_budget_line(officer, project.unit_id, 2020, "fiscal", Decimal("1000000"), project=project.pk)


def upload(officer: Viewer, line: BudgetLine, text: str, name: str = "支付.csv") -> SourceFile:
    return receive_payments(officer, line.unit_id, SimpleUploadedFile(name, text.encode()))


def known(line: BudgetLine) -> dict[int, Decimal]:
    return dict(TreasuryPayment.objects.filter(line=line, replaced_by__isnull=True).values_list("month", "amount"))


def test_the_import_does_what_the_preview_showed_and_again_nothing(officer: Viewer, line: BudgetLine) -> None:
    source = upload(officer, line, "项目编码,1月（元）,2月（元）\nP1,10,20\n")
    shown = previewed(source, line.unit, 2020).planned
    assert import_payments(officer, source.pk, line.unit_id, 2020) == shown
    assert known(line) == {1: 10, 2: 20}
    count, records = TreasuryPayment.objects.count(), TrailRecord.objects.count()
    again = import_payments(officer, source.pk, line.unit_id, 2020)
    assert all(row.same for row in again)
    other_name = upload(officer, line, "项目编码,1月（元）,2月（元）\nP1,10.00,20\n", "另一份.csv")
    import_payments(officer, other_name.pk, line.unit_id, 2020)
    assert TreasuryPayment.objects.count() == count
    assert TrailRecord.objects.filter(action="planning.import_payments").count() == 1
    assert TrailRecord.objects.count() == records + 1  # the second file was received


def test_a_later_sheet_replaces_a_month_and_the_earlier_figure_stays_readable(officer: Viewer, line: BudgetLine) -> None:
    first = upload(officer, line, "项目编码,1月（元）,2月（元）\nP1,10,20\n")
    import_payments(officer, first.pk, line.unit_id, 2020)
    second = upload(officer, line, "项目编码,1月（元）,2月（元）,3月（元）\nP1,,25,5\n", "更正.csv")
    import_payments(officer, second.pk, line.unit_id, 2020)
    assert known(line) == {1: 10, 2: 25, 3: 5}  # January is not told of: it stays
    old = TreasuryPayment.objects.get(line=line, month=2, amount=20)
    assert (old.replaced_by.amount, old.replaced_by.source_file, old.source_file) == (25, second, first)
    import_payments(officer, first.pk, line.unit_id, 2020)  # and back again: three rows, one in force
    assert known(line)[2] == 20
    assert TreasuryPayment.objects.filter(line=line, month=2).count() == 3
    page = months_of(officer, line.unit, 2020)
    assert page.whole.paid == sum(known(line).values()) == 35
    assert page.totals[:4] == (10, 20, 5, None)


def test_a_sheet_with_a_fault_writes_nothing(officer: Viewer, line: BudgetLine) -> None:
    source = upload(officer, line, "项目编码,1月（元）\nP1,10\nP7,3\n")
    with pytest.raises(Refusal) as refused:
        import_payments(officer, source.pk, line.unit_id, 2020)
    assert refused.value.code == "faults"
    assert known(line) == {}


def test_wrong_totals_must_be_looked_at(officer: Viewer, line: BudgetLine) -> None:
    source = upload(officer, line, "项目编码,1月（元）,合计（元）\nP1,10,11\n")
    with pytest.raises(Refusal) as refused:
        import_payments(officer, source.pk, line.unit_id, 2020)
    assert refused.value.code == "wrong_totals"
    import_payments(officer, source.pk, line.unit_id, 2020, totals_checked=True)
    assert known(line) == {1: 10}
    assert TrailRecord.objects.get(action="planning.import_payments").details["wrong_totals"] == 1


def test_a_workbook_is_read_like_a_text(officer: Viewer, line: BudgetLine, tmp_path: Path) -> None:
    content = workbook("支付", [["项目编码", "项目名称", "1月（元）"], ["P1", "甲项目", "25.81万元"]])
    assert formats.read(_kept(tmp_path, content)).format == "xlsx"
    source = receive_payments(officer, line.unit_id, SimpleUploadedFile("支付.xlsx", content))
    import_payments(officer, source.pk, line.unit_id, 2020)
    assert known(line) == {1: Decimal("258100")}  # 25.81 is not cut


def _kept(folder: Path, content: bytes) -> Path:
    path = folder / "支付.xlsx"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("username", ["jingban", "kezhang", "juzhang", "czyewu", "shenji"])
def test_only_the_officer_imports(officer: Viewer, viewer: Callable[[str], Viewer], line: BudgetLine, username: str) -> None:
    source = upload(officer, line, "项目编码,1月（元）\nP1,10\n")
    with pytest.raises(Forbidden):
        import_payments(viewer(username), source.pk, line.unit_id, 2020)
    with pytest.raises(Forbidden):
        upload(viewer(username), line, "x")
    assert known(line) == {}
