"""The library of indicators and five-year plan values: who keeps them, what is found, what a pasted sheet becomes."""

from __future__ import annotations

import io
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhiheng_web.planning.actions.keep_library_indicator import (
    keep_library_indicator,
    load_common_indicators,
    switch_library_indicator,
)
from zhiheng_web.planning.actions.keep_planned_values import keep_planned_values
from zhiheng_web.planning.common_library import common_entries, load_common_library
from zhiheng_web.planning.importing.planned_sheet import PlannedRow, cells, planned_rows
from zhiheng_web.planning.models import Indicator, IndicatorRow, LibraryIndicator, PlannedValue
from zhiheng_web.planning.queries.library import Wanted, library_page
from zhiheng_web.planning.queries.planned_values import plan_start, planned_grid
from zhiheng_web.trail.action import Absent, Forbidden, Invalid
from zhiheng_web.trail.models import TrailRecord

ENTRY = {"code": "K-1", "name": "高新技术企业净增数", "formula": "年末数 − 年初数", "unit": "家", "direction": "rising"}


class TestCommonLibrary:
    def test_nothing_from_memory_is_called_law(self) -> None:
        for entry in common_entries():
            assert entry["status"] == "unchecked"
            assert entry["basis"]
            assert entry["formula"]
            assert entry["source"]

    def test_it_is_loaded_once_and_keeps_what_was_edited(self, viewer) -> None:
        added = load_common_indicators(viewer("czjixiao"))
        assert added == len(common_entries())
        LibraryIndicator.objects.filter(code="C-01").update(name="改过的名称")
        assert load_common_library() == 0
        assert LibraryIndicator.objects.get(code="C-01").name == "改过的名称"

    @pytest.mark.parametrize("username", ["jixiao", "jingban", "juzhang", "czyewu", "shenji", "sysadmin"])
    def test_only_finance_loads_it(self, username, viewer) -> None:
        with pytest.raises(Forbidden):
            load_common_indicators(viewer(username))
        assert not LibraryIndicator.objects.exists()


class TestOwnEntries:
    def test_added_edited_and_disabled_with_a_record_each(self, organisation, viewer) -> None:
        officer, department = viewer("jixiao"), organisation.departments["331"]
        entry = keep_library_indicator(officer, ENTRY, department=department.pk)
        keep_library_indicator(officer, {**ENTRY, "name": "高企净增数"}, entry=entry.pk)
        switch_library_indicator(officer, entry.pk, enabled=False)
        entry.refresh_from_db()
        assert (entry.name, entry.enabled, entry.department) == ("高企净增数", False, department)
        records = TrailRecord.objects.filter(object_id=str(entry.pk)).order_by("pk")
        assert [record.action.rpartition(".")[2] for record in records] == ["keep_library_indicator"] * 2 + ["switch_library_indicator"]
        assert records[0].after == records[1].before != records[1].after

    def test_the_same_again_leaves_no_record(self, organisation, viewer) -> None:
        entry = keep_library_indicator(viewer("jixiao"), ENTRY, department=organisation.departments["331"].pk)
        before = TrailRecord.objects.count()
        keep_library_indicator(viewer("jixiao"), ENTRY, entry=entry.pk)
        assert TrailRecord.objects.count() == before

    def test_a_code_stands_once_a_department(self, organisation, viewer) -> None:
        keep_library_indicator(viewer("jixiao"), ENTRY, department=organisation.departments["331"].pk)
        with pytest.raises(Invalid) as caught:
            keep_library_indicator(viewer("jixiao"), ENTRY, department=organisation.departments["331"].pk)
        assert set(caught.value.fields) == {"code"}
        keep_library_indicator(viewer("czjixiao"), ENTRY)

    def test_a_department_keeps_no_common_entry_and_none_of_another(self, organisation, viewer) -> None:
        common = keep_library_indicator(viewer("czjixiao"), ENTRY)
        foreign = LibraryIndicator.objects.create(department=organisation.departments["101"], code="F", name="财政")
        with pytest.raises(Forbidden):
            keep_library_indicator(viewer("jixiao"), ENTRY, entry=common.pk)
        with pytest.raises(Absent):
            switch_library_indicator(viewer("jixiao"), foreign.pk, enabled=False)
        with pytest.raises(Forbidden):
            keep_library_indicator(viewer("jixiao"), ENTRY, department=organisation.departments["101"].pk)

    def test_a_secrecy_mark(self, organisation, viewer) -> None:
        with pytest.raises(Invalid, match="涉密"):
            keep_library_indicator(viewer("jixiao"), {**ENTRY, "explanation": "【机密】"}, department=organisation.departments["331"].pk)

    def test_search_by_every_word_without_disabled_ones(self, organisation, viewer) -> None:
        load_common_library()
        own = LibraryIndicator.objects.create(department=organisation.departments["331"], code="K", name="满意度调查份数")
        LibraryIndicator.objects.create(department=organisation.departments["101"], code="F", name="财政满意度")
        reader = viewer("jingban")
        found = library_page(reader, Wanted(words="满意 调查"))
        assert {entry.code for entry in found.entries} == {"K", "C-01"} & {
            entry.code
            for entry in LibraryIndicator.objects.all()
            if all(word in entry.name + entry.explanation + entry.formula + entry.code + entry.level_2 for word in ("满意", "调查"))
        } | {"K"}
        assert "F" not in {entry.code for entry in library_page(reader, Wanted(words="满意")).entries}
        assert {entry.code for entry in library_page(reader, Wanted(owner="own")).entries} == {"K"}
        LibraryIndicator.objects.filter(pk=own.pk).update(enabled=False)
        assert not library_page(reader, Wanted(owner="own")).entries
        assert library_page(reader, Wanted(owner="own", disabled=True)).count == 1

    def test_those_without_a_department_see_none(self, viewer) -> None:
        load_common_library()
        for username in ("sysadmin", "secadmin", "auditadmin", "jigou"):
            assert library_page(viewer(username), Wanted()).count == 0

    def test_taken_from_a_row_the_indicator_knows_its_entry(self, linyi, signed_in, organisation) -> None:
        row = IndicatorRow.objects.get(version=linyi, name="高新技术企业认定数量")
        client = signed_in("jixiao")
        page = client.get(reverse("planning:library_new"), {"row": str(row.pk)})
        assert page.context["form"].initial["name"] == row.name
        data = {**ENTRY, "owner": str(organisation.departments["331"].pk), "status": "own"}
        answer = client.post(f"{reverse('planning:library_new')}?row={row.pk}", data)
        assert answer.status_code == 302
        assert Indicator.objects.get(pk=row.indicator_id).library.code == "K-1"

    def test_a_row_of_another_department_is_absent(self, linyi, signed_in) -> None:
        row = IndicatorRow.objects.filter(version=linyi).first()
        assert signed_in("sysadmin").get(reverse("planning:library_new"), {"row": str(row.pk)}).status_code == 404


class TestForms:
    def test_wrong_points_are_said_in_the_readers_language(self, organisation, signed_in) -> None:
        data = {**ENTRY, "owner": str(organisation.departments["331"].pk), "status": "own", "usual_points": "500"}
        client = signed_in("jixiao")
        assert "0 到 100" in client.post(reverse("planning:library_new"), data).content.decode()
        client.cookies["django_language"] = "en"
        english = client.post(reverse("planning:library_new"), data).content.decode()
        assert "from 0 to 100" in english
        assert not LibraryIndicator.objects.exists()


class TestPlannedSheet:
    YEARS = range(2021, 2026)

    @pytest.mark.parametrize(
        "text",
        [
            "绩效指标\t2021年\t2022年\t2023年\n高企\t60家\t\t80家",
            "序号\t指标名称\t单位\t2021\t2022\t2023\n1\t高企\t家\t60家\t\t80家",
            "高企\t60家\t\t80家",
        ],
    )
    def test_heads_in_any_place_or_none(self, text: str) -> None:
        assert planned_rows(cells(text), self.YEARS) == (PlannedRow("高企", ((2021, "60家"), (2023, "80家"))),)

    def test_years_outside_the_plan_are_not_taken(self) -> None:
        assert planned_rows(cells("指标\t2020\t2021\n高企\t50家\t60家"), self.YEARS) == (PlannedRow("高企", ((2021, "60家"),)),)

    def test_empty_rows_and_blanks(self) -> None:
        assert planned_rows(cells("\n\n"), self.YEARS) == ()
        assert planned_rows(cells("指标\t2021\n高企\t"), self.YEARS) == ()

    @pytest.mark.parametrize(("year", "first"), [(2020, 2016), (2021, 2021), (2025, 2021), (2026, 2026)])
    def test_the_plan_of_a_year(self, year: int, first: int) -> None:
        assert plan_start(year) == first


class TestPlannedValues:
    def test_kept_as_written_and_as_read(self, linyi, organisation, viewer) -> None:
        indicator = Indicator.objects.get(name="高新技术企业认定数量")
        department = organisation.departments["331"].pk
        written = keep_planned_values(
            viewer("jixiao"), department, {(indicator.pk, 2020): "500家以上", (indicator.pk, 2019): ""}, "十三五规划"
        )
        assert written == 1
        kept = PlannedValue.objects.get()
        assert (kept.text, kept.plan, kept.source) == ("500家以上", "十三五", "十三五规划")
        assert (kept.value["op"], kept.value["value"], kept.value["unit"]) == ("≥", "500", "家")
        before = TrailRecord.objects.count()
        assert keep_planned_values(viewer("jixiao"), department, {(indicator.pk, 2020): "500家以上"}) == 0
        assert TrailRecord.objects.count() == before
        keep_planned_values(viewer("jixiao"), department, {(indicator.pk, 2020): ""})
        assert not PlannedValue.objects.exists()

    @pytest.mark.parametrize("username", ["jingban", "kezhang", "juzhang", "czjixiao", "shenji"])
    def test_only_the_performance_officer(self, username, linyi, organisation, viewer) -> None:
        indicator = Indicator.objects.first()
        with pytest.raises(Forbidden):
            keep_planned_values(viewer(username), organisation.departments["331"].pk, {(indicator.pk, 2020): "1家"})

    def test_another_departments_indicator_and_a_mark(self, linyi, organisation, viewer) -> None:
        foreign = Indicator.objects.create(department=organisation.departments["101"], name="x")
        department = organisation.departments["331"].pk
        for key in ((foreign.pk, 2020), (uuid4(), 2020)):
            with pytest.raises(Absent):
                keep_planned_values(viewer("jixiao"), department, {key: "1家"})
        own = Indicator.objects.get(name="高新技术企业认定数量")
        with pytest.raises(Invalid):
            keep_planned_values(viewer("jixiao"), department, {(own.pk, 2020): "机密★"})
        assert not PlannedValue.objects.exists()

    def test_a_workbook_is_shown_and_not_stored_until_saved(self, linyi, organisation, signed_in) -> None:
        book = openpyxl.Workbook()
        book.active.append(["绩效指标", "2021年", "2022年"])
        book.active.append(["高新技术企业认定数量", "600家", "700家"])
        book.active.append(["没有的指标", "1", "2"])
        buffer = io.BytesIO()
        book.save(buffer)
        client, department = signed_in("jixiao"), organisation.departments["331"].pk
        upload = SimpleUploadedFile("规划.xlsx", buffer.getvalue())
        page = client.post(reverse("planning:planned_values_read"), {"department": department, "plan": "2021", "file": upload})
        grid = page.context["grid"]
        assert [(cell.year, cell.text) for cell in grid.lines[0].cells if cell.changed] == [(2021, "600家"), (2022, "700家")]
        assert grid.unmatched == ("没有的指标",)
        assert not PlannedValue.objects.exists()
        indicator = Indicator.objects.get(name="高新技术企业认定数量")
        data = {"department": department, "plan": "2021", f"v-{indicator.pk}-2021": "600家", "source": "“十四五”规划"}
        assert client.post(reverse("planning:planned_values"), data).status_code == 302
        assert PlannedValue.objects.get().text == "600家"

    def test_the_number_of_queries_does_not_depend_on_the_rows(self, linyi, organisation, viewer) -> None:
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                planned_grid(viewer("jixiao"), 2021)
            counts.append(len(captured))
            Indicator.objects.bulk_create(Indicator(department=organisation.departments["331"], name=f"n{n}") for n in range(60))
        assert counts[0] == counts[1]
