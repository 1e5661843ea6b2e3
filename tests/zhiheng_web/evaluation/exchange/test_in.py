"""What comes in: our own file says nothing new, whatever its format; what differs is shown and never written; words are taken."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from tests.zhiheng_web.evaluation.exchange.conftest import KINDS, Exchange
from tests.zhiheng_web.evaluation.monitoring.conftest import Watched, filled
from tests.zhiheng_web.evaluation.self_evaluation.scene import AFTER, Line, Scene, at, entries

from zhiheng.plan.procedure import Role
from zhiheng_web.evaluation.actions.close_round import close_round
from zhiheng_web.evaluation.actions.fill_monitoring import RowFilled, fill_monitoring
from zhiheng_web.evaluation.actions.fill_self_evaluation import Cell, fill_self_evaluation
from zhiheng_web.evaluation.actions.take_exchange import Taking, take_exchange
from zhiheng_web.evaluation.models import MonitoringReport, MonitoringRound, MonitoringRow, SelfEvaluation
from zhiheng_web.ledgers.models import Circumstance
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Held, Viewer
from zhiheng_web.planning.models import IndicatorRow, Project
from zhiheng_web.trail.action import Absent, Forbidden
from zhiheng_web.trail.models import TrailRecord

pytestmark = pytest.mark.django_db
Pages = Callable[..., Exchange]
AGREES = "文件与本系统一致"


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return unescape(answer.content.decode())


@pytest.fixture
def states(make: Callable[..., Scene], person: Any) -> SelfEvaluation:
    """A row for each state that the ledgers give: a figure, zero, a rate, missing, not organised, not applicable, judged by a person."""
    names = ("新增企业数", "活动次数", "检查覆盖率", "未设台账数", "省级孵化器", "境外展会", "服务水平")
    targets = ("10家", "5次", "应检尽检", "5项", "3家", "1次", "持续提升")
    points = ("30", "10", "10", "10", "10", "10", "10")
    found = make([Line(name, *rest) for name, *rest in zip(names, targets, points, strict=True)])
    for name in ("新增企业数", "活动次数", "省级孵化器", "境外展会"):
        found.bind(name, "flow", categories=(name,))
    entries(found, 8, "新增企业数")
    found.bind("检查覆盖率", "coverage", counted_on="due_on", states=("done",), categories=("check",))
    for number in range(3):
        day = AFTER.date().replace(year=2020, month=5)
        done = {"state": "done", "done_on": day} if number else {"state": "open", "done_on": None}
        found.ledger.put({"due_on": day, "category": "check", **done})
    account = person("jixiao").account
    for name, kind, document in (("省级孵化器", "not_organised", "鲁科字〔2020〕1号"), ("境外展会", "not_applicable", "")):
        Circumstance.objects.create(
            indicator=found.indicator(name), year=2020, kind=kind, reason="省厅未组织", document=document, decided_by=account,
            confirmed_by=account, confirmed_at=AFTER - timedelta(days=1), known_from=AFTER - timedelta(days=2),
        )  # fmt: skip
    one = found.begin(at(person("jixiao")))
    judged = one.rows.get(indicator_row__name="服务水平")
    judged.tier, judged.judged = 2, Decimal("7.5")
    judged.save()
    return one


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_self_evaluation_sent_back_says_nothing_new(kind: str, states: SelfEvaluation, person: Any, exchange: Pages) -> None:
    row = states.rows.get(indicator_row__name="活动次数")
    own = [Cell(row.pk, "reason", "", "=受疫情影响\n暂停"), Cell(row.pk, "improvement", "", "线上举办｜备注：下年")]
    head = [Cell(None, "problems", "", "样本少"), Cell(None, "goal_actual", "", "基本完成")]
    fill_self_evaluation(at(person("jixiao")), states.pk, own + head)
    pages = exchange("self-evaluation", states.pk)
    html = text(pages.send(pages.file(kind), f"x.{kind}"))
    assert AGREES in html
    assert "一致的指标（7）" in html
    assert 'type="checkbox"' not in html


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_round_sent_back_says_nothing_new(kind: str, watched: Watched, exchange: Pages) -> None:
    row = watched.row("新增企业数")
    said = RowFilled(**filled(reasons=("staff", "other"), forecast="12家", possibility="possible", remark="-"))
    fill_monitoring(watched.officer, row.pk, said, edits=row.edits)
    pages = exchange("monitoring", watched.report.pk)
    html = text(pages.send(pages.file(kind), f"x.{kind}"))
    assert AGREES in html
    assert "一致的指标（5）" in html


@pytest.mark.parametrize(
    ("name", "there", "verdict"),
    [
        ("新增企业数", "9", "不一致"), ("新增企业数", "8项", "单位不同"), ("活动次数", "未填报", "状态不同"),
        ("未设台账数", "0", "状态不同"),
        ("省级孵化器", "0", "状态不同"), ("省级孵化器", "不适用", "状态不同"), ("境外展会", "未到期", "状态不同"),
        ("活动次数", "", "文件未填"),
        ("检查覆盖率", "3/3", "不一致"),
    ],
)  # fmt: skip
def test_another_figure_or_state_is_shown_and_never_written(
    name: str, there: str, verdict: str, states: SelfEvaluation, exchange: Pages
) -> None:
    before = list(states.rows.values())
    pages = exchange("self-evaluation", states.pk)
    html = text(pages.send(pages.changed("PERF_T_SELFPERFINDEX", name, ACTUALVALUE=there)))
    line = html.split(f'<td class="chief">{name}')[1].split("</tr>")[0]
    assert verdict in line
    assert AGREES not in html
    assert "一致的指标（6）" in html
    assert list(states.rows.values()) == before


def test_other_points_and_another_total_are_shown(states: SelfEvaluation, exchange: Pages) -> None:
    pages = exchange("self-evaluation", states.pk)
    html = text(pages.send(pages.changed("PERF_T_SELFPERFINDEX", "新增企业数", SCORE="30", ACTUALWEIGHT="31")))
    assert "得分：文件 30，本系统" in html
    assert "分值：文件 31，本系统" in html
    html = text(pages.send(pages.changed("PERF_T_SELFEVALTASK", "", SCORE="99")))
    assert "总得分：文件 99，本系统" in html


def test_words_of_a_round_are_taken_as_ticked_in_one_record(watched: Watched, exchange: Pages) -> None:
    firms, complaints = watched.row("新增企业数"), watched.row("投诉次数")
    before = {row.pk: (row.value, row.state, row.snapshot_id) for row in watched.report.rows.all()}
    pages = exchange("monitoring", watched.report.pk)
    words = {"DEVIATIONANALYSIS": "人员保障、其他", "OTHERREASONS": "人员变动", "COMPLETEANALYSIS": "2", "COMPLETEANALYSCON": "11家"}
    content = json.loads(pages.file("json"))
    for row in content["tables"]["PERF_T_PROINDEXTRACE"]:
        if row["NAME"] == "新增企业数":
            row |= {**words, "INDEXVAL": "9家", "REMARK": "来自下级"}
        if row["NAME"] == "投诉次数":
            row["OTHERREASONS"] = "集中投诉"
    preview = pages.send(json.dumps(content).encode(), "下级.json")
    assert "不一致" in text(preview)
    ticked = [f"{firms.pk}.{field}" for field in ("reasons", "explanation", "possibility", "forecast")]
    records = TrailRecord.objects.count()
    answer = pages.take(preview, *ticked)
    assert answer["Location"] == f"/monitoring/reports/{watched.report.pk}/"
    firms.refresh_from_db()
    complaints.refresh_from_db()
    assert (firms.reasons, firms.explanation, firms.possibility, firms.forecast) == ("staff other", "人员变动", "possible", "11家")
    assert (firms.remark, complaints.explanation) == ("", "")  # not ticked
    assert {row.pk: (row.value, row.state, row.snapshot_id) for row in watched.report.rows.all()} == before
    assert TrailRecord.objects.count() == records + 1
    record = TrailRecord.objects.order_by("-number").first()
    assert record is not None
    assert (record.action, record.details["file"], record.details["cells"]) == ("evaluation.take_exchange", "下级.json", 4)
    assert len(record.details["sha256"]) == 64


@pytest.mark.parametrize("kind", ["json", "stratml", "iati"])
def test_words_of_a_self_evaluation_are_taken_where_the_format_has_a_place(kind: str, small: Scene, person: Any, exchange: Pages) -> None:
    officer = at(person("jixiao"))
    one = small.begin(officer)
    row = one.rows.get(indicator_row__name="投诉次数")
    pages = exchange("self-evaluation", one.pk)
    said = [Cell(row.pk, "reason", "", "重复投诉"), Cell(row.pk, "improvement", "", "回访"), Cell(None, "overview", "", "全面自评")]
    fill_self_evaluation(officer, one.pk, [*said, Cell(None, "goal_actual", "", "完成")])
    data = pages.file(kind)
    back = [Cell(cell.row, cell.field, cell.text, "") for cell in said]
    fill_self_evaluation(officer, one.pk, [*back, Cell(None, "goal_actual", "完成", "另写的")])
    preview = pages.send(data)
    html = text(preview)
    assert ("全面自评" in html) == (kind == "json")  # documents have no place for the words of the head but the goal's
    assert ("另写的" in html) == (kind != "iati")
    ticked = [f"{row.pk}.reason", f"{row.pk}.improvement", ".overview", ".goal_actual"]
    assert pages.take(preview, *ticked).status_code == 302
    row.refresh_from_db()
    one.refresh_from_db()
    assert (row.reason, row.improvement) == ("重复投诉", "回访")
    assert one.overview == ("全面自评" if kind == "json" else "")
    assert one.goal_actual == ("另写的" if kind == "iati" else "完成")


def test_more_words_than_a_form_may_send_are_taken_by_one_button(
    watched: Watched, exchange: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhiheng_web.evaluation.exchanging.comparing.MOST_BOXES", 3)
    pages = exchange("monitoring", watched.report.pk)
    content = json.loads(pages.file("json"))
    for number, row in enumerate(content["tables"]["PERF_T_PROINDEXTRACE"]):
        row["OTHERREASONS"] = f"说明{number}"
    preview = pages.send(json.dumps(content).encode())
    html = text(preview)
    assert "全部采纳（5 处" in html
    assert " checked" not in html
    seal = html.split('name="seal" value="')[1].split('"')[0]
    assert pages.client.post(f"{pages.address}take/", {"seal": seal, "all": "1"}).status_code == 302
    assert sorted(watched.report.rows.values_list("explanation", flat=True)) == [f"说明{number}" for number in range(5)]


def test_what_somebody_wrote_meanwhile_is_a_conflict_and_nothing_is_taken(watched: Watched, exchange: Pages) -> None:
    firms, complaints = watched.row("新增企业数"), watched.row("投诉次数")
    pages = exchange("monitoring", watched.report.pk)
    content = json.loads(pages.file("json"))
    for row in content["tables"]["PERF_T_PROINDEXTRACE"]:
        row["OTHERREASONS"] = "下级说明"
    preview = pages.send(json.dumps(content).encode())
    fill_monitoring(watched.officer, firms.pk, RowFilled(explanation="本级说明"), edits=firms.edits)
    answer = pages.take(preview, f"{complaints.pk}.explanation", f"{firms.pk}.explanation")
    assert "修改了“新增企业数”" in text(answer, 409)
    assert set(MonitoringRow.objects.values_list("explanation", flat=True)) == {"", "本级说明"}


def test_a_seal_of_another_person_object_or_making_is_refused(watched: Watched, person: Any, exchange: Pages) -> None:
    firms = watched.row("新增企业数")
    pages = exchange("monitoring", watched.report.pk)
    preview = pages.send(pages.changed("PERF_T_PROINDEXTRACE", "新增企业数", OTHERREASONS="说明"))
    ticked = f"{firms.pk}.explanation"
    assert "请重新上传文件" in text(exchange("monitoring", watched.report.pk, "jingban").take(preview, ticked), 400)
    assert exchange("self-evaluation", watched.scene.begin(at(person("jixiao"))).pk).take(preview, ticked).status_code == 400
    assert pages.client.post(f"{pages.address}take/", {"seal": "x" * 40, "take": ticked}).status_code == 400
    assert "没有勾选" in text(pages.take(preview), 400)
    assert not MonitoringRow.objects.exclude(explanation="").exists()


def test_the_action_itself_answers_another_department_and_a_reader(watched: Watched, person: Any) -> None:
    row = watched.row("新增企业数")
    taking = Taking("monitoring", watched.report.pk, [Cell(row.pk, "explanation", "", "越权")], "a.json", "0" * 64, "tables")
    other = Department.objects.create(code="997", name="另一部门")
    stranger = Viewer(person("jixiao").account, (Held(Role.PERFORMANCE_OFFICER, other.pk),), at=watched.officer.at)
    with pytest.raises(Absent):
        take_exchange(stranger, taking)
    with pytest.raises(Forbidden):
        take_exchange(person("juzhang"), taking)
    with pytest.raises(Forbidden):
        take_exchange(person("jingban2"), taking)  # the row is another office's
    row.refresh_from_db()
    assert row.explanation == ""


def test_an_office_takes_over_words_of_its_own_rows_only(watched: Watched, exchange: Pages) -> None:
    pages = exchange("monitoring", watched.report.pk, "jingban")
    content = json.loads(pages.file("json"))
    for row in content["tables"]["PERF_T_PROINDEXTRACE"]:
        row["OTHERREASONS"] = "下级说明"
    preview = pages.send(json.dumps(content).encode())
    html = text(preview)
    foreign = html.split('<td class="chief">未设台账数')[1].split("</tr>")[0]
    assert "不属于您填写的范围" in foreign
    assert "checkbox" not in foreign
    assert html.count('type="checkbox"') == 4
    other = watched.row("未设台账数")
    assert pages.take(preview, f"{other.pk}.explanation").status_code == 400  # it was never offered to him
    assert pages.take(preview, f"{watched.row('新增企业数').pk}.explanation").status_code == 302


def test_words_that_their_input_cannot_hold_are_said_at_once(watched: Watched, exchange: Pages) -> None:
    pages = exchange("monitoring", watched.report.pk)
    words = {"COMPLETEANALYSCON": "大概都能完成吧", "OTHERREASONS": "长" * 2001, "DEVIATIONANALYSIS": "疫情", "COMPLETEANALYSIS": "9"}
    html = text(pages.send(pages.changed("PERF_T_PROINDEXTRACE", "新增企业数", **words)))
    assert "读不出数值" in html
    assert "文字太长" in html
    assert "偏差原因 的代码“疫情”未知" in html
    assert "“9”未知" in html
    assert 'type="checkbox"' not in html


def test_rows_columns_and_units_that_do_not_fit_are_said_in_words(watched: Watched, exchange: Pages) -> None:
    pages = exchange("monitoring", watched.report.pk)
    content = json.loads(pages.file("json"))
    rows = content["tables"]["PERF_T_PROINDEXTRACE"]
    rows[0] |= {"KPI_ID": "1", "NAME": "新增 企业数"}  # another system's key, a blank in the name: still found by name and target
    rows[1] |= {"KPI_ID": "2", "NAME": "改了名的指标", "进度说明": "很好"}
    content["tables"]["PERF_T_PROBGTFUND"][0] |= {"AMT1": "2000000", "AMT4": "100万元"}
    html = text(pages.send(json.dumps(content).encode()))
    assert "按名称和指标值" not in html  # nothing to see in that row
    assert "文件中没有的指标（1）" in html
    assert "改了名的指标" in html
    assert "本表没有这个指标；没有取用" in html
    assert "栏目“进度说明”未知，没有取用" in html
    assert "像是以元填写" in html
    assert "“100万元”不是数值，没有取用" in html


def test_two_rows_of_one_name_are_not_guessed(make: Callable[..., Scene], person: Any, exchange: Pages) -> None:
    found = make([Line("培训次数", "3次", "40"), Line("培训次数2", "5次", "40", duty=2), Line("企业数", "5家", "10")])
    IndicatorRow.objects.filter(name="培训次数2").update(name="培训次数")
    one = found.begin(at(person("jixiao")))
    pages = exchange("self-evaluation", one.pk)
    content = json.loads(pages.file("json"))
    for row in content["tables"]["PERF_T_SELFPERFINDEX"]:
        row["KPI_ID"] = ""
        row["TARGETVALUE"] = "4次" if row["NAME"] == "培训次数" else row["TARGETVALUE"]
    html = text(pages.send(json.dumps(content).encode()))
    assert html.count("名称相同的指标不止一个，无法确定是哪一个") == 2
    assert "文件中没有的指标（2）" in html


OTHERS = [
    ({"FISCAL_YEAR": "2019"}, "文件的预算年度是 2019，本表是 2020"),
    ({"TRACENUM": "2"}, "文件是第 2 次监控，本轮是第 1 次"),
    ({"DEPT_CODE": "999"}, "文件的部门是“999”"),
    ({"PRO_CODE": "P1"}, "文件是项目“P1”的表，本表不是项目的表"),
    ({"FISCAL_YEAR": "", "TASKGUID": ""}, "文件没有写明预算年度"),
]


@pytest.mark.parametrize(("head", "why"), OTHERS)
def test_a_file_of_another_table_year_or_round_is_refused(head: dict[str, str], why: str, watched: Watched, exchange: Pages) -> None:
    pages = exchange("monitoring", watched.report.pk)
    html = text(pages.send(pages.changed("PERF_T_PROMONITOR", "", **head), "别表.json"), 400)
    assert f"“别表.json”不是《{watched.report.table} 1-7月监控》的文件：" in html
    assert why in html
    assert "没有读入" in html


def test_a_file_of_the_other_type_or_of_another_table_is_refused(watched: Watched, make: Any, person: Any, exchange: Pages) -> None:
    one = watched.scene.begin(at(person("jixiao")))
    pages, other = exchange("monitoring", watched.report.pk), exchange("self-evaluation", one.pk)
    assert "是绩效自评的文件，这里读入的是绩效监控" in text(pages.send(other.file("xlsx")), 400)
    assert "是绩效监控的文件，这里读入的是绩效自评" in text(other.send(pages.file("zip")), 400)
    assert "没有年度实际完成值" in text(other.send(pages.file("stratml")), 400)
    assert "文件没有截至 2020-07-31 的监控数值" in text(pages.send(other.file("iati")), 400)
    content = json.loads(pages.file("json"))
    for row in content["tables"]["PERF_T_PROINDEXTRACE"]:
        row |= {"KPI_ID": "", "NAME": "别的" + row["NAME"]}
    assert "没有一行是本表的指标" in text(pages.send(json.dumps(content).encode()), 400)
    unit = watched.report.table.unit
    project = Project.objects.create(unit=unit, code="P1", name="专项", first_year=2020)
    foreign = type(watched.report.table).objects.create(unit=unit, kind="project", year=2020, project=project)
    html = text(pages.send(pages.changed("PERF_T_PROMONITOR", "", TASKGUID=str(foreign.pk))), 400)
    assert "任务主键是另一张表的" in html


BROKEN = [
    (b"", "不是可以读入的文件"), (b"hello", "不是可以读入的文件"), (b"PK\x03\x04broken", "没有读入"), (b"{", "没有读入"),
    (b'{"format": "zhiheng-integrated-1", "tables": {}}', "没有工作表"), (b'{"format": "other", "tables": {}}', "没有读入"),
    (b"<iati-activities", "不是完好的 XML"), (b"<other/>", "不是可以读入的文件"),
    (b'<!DOCTYPE a [<!ENTITY x "y">]><PerformancePlanOrReport>&x;</PerformancePlanOrReport>', "实体"),
    (b"<PerformancePlanOrReport/>", "命名空间"), (b'<iati-activities version="1.05"/>', "只支持 2.03"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为 xlsx"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "why"), BROKEN)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_broken_file_is_refused_with_what_where_and_what_to_do(
    data: bytes, why: str, language: str, watched: Watched, exchange: Pages
) -> None:
    pages = exchange("monitoring", watched.report.pk)
    pages.client.cookies["django_language"] = language
    html = text(pages.send(data, "坏.bin"), 400)
    said = html.split('role="alert">')[1].split("</p>")[0]
    assert (why in said) == (language == "zh-hans")
    assert "坏.bin" in said or not data


def bomb() -> bytes:
    """A small archive that would unpack to a thousand times its size."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("PERF_T_PROINDEXTRACE.csv", b"0" * 30_000_000)
    return packed.getvalue()


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"bomb", b"<a>" * 400, b'{"format": "x"}', b"{", b"<iati-activities"])
def test_a_refusal_is_one_sentence_after_another_in_the_language_of_the_reader(data: bytes, watched: Watched, exchange: Pages) -> None:
    pages = exchange("monitoring", watched.report.pk)
    for language, other in (("zh-hans", "The file"), ("en", "文件")):
        pages.client.cookies["django_language"] = language
        note = re.search(r'role="alert">(.*?)</p>', text(pages.send(bomb() if data == b"bomb" else data, "a.xlsx"), 400))
        assert note is not None
        assert not any(one in note[1] for one in ("“”", "。。", "。；", " / ", "≠", "XML_PARSE", other)), note[1]
        assert "a.xlsx" in note[1]


def test_a_date_that_is_none_is_named(small: Scene, person: Any, exchange: Pages) -> None:
    pages = exchange("self-evaluation", small.begin(at(person("jixiao"))).pk)
    data = pages.file("iati").replace(b'period-end iso-date="2020-12-31"', b'period-end iso-date="2020-13-45"')
    said = text(pages.send(data, "a.xml"), 400)
    assert "“2020-13-45”不是日期" in said


def test_no_file_and_a_marked_file_are_refused(watched: Watched, exchange: Pages) -> None:
    pages = exchange("monitoring", watched.report.pk)
    assert "请先选择文件" in text(pages.client.post(f"{pages.address}compare/"), 400)
    html = text(pages.send(pages.changed("PERF_T_PROINDEXTRACE", "新增企业数", REMARK="机密★1年")), 400)
    assert "涉密不上网" in html


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_cut_anywhere_is_refused_or_read_but_never_breaks(kind: str, watched: Watched, exchange: Pages) -> None:
    pages = exchange("monitoring", watched.report.pk)
    whole = pages.file(kind)
    for share in (1, 3, 7):
        assert pages.send(whole[: len(whole) * share // 8], f"a.{kind}").status_code == 400


def test_what_is_closed_takes_nothing_in(watched: Watched, exchange: Pages) -> None:
    firms = watched.row("新增企业数")
    pages = exchange("monitoring", watched.report.pk)
    data = pages.changed("PERF_T_PROINDEXTRACE", "新增企业数", OTHERREASONS="说明")
    preview = pages.send(data)
    MonitoringReport.objects.filter(pk=watched.report.pk).update(state="submitted")
    assert "监控表已报送，不能再改" in text(pages.send(data), 409)
    assert "监控表已报送，不能再改" in text(pages.take(preview, f"{firms.pk}.explanation"), 409)
    page = text(pages.page())
    assert 'type="file"' not in page
    assert "监控表已报送，不能再改" in page
    MonitoringReport.objects.filter(pk=watched.report.pk).update(submitted_at=watched.officer.at)
    close_round(watched.officer, watched.round.pk)
    assert MonitoringRound.objects.get(pk=watched.round.pk).closed_at
    assert "完成，不能再改" in text(pages.take(preview, f"{firms.pk}.explanation"), 409)
    firms.refresh_from_db()
    assert firms.explanation == ""
    assert pages.file("xlsx")


def test_a_submitted_self_evaluation_takes_nothing_in(states: SelfEvaluation, exchange: Pages) -> None:
    row = states.rows.get(indicator_row__name="新增企业数")
    pages = exchange("self-evaluation", states.pk)
    preview = pages.send(pages.changed("PERF_T_SELFPERFINDEX", "新增企业数", KPI_REMARK="说明"))
    SelfEvaluation.objects.filter(pk=states.pk).update(state="accepted")
    assert "自评结果已认定" in text(pages.take(preview, f"{row.pk}.reason"), 409)
    row.refresh_from_db()
    assert row.reason == ""
