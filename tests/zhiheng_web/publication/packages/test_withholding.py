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
    assert scope(content, extent) == "3个项目支出开展绩效自评，涉及项目资金600万元，按年初预算占部门项目支出的75%。"


def test_a_score_withheld_takes_no_project_from_the_count(content: Content, extent: Extent) -> None:
    less = redacted(content, [Withheld("p02/score", "privacy", Text("", ""))])
    assert scope(less, extent) == scope(content, extent)


def test_a_table_left_out_is_counted_and_said_not_to_be_public(content: Content, extent: Extent) -> None:
    less = replace(content, tables=content.tables[:-1], left_out=(LeftOut("p03", "项目3", "另行公开"),))
    assert scope(less, extent) == "3个项目支出开展绩效自评（本次公开其中2个），涉及项目资金600万元，按年初预算占部门项目支出的75%。"


@pytest.mark.parametrize("place", ["p03", "p03/funds"])
def test_money_withheld_is_in_no_sum_and_the_sum_names_its_projects(content: Content, extent: Extent, place: str) -> None:
    less = redacted(content, [Withheld(place, "state_secret", Text("", ""))])
    part = "（本次公开其中2个）" if place == "p03" else ""
    said = f"3个项目支出开展绩效自评{part}，其中公开资金的2个项目涉及资金300万元，按年初预算占部门项目支出的37.5%。"
    assert scope(less, extent) == said
    assert {"amount", "spent", "share"}.isdisjoint(numbers_of(less, extent))


def test_quotation_marks_within_quotation_marks_are_the_inner_ones() -> None:
    known = {"name": Number("name", Text("", ""), "“一网通办”事项")}
    assert resolved("“{name}”未达成；{name}。", known) == "“‘一网通办’事项”未达成；“一网通办”事项。"
