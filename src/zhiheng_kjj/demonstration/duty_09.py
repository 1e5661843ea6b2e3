"""党建组织引领: the year's list made in January and done month by month, three windows late, one open; the civilised unit complete."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from zhiheng_kjj.demonstration.happening import Generated, Happening, Moved, Proved, Recorded
from zhiheng_kjj.demonstration.world import World

EXPECTED = {
    "党建工作完成情况": ("92.59%（50/54）", "missed"),
    "省级文明单位复审": ("100%（31/31）；1次", "met"),
}
"""Indicator → how its value begins, and its state, on 2020-12-31 as known on that day."""
EXPECTED_LATER: dict[str, tuple[str, str]] = {}
"""What differs as known on 2021-02-01."""

MONTHLY = ("committee", "group_meeting", "theme_day")
QUARTERLY = ("members_meeting", "lecture", "dues")
HALF = ("responsibility", "integrity")
YEARLY = {"democratic_life": 1, "organisation_life": 1, "appraisal": 12}
"""Item of the list → the month in which it was done."""
LATE = {"theme_day|2020-02|1": date(2020, 3, 12), "group_meeting|2020-02|1": date(2020, 3, 12), "lecture|2020-Q1|1": date(2020, 4, 8)}
"""Windows done after their day: nobody met in February 2020."""
EXCUSED = "members_meeting|2020-Q1|1"
OPEN = "integrity|2020-H2|1"
HEADINGS = (
    ("leadership", 12, ("创建组织机构", "年度创建计划", "党组研究创建工作", "经费保障")),
    ("morals", 16, ("社会主义核心价值观宣传", "道德讲堂", "诚信建设", "家庭家教家风", "未成年人关爱")),
    ("business", 14, ("政务服务规范", "廉洁自律", "依法办事", "业务工作实绩")),
    ("culture", 12, ("全民阅读", "职工文体活动", "我们的节日", "文化阵地")),
    ("management", 12, ("规章制度", "安全管理", "民主管理", "综合治理")),
    ("environment", 12, ("办公环境", "垃圾分类", "节能降耗", "控烟")),
    ("creation", 14, ("志愿服务", "帮扶共建", "文明交通", "文明餐桌", "网络文明")),
    ("special", 8, ("科技志愿服务队", "科普进社区")),
)
"""Headings of the 100-point sheet with their points and items. Invented; the order of magnitude is that of such sheets."""
CLOSES = "2020-10-31"


def happenings(drawn: World) -> Iterator[Happening]:
    """The year of the duty."""
    yield from party(drawn)
    yield from civilised(drawn)


def windows() -> Iterator[tuple[str, date]]:
    """Each window of the list by its key, with the day on which it was done."""
    for month in range(1, 13):
        for place, code in enumerate(MONTHLY):
            yield f"{code}|2020-{month:02d}|1", date(2020, month, 10 + place * 6)
    for quarter in range(1, 5):
        for place, code in enumerate(QUARTERLY):
            yield f"{code}|2020-Q{quarter}|1", date(2020, quarter * 3, 11 + place * 6)
    for half in (1, 2):
        for place, code in enumerate(HALF):
            yield f"{code}|2020-H{half}|1", date(2020, half * 6, 9 + place * 6)
    for code, month in YEARLY.items():
        yield f"{code}|2020|1", date(2020, month, 17)


def party(_drawn: World) -> Iterator[Happening]:
    """55 windows: 50 in time, three late, one excused, one never recorded."""
    yield Generated(date(2020, 1, 6), "party_task", date(2020, 12, 31))
    yield Moved(date(2020, 3, 20), "party_task", EXCUSED, "excuse", by="kezhang")
    done = [(key, LATE.get(key, day)) for key, day in windows() if key not in (EXCUSED, OPEN)]
    for on in sorted({day for _, day in done}):
        keys = [key for key, day in done if day == on]
        yield Proved(on, "party_task", keys, ("minutes", "attendance"))
        for key in keys:
            words = {"quantity": "46", "quantity_2": str(40 + on.day % 7)}
            yield Moved(on, "party_task", key, "do", words)


def civilised(_drawn: World) -> Iterator[Happening]:
    """文明创建: uploaded from June to October, the last in the last days; one item not applicable; the title kept in December."""
    rows, number = [], 0
    for category, points, items in HEADINGS:
        for place, item in enumerate(items):
            number += 1
            share = points // len(items) + (place < points % len(items))
            rows.append(
                {
                    "number": f"WM2020-{number:02d}",
                    "title": item,
                    "category": category,
                    "due_on": CLOSES,
                    "quantity": str(share),
                    "form": ("document", "explanation", "picture")[number % 3],
                }
            )
    waiting = [row for n, row in enumerate(rows) if n % 4 == 0]
    yield Recorded(date(2020, 3, 9), "civilised_material", waiting, "due", proofs=())
    yield Moved(date(2020, 4, 2), "civilised_material", waiting[2]["number"], "exempt", by="kezhang")
    for wave, month in ((1, 6), (2, 7), (3, 9)):
        on = date(2020, month, 8 + wave * 2)
        more = {"done_on": on.isoformat(), "happened_on": f"2020-0{month - 1}-12"}
        some = [row | more | {"quantity_2": row["quantity"]} for n, row in enumerate(rows) if n % 4 == wave]
        yield Recorded(on, "civilised_material", some, "uploaded")
    last, on = [row for n, row in enumerate(waiting) if n != 2], date(2020, 10, 20)
    yield Proved(on, "civilised_material", [row["number"] for row in last], ("capture",))
    for row in last:
        yield Moved(on, "civilised_material", row["number"], "upload", {"happened_on": "2020-09-18", "quantity_2": row["quantity"]})
    review = {"number": "WMFS2020", "title": "省级文明单位复审（演示）", "data_year": "2020"}
    yield Recorded(date(2020, 3, 9), "civilised_review", [review], "waiting", proofs=(), hour=11)
    words = {"document": "鲁文明委〔2020〕12号（演示）", "quantity": "96"}
    yield Moved(date(2020, 12, 21), "civilised_review", "WMFS2020", "keep", words, proofs=("announcement",))
