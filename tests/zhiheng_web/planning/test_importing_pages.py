"""The pages of importing, generating and exchange: what they show, to whom, in both languages, with how many queries."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from zhiheng.plan.procedure import State
from zhiheng_web.planning.actions.generate_table import generate_table
from zhiheng_web.planning.models import ImportPreview, IndicatorRow, TableVersion
from zhiheng_web.planning.versions import freeze, load

LINYI = Path(__file__).parents[3] / "examples" / "linyi-2020" / "table.txt"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def approved(linyi) -> TableVersion:
    freeze(load(linyi), State.APPROVED, timezone.now())
    return linyi


def upload(client, organisation, callbacks, data: bytes = b"", name: str = "表.txt") -> ImportPreview:
    with callbacks(execute=True):
        answer = client.post(
            reverse("planning:import"),
            {"unit": str(organisation.units["331001"].pk), "file": SimpleUploadedFile(name, data or LINYI.read_bytes())},
        )
    assert answer.status_code == 302, answer.context
    return ImportPreview.objects.order_by("-created_at").first()


class TestTheWayThrough:
    def test_upload_answer_and_import_in_four_requests(self, organisation, signed_in, django_capture_on_commit_callbacks) -> None:
        client = signed_in("jixiao")
        preview = upload(client, organisation, django_capture_on_commit_callbacks)
        page = client.get(reverse("planning:preview", args=[preview.pk]), follow=True)
        text = page.content.decode()
        assert "健全项目管理制度" in text
        assert text.count('name="choice" value="order:') == 4
        address = reverse("planning:preview_answer", args=[preview.pk, 0])
        for key in ("15/references.mean", "16/references.mean"):
            answer = client.post(address, {"key": key, "choice": "order:0"}, headers={"HX-Request": "true"})
            assert 'id="preview"' in answer.content.decode()
            assert "<html" not in answer.content.decode()
        done = client.post(reverse("planning:preview_confirm", args=[preview.pk, 0]), {"edits": "2"})
        version = TableVersion.objects.get()
        assert done.url == reverse("planning:version", args=[version.pk])
        assert IndicatorRow.objects.get(version=version, position=15).mean_text == "1项管理办法"

    def test_the_answers_survive_a_reload(self, organisation, signed_in, django_capture_on_commit_callbacks) -> None:
        client = signed_in("jixiao")
        preview = upload(client, organisation, django_capture_on_commit_callbacks)
        client.post(reverse("planning:preview_answer", args=[preview.pk, 0]), {"key": "15/references.mean", "choice": "order:1"})
        page = signed_in("jixiao").get(reverse("planning:preview_table", args=[preview.pk, 0]))
        assert len(page.context["page"].seen.open) == 1
        assert "已答复" in page.content.decode()

    def test_several_tables_are_chosen_from(self, organisation, signed_in, django_capture_on_commit_callbacks) -> None:
        client, text = signed_in("jixiao"), LINYI.read_text("utf-8")
        book = openpyxl.Workbook()
        for year in (2020, 2021):
            sheet = book.create_sheet(f"{year}")
            for line in text.replace("2020年", f"{year}年").splitlines():
                sheet.append(line.split("\t"))
        del book["Sheet"]
        buffer = io.BytesIO()
        book.save(buffer)
        preview = upload(client, organisation, django_capture_on_commit_callbacks, buffer.getvalue(), "两年.xlsx")
        page = client.get(reverse("planning:preview", args=[preview.pk]))
        assert [table.year for table in page.context["tables"]] == [2020, 2021]
        done = client.post(reverse("planning:preview_confirm", args=[preview.pk, 1]))
        assert done.url == reverse("planning:preview", args=[preview.pk])
        assert [version.table.year for version in TableVersion.objects.all()] == [2021]

    def test_an_unreadable_file_is_answered_in_both_languages(self, organisation, signed_in, django_capture_on_commit_callbacks) -> None:
        client = signed_in("jixiao")
        preview = upload(client, organisation, django_capture_on_commit_callbacks, b"nothing to read here", "空.txt")
        address = reverse("planning:preview", args=[preview.pk])
        assert "没有找到绩效目标表" in client.get(address).content.decode()
        client.cookies["django_language"] = "en"
        assert "No performance table was found" in client.get(address).content.decode()

    def test_a_long_file_shows_progress_and_can_be_cancelled(self, organisation, signed_in, monkeypatch) -> None:
        monkeypatch.setattr("zhiheng_web.planning.actions.upload_table.at_once", lambda *_: False)
        client = signed_in("jixiao")
        client.post(
            reverse("planning:import"),
            {"unit": str(organisation.units["331001"].pk), "file": SimpleUploadedFile("长.txt", LINYI.read_bytes())},
        )
        preview = ImportPreview.objects.get()
        page = client.get(reverse("planning:preview", args=[preview.pk])).content.decode()
        assert reverse("planning:preview_progress", args=[preview.pk]) in page
        assert reverse("planning:preview_cancel", args=[preview.pk]) in page
        client.post(reverse("planning:preview_cancel", args=[preview.pk]))
        preview.refresh_from_db()
        assert preview.state == ImportPreview.State.CANCELLED

    def test_the_worker_reads_a_long_file(self, organisation, signed_in, monkeypatch, django_capture_on_commit_callbacks) -> None:
        monkeypatch.setattr("zhiheng_web.planning.actions.upload_table.at_once", lambda *_: False)
        client = signed_in("jixiao")
        preview = upload(client, organisation, django_capture_on_commit_callbacks)
        assert preview.state == ImportPreview.State.WAITING
        call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
        answer = client.get(reverse("planning:preview_progress", args=[preview.pk]), headers={"HX-Request": "true"})
        assert answer["HX-Redirect"] == reverse("planning:preview", args=[preview.pk])
        preview.refresh_from_db()
        assert preview.state == ImportPreview.State.READ
        assert preview.tables.count() == 1

    def test_every_cell_text_is_escaped(self, organisation, signed_in, django_capture_on_commit_callbacks) -> None:
        data = LINYI.read_text("utf-8").replace("健全项目管理制度", "<script>alert(1)</script>").encode()
        client = signed_in("jixiao")
        preview = upload(client, organisation, django_capture_on_commit_callbacks, data)
        page = client.get(reverse("planning:preview_table", args=[preview.pk, 0])).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


class TestWhoSees:
    def test_an_office_filler_is_told_who_imports(self, signed_in) -> None:
        page = signed_in("jingban").get(reverse("planning:import")).content.decode()
        assert "绩效管理员" in page
        assert 'type="file"' not in page

    @pytest.mark.parametrize("username", ["jingban", "juzhang", "czjixiao", "shenji", "sysadmin", "jigou"])
    def test_a_preview_is_absent(self, username, organisation, signed_in, django_capture_on_commit_callbacks) -> None:
        preview = upload(signed_in("jixiao"), organisation, django_capture_on_commit_callbacks)
        client = signed_in(username)
        for name, args in (("preview", [preview.pk]), ("preview_table", [preview.pk, 0]), ("preview_progress", [preview.pk])):
            assert client.get(reverse(f"planning:{name}", args=args)).status_code == 404
        for name, args in (("preview_cancel", [preview.pk]), ("preview_confirm", [preview.pk, 0]), ("preview_answer", [preview.pk, 0])):
            assert client.post(reverse(f"planning:{name}", args=args)).status_code == 404
        assert not TableVersion.objects.exists()

    def test_the_exchange_of_a_draft_is_absent_for_finance_and_open_to_the_department(self, linyi, signed_in) -> None:
        address = reverse("planning:exchange", args=[linyi.pk])
        assert signed_in("czjixiao").get(address).status_code == 404
        assert signed_in("jixiao").get(address).status_code == 200
        assert signed_in("sysadmin").get(address).status_code == 404


class TestGenerating:
    def test_the_page_shows_and_makes_the_table(self, approved, signed_in) -> None:
        client = signed_in("jixiao")
        page = client.get(reverse("planning:generate"), {"base": str(approved.pk)})
        assert page.context["made"].year == 2021
        assert "2021年部门预算整体绩效目标表" in page.content.decode()
        answer = client.post(reverse("planning:generate"), {"base": str(approved.pk), "year": "2021", "tags": "1"})
        version = TableVersion.objects.get(table__year=2021)
        assert answer.url == reverse("planning:generated", args=[version.pk])
        notes = client.get(answer.url).content.decode()
        assert "没有存储2020年的实际完成值" in notes

    @pytest.mark.parametrize(("year", "base"), [("2019", True), ("abc", True), ("2021", False)])
    def test_wrong_input_is_said_in_place(self, year, base, approved, signed_in) -> None:
        data = {"base": str(approved.pk) if base else "x", "year": year}
        page = signed_in("jixiao").post(reverse("planning:generate"), data)
        assert page.status_code == 200
        assert page.context["form"].errors
        assert TableVersion.objects.count() == 1

    def test_nothing_to_start_from_says_what_to_do(self, linyi, signed_in) -> None:
        assert reverse("planning:import") in signed_in("jixiao").get(reverse("planning:generate")).content.decode()

    def test_notes_of_another_department_are_absent(self, approved, viewer, signed_in) -> None:
        version = generate_table(viewer("jixiao"), approved.pk, 2021)
        assert signed_in("czyewu").get(reverse("planning:generated", args=[version.pk])).status_code == 404


class TestExchange:
    def test_the_file_holds_the_rows_of_the_version(self, linyi, signed_in) -> None:
        IndicatorRow.objects.filter(version=linyi, position=0).update(level_1="output", direction="falling")
        answer = signed_in("jixiao").get(reverse("planning:exchange_file", args=[linyi.pk, "xlsx"]))
        assert "attachment" in answer["Content-Disposition"]
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["BGT_PERF_INDICATOR"]
        head, _, *rows = [tuple(cell or "" for cell in row) for row in sheet.iter_rows(values_only=True)]
        first = dict(zip(head, rows[0], strict=True))
        assert len(rows) == 36
        assert first["KPI_ID"] == str(IndicatorRow.objects.get(version=linyi, position=0).pk)
        assert (first["MOF_DIV_CODE"], first["DEPT_CODE"], first["FISCAL_YEAR"]) == ("371300000", "331", "2020")
        assert first["LV1_PERF_IND_NAME"] == "产出指标"

    def test_the_vendor_is_chosen(self, linyi, signed_in) -> None:
        client, address = signed_in("jixiao"), reverse("planning:exchange", args=[linyi.pk])
        for codes in ("sign", "direction"):
            assert client.get(address, {"codes": codes}).context["exchange"].package.indicators.columns
        assert client.get(address, {"codes": "nonsense"}).context["exchange"].codes == "sign"
        assert client.get(reverse("planning:exchange_file", args=[linyi.pk, "exe"])).status_code == 404


class TestQueries:
    def test_the_preview_does_not_ask_more_for_more_rows(self, organisation, signed_in, django_capture_on_commit_callbacks) -> None:
        lines = LINYI.read_text("utf-8").splitlines()
        rows = [line for line in lines if line.split("\t")[0] == "1" or "\t35项\t" in line] or lines[-3:]
        client = signed_in("jixiao")
        long = "\n".join([*lines, *(row.replace(row.split("\t")[3], f"指标{n}") for n in range(150) for row in rows[:1])])
        counts = []
        for number, data in enumerate((b"", long.encode())):
            preview = upload(client, organisation, django_capture_on_commit_callbacks, data, f"{number}.txt")
            with CaptureQueriesContext(connection) as captured:
                page = client.get(reverse("planning:preview_table", args=[preview.pk, 0]))
            counts.append((len(captured), len(page.context["page"].seen.table.plan.indicators)))
        assert counts[0][0] == counts[1][0]
        assert counts[1][1] > counts[0][1] + 100

    def test_the_exchange_does_not_ask_more_for_more_rows(self, linyi, signed_in) -> None:
        client, address = signed_in("jixiao"), reverse("planning:exchange", args=[linyi.pk])
        client.get(address)
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            counts.append(len(captured))
            row = IndicatorRow.objects.filter(version=linyi).first()
            start = 100 + 100 * len(counts)
            for position in range(start, start + 60):
                row.pk, row.position = None, position
                row._state.adding = True
                row.save(force_insert=True)
        assert counts[0] == counts[1]


class TestLinks:
    def test_an_indicators_page_leads_its_keeper_to_the_library(self, linyi, signed_in) -> None:
        row = IndicatorRow.objects.filter(version=linyi).first()
        address = reverse("planning:indicator", args=[linyi.table_id, row.indicator_id])
        link = f"{reverse('planning:library_new')}?row={row.pk}"
        assert link in signed_in("jixiao").get(address).content.decode()
        assert link not in signed_in("juzhang").get(address).content.decode()

    def test_a_project_that_the_table_names_and_nobody_keeps_is_said(
        self, organisation, signed_in, django_capture_on_commit_callbacks
    ) -> None:
        data = (
            "项目支出绩效目标申报表\n（2020年度）\n项目名称\t没有登记的项目\n主管部门\t临沂市科学技术局\n"
            "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t补助企业数\t100家\n"
        )
        client = signed_in("jixiao")
        preview = upload(client, organisation, django_capture_on_commit_callbacks, data.encode(), "项目.txt")
        page = client.get(reverse("planning:preview_table", args=[preview.pk, 0])).content.decode()
        assert "表中写的是“没有登记的项目”" in page
        refused = client.post(reverse("planning:preview_confirm", args=[preview.pk, 0]))
        assert refused.status_code == 400
        assert "须选择所属项目" in refused.content.decode()


def test_a_refusal_is_said_once(organisation, signed_in) -> None:
    marked = SimpleUploadedFile("秘.txt", "机密★5年\n部门职责".encode())
    page = signed_in("jixiao").post("/import/", {"unit": organisation.units["331001"].pk, "file": marked}).content.decode()
    assert page.count("带有密级标志“机密★”") == 1
