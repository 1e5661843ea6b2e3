"""国内科技合作: cooperation just met, stations missed for want of evidence, the classified plan confirmed by the secrecy office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from zhiheng_kjj.demonstration.happening import Corrected, Done, Generated, Happening, Moved, Recorded, Returned, Revoked, Stage
from zhiheng_kjj.demonstration.world import FIELDS, Firm, World
from zhiheng_web.ledgers.actions.link_entries import link_entries
from zhiheng_web.ledgers.actions.move_entry import move_entry
from zhiheng_web.organisation.viewer import Viewer

EXPECTED = {
    "推动科技企业与省内院校开展实质性产学研合作": ("162项", "met"),
    "院士工作站备案": ("5家", "missed"),
    "军民科技融合工作": ("1项", "met"),
}
"""Indicator → how its value begins, and its state, on 2020-12-31 as known on that day."""
EXPECTED_LATER: dict[str, tuple[str, str]] = {
    "推动科技企业与省内院校开展实质性产学研合作": ("161项", "met"),
}
"""What differs as known on 2021-02-01."""

CODES = ("430", "460", "180", "210", "520", "150", "413", "470")
KINDS = ("development", "consulting", "service", "transfer", "platform")
SIGNED = (3, 3, 8, 12, 15, 16, 13, 14, 17, 18, 16, 11)
"""Cooperations with universities of the province that the office enters in each month."""
BUREAUS = {"lanshan": "371302", "yinan": "371321"}
STATIONS = ((6, 18, 3), (9, 22, 2), (11, 25, 3))
"""Filings of the year: month, day, stations; those of November lack their agreement."""


def happenings(drawn: World) -> Iterator[Happening]:
    """The year of the duty."""
    yield from demands(drawn)
    yield from cooperation(drawn)
    yield from of_counties(drawn)
    yield from afterwards(drawn)
    yield from stations(drawn)
    yield Recorded(date(2020, 9, 28), "fusion_plan", [{"number": "RH2020-01", "decided_on": "2020-09-25"}], "issued")


def demands(drawn: World) -> Iterator[Happening]:
    """技术需求、高校成果、对接记录: a dozen demands a month, results every quarter, meetings from March on."""
    number = 0
    for month in range(1, 12):
        rows = []
        for _ in range(12):
            number += 1
            rows.append(demand(drawn, number, drawn.day(2020, month, month)))
        yield Recorded(date(2020, month, 26), "technology_demand", rows, "published")
    for quarter in range(4):
        rows = []
        for n in range(quarter * 25, quarter * 25 + 25):
            collected = drawn.day(2020, quarter * 3 + 1, quarter * 3 + 2)
            row = {
                "number": f"CG2020{n + 1:03d}",
                "title": f"{FIELDS[n % 12]}实用技术（演示）",
                "category": ("transfer", "licence", "shares", "joint")[n % 4],
                "level": "in_province",
                "organisation": drawn.university(n).words,
                "received_on": collected.isoformat(),
                "decided_on": (collected + timedelta(days=10)).isoformat(),
                "field": CODES[n % 8],
                "maturity": str(4 + n % 5),
            }
            rows.append(row)
        yield Recorded(date(2020, quarter * 3 + 3, 20), "university_result", rows, "published")
    number = 0
    for month in range(3, 13):
        rows = []
        for _ in range(14):
            number += 1
            rows.append(meeting(drawn, number, drawn.day(2020, month, month)))
        yield Recorded(date(2020, month, 27), "matching_record", rows, "met")


def demand(drawn: World, number: int, collected: date) -> dict[str, str]:
    """One demand of a firm."""
    firm = drawn.firm(number * 11)
    return {
        "number": f"XQ2020{number:03d}",
        "title": f"{FIELDS[number % 12]}关键工艺攻关（演示）",
        "category": ("research", "research", "adoption", "talent", "platform", "testing")[number % 6],
        "organisation": firm.words,
        "county": firm.county,
        "received_on": collected.isoformat(),
        "decided_on": (collected + timedelta(days=1)).isoformat(),
        "amount": str(drawn.draw.randrange(5, 200) * 10_000),
        "field": CODES[number % 8],
        "description": "工艺参数与设备条件（演示）",
    }


def meeting(drawn: World, number: int, day: date) -> dict[str, str]:
    """One meeting of a demand with a university: every sixth ends with an intention, every third with an agreement."""
    firm = drawn.firm((number % 30 + 1) * 11)
    return {
        "number": f"DJ2020{number:03d}",
        "title": f"{FIELDS[number % 12]}对接（演示）",
        "about": f"XQ2020{number % 24 + 1:03d}",
        "channel": "online" if day.month < 6 or number % 3 else "on_site",
        "organisation": firm.words,
        "counterpart": drawn.university(number).words,
        "county": firm.county,
        "happened_on": day.isoformat(),
        "state": ("signed", "met", "signed", "met", "met", "intention")[number % 6],
    }


def project(drawn: World, number: int, signed: date, firm: Firm, level: str = "in_province") -> dict[str, str]:
    """One cooperation of a firm with a university."""
    return {
        "number": f"HZ2020{number:03d}",
        "title": f"{FIELDS[number % 12]}产学研合作（演示）",
        "category": KINDS[number % 5],
        "level": level,
        "organisation": firm.words,
        "counterpart": drawn.university(number).words,
        "county": firm.county,
        "happened_on": signed.isoformat(),
        "valid_from": signed.isoformat(),
        "valid_until": f"{signed.year + 2}-{signed:%m}-01",
        "amount": str(drawn.draw.randrange(8, 260) * 10_000),
        "implementation": "已派出技术人员，完成首轮试验（演示）",
    }


def cooperation(drawn: World) -> Iterator[Happening]:
    """146 of the office, three without a receipt, one revoked; beside them 14 with universities outside and nine intentions."""
    number = 0
    for month, signed in enumerate(SIGNED, 1):
        rows = []
        for _ in range(signed):
            number += 1
            rows.append(project(drawn, number, drawn.day(2020, month, month), drawn.firm(number * 7)))
        if month == 10:
            yield Recorded(date(2020, month, 28), "cooperation_project", rows[15:], "signed", proofs=("agreement",), hour=11)
            rows = rows[:15]
        yield Recorded(date(2020, month, 28), "cooperation_project", rows, "signed")
    outside = [project(drawn, 400 + n, drawn.day(2020, 4, 10), drawn.firm(n * 13), "outside") for n in range(14)]
    yield Recorded(date(2020, 10, 30), "cooperation_project", outside, "signed")
    intended = [project(drawn, 450 + n, date(2020, 11, 5), drawn.firm(n * 17)) for n in range(9)]
    for row in intended:
        row["happened_on"] = row["implementation"] = ""
    yield Recorded(date(2020, 11, 12), "cooperation_project", intended, "intention", proofs=())


def of_counties(drawn: World) -> Iterator[Happening]:
    """What two county bureaus enter: 20 confirmed, four that wait, one returned."""
    firms = {name: [firm for firm in drawn.firms if firm.county == county] for name, county in BUREAUS.items()}
    for name, month, first, many, confirmed in (
        ("lanshan", 6, 501, 12, True),
        ("yinan", 9, 521, 8, True),
        ("lanshan", 12, 541, 4, False),
        ("yinan", 12, 551, 1, False),
    ):
        rows = [project(drawn, first + n, drawn.day(2020, month, month), firms[name][n * 3 + month]) for n in range(many)]
        yield Recorded(date(2020, month, 28), "cooperation_project", rows, "signed", by=name, confirmed=confirmed, hour=9)
    yield Returned(date(2020, 12, 29), "cooperation_project", ["HZ2020551"], "协议缺学校签章页，请补齐后重新提交。")


def afterwards(_drawn: World) -> Iterator[Happening]:
    """A duplicate revoked, an amount corrected, and one that turned out after the year to be with a university outside the province."""
    key = "HZ2020040"
    yield Revoked(date(2020, 8, 12), "cooperation_project", key, "与 HZ2020039 为同一合作，重复登记。", "科技合作科核对记录（演示）")
    yield Corrected(date(2020, 7, 15), "cooperation_project", "HZ2020021", {"amount": "1250000"}, "合同金额录入有误，按合同原件更正。")
    late = {"level": "outside"}
    yield Corrected(date(2021, 1, 12), "cooperation_project", "HZ2020100", late, "合作院校为省外分校，按协议原件更正。")
    yield Done(date(2020, 12, 30), shared, by="kezhang")


def shared(stage: Stage, viewer: Viewer) -> None:
    """Three cooperations are technology contracts too: linked, so that a total counts them once."""
    for n in (5, 17, 42):
        one = stage.entry("cooperation_project", f"HZ2020{n:03d}")
        link_entries(viewer, one, stage.entry("technology_contract", f"2020371300{n:06d}"), "同一合同")


def station(drawn: World, number: int, filed: date) -> dict[str, str]:
    """One academician station with the days of its filing."""
    firm = drawn.firm(number * 29)
    return {
        "number": f"YSZ{filed.year}{number:02d}",
        "title": f"{FIELDS[number % 12]}院士工作站（演示）",
        "level": "provincial",
        "category": ("retired", "unretired")[number % 2],
        "organisation": firm.words,
        "person": f"{drawn.person(number)}（院士{number:02d}）",
        "county": firm.county,
        "document": f"鲁科函〔{filed.year}〕{filed.month * 7}号（演示）",
        "received_on": (filed - timedelta(days=80)).isoformat(),
        "recommended_on": (filed - timedelta(days=40)).isoformat(),
        "decided_on": filed.isoformat(),
        "valid_from": filed.isoformat(),
        "valid_until": filed.replace(year=filed.year + 3).isoformat(),
        "quantity": "0",
        "amount": str(drawn.draw.randrange(50, 300) * 10_000),
        "academy": ("cas", "cae")[number % 2],
    }


def stations(drawn: World) -> Iterator[Happening]:
    """Twenty of 2019; eight filed in 2020 of which three lack the agreement; the yearly reports of those in force."""
    old = [station(drawn, n, date(2019, 3 + n % 9, 16)) for n in range(1, 21)]
    yield Recorded(date(2020, 1, 6), "academician_station", old, "filed")
    yield Generated(date(2020, 1, 8), "academician_year", date(2020, 12, 31))
    number = 20
    for month, day, many in STATIONS:
        filed = date(2020, month, day)
        rows = [station(drawn, n, filed) for n in range(number + 1, number + many + 1)]
        number += many
        proofs = ("announcement",) if month == 11 else None
        yield Recorded(filed + timedelta(days=2), "academician_station", rows, "filed", proofs=proofs)
    asked = [station(drawn, n, date(2020, 12, 28)) for n in (31, 32, 33)]
    for row in asked:
        for name in ("document", "decided_on", "valid_from", "valid_until"):
            row[name] = ""
    yield Recorded(date(2020, 11, 20), "academician_station", asked, "recommended", proofs=())
    yield Moved(date(2020, 12, 22), "academician_station", "YSZ202033", "refuse")
    yield Done(date(2020, 12, 18), yearly_reports)


def yearly_reports(stage: Stage, _viewer: Viewer) -> None:
    """Seventeen of the twenty stations send their yearly report; two with fewer than 90 days."""
    viewer = stage.viewer(stage.keeper("academician_year"), date(2020, 12, 18), 16)
    owed = [stage.owed("academician_year", "academician_station", f"YSZ2019{n:02d}") for n in range(1, 18)]
    stage.prove(viewer, "academician_year", owed, ("summary",))
    for n, entry in enumerate(owed):
        move_entry(viewer, entry, "report", words={"quantity": str(92 + n * 3 if n % 8 else 75)}, day=date(2020, 12, 18))
