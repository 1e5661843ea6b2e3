"""科技创新产业培育: certificates, listed firms, statistics.

The December batch of high-technology certificates is announced on 10 January: as known at the year's end the net increase misses its
target, as known later it is reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from zhiheng_kjj.demonstration import duty_03_places as places
from zhiheng_kjj.demonstration.happening import Corrected, Happening, Moved, Recorded, Revoked
from zhiheng_kjj.demonstration.later import confirmed, proved, stepped
from zhiheng_kjj.demonstration.world import FIELDS, FIRST, Firm, World
from zhiheng_web.ledgers.models import EntryVersion

EXPECTED = {
    "高新技术企业认定数量": ("52家", "missed"),
    "入库科技型中小微企业新增数量": ("112家", "met"),
    "高新技术产业产值占比": ("34.2%", "missed"),
    "全市R&D投入占比": ("待统计发布", "waiting"),
    **places.EXPECTED,
}
"""Indicator → its value and state on 2020-12-31 as known on that day."""
EXPECTED_LATER: dict[str, tuple[str, str]] = {
    "高新技术企业认定数量": ("81家", "met"),
    "入库科技型中小微企业新增数量": ("123家", "met"),
    "高新技术产业产值占比": ("34.9%", "met"),
    **places.EXPECTED_LATER,
}
"""What differs as known on 2021-02-01."""

LANSHAN, YINAN = "371302", "371321"


def happenings(drawn: World) -> Iterator[Happening]:
    """The year of the duty."""
    yield from certificates(drawn)
    yield from listed(drawn)
    yield from statistics()
    yield from others(drawn)
    yield from places.happenings(drawn)


# -- 高企 ---------------------------------------------------------------------------------------------------------------------


def certificate(firm: Firm, serial: int, issued: date, batch: str, how: str = "first", announced: date | None = None) -> dict[str, str]:
    """One certificate, valid for three years from issue."""
    announced = announced or issued + timedelta(days=12)
    return {
        "number": f"GR{issued.year}370{serial:05d}",
        "organisation": firm.words,
        "county": firm.county,
        "category": how,
        "edition": f"{issued.year}年{batch}",
        "document": f"国科火字〔{announced.year}〕{20 + len(batch) + serial // 1000}号（演示）",
        "decided_on": announced.isoformat(),
        "valid_from": issued.isoformat(),
        "valid_until": issued.replace(year=issued.year + 3).isoformat(),
        "quantity": f"{3 + serial % 50 / 10:.1f}",
        "field": FIELDS[serial % 12],
        "staff": str(40 + serial % 300),
        "tech_staff": str(10 + serial % 30 + serial % 300 // 8),
    }


EARLIER = (
    (0, 150, date(2017, 12, 28), "第一批"),
    (150, 330, date(2018, 11, 30), "第一批"),
    (330, 520, date(2019, 11, 28), "第一批"),
)
CANCELLED, LEFT = 161, 340
"""Firms that lost the certificate in the year or moved away."""


def certificates(drawn: World) -> Iterator[Happening]:
    """520 firms in force at the start. 150 certificates end in December: 118 firms are certified again, 32 are not.

    By the year's end 89 firms are new and three more that a county reported, 2 moved in, 1 cancelled, 1 moved out, three wait for the
    scan of their certificate: 520 - 150 + 110 + 92 + 2 - 2 = 572. In January come 26 of the last batch and the three scans.
    """
    for start, stop, issued, batch in EARLIER:
        rows = [certificate(drawn.firm(n), n + 1, issued, batch) for n in range(start, stop)]
        yield Recorded(date(2020, 1, 9), "high_tech", rows, "certified")
    first = date(2020, 8, 17)
    rows = [certificate(drawn.firm(n), n + 1, first, "第一批", "again") for n in range(40)]
    rows += [certificate(drawn.firm(n), n + 1, first, "第一批") for n in range(520, 550)]
    yield Recorded(date(2020, 9, 2), "high_tech", rows, "certified")
    second = date(2020, 12, 1)
    rows = [certificate(drawn.firm(n), n + 1, second, "第二批", "again") for n in range(40, 110)]
    rows += [certificate(drawn.firm(n), n + 1, second, "第二批") for n in range(550, 609)]
    yield Recorded(date(2020, 12, 18), "high_tech", rows, "certified")
    bare = [certificate(drawn.firm(n), n + 1, second, "第二批") for n in range(609, 612)]
    yield Recorded(date(2020, 12, 18), "high_tech", bare, "certified", ("announcement",), hour=11)
    arrived = [certificate(drawn.firm(n), n + 1, date(2019, 12, 2), "迁入", "moved_in") for n in range(612, 614)]
    for row in arrived:
        row |= {"valid_from": "2020-05-20", "decided_on": "2020-05-20"}
    yield Recorded(date(2020, 5, 25), "high_tech", arrived, "certified")
    third, announced = date(2020, 12, 8), date(2021, 1, 10)
    rows = [certificate(drawn.firm(n), n + 1, third, "第三批", "again", announced) for n in range(110, 118)]
    rows += [certificate(drawn.firm(n), n + 1, third, "第三批", announced=announced) for n in range(614, 632)]
    yield Recorded(date(2021, 1, 11), "high_tech", rows, "certified")
    yield from recommended(drawn, second)
    yield Moved(
        date(2020, 9, 14), "high_tech", key(drawn, CANCELLED, 2018), "cancel", {"document": "国科火字〔2020〕31号（演示）"}, (), "kezhang"
    )
    yield Moved(date(2020, 10, 21), "high_tech", key(drawn, LEFT, 2019), "move_out", proofs=("moving",), by="kezhang")
    yield Corrected(date(2020, 3, 11), "high_tech", key(drawn, 200, 2018), {"staff": "186"}, "企业年报更正职工总数")
    scans = {"number__in": [f"GR2020370{n + 1:05d}" for n in range(609, 612)]}
    yield proved(date(2021, 1, 8), "high_tech", scans, ("certificate",))


def key(drawn: World, n: int, year: int) -> str:
    """The key of a certificate of an earlier year."""
    return f"{drawn.firm(n).uscc}|GR{year}370{n + 1:05d}|{year}年第一批"


def recommended(drawn: World, issued: date) -> Iterator[Happening]:
    """Counties recommend: of eight of Lanshan three are certified in December, two are not; what Yinan sends in December waits."""
    lanshan = [firm for firm in drawn.firms[650:] if firm.county == LANSHAN][:8]
    rows = [recommendation(firm, "2020年第二批") for firm in lanshan]
    yield Recorded(date(2020, 7, 15), "high_tech", [row | {"recommended_on": "2020-07-13"} for row in rows], by="lanshan")
    passed = {firm.name: f"GR20203709000{n}" for n, firm in enumerate(lanshan[:3])}

    def issued_to(row: EntryVersion) -> dict[str, str]:
        number = passed[row.organisation_name]
        return {"number": number, "valid_from": issued.isoformat(), "valid_until": "2023-12-01", "decided_on": "2020-12-13"}

    found = {"organisation_name__in": list(passed), "state": "recommended"}
    proofs = ("announcement", "certificate")
    yield stepped(date(2020, 12, 18), "high_tech", "certify", found, words=issued_to, proofs=proofs)
    failed = {"organisation_name__in": [firm.name for firm in lanshan[3:5]], "state": "recommended"}
    yield stepped(date(2020, 12, 18), "high_tech", "not_pass", failed)
    yinan = [firm for firm in drawn.firms[650:] if firm.county == YINAN][:4]
    waiting = [recommendation(firm, "2021年第一批") | {"recommended_on": "2020-12-24"} for firm in yinan]
    yield Recorded(date(2020, 12, 25), "high_tech", waiting, by="yinan", confirmed=False)


def recommendation(firm: Firm, batch: str) -> dict[str, str]:
    """A firm that its county recommends."""
    return {"organisation": firm.words, "county": firm.county, "category": "first", "edition": batch}


# -- 科技型中小企业 -----------------------------------------------------------------------------------------------------------


def listing(firm: Firm, serial: int, announced: date, batch: int) -> dict[str, str]:
    """One firm on the list of a year."""
    year = announced.year
    return {
        "number": f"{year}{firm.county}{'0A'[serial % 2]}{serial:07d}",
        "organisation": firm.words,
        "county": firm.county,
        "data_year": str(year),
        "edition": f"{year}年第{batch}批",
        "category": "scored" if serial % 5 else "direct",
        "document": f"鲁科函〔{year}〕{30 + batch}号（演示）",
        "received_on": (announced - timedelta(days=30)).isoformat(),
        "decided_on": announced.isoformat(),
        "valid_from": announced.isoformat(),
        "valid_until": f"{year + 1}-04-01",
        "quantity": str(61 + serial * 3 % 38),
        "staff": str(15 + serial % 180),
    }


def listed(drawn: World) -> Iterator[Happening]:
    """420 firms on the list of 2019. Of 2020 there are 348 of them again and 117 never listed before, five of these without their proof.

    Eleven more first listings of Lanshan are confirmed only in January. 112 at the year's end, 123 then.
    """
    for batch, (start, stop, announced) in enumerate(((400, 610, date(2019, 7, 19)), (610, 820, date(2019, 10, 25))), 1):
        rows = [listing(drawn.firm(n), n, announced, batch) for n in range(start, stop)]
        yield Recorded(date(2020, 1, 9), "tech_sme", rows, "listed", hour=14)
    yield stepped_off()
    again, fresh = list(range(400, 748)), [n for n in range(820, 900) if drawn.firm(n).county != LANSHAN]
    fresh += [n for n in range(300) if drawn.firm(n).county != LANSHAN][: 117 - len(fresh)]
    days = (date(2020, 5, 22), date(2020, 7, 24), date(2020, 9, 18), date(2020, 11, 20))
    for batch, announced in enumerate(days, 1):
        mine = again[batch - 1 :: 4] + [n for n in fresh[:112] if n % 4 == batch - 1]
        rows = [listing(drawn.firm(n), n, announced, batch) for n in mine]
        yinan = [row for row in rows if row["county"] == YINAN] if batch == 2 else []
        entered = announced + timedelta(days=4)
        yield Recorded(entered, "tech_sme", [row for row in rows if row not in yinan], "listed")
        if yinan:
            yield Recorded(entered, "tech_sme", yinan, "listed", by="yinan", hour=11)
    bare = [listing(drawn.firm(n), n, days[3], 4) for n in fresh[112:]]
    yield Recorded(date(2020, 11, 24), "tech_sme", bare, "listed", proofs=(), hour=11)
    lanshan = [n for n in range(300) if drawn.firm(n).county == LANSHAN][:11]
    rows = [listing(drawn.firm(n), n, date(2020, 12, 16), 5) for n in lanshan]
    yield Recorded(date(2020, 12, 28), "tech_sme", rows, "listed", by="lanshan", confirmed=False)
    yield confirmed(date(2021, 1, 6), "tech_sme", {"edition": "2020年第5批"})
    assessed = [
        {name: value for name, value in listing(drawn.firm(n), n, days[3], 4).items() if name in ("organisation", "county", "data_year")}
        | {"state": "returned" if n % 3 == 0 else "self_assessed"}
        for n in range(750, 762)
    ]
    yield Recorded(date(2020, 11, 26), "tech_sme", assessed, proofs=())


def stepped_off() -> Happening:
    """Three firms of 2019 are struck off after an inspection."""
    find = {"data_year": 2019, "number__regex": "00008(01|05|09)$"}
    return stepped(date(2020, 3, 30), "tech_sme", "strike", find, proofs=("striking",), by="kezhang")


# -- 统计 ---------------------------------------------------------------------------------------------------------------------

SHARES = (
    (2019, "2019年快报", date(2020, 1, 21), "1612.8", "4800", "33.6"),
    (2020, "2020年1季度", date(2020, 4, 22), "336", "1000", "33.6"),
    (2020, "2020年2季度", date(2020, 7, 22), "714", "2100", "34"),
    (2020, "2020年3季度", date(2020, 10, 22), "1128.6", "3300", "34.2"),
    (2020, "2020年快报", date(2021, 1, 20), "1710.1", "4900", "34.9"),
)
"""Data year, edition, day of publication, terms, value: 1128.6/3300 = 34.2 %, 1710.1/4900 = 34.9 %."""


def statistics() -> Iterator[Happening]:
    """统计数据: the share of output every quarter; R&D only for 2019, published in November, so that 2020 waits."""
    for year, edition, day, over, under, value in SHARES:
        row = {
            "category": "high_tech_share_city",
            "title": "高新技术产业产值占规模以上工业总产值比重（演示）",
            "data_year": str(year),
            "edition": edition,
            "publisher": "临沂市统计局（演示）",
            "document": f"临统函〔{day.year}〕{day.month + 4}号",
            "decided_on": day.isoformat(),
            "quantity": value,
            "numerator": over,
            "denominator": under,
        }
        yield Recorded(day + timedelta(days=1), "statistic", [row], "published")
    for year, edition, day, city, province in (
        (2018, "2019年公报", date(2019, 11, 29), "2.06", "2.15"),
        (2019, "2020年公报", date(2020, 11, 27), "2.13", "2.1"),
    ):
        rows = [
            {
                "category": f"rd_intensity_{who}",
                "title": "研究与试验发展经费投入强度（演示）",
                "data_year": str(year),
                "edition": edition,
                "publisher": publisher,
                "decided_on": day.isoformat(),
                "quantity": value,
            }
            for who, publisher, value in (("city", "临沂市统计局（演示）", city), ("province", "山东省统计局（演示）", province))
        ]
        yield Recorded(max(day + timedelta(days=3), date(2020, 1, 10)), "statistic", rows, "published", hour=11)


# -- 无指标 -------------------------------------------------------------------------------------------------------------------


def others(drawn: World) -> Iterator[Happening]:
    """无指标: clusters and events; one event entered twice is revoked."""
    clusters = [
        {
            "number": f"JQ{n:02d}",
            "title": f"{FIRST[n]}{FIELDS[n]}创新型产业集群（演示）",
            "level": "provincial" if n < 2 else "municipal",
            "county": drawn.firm(n * 7).county,
            "decided_on": f"2019-0{3 + n}-12",
            "valid_from": f"2019-0{3 + n}-12",
            "quantity": str(18 + n * 6),
            "industry": FIELDS[n],
        }
        for n in range(5)
    ]
    yield Recorded(date(2020, 1, 13), "industry_cluster", clusters, "recognised")
    events = [
        {
            "number": f"SC2020{n:02d}",
            "title": f"{('创新创业大赛初赛', '双创活动周', '项目路演', '创业辅导')[n % 4]}（演示）{n}",
            "category": ("contest", "week", "roadshow", "training")[n % 4],
            "organisation": drawn.firm(n * 43).words,
            "county": drawn.firm(n * 43).county,
            "happened_on": f"2020-{5 + n % 6:02d}-{11 + n}",
            "quantity": str(60 + n * 15),
            "quantity_2": str(8 + n),
        }
        for n in range(10)
    ]
    yield Recorded(date(2020, 11, 5), "innovation_activity", events, "held")
    yield Revoked(date(2020, 11, 9), "innovation_activity", "SC202009", "与SC202005为同一活动，重复登记", "科室核对记录（2020年11月9日）")
