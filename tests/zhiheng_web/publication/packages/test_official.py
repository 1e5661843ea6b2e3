"""Published tables on the official forms: the form that was signed, equal when the library reads it again, numbers as numbers."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.zhiheng_web.publication.packages.conftest import Journey

from zhiheng.plan.plan import Document, Plan, Table
from zhiheng.reports.form import Form
from zhiheng.reports.papers.printing import printed
from zhiheng.tables import read
from zhiheng.tables.canonical import document_json, meaning
from zhiheng_web.evaluation.issuing.self_evaluated import table_of
from zhiheng_web.evaluation.issuing.subjects import subject_for
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions.redact import redact
from zhiheng_web.publication.building.building import build
from zhiheng_web.publication.content import Content
from zhiheng_web.publication.content.scores import Earlier, Execution, Override
from zhiheng_web.publication.content.shape import Correction
from zhiheng_web.publication.content.tables import Fund
from zhiheng_web.publication.official import form_of, plan_of
from zhiheng_web.publication.papers import tables
from zhiheng_web.publication.site.downloads import sheet
from zhiheng_web.wording import Text

On = Callable[[str, str], Viewer]


def said(plan: Plan) -> Any:
    """What a plan means, without the places of its cells."""
    return meaning(document_json(Document("", (Table(plan),))))


def with_money(content: Content) -> Content:
    """The same with money: 80 of 100 万元 paid, 8 of 10 points for it."""
    table = content.tables[0]
    assert table.score is not None
    money = Fund("fiscal", Text("财政拨款", "Fiscal"), Decimal(900_000), Decimal(1_000_000), Decimal(805_000))
    execution = Execution(Decimal(1_000_000), Decimal(805_000), Decimal(10), Decimal("8.05"))
    return replace(content, tables=(replace(table, funds=(money,), score=replace(table.score, execution=execution)),))


def lines(form: Form) -> list[list[str]]:
    return [[cell.text for cell in row] for row in form.rows]


def notes(form: Form) -> str:
    return "\n".join(row[0] for row in lines(form) if row[0].startswith("注："))


@pytest.mark.parametrize("kind", ["final", "budget"])
def test_a_published_table_reads_back_equal_from_every_file(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    content = build(request.getfixturevalue(kind).package).content
    content = with_money(content) if kind == "final" else content
    held = plan_of(content, content.tables[0])
    paper = tables(content)
    files = {"docx": printed(paper, "docx"), "pdf": printed(paper, "pdf"), "xlsx": sheet(content, content.tables[0])}
    for ending, data in files.items():
        path = tmp_path / f"table.{ending}"
        path.write_bytes(data)
        (found,) = read(path).tables
        assert kind == "budget" or found.problems == (), "the real table of goals has its own"
        one, other = squeezed(said(found.plan)), squeezed(said(held))
        differing = [key for key in one.keys() | other.keys() if one.get(key) != other.get(key)]
        assert [(key, one.get(key), other.get(key)) for key in differing] == [], ending


def squeezed(data: Any) -> Any:
    """Without blanks: a pdf does not hold whether a line broken to fit had one."""
    return json.loads("".join(json.dumps(data, ensure_ascii=False).replace("\\n", "").split()))


def test_the_published_form_is_the_one_that_was_signed(final: Journey, on: On) -> None:
    content = build(final.package).content
    evaluation = final.package.tables.get().self_evaluation
    about = subject_for(on("jixiao", "2021-08-12"), 2020, "self_evaluation", evaluation.pk, [final.package.department])
    signed = table_of(about, "").pages[0]
    assert isinstance(signed, Form)
    public = form_of(content, content.tables[0])
    assert (public.title, public.subtitle, public.widths) == (signed.title, signed.subtitle, signed.widths)
    assert [row for row in lines(public) if not row[0].startswith("注：")] == [
        row for row in lines(signed) if not row[0].startswith("注：")
    ]


def test_the_points_on_the_form_add_up_with_those_of_the_money(final: Journey) -> None:
    content = with_money(build(final.package).content)
    held = plan_of(content, content.tables[0])
    whole = held.budget.funds[0]
    assert (whole.name.text, whole.points.text, whole.rate.text, whole.score.text) == ("年度资金总额", "10", "80.5%", "8.05")
    assert [one.budget.text for one in held.budget.funds] == ["100", "100"]
    points = [row.points.text for row in held.indicators if row.points is not None and row.points.text not in ("", "—")]
    kept = [row.result.points for row in content.tables[0].rows if row.result and row.result.points is not None and row.result.effective]
    assert sum(map(Decimal, points)) == sum(kept)
    assert held.goals[0].actual is not None
    assert held.goals[0].actual.text == "总体完成。"
    assert held.goals[0].expected.text.startswith("根据《临沂市十三五科技创新规划》")


def test_numbers_are_numbers_in_the_workbook(final: Journey) -> None:
    content = with_money(build(final.package).content)
    book = openpyxl.load_workbook(io.BytesIO(sheet(content, content.tables[0])))
    (page,) = book.worksheets
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    numbers = {cell.value for cell in cells if isinstance(cell.value, int | float)}
    assert {100, 8.05, 10} <= numbers
    assert [
        cell.value for cell in cells if cell.column > 1 and isinstance(cell.value, str) and re.fullmatch(r"\d+(\.\d+)?", cell.value)
    ] == []


def test_points_changed_by_hand_are_starred_and_no_person_is_named(final: Journey) -> None:
    content = build(final.package).content
    table = content.tables[0]
    row = table.rows[5]
    assert row.result is not None
    changed = replace(row.result, points=Decimal("1.25"), override=Override(Decimal("2.5"), Decimal("1.25"), "佐证不全"))
    rows = (*table.rows[:5], replace(row, result=changed), *table.rows[6:])
    own = replace(content, tables=(replace(table, rows=rows),))
    form = form_of(own, own.tables[0])
    assert any("1.25*" in line for line in lines(form))
    assert f"“{row.name}”按评分方案得2.5分，改为1.25分，理由是佐证不全；由两人分别提出和复核。" in notes(form)
    book = openpyxl.load_workbook(io.BytesIO(sheet(own, own.tables[0])))
    starred = [cell for line in book.worksheets[0].iter_rows() for cell in line if "*" in cell.number_format and cell.value]
    assert {cell.number_format for cell in starred} == {'General"*"'}
    assert table.score is not None
    assert [cell.value for cell in starred] == [1.25, float(table.score.total or 0)], "the total that holds it bears the star too"


def test_what_is_provisional_corrected_withheld_and_invented_is_said_on_the_form(final: Journey, on: On) -> None:
    redact(on("jixiao", "2021-08-13"), final.package.pk, "department/d03-i06/target", "trade_secret")
    redact(on("jixiao", "2021-08-13"), final.package.pk, "department/problems", "work_secret")
    content = build(final.package).content
    table = content.tables[0]
    assert table.score is not None
    row = table.rows[0]
    assert row.result is not None
    waiting = replace(row, result=replace(row.result, provisional=True), earlier=Earlier(1, "", Text("9家", "9"), Decimal("2.5")))
    score = replace(table.score, provisional=True, earlier_total=Decimal("90.1"), earlier_grade="良")
    head = replace(content.head, demonstration=True, edition=2, corrects=Correction(1, "首版少计。", date(2021, 8, 23)))
    own = replace(content, head=head, tables=(replace(table, rows=(waiting, *table.rows[1:]), score=score),))
    form = form_of(own, own.tables[0])
    assert any("■ 不予公开：商业秘密" in line for line in lines(form))
    foot = notes(form)
    assert f"总分和等级为暂定，“{row.name}”的得分按暂定数据计算" in foot
    assert "第2版，更正第1版（2021-08-23公开），更正原因为首版少计" in foot
    assert "更正前总分90.1分，等级良" in foot
    assert "实际完成值9家，得分2.5分" in foot
    assert "“存在问题”不予公开（工作秘密）" in foot
    assert "演示数据" in foot


def test_goals_of_a_budget_stand_on_the_form_that_was_approved(budget: Journey) -> None:
    content = build(budget.package).content
    form = form_of(content, content.tables[0])
    assert form.title == "部门整体支出绩效目标表"
    said_ = [text for line in lines(form) for text in line]
    for words in ("战略目标", "5364", "职责目标", "备注 (标准值和历史值均无的原因/其他需要说明的问题)"):
        assert words in said_, words
    assert "自评" not in "".join(said_)


def test_a_table_withheld_as_a_whole_says_so_and_nothing_else(final: Journey, on: On) -> None:
    redact(on("jixiao", "2021-08-13"), final.package.pk, "department", "state_secret")
    content = build(final.package).content
    (form,) = tables(content).pages
    assert isinstance(form, Form)
    assert "■ 不予公开：国家秘密" in [text for line in lines(form) for text in line]
    assert "高新技术企业" not in json.dumps(lines(form), ensure_ascii=False)
