"""A clerk without ledgers gives the figure of the period: an entry with evidence, by which the lamp burns, never the year's figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.zhiheng_web.evaluation.monitoring.conftest import JULY, Watched, filled, pay
from tests.zhiheng_web.evaluation.self_evaluation.scene import Line, at, row_of, scene
from tests.zhiheng_web.ledgers.evidence.files import pdf

from zhiheng.reports.papers.monitoring_report import monitoring_report
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.actions.close_round import close_round
from zhiheng_web.evaluation.actions.declare_actual import declare_actual
from zhiheng_web.evaluation.actions.declare_monitored import declare_monitored
from zhiheng_web.evaluation.actions.fill_monitoring import RowFilled, fill_monitoring
from zhiheng_web.evaluation.actions.open_round import open_round
from zhiheng_web.evaluation.actions.plan_round import plan_round
from zhiheng_web.evaluation.actions.refresh_monitoring import refresh_monitoring
from zhiheng_web.evaluation.actions.submit_monitoring import submit_monitoring
from zhiheng_web.evaluation.queries.monitoring_paper import monitoring_paper
from zhiheng_web.evaluation.queries.monitoring_report import report_page
from zhiheng_web.evaluation.queries.self_evaluation import self_evaluation_page
from zhiheng_web.ledgers.measures.proof import verify
from zhiheng_web.ledgers.models import EntryVersion, Evidence
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Absent, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord

pytestmark = pytest.mark.django_db
Person = Callable[..., Viewer]
LINES = [
    Line("新增企业数", "12家", "30"),
    Line("办结率", "≥95%", "20"),
    Line("能耗变化", "较上年下降5%", "20"),
    Line("平台建成时间", "9月底前", "10"),
    Line("服务水平", "持续提升", "10"),
]
OCTOBER = replace(JULY, name="1-9月监控", last=date(2020, 9, 30), due_on=date(2020, 10, 20))
IN_OCTOBER = datetime(2020, 10, 8, 2, tzinfo=UTC)


def upload(text: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile("统计表.pdf", pdf() + text)


@dataclass
class Bare(Watched):
    """A table of which nothing is counted by a ledger, its money on pace (100 of 150 万元 by July, a good deal of it)."""

    def declare(self, viewer: Viewer, name: str, number: str, unit: str, **more: object) -> None:
        declare_monitored(viewer, self.row(name).pk, Decimal(number), unit, "科室统计表", [upload()], **more)

    def explain(self, viewer: Viewer, *names: str) -> None:
        for name in names:
            row = self.row(name)
            fill_monitoring(viewer, row.pk, RowFilled(**filled()), edits=row.edits)


@pytest.fixture
def bare(organisation: Demonstrated, person: Person) -> Bare:
    officer = person("jixiao")
    found = scene(officer, organisation.units["331001"], LINES, money=None)
    pay(found, officer, {3: "500000", 7: "500000"}, initial="1500000")
    round_ = plan_round(officer, [found.table.unit.department_id], JULY)[0]
    open_round(officer, round_.pk)
    round_.refresh_from_db()
    return Bare(found, round_, officer)


def test_money_alone_makes_no_green_table(bare: Bare) -> None:
    report = bare.report
    assert (report.budget_lamp, report.goal_lamp, report.lamp) == ("green", "none", "none")


def test_what_is_due_and_has_no_figure_must_be_declared_or_explained(bare: Bare, person: Person) -> None:
    with pytest.raises(Refusal) as refused:
        submit_monitoring(bare.officer, bare.report.pk)
    asked = {str(key).split(":")[0] for key in refused.value.fields}
    # the date is due at the end of September, words wait for a person: neither is asked for in July
    assert asked == {str(bare.row(name).pk) for name in ("新增企业数", "办结率", "能耗变化")}
    assert all("没有数据" in text.zh for text in refused.value.fields.values())
    bare.declare(person("jixiao"), "新增企业数", "8", "家")
    bare.explain(person("jixiao"), "办结率", "能耗变化")
    submit_monitoring(bare.officer, bare.report.pk)


def test_the_figure_of_the_period_is_an_entry_with_evidence_and_the_lamp_burns_by_it(bare: Bare, person: Person) -> None:
    # 12家 in equal months: 7 are due by the end of July; 2 of 7 is red, 7 of 7 is green
    bare.declare(person("jixiao"), "新增企业数", "2", "家")
    row = bare.row("新增企业数")
    assert (row.value, row.unit, row.shown_zh, row.lamp, row.due) == (2, "家", "2家", "red", 7)
    assert bare.report.lamp == "red"
    bare.declare(person("jixiao"), "新增企业数", "7", "家")
    row = bare.row("新增企业数")
    assert (row.value, row.lamp, bare.report.goal_lamp, bare.report.lamp) == (7, "green", "green", "green")
    versions = EntryVersion.objects.filter(category=str(row.indicator_id)).order_by("edition")
    assert [(one.decided_on, one.data_year, one.quantity, one.edition) for one in versions] == [
        (date(2020, 7, 31), 2020, 2, "01"),
        (date(2020, 7, 31), 2020, 7, "02"),
    ]
    assert Evidence.objects.filter(entry__in=[one.entry_id for one in versions]).count() == 2
    assert row.snapshot is not None
    assert row.snapshot.on == date(2020, 7, 31)
    assert verify(row.snapshot)
    record = TrailRecord.objects.filter(action="evaluation.declare_monitored").order_by("-pk").first()
    assert record is not None
    assert record.details["number"] == "7"


def test_a_figure_of_july_is_not_the_one_of_september_and_never_the_years(bare: Bare, person: Person) -> None:
    bare.declare(person("jixiao"), "新增企业数", "8", "家")
    later = person("jixiao", IN_OCTOBER)
    autumn = plan_round(later, [bare.round.department_id], OCTOBER)[0]
    open_round(later, autumn.pk)
    second = Bare(bare.scene, autumn, later)
    row = second.row("新增企业数")
    assert (row.value, row.shown_zh, row.lamp) == (None, "尚未申报", "none")
    page = report_page(later, second.report.pk)
    shown = page.row_shown(row.pk)
    assert shown.progress.carried is not None
    assert shown.progress.carried.shown_zh == "8家"
    assert any(one.must for one in shown.asked)
    second.declare(later, "新增企业数", "10", "家")
    assert second.row("新增企业数").lamp == "green"
    # July stands as it was, also when it is taken anew in October
    refresh_monitoring(later, bare.report.pk, "复核")
    assert bare.row("新增企业数").value == 8
    one = bare.scene.begin(person("jixiao"))
    line = self_evaluation_page(at(person("jixiao")), one.pk).lines[0]
    assert line.score is not None
    assert (line.score.state, line.score.points, line.shown.zh) == ("missing", 0, "尚未申报")
    assert line.demands[0].field == "actual"
    assert "全年" in line.demands[0].text.zh
    declare_actual(at(person("jixiao")), one.pk, row_of(one, "新增企业数").pk, Decimal(12), "家", "科室统计表", [upload(b"%y")])
    line = self_evaluation_page(at(person("jixiao")), one.pk).lines[0]
    assert line.score is not None
    assert (line.score.points, line.shown.zh) == (30, "12家")
    assert "actual" not in {demand.field for demand in line.demands}


def test_a_rate_holds_in_full_on_every_day(bare: Bare, person: Person) -> None:
    bare.declare(person("jixiao"), "办结率", "96", "%")
    assert bare.row("办结率").lamp == "green"


def test_a_change_is_the_size_the_target_asks_for(bare: Bare, person: Person) -> None:
    bare.declare(person("jixiao"), "能耗变化", "5", "%")
    row = bare.row("能耗变化")
    assert (row.shown_zh, row.shown_en, row.lamp) == ("下降5%", "fell by 5%", "green")
    with pytest.raises(Invalid, match="不带负号"):
        bare.declare(person("jixiao"), "能耗变化", "-6", "%")
    bare.declare(person("jixiao"), "能耗变化", "6", "%", moved="up")
    row = bare.row("能耗变化")
    assert (row.shown_zh, row.lamp) == ("增长6%", "red")


def test_one_figure_is_not_declared_of_a_target_with_several(
    organisation: Demonstrated, person: Person, signed_in: Callable[[str], Client]
) -> None:
    officer = person("jixiao")
    found = scene(officer, organisation.units["331001"], [Line("举办培训班", "举办培训班4期，培训人员200人", "90")], money=None)
    round_ = plan_round(officer, [found.table.unit.department_id], JULY)[0]
    open_round(officer, round_.pk)
    one = Bare(found, round_, officer)
    with pytest.raises(Invalid, match="原因说明"):
        one.declare(person("jixiao"), "举办培训班", "4", "期")
    page = report_page(officer, one.report.pk)
    (asked,) = [each for each in page.row_shown(one.row("举办培训班").pk).asked if each.must]
    assert "各项完成情况" in asked.text.zh
    assert "一个数不能代表各项，不能在此申报" in signed_in("jixiao").get(f"/monitoring/reports/{one.report.pk}/").content.decode()
    one.explain(person("jixiao"), "举办培训班")
    submit_monitoring(officer, one.report.pk)


def test_of_a_target_with_a_frequency_the_figure_is_that_of_the_year_so_far(
    organisation: Demonstrated, person: Person, signed_in: Callable[[str], Client]
) -> None:
    officer = person("jixiao")
    found = scene(officer, organisation.units["331001"], [Line("信息报送", "每月4篇", "90")], money=None)
    round_ = plan_round(officer, [found.table.unit.department_id], JULY)[0]
    open_round(officer, round_.pk)
    one = Bare(found, round_, officer)
    page = signed_in("jixiao").get(f"/monitoring/reports/{one.report.pk}/").content.decode()
    assert "目标是“每月4篇”，全年合计48篇：填写本年（截至7月31日）累计数" in page
    with pytest.raises(Invalid, match="没有超过一期的目标"):
        one.declare(person("jixiao"), "信息报送", "3", "篇")
    one.declare(person("jixiao"), "信息报送", "3", "篇", so_far=True)
    assert one.row("信息报送").lamp == "red"
    one.declare(person("jixiao"), "信息报送", "28", "篇")
    assert one.row("信息报送").lamp == "green"


def test_a_day_keeps_a_date(bare: Bare, person: Person) -> None:
    row = bare.row("平台建成时间")
    with pytest.raises(Invalid):
        bare.declare(person("jixiao"), "平台建成时间", "1", "项")
    with pytest.raises(Invalid, match="2020-07-31"):  # not done by the round's last day
        declare_monitored(person("jixiao"), row.pk, None, "", "竣工验收单", [upload()], done_on=date(2020, 8, 1))
    declare_monitored(person("jixiao"), row.pk, None, "", "竣工验收单", [upload()], done_on=date(2020, 7, 20))
    row = bare.row("平台建成时间")
    assert (row.value, row.shown_zh, row.shown_en, row.lamp) == (None, "2020年7月20日", "2020-07-20", "green")


def test_a_day_takes_the_place_of_a_judgement_made_without_it(bare: Bare, person: Person) -> None:
    row = bare.row("平台建成时间")
    fill_monitoring(person("jixiao"), row.pk, RowFilled(tier=3), edits=0)
    assert bare.row("平台建成时间").lamp == "red"
    declare_monitored(person("jixiao"), row.pk, None, "", "竣工验收单", [upload()], done_on=date(2020, 7, 20))
    row = bare.row("平台建成时间")
    assert (row.tier, row.lamp) == (None, "green")


@pytest.mark.parametrize(
    ("number", "unit", "source", "files"),
    [
        ("8.00001", "家", "表", 1),
        ("NaN", "家", "表", 1),
        ("8", "", "表", 1),
        ("8", "家", " ", 1),
        ("8", "家", "表", 0),
        ("8", "家", "机密★", 1),
    ],
)
def test_what_cannot_be_declared_leaves_nothing(bare: Bare, number: str, unit: str, source: str, files: int) -> None:
    with pytest.raises(Invalid):
        declare_monitored(bare.officer, bare.row("新增企业数").pk, Decimal(number), unit, source, [upload()] * files)
    assert not EntryVersion.objects.exists()


def test_not_before_the_day_has_passed_nor_after_the_round_is_submitted_or_closed(bare: Bare, person: Person) -> None:
    early = person("jixiao", datetime(2020, 7, 20, 2, tzinfo=UTC))
    with pytest.raises(Refusal, match="尚未过完"):
        bare.declare(early, "新增企业数", "8", "家")
    bare.explain(person("jixiao"), "新增企业数", "办结率", "能耗变化")
    submit_monitoring(bare.officer, bare.report.pk)
    with pytest.raises(Refusal, match="已报送"):
        bare.declare(person("jixiao"), "新增企业数", "8", "家")
    close_round(bare.officer, bare.round.pk)
    with pytest.raises(Refusal, match="不能再改"):
        bare.declare(person("jixiao"), "新增企业数", "8", "家")
    assert not EntryVersion.objects.exists()


def test_what_a_ledger_counts_is_not_declared(watched: Watched, person: Person) -> None:
    with pytest.raises(Refusal, match="已绑定台账"):
        declare_monitored(person("jixiao"), watched.row("新增企业数").pk, Decimal(8), "家", "表", [upload()])


def test_only_who_fills_the_row(bare: Bare, person: Person) -> None:
    for username, refused in (("juzhang", Forbidden), ("shenji", Forbidden), ("lanshan", Absent), ("czyewu", Absent)):
        with pytest.raises(refused):
            bare.declare(person(username), "新增企业数", "8", "家")


def test_the_paper_says_that_nothing_is_known(bare: Bare, person: Person) -> None:
    bare.explain(person("jixiao"), "新增企业数", "办结率", "能耗变化")
    submit_monitoring(bare.officer, bare.report.pk)
    paper = monitoring_paper(person("jixiao"), bare.report.pk)
    said = str(monitoring_report("1号", paper.round).pages)
    assert "目标尚无数据" in said
    assert "没有需要说明的偏差" not in said
    assert "本期没有红灯、黄灯事项" not in said
    for name in ("新增企业数", "办结率", "能耗变化"):
        assert name in said
    assert "受疫情影响" in said


def test_the_paper_of_a_known_table_is_as_it_was(bare: Bare, person: Person) -> None:
    for name, number, unit in (("新增企业数", "8", "家"), ("办结率", "96", "%"), ("能耗变化", "6", "%")):
        bare.declare(person("jixiao"), name, number, unit)
    submit_monitoring(bare.officer, bare.report.pk)
    said = str(monitoring_report("1号", monitoring_paper(person("jixiao"), bare.report.pk).round).pages)
    assert "本期没有需要说明的偏差" in said
    assert "尚无数据" not in said
