"""Results as StratML Part 2 and IATI 2.03, out and in: valid, equal for what the format holds, every loss named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from tests.results import results

from zhiheng.interchange import iati, iati_reading, stratml, stratml_reading
from zhiheng.interchange.faults import Fault, Refused, fault_texts
from zhiheng.interchange.results import Arrived, Baseline, Exported, Results, RoundValue, Row, field_names, of_plan
from zhiheng.plan.plan import Cell, Duty, Figure, Indicator, Plan
from zhiheng.scoring.observation import Counted, Missing, NotDue, NothingDue, NotOrganised, Observation, Provisional, Rated, Reported, Zero
from zhiheng.tables.reading import read as read_table
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context
from zhiheng.values.value import Quantity

LINYI = Path(__file__).parents[3] / "examples" / "linyi-2020" / "table.txt"
FORMATS: dict[str, tuple[Callable[[Results], Exported], Callable[[bytes], Arrived], Callable[[bytes], tuple[Fault, ...]]]] = {
    "stratml": (stratml.export, stratml_reading.read, stratml.validate),
    "iati": (iati.export, iati_reading.read, iati.validate),
}
BOTH = pytest.mark.parametrize("kind", FORMATS)
NO_PLACE = {
    "plan.budget", "plan.notes", "plan.levels", "plan.total_weight", "plan.total_points", "plan.grade",
    "references.planned", "references.standard", "references.standard_source", "references.mean", "references.history_source",
    "activity", "project", "rule", "grades",
}  # fmt: skip
NO_PLACE_IN = {"stratml": NO_PLACE, "iati": NO_PLACE | {"remark", "weight", "score", "responsible", "plan.goals.actual"}}
"""What neither standard has a place for, by its documentation: money and reference values; points and persons not in IATI."""


def one(actual: Observation | None, target: str = "60家", **fields: object) -> Results:
    context = Context(name="新增分馆数量", definition="说明", year=2020)
    row = Indicator(Cell("新增分馆数量"), 1, definition=Cell("说明"), target=Figure(parse(target, context)) if target else None)
    plan = Plan(
        "2020年目标表", "duty-table", 2020, department=Cell("图书局"), duties=(Duty(1, Cell("公共阅读"), Cell("办好")),), indicators=(row,)
    )
    return Results(plan, (Row(actual=actual, **fields),))  # type: ignore[arg-type]


def root(data: bytes) -> etree._Element:
    return etree.fromstring(data)


class TestRoundTrip:
    @BOTH
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(sent=results())
    def test_generated_tables_with_results(self, kind: str, sent: Results) -> None:
        """Valid, read without a complaint, and equal but for the fields that the standard has no place for."""
        export, read, validate = FORMATS[kind]
        written = export(sent)
        assert validate(written.data) == ()
        arrived = read(written.data)
        assert arrived.faults == ()
        lost = {re.sub(r"\.[0-9][0-9-]*", "", loss.field) for loss in written.losses}
        assert {field for field in lost if not field.startswith("plan.budget")} <= NO_PLACE_IN[kind]
        found = arrived.results
        assert (found.year, found.department, found.plan.title) == (sent.year, sent.department, sent.plan.title)
        assert [(row.name.text, row.duty, row.category) for row in found.plan.indicators] == [
            (row.name.text, row.duty, row.category) for row in sent.plan.indicators
        ]
        for ours, theirs in zip(sent.plan.indicators, found.plan.indicators, strict=True):
            if ours.target is not None and ours.target.text:
                assert theirs.target is not None
                assert theirs.target.reading == ours.target.reading
            else:
                assert theirs.target is None
        for before, after in zip(sent.rows, found.rows, strict=True):
            assert after.actual == before.actual
            assert after.baseline == before.baseline
            assert after.rounds == before.rounds
            assert (after.comment, after.further) == (before.comment, before.further)
            if kind == "stratml":
                assert (after.weight, after.score, after.responsible) == (before.weight, before.score, before.responsible)

    @BOTH
    def test_the_real_table(self, kind: str) -> None:
        export, read, validate = FORMATS[kind]
        sent = of_plan(read_table(LINYI).tables[0].plan)
        written = export(sent)
        assert validate(written.data) == ()
        found = read(written.data).results
        assert len(found.rows) == 36
        assert [row.target.reading.value for row in found.plan.indicators] == [row.target.reading.value for row in sent.plan.indicators]
        assert [(duty.number, duty.name.text, duty.objective.text) for duty in found.plan.duties] == [
            (duty.number, duty.name.text, duty.objective.text) for duty in sent.plan.duties
        ]
        lost = {loss.text for loss in written.losses}
        assert {"5364万元", "714万元", "4650万元"} <= lost, "the money is named as lost"

    @BOTH
    def test_the_same_results_give_the_same_bytes(self, kind: str) -> None:
        export = FORMATS[kind][0]
        assert export(one(Zero())).data == export(one(Zero())).data

    @BOTH
    def test_every_loss_has_its_name_in_both_languages(self, kind: str) -> None:
        for loss in FORMATS[kind][0](of_plan(read_table(LINYI).tables[0].plan)).losses:
            assert loss.what("zh") != loss.field
            assert loss.what("en") != loss.what("zh")
        assert all(set(names) == {"zh", "en"} for names in field_names().values())

    @BOTH
    def test_signs_that_xml_cannot_carry_are_replaced_and_named(self, kind: str) -> None:
        sent = one(Zero(), comment="见\x00附件")
        written = FORMATS[kind][0](sent)
        assert FORMATS[kind][2](written.data) == ()
        assert [loss.field for loss in written.losses] == ["comment"]


STATES: tuple[Observation | None, ...] = (
    None,
    Missing(),
    Zero(),
    Reported(parse("0家").value),
    NotDue(""),
    NotDue("待统计发布"),
    NothingDue(""),
    NothingDue("无应办事项"),
    NotOrganised(""),
    NotOrganised("鲁科字〔2020〕15号"),
    Counted(Decimal(0), Decimal(4)),
    Counted(Decimal(0), Decimal(0)),
    Provisional("2019年", parse("34.6%").value),
    Rated(2, Decimal("8.5")),
)


class TestStatesStayDifferent:
    @BOTH
    @pytest.mark.parametrize("target", ["60家", "≥90%", "显著提升", ""])
    def test_each_state_comes_back_as_itself(self, kind: str, target: str) -> None:
        export, read, _ = FORMATS[kind]
        came = [read(export(one(state, target)).data).results.rows[0].actual for state in STATES]
        assert came == list(STATES)

    def test_iati_leaves_the_value_out_and_never_writes_zero_for_it(self) -> None:
        values = {str(state): root(iati.export(one(state)).data).xpath("string(//period/actual/@value)") for state in STATES[:9]}
        zero = {str(Zero()), str(Reported(parse("0家").value))}
        assert {state for state, value in values.items() if value == "0"} == zero
        assert all(value == "" for state, value in values.items() if state not in zero)

    def test_stratml_writes_no_number_for_a_state(self) -> None:
        space = {"s": stratml.content_model().namespace}
        for state in (Missing(), NotDue(""), NothingDue(""), NotOrganised("")):
            actual = root(stratml.export(one(state)).data).xpath("//s:ActualResult", namespaces=space)
            assert len(actual) == 1
            assert not actual[0].xpath("s:NumberOfUnits", namespaces=space)
        assert root(stratml.export(one(Zero())).data).xpath("string(//s:ActualResult/s:NumberOfUnits)", namespaces=space) == "0"


class TestIati:
    @pytest.mark.parametrize(
        ("target", "measure", "value"),
        [
            ("60家", "1", "60"),
            ("34.6%以上", "2", "34.6"),
            ("全省前5名", "4", "5"),
            ("显著提升", "5", ""),
            ("应审尽审", "2", "100"),
            ("3-5家", "5", ""),
        ],
    )
    def test_measure_and_value(self, target: str, measure: str, value: str) -> None:
        found = root(iati.export(one(None, target)).data)
        assert found.xpath("string(//indicator/@measure)") == measure
        assert found.xpath("string(//target/@value)") == value
        assert found.xpath("string(//target/comment/narrative)") == target

    @pytest.mark.parametrize(("target", "ascending"), [("≥60家", "true"), ("≤65万元", "false"), ("全省前5名", "false")])
    def test_falling_indicators(self, target: str, ascending: str) -> None:
        assert root(iati.export(one(None, target)).data).xpath("string(//indicator/@ascending)") == ascending

    def test_baseline_and_rounds_have_their_periods(self) -> None:
        sent = one(
            Reported(parse("61家").value),
            baseline=Baseline(2019, parse("160家")),
            rounds=(RoundValue(date(2020, 7, 31), Reported(parse("30家").value), "进度正常"),),
        )
        found = root(iati.export(sent).data)
        assert found.xpath("//baseline/@year") == ["2019"]
        assert found.xpath("//baseline/@value") == ["160"]
        assert found.xpath("//period/period-end/@iso-date") == ["2020-12-31", "2020-07-31"]
        assert found.xpath("//actual/@value") == ["61", "30"]

    def test_a_figure_in_another_unit_is_not_passed_off_as_one_in_this(self) -> None:
        """5000元 is not 5000 of an indicator in 万元."""
        sent = one(Reported(parse("5000元").value), "≤65万元")
        found = root(iati.export(sent).data)
        assert not found.xpath("//actual")
        assert iati_reading.read(iati.export(sent).data).results.rows == sent.rows

    def test_without_a_year_there_are_no_periods(self) -> None:
        undated = one(None)
        with pytest.raises(Refused):
            iati.export(replace(undated, plan=replace(undated.plan, year=None)))

    def test_a_foreign_file_without_words(self) -> None:
        data = foreign(
            '<indicator measure="2" ascending="false"><title><narrative>Dropout rate</narrative></title>'
            '<baseline year="2019" value="12"/>'
            '<period><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>'
            '<target value="10"/><actual value="0"/></period></indicator>'
        )
        found = iati_reading.read(data)
        row, result = found.results.plan.indicators[0], found.results.rows[0]
        assert row.name.text == "Dropout rate"
        assert row.target is not None
        assert row.target.reading.value == parse("10%").value
        assert result.actual == Reported(Quantity(Decimal(0), "%")), "a zero that is reported, and no doubtful one"
        assert result.baseline == Baseline(2019, parse("12%"))
        assert not [fault for fault in found.faults if fault.severity == "error"]

    def test_words_and_number_that_disagree(self) -> None:
        data = iati.export(one(Reported(parse("61家").value))).data.replace(b'<actual value="61"', b'<actual value="16"')
        found = iati_reading.read(data)
        assert [fault.code for fault in found.faults] == ["contradiction"]
        assert found.results.rows[0].actual == Reported(parse("16").value)

    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [
            ('measure="1"', 'measure="9"', "unknown_code"),
            ('type="1"><title>', 'type="7"><title>', "unknown_code"),
            ('<target value="60">', "<target>", "rule"),
            ('<period-start iso-date="2020-01-01"/>', "", "schema"),
            (
                'iso-date="2020-01-01"/><period-end iso-date="2020-12-31"',
                'iso-date="2021-01-01"/><period-end iso-date="2020-12-31"',
                "rule",
            ),
            ("<sector", "<no-sector", "schema"),
        ],
    )
    def test_what_breaks_the_standard_is_said_with_its_line(self, old: str, new: str, code: str) -> None:
        flat = re.sub(r">\s+<", "><", iati.export(one(None)).data.decode())
        assert old in flat
        faults = iati.validate(flat.replace(old, new, 1).encode())
        assert code in {fault.code for fault in faults}
        assert all(fault.line == 1 and fault.path for fault in faults if fault.code == code), "the whole document stands in one line"


class TestStratml:
    def test_duties_are_goals_and_indicators_objectives(self) -> None:
        space = {"s": stratml.content_model().namespace}
        found = root(
            stratml.export(one(Reported(parse("61家").value), score=Decimal("9.5"), weight=Decimal(10), responsible="规划科")).data
        )
        assert found.get("Type") == "Performance_Report"
        assert found.xpath("//s:Goal/s:Name/text()", namespaces=space) == ["公共阅读"]
        assert found.xpath("//s:Objective/s:Name/text()", namespaces=space) == ["新增分馆数量"]
        assert found.xpath("//s:UnitOfMeasurement/text()", namespaces=space) == ["家", "分"]
        assert found.xpath("//s:NumberOfUnits/text()", namespaces=space) == ["60", "61", "10", "9.5"]
        assert found.xpath("//s:Role/s:RoleType/text()", namespaces=space) == ["Performer"]
        assert root(stratml.export(one(None)).data).get("Type") == "Performance_Plan"

    def test_a_foreign_plan(self) -> None:
        """Another publisher's report: two indicators in one objective, dates of several years, things we have no field for."""
        data = b"""<PerformancePlanOrReport xmlns="urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport" Type="Performance_Report">
<Name>Library Plan</Name><StrategicPlanCore>
<Organization><Name>City Library</Name><Acronym>CL</Acronym></Organization>
<Mission><Description>Read more</Description></Mission>
<Goal><Name>Branches</Name><Description>Open branches</Description>
<Objective><Name>Openings</Name><PerformanceIndicator>
<MeasurementDimension>New branches</MeasurementDimension><UnitOfMeasurement>branches</UnitOfMeasurement>
<MeasurementInstance><TargetResult><StartDate>2019-01-01</StartDate><EndDate>2019-12-31</EndDate><NumberOfUnits>3</NumberOfUnits></TargetResult>
<ActualResult><EndDate>2019-12-31</EndDate><NumberOfUnits>2</NumberOfUnits></ActualResult></MeasurementInstance>
<MeasurementInstance><TargetResult><EndDate>2020-12-31</EndDate><NumberOfUnits>4</NumberOfUnits></TargetResult>
<ActualResult><EndDate>2020-12-31</EndDate><NumberOfUnits>0</NumberOfUnits></ActualResult></MeasurementInstance>
</PerformanceIndicator><PerformanceIndicator>
<MeasurementDimension>Readers</MeasurementDimension><UnitOfMeasurement/>
</PerformanceIndicator></Objective></Goal></StrategicPlanCore>
<AdministrativeInformation><StartDate>2020-01-01</StartDate><EndDate>2020-12-31</EndDate></AdministrativeInformation>
</PerformancePlanOrReport>"""
        assert stratml.validate(data) == ()
        found = stratml_reading.read(data)
        assert [(row.name.text, row.duty) for row in found.results.plan.indicators] == [("New branches", 1), ("Readers", 1)]
        first = found.results.rows[0]
        actual = first.actual
        assert isinstance(actual, Reported)
        assert (actual.value.amount, actual.value.unit) == (0, "branches")  # type: ignore[union-attr]
        assert first.baseline is not None
        assert first.baseline.year == 2019
        assert found.results.rows[1].actual is None
        assert {fault.code for fault in found.faults} == {"not_taken"}
        told = " ".join(fault.text("en") for fault in found.faults)
        assert "CL" in told
        assert "Read more" in told

    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [
            ('Type="Performance_Plan"', 'Type="Other"', "unknown_code"),
            (' Type="Performance_Plan"', "", "missing_attribute"),
            (' Type="Performance_Plan"', ' Type="Performance_Plan" Kind="x"', "unknown_attribute"),
            ("<UnitOfMeasurement>家</UnitOfMeasurement>", "", "missing_element"),
            ("<Name>公共阅读</Name>", "<Name>公共阅读</Name><Name>又一个</Name>", "too_many"),
            ("<EndDate>2020-12-31</EndDate>", "<EndDate>2020-13-31</EndDate>", "not_date"),
            ("<NumberOfUnits>60</NumberOfUnits>", "<NumberOfUnits>六十</NumberOfUnits>", "not_number"),
            ("<NumberOfUnits>60</NumberOfUnits>", "<Units>60</Units>", "unknown_element"),
            ("<NumberOfUnits>60</NumberOfUnits>", "<Identifier>1 2</Identifier>", "unknown_element"),
            ("<StrategicPlanCore>", "<StrategicPlanCore>文字", "stray_text"),
        ],
    )
    def test_what_breaks_the_standard_is_said_with_its_line(self, old: str, new: str, code: str) -> None:
        flat = re.sub(r">\s+<", "><", stratml.export(one(None)).data.decode())
        assert old in flat
        faults = stratml.validate(flat.replace(old, new, 1).encode())
        assert code in {fault.code for fault in faults}
        assert all(fault.line == 1 and fault.path.startswith("/PerformancePlanOrReport") for fault in faults)

    def test_the_line_and_the_path_are_those_of_the_element(self) -> None:
        data = stratml.export(one(None)).data.replace(b"<NumberOfUnits>60", "<NumberOfUnits>六十".encode())
        line = next(number for number, text in enumerate(data.decode().splitlines(), start=1) if "六十" in text)
        (fault,) = stratml.validate(data)
        assert (fault.line, fault.path.rpartition("/")[2]) == (line, "NumberOfUnits")
        assert f"第{line}行" in fault.text("zh")

    def test_elements_out_of_order(self) -> None:
        flat = stratml.export(one(None)).data.decode()
        turned = flat.replace("<Name>公共阅读</Name>", "").replace(
            "<Description>办好</Description>", "<Description>办好</Description><Name>公共阅读</Name>"
        )
        assert "unknown_element" in {fault.code for fault in stratml.validate(turned.encode())}

    def test_a_state_nobody_knows(self) -> None:
        data = stratml.export(one(NotDue(""))).data.replace(b"not_due", b"not_known")
        assert "unknown_code" in {fault.code for fault in stratml_reading.read(data).faults}

    def test_words_that_do_not_fit_their_state(self) -> None:
        data = stratml.export(one(Counted(Decimal(3), Decimal(4)))).data.replace(b"3/4", "三比四".encode())
        found = stratml_reading.read(data)
        assert "unreadable" in {fault.code for fault in found.faults}
        assert found.results.rows[0].actual is None


def foreign(indicator: str) -> bytes:
    return (
        '<iati-activities version="2.03"><iati-activity><iati-identifier>XX-1</iati-identifier>'
        '<reporting-org ref="XX" type="10"><narrative>Ministry</narrative></reporting-org>'
        "<title><narrative>Schools</narrative></title><description><narrative>All schools</narrative></description>"
        '<participating-org role="1"><narrative>Ministry</narrative></participating-org><activity-status code="2"/>'
        '<activity-date type="1" iso-date="2020-01-01"/><sector code="11220"/>'
        f'<result type="2"><title><narrative>Education</narrative></title>{indicator}</result></iati-activity></iati-activities>'
    ).encode()


class TestBadInput:
    @BOTH
    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"", "damaged"),
            (b"not xml at all", "damaged"),
            (b"<a>\n<b></a>", "damaged"),
            (b"\xff\xfe\x00", "damaged"),
            (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "entities"),
            (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "entities"),
            ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"), "entities"),
            (b"<html/>", "wrong_root"),
            (b'<PerformancePlanOrReport xmlns="urn:other"/>', ""),
            (b'<iati-activities version="1.05"/>', ""),
            (b'<iati-activities xmlns="urn:x" version="2.03"/>', ""),
            (b"<a>" + b"x" * 20_001 + b"</a>", "long_text"),
            (b"<a>" * 400 + b"</a>" * 400, "xml_limit"),
        ],
    )
    def test_a_document_that_cannot_be_taken(self, kind: str, data: bytes, code: str) -> None:
        with pytest.raises(Refused) as refusal:
            FORMATS[kind][1](data)
        for fault in refusal.value.faults:
            assert not code or fault.code == code
            assert fault.text("zh")
            assert fault.text("en")
            assert fault.text("zh") != fault.text("en")

    def test_no_file_is_read_and_nothing_is_expanded(self) -> None:
        laughs = (
            b'<!DOCTYPE a [<!ENTITY a "'
            + b"ha" * 50
            + b'">'
            + b"".join(b'<!ENTITY %c "%s">' % (98 + n, (b"&%c;" % (97 + n)) * 20) for n in range(8))
        )
        with pytest.raises(Refused):
            stratml_reading.read(laughs + b"]><a>&i;</a>")

    def test_a_document_that_is_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("zhiheng.interchange.documents.MAX_BYTES", 100)
        with pytest.raises(Refused) as refusal:
            stratml_reading.read(b"<a/>" + b" " * 100)
        assert refusal.value.faults[0].code == "too_large"

    def test_the_line_of_the_damage(self) -> None:
        with pytest.raises(Refused) as refusal:
            stratml_reading.read(b"<a>\n\n<b></c></a>")
        assert refusal.value.faults[0].line == 3
        assert refusal.value.faults[0].text("en").startswith("line 3")

    def test_every_fault_has_its_words(self) -> None:
        for texts in fault_texts().values():
            assert set(texts) == {"severity", "zh", "en"}
            assert re.findall(r"{(\w+)}", texts["zh"]) == [] or texts["zh"] != texts["en"]

    def test_several_activities_are_said(self) -> None:
        one_activity = foreign('<indicator measure="1"><title><narrative>a</narrative></title></indicator>')
        twice = one_activity.replace(
            b"</iati-activity></",
            b"</iati-activity>" + one_activity[one_activity.index(b"<iati-activity>") : one_activity.index(b"</iati-activities>")] + b"</",
        )
        assert "several_activities" in {fault.code for fault in iati_reading.read(twice).faults}

    def test_numbers_no_one_can_mean(self) -> None:
        for number in ("NaN", "1e999999999", "Infinity", "六"):
            data = foreign(
                '<indicator measure="1"><title><narrative>a</narrative></title><period><period-start iso-date="2020-01-01"/>'
                f'<period-end iso-date="2020-12-31"/><actual value="{number}"/></period></indicator>'
            )
            found = iati_reading.read(data)
            assert "not_number" in {fault.code for fault in found.faults}
            assert found.results.rows[0].actual is None
