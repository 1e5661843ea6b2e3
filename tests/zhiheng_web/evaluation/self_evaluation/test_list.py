"""The list with many departments: whose it is, what waits, filters, search, pages, and the next one on the page of one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.zhiheng_web.evaluation.self_evaluation.scene import Scene

from zhiheng_web.evaluation.models import SelfEvaluation
from zhiheng_web.evaluation.queries.scorecards import PER_PAGE, Asked, scorecards
from zhiheng_web.organisation.models import Department, Unit
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import PerformanceTable, Project, TableVersion

pytestmark = pytest.mark.django_db
STATES = ("submitted", "accepted", "returned")


@pytest.fixture
def many(small: Scene, viewer: Callable[[str], Viewer]) -> SelfEvaluation:
    """Sixty projects of six departments with a self-evaluation in turn submitted, accepted and returned, beside the small table's."""
    one = small.begin(viewer("jixiao"))
    for number in range(6):
        department = Department.objects.create(code=f"9{number}", name=f"第{number}局", kind="department")
        unit = Unit.objects.create(department=department, code=f"9{number}001", name=f"第{number}局本级")
        for place in range(10):
            project = Project.objects.create(unit=unit, code=f"P{number}{place}", name=f"专项{number}{place}", first_year=2020)
            table = PerformanceTable.objects.create(unit=unit, kind="project", year=2020, project=project)
            TableVersion.objects.create(table=table, number=1, state="approved", created_by=one.begun_by)
            kept = {name: getattr(one, name) for name in ("version", "scheme", "on", "known_at", "begun_at", "begun_by")}
            state = STATES[place % 3]
            kept |= {"submitted_at": one.begun_at, "total": 90, "ceiling": 100, "grade": "优"}
            SelfEvaluation.objects.create(table=table, state=state, **kept)
    return one


def test_finance_narrows_it_and_what_waits_comes_first(many: SelfEvaluation, viewer: Callable[[str], Viewer]) -> None:
    """4 of 10 of each department are submitted: 24 wait for who decides, and stand before the others."""
    finance = viewer("czjixiao")
    found = scorecards(finance, 2020)
    assert found.waiting == 24
    assert [line.waits for line in found.lines[:25]] == [True] * 24 + [False]
    assert [name for _, name in found.departments][-6:] == [f"第{number}局" for number in range(6)]
    third = next(key for key, name in found.departments if name == "第3局")
    cases = {
        Asked(department=third): 10, Asked(state="waiting"): 24, Asked(third, "waiting"): 4, Asked(state="returned"): 18,
        Asked(words="专项35"): 1, Asked(words="第3局 p3"): 10, Asked(words="没有的"): 0, Asked(third, "accepted", "专项31"): 1,
    }  # fmt: skip
    for asked, number in cases.items():
        narrowed = scorecards(finance, 2020, asked)
        assert (narrowed.found, len(narrowed.lines)) == (number, number), asked
        assert narrowed.waiting == 24
    first, second = scorecards(finance, 2020, page=1), scorecards(finance, 2020, page=2)
    assert (len(first.lines), first.pages, first.found) == (PER_PAGE, 2, found.found)
    assert [line.table.pk for line in (*first.lines, *second.lines)] == [line.table.pk for line in found.lines]


def test_the_queries_do_not_grow(many: SelfEvaluation, viewer: Callable[[str], Viewer]) -> None:
    with CaptureQueriesContext(connection) as asked:
        scorecards(viewer("czjixiao"), 2020, page=1)
    assert len(asked) <= 6


def test_the_page_names_departments_and_leads_on(many: SelfEvaluation, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("czjixiao")
    page = client.get("/self-evaluations/?year=2020").content.decode()
    assert page.count("第0局") > 10
    assert "待我办理 24 项" in page
    assert 'rel="next"' in page
    waiting = client.get("/self-evaluations/?year=2020&state=waiting").content.decode()
    links = re.findall(r'<td class="chief"><a href="([^"]+)"', waiting)
    assert len(links) == 24
    assert all(link.endswith("?year=2020&amp;state=waiting") for link in links)
    for address in ("?year=2020&department=x&state=none-such&page=99", "?year=2020&q=没有的"):
        assert client.get(f"/self-evaluations/{address}").status_code == 200


def test_from_one_to_the_next_of_the_same_list(many: SelfEvaluation, viewer: Callable[[str], Viewer]) -> None:
    """In the order of what was asked; decided, it leaves the list and the first that waits is next."""
    from zhiheng_web.evaluation.queries.scorecards import beside

    finance, asked = viewer("czjixiao"), Asked(state="waiting")
    rows = [line.evaluation for line in scorecards(finance, 2020, asked).lines]
    middle = rows[5]
    assert middle is not None
    around = beside(finance, middle, asked)
    assert (around.before, around.after) == (rows[4], rows[6])
    assert (beside(finance, rows[0], asked).before, beside(finance, rows[-1], asked).after) == (None, None)  # type: ignore[arg-type]
    decided = SelfEvaluation.objects.filter(state="accepted")[0]
    assert (beside(finance, decided, asked).before, beside(finance, decided, asked).after) == (None, rows[0])


def test_the_department_keeps_its_short_list(many: SelfEvaluation, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("jixiao").get("/self-evaluations/?year=2020").content.decode()
    assert "第0局" not in page
    assert 'name="department"' not in page


def test_what_can_be_evaluated_names_its_department(many: SelfEvaluation, signed_in: Callable[[str], Client]) -> None:
    """Listed by department, narrowed to one, or to that of the table that is asked for."""
    client = signed_in("czjixiao")
    page = client.get("/evaluations/new/?year=2020").content.decode()
    assert page.count("<optgroup") >= 6
    assert "2020 · 第3局 · 专项35" in page
    third = Department.objects.get(name="第3局")
    narrowed = client.get(f"/evaluations/new/?year=2020&department={third.pk}").content.decode()
    assert (narrowed.count("<optgroup"), narrowed.count("2020 · 第3局")) == (1, 10)
    table = PerformanceTable.objects.get(project__name="专项35")
    of_one = client.get(f"/evaluations/new/?table={table.pk}").content.decode()
    assert f'value="{table.pk}" selected' in of_one
    assert of_one.count("<optgroup") == 1
