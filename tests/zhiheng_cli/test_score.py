"""zhiheng score: small invented self-evaluations, read from files as published."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from zhiheng.plan.place import Place, Problem
from zhiheng.tables.grid import Grid, Source
from zhiheng.tables.reading import read_source
from zhiheng_cli.score import Format, recomputed, score
from zhiheng_cli.scored import Scored, as_json, as_text
from zhiheng_cli.texts import Failure, Language

HEAD = """项目支出绩效自评表
（2022年度）
项目名称\t科普活动经费
主管部门\t东湖市图书局\t实施单位\t东湖市图书馆
项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t52.5\t52.5\t45.2\t10\t86%\t9
\t其中：当年财政拨款\t52.5\t52.5\t45.2\t—\t—\t—
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
"""
ROWS = """产出指标\t数量指标\t举办讲座\t≥20场\t17场\t20\t{lectures}\t
产出指标\t质量指标\t活动完成率\t=100%\t94%\t30\t28\t
效益指标\t社会效益指标\t读者能力提升\t能力提升\t达成预期指标\t30\t30\t
满意度指标\t服务对象满意度指标\t读者满意度\t≥90%\t92%\t10\t10\t
总分\t\t\t\t\t100\t{total}\t
"""
GOALS = """项目支出绩效目标表
（2022年度）
项目名称\t科普活动经费
一级指标\t二级指标\t三级指标\t年度指标值
产出指标\t数量指标\t举办讲座\t≥20场
产出指标\t质量指标\t活动完成率\t=100%
满意度指标\t服务对象满意度指标\t读者满意度\t≥90%
"""


def table(folder: Path, lectures: str = "17", total: str = "94") -> Path:
    path = folder / "自评表.txt"
    path.write_text(HEAD + ROWS.format(lectures=lectures, total=total), "utf-8")
    return path


def test_a_table_that_agrees_ends_with_0_and_says_what_it_was_held_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score([table(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "方案：绩效自评通行方案" in out
    assert "四舍五入到整数（能看出取位的 2 行中 2 行相符）" in out.replace("\n", "")  # 45.2/52.5 and 94/100; 17/20 is whole anyway
    assert "总分：公布 94，各行公布得分相加 94，重算 94" in out
    assert "与公布一致" in out


def test_a_row_that_differs_ends_with_1_and_is_shown_with_its_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score([table(tmp_path, lectures="20", total="97")], trace=True) == 1
    out = capsys.readouterr().out
    (line,) = [line for line in out.splitlines() if "举办讲座" in line]
    assert line.split()[:7] == ["9", "举办讲座", "20", "20", "17", "3", "不一致"]
    assert "按完成比例：17÷20×20＝17" in out.replace("\n", "").replace(" ", "")
    assert "未达到目标而给满分" in out.replace("\n", "").replace(" ", "")
    assert "不一致 1 行" in out


@pytest.mark.parametrize("language", list(Language))
def test_a_row_whose_units_differ_is_shown_with_both(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    monkeypatch.setenv("COLUMNS", "200")  # a narrow screen breaks the cell among the lines of the others
    path = table(tmp_path)
    path.write_text(path.read_text("utf-8").replace("17场", "17人次"), "utf-8")
    assert score([path], lang=language) == 0
    out = capsys.readouterr().out.replace("\n", "").replace(" ", "")
    assert ("单位不同：目标为场，实际为人次" if language is Language.ZH else "unitsdiffer:targetin场,actualin人次") in out


def test_a_grade_that_only_other_bands_make_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(tmp_path, lectures="7", total="84")
    path.write_text(path.read_text("utf-8").replace("\t84\t", "\t84\t优"), "utf-8")
    assert score([path]) == 1
    out = capsys.readouterr().out.replace("\n", "")
    assert "等级：公布 优，84 分应为 良；按“等级界线 80/70/60 的做法”的等级界线则相符" in out


def test_a_total_that_is_no_sum_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score([table(tmp_path, total="96")]) == 1
    assert "公布的总分不等于各行相加" in capsys.readouterr().out


def test_as_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score([table(tmp_path, lectures="20", total="97")], format=Format.JSON, trace=True) == 1
    (answer,) = json.loads(capsys.readouterr().out)["tables"]
    assert answer["scheme"]["name"] == "national"
    assert answer["rounding"]["name"] == "half_up_0"
    assert (answer["execution"]["published"], answer["execution"]["expected"], answer["execution"]["verdict"]) == ("9", "9", "equal")
    wrong = answer["rows"][0]
    assert (wrong["published"], wrong["expected"], wrong["method"], wrong["verdict"]) == ("20", "17", "proportional", "differs")
    assert wrong["trace"] == ["按完成比例：17÷20×20＝17"]
    assert (answer["rows"][2]["low"], answer["rows"][2]["high"], answer["rows"][2]["verdict"]) == ("24", "30", "inside")
    assert answer["total"] == {"published": "97", "summed": "97", "expected": "94", "differs": False}


def test_english_is_complete(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score([table(tmp_path)], lang=Language.EN) == 0
    out = capsys.readouterr().out
    assert "half up to whole points (agrees with 2 of the 2 rows that can tell)" in out
    assert "Total: published 94" in out


def test_a_table_without_points_and_actuals_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    goals = tmp_path / "目标表.txt"
    goals.write_text(GOALS, "utf-8")
    assert score([goals]) == 2
    out = capsys.readouterr().out
    assert "不计分：表中没有分值、实际完成值" in out
    assert "不能把100分平均分给 3 个指标" in out
    assert score([goals, table(tmp_path)], format=Format.JSON) == 2
    files = json.loads(capsys.readouterr().out)["files"]
    assert files[0]["tables"][0]["refused"]["columns"] == ["weight", "actual"]
    assert files[1]["tables"][0]["agrees"] is True


def test_a_file_that_cannot_be_read_is_said_and_the_others_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    assert score([empty, table(tmp_path)]) == 2
    answer = capsys.readouterr()
    assert "空.txt" in answer.err
    assert "与公布一致" in answer.out


SCHEME = """
[scheme]
zh = "东湖方案"
en = "Donghu scheme"
from = 2022-01-01
extends = "national"
basis = "东财绩〔2022〕3号"
status = "verified"
[methods]
equal = { value = "yes_no", zh = "等于类", en = "equal", basis = "东财绩〔2022〕3号", status = "verified" }
"""


def test_an_office_may_name_a_scheme_or_bring_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "东湖.toml"
    own.write_text(SCHEME, "utf-8")
    assert score([table(tmp_path)], scheme=str(own), format=Format.JSON) == 1
    (answer,) = json.loads(capsys.readouterr().out)["tables"]
    assert (answer["scheme"]["zh"], answer["scheme"]["stated"]) == ("东湖方案", True)
    assert (answer["rows"][1]["expected"], answer["rows"][1]["verdict"]) == ("0", "differs")
    assert score([table(tmp_path)], scheme="national") == 0
    assert "（指定）" in capsys.readouterr().out


@pytest.mark.parametrize(("scheme", "says"), [("火星", "火星: no such scheme"), ("没有.toml", "没有.toml"), (".", ".")])
def test_a_scheme_that_is_not_there_is_a_sentence(scheme: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(Failure, match=says):
        score([table(tmp_path)], scheme=scheme)


def test_an_empty_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Failure):
        score([tmp_path])


def one_table(problem: str, **changes: str) -> Scored:
    """The invented table, read with a problem of this code in it."""
    rows = tuple(tuple(line.split("\t")) for line in (HEAD + ROWS.format(**{"lectures": "17", "total": "94", **changes})).splitlines())
    document = read_source(Source("自评表.txt", "tsv", (Grid(rows, tuple(range(1, len(rows) + 1))),)))
    (only,) = document.tables
    found = (Problem(problem, Place("自评表.txt", row=12), (("text", "读者满意度"),)),) if problem else ()
    return recomputed("自评表.txt", replace(document, tables=(replace(only, problems=found),)), None)


@pytest.mark.parametrize(
    ("problem", "code", "says"),
    [
        ("truncated", 2, "表格不完整"),
        ("reading-unreliable", 2, "读取结果不可靠"),
        ("row-uncertain", 0, "没有把握"),
        ("goals-not-split", 0, ""),
    ],
)
def test_a_table_not_surely_read_has_its_total_unchecked(problem: str, code: int, says: str) -> None:
    answer = one_table(problem)
    assert answer.code == code
    out = as_text(answer, "zh", trace=False).replace("\n", "")
    assert "读取问题" in out
    assert "第12行：" in out
    assert ("总分没有核对" in out, "已读取的行与公布一致" in out) == (bool(says), bool(says))
    assert says in out
    assert "total was not checked" in as_text(answer, "en", trace=False).replace("\n", " ") or not says
    (data,) = json.loads(as_json([answer], "zh", trace=False))["tables"]
    assert (data["problems"][0]["code"], data["agrees"]) == (problem, code == 0)


def test_a_total_that_may_be_misread_is_no_difference() -> None:
    assert one_table("", total="96").code == 1
    assert one_table("row-uncertain", total="96").code == 0
    assert one_table("row-uncertain", lectures="20", total="96").code == 1


def test_points_that_do_not_sum_to_100_are_the_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(tmp_path)
    path.write_text(path.read_text("utf-8").replace("\t30\t30\t", "\t20\t20\t").replace("\t100\t94", "\t90\t84"), "utf-8")
    assert score([path]) == 1
    last = [line for line in capsys.readouterr().out.splitlines() if line.strip()][-1]
    assert "分值合计 90，应为 100" in last
    assert "与公布一致" not in last


def test_every_table_of_a_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    second = Scored("表.txt", tuple((replace(t, plan=replace(t.plan, title="", project=None)), r) for t, r in one_table("").tables) * 2)
    out = as_text(second, "zh", trace=False)
    assert ("表.txt：第 1 张表" in out, "表.txt：第 2 张表" in out) == (True, True)
    assert "项目支出绩效自评表：科普活动经费" in as_text(one_table(""), "zh", trace=False)


def test_rounding_that_no_row_shows_is_said_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(tmp_path)
    whole = path.read_text("utf-8").replace("94%\t30\t28", "100%\t30\t30").replace("45.2\t10\t86%\t9", "52.5\t10\t100%\t10")
    path.write_text(whole.replace("17场\t20\t17", "20场\t20\t20").replace("\t94\t", "\t100\t"), "utf-8")
    score([path])
    out = capsys.readouterr().out
    assert "没有能看出取位的行" in out
    assert "没有一种取位相符" not in out
