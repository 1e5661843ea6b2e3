"""Twenty days by hand: all days or working days, the national rule or the department's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.models import CalendarDay, Department
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions.set_clock import set_clock
from zhiheng_web.publication.clock import last_day, limit_of
from zhiheng_web.trail.action import Absent, Forbidden, Invalid


@pytest.fixture
def department(organisation: Demonstrated) -> Department:
    return organisation.units["331001"].department


@pytest.mark.parametrize(
    ("approved_on", "last"),
    [("2024-09-14", "2024-10-04"), ("2020-01-20", "2020-02-09"), ("2020-02-10", "2020-03-01"), ("2021-02-10", "2021-03-02")],
)
def test_the_twentieth_day_after_the_approval(department: Department, approved_on: str, last: str) -> None:
    limit = limit_of(department.pk, date.fromisoformat(approved_on))
    assert (limit.days, limit.working) == (20, False)
    assert last_day(limit, date.fromisoformat(approved_on)) == date.fromisoformat(last)


def test_baotou_published_in_time(department: Department) -> None:
    """包头市科技局: approved 2024-09-14, published 2024-09-26 (rules 4.1): eight days before the last."""
    due = last_day(limit_of(department.pk, date(2024, 9, 14)), date(2024, 9, 14))
    assert (due - date(2024, 9, 26)).days == 8


def test_what_rests_on_memory_is_not_called_law(department: Department) -> None:
    limit = limit_of(department.pk, date(2024, 9, 14))
    assert limit.status == "unverified"
    assert "未核对" in limit.basis


def test_a_department_counts_working_days(department: Department, viewer: Callable[[str], Viewer]) -> None:
    """20 January 2020 is a Monday. Ten working days after it, without the calendar: 3 February; with 24-30 January off: 10 February."""
    set_clock(viewer("jixiao"), department.pk, 10, True, "临财办〔2019〕5号")
    limit = limit_of(department.pk, date(2020, 1, 20))
    assert (limit.days, limit.working, limit.status, limit.basis) == (10, True, "", "临财办〔2019〕5号")
    assert last_day(limit, date(2020, 1, 20)) == date(2020, 2, 3)
    for day in (24, 27, 28, 29, 30):
        CalendarDay.objects.create(day=date(2020, 1, day), working=False, name="春节")
    assert last_day(limit, date(2020, 1, 20)) == date(2020, 2, 10)


def test_a_limit_needs_its_document_and_an_officer(department: Department, viewer: Callable[[str], Viewer]) -> None:
    with pytest.raises(Invalid):
        set_clock(viewer("jixiao"), department.pk, 0, False, "x")
    with pytest.raises(Invalid):
        set_clock(viewer("jixiao"), department.pk, 121, False, "x")
    with pytest.raises(Invalid):
        set_clock(viewer("jixiao"), department.pk, 20, False, "  ")
    with pytest.raises(Forbidden):
        set_clock(viewer("baomi"), department.pk, 20, False, "x")
    with pytest.raises(Absent):
        set_clock(viewer("czjixiao"), department.pk, 20, False, "x")
