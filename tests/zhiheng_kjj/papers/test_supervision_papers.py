"""交办单, 催办单, 督办通知单: when each goes out by hand-counted days, who issues it, what it says, and that it stays as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from tests.zhiheng_kjj.mini_ledger import Ledger
from tests.zhiheng_web.ledgers.adopted import Kjj

from zhiheng_kjj.office.supervision import judged_day
from zhiheng_kjj.papers import KINDS
from zhiheng_web.ledgers.actions.correct_entry import correct_entry
from zhiheng_web.ledgers.actions.issue_ledger_paper import issue_ledger_paper
from zhiheng_web.ledgers.models import FOREVER, EntryVersion, Evidence, LedgerPaper
from zhiheng_web.ledgers.papers import Gathered
from zhiheng_web.ledgers.proving import prove_by_paper
from zhiheng_web.ledgers.queries.papers import issued_file
from zhiheng_web.ledgers.writing import loaded
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Absent, Forbidden, Refusal

BY_CODE = {kind.code: kind for kind in KINDS}
CASE: dict[str, Any] = {
    "indicator": "上报重点工作及事项",
    "register": "supervision_item",
    "known": date(2020, 9, 1),
    "entries": [
        {
            "id": "holiday",
            "state": "signed",
            "number": "DB1",
            "title": "大会筹备",
            "category": "city_government",
            "office": "办公室",
            "received_on": date(2020, 9, 1),
            "happened_on": date(2020, 9, 1),
            "due_on": date(2020, 10, 1),
            "evidence": [],
        },
        {
            "id": "opened",
            "state": "opened",
            "number": "DB2",
            "title": "未交办",
            "category": "meeting",
            "office": "办公室",
            "received_on": date(2020, 9, 1),
            "due_on": date(2020, 9, 10),
        },
        {
            "id": "done",
            "state": "finished",
            "number": "DB3",
            "title": "已办结",
            "category": "meeting",
            "office": "办公室",
            "received_on": date(2020, 8, 1),
            "happened_on": date(2020, 8, 1),
            "due_on": date(2020, 8, 10),
            "done_on": date(2020, 8, 9),
        },
    ],
}


@pytest.fixture
def ledger(kjj: Kjj, viewer: Callable[[str], Viewer], signed_in: Callable[[str], Any]) -> Ledger:
    assert signed_in("sysadmin").post("/calendar/2020/published/").status_code == 302
    made = Ledger(kjj, viewer, CASE)
    made.write()
    return made


def on(viewer: Viewer, day: date) -> Viewer:
    return replace(viewer, at=datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Asia/Shanghai")))


def about(ledger: Ledger, name: str, day: date) -> Gathered:
    version = loaded(EntryVersion.objects.filter(entry=ledger.entries[name], known_until=FOREVER)).get()
    return Gathered(ledger.kjj.register("supervision_item"), day, "", None, version)


LADDER = (
    (date(2020, 9, 25), False, False),  # 14 days before 9 October
    (date(2020, 10, 3), False, False),  # 6 days before: near is 5
    (date(2020, 10, 4), True, False),
    (date(2020, 10, 8), True, False),  # after the day on paper, but the holiday lasts until today
    (date(2020, 10, 9), True, False),  # the first worked day after it: the last day
    (date(2020, 10, 10), True, False),  # 1 day overdue
    (date(2020, 10, 18), True, False),  # 9 days
    (date(2020, 10, 19), False, True),  # 10 days: the notice
)
"""A matter due on National Day 2020 (1 to 8 October off): whether a reminder, a notice goes out on the day."""


@pytest.mark.parametrize(("day", "reminder", "notice"), LADDER)
def test_the_ladder_passes_over_the_holiday(ledger: Ledger, day: date, reminder: bool, notice: bool) -> None:
    asked = about(ledger, "holiday", day)
    assert (BY_CODE["reminder"].lacking(asked) is None, BY_CODE["notice"].lacking(asked) is None) == (reminder, notice)


def test_why_a_paper_does_not_go_out_is_said(ledger: Ledger) -> None:
    late = date(2020, 11, 30)
    assert "尚未交办" in BY_CODE["assignment"].lacking(about(ledger, "opened", late)).zh
    assert "尚未交办" in BY_CODE["notice"].lacking(about(ledger, "opened", late)).zh
    assert "不需催办" in BY_CODE["reminder"].lacking(about(ledger, "done", late)).zh
    assert "还有 14 天" in BY_CODE["reminder"].lacking(about(ledger, "holiday", date(2020, 9, 25))).zh
    assert "应出具催办单" in BY_CODE["notice"].lacking(about(ledger, "holiday", date(2020, 10, 12))).zh


def test_more_time_asked_for_too_late_is_judged_on_the_first_day() -> None:
    def matter(asked: str) -> EntryVersion:
        return EntryVersion(due_on=date(2020, 9, 30), details={"first_due_on": "2020-09-10", "extension_asked_on": asked})

    assert judged_day(matter("2020-09-09")) == date(2020, 9, 30)
    assert judged_day(matter("2020-09-10")) == date(2020, 9, 10)
    assert judged_day(matter("")) == date(2020, 9, 10)


def words(paper: LedgerPaper) -> str:
    return json.dumps(paper.content, ensure_ascii=False)


def issue(viewer: Viewer, ledger: Ledger, kind: str, name: str = "holiday") -> LedgerPaper:
    return issue_ledger_paper(viewer, ledger.kjj.registers["supervision_item"], kind, entry=ledger.entries[name])


def test_an_assignment_is_issued_once_until_it_says_something_new(ledger: Ledger, viewer: Callable[[str], Viewer]) -> None:
    clerk = viewer("jixiao")
    first = issue(on(clerk, date(2020, 9, 2)), ledger, "assignment")
    assert first.number.startswith("交办331〔2020〕") and first.number.endswith("1号")
    for said in ("大会筹备", "DB1", "办公室", "市政府交办", "2020年10月1日"):
        assert said in words(first)
    assert issue(on(clerk, date(2020, 9, 5)), ledger, "assignment").pk == first.pk, "a later day alone is nothing new"
    kept = issued_file(clerk, first.pk, "pdf")[1]
    correct_entry(on(clerk, date(2020, 9, 6)), ledger.entries["holiday"], {"title": "科技创新大会筹备"}, reason="名称写全")
    second = issue(on(clerk, date(2020, 9, 7)), ledger, "assignment")
    assert second.number.endswith("2号") and "科技创新大会筹备" in words(second)
    assert issued_file(clerk, first.pk, "pdf")[1] == kept, "what was issued stays word for word"


def test_a_second_reminder_is_a_paper_of_its_own_day(ledger: Ledger, viewer: Callable[[str], Viewer]) -> None:
    clerk = viewer("jixiao")
    first = issue(on(clerk, date(2020, 10, 8)), ledger, "reminder")
    assert "距期限还有1天" in words(first) and "顺延至2020年10月9日" in words(first)
    assert issue(on(clerk, date(2020, 10, 8)), ledger, "reminder").pk == first.pk
    second = issue(on(clerk, date(2020, 10, 12)), ledger, "reminder")
    assert second.pk != first.pk and "已逾期3天" in words(second)
    with pytest.raises(Refusal, match="督办通知单"):
        issue(on(clerk, date(2020, 10, 19)), ledger, "reminder")
    assert "已逾期10天" in words(issue(on(clerk, date(2020, 10, 19)), ledger, "notice"))


def test_who_issues(ledger: Ledger, viewer: Callable[[str], Viewer]) -> None:
    day = date(2020, 9, 2)
    for name in ("lanshan", "qiye"):
        with pytest.raises((Absent, Forbidden)):
            issue(on(viewer(name), day), ledger, "assignment")
    for name in ("shenji", "juzhang"):
        with pytest.raises(Forbidden):
            issue(on(viewer(name), day), ledger, "assignment")
    assert LedgerPaper.objects.count() == 0


def test_an_issued_assignment_proves_its_matter_once(ledger: Ledger, viewer: Callable[[str], Viewer]) -> None:
    clerk, entry = viewer("jixiao"), ledger.entries["holiday"]
    gap = EntryVersion.objects.get(entry=entry, known_until=FOREVER).gap
    paper = issue(on(clerk, date(2020, 9, 2)), ledger, "assignment")
    later = on(clerk, date(2020, 9, 3))
    assert (gap, prove_by_paper(later, paper.pk).added) == ("evidence", True)
    assert EntryVersion.objects.get(entry=entry, known_until=FOREVER).gap == ""
    proof = Evidence.objects.get(entry=entry, known_until=FOREVER)
    assert (proof.kind, proof.document, proof.issued_on) == ("assignment", paper.number, date(2020, 9, 2))
    assert not prove_by_paper(on(clerk, date(2020, 9, 4)), paper.pk).added
    reminder = issue(on(clerk, date(2020, 10, 8)), ledger, "reminder")
    with pytest.raises(Refusal):
        prove_by_paper(on(clerk, date(2020, 10, 8)), reminder.pk)


def test_the_page_of_a_matter_offers_its_papers(ledger: Ledger, signed_in: Callable[[str], Any]) -> None:
    entry: UUID = ledger.entries["holiday"]
    page = signed_in("jixiao").get(f"/entries/{entry}/").content.decode()
    assert "交办单" in page and f"/ledgers/{ledger.kjj.registers['supervision_item']}/papers/assignment/issue/" in page


def test_the_ladder_page_shows_each_matter_with_its_rung(ledger: Ledger) -> None:
    from zhiheng_kjj.office.desk import Desk
    from zhiheng_kjj.office.supervision import finished, ladder
    from zhiheng_web.ledgers.papers import period_of

    desk = Desk(ledger.kjj.register("supervision_item").department, date(2020, 10, 12), period_of("2020"))
    rows = {str(row[0].words): [str(cell.words) for cell in row[1:]] for row in ladder(desk).rows}
    assert rows["大会筹备"][1:5] == ["2020-10-01", "遇休息日，顺延至 2020-10-09", "-3", "黄色：已逾期，应催办"]
    assert rows["未交办"][1:5] == ["2020-09-10", "", "-32", "红色：应发督办通知"]
    assert "已办结" not in rows
    total = [str(cell.words) for cell in finished(desk).total]
    assert total == ["合计", "3", "1", "1", "33.3", "33.3", "2", "17.5"], "3 fell due, one finished in time; 3 and 32 days over"
