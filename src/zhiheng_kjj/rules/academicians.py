"""院士工作站: how many stations an academician may have, how long an agreement runs, how many days are spent there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zhiheng.parameters.parameters import Parameters
from zhiheng_kjj.rules.known import number


def station_limit(*, retired: bool, known: Parameters) -> Decimal | None:
    """The most stations that the academician may have at one time; None while no rule limited them."""
    return number(known, "academicians.stations_retired" if retired else "academicians.stations_unretired")


def days_suffice(days: Decimal, known: Parameters) -> bool:
    """Whether so many days in a year at one station are enough."""
    least = number(known, "academicians.days")
    return least is None or days >= least


def years_later(day: date, years: int) -> date:
    """The same day so many years on; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def agreement_fits(start: date, end: date, known: Parameters) -> bool:
    """Whether an agreement from ``start`` until ``end`` (the day after its last) runs as many years as it must, and no more."""
    least, most = (number(known, f"academicians.agreement_{word}") for word in ("least", "most"))
    long_enough = least is None or years_later(start, int(least)) <= end
    return long_enough and (most is None or end <= years_later(start, int(most)))
