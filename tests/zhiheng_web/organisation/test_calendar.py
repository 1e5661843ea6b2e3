"""Days in the week's order and against it: add_days agrees with counting one by one; the seeded days are those published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.calendar import add_days, is_working
from zhiheng_web.organisation.models import CalendarDay
from zhiheng_web.organisation.queries.calendar import published, year_seen
from zhiheng_web.trail.models import TrailRecord

START = date(2020, 1, 1)
DAYS = st.integers(0, 400).map(lambda n: START + timedelta(days=n))


def counted(day: date, n: int, named: dict[date, bool]) -> date:
    """One by one, with no knowledge of how add_days works."""
    step = 1 if n >= 0 else -1
    if n == 0:
        while not named.get(day, day.weekday() < 5):
            day += timedelta(days=1)
        return day
    passed = 0
    while passed < abs(n):
        day += timedelta(days=step)
        if named.get(day, day.weekday() < 5):
            passed += 1
    return day


class AgainstCounting(TestCase):
    @given(DAYS, st.integers(-150, 150), st.dictionaries(DAYS, st.booleans(), max_size=40))
    def test_add_days_is_what_counting_gives(self, day: date, n: int, named: dict[date, bool]) -> None:
        CalendarDay.objects.all().delete()
        CalendarDay.objects.bulk_create(CalendarDay(day=key, working=value) for key, value in named.items())
        assert add_days(day, n, working=True) == counted(day, n, named)
        assert add_days(day, n, working=False) == day + timedelta(days=n)
        assert is_working(day) is named.get(day, day.weekday() < 5)


def test_the_spring_festival_of_2020_as_published(db: None) -> None:
    """国办发明电〔2019〕16号 and 国办发明电〔2020〕1号: off 24 January to 2 February, worked on Sunday 19 January."""
    days = {item.day: item.working for item in published(2020)}
    assert days[date(2020, 1, 19)] is True
    off = [date(2020, 1, 24) + timedelta(days=n) for n in range(10)]
    assert all(days.get(day, day.weekday() < 5) is False for day in off)
    assert date(2020, 2, 3) not in days


def test_a_year_that_is_not_known_yet_says_so(organisation: Demonstrated, signed_in: Callable[[str], Client]) -> None:
    assert published(2099) == []
    page = signed_in("sysadmin").get("/calendar/2099/").content.decode()
    assert "没有 2099 年的数据" in page and "逐日登记" in page


def test_importing_and_editing_by_the_system_administrator_only(organisation: Demonstrated, signed_in: Callable[[str], Client]) -> None:
    assert signed_in("jixiao").post("/calendar/2020/published/").status_code == 403
    client = signed_in("sysadmin")
    assert client.post("/calendar/2020/published/").status_code == 302
    assert not is_working(date(2020, 10, 1)) and is_working(date(2020, 1, 19))
    source = CalendarDay.objects.get(day=date(2020, 10, 1)).source
    assert "chinesecalendar" in source
    sent = {"on": "2020-01-19", "working": "off", "name": "本地调整", "source": "临政办〔2020〕1号"}
    assert client.post("/calendar/day/", sent).status_code == 302
    assert not is_working(date(2020, 1, 19)) and CalendarDay.objects.get(day=date(2020, 1, 19)).source == "临政办〔2020〕1号"
    client.post("/calendar/day/", {"on": "2020-01-19", "working": "week"})
    assert not CalendarDay.objects.filter(day=date(2020, 1, 19)).exists()
    assert TrailRecord.objects.filter(action="organisation.edit_calendar").count() == 3
    client.post("/calendar/2020/published/")
    assert is_working(date(2020, 1, 19))


@pytest.mark.parametrize("year", [2019, 2020, 2021])
def test_working_days_of_a_year_agree_with_is_working(db: None, year: int) -> None:
    CalendarDay.objects.bulk_create(CalendarDay(day=item.day, working=bool(item.working), source="x") for item in published(year))
    days = [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    assert year_seen(year).working_days == sum(map(is_working, days))
