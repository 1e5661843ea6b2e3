"""成果评审与科技奖励: every application reviewed, some too late; every nomination published in time, one after an objection."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from zhiheng_kjj.demonstration.happening import Corrected, Happening, Moved, Recorded, Returned
from zhiheng_kjj.demonstration.later import proved
from zhiheng_kjj.demonstration.world import FIELDS, World

EXPECTED = {
    "完成各类科技评审活动": ("97.56%（320/328）；34次", "missed"),
    "组织科技奖励评审": ("100%（56/56）；100%（1/1）", "met"),
}
"""Indicator → its value and state on 2020-12-31 as known on that day."""
EXPECTED_LATER: dict[str, tuple[str, str]] = {"完成各类科技评审活动": ("98.17%（322/328）；35次", "missed")}
"""What differs as known on 2021-02-01."""

LANSHAN, YINAN = "371302", "371321"
REVIEWED = ("project", "midterm", "acceptance", "platform", "carrier", "achievement")
MATTERS = ("项目立项", "中期检查", "项目验收", "平台认定", "孵化载体备案", "成果评价")


def happenings(drawn: World) -> Iterator[Happening]:
    """The year of the duty."""
    yield from achievements(drawn)
    yield from activities(drawn)
    yield from applications(drawn)
    yield from nominations(drawn)
    yield from objections()
    yield from exchanges(drawn)


def achievements(drawn: World) -> Iterator[Happening]:
    """成果登记: 220 in the year; some come from counties, one of those goes back."""
    for quarter in range(4):
        rows = [achievement(drawn, number, quarter) for number in range(quarter * 55 + 1, quarter * 55 + 56)]
        yield Recorded(date(2020, quarter * 3 + 3, 27), "achievement", rows, "announced" if quarter < 3 else "registered")
    firms = [firm for firm in drawn.firms if firm.county == YINAN][:6]
    reported = [
        {
            "title": f"{FIELDS[n]}应用技术成果（演示）沂南{n + 1}",
            "category": "applied",
            "channel": "acceptance",
            "organisation": firm.words,
            "county": YINAN,
            "received_on": "2020-11-10",
        }
        for n, firm in enumerate(firms)
    ]
    yield Recorded(date(2020, 11, 12), "achievement", reported[:4], "submitted", by="yinan")
    yield Recorded(date(2020, 12, 22), "achievement", reported[4:], "submitted", by="yinan", confirmed=False)
    yield Returned(date(2020, 12, 28), "achievement", [f"|{reported[5]['title']}"], "缺评价证明，请补齐后重新提交")


def achievement(drawn: World, number: int, quarter: int) -> dict[str, str]:
    """One result."""
    firm = drawn.firm(number * 4)
    approved = drawn.day(2020, quarter * 3 + 1, quarter * 3 + 3)
    row = {
        "number": f"3712020{'YJR'[number % 10 // 8]}{number:04d}",
        "title": f"{FIELDS[number % 12]}关键技术研究与应用（演示）{number:03d}",
        "category": ("applied", "basic")[number % 10 // 8],
        "level": ("world", "nation", "nation", "unrated")[number % 4],
        "channel": ("appraisal", "acceptance", "review", "patent", "assessment")[number % 5],
        "organisation": firm.words,
        "county": firm.county,
        "received_on": (approved - timedelta(days=9)).isoformat(),
        "decided_on": approved.isoformat(),
        "stage": ("early", "middle", "mature")[number % 3],
    }
    if number % 6 == 0:
        row["counterpart"] = drawn.university(number).words
    return row


def activities(drawn: World) -> Iterator[Happening]:
    """评审活动: nine in each quarter, one without its quorum, one whose record of the draw comes in January; one cancelled, one planned."""
    for quarter in range(4):
        rows = [activity(drawn, number) for number in range(quarter * 9 + 1, quarter * 9 + 10)]
        day = date(2020, quarter * 3 + 3, 26)
        whole = [row for row in rows if row["number"] != "PS2020-031"]
        yield Recorded(day, "review_activity", whole, "finished", hour=9)
        if whole != rows:
            yield Recorded(day, "review_activity", [rows[3]], "finished", ("scores", "summary", "notice"), hour=9)
    more = [
        {
            "number": "PS2020-037",
            "title": "文化科技融合项目评审（演示）",
            "category": "project",
            "due_on": "2020-11-30",
            "state": "cancelled",
        },
        {
            "number": "PS2020-038",
            "title": "2021年度平台认定评审（演示）",
            "category": "platform",
            "due_on": "2021-03-20",
            "state": "planned",
        },
    ]
    yield Recorded(date(2020, 11, 20), "review_activity", more, proofs=())
    yield proved(date(2021, 1, 8), "review_activity", {"number": "PS2020-031"}, ("draw",))


def held(number: int) -> date:
    """When an activity is held."""
    quarter, place = divmod(number - 1, 9)
    return date(2020, quarter * 3 + 1 + place // 4, 6 + place % 4 * 5)


def activity(drawn: World, number: int) -> dict[str, str]:
    """One activity; number 14 has too few experts."""
    day = held(number)
    return {
        "number": f"PS2020-{number:03d}",
        "title": f"{FIELDS[number % 12]}领域{MATTERS[number % 6]}评审（演示）",
        "category": REVIEWED[number % 6],
        "channel": ("meeting", "online", "defence", "visit")[number % 4],
        "document": f"临科函〔2020〕{100 + number}号",
        "office": "成果与奖励科",
        "happened_on": day.isoformat(),
        "due_on": (day + timedelta(days=20)).isoformat(),
        "done_on": (day + timedelta(days=4)).isoformat(),
        "quantity": str(10 if number <= 8 else 9),
        "numerator": "4" if number == 14 else "7",
        "denominator": "7",
        "amount": str(7 * 800),
        "witness": drawn.person(number % 3),
    }


def applications(drawn: World) -> Iterator[Happening]:
    """评审受理: 332 in the year, four withdrawn, six reviewed too late, two without the signed summary until January."""
    rows = [application(drawn, number) for number in range(1, 333)]
    for quarter in range(4):
        mine = [row for n, row in enumerate(rows, 1) if (activity_of(n) - 1) // 9 == quarter]
        day = date(2020, quarter * 3 + 3, 27)
        yield Recorded(day, "review_application", [row for row in mine if "done_on" in row and row["number"] not in BARE], "reviewed")
        bare = [row for row in mine if row["number"] in BARE]
        if bare:
            yield Recorded(day, "review_application", bare, "reviewed", proofs=("application",))
    gone = [row for row in rows if "done_on" not in row]
    yield Recorded(date(2020, 11, 2), "review_application", gone, "withdrawn", proofs=("withdrawal",))
    yield Corrected(date(2020, 7, 6), "review_application", "SL2020-0090", {"quantity": "83.5"}, "汇总表录入有误，按签字原件更正")
    yield proved(date(2021, 1, 8), "review_application", {"number__in": sorted(BARE)}, ("result",))
    firms = [firm for firm in drawn.firms if firm.county == LANSHAN][:5]
    waiting = [
        {
            "number": f"SL2021-{n:04d}",
            "title": f"{FIELDS[n]}平台认定申报（演示）",
            "category": "platform",
            "organisation": firm.words,
            "county": LANSHAN,
            "received_on": "2020-12-21",
            "due_on": "2021-03-20",
        }
        for n, firm in enumerate(firms, 1)
    ]
    yield Recorded(date(2020, 12, 23), "review_application", waiting, "accepted", by="lanshan", confirmed=False)


BARE = frozenset({"SL2020-0301", "SL2020-0302"})
WITHDRAWN = frozenset({40, 120, 200, 270})
LATE = frozenset({25, 77, 131, 188, 240, 310})


def activity_of(number: int) -> int:
    """The activity that an application belongs to: ten to each of the first eight, nine to the others."""
    return (number - 1) // 10 + 1 if number <= 80 else 9 + (number - 81) // 9


def application(drawn: World, number: int) -> dict[str, str]:
    """One application; it is due two weeks after the review, and a late one is finished three days after that."""
    about = activity_of(number)
    firm, day = drawn.firm(number * 2 + 1), held(about)
    row = {
        "number": f"SL2020-{number:04d}",
        "title": f"{FIELDS[number % 12]}技术申报（演示）{number:03d}",
        "category": REVIEWED[about % 6],
        "organisation": firm.words,
        "county": firm.county,
        "received_on": (day - timedelta(days=15)).isoformat(),
        "due_on": (day + timedelta(days=1 if number in LATE else 14)).isoformat(),
    }
    if number in WITHDRAWN:
        return row
    return row | {
        "about": f"PS2020-{about:03d}",
        "done_on": (day + timedelta(days=4)).isoformat(),
        "quantity": str(62 + number * 7 % 34),
        "rank": str(number % 9 + 1),
    }


LEVELS = ("city",) * 6 + ("province",) * 3 + ("national",)


def nominations(drawn: World) -> Iterator[Happening]:
    """奖励提名: sixty, of which three fail the formal check and one is withdrawn; 56 are published by September."""
    rows = [nomination(drawn, number) for number in range(1, 61)]
    published = [row | ended(row, number) for number, row in enumerate(rows, 1) if number not in (17, 22, 41, 58, 60)]
    yield Recorded(date(2020, 10, 16), "award_nomination", published, proofs=("contract", "review", "notice"))
    yield Recorded(date(2020, 7, 10), "award_nomination", [rows[16]], "reviewed", ("nomination",))
    others = [rows[n - 1] | {"state": "withdrawn" if n == 60 else "failed_check"} for n in (22, 41, 58, 60)]
    for row in others:
        row.pop("received_on")
    yield Recorded(date(2020, 6, 12), "award_nomination", others, proofs=("nomination",))
    yield Moved(date(2020, 8, 26), "award_nomination", "TM2020-017", "object")
    yield Moved(date(2020, 9, 18), "award_nomination", "TM2020-017", "publish", proofs=("contract", "review"), by="kezhang")


def nomination(drawn: World, number: int) -> dict[str, str]:
    """One nomination, past its formal check in June and due by the end of September."""
    firm = drawn.firm(number * 13)
    return {
        "number": f"TM2020-{number:03d}",
        "title": f"{FIELDS[number % 12]}关键技术及产业化（演示）{number:02d}",
        "data_year": "2020",
        "category": ("progress", "progress", "invention", "natural", "cooperation")[number % 5],
        "level": LEVELS[number % 10],
        "channel": ("first", "second", "third")[number % 3],
        "organisation": firm.words,
        "counterpart": drawn.university(number).words,
        "county": firm.county,
        "received_on": "2020-06-08",
        "due_on": "2020-09-30",
        "nominator": "临沂市科学技术局（演示）",
    }


def ended(row: dict[str, str], number: int) -> dict[str, str]:
    """How it ended by October: city awards decided, the others sent up."""
    done = {"done_on": f"2020-09-{8 + number % 12:02d}"}
    if row["level"] != "city":
        return done | {"state": "sent_up", "recommended_on": "2020-09-25"}
    won = number % 3 != 0
    return done | ({"state": "awarded", "decided_on": "2020-10-12", "document": "临政字〔2020〕71号"} if won else {"state": "not_awarded"})


def objections() -> Iterator[Happening]:
    """奖励异议: one looked into and closed in time, one raised too late and not accepted."""
    one = {
        "number": "YY2020-001",
        "about": "TM2020-017",
        "category": "person",
        "happened_on": "2020-08-20",
        "received_on": "2020-08-26",
        "due_on": "2020-09-25",
        "objector": "异议人甲（演示）",
        "grounds": "完成人排序与贡献不符",
    }
    two = one | {"number": "YY2020-002", "about": "TM2020-009", "received_on": "2020-09-24", "objector": "异议人乙（演示）"}
    yield Recorded(date(2020, 8, 26), "award_objection", [one], "accepted", ("objection",), hour=17)
    yield Moved(date(2020, 9, 8), "award_objection", "YY2020-001", "investigate", {"channel": "written"})
    yield Moved(date(2020, 9, 16), "award_objection", "YY2020-001", "close", {"level": "rejected"}, ("decision",), "kezhang")
    yield Recorded(date(2020, 10, 19), "award_objection", [two], "not_accepted", ("objection",))


def exchanges(drawn: World) -> Iterator[Happening]:
    """无指标: results shown, exchanged and taken up."""
    rows = [
        {
            "number": f"CG2020{n:02d}",
            "title": f"{FIELDS[n]}成果{('发布会', '推介会', '转化')[n % 3]}（演示）",
            "category": ("release", "exchange", "transfer")[n % 3],
            "organisation": drawn.firm(n * 31).words,
            "counterpart": drawn.firm(n * 31 + 5).words if n % 3 == 2 else "",
            "county": drawn.firm(n * 31).county,
            "happened_on": f"2020-{3 + n:02d}-18",
            "quantity": str(6 + n),
            "amount": str(n * 400_000) if n % 3 == 2 else "",
        }
        for n in range(8)
    ]
    yield Recorded(date(2020, 11, 5), "result_exchange", rows, "done")
