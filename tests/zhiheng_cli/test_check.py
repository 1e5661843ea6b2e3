"""check: what it shows, what it writes, how it ends."""

from __future__ import annotations

import io
import json
import re
import tomllib
import unicodedata
from pathlib import Path

import openpyxl
import pytest
from tests.zhiheng_cli.conftest import LINYI, ROOT, Zhiheng


def width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def packed(text: str) -> str:
    """Without blanks: a word that is folded over two lines stays one word."""
    return re.sub(r"\s", "", text)


def test_the_linyi_table_is_shown_whole(zhiheng: Zhiheng) -> None:
    answer = zhiheng("check", LINYI)
    assert (answer.code, answer.err) == (1, "")
    shown = packed(answer.out)
    head = ("临沂市科学技术局", "5364万元", "714万元", "4650万元", "相符")
    for words in (*head, "1政策规划与依法行政", "11科技创新服务", "11项职责，36项指标"):
        assert words in shown
    expected = tomllib.loads((ROOT / "tests/cases/linyi-2020/findings.toml").read_text("utf-8"))["finding"]
    for finding in expected:
        assert f"{finding['code']}第{finding['row']}行第{finding['column']}列" in shown
    assert shown.count("建议：") >= len(expected)


def test_every_indicator_of_the_linyi_table_is_shown_with_its_row(zhiheng: Zhiheng) -> None:
    document = json.loads(zhiheng("check", LINYI, "--format", "json").out)
    assert len(document["plan"]["indicators"]) == 36
    shown = zhiheng("check", LINYI).out
    listed = shown[: shown.index("审核发现")]
    for indicator in document["plan"]["indicators"]:
        assert re.search(rf"^ +{indicator['place']['row']} +{re.escape(indicator['name'][:4])}", listed, re.MULTILINE)


@pytest.mark.parametrize("columns", [60, 80, 160, 240])
def test_nothing_is_cut_off_and_no_line_is_too_long(zhiheng: Zhiheng, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    reference = packed(zhiheng("check", LINYI).out)
    monkeypatch.setenv("COLUMNS", str(columns))
    answer = zhiheng("check", LINYI)
    assert "…" not in answer.out.replace("……", "")
    assert max(width(line.rstrip()) for line in answer.out.splitlines()) <= columns
    assert "\x1b" not in answer.out, "no colour codes in a pipe"
    assert packed(answer.out).endswith(reference[reference.index("审核发现") :])


def test_english_is_complete(zhiheng: Zhiheng, table: Path) -> None:
    chinese, english = (zhiheng("check", table, "--lang", lang) for lang in ("zh", "en"))
    assert zhiheng("--lang", "en", "check", table).out == english.out
    assert "审核发现" in chinese.out
    assert "审核发现" not in english.out
    assert "Suggestion:" in english.out


def test_json_of_one_file(zhiheng: Zhiheng, table: Path) -> None:
    answer = zhiheng("check", table, "--format", "json")
    data = json.loads(answer.out)
    assert list(data) == ["plan", "findings", "failed"]
    assert data["plan"] == json.loads(zhiheng("convert", table, "--to", "json").out)
    assert data["failed"] == []
    wanted = [found for found in data["findings"] if found["code"] in {"R03", "R03a"}]
    assert len(wanted) == 1, "60 against 160 last year, and no reason given"
    assert set(wanted[0]) == {"code", "severity", "place", "parameters", "message"}
    assert wanted[0]["place"]["row"] == 10
    assert wanted[0]["severity"] in {"error", "warning"}


def test_json_of_several_files_keeps_those_that_cannot_be_read(zhiheng: Zhiheng, table: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    answer = zhiheng("check", "--format", "json", table, broken)
    first, second = json.loads(answer.out)["files"]
    assert first["plan"]["title"] == "2020年部门预算整体绩效目标表"
    assert second["plan"] is None
    assert "broken.xlsx" in second["error"]["file"]
    assert second["error"]["message"]
    assert answer.code == 2
    assert "broken.xlsx" in answer.err


def test_the_exit_code_follows_the_gravest_finding(zhiheng: Zhiheng, table: Path, wrong_money: Path) -> None:
    assert zhiheng("check", wrong_money, "--select", "H01").code == 1
    assert zhiheng("check", table, "--select", "H01").code == 0
    assert zhiheng("check", wrong_money, "--select", "H01", "--fail-on", "never").code == 0
    warning = ("check", table, "--select", "R02,C05")
    levels = {found["severity"] for found in json.loads(zhiheng(*warning, "--format", "json").out)["findings"]}
    assert levels <= {"warning", "information"}
    assert zhiheng(*warning).code == 0
    assert zhiheng(*warning, "--fail-on", "information").code == (1 if levels else 0)


def test_money_that_does_not_add_up_is_said_in_the_head(zhiheng: Zhiheng, table: Path, wrong_money: Path) -> None:
    assert "不符" in zhiheng("check", wrong_money, "--ignore", "H").out.split("审核发现")[0]
    assert "不符" not in zhiheng("check", table).out.split("1 公共阅读服务")[0]


def test_the_configuration_selects_and_levels(zhiheng: Zhiheng, table: Path, tmp_path: Path) -> None:
    config = tmp_path / "settings.toml"
    config.write_text('[rules]\nselect = ["R"]\nignore = ["R02"]\n[rules.severity]\nR03a = "information"\nR03 = "information"\n')
    answer = zhiheng("check", table, "--config", config, "--format", "json")
    findings = json.loads(answer.out)["findings"]
    assert findings
    assert {found["code"][0] for found in findings} == {"R"}
    assert "R02" not in {found["code"] for found in findings}
    assert [found["severity"] for found in findings if found["code"] in {"R03", "R03a"}] == ["information"]
    config.write_text('[rules]\nselect = ["R99"]\n')
    wrong = zhiheng("check", table, "--config", config)
    assert wrong.code == 2
    assert "R99" in wrong.err


@pytest.mark.parametrize("words", [("--select", "X01"), ("--ignore", "nonsense")])
def test_a_rule_that_does_not_exist_is_refused(zhiheng: Zhiheng, table: Path, words: tuple[str, ...]) -> None:
    answer = zhiheng("check", table, *words)
    assert answer.code == 2
    assert words[1] in answer.err
    assert answer.out == ""


def test_a_folder_gives_its_tables_and_a_total(zhiheng: Zhiheng, table: Path, wrong_money: Path, tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    table.rename(tmp_path / "below" / table.name)
    (tmp_path / "picture.png").write_bytes(b"no table")
    (tmp_path / ".hidden.txt").write_text("no table")
    (tmp_path / "~$lock.xlsx").write_text("no table")
    answer = zhiheng("check", "--summary", tmp_path)
    lines = answer.out.strip().splitlines()
    assert [Path(line.split("：")[0]).name for line in lines[:2]] == [table.name, wrong_money.name]
    assert "2 个文件，2 张表，4 项指标" in lines[-1]
    assert answer.code == 1


@pytest.mark.parametrize(("format_", "magic"), [("xlsx", b"PK"), ("html", b"<!"), ("pdf", b"%PDF")])
def test_a_report_is_written_by_the_ending_of_out(zhiheng: Zhiheng, table: Path, tmp_path: Path, format_: str, magic: bytes) -> None:
    out = tmp_path / f"report.{format_}"
    answer = zhiheng("check", table, "--out", out)
    assert (answer.out, answer.err) == ("", "")
    assert out.read_bytes()[:8].lower().startswith(magic.lower())


def test_reports_on_several_tables(zhiheng: Zhiheng, table: Path, wrong_money: Path, tmp_path: Path) -> None:
    together = tmp_path / "all.xlsx"
    zhiheng("check", table, wrong_money, "--out", together)
    words = {str(cell) for sheet in openpyxl.load_workbook(together) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert any(table.name in word for word in words)
    assert any(wrong_money.name in word for word in words)
    folder = tmp_path / "reports"
    zhiheng("check", table, wrong_money, table, "--format", "html", "--out", folder)
    names = [f"{table.name}.html", f"{wrong_money.name}.html", f"{table.name}-2.html"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    refused = zhiheng("check", table, wrong_money, "--format", "pdf")
    assert refused.code == 2
    assert "--out" in refused.err


def test_text_and_json_can_be_written_to_a_file(zhiheng: Zhiheng, table: Path, tmp_path: Path) -> None:
    for name in ("answer.txt", "answer.json"):
        answer = zhiheng("check", table, "--out", tmp_path / name)
        assert answer.out == ""
        format_ = Path(name).suffix.lstrip(".").replace("txt", "text")
        assert (tmp_path / name).read_text("utf-8") == zhiheng("check", table, "--format", format_).out


def test_the_table_itself_is_never_written_over(zhiheng: Zhiheng, table: Path) -> None:
    before = table.read_bytes()
    answer = zhiheng("check", table, "--format", "json", "--out", table)
    assert answer.code == 2
    assert table.read_bytes() == before


def test_no_report_goes_over_a_table_whose_name_it_would_have(zhiheng: Zhiheng, table: Path, tmp_path: Path) -> None:
    over = tmp_path / "over"
    over.mkdir()
    for name in ("a.txt", "t.txt", "t.txt.html"):
        (over / name).write_bytes(table.read_bytes())
    answer = zhiheng("check", over, "--format", "html", "--out", over)
    assert (answer.code, answer.out) == (2, "")
    assert f"{over / 't.txt.html'}：输出文件就是输入文件" in answer.err
    assert {path.name for path in over.iterdir()} == {"a.txt", "t.txt", "t.txt.html"}, "refused before anything is written"
    assert {path.read_bytes() for path in over.iterdir()} == {table.read_bytes()}
    (over / "t.txt.html").rename(over / "u.txt")
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "a.txt.html").hardlink_to(over / "u.txt")
    linked = zhiheng("check", over, "--format", "html", "--out", tmp_path / "linked")
    assert (linked.code, (over / "u.txt").read_bytes()) == (2, table.read_bytes())


def test_one_table_goes_into_a_folder_as_many_do(zhiheng: Zhiheng, table: Path, tmp_path: Path) -> None:
    source, there = tmp_path / "source", tmp_path / "there.html"
    source.mkdir()
    there.mkdir()
    table.rename(source / "t.txt")
    for folder in (tmp_path / "new" / "reports", there):
        for _ in range(2):
            answer = zhiheng("check", source, "--format", "html", "--out", folder)
            assert (answer.code, answer.err) == (zhiheng("check", source).code, "")
            assert [path.name for path in folder.iterdir()] == ["t.txt.html"]
    (source / "u.txt").write_bytes((source / "t.txt").read_bytes())
    zhiheng("check", source, "--format", "html", "--out", there)
    assert {path.name for path in there.iterdir()} == {"t.txt.html", "u.txt.html"}
    assert zhiheng("check", source / "t.txt", "--format", "html", "--out", "/dev/null").err == "", "a device is no folder"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_file_is_no_folder_for_reports(zhiheng: Zhiheng, table: Path, wrong_money: Path, tmp_path: Path, lang: str) -> None:
    out = tmp_path / "a"
    out.write_text("mine")
    for tables in ((table, wrong_money), (table,)):
        answer = zhiheng("check", *tables, "--format", "html", "--out", out, "--lang", lang)
        assert (answer.code, answer.out, out.read_text()) == (2, "", "mine")
        assert str(out) in answer.err
        assert {"zh": "已有同名文件", "en": "a file of this name exists"}[lang] in answer.err


def test_an_ending_that_is_no_format_is_refused(zhiheng: Zhiheng, table: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.docx"
    answer = zhiheng("check", table, "--out", out)
    assert (answer.code, answer.out, out.exists()) == (2, "", False)
    assert f"{out}：不知道按什么格式写，扩展名须为 .txt .json .xlsx .html .pdf" in answer.err
    assert ".xlsx .html .pdf, or --format" in zhiheng("check", table, "--out", out, "--lang", "en").err
    assert zhiheng("check", table, "--out", out, "--format", "json").err == ""
    assert json.loads(out.read_text("utf-8"))["failed"] == []
    for name in ("answer", "ANSWER.TXT"):
        zhiheng("check", table, "--out", tmp_path / name)
        assert (tmp_path / name).read_text("utf-8") == zhiheng("check", table).out


def test_the_order_is_that_of_the_files_whatever_the_cores_do(zhiheng: Zhiheng, table: Path, tmp_path: Path) -> None:
    paths = []
    for number in range(9):
        path = tmp_path / f"{9 - number}.txt"
        path.write_bytes(table.read_bytes())
        paths.append(path)
    alone = zhiheng("check", "--summary", "--jobs", "1", *paths)
    spread = zhiheng("check", "--summary", "--jobs", "3", *paths)
    assert spread == alone
    assert [Path(line.split("：")[0]) for line in spread.out.splitlines()[:9]] == paths


def test_progress_goes_to_standard_error_only_when_wanted(zhiheng: Zhiheng, table: Path, wrong_money: Path) -> None:
    assert zhiheng("check", table, wrong_money).err == ""
    answer = zhiheng("check", "--progress", "--format", "json", table, wrong_money)
    assert "正在检查" in answer.err
    json.load(io.StringIO(answer.out))
