"""Deadlines: the department's own before everybody's; a day or days; who may set them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import TableVersion
from zhiheng_web.tasks.actions.keep_deadline import keep_deadline
from zhiheng_web.tasks.deadlines import Deadlines
from zhiheng_web.tasks.models import StepDeadline
from zhiheng_web.tasks.worklist import mine, overdue
from zhiheng_web.trail.action import Forbidden, Invalid
from zhiheng_web.trail.models import TrailRecord


def test_the_departments_own_deadline_goes_before_everybodys(organisation: Demonstrated, viewer: Callable[[str], Viewer]) -> None:
    department = organisation.departments["331"]
    keep_deadline(viewer("czjixiao"), None, 2020, "submit", due_on=date(2020, 1, 20))
    deadlines = Deadlines([department.pk])
    assert deadlines.due(department.pk, 2020, "submit") == date(2020, 1, 20)
    keep_deadline(viewer("jixiao"), department, 2020, "submit", due_on=date(2020, 1, 15))
    assert Deadlines([department.pk]).due(department.pk, 2020, "submit") == date(2020, 1, 15)
    assert Deadlines([department.pk]).due(department.pk, 2021, "submit") is None


def test_calendar_days_count_from_the_day_it_began(organisation: Demonstrated, viewer: Callable[[str], Viewer]) -> None:
    department = organisation.departments["331"]
    keep_deadline(viewer("jixiao"), department, 2020, "submit", days=10, working_days=False)
    begun = date(2020, 2, 25)
    assert Deadlines([department.pk]).due(department.pk, 2020, "submit", begun) == begun + timedelta(days=10)
    assert Deadlines([department.pk]).due(department.pk, 2020, "submit") is None


def test_only_one_of_day_and_days(organisation: Demonstrated, viewer: Callable[[str], Viewer]) -> None:
    department = organisation.departments["331"]
    with pytest.raises(Invalid):
        keep_deadline(viewer("jixiao"), department, 2020, "submit")
    with pytest.raises(Invalid):
        keep_deadline(viewer("jixiao"), department, 2020, "submit", due_on=date(2020, 1, 1), days=3)
    assert not StepDeadline.objects.exists()


@pytest.mark.parametrize("username", ["jingban", "kezhang", "juzhang", "shenji", "sysadmin", "czyewu"])
def test_others_may_not_set_deadlines(organisation: Demonstrated, viewer: Callable[[str], Viewer], username: str) -> None:
    with pytest.raises(Forbidden):
        keep_deadline(viewer(username), organisation.departments["331"], 2020, "submit", days=3)


def test_an_officer_of_a_department_sets_none_for_everybody(organisation: Demonstrated, viewer: Callable[[str], Viewer]) -> None:
    with pytest.raises(Forbidden):
        keep_deadline(viewer("jixiao"), None, 2020, "submit", days=3)


def test_the_same_deadline_again_leaves_no_trace(organisation: Demonstrated, viewer: Callable[[str], Viewer]) -> None:
    for _ in range(2):
        keep_deadline(viewer("jixiao"), organisation.departments["331"], 2020, "submit", days=3)
    assert TrailRecord.objects.filter(action="tasks.keep_deadline").count() == 1


def test_a_draft_waits_for_its_fillers_and_its_officer(linyi: TableVersion, viewer: Callable[[str], Viewer]) -> None:
    for username, tasks in {"jingban": 1, "jixiao": 1, "kezhang": 1, "juzhang": 0, "czyewu": 0, "shenji": 0, "jigou": 0}.items():
        assert len(mine(viewer(username))) == tasks, username


def test_what_is_late_shows_to_those_who_answer_for_it(linyi: TableVersion, viewer: Callable[[str], Viewer]) -> None:
    keep_deadline(viewer("jixiao"), linyi.table.unit.department, 2020, "submit", due_on=date(2020, 1, 20))
    assert overdue(viewer("juzhang"), date(2020, 1, 20)) == []
    assert [task.version for task in overdue(viewer("juzhang"), date(2020, 1, 21))] == [linyi]
    assert overdue(viewer("czyewu"), date(2020, 1, 21)) == []


def test_the_work_list_asks_the_same_number_of_questions_for_any_table(
    linyi: TableVersion, viewer: Callable[[str], Viewer], django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(20):  # tables, ledgers, and two or three for each area of the year
        mine(viewer("jixiao"))


def test_the_pages_of_an_open_table_say_by_when_it_must_be_submitted(
    linyi: TableVersion, viewer: Callable[[str], Viewer], signed_in: Callable[[str], Client]
) -> None:
    pages = [reverse("planning:table", args=[linyi.table_id]), reverse("planning:review", args=[linyi.pk]), reverse("tasks:home")]
    client = signed_in("jixiao")
    assert not any("送审截止" in client.get(page).content.decode() for page in pages)
    today = timezone.localdate()
    for day, words in ((today + timedelta(days=9), "，剩 9 天"), (today, "，今天截止"), (today - timedelta(days=2), "，已逾期 2 天")):
        keep_deadline(viewer("jixiao"), linyi.table.unit.department, 2020, "submit", due_on=day)
        for page in pages:
            assert f"送审截止 {day:%Y-%m-%d}{words}" in client.get(page).content.decode(), page
    TableVersion.objects.filter(pk=linyi.pk).update(state="approved")
    assert "送审截止" not in client.get(pages[0]).content.decode()


def test_only_steps_whose_deadline_is_shown_somewhere_are_offered(organisation: Demonstrated, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("jixiao").get(reverse("tasks:deadlines")).content.decode()
    offered = re.findall(r'<option value="([a-z_]+)"', page)
    assert offered[0] == "submit"
    assert not {"import", "generate", "edit", "weigh", "divide", "reply"} & set(offered)
