"""综合协调服务: information (one month a piece short), channels in time, the yearbook delivered, matters reported in time."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from zhiheng_kjj.demonstration.happening import Happening, Moved, Proved, Recorded
from zhiheng_kjj.demonstration.world import World

EXPECTED = {
    "科技宣传信息每月报送": ("7篇（11/12 期达标）；33篇；66分", "missed"),
    "科技宣传载体建设与维护": ("12天", "met"),
    "编辑科技年鉴": ("1次；100%（9/9）", "met"),
    "上报重点工作及事项": ("100%（21/21）；100%（22/22）", "met"),
}
"""Indicator → how its value begins, and its state, on 2020-12-31 as known on that day."""
EXPECTED_LATER: dict[str, tuple[str, str]] = {}
"""What differs as known on 2021-02-01."""

OFFICES = ("政策法规科", "成果与奖励科", "高新技术科", "规划与资金管理科", "科技合作科", "农村科技科", "办公室", "机关党委", "外国专家科")
CHANNELS = (
    ("ZT01", "临沂市科学技术局网站（演示）", "site", 4),
    ("ZT02", "临沂科技微信公众号（演示）", "wechat", 5),
    ("ZT03", "临沂科技微博（演示）", "weibo", 9),
)
MATTERS = (
    "科技创新大会筹备",
    "高企培育三年行动",
    "创新型城市建设",
    "科技金融对接",
    "院士专家临沂行",
    "孵化器提质",
    "农科驿站建设",
    "外专引进",
)


def happenings(drawn: World) -> Iterator[Happening]:
    """The year of the duty."""
    yield from information(drawn)
    yield from posts(drawn)
    yield from yearbook()
    yield from matters(drawn)
    yield from unmeasured()


def information(drawn: World) -> Iterator[Happening]:
    """信息报送: eight or nine a month, seven in July, so that the year's target is missed; a third is adopted."""
    number = 0
    for month in range(1, 13):
        rows = []
        late = date(2020, month, 28) if month < 12 else date(2020, 12, 30)
        for _ in range(7 if month == 7 else 8 + month % 2):
            number += 1
            sent = drawn.day(2020, month, month)
            row = {
                "number": f"XX2020{number:03d}",
                "title": f"{MATTERS[number % 8]}进展（演示）",
                "category": ("news", "news", "experience", "problem", "research")[number % 5],
                "channel": "city_office",
                "office": OFFICES[number % 9],
                "happened_on": sent.isoformat(),
                "author": drawn.person(number),
            }
            if number % 3 == 0:
                row |= {
                    "state": "adopted",
                    "level": "city",
                    "journal": "daily",
                    "decided_on": min(sent + timedelta(days=4), late).isoformat(),
                    "quantity": "2",
                }
            rows.append(row)
        yield Recorded(late, "info_item", rows, "submitted", proofs=("receipt", "page"))


def posts(drawn: World) -> Iterator[Happening]:
    """载体发布: three channels, each within two weeks through the whole year."""
    rows = [
        {"number": code, "title": name, "channel": kind, "valid_from": "2018-05-01", "office": "办公室"} for code, name, kind, _ in CHANNELS
    ]
    yield Recorded(date(2020, 1, 3), "channel", rows, "in_use", proofs=())
    posted: list[dict[str, str]] = []
    for code, _, _, step in CHANNELS:
        day = date(2020, 1, 2)
        while day.year == 2020:
            posted.append(post(code, day))
            day += timedelta(days=step + drawn.draw.randrange(4))
    for month in range(1, 13):
        rows = [row for row in posted if row["happened_on"][5:7] == f"{month:02d}"]
        yield Recorded(date(2020, month, monthrange(2020, month)[1]), "channel_post", rows, "posted", hour=11)


def post(code: str, day: date) -> dict[str, str]:
    """One post of a channel."""
    return {
        "number": f"{code}-{day:%m%d}",
        "title": f"{MATTERS[(day.day + day.month) % 8]}（演示）",
        "about": code,
        "office": OFFICES[day.day % 9],
        "happened_on": day.isoformat(),
        "column_name": ("工作动态", "通知公告", "政策解读")[day.day % 3],
    }


def yearbook() -> Iterator[Happening]:
    """年鉴: called in January, nine contributions, delivered before its day."""
    book = {
        "number": "NJ2019",
        "title": "临沂科技年鉴2019卷（演示）",
        "data_year": "2019",
        "office": "办公室",
        "received_on": "2020-01-06",
        "due_on": "2020-05-31",
    }
    yield Recorded(date(2020, 1, 6), "yearbook", [book], "called")
    tasks = [
        {"number": f"GG2019{n:02d}", "title": f"{office}供稿", "about": "NJ2019", "office": office, "due_on": "2020-03-20"}
        for n, office in enumerate(OFFICES)
    ]
    yield Recorded(date(2020, 1, 6), "yearbook_task", tasks, "due", hour=11)
    for start in (0, 3, 6):
        done, keys = date(2020, 3, 4 + start * 2), [f"GG2019{n:02d}" for n in range(start, start + 3)]
        yield Proved(done, "yearbook_task", keys, ("manuscript",))
        for key in keys:
            yield Moved(done, "yearbook_task", key, "deliver", by="kezhang")
    yield Moved(date(2020, 4, 20), "yearbook", "NJ2019", "edit")
    yield Moved(date(2020, 5, 18), "yearbook", "NJ2019", "deliver", proofs=("delivery",), by="kezhang")


def matters(drawn: World) -> Iterator[Happening]:
    """督办: two matters a month, one settled at once, the other reported monthly until it is struck off; every report is sent in time."""
    reports: dict[int, list[dict[str, str]]] = {}
    ended: dict[int, list[str]] = {}
    for month in range(1, 12):
        rows = [matter(drawn, month * 2 - 1, month), matter(drawn, month * 2, month)]
        rows[1] |= {"state": "struck_off", "done_on": f"2020-{month:02d}-15", "decided_on": f"2020-{month:02d}-17"}
        yield Recorded(date(2020, month, 9), "supervision_item", rows[:1], "signed", hour=9)
        yield Recorded(date(2020, month, 18), "supervision_item", rows[1:], "struck_off", hour=9)
        for row in rows[:1]:
            last = int(row["due_on"][5:7])
            ended.setdefault(last, []).append(row["number"])
            for later in range(month + 1, last + 1):
                reports.setdefault(later, []).append(report(row, later))
    for month, rows in sorted(reports.items()):
        yield Recorded(date(2020, month, 4), "supervision_report", rows, "reported")
    for month, keys in sorted(ended.items()):
        finished, struck = date(2020, month, 16), date(2020, month, 18)
        yield Proved(finished, "supervision_item", keys, ("result", "approval"))
        for key in keys:
            yield Moved(finished, "supervision_item", key, "finish")
            yield Moved(struck, "supervision_item", key, "strike", by="kezhang")


def matter(drawn: World, number: int, month: int) -> dict[str, str]:
    """One matter under supervision."""
    return {
        "number": f"DB2020{number:02d}",
        "title": f"{MATTERS[number % 8]}（演示）",
        "category": ("city_committee", "city_government", "instruction")[number % 3],
        "office": OFFICES[number % 9],
        "received_on": date(2020, month, 3 + number % 5).isoformat(),
        "happened_on": date(2020, month, 4 + number % 5).isoformat(),
        "due_on": date(2020, min(month + 2, 12), 20).isoformat(),
        "cycle": "month",
        "responsible": drawn.person(number),
    }


def report(row: dict[str, str], month: int) -> dict[str, str]:
    """The monthly report on a matter."""
    return {
        "number": f"FK{row['number'][6:]}-{month:02d}",
        "title": "按月反馈",
        "about": row["number"],
        "category": "periodic",
        "office": row["office"],
        "due_on": date(2020, month, 5).isoformat(),
        "done_on": date(2020, month, 3).isoformat(),
    }


def unmeasured() -> Iterator[Happening]:
    """科技宣传培训班、电视台和报社合作."""
    for n, on in enumerate((date(2020, 5, 21), date(2020, 7, 16), date(2020, 9, 24), date(2020, 11, 19))):
        course = {
            "number": f"PX2020{n + 1:02d}",
            "title": f"科技信息和宣传培训班第{n + 1}期（演示）",
            "office": "办公室",
            "happened_on": on.isoformat(),
            "quantity": str(60 + n * 8),
            "quantity_2": "2",
            "amount": str(12_000 + n * 1_500),
        }
        yield Recorded(on, "science_training", [course], "held")
    rows = []
    for n in range(36):
        day = date(2020, 1 + n // 3, 6 + n % 3 * 8)
        rows.append(
            {
                "number": f"MT2020{n + 1:02d}",
                "title": f"{MATTERS[n % 8]}报道（演示）",
                "channel": ("television", "newspaper", "radio")[n % 3],
                "office": "办公室",
                "happened_on": day.isoformat(),
            }
        )
    for quarter in range(4):
        day = date(2020, quarter * 3 + 3, 29)
        yield Recorded(day, "media_cooperation", rows[quarter * 9 : quarter * 9 + 9], "published")
