"""The pages of the office's work on ledgers made by hand: information, channels, the sheet, party windows, documents, limits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.zhiheng_kjj.mini_ledger import Ledger
from tests.zhiheng_web.ledgers.adopted import Kjj

from zhiheng_kjj.office import documents, information, limits, party
from zhiheng_kjj.office.desk import Desk
from zhiheng_kjj.office.documents import months_before
from zhiheng_kjj.office.pages import PAGES
from zhiheng_kjj.office.tables import Table
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.ledgers.papers import period_of
from zhiheng_web.organisation.viewer import Viewer

Write = Callable[..., Ledger]


@pytest.fixture
def write(kjj: Kjj, viewer: Callable[[str], Viewer]) -> Write:
    def written(register: str, *entries: dict[str, Any]) -> Ledger:
        case = {"indicator": "编辑科技年鉴", "register": register, "known": date(2020, 12, 20), "entries": entries}
        made = Ledger(kjj, viewer, case)
        made.write()
        return made

    return written


def desk(kjj: Kjj, today: date, period: str = "2020") -> Desk:
    return Desk(kjj.register("info_item").department, today, period_of(period))


def words(table: Table) -> list[list[str]]:
    return [[str(cell.words) for cell in row] for row in table.rows]


def item(n: int, sent: date | None, office: str = "办公室", state: str = "submitted", **more: Any) -> dict[str, Any]:
    said = {"happened_on": sent} if sent else {}
    return {
        "id": f"i{n}",
        "number": f"XX{n}",
        "title": f"信息{n}",
        "category": "news",
        "channel": "city_office",
        "office": office,
        "state": state,
        **said,
        **more,
    }


def test_information_by_month_and_office(kjj: Kjj, write: Write) -> None:
    """January 8 sent; February 7; of them one adopted as a daily (3, from the table), one as instruction with 12 recorded; one refused."""
    entries = [item(n, date(2020, 1, n)) for n in range(1, 9)] + [item(n, date(2020, 2, n - 10), "农村科技科") for n in range(11, 16)]
    entries += [
        item(16, date(2020, 2, 20), "农村科技科", "adopted", level="city", journal="daily", decided_on=date(2020, 2, 25)),
        item(17, date(2020, 2, 21), state="adopted", level="city", journal="instruction", decided_on=date(2020, 3, 1), quantity="12"),
        item(18, date(2020, 2, 22), evidence=[]),  # no receipt: does not count
        item(19, date(2020, 2, 23), channel="other"),  # sent elsewhere
        item(20, date(2020, 2, 24), state="withdrawn", requested=True),  # asked for, not sent: −10
    ]
    write("info_item", *entries)
    months = words(information.months(desk(kjj, date(2020, 3, 15))))
    assert months[0] == ["1月", "8", "0", "0", "达到"]
    assert months[1] == ["2月", "7", "1", "3", "少 1 篇"]
    assert months[2] == ["3月", "0", "1", "12", "还差 8 篇"], "a month that is not over is not short yet"
    assert len(months) == 3
    offices = {row[0]: row[1:] for row in words(information.offices(desk(kjj, date(2020, 3, 15))))}
    assert offices["办公室"] == ["8", "1", "0", "9", "1", "2"], "12 for the instruction, 10 off for the item that was asked for"
    assert offices["农村科技科"] == ["0", "6", "0", "6", "1", "3"]


def test_channels_warn_before_the_fourteenth_day(kjj: Kjj, write: Write) -> None:
    def channel(code: str, **more: Any) -> dict[str, Any]:
        return {"id": code, "number": code, "title": code, "channel": "site", "valid_from": date(2018, 1, 1), "state": "in_use", **more}

    def post(n: int, code: str, day: date) -> dict[str, Any]:
        return {
            "id": f"p{n}",
            "register": "channel_post",
            "number": f"P{n}",
            "title": "稿",
            "about": f"@{code}",
            "happened_on": day,
            "state": "posted",
        }

    days = [date(2020, 1, 10), date(2020, 1, 20)]
    posts = [post(n, code, day) for code, n0 in (("A", 0), ("B", 10)) for n, day in enumerate(days, n0)]
    write("channel", channel("A"), channel("B", valid_until=date(2020, 1, 25), state="closed"), channel("C"), *posts)

    def standing(day: date) -> dict[str, tuple[str, str]]:
        (table,) = information.channels(desk(kjj, day))
        return {row[0]: (row[3], row[-1]) for row in words(table)}

    assert standing(date(2020, 1, 30))["A"] == ("10", "正常")
    assert standing(date(2020, 1, 31))["A"] == ("11", "还有 3 天到期，请安排更新")
    assert standing(date(2020, 2, 3))["A"][1] == "还有 0 天到期，请安排更新"
    assert standing(date(2020, 2, 4))["A"] == ("15", "已超过 14 天未更新")
    assert standing(date(2020, 2, 4))["B"][1] == "已注销"
    assert standing(date(2020, 1, 5))["C"] == ("—", "已超过 14 天未更新"), "nothing was ever posted"
    assert information.longest_gap(days, date(2020, 1, 1), date(2020, 1, 31)) == (11, date(2020, 1, 20))


def material(n: int, category: str, points: str, own: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"m{n}",
        "number": f"{n}",
        "title": f"条目{n}",
        "category": category,
        "office": "机关党委",
        "due_on": date(2020, 10, 31),
        "state": "uploaded",
        "done_on": date(2020, 10, 1),
        "happened_on": date(2020, 5, 1),
        "quantity": points,
        "quantity_2": own,
        **more,
    }


def test_the_hundred_point_sheet_adds_up(kjj: Kjj, write: Write) -> None:
    write(
        "civilised_material",
        material(1, "leadership", "60", "58"),
        material(2, "morals", "30", "30", happened_on=date(2019, 5, 1)),
        material(3, "special", "10", "0", state="not_applicable"),
        material(4, "deduction", "10", "10"),
        material(5, "leadership", "5", "5", due_on=date(2019, 10, 31), done_on=date(2019, 10, 1), happened_on=date(2019, 3, 1)),
    )
    table = party.sheet(desk(kjj, date(2020, 11, 2)))
    rows = {row[1]: row for row in words(table)}
    assert [row[2:4] for row in rows.values()] == [["60", "58"], ["30", "30"], ["10", "0"], ["-10", "-10"]]
    assert (rows["条目1"][7], rows["条目2"][7]) == ("是", "否"), "made in 2019: not of the year"
    assert [str(cell.words) for cell in table.total][:4] == ["合计", "已扣 10 分", "100", "78"]


def test_party_windows_by_branch_and_month(kjj: Kjj, write: Write) -> None:
    def window(n: int, due: date, done: date | None, state: str = "done") -> dict[str, Any]:
        said = {"done_on": done, "quantity": "10", "quantity_2": "9"} if done else {}
        return {
            "id": f"w{n}",
            "number": f"D{n}",
            "title": "支委会",
            "category": "committee",
            "office": "机关党委",
            "due_on": due,
            "state": state,
            **said,
        }

    write(
        "party_task",
        window(1, date(2020, 1, 31), date(2020, 1, 20)),
        window(2, date(2020, 2, 29), date(2020, 3, 4)),
        window(3, date(2020, 3, 31), None, "due"),
        window(4, date(2020, 3, 30), None, "excused"),
        window(5, date(2020, 12, 31), None, "due"),
    )
    (row,) = words(party.branches(desk(kjj, date(2020, 4, 2))))
    assert row[:5] == ["机关党委", "1/1", "1/1，迟 1", "0/1，逾期 1", "—"]
    assert row[12] == "0/1" and row[13] == "2/4，逾期 1"
    (kind,) = words(party.kinds(desk(kjj, date(2020, 4, 2))))
    assert kind[1:] == ["4", "1", "1", "1", "1", "1"]


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (None, "未定有效期"),
        (date(2020, 7, 1), "已失效"),
        (date(2020, 12, 31), "183 天后失效"),
        (date(2021, 1, 1), "184 天后失效"),
        (date(2021, 1, 2), "有效"),
    ],
)
def test_the_validity_of_a_document_on_1_july(kjj: Kjj, until: date | None, said: str) -> None:
    """Six months before 1 January 2021 is 1 July 2020: the first day on which it is to be evaluated."""
    row = EntryVersion(state="filed", valid_from=date(2018, 1, 1), valid_until=until)
    assert str(documents.validity(desk(kjj, date(2020, 7, 1)), row).words).startswith(said)


def test_months_before_the_end_of_a_longer_month() -> None:
    assert months_before(date(2020, 8, 31), 6) == date(2020, 2, 29)
    assert months_before(date(2021, 8, 31), 6) == date(2021, 2, 28)
    assert months_before(date(2021, 3, 15), 6) == date(2020, 9, 15)


def test_an_adjustment_is_due_in_twenty_working_days(kjj: Kjj, write: Write, signed_in: Callable[[str], Any]) -> None:
    """From Monday 8 June 2020: the Dragon Boat festival (25, 26 June, worked 28) makes Tuesday 7 July the twentieth worked day."""
    signed_in("sysadmin").post("/calendar/2020/published/")
    write(
        "list_adjustment",
        {
            "id": "a",
            "number": "QZ2020-001",
            "title": "甲",
            "channel": "law",
            "document": "一",
            "received_on": date(2020, 6, 8),
            "state": "triggered",
        },
        {
            "id": "b",
            "number": "QZ2020-002",
            "title": "乙",
            "channel": "law",
            "document": "二",
            "received_on": date(2020, 6, 8),
            "state": "not_concerned",
        },
    )
    (first, second) = words(documents.adjustments(desk(kjj, date(2020, 7, 8))))
    assert (first[4], first[6], first[7]) == ("2020-07-07", "21", "已逾期")
    assert (second[6], second[7]) == ("—", "经核不涉及")


def test_platforms_whose_construction_is_over(kjj: Kjj) -> None:
    def said(due: date | None, today: date) -> tuple[str, str]:
        cell = limits.construction(desk(kjj, today), EntryVersion(state="building", due_on=due))
        return str(cell.words), cell.tone

    assert said(date(2020, 6, 30), date(2020, 6, 30)) == ("剩 0 天", "warn")
    assert said(date(2020, 6, 30), date(2020, 7, 1)) == ("建设期已满 1 天未验收", "bad")
    assert said(date(2021, 6, 30), date(2020, 7, 1)) == ("剩 364 天", "good")
    assert said(None, date(2020, 7, 1))[1] == "warn"


def test_every_page_opens_in_both_languages_with_or_without_entries(
    kjj: Kjj, signed_in: Callable[[str], Any], django_assert_max_num_queries: Any
) -> None:
    client = signed_in("jixiao")
    assert all(str(page.text.zh) in client.get("/office/").content.decode() for page in PAGES)
    for language, absent in (("zh-hans", ""), ("en", "没有记录")):
        client.cookies["django_language"] = language
        for page in PAGES:
            with django_assert_max_num_queries(45):
                answer = client.get(f"/office/{page.code}/?year=2020")
            assert answer.status_code == 200, page.code
            shown = answer.content.decode()
            assert (page.text.en if language == "en" else page.text.zh) in shown
            assert not absent or absent not in shown
    assert client.get("/office/nothing/").status_code == 404


@pytest.mark.parametrize("account", ["lanshan", "qiye"])
def test_reporting_units_have_no_pages_of_the_office(kjj: Kjj, signed_in: Callable[[str], Any], account: str) -> None:
    assert signed_in(account).get("/office/").status_code == 403
    assert signed_in(account).get("/office/supervision/").status_code == 403


@pytest.mark.parametrize("code", ["information", "channels", "civilised", "party"])
def test_the_queries_of_a_page_do_not_grow_with_its_entries(kjj: Kjj, write: Write, signed_in: Callable[[str], Any], code: str) -> None:
    """One item in each register against eight; the second look asks exactly what the first did."""
    client = signed_in("jixiao")

    def fill(first: int, last: int) -> None:
        window = {"category": "committee", "office": "机关党委", "due_on": date(2020, 2, 29), "state": "due", "title": "支委会"}
        channel = {"channel": "site", "valid_from": date(2018, 1, 1), "state": "in_use"}
        for n in range(first, last):
            write("info_item", item(n, date(2020, 1, n)))
            write("party_task", {"id": f"w{n}", "number": f"D{n}", **window})
            write("channel", {"id": f"c{n}", "number": f"C{n}", "title": f"载体{n}", **channel})
            write("civilised_material", material(n, "morals", "3", "3"))

    fill(1, 2)
    client.get(f"/office/{code}/?year=2020")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/office/{code}/?year=2020")
    fill(2, 9)
    with CaptureQueriesContext(connection) as many:
        client.get(f"/office/{code}/?year=2020")
    assert len(many) == len(few)
