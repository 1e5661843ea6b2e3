"""科技创新服务: technical contracts, novelty searches, the pool of experts. Met, met, missed by a few."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from zhiheng_kjj.demonstration.happening import Happening, Recorded
from zhiheng_kjj.demonstration.world import FIELDS, World

TYPES = ("development", "transfer", "consulting", "service")


def happenings(drawn: World) -> Iterator[Happening]:
    """The year of the duty."""
    yield from contracts(drawn)


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
