"""What falls due, from calendars and from what expires."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from tests.zhiheng_web.ledgers.adopted import Kjj
from tests.zhiheng_web.ledgers.seeing.scene import at, put

from zhiheng_web.ledgers.actions.generate_obligations import generate_daily, generate_obligations
from zhiheng_web.ledgers.definition import ObligationRule
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.ledgers.obligations import Standing, windows
from zhiheng_web.ledgers.queries.obligations import obligations_page, waiting_of
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Forbidden
from zhiheng_web.trail.models import TrailRecord

YEAR = date(2020, 1, 1), date(2020, 12, 31)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"every": "month"}, [f"2020-{month:02d}-05" for month in range(1, 13)]),  # of December 2019 to November 2020
        ({"every": "month", "due_month": 0, "due_day": 31}, ["2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30"]),
        ({"every": "quarter", "due_month": 1, "due_day": 25}, ["2020-01-25", "2020-04-25", "2020-07-25", "2020-10-25"]),
        ({"every": "half", "due_month": 0, "due_day": 31}, ["2020-06-30", "2020-12-31"]),
        ({"every": "year", "due_month": 3, "due_day": 20}, ["2020-03-20"]),
        ({"every": "week", "due_month": 0, "due_day": 5}, ["2020-01-03", "2020-01-10"]),  # Fridays
        ({"every": "week", "due_month": 1, "due_day": 1}, ["2020-01-06", "2020-01-13"]),  # the Monday after
    ],
)
def test_the_days_of_a_calendar(rule: dict[str, object], expected: list[str]) -> None:
    found = [window.due.isoformat() for window in windows(ObligationRule("x", "应办", "Due", "due", **rule), *YEAR)]  # type: ignore[arg-type]
    assert found[: len(expected)] == expected
    assert len(found) == {"month": 12, "quarter": 4, "half": 2, "year": 1, "week": 52}[str(rule["every"])]


@pytest.fixture
def january(kjj: Kjj, viewer: Callable[[str], Viewer]) -> Viewer:
    return replace(viewer("jixiao"), at=at(1, 10))


def made(kjj: Kjj, register: str, category: str = "") -> list[EntryVersion]:
    rows = EntryVersion.objects.filter(register=kjj.register(register), change="generated").order_by("due_on")
    return list(rows.filter(category=category) if category else rows)


def test_a_year_of_obligations_is_made_once(kjj: Kjj, january: Viewer) -> None:
    first = generate_obligations(january, None, date(2020, 12, 31))
    assert [row.due_on for row in made(kjj, "bulletin", "quarterly")] == [
        date(2020, 1, 25), date(2020, 4, 25), date(2020, 7, 25), date(2020, 10, 25),
    ]  # fmt: skip
    assert len(made(kjj, "party_task", "theme_day")) == 12
    assert {row.known_from for row in first} == {at(1, 10)}
    assert all(row.standing == "confirmed" for row in first)
    records = TrailRecord.objects.filter(action="ledgers.generate_obligations").count()
    assert generate_obligations(january, None, date(2020, 12, 31)) == []
    assert TrailRecord.objects.filter(action="ledgers.generate_obligations").count() == records


def test_what_expires_falls_due_about_its_entry(kjj: Kjj, january: Viewer) -> None:
    source = kjj.register("normative_document")
    day = date(2020, 8, 30)
    kept = put(source, [{"title": "管理办法", "document": "临科〔2018〕1号", "valid_until": day}], "filed", at(1, 2))[0]
    put(source, [{"title": "未备案", "document": "临科〔2018〕2号", "valid_until": day}], "submitted_for_review", at(1, 2))
    generate_obligations(january, None, date(2020, 12, 31))
    rows = made(kjj, "document_evaluation")
    assert [(row.about_id, row.due_on) for row in rows] == [(kept.entry_id, date(2020, 7, 31))]  # thirty days before


def test_the_worker_makes_the_coming_sixty_days_for_nobody(kjj: Kjj) -> None:
    generate_daily(Viewer(None, at=at(1, 10)))
    days = [row.due_on for row in EntryVersion.objects.filter(change="generated")]
    assert days and max(day for day in days if day) <= date(2020, 3, 10)
    assert generate_daily(Viewer(None, at=at(1, 10))) == []


def test_the_month_tells_overdue_from_due_and_names_what_has_nothing(kjj: Kjj, january: Viewer) -> None:
    generate_obligations(january, None, date(2020, 12, 31))
    page = obligations_page(replace(january, at=at(4, 20)), date(2020, 4, 1), kjj.register("bulletin").pk)
    assert [(one.version.due_on, one.standing) for one in page.listed] == [(date(2020, 4, 25), Standing.SOON)]
    assert [one.version.due_on for one in page.overdue] == [date(2020, 1, 25), date(2020, 1, 25)]
    quiet = obligations_page(january, date(2020, 5, 1), kjj.register("bulletin").pk)
    assert not quiet.listed and [one.code for one in quiet.quiet] == ["bulletin"]


def test_what_is_due_stands_on_the_work_list(kjj: Kjj, january: Viewer) -> None:
    assert waiting_of(january) == []
    generate_obligations(january, kjj.register("bulletin").pk, date(2020, 12, 31))
    [one] = waiting_of(replace(january, at=at(4, 20)))
    assert (one.kind, one.count, one.overdue, one.due_on) == ("due", 3, 2, date(2020, 1, 25))


def test_who_keeps_no_ledger_makes_none(kjj: Kjj, viewer: Callable[[str], Viewer]) -> None:
    with pytest.raises(Forbidden):
        generate_obligations(viewer("sysadmin"), kjj.register("bulletin").pk)
    assert not EntryVersion.objects.filter(change="generated").exists()
