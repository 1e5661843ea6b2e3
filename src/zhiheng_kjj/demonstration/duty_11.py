"""科技创新服务: technical contracts, novelty searches, the pool of experts. Met, met, missed by a few."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from zhiheng_kjj.demonstration.happening import Happening, Moved, Recorded
from zhiheng_kjj.demonstration.world import FIELDS, World

EXPECTED = {
    "技术市场服务": ("428项；", "met"),
    "科技查新与检索服务": ("504项；", "met"),
    "科技专家库完善与应用": ("695项", "missed"),
}
"""Indicator → how its value begins, and its state, on 2020-12-31 as known on that day."""
EXPECTED_LATER: dict[str, tuple[str, str]] = {
    "科技查新与检索服务": ("512项；", "met"),
}
"""What differs as known on 2021-02-01."""

TYPES = ("development", "transfer", "consulting", "service")


def happenings(drawn: World) -> Iterator[Happening]:
    """The year of the duty."""
    yield from contracts(drawn)
    yield from searches(drawn)
    yield from experts(drawn)


def contracts(drawn: World) -> Iterator[Happening]:
    """技术合同: 36 a month, a few cancelled in the year, December's last batch without its export."""
    number = 0
    for month in range(1, 13):
        rows = []
        for _ in range(36):
            number += 1
            registered = drawn.day(2020, month, month)
            seller = drawn.firm(number * 3)
            amount = drawn.draw.randrange(5, 600) * 10_000
            rows.append(
                {
                    "number": f"2020371300{number:06d}",
                    "title": f"{FIELDS[number % 12]}技术合作（演示）",
                    "category": TYPES[number % 4],
                    "organisation": seller.words,
                    "counterpart": drawn.firm(number * 3 + 1).words,
                    "county": seller.county,
                    "received_on": registered.isoformat(),
                    "happened_on": (registered - timedelta(days=drawn.draw.randrange(3, 40))).isoformat(),
                    "decided_on": registered.isoformat(),
                    "amount": str(amount),
                    "amount_2": str(amount * 8 // 10),
                }
            )
        yield Recorded(date(2020, month, 28), "technology_contract", rows, "registered")
    for month, number in ((5, 30), (7, 100), (9, 171), (11, 252)):
        cancelled = date(2020, month, 20)
        yield Moved(cancelled, "technology_contract", f"2020371300{number:06d}", "cancel", by="zhuren")


def searches(drawn: World) -> Iterator[Happening]:
    """科技查新: 43 a month; a few issued again, a few voided, some of December signed before the year ends and known only in January."""
    number = 0
    for month in range(1, 13):
        rows = []
        for _ in range(43):
            number += 1
            rows.append(search(drawn, number, month))
        if month == 12:
            yield Recorded(date(2021, 1, 6), "novelty_report", rows[35:], "signed")
            rows = rows[:35]
        yield Recorded(date(2020, month, 28), "novelty_report", rows, "signed")
    again = [search(drawn, n, 8) | {"edition": "2"} for n in (12, 77, 140)]
    yield Recorded(date(2020, 8, 28), "novelty_report", again, "signed", hour=14)
    for n in (5, 66, 190, 301):
        yield Moved(date(2020, 11, 9), "novelty_report", f"CX2020{n:04d}|1", "void", by="zhuren")


def search(drawn: World, number: int, month: int) -> dict[str, str]:
    """One report."""
    signed = drawn.day(2020, month, month)
    firm = drawn.firm(number * 5)
    return {
        "number": f"CX2020{number:04d}",
        "edition": "1",
        "title": f"{FIELDS[number % 12]}关键技术研究（演示）",
        "category": ("report", "report", "report", "consultation", "search")[number % 5],
        "organisation": firm.words,
        "county": firm.county,
        "received_on": (signed - timedelta(days=drawn.draw.randrange(3, 9))).isoformat(),
        "decided_on": signed.isoformat(),
        "purpose": ("project", "result", "award", "product")[number % 4],
        "range": ("home", "abroad")[number % 2],
        "searcher": drawn.person(number % 5),
        "auditor": drawn.person(40 + number % 3),
    }


def experts(drawn: World) -> Iterator[Happening]:
    """专家库: 500 from its first months, 211 admitted in four rounds of 2020, 16 gone: the target of 700 is missed by five."""
    yield Recorded(date(2020, 1, 6), "expert", [expert(drawn, n, date(2019, 10 + n % 3, 18)) for n in range(500)], "in_pool")
    for start, stop, day in (
        (500, 560, date(2020, 3, 20)),
        (560, 610, date(2020, 6, 18)),
        (610, 670, date(2020, 9, 21)),
        (670, 711, date(2020, 12, 10)),
    ):
        yield Recorded(day, "expert", [expert(drawn, n, day) for n in range(start, stop)], "in_pool")
    for n in range(16):
        yield Moved(date(2020, 10, 15), "expert", f"ZJ{n * 31:04d}", "leave", by="zhuren")


def expert(drawn: World, number: int, admitted: date) -> dict[str, str]:
    """One expert of the pool. The identity is invented and none of the official form."""
    firm = drawn.firm(number)
    return {
        "number": f"ZJ{number:04d}",
        "person": f"{drawn.person(number)}（{number:03d}）",
        "category": ("technical", "technical", "technical", "management", "finance")[number % 5],
        "level": ("full", "associate", "associate")[number % 3],
        "organisation": firm.words,
        "county": firm.county,
        "document": f"临科函〔{admitted.year}〕{admitted.month + 10}号",
        "valid_from": admitted.isoformat(),
        "field": ("430", "460", "180", "210", "520")[number % 5],
    }
