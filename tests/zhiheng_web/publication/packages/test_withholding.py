"""Withholding takes words and figures away and makes no sentence false: what was done as a whole is still said as it was done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from zhiheng_web.publication.building.drafting import drafted
from zhiheng_web.publication.building.extent import Extent, ProjectDone
from zhiheng_web.publication.building.narrating import resolved
from zhiheng_web.publication.building.numbers import numbers_of
from zhiheng_web.publication.building.redacting import redacted
from zhiheng_web.publication.content.aftermath import Use
from zhiheng_web.publication.content.narrative import Number
from zhiheng_web.publication.content.places import Withheld
from zhiheng_web.publication.content.scores import Score
from zhiheng_web.publication.content.shape import Content, Head, LeftOut
from zhiheng_web.publication.content.tables import Fund, Money, PublicTable
from zhiheng_web.wording import Text

BUDGETS = (100, 200, 300)
"""万元 of three projects: 600 in all, three quarters of the department's 800."""


def wan(amount: int) -> Decimal:
    return Decimal(amount * 10000)


def project(place: int, amount: int) -> PublicTable:
    fund = Fund("fiscal", Text("财政拨款", ""), wan(amount), wan(amount), wan(amount))
    score = Score(Decimal(90), Decimal(100), Decimal(90), Decimal(90), "优")
    return PublicTable(f"p{place:02d}", "project", of=f"项目{place}", funds=(fund,), score=score)


@pytest.fixture
def content() -> Content:
    head = Head("某局", "001", 2020, "final", Text("", ""), 1, date(2021, 8, 10), "批1号", date(2021, 8, 30))
    whole = PublicTable("department", "department", of="某局", money=Money(project=wan(800)))
    return Content(head, (whole, *(project(place, amount) for place, amount in enumerate(BUDGETS, 1))))


@pytest.fixture
def extent() -> Extent:
    projects = [ProjectDone(f"p{place:02d}", True, wan(n), wan(n), wan(n), True) for place, n in enumerate(BUDGETS, 1)]
    return Extent(4, tuple(projects), 0)


def scope(content: Content, extent: Extent) -> str:
    text = next(one.text for one in drafted(content, extent) if one.code == "scope")
    return resolved(text, numbers_of(content, extent)).partition("部门整体支出和")[2]


def test_all_is_public(content: Content, extent: Extent) -> None:
    assert scope(content, extent) == "3个项目支出开展绩效自评，涉及项目资金年初预算600万元，占部门年初项目支出的75%，全年预算600万元。"


def test_a_score_withheld_takes_no_project_from_the_count(content: Content, extent: Extent) -> None:
    less = redacted(content, [Withheld("p02/score", "privacy", Text("", ""))])
    assert scope(less, extent) == scope(content, extent)


def test_a_table_left_out_is_counted_and_said_not_to_be_public(content: Content, extent: Extent) -> None:
    less = replace(content, tables=content.tables[:-1], left_out=(LeftOut("p03", "项目3", "另行公开"),))
    said = "3个项目支出开展绩效自评（本次公开其中2个），涉及项目资金年初预算600万元，占部门年初项目支出的75%，全年预算600万元。"
    assert scope(less, extent) == said


@pytest.mark.parametrize("place", ["p03", "p03/funds"])
def test_money_withheld_is_in_no_sum_and_the_sum_names_its_projects(content: Content, extent: Extent, place: str) -> None:
    less = redacted(content, [Withheld(place, "state_secret", Text("", ""))])
    part = "（本次公开其中2个）" if place == "p03" else ""
    said = f"3个项目支出开展绩效自评{part}，其中公开资金的2个项目涉及资金年初预算300万元，占部门年初项目支出的37.5%，全年预算300万元。"
    assert scope(less, extent) == said
    assert {"initial", "amount", "spent", "share"}.isdisjoint(numbers_of(less, extent))


def test_the_share_stands_behind_the_amount_that_it_is_the_share_of(content: Content, extent: Extent) -> None:
    first = replace(extent.projects[0], budget=wan(40))
    cut = replace(extent, projects=(first, *extent.projects[1:]))
    said = "3个项目支出开展绩效自评，涉及项目资金年初预算600万元，占部门年初项目支出的75%，全年预算540万元。"
    assert scope(content, cut) == said


@pytest.mark.parametrize(
    ("uses", "said"),
    [
        ((("cut", 500, 270), ("cancel", 50, 0), ("keep", 60, 60)), "核减下一年度预算280万元（压减230万元、取消50万元）。"),
        ((("cut", 500, 270), ("keep", 60, 60)), "压减下一年度预算230万元。"),
        ((("cancel", 50, 0),), "取消下一年度预算50万元。"),
        ((("keep", 60, 60),), "未核减下一年度预算。"),
    ],
)
def test_what_was_cancelled_is_not_called_a_cut(
    uses: tuple[tuple[str, int, int], ...], said: str, content: Content, extent: Extent
) -> None:
    made = tuple(Use("p01", 2021, code, Text("", ""), wan(before), wan(after), "理由") for code, before, after in uses)
    whole, all_of_them = replace(content, uses=made), replace(extent, uses=len(uses))
    text = next(one.text for one in drafted(whole, all_of_them) if one.code == "uses")
    assert resolved(text, numbers_of(whole, all_of_them)) == f"结果应用{len(uses)}项，{said}"
    more = replace(extent, uses=len(uses) + 1)
    text = next(one.text for one in drafted(whole, more) if one.code == "uses")
    assert resolved(text, numbers_of(whole, more)) == f"结果应用{len(uses) + 1}项，本次公开其中{len(uses)}项，这些项目{said}"


def test_quotation_marks_within_quotation_marks_are_the_inner_ones() -> None:
    known = {"name": Number("name", Text("", ""), "“一网通办”事项")}
    assert resolved("“{name}”未达成；{name}。", known) == "“‘一网通办’事项”未达成；“一网通办”事项。"
