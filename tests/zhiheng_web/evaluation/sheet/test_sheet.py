"""The yearly sheet: figures with source and history, what the service knows, ratios with their trace, the file out and in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.zhiheng_web.ledgers.evidence.files import pdf, upload

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.actions.keep_sheet import FigureValues, keep_figures, keep_sheet
from zhiheng_web.evaluation.models import SheetFigure
from zhiheng_web.evaluation.queries.sheet import ratios_of, sheet_page
from zhiheng_web.evaluation.sheet_known import known_figures
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import BudgetChange, BudgetLine, TreasuryPayment
from zhiheng_web.trail.action import Absent, Conflict, Forbidden, Invalid
from zhiheng_web.trail.models import TrailRecord

See = Callable[[str], Viewer]
D = Decimal
GIVEN = SheetFigure.State.GIVEN


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def given(code: str, value: str, base: Any = None, source: str = "决算报表") -> FigureValues:
    return FigureValues(code, GIVEN, D(value), source, base)


@pytest.fixture
def home(organisation: Demonstrated) -> Any:
    return organisation.departments["331"]


def test_a_figure_has_its_source_and_a_correction_its_reason(viewer: See, home: Any) -> None:
    officer = viewer("jixiao")
    (first,) = keep_sheet(officer, home.pk, 2020, [given("staff", "43")], upload=upload("编制.pdf", pdf()))
    assert first.file is not None
    with pytest.raises(Invalid, match="更正理由"):
        keep_sheet(officer, home.pk, 2020, [given("staff", "42", first.pk)])
    (second,) = keep_sheet(officer, home.pk, 2020, [given("staff", "42", first.pk)], reason="年末减员一人")
    first.refresh_from_db()
    assert (first.value, first.replaced_by_id, second.reason) == (D(43), second.pk, "年末减员一人")
    line = next(line for line in sheet_page(officer, home.pk, 2020).lines if line.asked.code == "staff")
    assert (line.now, [said for _, said in line.told]) == ("42", ["43"])
    records = TrailRecord.objects.count()
    assert keep_sheet(officer, home.pk, 2020, [given("staff", "42", second.pk)]) == []
    assert TrailRecord.objects.count() == records


def test_of_two_editors_the_second_is_told(viewer: See, home: Any) -> None:
    officer = viewer("jixiao")
    (first,) = keep_sheet(officer, home.pk, 2020, [given("staff", "43")])
    keep_sheet(officer, home.pk, 2020, [given("staff", "42", first.pk)], reason="更正")
    for base in (None, first.pk):
        with pytest.raises(Conflict, match="刚被别人改过"):
            keep_sheet(officer, home.pk, 2020, [given("staff", "41", base)], reason="也更正")
    assert SheetFigure.objects.filter(replaced_by__isnull=True).count() == 1


@pytest.mark.parametrize(
    "figure",
    [
        given("nonsense", "1"),
        given("staff", "-1"),
        given("staff", "1.5"),
        given("budget", "0.001"),
        given("budget", "1E+15"),
        given("staff", "NaN"),
        given("staff", "43", source=" "),
        given("staff", "43", source="长" * 201),
        given("staff", "43", source="机密★5年"),
        FigureValues("staff", GIVEN, None, "报表"),
        FigureValues("staff", SheetFigure.State.MISSING, D(1), "报表"),
        FigureValues("staff", "nonsense", None, "报表"),
    ],
)
def test_what_cannot_be_a_figure_is_refused(viewer: See, home: Any, figure: FigureValues) -> None:
    with pytest.raises(Invalid):
        keep_figures(viewer("jixiao"), home.pk, 2020, [figure], "", None)
    with pytest.raises(Invalid):
        keep_figures(viewer("jixiao"), home.pk, 1, [given("staff", "1")], "", None)
    with pytest.raises(Invalid):
        keep_figures(viewer("jixiao"), home.pk, 2020, [given("staff", "1"), given("staff", "2")], "", None)
    assert not SheetFigure.objects.exists()


def test_every_role(organisation: Demonstrated, viewer: See, home: Any) -> None:
    reads = {"jixiao", "juzhang", "fenguan", "dangzu", "jiwei", "shenji", "baomi", "czyewu", "czjixiao", "kezhang", "zhuren", "zhongxin"}
    for name in organisation.accounts:
        who = viewer(name)
        if name != "jixiao":
            with pytest.raises((Forbidden, Absent)):
                keep_sheet(who, home.pk, 2020, [given("staff", "43")])
        if name in reads or name.startswith("jingban"):
            assert sheet_page(who, home.pk, 2020).may_keep == (name == "jixiao")
        else:
            with pytest.raises((Forbidden, Absent)):
                sheet_page(who, home.pk, 2020)
    with pytest.raises((Forbidden, Absent)):
        keep_sheet(viewer("jixiao"), organisation.departments["101"].pk, 2020, [given("staff", "43")])
    assert not SheetFigure.objects.exists()


def test_what_the_service_knows_is_a_proposal_and_no_figure(organisation: Demonstrated, viewer: See, home: Any) -> None:
    unit, by = organisation.units["331001"], organisation.accounts["jixiao"]
    assert known_figures(home.pk, 2020) == {}
    line = BudgetLine.objects.create(unit=unit, year=2020, source="fiscal", initial=D(10_000_000))
    BudgetLine.objects.create(unit=unit, year=2020, source="carried", initial=D(500_000), carried_from=2019)
    for amount in (D(300_000), D(-100_000)):
        BudgetChange.objects.create(line=line, on=date(2020, 6, 1), amount=amount, reason="追加", document="文", made_by=by)
    assert "completed" not in known_figures(home.pk, 2020)
    for month, amount in ((3, D(4_000_000)), (12, D(5_630_000))):
        TreasuryPayment.objects.create(line=line, month=month, amount=amount, imported_by=by)
    found = {code: one.value for code, one in known_figures(home.pk, 2020).items()}
    assert found == {
        "budget": D(10_500_000), "spending_budget": D(10_700_000), "adjusted": D(400_000), "carryover_last": D(500_000),
        "completed": D(9_630_000), "payment_made": D("90"), "carryover": D(1_070_000),
    }  # fmt: skip
    assert not SheetFigure.objects.exists()
    assert ratios_of(home.pk, 2020)["budget_completion"].words() == "缺数据：预算完成数、预算数"
    page = sheet_page(viewer("jixiao"), home.pk, 2020)
    shown = {line.asked.code: line.known_shown for line in page.lines if line.known}
    assert (shown["budget"], shown["payment_made"]) == ("1,050", "90")


def test_ratios_stand_beside_those_of_last_year_with_their_points(viewer: See, home: Any) -> None:
    officer = viewer("jixiao")
    keep_sheet(officer, home.pk, 2019, [given("staff", "42"), given("staff_quota", "42"), given("public_three", "1000000")])
    keep_sheet(officer, home.pk, 2020, [given("staff", "43"), given("staff_quota", "42"), given("public_three", "1030000")])
    known = known_figures(home.pk, 2020)["public_three_last"]
    keep_sheet(officer, home.pk, 2020, [given("public_three_last", str(known.value), source=known.source.zh)])
    missing = [FigureValues("procurement_budget", SheetFigure.State.NOT_APPLICABLE, None, "无政府采购")]
    keep_sheet(officer, home.pk, 2020, [*missing, given("procurement_actual", "0")])
    page = sheet_page(officer, home.pk, 2020, "five_eight")
    lines = {one.found.ratio.code: one for one in page.ratios}
    assert (lines["staff_control"].words.zh, lines["staff_control"].last_words.zh) == ("102.38%", "100%")
    assert (lines["staff_control"].points, lines["staff_control"].weight) == ("4", "5")
    assert (lines["public_three_change"].words.zh, lines["public_three_change"].points) == ("3%", "5.6")
    assert lines["procurement"].words.zh == "不适用：政府采购预算数"
    assert lines["procurement"].scored is None
    assert lines["staff_control"].trace[0].zh == "取数：在职人员数 43 人、编制数 42 人"


def test_the_page_saves_and_refuses_at_the_field(signed_in: Callable[[str], Client], home: Any) -> None:
    client, path = signed_in("jixiao"), f"/department-sheet/{home.pk}/2020/"
    assert client.get("/department-sheet/").status_code == 302
    assert client.get(path).status_code == 200
    wrong = client.post(path, {"value-staff": "四十三", "source-staff": "编办文件", "value-budget": "5364", "source-budget": "批复"})
    assert wrong.status_code == 400
    html = wrong.content.decode()
    assert "“四十三”不是数" in html
    assert 'value="四十三"' in html
    assert not SheetFigure.objects.exists()
    fields = {
        "value-staff": "43",
        "source-staff": "编办文件",
        "value-budget": "5,364",
        "source-budget": "批复",
        "state-assets_used": "missing",
    }
    assert client.post(path, {**fields, "source-assets_used": "资产系统停用"}).status_code == 302
    kept = {row.code: (row.state, row.value) for row in SheetFigure.objects.all()}
    assert kept == {"staff": ("given", D(43)), "budget": ("given", D(53_640_000)), "assets_used": ("missing", None)}
    assert "缺数据" in client.get(path).content.decode()
    assert signed_in("juzhang").post(path, {"value-staff": "1", "source-staff": "x"}).status_code == 403
    assert signed_in("sysadmin").get(path).status_code in (302, 403, 404)
    assert client.get(f"/department-sheet/{home.pk}/1066/").status_code == 400


def test_the_file_goes_out_filled_in_and_read_back(signed_in: Callable[[str], Client], home: Any) -> None:
    client, path = signed_in("jixiao"), f"/department-sheet/{home.pk}/2020/"
    book = openpyxl.load_workbook(BytesIO(client.get(f"{path}?export=xlsx").content))
    sheet = book.active
    for row in sheet.iter_rows(min_row=2):
        if row[0].value == "staff":
            row[3].value, row[5].value = 43, "编办文件"
        if row[0].value == "budget":
            row[3].value, row[5].value = 5364.5, "批复"
        if row[0].value == "procurement_budget":
            row[4].value, row[5].value = "不适用", "无"
    filled = BytesIO()
    book.save(filled)
    read = client.post(f"{path}read/", {"sheet": SimpleUploadedFile("表.xlsx", filled.getvalue())})
    html = read.content.decode()
    assert "已读出 3 项，尚未保存" in html
    assert 'value="5364.5"' in html
    assert 'value="编办文件"' in html
    assert not SheetFigure.objects.exists()
    for content, name in ((b"", "空.xlsx"), (b"a,b\n1,2\n", "别的.csv"), (b"PK\x03\x04broken", "坏.xlsx")):
        assert client.post(f"{path}read/", {"sheet": SimpleUploadedFile(name, content)}).status_code == 400
    assert client.post(f"{path}read/").status_code == 400
    assert signed_in("juzhang").post(f"{path}read/", {"sheet": SimpleUploadedFile("表.xlsx", filled.getvalue())}).status_code == 403


def test_queries_do_not_grow_with_figures(viewer: See, home: Any, django_assert_max_num_queries: Any) -> None:
    officer = viewer("jixiao")
    for year in (2019, 2020):
        keep_sheet(officer, home.pk, year, [given(code, "5") for code in ("staff", "staff_quota", "budget", "completed", "tasks_done")])
    with django_assert_max_num_queries(6):
        page = sheet_page(officer, home.pk, 2020)
        _ = [one.trace for one in page.ratios], [line.told for line in page.lines]


def test_who_reads_the_sheet_opens_what_proves_it(viewer: See, signed_in: Callable[[str], Client], home: Any) -> None:
    """The department and finance; a replaced figure's file too; nobody of another department, and not by another year's address."""
    (first,) = keep_sheet(viewer("jixiao"), home.pk, 2020, [given("staff", "43")], upload=upload("编制.pdf", pdf()))
    keep_sheet(viewer("jixiao"), home.pk, 2020, [given("staff", "42", first.pk)], reason="年末减员一人")
    page, file = f"/department-sheet/{home.pk}/2020/", f"/department-sheet/{home.pk}/2020/files/{first.pk}/"
    for name in ("jixiao", "czjixiao", "czyewu", "juzhang", "shenji"):
        assert file in signed_in(name).get(page).content.decode(), name
        opened = signed_in(name).get(file)
        assert b"".join(opened.streaming_content).startswith(b"%PDF"), name
        assert opened.headers["Content-Disposition"].startswith("attachment")
    for name in ("jigou", "lanshan", "sysadmin"):
        assert signed_in(name).get(file).status_code in (403, 404), name
    assert signed_in("jixiao").get(file.replace("2020", "2021")).status_code == 404
