"""What goes out: columns and figures read by other programs, the published schemas, what is said to be left out, who may."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree
from tests.zhiheng_web.evaluation.exchange.conftest import KINDS, Exchange, cells_of
from tests.zhiheng_web.evaluation.monitoring.conftest import Watched, filled
from tests.zhiheng_web.evaluation.self_evaluation.scene import Line, Scene, at, entries

from zhiheng.interchange import iati, stratml
from zhiheng_web.evaluation.actions.fill_monitoring import RowFilled, fill_monitoring
from zhiheng_web.evaluation.actions.fill_self_evaluation import Cell, fill_self_evaluation
from zhiheng_web.evaluation.models import MonitoringReport, SelfEvaluation
from zhiheng_web.evaluation.queries.exchange import exchange_page, exchange_preview
from zhiheng_web.organisation.viewer import Viewer

pytestmark = pytest.mark.django_db
Pages = Callable[..., Exchange]


def test_a_round_in_the_columns_of_the_integrated_system(watched: Watched, exchange: Pages) -> None:
    row = watched.row("新增企业数")
    said = RowFilled(**filled(forecast="12家", possibility="sure", remark="按月对接"))
    fill_monitoring(watched.officer, row.pk, said, edits=row.edits)
    book = exchange("monitoring", watched.report.pk).file("xlsx")
    rows = {each["NAME"]: each for each in cells_of(book, "PERF_T_PROINDEXTRACE")}
    firms = rows["新增企业数"]
    # seven of twelve firms by July, one rule of 2.2: 当前完成值, 全年预计, 偏差原因 as words, 完成可能性 as 1
    assert (firms["INDEXVAL"], firms["TARGETVALUE"], firms["KPI_ID"]) == ("7家", "12家", str(row.indicator_row_id))
    assert (firms["COMPLETEANALYSCON"], firms["COMPLETEANALYSIS"], firms["DEVIATIONANALYSIS"]) == ("12家", "1", "人员保障")
    assert (firms["OTHERREASONS"], firms["REMARK"], firms["WARN"]) == ("受疫情影响，检查推迟到9月。", "按月对接", "绿")
    assert rows["未设台账数"]["INDEXVAL"] == "未填报"  # owed and not reported is neither blank nor 0
    assert rows["检查覆盖率"]["INDEXVAL"] == "2/3"
    head = cells_of(book, "PERF_T_PROMONITOR")[0]
    assert (head["FISCAL_YEAR"], head["TRACENUM"], head["TASKGUID"]) == ("2020", "1", str(watched.report.table_id))
    funds = cells_of(book, "PERF_T_PROBGTFUND")
    assert [(one["NAME"], one["AMT1"], one["AMT3"], one["AMT4"], one["RATE"]) for one in funds] == [
        ("年度资金总额", "200", "200", "100", "50"), ("其中：当年财政拨款", "200", "200", "100", "50"),
    ]  # fmt: skip


def test_a_self_evaluation_in_the_columns_of_the_integrated_system(small: Scene, person: Any, exchange: Pages) -> None:
    officer = at(person("jixiao"))
    one = small.begin(officer)
    row = one.rows.get(indicator_row__name="投诉次数")
    cells = [
        Cell(row.pk, "reason", "", "两起重复投诉。"),
        Cell(row.pk, "improvement", "", "建立回访。"),
        Cell(None, "overview", "", "全面自评。"),
    ]
    fill_self_evaluation(officer, one.pk, cells)
    book = exchange("self-evaluation", one.pk).file("xlsx")
    rows = {each["NAME"]: each for each in cells_of(book, "PERF_T_SELFPERFINDEX")}
    # 8 of 10 firms at 40 points is 32; 45 of 50 satisfied against 95 %
    assert [rows["新增企业数"][name] for name in ("ACTUALVALUE", "ACTUALWEIGHT", "SCORE")] == ["8", "40", "32.00"]
    assert rows["投诉次数"]["KPI_REMARK"] == "两起重复投诉。\n改进措施：建立回访。"
    money = cells_of(book, "PERF_T_SELFPROFUND")[0]
    assert [money[name] for name in ("AMT1", "AMT3", "AMT4", "ACTUALWEIGHT", "SCORE")] == ["200", "200", "190", "10", "9.5"]
    assert cells_of(book, "PERF_T_SELFPERFDESC")[0]["DESCRIPTION"] == "一、自评工作开展情况\n全面自评。"


def test_the_csv_files_hold_the_same(watched: Watched, exchange: Pages) -> None:
    pages = exchange("monitoring", watched.report.pk)
    with zipfile.ZipFile(io.BytesIO(pages.file("zip"))) as packed:
        text = packed.read("PERF_T_PROINDEXTRACE.csv").decode("utf-8-sig")
    for row in cells_of(pages.file("xlsx"), "PERF_T_PROINDEXTRACE"):
        assert f"{row['NAME']},{row['TARGETVALUE']},{row['INDEXVAL']}," in text


@pytest.mark.parametrize("what", ["monitoring", "self-evaluation"])
def test_the_documents_keep_to_the_published_schemas(what: str, watched: Watched, person: Any, exchange: Pages) -> None:
    pk = watched.report.pk if what == "monitoring" else watched.scene.begin(person("jixiao")).pk
    pages = exchange(what, pk)
    activities = etree.fromstring(pages.file("iati"))
    assert iati.schema().validate(activities), iati.schema().error_log
    assert (iati.validate(pages.file("iati")), stratml.validate(pages.file("stratml"))) == ((), ())
    period = activities.find(".//indicator/period")
    ends = [one.get("iso-date") for one in activities.iter("period-end")]
    assert period is not None
    assert ("2020-07-31" in ends) == (what == "monitoring")


def test_a_state_without_a_figure_is_never_written_as_zero(watched: Watched, exchange: Pages) -> None:
    root = etree.fromstring(exchange("monitoring", watched.report.pk).file("iati"))
    silent = next(one for one in root.iter("indicator") if one.findtext("title/narrative") == "未设台账数")
    assert [one.get("value") for one in silent.iter("actual")] == []
    assert [one.get("state") for one in silent.iter("{urn:zhiheng:results}actual")] == ["missing"]


def test_what_a_format_cannot_hold_is_said_before_it_is_downloaded(watched: Watched, exchange: Pages) -> None:
    row = watched.row("检查覆盖率")
    fill_monitoring(watched.officer, row.pk, RowFilled(**filled(possibility="possible", remark="待补")), edits=row.edits)
    MonitoringReport.objects.filter(pk=watched.report.pk).update(overview="上半年总体平稳")
    pages = exchange("monitoring", watched.report.pk)
    html = pages.page().content.decode()
    tables, documents = html.split("StratML 第 2 部分", 1)
    assert "上半年总体平稳" in tables
    assert "待补" not in tables  # the tables have a column for it
    assert "待补" in documents
    assert "人员保障" in documents
    assert "受疫情影响" not in documents  # the explanation has a place in both
    pages.client.cookies["django_language"] = "en"
    english = pages.page().content.decode()
    assert "What it has no place for and leaves out" in english
    assert "有可能" not in english.split("<main")[1]


def test_a_lamp_that_is_left_out_is_said_in_words(watched: Watched, exchange: Pages) -> None:
    pages = exchange("monitoring", watched.report.pk)
    assert "绿灯：正常" in pages.page().content.decode()
    pages.client.cookies["django_language"] = "en"
    assert "green: on course" in pages.page().content.decode()


@pytest.mark.parametrize(("what", "title"), [("monitoring", "绩效监控表"), ("self-evaluation", "绩效自评表")])
def test_a_document_is_named_after_what_it_is(what: str, title: str, watched: Watched, person: Any, exchange: Pages) -> None:
    pk = watched.report.pk if what == "monitoring" else watched.scene.begin(person("jixiao")).pk
    pages = exchange(what, pk)
    activity = etree.fromstring(pages.file("iati"))
    assert activity.findtext("iati-activity/title/narrative") == f"2020年部门整体支出{title}"
    assert etree.fromstring(pages.file("stratml")).findtext("{*}Name") == f"2020年部门整体支出{title}"
    assert "申报表" not in pages.file("iati").decode()


def test_a_submitted_one_goes_out_as_it_was_kept(small: Scene, person: Any, exchange: Pages) -> None:
    officer = at(person("jixiao"))
    one = small.begin(officer)
    before = exchange("self-evaluation", one.pk).file("json")
    from zhiheng_web.evaluation.loading import filled as loaded
    from zhiheng_web.evaluation.rescoring import frozen_of

    one.refresh_from_db()
    held = loaded(one)
    SelfEvaluation.objects.filter(pk=one.pk).update(
        state="submitted", frozen=frozen_of(held, held.scored), digest="d" * 64, submitted_at=officer.now()
    )
    for line in held.funds:
        one.funds.create(source=line.source, initial=line.initial, budget=line.budget, executed=line.executed)
    entries(small, 5, "firm")
    assert exchange("self-evaluation", one.pk).file("json") == before


def test_other_departments_find_nothing(watched: Watched, person: Any, exchange: Pages) -> None:
    one = watched.scene.begin(person("jixiao"))
    for what, pk in (("monitoring", watched.report.pk), ("self-evaluation", one.pk)):
        for username in ("lanshan", "zhongxin"):
            pages = exchange(what, pk, username)
            answers = [pages.page(), pages.client.get(f"{pages.address}xlsx"), pages.send(b"{}")]
            assert {answer.status_code for answer in answers} <= {403, 404}, username
        assert exchange(what, pk, "zhongxin").page().status_code == 404


def test_readers_take_files_out_and_only_those_who_fill_take_in(watched: Watched, exchange: Pages) -> None:
    content = exchange("monitoring", watched.report.pk).file("json")
    for username in ("fenguan", "juzhang", "jiwei"):
        pages = exchange("monitoring", watched.report.pk, username)
        assert pages.file("iati")
        assert 'type="file"' not in pages.page().content.decode()
        assert pages.send(content).status_code == 403, username
    assert exchange("monitoring", watched.report.pk, "sysadmin").page().status_code in (403, 404)


def test_an_unknown_kind_is_absent(watched: Watched, exchange: Pages) -> None:
    pages = exchange("monitoring", watched.report.pk)
    assert pages.client.get(f"{pages.address}pdf").status_code == 404


@pytest.mark.parametrize("count", [12, 120])
def test_the_queries_do_not_grow_with_the_rows(count: int, make: Callable[..., Scene], person: Callable[..., Viewer]) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from zhiheng_web.evaluation.queries.exchange import exchange_file

    found = make([Line(f"指标{number}", "10家", "0.75" if count == 120 else "7.5", duty=number % 5 + 1) for number in range(count)])
    one = found.begin(at(person("jixiao")))
    viewer = at(person("jixiao"))
    with CaptureQueriesContext(connection) as asked:
        exchange_page(viewer, "self-evaluation", one.pk)
        data = exchange_file(viewer, "self-evaluation", one.pk, "xlsx")[0]
        preview = exchange_preview(viewer, "self-evaluation", one.pk, SimpleUploadedFile("a.xlsx", data))
    assert len(preview.found.lines) == count
    assert len(asked) <= 60


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_named_after_its_table_and_says_that_it_is_a_draft(kind: str, watched: Watched, exchange: Pages) -> None:
    from urllib.parse import unquote

    pages = exchange("monitoring", watched.report.pk)
    answer = pages.client.get(f"{pages.address}{kind}")
    assert "填报中" in unquote(answer["Content-Disposition"])
    assert answer["X-Content-Type-Options"] == "nosniff"
