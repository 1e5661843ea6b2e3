"""O01-O06: 绩效运行监控, what an office states in a round against how its indicators and its money stand.

What is asked is the policy's, by zhiheng.monitoring.deviation; here it becomes findings. Without a round nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from zhiheng.audit.context import Round, RoundRow
from zhiheng.audit.rule import Case, Hit, family
from zhiheng.audit.wording import text_of
from zhiheng.monitoring import deviation
from zhiheng.monitoring.deviation import Demand, percent
from zhiheng.monitoring.judgement import Judgement
from zhiheng.monitoring.lamp import worst
from zhiheng.plan.plan import Indicator
from zhiheng.scoring.trace import printed
from zhiheng.values.value import Missing, Value

FIELDS = {
    "reason": "reason",
    "reason_unsure": "reason",
    "explanation": "reason",
    "explanation_chosen": "reason",
    "over": "reason",
    "forecast": "forecast",
}


def rows(case: Case) -> Iterator[tuple[int, Indicator, RoundRow, Round]]:
    """The rows of the round that the table has, in its order; none of a row that its policy exempts."""
    found = case.context.round
    if found is None:
        return
    exempt = found.policy.word("exempt.empty_target") == "yes"
    for index, row in case.rows():
        own = found.rows.get(index)
        if own is not None and not (exempt and isinstance(target_of(row), Missing | None)):
            yield index, row, own, found


def target_of(row: Indicator) -> Value | None:
    """The value of the target."""
    return row.target.reading.value if row.target is not None else None


def hit(case: Case, index: int, field: str, variant: str = "", **parameters: str) -> Hit:
    """A hit on one indicator, with another sentence where there is a variant."""
    plain = case.at(index, field, None, **parameters)
    return Hit(plain.subject, plain.place, plain.parameters, variant=variant)


def o01(case: Case) -> Iterator[Hit]:
    """What the policy requires and the office left empty."""
    for index, row, own, found in rows(case):
        for demand in deviation.missing(own.judgement, target_of(row), own.stated, found.policy):
            variant = "" if demand.code == "reason" else demand.code
            yield hit(case, index, FIELDS[demand.code], variant, ratio=percent(own.judgement.ratio), done=percent(own.judgement.attainment))


def o02(case: Case) -> Iterator[Hit]:
    """Money and goal far apart: row by row where the row has money of its own, else the table as a whole."""
    found = case.context.round
    if found is None:
        return
    for index, _, own, _ in rows(case):
        for demand in deviation.gaps(own.judgement, own.execution, found.policy):
            yield hit(case, index, "actual", demand.code, spent=said(demand, "spent"), done=said(demand, "done"))
    whole = Judgement(worst(own.judgement.lamp for own in found.rows.values()))
    for demand in deviation.gaps(whole, found.execution, found.policy):
        plain = case.whole("budget", None, spent=said(demand, "spent"))
        yield Hit(plain.subject, plain.place, plain.parameters, variant=f"whole_{demand.code}")


def said(demand: Demand, name: str) -> str:
    """One parameter of a demand."""
    return dict(demand.parameters)[name]


def o03(case: Case) -> Iterator[Hit]:
    """Impossible without asking for an adjustment; certain with little done late in the year."""
    for index, _, own, found in rows(case):
        for demand in deviation.unlikely(own.judgement, own.stated, found.policy, found.day):
            variant = "" if demand.code == "adjustment" else demand.code
            yield hit(case, index, "target", variant, done=percent(own.judgement.attainment))


def o04(case: Case) -> Iterator[Hit]:
    """Running totals lower than in the round before."""
    for index, _, own, _ in rows(case):
        fell = deviation.fallen(own.previous, own.actual)
        if fell is not None:
            yield case.at(index, "actual", None, before=printed(fell[0]), now=printed(fell[1]))


def o05(case: Case) -> Iterator[Hit]:
    """Certain, though the forecast misses the target."""
    for index, row, own, _ in rows(case):
        for _ in deviation.short_forecast(target_of(row), own.stated, row.name.text):
            yield case.at(index, "forecast", row.forecast, target=text_of(row.target))


def o06(case: Case) -> Iterator[Hit]:
    """Targets exceeded well before the year ends."""
    for index, row, own, found in rows(case):
        share = deviation.too_low(own.judgement, found.policy, found.day)
        if share is not None:
            yield case.at(index, "target", row.target, target=text_of(row.target), day=found.day, percent=percent(share))


RULES = family("monitoring", {"O01": o01, "O02": o02, "O03": o03, "O04": o04, "O05": o05, "O06": o06})
