"""科技创新产业培育: incubators and platforms. Those at provincial level were not organised: there is no entry of the year for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from zhiheng_kjj.demonstration.happening import Happening, Recorded
from zhiheng_kjj.demonstration.later import proved, stepped
from zhiheng_kjj.demonstration.world import FIELDS, FIRST, World

EXPECTED = {
    "市级科技企业孵化器备案数量": ("9家", "met"),
    "新增科技企业孵化面积": ("21.3万平方米", "met"),
    "省级科技创新平台新增数量": ("11家；10家", "met"),
}
"""Indicator → its value and state on 2020-12-31 as known on that day."""
EXPECTED_LATER: dict[str, tuple[str, str]] = {"省级科技创新平台新增数量": ("12家；11家", "met")}
"""What differs as known on 2021-02-01."""

LANSHAN = "371302"


def happenings(drawn: World) -> Iterator[Happening]:
    """The year of the places where firms and researchers work."""
    yield from carriers(drawn)
    yield from platforms(drawn)


# -- 孵化载体 -----------------------------------------------------------------------------------------------------------------

AREAS = (32_000, 28_500, 26_000, 24_500, 21_000, 18_000, 17_000, 16_000, 15_000)
"""Square metres of the nine first filings: 198,000; one expansion adds 15,000."""


def carrier(drawn: World, n: int, filed: date, area: int, document: str) -> dict[str, str]:
    """The first filing of an incubator or makerspace at the city."""
    firm = drawn.firm(n * 53 + 11)
    kind = "makerspace" if n % 3 == 2 else "incubator"
    return {
        "title": f"{FIRST[n % 12]}{FIELDS[n % 12]}{'众创空间' if kind == 'makerspace' else '孵化器'}（演示）{n}",
        "organisation": firm.words,
        "county": firm.county,
        "category": kind,
        "level": "city",
        "channel": "first_filing",
        "document": document,
        "received_on": (filed - timedelta(days=40)).isoformat(),
        "decided_on": filed.isoformat(),
        "valid_from": filed.isoformat(),
        "quantity": str(area),
        "quantity_2": str(area * 7 // 10),
        "ownership": ("owned", "leased")[n % 2],
        "tenants": str(12 + n * 3),
        "graduates": str(n),
    }


def carriers(drawn: World) -> Iterator[Happening]:
    """孵化载体: nine city filings and one expansion, a tenth without proof of its premises; one revoked; none at provincial level."""
    old = [carrier(drawn, 20 + n, date(2016 + n % 4, 6, 20), 8_000 + n * 700, f"临科字〔{2016 + n % 4}〕{20 + n}号") for n in range(14)]
    yield Recorded(date(2020, 1, 9), "carrier", old, "filed", hour=15)
    spring, autumn = date(2020, 5, 28), date(2020, 10, 29)
    rows = [carrier(drawn, n, spring, area, "临科字〔2020〕35号") for n, area in enumerate(AREAS[:4])]
    yield Recorded(date(2020, 6, 1), "carrier", rows, "filed")
    rows = [carrier(drawn, n, autumn, area, "临科字〔2020〕66号") for n, area in enumerate(AREAS) if n >= 4]
    grown = old[1] | {
        "channel": "expansion",
        "edition": "二期",
        "document": "临科字〔2020〕67号",
        "received_on": "2020-09-14",
        "decided_on": "2020-10-29",
        "quantity": "15000",
        "quantity_2": "10800",
    }
    yield Recorded(date(2020, 11, 2), "carrier", [*rows, grown], "filed")
    bare = carrier(drawn, 9, autumn, 9_000, "临科字〔2020〕66号")
    yield Recorded(date(2020, 11, 2), "carrier", [bare], "filed", ("notice",), hour=11)
    applied = [
        {
            name: value
            for name, value in carrier(drawn, n, date(2020, 12, 31), 7_000, "").items()
            if name not in ("decided_on", "valid_from")
        }
        for n in (10, 11)
    ]
    yield Recorded(date(2020, 12, 10), "carrier", [row | {"received_on": "2020-12-08"} for row in applied], "applied")
    yield stepped(date(2020, 4, 16), "carrier", "revoke", {"title": old[4]["title"]}, by="kezhang")


# -- 创新平台 -----------------------------------------------------------------------------------------------------------------

KINDS = {
    "key_laboratory": "重点实验室",
    "engineering_centre": "工程技术研究中心",
    "innovation_centre": "技术创新中心",
    "clinical_centre": "临床医学研究中心",
    "new_institute": "新型研发机构",
    "community": "创新创业共同体",
}
BUILT = (date(2020, 1, 1), date(2020, 4, 1), date(2020, 7, 2), date(2020, 9, 15))
"""When the construction of the city platforms ends that are checked in the year: ninety days later the check is due."""


def platform(drawn: World, n: int, level: str, approved: date, built: date | None = None) -> dict[str, str]:
    """One platform."""
    firm = drawn.firm(n * 5 + 2)
    kinds = list(KINDS) if level == "province" else list(KINDS)[:3]
    kind = kinds[n % len(kinds)]
    row = {
        "title": f"{'山东省' if level == 'province' else '临沂市'}{FIELDS[n % 12]}{KINDS[kind]}（演示）{n:03d}",
        "organisation": firm.words,
        "county": firm.county,
        "category": kind,
        "level": level,
        "document": f"{'鲁科字' if level == 'province' else '临科字'}〔{approved.year}〕{approved.month * 7}号",
        "received_on": (approved - timedelta(days=60)).isoformat(),
        "decided_on": approved.isoformat(),
        "valid_from": approved.isoformat(),
        "field": FIELDS[n % 12],
    }
    if built is not None:
        row |= {"happened_on": approved.isoformat(), "due_on": built.isoformat()}
    return row


def platforms(drawn: World) -> Iterator[Happening]:
    """创新平台: eleven approved by the province and one whose document comes in January, one revoked; 138 of the city."""
    early = date(2020, 1, 8)
    yield Recorded(early, "platform", [platform(drawn, n, "province", date(2013 + n % 7, 9, 18)) for n in range(20)], "running")
    yield Recorded(early, "platform", [platform(drawn, n, "city", date(2012 + n % 6, 6, 20)) for n in range(20, 120)], "running")
    building = [platform(drawn, n, "city", BUILT[n % 4].replace(year=2017), BUILT[n % 4]) for n in range(120, 144)]
    yield Recorded(early, "platform", building, "building")
    for day, numbers in ((date(2020, 6, 11), range(150, 154)), (date(2020, 9, 10), range(154, 158)), (date(2020, 11, 26), range(158, 161))):
        rows = [platform(drawn, n, "province", day, day.replace(year=2023)) for n in numbers]
        yield Recorded(day + timedelta(days=5), "platform", rows, "building")
    last = platform(drawn, 161, "province", date(2020, 12, 22), date(2023, 12, 22))
    yield Recorded(date(2020, 12, 28), "platform", [last], "building", proofs=())
    yield proved(date(2021, 1, 8), "platform", {"title": last["title"]}, ("approval",))
    gone = platform(drawn, 3, "province", early)["title"]
    yield stepped(date(2020, 8, 27), "platform", "revoke", {"title": gone}, proofs=("revocation",), by="kezhang")
    city = [platform(drawn, n, "city", date(2020, 10, 16), date(2023, 10, 16)) for n in range(170, 184)]
    yield Recorded(date(2020, 10, 20), "platform", city, "building")
    wishes = []
    for n, firm in enumerate(one for one in drawn.firms[300:] if one.county == LANSHAN):
        if n < 3:
            row = {"title": f"临沂市{FIELDS[n]}重点实验室（演示）申{n}", "organisation": firm.words, "county": LANSHAN}
            wishes.append(row | {"category": "key_laboratory", "level": "city", "received_on": "2020-12-14"})
    yield Recorded(date(2020, 12, 15), "platform", wishes, "applied", by="lanshan", confirmed=False)
