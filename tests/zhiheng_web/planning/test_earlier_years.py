"""Rules that look over the years speak on the pages: a table is held against those of the two years before (D07, R05)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from zhiheng.plan.plan import Cell, Duty, Figure, Indicator, Plan, References, Table
from zhiheng.plan.procedure import State
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.checking import check
from zhiheng_web.planning.earlier import earlier_plans
from zhiheng_web.planning.models import FindingRow, IndicatorRow, PerformanceTable, Project, TableVersion
from zhiheng_web.planning.versions import changed, freeze, load, write_version

pytestmark = pytest.mark.django_db
AT = datetime(2020, 1, 5, tzinfo=UTC)
TARGETS = ("12家", "30项", "95%", "8次", "200人次", "15个", "6篇", "40场", "3期", "50户", "21件", "7套")


def table_of(year: int, *, rows: int = 12, before: str = "") -> Table:
    """A table of a year; ``before`` is the last year's actual of its first row."""
    made = []
    for number, target in enumerate(TARGETS[:rows]):
        name = f"指标{'甲乙丙丁戊己庚辛壬癸子丑'[number]}数量"
        figure = Figure(parse(target, Context(name=name, year=year)))
        last = Figure(parse(before, Context(name=name, year=year))) if before and not number else None
        made.append(Indicator(Cell(name), duty=1, target=figure, references=References(last_year=last)))
    plan = Plan(
        f"{year}年部门整体支出绩效目标表",
        "duty-table",
        year,
        strategic_goal=Cell("推动创新"),
        duties=(Duty(1, Cell("职责一")),),
        indicators=tuple(made),
    )
    return Table(plan)


@pytest.fixture
def put(organisation: Any, viewer: Callable[[str], Viewer]) -> Callable[..., TableVersion]:
    """``put(2019)``: a table of the bureau of a year that is settled; ``state=DRAFT`` one that is not."""

    def of(
        year: int, *, state: State = State.DECLARED_HISTORY, project: Project | None = None, kind: str = "department", **more: Any
    ) -> TableVersion:
        unit = organisation.units["331001"]
        table = PerformanceTable.objects.create(unit=unit, kind=kind, year=year, project=project)
        account = viewer("jixiao").account
        with transaction.atomic():
            version = write_version(table, table_of(year, **more), account=account, state=State.DRAFT)
            if state is not State.DRAFT:
                freeze(load(version), state, AT)
        return version

    return of


def codes(version: TableVersion) -> set[str]:
    """The codes of its findings that look over the years."""
    return {one.code for one in check(load(TableVersion.objects.get(pk=version.pk)))}


def test_a_table_that_says_what_last_year_s_said_is_found(put: Callable[..., TableVersion]) -> None:
    put(2019)
    now = put(2020, state=State.DRAFT)
    assert "D07" in codes(now)
    assert "D07" in set(FindingRow.objects.filter(version=now).values_list("code", flat=True))


def test_without_a_table_of_last_year_nothing_is_said(put: Callable[..., TableVersion]) -> None:
    put(2018)
    put(2019, state=State.DRAFT)  # open: no table yet
    assert "D07" not in codes(put(2020, state=State.DRAFT))


def test_three_years_running_is_said_by_r05(put: Callable[..., TableVersion]) -> None:
    for year in (2018, 2019):
        put(year, before="12家")
    now = put(2020, state=State.DRAFT, before="12家")
    texts = [one.text.zh for one in check(load(TableVersion.objects.get(pk=now.pk))) if one.code == "R05"]
    assert any("2018—2020" in text for text in texts), texts


def test_findings_are_made_anew_when_the_earlier_table_is_settled(put: Callable[..., TableVersion]) -> None:
    now = put(2020, state=State.DRAFT)
    assert "D07" not in codes(now)
    put(2019)
    assert "D07" in set(FindingRow.objects.filter(version=now).values_list("code", flat=True)), "kept anew, not only shown"


def test_an_approval_of_last_year_counts_before_what_was_declared_as_history(put: Callable[..., TableVersion]) -> None:
    history = put(2019, rows=11)
    assert "D07" not in codes(put(2020, state=State.DRAFT))
    with transaction.atomic():
        account = history.created_by
        version = write_version(history.table, table_of(2019), account=account, state=State.DRAFT)
        freeze(load(version), State.APPROVED, AT)
    assert "D07" in codes(TableVersion.objects.get(table__year=2020))


def test_a_project_is_held_against_the_same_project(put: Callable[..., TableVersion], organisation: Any) -> None:
    unit = organisation.units["331001"]
    one, other = (Project.objects.create(unit=unit, code=f"2019-9{n}", name=f"项目{n}", first_year=2019) for n in range(2))
    put(2019)  # the department's own
    put(2019, kind="project", project=one)
    assert "D07" in codes(put(2020, kind="project", project=one, state=State.DRAFT))
    assert "D07" not in codes(put(2020, kind="project", project=other, state=State.DRAFT))


def test_an_edit_asks_as_often_for_one_row_as_for_many(put: Callable[..., TableVersion]) -> None:
    def asked(rows: int, year: int) -> int:
        put(year - 1, rows=rows)
        now = put(year, rows=rows, state=State.DRAFT)
        earlier_plans(now.table)
        with (
            transaction.atomic(),
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            changed(load(TableVersion.objects.get(pk=now.pk)))
        return len(queries)

    assert asked(1, 2016) == asked(12, 2020)


def test_a_settled_plan_is_the_one_that_was_settled(put: Callable[..., TableVersion]) -> None:
    put(2019)
    now = put(2020, state=State.DRAFT)
    (plan,) = earlier_plans(now.table)
    assert (plan.year, [row.target.text for row in plan.indicators if row.target]) == (2019, list(TARGETS))
    IndicatorRow.objects.filter(version=now, position=0).update(target_text="99家")
    (again,) = earlier_plans(now.table)
    assert replace(again) == plan
