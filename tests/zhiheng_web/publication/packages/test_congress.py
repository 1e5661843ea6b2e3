"""What goes to the people's congress: the library's letter and statement, said from the frozen content alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tests.zhiheng_web.publication.packages.conftest import Journey

from zhiheng.reports.letter import Letter, Style
from zhiheng.reports.papers.content import Content as Paper
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions.correct_package import correct_package
from zhiheng_web.publication.actions.send_to_congress import send_to_congress
from zhiheng_web.publication.building.redacting import strings
from zhiheng_web.publication.content import Content, from_json
from zhiheng_web.publication.content.narrative import Statement
from zhiheng_web.publication.papers import letter, statement
from zhiheng_web.publication.queries.congress import addressee

On = Callable[[str, str], Viewer]


def lines(paper: Paper, style: Style) -> list[str]:
    (page,) = paper.pages
    assert isinstance(page, Letter)
    return [line.text for line in page.lines if line.style is style]


def signed(final: Journey) -> Content:
    return from_json(final.to("signed").content)


def test_the_letter_names_number_day_enclosures_and_what_is_withheld(final: Journey) -> None:
    content = signed(final)
    made = letter(content, "临科字〔2021〕66号", date(2021, 8, 22))
    assert (made.code, made.number, made.title) == (
        "congress_letter", "临科字〔2021〕66号", "临沂市科学技术局关于报送2020年度部门决算绩效情况的函",
    )  # fmt: skip
    assert lines(made, Style.TO) == ["人民代表大会常务委员会："]
    assert lines(made, Style.ATTACHMENT) == ["附件：1．2020年度绩效自评表\n　　　　　2．预算绩效情况说明"]
    assert lines(made, Style.SIGNATURE) == ["临沂市科学技术局", "2021年8月22日"]
    body = "".join(lines(made, Style.BODY))
    assert "（共2件）" in body
    assert "与向社会公开的内容一致" in body
    assert ("不予公开" in body) == bool(content.redactions)
    only = letter(replace(content, narrative=()), "", None)
    assert lines(only, Style.ATTACHMENT) == ["附件：2020年度绩效自评表"]
    assert "〔　　〕　号（未编号）" in lines(only, Style.NUMBER)


def test_a_correction_says_in_its_letter_what_it_corrects(final: Journey) -> None:
    content = signed(final)
    assert not content.head.corrects
    assert "更正原因" not in "".join(lines(letter(content, "", None), Style.BODY))


def test_the_statement_says_every_paragraph_once_under_its_heading(final: Journey) -> None:
    content = signed(final)
    made = statement(content)
    assert made.code == "final_account_statement"
    assert lines(made, Style.BODY) == [part for one in content.narrative for part in one.text.splitlines() if part.strip()]
    headings = lines(made, Style.HEADING)
    assert [heading.split("、")[0] for heading in headings] == list("一二三四五六七八九十")[: len(headings)]


def test_paragraphs_of_one_heading_stand_together(final: Journey) -> None:
    said = (Statement("a", "", "起"), Statement("b", "自评情况", "甲"), Statement("c", "自评情况", "乙"), Statement("d", "", "丙"))
    made = statement(replace(signed(final), narrative=said))
    assert lines(made, Style.HEADING) == ["一、有关情况", "二、自评情况"]
    assert lines(made, Style.BODY) == ["起", "甲", "乙", "丙"]


def test_the_addressee_is_what_was_entered_and_the_next_letter_takes_it_over(budget: Journey, on: On) -> None:
    row = budget.to("published", "2020-02-01")
    assert addressee(row) == "人民代表大会常务委员会"
    send_to_congress(on("jixiao", "2020-02-03"), row.pk, "临科字〔2020〕9号", date(2020, 2, 3), "临沂市人民代表大会常务委员会")
    row.refresh_from_db()
    second = correct_package(on("jixiao", "2020-03-01"), row.pk, "目标值笔误。")
    assert (addressee(row), addressee(second)) == ("临沂市人民代表大会常务委员会",) * 2
    Journey(second, on).to("published", "2020-03-03")
    second.refresh_from_db()
    said = "".join(text for _, text in strings(letter(from_json(second.content), "", None, addressee(second)).pages))
    assert "临沂市人民代表大会常务委员会：" in said
    assert "更正原因：目标值笔误。" in said
    assert "。。" not in said
