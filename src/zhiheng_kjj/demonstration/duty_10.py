"""外国专家服务: projects met, two bases named and all bases checked, the friendship award won."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from zhiheng_kjj.demonstration.happening import Done, Generated, Happening, Moved, Proved, Recorded, Stage
from zhiheng_kjj.demonstration.world import FIELDS, PLACES, World
from zhiheng_web.ledgers.actions.move_entry import move_entry
from zhiheng_web.organisation.viewer import Viewer

EXPECTED = {
    "外国专家项目申报": ("4项；7项", "met"),
    "引智基地管理与申报": ("2家；100%（11/11）", "met"),
    "友谊奖推荐工作": ("1人；2人", "met"),
}
"""Indicator → how its value begins, and its state, on 2020-12-31 as known on that day."""
EXPECTED_LATER: dict[str, tuple[str, str]] = {}
"""What differs as known on 2021-02-01."""

PEOPLE = ("Demo A. Smirnov", "Demo B. Müller", "Demo C. Tanaka", "Demo D. Rossi", "Demo E. Levy", "Demo F. Kim", "Demo G. Novak")
CHECKED = date(2020, 10, 29)


def happenings(drawn: World) -> Iterator[Happening]:
    """The year of the duty."""
    yield from projects(drawn)
    yield from bases(drawn)
    yield from awards(drawn)
    yield from unmeasured(drawn)


def projects(drawn: World) -> Iterator[Happening]:
    """外专项目: seven applied for, four approved, one refused, two open."""
    rows = []
    for n, person in enumerate(PEOPLE):
        firm = drawn.firm(n * 53 + 2)
        rows.append(
            {
                "number": f"WZ2020{n + 1:02d}",
                "title": f"{FIELDS[n]}外国专家项目（演示）",
                "category": ("high_end", "hundred_person", "hundred_team", "rural")[n % 4],
                "level": ("state", "provincial", "provincial", "provincial")[n % 4],
                "organisation": firm.words,
                "person": person,
                "county": firm.county,
                "recommended_on": f"2020-0{3 + n % 3}-1{n}",
                "work": ("long", "short")[n % 2],
            }
        )
    for month in (3, 4, 5):
        yield Recorded(date(2020, month, 20), "foreign_project", [row for row in rows if row["recommended_on"][6] == str(month)], "applied")
    for n, on in ((1, date(2020, 7, 30)), (2, date(2020, 9, 17)), (3, date(2020, 10, 26)), (4, date(2020, 11, 24))):
        days = "200" if n % 2 else "75"
        words = {"document": f"鲁科函〔2020〕{90 + n}号（演示）", "amount": str(n * 100_000), "quantity": days}
        yield Moved(on, "foreign_project", f"WZ2020{n:02d}", "approve", words, proofs=("approval", "days"))
    yield Moved(date(2020, 11, 26), "foreign_project", "WZ202005", "refuse")


def base(drawn: World, number: int, asked: date, named: date | None) -> dict[str, str]:
    """One base."""
    firm = drawn.firm(number * 59 + 4)
    row = {
        "number": f"YZJD{number:02d}",
        "title": f"{PLACES[number % 12]}{FIELDS[number % 12]}引智示范基地（演示）",
        "level": ("state", "provincial", "provincial", "municipal")[number % 4],
        "organisation": firm.words,
        "county": firm.county,
        "recommended_on": asked.isoformat(),
        "quantity": str(200 + number * 35),
        "quantity_2": str(40 + number * 6),
        "technique": f"{FIELDS[number % 12]}引进技术（演示）",
        "expert_source": ("俄罗斯", "以色列", "德国", "日本")[number % 4],
    }
    if named:
        row |= {
            "document": f"鲁科字〔{named.year}〕{40 + number}号（演示）",
            "decided_on": named.isoformat(),
            "valid_from": named.isoformat(),
        }
    return row


def bases(drawn: World) -> Iterator[Happening]:
    """引智基地: eleven in force, all checked in October; four applied for, two named in November, one refused."""
    old = [base(drawn, n, date(2014 + n % 6, 3, 10), date(2014 + n % 6, 10, 20)) for n in range(1, 12)]
    yield Recorded(date(2020, 1, 6), "introduction_base", old, "named")
    yield Generated(date(2020, 1, 8), "base_check", date(2020, 12, 31))
    asked = [base(drawn, n, date(2020, 5, 18), None) for n in range(21, 25)]
    yield Recorded(date(2020, 5, 20), "introduction_base", asked, "applied", proofs=())
    for n, on in ((21, date(2020, 9, 29)), (22, date(2020, 11, 18))):
        words = {"document": f"鲁科字〔2020〕{n + 90}号（演示）", "valid_from": on.isoformat()}
        yield Moved(on, "introduction_base", f"YZJD{n}", "name", words, proofs=("naming",))
    yield Moved(date(2020, 11, 20), "introduction_base", "YZJD23", "refuse")
    yield Done(CHECKED, check_bases)


def check_bases(stage: Stage, _viewer: Viewer) -> None:
    """Every base in force at the beginning of the year is checked."""
    viewer = stage.viewer(stage.keeper("base_check"), CHECKED, 16)
    owed = [stage.owed("base_check", "introduction_base", f"YZJD{n:02d}") for n in range(1, 12)]
    stage.prove(viewer, "base_check", owed, ("summary",))
    for n, entry in enumerate(owed):
        move_entry(viewer, entry, "check", words={"conclusion": "good" if n % 4 else "excellent"}, day=CHECKED)


def awards(drawn: World) -> Iterator[Happening]:
    """友谊奖: two recommended in April, one awarded in September."""
    rows = [
        {
            "number": f"YYJ2020{n + 1:02d}",
            "title": "2020年度友谊奖推荐（演示）",
            "level": "provincial",
            "person": PEOPLE[n],
            "organisation": drawn.firm(n * 53 + 2).words,
            "county": drawn.firm(n * 53 + 2).county,
            "received_on": "2020-04-08",
            "recommended_on": "2020-04-24",
        }
        for n in range(2)
    ]
    yield Recorded(date(2020, 4, 26), "friendship_award", rows, "recommended")
    words = {"document": "鲁政字〔2020〕88号（演示）"}
    yield Moved(date(2020, 9, 30), "friendship_award", "YYJ202001", "award", words, proofs=("award",))


def unmeasured(drawn: World) -> Iterator[Happening]:
    """引智成果评估推广、聘请外国专家计划审核报批."""
    results = [
        {
            "number": f"YZCG2020{n + 1:02d}",
            "title": f"{FIELDS[n % 12]}引进成果（演示）",
            "organisation": drawn.firm(n * 61).words,
            "county": drawn.firm(n * 61).county,
            "about": f"YZJD{n % 11 + 1:02d}",
            "happened_on": f"2020-{6 + n % 4:02d}-15",
            "quantity": str(300 + n * 50),
            "amount": str((n + 1) * 400_000),
        }
        for n in range(18)
    ]
    yield Recorded(date(2020, 10, 15), "introduction_result", results, "assessed")
    for n in (2, 5, 9):
        yield Moved(date(2020, 11, 16), "introduction_result", f"YZCG2020{n:02d}", "spread")
    plans = [
        {
            "number": f"PQJH2020{n + 1:02d}",
            "title": f"{FIELDS[n % 12]}聘请外国专家计划（演示）",
            "level": ("state", "provincial", "municipal")[n % 3],
            "organisation": drawn.firm(n * 67 + 1).words,
            "county": drawn.firm(n * 67 + 1).county,
            "received_on": f"2020-0{2 + n % 4}-12",
            "quantity": str(1 + n % 4),
            "amount": str((1 + n % 5) * 50_000),
        }
        for n in range(24)
    ]
    yield Recorded(date(2020, 5, 25), "expert_engagement_plan", plans, "received")
    keys = [f"PQJH2020{n:02d}" for n in range(1, 7)]
    yield Proved(date(2020, 8, 18), "expert_engagement_plan", keys, ("approval",))
    for key in keys:
        yield Moved(date(2020, 6, 12), "expert_engagement_plan", key, "send", by="kezhang")
        words = {"document": "鲁科函〔2020〕101号（演示）", "amount_2": "50000"}
        yield Moved(date(2020, 8, 18), "expert_engagement_plan", key, "approve", words)
