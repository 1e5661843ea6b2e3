"""Export for 预算管理一体化: columns, codes by symbol, lengths, placeholders and what has no place (rules.md 5.2-5.6)."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from zhiheng.interchange.codes import target
from zhiheng.interchange.files import archive, tables, workbook
from zhiheng.interchange.integrated import Package, Setting, Tags, export, issue_texts
from zhiheng.plan.plan import Cell, Duty, Figure, Goal, Indicator, Plan
from zhiheng.tables.reading import read
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context

LINYI = Path(__file__).parents[3] / "examples" / "linyi-2020" / "table.txt"
TABLE = read(LINYI).tables[0]
SETTING = Setting(division="371300000", department="331", goal_id="g1")
ONE = Tags(id="k1", level_1="产出指标", level_2="数量指标", points=Decimal(5), rule="按比例")


def plan(*values: str, **fields: object) -> Plan:
    rows = tuple(
        Indicator(Cell(f"指标{n}"), target=Figure(parse(value, Context())), definition=Cell("说明")) for n, value in enumerate(values)
    )
    return Plan("表", "goal-declaration", 2020, strategic_goal=Cell("目标"), indicators=rows, **fields)  # type: ignore[arg-type]


def cells(package: Package) -> list[dict[str, str]]:
    names = [column.name for column in package.indicators.columns]
    return [dict(zip(names, row, strict=True)) for row in package.indicators.rows]


def codes(package: Package, row: int | None = 0) -> set[str]:
    return {issue.code for issue in package.issues if issue.row == row}


class TestColumns:
    def test_a_departments_tables_have_the_fields_of_5_2_and_5_3(self) -> None:
        found = export(TABLE.plan, SETTING)
        assert (found.goal.name, found.indicators.name) == ("BGT_PERF_GOAL_INFO", "BGT_PERF_INDICATOR")
        goal = [column.name for column in found.goal.columns]
        assert goal == ["KPI_DEP_ID", "MOF_DIV_CODE", "FISCAL_YEAR", "DEPT_CODE", "KPI_TARGET", "CREATE_TIME", "UPDATE_TIME", "IS_DELETED"]
        for name in (
            "KPI_ID",
            "LV1_PERF_IND_CODE",
            "LV3_PERF_IND_NAME",
            "KPI_CONTENT",
            "KPI_EVALSTD",
            "KPI_VAL",
            "COMPUTESIGN",
            "METERUNIT",
        ):
            assert name in [column.name for column in found.indicators.columns]
        lengths = {column.name: column.length for column in target().indicator}
        assert (lengths["KPI_VAL"], lengths["KPI_CONTENT"], lengths["KPI_ID"], lengths["MOF_DIV_CODE"]) == (60, 2000, 38, 9)

    def test_a_projects_tables(self) -> None:
        found = export(plan("60家", project=Cell("科技创新券"), goals=(Goal(Cell("年度目标")),)), replace(SETTING, project="P1"))
        assert (found.goal.name, found.indicators.name) == ("PM_PERF_GOAL_INFO", "PM_PERF_INDICATOR")
        names = [column.name for column in found.indicators.columns]
        assert "PRO_CODE" in names
        assert "DEPT_CODE" not in names
        goal = dict(zip([column.name for column in found.goal.columns], found.goal.rows[0], strict=True))
        assert (goal["PRO_CODE"], goal["PRO_NAME"], goal["IS_DELETED"]) == ("P1", "科技创新券", "2")


class TestSigns:
    @pytest.mark.parametrize(
        ("value", "vendor_a", "vendor_b"),
        [("≥60家", "1", "2"), (">60家", "2", "1"), ("60家", "3", "3"), ("<60家", "4", "4"), ("≤60家", "5", "5"), ("应审尽审", "6", "")],
    )
    def test_two_vendors_by_symbol(self, value: str, vendor_a: str, vendor_b: str) -> None:
        for key, code in (("sign", vendor_a), ("direction", vendor_b)):
            assert cells(export(plan(value), replace(SETTING, codes=key), [ONE]))[0]["COMPUTESIGN"] == code

    @pytest.mark.parametrize(("value", "nature"), [("≥60家", "1"), ("≤60家", "2"), ("应审尽审", "3")])
    def test_the_other_vendors_nature(self, value: str, nature: str) -> None:
        assert cells(export(plan(value), replace(SETTING, codes="direction"), [ONE]))[0]["NATURE"] == nature
        assert "NATURE" not in cells(export(plan(value), SETTING, [ONE]))[0]

    def test_an_unknown_vendor_is_a_mistake(self) -> None:
        with pytest.raises(KeyError):
            export(plan("1家"), replace(SETTING, codes="other"))

    @pytest.mark.parametrize(
        ("value", "number", "unit", "joined"),
        [
            ("20万平方米", "20", "万平方米", "＝20万平方米"),
            ("34.6%以上", "34.6", "%", "≥34.6%"),
            ("不超过200万元", "200", "万元", "≤200万元"),
            ("每月8篇", "8", "篇/月", "＝8篇/月"),
        ],
    )
    def test_value_unit_and_the_joined_text(self, value: str, number: str, unit: str, joined: str) -> None:
        row = cells(export(plan(value), SETTING, [ONE]))[0]
        assert (row["INDEXVAL"], row["METERUNIT"], row["KPI_VAL"]) == (number, unit, joined)

    def test_not_applicable_has_its_own_code_and_words(self) -> None:
        row = cells(export(plan("不适用"), SETTING, [ONE]))[0]
        assert (row["COMPUTESIGN"], row["INDEXVAL"]) == ("10", "本指标不适用此项目")


class TestWhatItRefuses:
    def test_a_range_goes_out_as_two_rows(self) -> None:
        found = export(plan("3-5家"), SETTING, [ONE])
        assert [(row["COMPUTESIGN"], row["INDEXVAL"], row["METERUNIT"]) for row in cells(found)] == [("1", "3", "家"), ("5", "5", "家")]
        assert len({row["KPI_ID"] for row in cells(found)}) == 2
        assert "range_split" in codes(found)

    def test_a_date_goes_out_without_the_hyphen_it_refuses(self) -> None:
        row = cells(export(plan("2020-12-31前"), SETTING, [ONE]))[0]
        assert "-" not in row["INDEXVAL"]
        assert "12月31日" in row["INDEXVAL"]

    def test_words_with_a_forbidden_sign(self) -> None:
        assert "forbidden" in codes(export(plan("按A_B方案完成*"), SETTING, [ONE]))

    def test_a_figure_without_unit_a_blank_and_an_open_value(self) -> None:
        assert "unit_missing" in codes(export(plan("10"), SETTING, [ONE]))
        blank = export(plan(""), SETTING, [ONE])
        assert {"target_missing", "required"} <= codes(blank)
        assert "target_open" in codes(export(plan("0"), SETTING, [ONE]))
        assert not blank.ready

    def test_lengths_in_characters_and_bytes_at_the_border(self) -> None:
        """V60: 60 characters fit where characters are counted; 20 Chinese characters are 60 bytes of UTF-8, 21 are 63."""
        for text, encoding, expected in (
            ("好" * 20, "utf-8", None),
            ("好" * 21, "utf-8", "too_many_bytes"),
            ("好" * 30, "gbk", None),
            ("好" * 31, "gbk", "too_many_bytes"),
            ("好" * 61, "gbk", "too_long"),
        ):
            found = export(plan(text), replace(SETTING, encoding=encoding), [ONE])
            said = {issue.code for issue in found.issues if issue.column == "KPI_VAL"}
            assert said == ({expected} if expected else set()), (len(text), encoding)
            assert cells(found)[0]["KPI_VAL"] == text, "never cut in silence"

    def test_a_name_too_long_for_the_entry_screen(self) -> None:
        long = plan("1家")
        long = replace(long, indicators=(replace(long.indicators[0], name=Cell("名" * 101)),))
        assert "screen" in codes(export(long, SETTING, [ONE]))

    def test_points_beyond_two_decimals(self) -> None:
        assert "weight_digits" in codes(export(plan("1家"), SETTING, [replace(ONE, points=Decimal("5.005"))]))
        assert cells(export(plan("1家"), SETTING, [replace(ONE, points=Decimal("5.50"))]))[0]["WEIGHT"] == "5.5"

    def test_a_complete_row_is_ready(self) -> None:
        found = export(plan("≥60家"), SETTING, [replace(ONE, level_3_code="111")])
        assert found.issues == ()
        assert found.ready


class TestLevels:
    def test_placeholders_for_a_table_without_levels(self) -> None:
        row = cells(export(TABLE.plan, SETTING))[0]
        assert (row["LV1_PERF_IND_NAME"], row["LV2_PERF_IND_CODE"], row["LV3_PERF_IND_CODE"]) == ("产出与效果", "41", "410000009")
        assert "level_placeholder" in codes(export(TABLE.plan, SETTING))
        assert "LV1_PERF_IND_CODE" not in {issue.column for issue in export(TABLE.plan, SETTING).issues if issue.code == "required"}

    def test_a_tagged_level_has_its_code_and_an_unknown_one_is_said(self) -> None:
        row = cells(export(plan("1家"), SETTING, [ONE]))[0]
        assert (row["LV1_PERF_IND_CODE"], row["LV2_PERF_IND_CODE"]) == ("1", "11")
        unknown = replace(ONE, level_1="效益指标", level_2="社会效益指标")
        assert "level_code" in codes(export(plan("1家"), SETTING, [unknown]))
        local = replace(SETTING, level_codes={"效益指标": "2", "社会效益指标": "22"})
        assert "level_code" not in codes(export(plan("1家"), local, [unknown]))


class TestTheRealTable:
    def test_all_36_indicators_go_out_with_their_duty(self) -> None:
        found = cells(export(TABLE.plan, SETTING))
        assert len(found) == 36
        assert [row["LV3_PERF_IND_NAME"] for row in found] == [row.name.text for row in TABLE.plan.indicators]
        names = {duty.number: duty.name.text for duty in TABLE.plan.duties}
        for row, indicator in zip(found, TABLE.plan.indicators, strict=True):
            assert names[indicator.duty] in row["KPI_CONTENT"]
            assert row["KPI_CONTENT"].endswith(indicator.definition.text)

    def test_nothing_the_table_says_is_lost(self) -> None:
        """Every text of the table is in a column there or among what is left out."""
        found = export(TABLE.plan, SETTING)
        sent = "\n".join(cell for sheet in (found.goal, found.indicators) for row in sheet.rows for cell in row)
        left = {(item.row, item.text) for item in found.left_out}
        for position, row in enumerate(TABLE.plan.indicators):
            references = row.references
            for cell in (references.standard, references.standard_source, references.mean, references.last_year, references.history_source):
                assert not cell.text or (position, cell.text) in left
            for cell in (row.activity, row.project):
                assert not cell.text or (position, cell.text) in left
            for cell in (row.name, row.definition, row.remark):
                assert cell.text in sent
        for duty in TABLE.plan.duties:
            assert (None, duty.objective.text) in left
        assert {text for _, text in left} >= {"5364万元", "714万元", "4650万元"}

    def test_every_issue_has_words_in_both_languages(self) -> None:
        for issue in export(TABLE.plan, SETTING).issues:
            assert issue.text("zh")
            assert issue.text("en")
            assert issue.text("zh") != issue.text("en")
        assert all({"severity", "zh", "en"} == set(text) for text in issue_texts().values())


class TestFiles:
    def test_the_workbook_reads_back_as_what_was_sent(self) -> None:
        found = export(TABLE.plan, SETTING)
        book = openpyxl.load_workbook(io.BytesIO(workbook(found, TABLE.plan)))
        assert book.sheetnames == ["BGT_PERF_GOAL_INFO", "BGT_PERF_INDICATOR", "检查", "未能带出"]
        sheet = book["BGT_PERF_INDICATOR"]
        rows = [tuple(cell or "" for cell in row) for row in sheet.iter_rows(values_only=True)]
        assert rows[0] == tuple(column.name for column in found.indicators.columns)
        assert tuple(rows[2:]) == found.indicators.rows
        assert sheet["B3"].value == "371300000"
        assert all(cell.data_type == "s" for cell in sheet[3] if cell.value is not None)

    def test_the_same_table_gives_the_same_bytes(self) -> None:
        first, second = export(TABLE.plan, SETTING), export(TABLE.plan, SETTING)
        assert workbook(first, TABLE.plan) == workbook(second, TABLE.plan)
        assert archive(first, TABLE.plan, "en") == archive(second, TABLE.plan, "en")

    def test_csv_files_hold_the_same_and_no_formula(self) -> None:
        risky = plan("1家", duties=(Duty(1, Cell("职责"), Cell("=cmd|x")),))
        package = export(risky, SETTING, [ONE])
        with zipfile.ZipFile(io.BytesIO(archive(package, risky))) as packed:
            found = {name: list(csv.reader(io.StringIO(packed.read(name).decode("utf-8-sig")))) for name in packed.namelist()}
        assert tuple(found["BGT_PERF_INDICATOR.csv"][1]) == package.indicators.rows[0]
        assert len(found) == len(tables(package, risky)) == 4
        assert not any(cell.startswith(("=", "+", "@")) for rows in found.values() for row in rows for cell in row)
