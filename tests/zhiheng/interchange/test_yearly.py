"""Monitoring and self-evaluation in the tables of 预算管理一体化, out and in (rules 2.2, 3.1, 5.4, 5.5; pitfalls of zero and missing)."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from tests.results import results

from zhiheng.interchange.faults import Refused
from zhiheng.interchange.integrated import Setting, Tags
from zhiheng.interchange.parcels import Parcel, written
from zhiheng.interchange.results import Results, Row
from zhiheng.interchange.yearly import Fund, Monitored, Watched, columns, monitoring, self_evaluation
from zhiheng.interchange.yearly_reading import read_monitoring, read_self_evaluation
from zhiheng.plan.plan import Budget, Cell, Figure, Goal, Indicator, Plan
from zhiheng.plan.plan import Fund as Money
from zhiheng.scoring.observation import Counted, Missing, NotDue, NothingDue, NotOrganised, Observation, Rated, Reported, Zero
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context

SETTING = Setting(division="371300000", department="331", goal_id="t1")
KINDS = pytest.mark.parametrize("kind", ["xlsx", "zip", "json"])


def evaluated(*actuals: Observation | None, targets: tuple[str, ...] = ()) -> Results:
    context = Context(name="金额", unit="万元")
    money = Money(
        Cell("年度资金总额"),
        *(Figure(parse(text, context)) for text in ("100", "120", "118.5")),
        points=Figure(parse("10")),
        rate=Figure(parse("98.75%")),
        score=Figure(parse("9.88")),
    )
    rows = tuple(
        Indicator(
            Cell(f"指标{number}"),
            category=("产出指标", "数量指标"),
            target=Figure(parse(targets[number] if targets else "60家", Context(name=f"指标{number}", year=2020))),
        )
        for number in range(len(actuals))
    )
    plan = Plan(
        "部门整体支出绩效自评表",
        "self-evaluation",
        2020,
        department=Cell("临沂市科学技术局"),
        budget=Budget("万元", total=money.budget, funds=(money,)),
        goals=(Goal(Cell("建成"), Cell("已建成")),),
        indicators=rows,
        total_points=Figure(parse("98.5")),
        grade=Cell("优"),
    )
    scored = (Row(actual=actual, weight=Decimal(10), score=Decimal("9.5"), comment="因疫情延后") for actual in actuals)
    return Results(plan, tuple(scored))


def cells(parcel: Parcel, name: str) -> list[dict[str, str]]:
    sheet = next(sheet for sheet in parcel.sheets if sheet.name == name)
    return [dict(zip([column.name for column in sheet.columns], row, strict=True)) for row in sheet.rows]


def codes(parcel: Parcel) -> set[str]:
    return {issue.code for issue in parcel.issues}


class TestColumns:
    def test_tables_of_5_4(self) -> None:
        assert set(columns("monitoring")) == {"PERF_T_PROMONITOR", "PERF_T_PROINDEXTRACE", "PERF_T_PROBGTFUND"}
        assert set(columns("self_evaluation")) == {
            "PERF_T_SELFEVALTASK",
            "PERF_T_SELFPERFINDEX",
            "PERF_T_SELFPROFUND",
            "PERF_T_SELFPERFGOAL",
            "PERF_T_SELFPERFDESC",
        }

    def test_the_order_of_the_import_sheets(self) -> None:
        """2.2: 一级, 二级, 名称, 年度指标值, 当前完成值, 全年预计完成情况, 偏差原因, 原因说明, 完成可能性, 备注."""
        names = [column.zh for column in columns("monitoring")["PERF_T_PROINDEXTRACE"]]
        order = [
            "一级指标",
            "二级指标",
            "绩效指标",
            "年度指标值",
            "当前完成值",
            "全年预计完成情况",
            "偏差原因",
            "原因说明",
            "完成可能性",
            "备注",
        ]
        assert [name for name in names if name in order] == order
        trace = {column.name for column in columns("monitoring")["PERF_T_PROINDEXTRACE"]}
        assert {"TARGETVALUE", "INDEXVAL", "COMPLETEANALYSCON", "DEVIATIONANALYSIS", "OTHERREASONS", "COMPLETEANALYSIS"} <= trace
        assert {"REMARK", "WARN", "DEVIATE", "INDEXCOMPLETION"} <= trace

    def test_the_fields_of_3_1(self) -> None:
        found = self_evaluation(evaluated(Reported(parse("61家").value)), SETTING, statement="自评说明")
        assert cells(found, "PERF_T_SELFPERFINDEX")[0] | {"KPI_ID": ""} == {
            "TASKGUID": "t1",
            "KPI_ID": "",
            "LV1_PERF_IND_NAME": "产出指标",
            "LV2_PERF_IND_NAME": "数量指标",
            "NAME": "指标0",
            "TARGETVALUE": "60家",
            "ACTUALVALUE": "61家",
            "ACTUALWEIGHT": "10",
            "SCORE": "9.5",
            "KPI_REMARK": "因疫情延后",
        }
        money = cells(found, "PERF_T_SELFPROFUND")[0]
        assert (money["AMT1"], money["AMT3"], money["AMT4"]) == ("100", "120", "118.5")
        goal = cells(found, "PERF_T_SELFPERFGOAL")[0]
        assert (goal["KPI_TARGET"], goal["ACTUAL_COMP"]) == ("建成", "已建成")
        assert cells(found, "PERF_T_SELFPERFDESC")[0]["DESCRIPTION"] == "自评说明"
        assert found.ready

    def test_money_in_yuan_goes_out_in_wan(self) -> None:
        sent = evaluated(Zero())
        context = Context(name="金额", unit="元")
        fund = Money(Cell("年度资金总额"), *(Figure(parse(text, context)) for text in ("1000000", "0", "—")))
        sent = replace(sent, plan=replace(sent.plan, budget=Budget("元", funds=(fund,))))
        money = cells(self_evaluation(sent, SETTING), "PERF_T_SELFPROFUND")[0]
        assert (money["AMT1"], money["AMT3"], money["AMT4"]) == ("100", "0", "—")


class TestRoundTrip:
    @KINDS
    def test_a_self_evaluation(self, kind: str) -> None:
        sent = evaluated(
            Reported(parse("61家").value), None, Missing(), Zero(), NotDue("待统计发布"), NothingDue(""), Rated(2, Decimal("9.5"))
        )
        tags = [Tags(id=f"K{number}") for number in range(7)]
        parcel = self_evaluation(sent, SETTING, tags, "说明\n第二行")
        taken = read_self_evaluation(written(parcel, sent.plan, kind))
        assert taken.faults == ()
        assert taken.ids == tuple(f"K{number}" for number in range(7))
        assert taken.content.statement == "说明\n第二行"
        assert taken.content.results.rows == sent.rows
        assert parcel.left_out == ()
        assert [goal.actual.text for goal in taken.content.results.plan.goals if goal.actual] == ["已建成"]
        fund = taken.content.results.plan.budget.funds[0]
        assert fund.executed is not None
        assert fund.executed.reading == sent.plan.budget.funds[0].executed.reading  # type: ignore[union-attr]

    def test_states_stay_different(self) -> None:
        states: tuple[Observation | None, ...] = (None, Missing(), Zero(), NotDue(""), NothingDue(""), NotOrganised(""))
        sent = evaluated(*states)
        parcel = self_evaluation(sent, SETTING)
        texts = [row["ACTUALVALUE"] for row in cells(parcel, "PERF_T_SELFPERFINDEX")]
        assert texts == ["", "未填报", "0", "未到期", "不适用", "未组织"]
        taken = read_self_evaluation(written(parcel, sent.plan, "json"))
        assert [row.actual for row in taken.content.results.rows] == list(states)

    @KINDS
    def test_a_monitoring_table(self, kind: str) -> None:
        sent = monitored()
        parcel = monitoring(sent, SETTING, [Tags(id="K1"), Tags(id="K2")])
        taken = read_monitoring(written(parcel, sent.results.plan, kind))
        assert taken.faults == ()
        assert taken.ids == ("K1", "K2")
        found = taken.content
        assert found.watched == sent.watched
        assert found.funds == (Fund("年度资金总额", Decimal(100), Decimal(120), Decimal(0)), Fund("其他资金", Decimal(0), None, None))
        assert (found.round, found.budget_lamp, found.goal_lamp, found.lamp, found.deviates) == (1, "red", "yellow", "red", True)
        assert [row.actual for row in found.results.rows] == [row.actual for row in sent.results.rows]

    def test_what_has_no_column_is_named(self) -> None:
        sent = monitored()
        left = {(item.row, item.what) for item in monitoring(sent, SETTING).left_out}
        assert (None, "全年预计执行数") in left
        assert (0, "偏差原因") in left, "the reason of the year has no column in a monitoring table; 原因说明 is the round's own"

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(results())
    def test_every_difference_is_among_what_is_left_out(self, sent: Results) -> None:
        parcel = self_evaluation(sent, SETTING)
        found = read_self_evaluation(written(parcel, sent.plan, "json")).content.results
        named = {(item.row, item.what) for item in parcel.left_out}
        for index, (before, after) in enumerate(zip(sent.rows, found.rows, strict=True)):
            assert before.actual == after.actual or (index, "实际完成值") in named or isinstance(after.actual, Zero)
            assert before.comment == after.comment or (index, "偏差原因") in named
            assert before.weight == after.weight or (index, "分值") in named
            assert before.score == after.score or isinstance(before.actual, Rated)
            assert len([item for item in parcel.left_out if item.row == index and item.what == "监控轮次的完成值"]) == len(before.rounds)

    def test_all_three_files_say_the_same(self) -> None:
        sent = evaluated(Reported(parse("61家").value))
        parcel = self_evaluation(sent, SETTING)
        book = openpyxl.load_workbook(io.BytesIO(written(parcel, sent.plan, "xlsx")))
        rows = list(book["PERF_T_SELFPERFINDEX"].iter_rows(values_only=True))
        with zipfile.ZipFile(io.BytesIO(written(parcel, sent.plan, "zip"))) as packed:
            lines = list(csv.reader(io.StringIO(packed.read("PERF_T_SELFPERFINDEX.csv").decode("utf-8-sig"))))
        table = json.loads(written(parcel, sent.plan, "json"))["tables"]["PERF_T_SELFPERFINDEX"]
        assert [cell or "" for cell in rows[2]] == lines[1] == list(table[0].values())
        assert [cell or "" for cell in rows[0]] == lines[0] == list(table[0])

    @KINDS
    def test_texts_that_look_like_formulas(self, kind: str) -> None:
        sent = evaluated(Zero(), Zero())
        sent = replace(sent, rows=tuple(replace(row, comment=text) for row, text in zip(sent.rows, ("=1+1", "'=1+1"), strict=True)))
        taken = read_self_evaluation(written(self_evaluation(sent, SETTING), sent.plan, kind))
        assert [row.comment for row in taken.content.results.rows] == ["=1+1", "'=1+1"]


def monitored() -> Monitored:
    watched = (
        Watched("预计可完成50家", ("funding", "other"), "拨款推迟", "possible", "red", True, Decimal("41.67"), "已报请调整"),
        Watched(possibility="sure", lamp="green", deviates=False),
    )
    funds = (Fund("年度资金总额", Decimal(100), Decimal(120), Decimal(0), Decimal(110)), Fund("其他资金", Decimal(0)))
    return Monitored(evaluated(Reported(parse("25家").value), None), watched, funds, 1, "red", "yellow", "red", deviates=True)


class TestCodes:
    def test_possibility_lamps_and_rate(self) -> None:
        found = monitoring(monitored(), SETTING)
        first, second = cells(found, "PERF_T_PROINDEXTRACE")
        assert (first["COMPLETEANALYSIS"], second["COMPLETEANALYSIS"]) == ("2", "1")
        assert (first["WARN"], second["WARN"]) == ("红", "绿")
        assert first["DEVIATIONANALYSIS"] == "经费保障、其他"
        money = cells(found, "PERF_T_PROBGTFUND")
        assert (money[0]["RATE"], money[0]["AMT4"], money[1]["AMT4"], money[1]["RATE"]) == ("0", "0", "", "")

    def test_a_budget_of_zero_has_no_rate(self) -> None:
        sent = replace(monitored(), funds=(Fund("年度资金总额", Decimal(0), Decimal(0), Decimal(0)),))
        assert cells(monitoring(sent, SETTING), "PERF_T_PROBGTFUND")[0]["RATE"] == ""

    @pytest.mark.parametrize(
        ("words", "tier"), [("达成年度指标", 1), ("部分达成预期指标并具有一定效果", 2), ("未达成年度指标且效果较差", 3)]
    )
    def test_both_wordings_of_the_tiers(self, words: str, tier: int) -> None:
        sent = evaluated(Rated(tier, Decimal("9.5")))
        data = json.loads(written(self_evaluation(sent, SETTING), sent.plan, "json"))
        data["tables"]["PERF_T_SELFPERFINDEX"][0]["ACTUALVALUE"] = words
        taken = read_self_evaluation(json.dumps(data).encode())
        assert taken.content.results.rows[0].actual == Rated(tier, Decimal("9.5"))


class TestWhatItRefuses:
    def test_lengths_and_digits(self) -> None:
        sent = evaluated(Reported(parse("好" * 61).value))
        assert "too_long" in codes(self_evaluation(sent, SETTING))
        assert "too_many_bytes" in codes(self_evaluation(evaluated(Reported(parse("好" * 21).value)), SETTING))
        many = replace(sent, rows=(replace(sent.rows[0], score=Decimal("9.876")),))
        assert "weight_digits" in codes(self_evaluation(many, SETTING))
        assert not self_evaluation(many, SETTING).ready
        assert "required" in codes(self_evaluation(sent, Setting()))

    def changed(self, **cells_: str) -> bytes:
        sent = monitored()
        data = json.loads(written(monitoring(sent, SETTING), sent.results.plan, "json"))
        data["tables"]["PERF_T_PROINDEXTRACE"][0] |= cells_
        return json.dumps(data).encode()

    @pytest.mark.parametrize(
        ("cell", "text", "code"),
        [
            ("COMPLETEANALYSIS", "4", "unknown_code"),
            ("DEVIATIONANALYSIS", "天气", "unknown_code"),
            ("WARN", "紫", "unknown_code"),
            ("DEVIATE", "3", "unknown_code"),
            ("INDEXCOMPLETION", "一半", "not_number"),
            ("INDEXVAL", "9" * 61, "field_long"),
            ("NAME", "", "field_required"),
            ("NEWCOLUMN", "x", "unknown_column"),
        ],
    )
    def test_a_bad_cell_is_said_with_its_row(self, cell: str, text: str, code: str) -> None:
        taken = read_monitoring(self.changed(**{cell: text}))
        assert code in {fault.code for fault in taken.faults}
        fault = next(fault for fault in taken.faults if fault.code == code)
        assert fault.text("zh") != fault.text("en")
        if code != "unknown_column":
            assert (fault.line, fault.path) == (1, f"PERF_T_PROINDEXTRACE!{cell}")

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"{",
            b'{"format": "other"}',
            b'{"format": "zhiheng-integrated-1", "tables": {"A": [1]}}',
            b"PK\x03\x04",
            b"<xml/>",
            b"{" * 100_000,
        ],
    )
    def test_a_file_that_is_none(self, data: bytes) -> None:
        with pytest.raises(Refused) as refusal:
            read_monitoring(data)
        assert refusal.value.faults[0].text("zh")

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b'{"format": "other"}', "wrong_format"),
            (b'{"format": "zhiheng-integrated-1", "tables": {"A": [1]}}', "wrong_rows"),
            (b"{" * 100_000, "json_damaged"),
            (b"PK\x03\x04", "unreadable_file"),
        ],
    )
    def test_a_refusal_says_in_one_language_what_the_file_is(self, data: bytes, code: str) -> None:
        with pytest.raises(Refused) as refusal:
            read_monitoring(data, "退回.xlsx")
        found = refusal.value.faults[0]
        assert found.code == code
        for language in ("zh", "en"):
            said = found.text(language)
            assert not any(one in said for one in ("“”", "。。", "。 /", "≠", "[{", "Expecting"))
            assert ("退回.xlsx" in said) == (code == "unreadable_file")

    def test_a_missing_sheet_and_a_missing_column(self) -> None:
        sent = monitored()
        data = json.loads(written(monitoring(sent, SETTING), sent.results.plan, "json"))
        del data["tables"]["PERF_T_PROBGTFUND"]
        for row in data["tables"]["PERF_T_PROINDEXTRACE"]:
            del row["TARGETVALUE"]
        assert {"no_sheet", "no_column"} <= {fault.code for fault in read_monitoring(json.dumps(data).encode()).faults}


@pytest.mark.parametrize("rate", [Counted(Decimal(2), Decimal(3)), Counted(Decimal(0), Decimal(3)), Counted(Decimal("2.5"), Decimal(5))])
def test_a_rate_keeps_its_parts(rate: Counted) -> None:
    parcel = self_evaluation(evaluated(rate), Setting())
    back = read_self_evaluation(written(parcel, evaluated(rate).plan, "xlsx")).content.results
    assert back.rows[0].actual == rate
    assert not [one for one in parcel.left_out if one.what == "实际完成值"]


@KINDS
def test_what_is_published_beside_a_figure_goes_out_with_it(kind: str) -> None:
    sent = evaluated(Counted(Decimal(126), Decimal(128)), NothingDue("无应办事项"), targets=("应补尽补", "完成"))
    words = ("160.86万元", "0次")
    sent = replace(sent, rows=tuple(replace(row, further=one) for row, one in zip(sent.rows, words, strict=True)))
    parcel = self_evaluation(sent, SETTING)
    assert [row["ACTUALVALUE"] for row in cells(parcel, "PERF_T_SELFPERFINDEX")] == ["126/128（另：160.86万元）", "无应办事项（另：0次）"]
    found = read_self_evaluation(written(parcel, sent.plan, kind)).content.results
    assert [(row.actual, row.further) for row in found.rows] == [(row.actual, row.further) for row in sent.rows]
    assert not parcel.left_out


def test_what_the_column_is_too_narrow_for_is_named() -> None:
    sent = evaluated(Reported(parse("428项").value))
    long = "；".join(f"{number}万元" for number in range(100000, 100012))
    parcel = self_evaluation(replace(sent, rows=(replace(sent.rows[0], further=long),)), SETTING)
    assert cells(parcel, "PERF_T_SELFPERFINDEX")[0]["ACTUALVALUE"] == "428项"
    assert [(one.what, one.text) for one in parcel.left_out] == [("实际完成值的其余部分", long)]


def test_a_tier_in_a_round_has_no_points_and_is_taken_as_the_words_that_it_is() -> None:
    told = Reported(parse("达成预期指标").value)
    results = evaluated(told)
    taken = read_monitoring(written(monitoring(Monitored(results, (Watched(),) * len(results.rows)), Setting()), results.plan, "json"))
    assert taken.content.results.rows[0].actual == told
    assert "not_taken" not in {fault.code for fault in taken.faults}


def test_the_head_says_whose_table_came_in() -> None:
    results = evaluated(Zero())
    taken = read_self_evaluation(written(self_evaluation(results, Setting(goal_id="T-1", department="331")), results.plan, "zip"))
    assert (taken.head["TASKGUID"], taken.head["DEPT_CODE"]) == ("T-1", "331")
