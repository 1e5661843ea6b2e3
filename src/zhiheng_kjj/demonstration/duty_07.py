"""农业高新技术产业发展: stations met with two removed, talents met, major projects one short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from zhiheng_kjj.demonstration.happening import Done, Happening, Moved, Recorded, Stage
from zhiheng_kjj.demonstration.world import PLACES, World
from zhiheng_web.ledgers.actions.move_entry import move_entry
from zhiheng_web.ledgers.models import FOREVER, EntryVersion
from zhiheng_web.organisation.viewer import Viewer

EXPECTED = {
    "建设农科驿站总数": ("81家", "met"),
    "农业类高层次人才培养": ("5个；2个", "met"),
    "挖掘争取重大专项项目": ("4项；9项；1950万元", "missed"),
}
"""Indicator → how its value begins, and its state, on 2020-12-31 as known on that day."""
EXPECTED_LATER: dict[str, tuple[str, str]] = {}
"""What differs as known on 2021-02-01."""

PRODUCTS = ("苹果", "大蒜", "茶叶", "中药材", "蔬菜", "花生", "黄桃", "金银花", "生猪", "肉鸽", "板栗", "柳编")
BATCHES = (
    (0, 25, date(2018, 11, 20), date(2020, 1, 6)),
    (25, 53, date(2019, 12, 12), date(2020, 1, 6)),
    (53, 65, date(2020, 6, 18), date(2020, 6, 22)),
    (65, 84, date(2020, 11, 20), date(2020, 11, 25)),
)
"""Provincial stations of each list: from, to, recognised on, entered on."""


def happenings(drawn: World) -> Iterator[Happening]:
    """The year of the duty."""
    yield from stations(drawn)
    yield from talents(drawn)
    yield from projects(drawn)
    yield from unmeasured(drawn)


def station(drawn: World, number: int, listed: date, level: str = "provincial") -> dict[str, str]:
    """One agricultural station."""
    firm = drawn.firm(number * 31 + 3)
    place = PLACES[number % 12]
    return {
        "number": f"NKYZ{'S' if level == 'provincial' else 'C'}{number + 1:03d}",
        "title": f"{place}{PRODUCTS[number // 12 % 12]}农科驿站{'' if number < 144 else number}（演示）",
        "level": level,
        "document": f"鲁科字〔{listed.year}〕{listed.month + 60}号（演示）",
        "edition": f"{listed.year}年第{1 if listed.month < 7 else 2}批",
        "organisation": firm.words,
        "county": firm.county,
        "recommended_on": (listed - timedelta(days=60)).isoformat(),
        "decided_on": listed.isoformat(),
        "valid_from": listed.isoformat(),
        "quantity": str(60 + drawn.draw.randrange(200)),
        "quantity_2": str(2 + drawn.draw.randrange(6)),
        "industry": PRODUCTS[number % 12],
    }


def stations(drawn: World) -> Iterator[Happening]:
    """53 at the beginning, 31 listed in 2020, two removed, one without its service log; 24 of the city; three that a county proposes."""
    for first, stop, listed, known in BATCHES:
        rows = [station(drawn, n, listed) for n in range(first, stop)]
        if stop == 84:
            yield Recorded(known, "agri_station", rows[-1:], "in_force", proofs=("recognition",), hour=11)
            rows = rows[:-1]
        yield Recorded(known, "agri_station", rows, "in_force")
    city = [station(drawn, 200 + n, date(2019, 9, 10), "municipal") for n in range(24)]
    yield Recorded(date(2020, 1, 7), "agri_station", city, "in_force")
    for number in (4, 19):
        yield Moved(date(2020, 9, 16), "agri_station", f"NKYZS{number:03d}", "remove", by="kezhang")
    proposed = (station(drawn, n, date(2020, 12, 20)) for n in range(90, 190))
    blank = {"document": "", "decided_on": "", "valid_from": ""}
    asked = [row | blank for row in proposed if row["county"] == "371321"][:3]
    yield Recorded(date(2020, 12, 10), "agri_station", asked, "proposed", proofs=(), by="yinan", confirmed=False)


def talents(drawn: World) -> Iterator[Happening]:
    """农业类人才: five recommended, one withdrawn; two of the five were selected in December."""
    rows = []
    for n in range(6):
        firm = drawn.firm(n * 37 + 11)
        row = {
            "person": f"{drawn.person(n + 50)}（农业{n + 1}）",
            "organisation": firm.words,
            "county": firm.county,
            "category": ("taishan_industry", "yimeng")[n % 2],
            "level": ("province", "city")[n % 2],
            "channel": "agriculture",
            "edition": "2020年度",
            "document": "临科字〔2020〕48号（演示）",
            "received_on": "2020-05-11",
            "recommended_on": f"2020-0{6 + n // 2}-2{n}",
            "recommender": "临沂市科学技术局",
        }
        if n == 5:
            row |= {"state": "withdrawn", "recommended_on": "", "document": ""}
        rows.append(row)
    for on, some in ((date(2020, 6, 28), rows[:2]), (date(2020, 7, 28), rows[2:4]), (date(2020, 8, 28), rows[4:])):
        yield Recorded(on, "talent", some, "recommended", proofs=("letter", "notice", "minutes", "checklist"))
    chosen = [row["organisation"][:18] for row in rows[:2]]

    def select(stage: Stage, _viewer: Viewer) -> None:
        viewer = stage.viewer(stage.keeper("talent"), date(2020, 12, 8), 16)
        found = EntryVersion.objects.filter(
            register=stage.registers["talent"], organisation__uscc__in=chosen, channel="agriculture", known_until=FOREVER
        )
        for entry in list(found.order_by("recommended_on").values_list("entry", flat=True)):
            move_entry(viewer, entry, "select", day=date(2020, 12, 8))

    yield Done(date(2020, 12, 8), select)


def projects(drawn: World) -> Iterator[Happening]:
    """对上争取: nine recommended, four approved (one short), one paid, two refused, the others still open."""
    titles = ("良种选育", "绿色防控", "智慧果园", "精深加工", "农机装备", "园区提升", "节水灌溉", "中药材基地", "冷链保鲜")
    rows = []
    for n, title in enumerate(titles):
        firm = drawn.firm(n * 41 + 5)
        sent = date(2020, 3 + n // 3, 12 + n)
        rows.append(
            {
                "number": f"DS2020{n + 1:02d}",
                "title": f"{title}项目（演示）",
                "category": ("provincial_major", "seed", "park", "guidance", "national_key")[n % 5],
                "level": "national" if n % 5 == 4 else "provincial",
                "organisation": firm.words,
                "county": firm.county,
                "recommended_on": sent.isoformat(),
                "quantity": str(n + 1),
                "asked": str((n + 2) * 1_000_000),
            }
        )
    for month in (3, 4, 5):
        some = [row for row in rows if row["recommended_on"][6] == str(month)]
        yield Recorded(date(2020, month, 24), "upper_project", some, "recommended")
    for n, on in ((1, date(2020, 7, 21)), (2, date(2020, 9, 8)), (4, date(2020, 10, 20)), (6, date(2020, 11, 30))):
        words = {"document": f"鲁科字〔2020〕{70 + n}号（演示）", "amount": str(n * 1_500_000)}
        yield Moved(on, "upper_project", f"DS2020{n:02d}", "approve", words, proofs=("approval", "money"))
    yield Moved(date(2020, 12, 15), "upper_project", "DS202001", "pay", {"amount_2": "1500000"})
    for n in (3, 8):
        yield Moved(date(2020, 11, 12), "upper_project", f"DS2020{n:02d}", "refuse")


def unmeasured(drawn: World) -> Iterator[Happening]:
    """星创天地、农业科技园区、科技特派员."""
    rows = []
    for n in range(14):
        firm = drawn.firm(n * 43 + 7)
        filed = date(2017 + n % 4, 4 + n % 6, 15)
        rows.append(
            {
                "number": f"XCTD{n + 1:02d}",
                "title": f"{PLACES[n % 12]}{PRODUCTS[n % 12]}星创天地（演示）",
                "level": ("provincial", "municipal", "state")[n % 3],
                "document": f"鲁科字〔{filed.year}〕{20 + n}号（演示）",
                "organisation": firm.words,
                "county": firm.county,
                "valid_from": filed.isoformat(),
                "quantity": str(6 + n),
            }
        )
    old = [row for row in rows if row["valid_from"] < "2020"]
    yield Recorded(date(2020, 1, 8), "star_space", old, "filed")
    yield Recorded(date(2020, 10, 12), "star_space", [row for row in rows if row not in old], "filed")
    parks = [
        {
            "number": f"NYYQ{n + 1:02d}",
            "title": f"{PLACES[n]}农业科技园区（演示）",
            "level": "state" if n == 0 else "provincial",
            "document": f"鲁科字〔{2013 + n}〕{30 + n}号（演示）",
            "organisation": drawn.firm(n * 47).words,
            "county": drawn.firm(n * 47).county,
            "valid_from": f"{2013 + n}-05-20",
            "due_on": f"{2017 + n}-05-20",
            "quantity": str(3000 + n * 400),
        }
        for n in range(7)
    ]
    yield Recorded(date(2020, 1, 8), "agri_park", parks, "building", hour=11)
    for n in (1, 2, 3):
        yield Moved(date(2020, 10, 27 + n), "agri_park", f"NYYQ{n:02d}", "accept", proofs=("acceptance",))
    for wave, on in enumerate((date(2020, 3, 24), date(2020, 5, 26), date(2020, 9, 15))):
        yield Recorded(on, "science_envoy", [envoy(drawn, wave * 80 + n, on) for n in range(80)], "serving")


def envoy(drawn: World, number: int, sent: date) -> dict[str, str]:
    """One science envoy."""
    firm = drawn.firm(number * 3 + 1)
    return {
        "number": f"TPY2020{number + 1:03d}",
        "person": f"{drawn.person(number)}（特派{number + 1:03d}）",
        "category": ("individual", "individual", "team")[number % 3],
        "document": f"临科字〔2020〕{sent.month + 20}号（演示）",
        "organisation": drawn.university(number).words,
        "counterpart": firm.words,
        "county": firm.county,
        "about": f"NKYZS{number % 53 + 1:03d}" if number % 2 else "",
        "valid_from": sent.isoformat(),
        "valid_until": sent.replace(year=2021).isoformat(),
        "quantity": str(20 + drawn.draw.randrange(60)),
    }
