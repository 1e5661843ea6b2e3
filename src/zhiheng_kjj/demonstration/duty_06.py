"""国际科技合作: eleven events along the Belt and Road, online while nobody travelled, with the firms that were matched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from zhiheng_kjj.demonstration.happening import Happening, Moved, Recorded
from zhiheng_kjj.demonstration.world import World

EXPECTED = {
    "组织技术对接": ("11次；56家", "met"),
}
"""Indicator → how its value begins, and its state, on 2020-12-31 as known on that day."""
EXPECTED_LATER: dict[str, tuple[str, str]] = {}
"""What differs as known on 2021-02-01."""

EVENTS = (
    (1, 9, "KR", "going_out", "新材料"),
    (4, 16, "IL", "online", "农业节水"),
    (5, 14, "RU", "online", "精密机械"),
    (5, 28, "BY", "online", "激光装备"),
    (6, 18, "UA", "online", "焊接技术"),
    (7, 9, "KZ", "online", "农机装备"),
    (8, 20, "PK", "online", "木业机械"),
    (9, 10, "DE", "online", "智能制造"),
    (9, 24, "RU", "inviting", "生物医药"),
    (10, 22, "TH", "online", "食品加工"),
    (11, 19, "SG", "online", "节能环保"),
)
"""Month, day, country, form and field of each event that was held."""


def happenings(drawn: World) -> Iterator[Happening]:
    """The year of the duty."""
    number = 0
    for place, (month, day, country, form, field) in enumerate(EVENTS, 1):
        held = date(2020, month, day)
        event = {
            "number": f"YDYL2020{place:02d}",
            "title": f"“一带一路”{field}技术对接会（演示）",
            "category": form,
            "happened_on": held.isoformat(),
            "quantity": str(4 + place % 3),
            "country": country,
        }
        yield Recorded(held, "belt_road_event", [event], "held")
        rows = []
        for _ in range(4 + place % 3):
            number += 1
            firm = drawn.firm(number * 19 % 1013)
            row = {
                "title": f"{field}技术对接",
                "about": event["number"],
                "organisation": firm.words,
                "county": firm.county,
                "happened_on": held.isoformat(),
            }
            if number % 6 == 0:
                row |= {"state": "agreed", "agreement_number": f"XY2020{number:02d}", "amount": str(number * 30_000)}
            rows.append(row)
        proofs = ("match_record", "agreement")
        yield Recorded(held, "belt_road_match", rows, "matched", proofs=proofs, hour=15)
    planned = [
        {"number": f"YDYL2020{n}", "title": title, "category": "going_out", "country": "RU", "planned_on": f"2020-0{n - 17}-20"}
        for n, title in ((20, "赴俄罗斯技术对接（演示）"), (21, "赴白俄罗斯技术对接（演示）"))
    ]
    yield Recorded(date(2020, 1, 15), "belt_road_event", planned, "planned", proofs=())
    yield Moved(date(2020, 3, 10), "belt_road_event", "YDYL202020", "cancel")
