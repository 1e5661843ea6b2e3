"""What a table says of itself: its goal of the year in every layout, and a title that fits what stands below it (rule P02)."""

from __future__ import annotations

import pytest
from tests.zhiheng_web.publication.packages.conftest import Journey

from zhiheng.audit.rules.publication import TITLES
from zhiheng_web.planning.models import TableVersion
from zhiheng_web.publication.building.building import build
from zhiheng_web.publication.building.drafting import drafted
from zhiheng_web.publication.building.tables import goal_of, title_of


@pytest.mark.parametrize(
    ("strategic", "head", "goal"),
    [
        ("总目标", {"goals": []}, "总目标"),
        (
            None,
            {"goals": [{"expected": "目标一", "actual": None}, {"expected": ""}, {"expected": "目标二"}]},
            "目标一\n目标二",
        ),
        ("", {}, ""),
    ],
)
def test_the_goal_of_the_year_is_that_of_any_layout(strategic: str | None, head: dict[str, object], goal: str) -> None:
    assert goal_of(TableVersion(strategic_goal=strategic, head=head)) == goal


@pytest.mark.parametrize(
    ("kind", "title", "final", "budget"),
    [
        ("department", "部门整体支出绩效目标申报表", "部门整体支出绩效自评表", "部门整体支出绩效目标申报表"),
        ("department", "2020年部门预算整体绩效目标表", "2020年部门预算整体绩效自评表", "2020年部门预算整体绩效目标表"),
        ("department", "虚构市数据管理局2024年度部门整体支出绩效目标申报表", "虚构市数据管理局2024年度部门整体支出绩效自评表",
         "虚构市数据管理局2024年度部门整体支出绩效目标申报表"),
        ("department", "青山区部门预算部门专项(绩效目标)申报表2021年度", "青山区部门预算部门专项绩效自评表2021年度",
         "青山区部门预算部门专项(绩效目标)申报表2021年度"),
        ("project", "项目绩效目标情况一览", "项目支出绩效自评表", "项目绩效目标情况一览"),
        ("project", "项目支出绩效目标自评表", "项目支出绩效目标自评表", "项目支出绩效目标表"),
        ("department", "部门整体支出绩效自评表", "部门整体支出绩效自评表", "部门整体支出绩效目标表"),
        ("unit", "", "", ""),
    ],
)  # fmt: skip
def test_the_title_promises_what_is_published(kind: str, title: str, final: str, budget: str) -> None:
    assert title_of(title, kind, evaluated=True) == final
    assert title_of(title, kind, evaluated=False) == budget
    for made, allowed in ((final, "self_evaluation"), (budget, "goals")):
        promised = next((found for word, found in TITLES if word in made), allowed)
        assert promised == allowed, "as P02 reads titles"


def test_the_same_table_is_titled_by_the_package(final: Journey, budget: Journey) -> None:
    said = {journey.package.kind: build(journey.package).content.tables[0].title for journey in (final, budget)}
    assert "自评" in said["final"]
    assert "目标" not in said["final"]
    assert "目标" in said["budget"]


def test_nobody_writes_of_nought_projects(final: Journey, budget: Journey) -> None:
    """The department of the fixture has a table of its own and no project's."""
    for journey, said in ((final, "部门整体支出开展绩效自评，当年没有项目支出纳入自评。"), (budget, "绩效目标表{tables}张，共设绩效指标")):
        built = build(journey.package)
        scope = next(one for one in drafted(built.content, built.extent) if one.code == "scope")
        assert said in scope.text
        assert "projects" not in scope.text
