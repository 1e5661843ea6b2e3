"""convert: every kind of file, there and back."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.zhiheng_cli.conftest import LINYI, Zhiheng

from zhiheng.interchange import iati, iati_reading, stratml, stratml_reading
from zhiheng.interchange.results import Results, Row
from zhiheng.plan.plan import Cell, Figure, Indicator, Plan
from zhiheng.scoring.observation import Counted, Reported
from zhiheng.values.parse import parse

WHEREABOUTS = {"place", "layout", "problems", "provenance", "digest", "columns"}


def meaning(data: Any) -> Any:
    """A plan without the whereabouts of its values."""
    if isinstance(data, dict):
        return {key: meaning(value) for key, value in data.items() if key not in WHEREABOUTS}
    return [meaning(item) for item in data] if isinstance(data, list) else data


def canonical(zhiheng: Zhiheng, path: Path) -> Any:
    answer = zhiheng("convert", path, "--to", "json")
    assert answer.code == 0, answer.err
    return meaning(json.loads(answer.out))


@pytest.mark.parametrize("ending", ["xlsx", "docx", "html", "htm", "txt", "tsv", "json", "XLSX"])
def test_what_is_written_reads_as_the_same_plan(zhiheng: Zhiheng, table: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"out.{ending}"
    answer = zhiheng("convert", table, out)
    assert (answer.code, answer.out) == (0, "")
    assert canonical(zhiheng, out) == canonical(zhiheng, table)


def test_the_pdf_is_a_pdf(zhiheng: Zhiheng, table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    assert zhiheng("convert", table, out).code == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_problems_of_reading_go_to_standard_error(zhiheng: Zhiheng) -> None:
    answer = zhiheng("convert", LINYI, "--to", "json")
    assert answer.code == 0
    problems = json.loads(answer.out)["problems"]
    assert problems
    assert len(answer.err.strip().splitlines()) >= len(problems)


def test_a_file_with_two_tables_gives_both(zhiheng: Zhiheng, table: Path, wrong_money: Path, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for path in (table, wrong_money):
        sheet = book.create_sheet(path.stem)
        for line in path.read_text("utf-8").splitlines():
            sheet.append(line.split("\t"))
    source = tmp_path / "two.xlsx"
    book.save(source)
    data = json.loads(zhiheng("convert", source, "--to", "json").out)
    assert len(data["tables"]) == 2
    assert len(data["indicators"]) == 4
    out = tmp_path / "both.xlsx"
    assert zhiheng("convert", source, out).code == 0
    assert len(openpyxl.load_workbook(out).sheetnames) == 2
    assert len(json.loads(zhiheng("convert", out, "--to", "json").out)["tables"]) == 2


def test_the_input_is_not_overwritten(zhiheng: Zhiheng, table: Path) -> None:
    before = table.read_bytes()
    assert zhiheng("convert", table, table).code == 2
    assert table.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [(("out.exe",), "out.exe"), ((), "--to"), (("no/such/folder/out.xlsx",), "out.xlsx")],
)
def test_what_cannot_be_written_is_said(zhiheng: Zhiheng, table: Path, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    answer = zhiheng("convert", table, *(tmp_path / word for word in words))
    assert answer.code == 2
    assert said in answer.err
    assert "Traceback" not in answer.err


def test_what_cannot_be_read_leaves_no_output(zhiheng: Zhiheng, tmp_path: Path) -> None:
    source = tmp_path / "empty.xlsx"
    source.write_bytes(b"")
    out = tmp_path / "out.xlsx"
    answer = zhiheng("convert", source, out)
    assert answer.code == 2
    assert "empty.xlsx" in answer.err
    assert not out.exists()


def test_the_endings_are_named_the_usual_one_first(zhiheng: Zhiheng, tmp_path: Path) -> None:
    answer = zhiheng("convert", LINYI, tmp_path / "f.csv")
    assert answer.code == 2
    assert "扩展名须为 .xlsx .docx .pdf" in answer.err


class TestExchangeFormats:
    """StratML Part 2 and IATI: written, read again, and what they cannot hold said on standard error."""

    @pytest.mark.parametrize("kind", ["stratml", "iati"])
    def test_there_and_back(self, zhiheng: Zhiheng, table: Path, tmp_path: Path, kind: str) -> None:
        out = tmp_path / f"out.{kind}"
        answer = zhiheng("convert", table, out)
        assert answer.code == 0
        assert "预算总额" in answer.err, "the budget has no place there, and that is said"
        before, after = canonical(zhiheng, table), canonical(zhiheng, out)
        assert after["duties"] == before["duties"]
        for one, other in zip(before["indicators"], after["indicators"], strict=True):
            assert (other["name"], other["definition"], other["target"]) == (one["name"], one["definition"], one["target"])
            assert other["references"]["last_year"] == one["references"]["last_year"]

    @pytest.mark.parametrize("kind", ["stratml", "iati"])
    def test_results_keep_their_words_by_way_of_json(self, zhiheng: Zhiheng, tmp_path: Path, kind: str) -> None:
        """126/128 is a rate with its parts, never the ratio 126:128, and what is published beside it stays."""
        rows = [Indicator(Cell(name), target=Figure(parse(target))) for name, target in (("兑现", "应补尽补"), ("服务", "400项"))]
        plan = Plan("2020年项目支出绩效自评表", "self-evaluation", 2020, department=Cell("科技局"), indicators=tuple(rows))
        rate, contracts = Counted(Decimal(126), Decimal(128)), Reported(parse("428项").value)
        sent = Results(plan, (Row(actual=rate, further="160.86万元"), Row(actual=contracts, further="125902万元；100721.6万元")))
        first, between, last = tmp_path / "first.xml", tmp_path / "between.json", tmp_path / "last.xml"
        first.write_bytes((stratml if kind == "stratml" else iati).export(sent).data)
        assert zhiheng("convert", first, between).code == 0
        assert zhiheng("convert", between, last, "--to", kind).code == 0
        found = (stratml_reading if kind == "stratml" else iati_reading).read(last.read_bytes()).results
        assert [(row.actual, row.further) for row in found.rows] == [(row.actual, row.further) for row in sent.rows]
        assert "126/128" in last.read_text("utf-8")

    @pytest.mark.parametrize("kind", ["stratml", "iati"])
    def test_what_was_read_prints_on_the_form(self, zhiheng: Zhiheng, table: Path, tmp_path: Path, kind: str) -> None:
        out, form = tmp_path / "out.xml", tmp_path / "form.xlsx"
        assert zhiheng("convert", table, out, "--to", kind).code == 0
        assert zhiheng("convert", out, form).code == 0
        assert [row["name"] for row in canonical(zhiheng, form)["indicators"]] == [
            row["name"] for row in canonical(zhiheng, table)["indicators"]
        ]

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"<PerformancePlanOrReport>\n<Name>", "第2行"),
            (b'<PerformancePlanOrReport xmlns="urn:other"/>', "urn:other"),
            (b'<iati-activities version="1.01"/>', "1.01"),
            (b'<!DOCTYPE x [<!ENTITY e "x">]><iati-activities version="2.03">&e;</iati-activities>', "DOCTYPE"),
        ],
    )
    def test_a_bad_document_is_refused_with_its_reason(self, zhiheng: Zhiheng, tmp_path: Path, content: bytes, said: str) -> None:
        source = tmp_path / "in.xml"
        source.write_bytes(content)
        answer = zhiheng("convert", source, "--to", "json")
        assert answer.code == 2
        assert said in answer.err

    def test_two_tables_do_not_fit_into_one_document(self, zhiheng: Zhiheng, table: Path, wrong_money: Path, tmp_path: Path) -> None:
        import openpyxl

        book = openpyxl.Workbook()
        book.remove(book.active)
        for path in (table, wrong_money):
            sheet = book.create_sheet(path.stem)
            for line in path.read_text("utf-8").splitlines():
                sheet.append(line.split("\t"))
        source = tmp_path / "two.xlsx"
        book.save(source)
        answer = zhiheng("convert", source, "--to", "stratml")
        assert answer.code == 2
        assert "2" in answer.err

    def test_actuals_survive_in_json_and_are_said_to_be_off_the_form(self, zhiheng: Zhiheng, table: Path, tmp_path: Path) -> None:
        out = tmp_path / "out.stratml"
        assert zhiheng("convert", table, out).code == 0
        result = b"</TargetResult>\n<ActualResult><EndDate>2020-12-31</EndDate><NumberOfUnits>0</NumberOfUnits></ActualResult>"
        out.write_bytes(out.read_bytes().replace(b"</TargetResult>", result, 1))
        answer = zhiheng("convert", out, "--to", "json")
        assert "实际完成值" in answer.err
        assert json.loads(answer.out)["indicators"][0]["actual"]["value"] == "0"
