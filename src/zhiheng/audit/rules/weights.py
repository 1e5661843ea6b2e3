"""S01: the points (分值) of a self-evaluation add up, as a whole and by level-1 indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from zhiheng.audit.finding import Severity
from zhiheng.audit.money import printed
from zhiheng.audit.rule import Case, Hit
from zhiheng.audit.scored import announced, doubtful, execution, plain
from zhiheng.plan.plan import Indicator
from zhiheng.scoring.scheme import Scheme
from zhiheng.scoring.scheme_file import names, scheme

FULL = Decimal(100)
OWN_LEVELS = ("execution", "cost", "output", "benefit", "satisfaction")


def s01(case: Case) -> Iterator[Hit]:
    """The whole, then what the form announces by level, else the division among the levels."""
    rows = [(row, weight) for _, row in case.rows() if (weight := plain(row.weight)) is not None]
    if not rows or doubtful(case.table):
        return
    indicators = sum((weight for _, weight in rows), Decimal(0))
    yield from whole(case, indicators)
    levels = list(by_announcement(case, rows))
    yield from levels
    if not levels:
        yield from by_scheme(case, rows)


def whole(case: Case, indicators: Decimal) -> Iterator[Hit]:
    """All points make 100. A form that gives the execution rate no points of its own leaves 10 or 20 for it."""
    fund = execution(case.plan)
    own = plain(fund.points) if fund is not None else None
    total = indicators + (own or 0)
    stated = plain(case.plan.total_weight)
    rates = [rate for name in names() if (rate := scheme(name).weight("execution"))]
    left_open = own is None and any(indicators + Decimal(int(rate)) == FULL for rate in rates) and stated in (None, FULL, indicators)
    if total != FULL and not left_open:
        yield case.column("weight", sum=printed(total), due=printed(FULL))
    elif stated is not None and stated not in (FULL, indicators):
        plain_hit = case.whole("total_weight", case.plan.total_weight, sum=printed(total), stated=printed(stated))
        yield Hit(plain_hit.subject, plain_hit.place, plain_hit.parameters, variant="stated")


def by_announcement(case: Case, rows: list[tuple[Indicator, Decimal]]) -> Iterator[Hit]:
    """产出指标(50分) whose rows do not make 50."""
    for level, due in announced(case.plan).items():
        below = [(row, weight) for row, weight in rows if level in row.category]
        found = sum((weight for _, weight in below), Decimal(0))
        if below and found != due:
            hit = case.whole("weight", below[0][0].weight, level=level, sum=printed(found), due=printed(due))
            yield Hit(hit.subject, hit.place, hit.parameters, variant="level")


def by_scheme(case: Case, rows: list[tuple[Indicator, Decimal]]) -> Iterator[Hit]:
    """Level-1 points that are none of the usual divisions: worth a look, since special cases may be set otherwise.

    Said only where every row stands under a level that the division knows and the form scores the execution rate.
    """
    fund = execution(case.plan)
    own = plain(fund.points) if fund is not None else None
    if own is None or case.plan.levels or announced(case.plan):
        return
    known: list[str] = []
    division_here = ""
    for name in names():
        each = scheme(name)
        fixed = each.weights(absent(each, rows))
        if each.weight("execution") != own or not set(fixed) <= set(OWN_LEVELS):
            continue
        found = sums(each, rows)
        if found is None:
            continue
        leaves_open = len(fixed) < len(each.levels) - len(absent(each, rows))
        if leaves_open or all(found.get(key, 0) == due for key, due in fixed.items() if key != "execution"):
            return
        known.append(division({key: Decimal(int(due)) for key, due in fixed.items()}))
        division_here = division({**found, "execution": own})
    if known:
        hit = case.column("weight", levels=division_here, schemes=", ".join(dict.fromkeys(known)))
        yield Hit(hit.subject, hit.place, hit.parameters, Severity.WARNING, "scheme")


def division(points: Mapping[str, Decimal]) -> str:
    """The points of the levels in their order, 0 where a level has none: 10/0/50/30/10."""
    return "/".join(printed(points.get(key, Decimal(0))) for key in OWN_LEVELS)


def sums(each: Scheme, rows: list[tuple[Indicator, Decimal]]) -> dict[str, Decimal] | None:
    """The points by level-1 indicator of a scheme's tree; None if a row stands under none of them."""
    found = {level.key: Decimal(0) for level in each.levels if level.key != "execution"}
    for row, weight in rows:
        level = each.level(row.category)
        if level is None or level.key not in found:
            if weight:
                return None
            continue
        found[level.key] += weight
    return found


def absent(each: Scheme, rows: list[tuple[Indicator, Decimal]]) -> frozenset[str]:
    """The levels that have no points in this table."""
    found = sums(each, rows) or {}
    return frozenset(key for key, value in found.items() if not value)
