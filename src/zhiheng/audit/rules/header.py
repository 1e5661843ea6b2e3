"""H: the head of the table: do the amounts add up, do its years fit, is there a strategic goal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from zhiheng.audit.finding import Severity
from zhiheng.audit.five_year_plan import ends, short_names, titles, years
from zhiheng.audit.money import amount, printed, usual_unit
from zhiheng.audit.rule import Case, Hit, family
from zhiheng.audit.rules.funds import amounts_readable, execution_rate, total_of_funds, unusual_rate
from zhiheng.audit.wording import blank, named, normal, says_nothing
from zhiheng.plan.plan import Budget, Figure
from zhiheng.values.value import Missing, NotApplicable


def structure(case: Case) -> Iterator[Hit]:
    """H01: 基本支出 + 项目支出 = 预算总额."""
    budget = case.plan.budget
    yield from two_parts(case, "basic", "project", budget.basic, budget.project, Decimal(0))


def sources(case: Case) -> Iterator[Hit]:
    """H02: 财政拨款 + 其他资金 = 预算总额. Other sources that the form lists beside them count too."""
    budget = case.plan.budget
    hits = list(two_parts(case, "fiscal", "other", budget.fiscal, budget.other, Decimal(0)))
    further = further_sources(case, budget)
    if further and any(hit.severity is None for hit in hits):
        hits = list(two_parts(case, "fiscal", "other", budget.fiscal, budget.other, further))
    yield from hits


def further_sources(case: Case, budget: Budget) -> Decimal:
    """Sources of money that have columns of their own: 政府性基金, 专户非税收入, 上年结转…"""
    words = case.parameters.words("audit_header.source_words")
    listed = [amount(figure, budget) for label, figure in budget.items if named(label.text, words)]
    return sum((value for value in listed if value is not None), Decimal(0))


def two_parts(case: Case, first: str, second: str, left: Figure | None, right: Figure | None, further: Decimal) -> Iterator[Hit]:
    """The two parts of a total against it.

    A part that the form has no column for leaves nothing to check. A blank one counts as 0: said as information when the
    total is right so.
    """
    budget = case.plan.budget
    total = amount(budget.total, budget)
    if total is None or left is None or right is None:
        return
    parts = [counted(figure, budget) for figure in (left, right)]
    known = [part for part in parts if part is not None]
    if len(known) < 2 or (empty(left) and empty(right)):
        return
    gap = sum(known, further) - total
    if abs(gap) > case.parameters.number("audit_header.tolerance"):
        yield case.whole(
            "budget.total",
            budget.total,
            first=printed(known[0]),
            second=printed(known[1]),
            sum=printed(sum(known, further)),
            total=printed(total),
            gap=printed(abs(gap)),
            unit=usual_unit(budget),
        )
        return
    for name, figure in ((first, left), (second, right)):
        if isinstance(figure.reading.value, Missing):
            found = case.whole(f"budget.{name}", figure, total=printed(total), unit=usual_unit(budget))
            yield replace(found, severity=Severity.INFORMATION, variant="blank")


def empty(figure: Figure) -> bool:
    """No figure is given: blank, or — for not applicable."""
    return isinstance(figure.reading.value, Missing | NotApplicable)


def counted(figure: Figure, budget: Budget) -> Decimal | None:
    """The amount to add: 0 for an empty cell, None for one that cannot be read as money."""
    return Decimal(0) if empty(figure) else amount(figure, budget)


LABEL_YEARS = re.compile(r"(20\d{2})\s*(?:[-—–－~～至到]+\s*(20\d{2}))?")


def labels(case: Case) -> Iterator[Hit]:
    """H07: the years in the headings of the reference columns follow the budget year."""
    year, written = case.plan.year, case.plan.labels
    if year is None:
        return
    expected = {"standard": (year, year), "mean": (year - 3, year - 1), "last_year": (year - 1, year - 1)}
    for field, span in expected.items():
        label = getattr(written, field)
        if (found := LABEL_YEARS.search(label)) and (int(found[1]), int(found[2] or found[1])) != span:
            yield case.column(f"references.{field}", label=label, year=year, expected=spelled(span))
    for plan in short_names(written.planned)[:1]:
        first, last = plan.first, plan.last
        if not first <= year <= last:
            yield replace(case.column("references.planned", label=written.planned, year=year, expected=f"{first}-{last}"), variant="plan")


def spelled(span: tuple[int, int]) -> str:
    """2019, or 2017-2019."""
    return str(span[0]) if span[0] == span[1] else f"{span[0]}-{span[1]}"


def cited_plans(case: Case) -> Iterator[Hit]:
    """H08: a plan on which the strategic goal rests is over, has not begun, or is cited with another period.

    Only plans cited by title, and a goal set for the end of a plan (到“十三五”末), are looked at: a text may well look back
    on an earlier plan.
    """
    goal, year = case.plan.strategic_goal, case.plan.year
    if goal is None or year is None:
        return
    for title in titles(goal.text):
        named_plans, span = short_names(title), years(title)
        if named_plans and span and span != (named_plans[0].first, named_plans[0].last):
            named_span = spelled((named_plans[0].first, named_plans[0].last))
            found = case.whole("strategic_goal", goal, plan=title, years=spelled(span), year=year, expected=named_span)
            yield replace(found, variant="differs")
            continue
        for first, last in [span] if span else [(plan.first, plan.last) for plan in named_plans[:1]]:
            if not first <= year <= last:
                yield out_of_force(case, f"《{title}》", first, last, year)
    for plan in ends(goal.text):
        if year > plan.last:
            yield out_of_force(case, f"“{plan.text}”", plan.first, plan.last, year)


def out_of_force(case: Case, plan: str, first: int, last: int, year: int) -> Hit:
    """The plan does not cover the budget year."""
    return case.whole("strategic_goal", case.plan.strategic_goal, plan=plan, years=spelled((first, last)), year=year)


NUMBER_WITH_UNIT = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?:[%％‰]|[\u4e00-\u9fff㎡])")


def strategic_goal(case: Case) -> Iterator[Hit]:
    """H09: 战略目标 is given, not longer than the national field, and says what is to come about."""
    goal = case.plan.strategic_goal
    if goal is None:
        return
    limit = case.parameters.number("audit_header.goal_length")
    if blank(goal) or says_nothing(goal):
        yield case.whole("strategic_goal", goal)
    elif len(goal.text) > limit:
        yield replace(case.whole("strategic_goal", goal, length=len(goal.text), limit=printed(limit)), variant="long")
    elif not named(goal.text, case.parameters.words("audit_header.result_words")) and not quantified(goal.text):
        yield replace(case.whole("strategic_goal", goal, text=goal.text[:40]), variant="no_result")


def quantified(text: str) -> bool:
    """The text holds a quantity other than a year or a number of order."""
    return any(not re.match(r"(?:19|20)\d{2}年", found) for found in NUMBER_WITH_UNIT.findall(normal(text)))


RULES = family(
    "header",
    {
        "H01": structure,
        "H02": sources,
        "H03": total_of_funds,
        "H04": amounts_readable,
        "H05": execution_rate,
        "H06": unusual_rate,
        "H07": labels,
        "H08": cited_plans,
        "H09": strategic_goal,
    },
)
