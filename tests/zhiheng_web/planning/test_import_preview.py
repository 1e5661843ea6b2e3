"""Import with a preview: what the page shows is what is written; each open cell is answered in place; nothing comes in twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhiheng.reports.forms import form
from zhiheng.tables.canonical import digest, table_from, table_json
from zhiheng.tables.reading import read
from zhiheng.values.value import Phrase, Quantity, Unresolved
from zhiheng_web.planning.actions.answer_preview import Direction, answer_preview, cancel_preview, direct_preview
from zhiheng_web.planning.actions.confirm_preview import confirm_preview
from zhiheng_web.planning.actions.upload_table import upload_table
from zhiheng_web.planning.form_cells import keyed_form
from zhiheng_web.planning.importing.answering import answered, questions
from zhiheng_web.planning.importing.preview_reading import read_preview
from zhiheng_web.planning.importing.previews import previewed
from zhiheng_web.planning.models import ImportPreview, Indicator, IndicatorRow, PreviewTable, SourceFile, TableVersion
from zhiheng_web.planning.queries.importing import preview_page
from zhiheng_web.planning.versions import load
from zhiheng_web.trail.action import Absent, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord

LINYI = Path(__file__).parents[3] / "examples" / "linyi-2020" / "table.txt"
TABLE = read(LINYI).tables[0]
SELF = """项目支出绩效自评表
（2019年度）
项目名称\t科技创新券
主管部门\t临沂市科学技术局
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
产出指标\t数量指标\t补助企业数\t100家\t120家\t50\t50\t
"""


@pytest.fixture(autouse=True)
def _files(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def uploaded(text: bytes | str | None = None, name: str = "table.txt") -> SimpleUploadedFile:
    data = LINYI.read_bytes() if text is None else text.encode() if isinstance(text, str) else text
    return SimpleUploadedFile(name, data)


@pytest.fixture
def preview(organisation, viewer, django_capture_on_commit_callbacks) -> PreviewTable:
    with django_capture_on_commit_callbacks(execute=True):
        found = upload_table(viewer("jixiao"), organisation.units["331001"].pk, uploaded())
    return PreviewTable.objects.select_related("preview__source").get(preview=found)


class TestReading:
    def test_the_real_table_is_read_with_its_two_open_rows(self, preview: PreviewTable) -> None:
        seen = previewed(preview)
        assert preview.preview.state == ImportPreview.State.READ
        assert (preview.year, preview.kind, preview.history) == (2020, "department", False)
        assert [(question.row, len(question.choices)) for question in seen.open] == [(15, 2), (16, 2)]  # rules.md 7.5: the two shifted rows

    def test_the_form_with_keys_is_the_official_form_cell_by_cell(self) -> None:
        keyed, plain = keyed_form(TABLE.plan), form(TABLE.plan)
        assert [[(cell.text, cell.rows, cell.columns) for cell in row] for row in keyed.rows] == [
            [(cell.text, cell.rows, cell.columns) for cell in row] for row in plain.rows
        ]
        cells = {cell.key: cell.text for row in keyed.rows for cell in row if cell.key}
        for index, row in enumerate(TABLE.plan.indicators):
            assert cells[f"{index}/name"] == row.name.text
            assert cells[f"{index}/target"] == row.target.text
            assert cells[f"{index}/references.history_source"] == row.references.history_source.text

    def test_each_open_cell_is_named_by_its_row_and_column(self, preview: PreviewTable, viewer) -> None:
        places = [str(place) for place, _ in preview_page(viewer("jixiao"), preview.preview_id, 0).asked]
        names = [TABLE.plan.indicators[index].name.text for index in (15, 16)]
        assert [name in place and f"第{index + 1}行" in place for index, name, place in zip((15, 16), names, places, strict=True)] == [
            True
        ] * 2

    @pytest.mark.parametrize(
        ("said", "warned"),
        [("临沂市水利局", True), ("临沂市科学技术局（本级）", False), ("[331]临沂市科学技术局", False), ("科学技术局", False), ("", False)],
    )
    def test_a_table_of_another_department_is_pointed_out(
        self, said, warned, organisation, viewer, django_capture_on_commit_callbacks
    ) -> None:
        text = LINYI.read_text("utf-8").replace("临沂市科学技术局", said)
        with django_capture_on_commit_callbacks(execute=True):
            found = upload_table(viewer("jixiao"), organisation.units["331001"].pk, uploaded(text))
        assert preview_page(viewer("jixiao"), found.pk, 0).stranger == (said if warned else "")

    @pytest.mark.parametrize(
        ("data", "code"),
        [(b"\x00\x01\x02garbage", None), (b"no table here", "no-table"), (b"PK\x03\x04broken archive", None)],
    )
    def test_what_cannot_be_read_says_so_in_the_librarys_words(
        self, data, code, organisation, viewer, django_capture_on_commit_callbacks
    ) -> None:
        try:
            with django_capture_on_commit_callbacks(execute=True):
                found = upload_table(viewer("jixiao"), organisation.units["331001"].pk, uploaded(data, "坏文件.xlsx"))
        except Invalid:
            return  # refused before anything is stored: nobody can say what is in it
        found.refresh_from_db()
        assert found.state == ImportPreview.State.REFUSED
        assert "坏文件.xlsx" in found.refusal["message"]
        assert found.refusal["message_en"]
        assert code is None or found.refusal["code"] == code

    def test_a_reading_that_was_cancelled_keeps_nothing(self, organisation, viewer) -> None:
        found = upload_table(viewer("jixiao"), organisation.units["331001"].pk, uploaded())
        cancel_preview(viewer("jixiao"), found.pk)
        read_preview(found.pk)
        found.refresh_from_db()
        assert found.state == ImportPreview.State.CANCELLED
        assert not found.tables.exists()


class TestRefusedUploads:
    def test_a_secrecy_mark_is_refused_before_anything_is_stored(self, organisation, viewer, tmp_path) -> None:
        with pytest.raises(Invalid, match="涉密不上网"):
            upload_table(viewer("jixiao"), organisation.units["331001"].pk, uploaded("机密★1年\n" + LINYI.read_text("utf-8")))
        assert not SourceFile.objects.exists()
        assert not any(path.is_file() for path in tmp_path.rglob("*"))

    def test_too_large_and_empty_files(self, organisation, viewer, settings) -> None:
        settings.LARGEST_UPLOAD = 100
        for data, code in ((None, "too_large"), (b"", "empty_file")):
            with pytest.raises(Invalid) as caught:
                upload_table(viewer("jixiao"), organisation.units["331001"].pk, uploaded(data))
            assert caught.value.code == code
        assert not SourceFile.objects.exists()

    @pytest.mark.parametrize("username", ["jingban", "fenguan", "juzhang", "czyewu", "czjixiao", "shenji", "sysadmin", "jigou"])
    def test_who_may_not(self, username, organisation, viewer) -> None:
        with pytest.raises(Forbidden):
            upload_table(viewer(username), organisation.units["331001"].pk, uploaded())
        assert not SourceFile.objects.exists()

    @pytest.mark.parametrize("username", ["jingban", "czjixiao", "shenji", "fenguan"])
    def test_a_preview_is_absent_for_others(self, username, preview, viewer) -> None:
        with pytest.raises(Absent):
            answer_preview(viewer(username), preview.preview_id, 0, "15/references.mean", "order:0")
        with pytest.raises(Absent):
            confirm_preview(viewer(username), preview.preview_id, 0)


class TestAnswers:
    def test_a_shifted_row_is_answered_by_choosing_its_order(self, preview, viewer) -> None:
        answer_preview(viewer("jixiao"), preview.preview_id, 0, "15/references.mean", "order:1")
        row = previewed(PreviewTable.objects.get()).table.plan.indicators[15]
        assert (row.references.mean.text, row.references.last_year.text) == ("", "1项管理办法")
        assert row.references.history_source.text == "内部统计"
        assert [question.row for question in previewed(PreviewTable.objects.get()).open] == [16]
        answer_preview(viewer("jixiao"), preview.preview_id, 0, "15/references.mean", "")
        assert [question.row for question in previewed(PreviewTable.objects.get()).open] == [15, 16]

    @pytest.mark.parametrize("choice", ["order:9", "candidate:0", "words", "nonsense", "order:-1"])
    def test_what_is_not_offered_is_refused(self, choice, preview, viewer) -> None:
        with pytest.raises(Invalid):
            answer_preview(viewer("jixiao"), preview.preview_id, 0, "15/references.mean", choice)

    def test_a_cell_nobody_asks_about_cannot_be_changed(self, preview, viewer) -> None:
        with pytest.raises(Invalid):
            answer_preview(viewer("jixiao"), preview.preview_id, 0, "0/target", "text", "99项")

    def test_candidates_words_and_corrected_text_of_an_ambiguous_value(self) -> None:
        text = LINYI.read_text("utf-8").replace("\t3家\t", "\t0\t", 1)
        table = table_from(table_json(_read_text(text)))
        asked = [question for question in questions(table, {}) if question.row not in (15, 16)]
        assert asked, "a bare 0 is a question"
        key = asked[0].key
        index, field = int(key.split("/")[0]), key.split("/")[1]

        def value(answer):
            row = answered(table, {key: answer}).plan.indicators[index]
            return getattr(row.references if "." in field else row, field.rpartition(".")[2]).reading

        assert isinstance(value({"do": "candidate", "n": 0}).value, Quantity)
        assert value({"do": "candidate", "n": 0}).text == "0", "the text stays as published"
        assert value({"do": "words"}).value == Phrase("0")
        assert value({"do": "text", "text": "0家"}).value.unit == "家"
        assert isinstance(value({"do": "text", "text": "0"}).value, Unresolved)
        assert next(q for q in questions(table, {key: {"do": "text", "text": "0"}}) if q.key == key).open

    def test_a_secrecy_mark_in_an_answer(self, preview, viewer) -> None:
        with pytest.raises(Invalid, match="涉密"):
            answer_preview(viewer("jixiao"), preview.preview_id, 0, "15/references.mean", "text", "绝密★长期")


def _read_text(text: str):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.txt"
        path.write_text(text, "utf-8")
        return read(path).tables[0]


class TestImport:
    def test_the_preview_is_what_is_written(self, preview, viewer) -> None:
        answer_preview(viewer("jixiao"), preview.preview_id, 0, "15/references.mean", "order:0")
        shown = previewed(PreviewTable.objects.get()).table
        version = confirm_preview(viewer("jixiao"), preview.preview_id, 0)
        loaded = load(version)
        assert digest(table_json(loaded.table)) == digest(table_json(shown))
        assert [[cell.text for cell in row] for row in keyed_form(loaded.table.plan).rows] == [
            [cell.text for cell in row] for row in keyed_form(shown.plan).rows
        ]
        assert (len(loaded.duties), len(loaded.rows)) == (11, 36)
        assert version.source.sha256 == preview.preview.source.sha256
        assert version.state == "draft"

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_whatever_is_answered_the_preview_equals_the_result(self, data, organisation, viewer) -> None:
        """Any mixture of answers to the questions of an ambiguous table."""
        from django.db import transaction

        table = table_from(table_json(_read_text(LINYI.read_text("utf-8").replace("\t3家\t", "\t0\t").replace("\t60家\t", "\t无\t"))))
        answers: dict = {}
        for question in questions(table, {}):
            choice = data.draw(st.sampled_from(["", "text", *(choice.value for choice in question.choices)]))
            if choice == "text" and question.correctable:
                answers[question.key] = {"do": "text", "text": data.draw(st.sampled_from(["5家", "≥5家", "", "应建尽建", "0", "完成"]))}
            elif choice and choice != "text":
                do, _, n = choice.partition(":")
                answers[question.key] = {"do": do, **({"n": int(n)} if n else {})}
        shown = answered(table, answers, 2021)
        from zhiheng_web.planning.actions.import_table import import_table

        with transaction.atomic():
            version = import_table(viewer("jixiao"), organisation.units["331001"], shown, year=2021)
            assert digest(table_json(load(version).table)) == digest(table_json(shown))
            transaction.set_rollback(True)

    def test_the_same_file_for_the_same_table_comes_in_once(
        self, preview, organisation, viewer, django_capture_on_commit_callbacks
    ) -> None:
        first = confirm_preview(viewer("jixiao"), preview.preview_id, 0)
        with django_capture_on_commit_callbacks(execute=True):
            again = upload_table(viewer("jixiao"), organisation.units["331001"].pk, uploaded())
        imports = TrailRecord.objects.filter(action="planning.import_table").count()
        assert confirm_preview(viewer("jixiao"), again.pk, 0) == first
        assert TableVersion.objects.count() == 1
        assert TrailRecord.objects.filter(action="planning.import_table").count() == imports == 1
        assert SourceFile.objects.count() == 1

    def test_a_year_is_needed_and_a_project_for_a_projects_table(self, preview, organisation, viewer) -> None:
        unit = organisation.units["331001"].pk
        direct_preview(viewer("jixiao"), preview.preview_id, 0, Direction(unit, "department", None))
        with pytest.raises(Invalid) as caught:
            confirm_preview(viewer("jixiao"), preview.preview_id, 0)
        assert caught.value.code == "year_unknown"
        direct_preview(viewer("jixiao"), preview.preview_id, 0, Direction(unit, "project", 2020))
        with pytest.raises(Invalid) as caught:
            confirm_preview(viewer("jixiao"), preview.preview_id, 0)
        assert caught.value.code == "project_unknown"
        assert not TableVersion.objects.exists()

    def test_a_preview_that_changed_meanwhile_is_not_imported(self, preview, viewer) -> None:
        seen = preview.edits
        answer_preview(viewer("jixiao"), preview.preview_id, 0, "15/references.mean", "order:0")
        with pytest.raises(Refusal) as caught:
            confirm_preview(viewer("jixiao"), preview.preview_id, 0, seen)
        assert caught.value.code == "preview_changed"

    def test_an_open_version_is_not_overwritten(self, linyi, preview, viewer) -> None:
        IndicatorRow.objects.filter(version=linyi, position=0).update(name="改过的名称")
        with pytest.raises(Refusal) as caught:
            confirm_preview(viewer("jixiao"), preview.preview_id, 0)
        assert caught.value.code == "version_open"


class TestHistory:
    def test_an_earlier_table_is_frozen_at_once_and_keeps_the_indicators(self, preview, organisation, viewer) -> None:
        unit = organisation.units["331001"].pk
        direct_preview(viewer("jixiao"), preview.preview_id, 0, Direction(unit, "department", 2019, None, True))
        version = confirm_preview(viewer("jixiao"), preview.preview_id, 0)
        assert (version.state, version.purpose, version.table.year) == ("declared_history", "history", 2019)
        version.refresh_from_db()
        assert version.frozen_at
        assert version.digest
        record = TrailRecord.objects.get(action="planning.import_history")
        assert record.object_id == str(version.pk)

    def test_a_self_evaluation_is_proposed_as_history(self, organisation, viewer, django_capture_on_commit_callbacks) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            found = upload_table(viewer("jixiao"), organisation.units["331001"].pk, uploaded(SELF, "自评.txt"))
        table = found.tables.get()
        assert table.history
        assert (table.kind, table.year) == ("project", 2019)

    def test_a_year_that_goes_through_the_procedure_takes_no_history(self, linyi, preview, organisation, viewer) -> None:
        IndicatorRow.objects.filter(version=linyi, position=0).update(name="改过的名称")
        direct_preview(viewer("jixiao"), preview.preview_id, 0, Direction(organisation.units["331001"].pk, "department", 2020, None, True))
        with pytest.raises(Refusal) as caught:
            confirm_preview(viewer("jixiao"), preview.preview_id, 0)
        assert caught.value.code == "year_in_procedure"


class TestIdentities:
    def test_the_same_name_under_the_same_duty_is_the_same_indicator(self, linyi, preview, organisation, viewer) -> None:
        known = {row.name: row.indicator_id for row in IndicatorRow.objects.filter(version=linyi)}
        direct_preview(viewer("jixiao"), preview.preview_id, 0, Direction(organisation.units["331001"].pk, "department", 2021))
        version = confirm_preview(viewer("jixiao"), preview.preview_id, 0)
        assert {row.name: row.indicator_id for row in IndicatorRow.objects.filter(version=version)} == known
        assert Indicator.objects.count() == 36

    def test_a_likeness_is_proposed_and_only_taken_when_chosen(
        self, linyi, organisation, viewer, django_capture_on_commit_callbacks
    ) -> None:
        text = LINYI.read_text("utf-8").replace("高新技术企业认定数量", "高新技术企业认定数")
        with django_capture_on_commit_callbacks(execute=True):
            found = upload_table(viewer("jixiao"), organisation.units["331001"].pk, uploaded(text, "改.txt"))
        table = found.tables.get()
        match = next(match for match in previewed(table).matches if match.name == "高新技术企业认定数")
        assert match.same is None
        assert match.open
        best = match.proposals[0].indicator
        assert best.name == "高新技术企业认定数量"
        assert match.indicator is None, "nothing is chosen in silence"
        direct_preview(viewer("jixiao"), found.pk, 0, identities={str(match.position): str(best.pk)})
        direct_preview(viewer("jixiao"), found.pk, 0, Direction(organisation.units["331001"].pk, "department", 2021))
        version = confirm_preview(viewer("jixiao"), found.pk, 0)
        assert IndicatorRow.objects.get(version=version, position=match.position).indicator_id == best.pk
        assert Indicator.objects.count() == 36

    def test_another_departments_indicator_cannot_be_chosen(self, linyi, preview, organisation, viewer) -> None:
        foreign = Indicator.objects.create(department=organisation.departments["101"], name="财政指标")
        direct_preview(viewer("jixiao"), preview.preview_id, 0, identities={"0": str(foreign.pk)})
        assert PreviewTable.objects.get().identities == {}

    def test_rows_without_duties_take_indicators_of_the_same_name_at_once_when_asked(
        self, linyi, organisation, viewer, signed_in, django_capture_on_commit_callbacks
    ) -> None:
        text = SELF.replace("补助企业数", "高新技术企业认定数量").replace("项目名称\t科技创新券\n", "")
        with django_capture_on_commit_callbacks(execute=True):
            found = upload_table(viewer("jixiao"), organisation.units["331001"].pk, uploaded(text, "自评.txt"))
        client, address = signed_in("jixiao"), f"/import/{found.pk}/0/identities/"
        match = previewed(found.tables.get()).matches[0]
        assert (match.indicator, match.proposals[0].likeness) == (None, 100)
        client.post(address, {"same": "1"})
        assert previewed(found.tables.get()).matches[0].indicator == Indicator.objects.get(name="高新技术企业认定数量")
        client.post(address, {"row-0": "new"})
        assert previewed(found.tables.get()).matches[0].indicator is None
