"""From what was found of an indicator to what the library scores: one observation per row, exactly.

What a frozen value of the ledgers (ledgers.measures.freezing.canonical) becomes, and why:

====================  ==========================  ===========================================================================
state of the measure  observation                 why
====================  ==========================  ===========================================================================
met, missed, under    the figure: ``Zero``,       The year is over; the library says what a figure is worth. 0 is a figure. A
way, shown, judge     ``Counted``, ``Reported``   coverage keeps its terms (done ÷ due), so nothing is rounded before it is
                                                  scored. Words that only a person can compare stay for a person.
nothing due           ``NothingDue``              无应办事项: the due-list is empty; 0 ÷ 0 is neither 0 nor 100 %.
not applicable        ``NothingDue``              不适用, decided by two people: the row leaves the total like one with nothing due.
not organised         ``NotOrganised``            未组织, with the document of the decision; the scheme says whether it needs one.
not due               ``NotDue``                  Nothing could be done yet: no 0 and no full points.
waiting               ``Provisional``             待统计发布: the newest edition out stands in, against the benchmark of the same
                                                  data year; ``NotDue`` where none is out.
unbound               ``Missing``                 Nothing was reported though it was owed: 0 points, with a note, and never silent.
====================  ==========================  ===========================================================================

Several parts against a target in parts become ``InParts``, in the order of the target, each by this table. A target that only asks
whether something was done (完成) or all of it (全覆盖) of a measure that gives a number takes the measure's own verdict. A cadence is
its worst window; a longest gap in days is so many times per gap, and one within its limit is exactly as often as asked, because being
earlier than asked is no over-achievement. A closed survey is a rate with its terms; a person's tier is ``Rated``. What was declared is
the day on which it was done, the size of a change beside a target that asks for one, else the figure; undeclared on the day: ``Missing``,
and so is a single figure of a target with several (举办4期，培训200人), because it says nothing of the others: a person judges that row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from zhiheng.scoring.observation import (
    Counted,
    InParts,
    Missing,
    NotDue,
    NothingDue,
    NotOrganised,
    Observation,
    Provisional,
    Rated,
    Reported,
    Zero,
)
from zhiheng.values.parse import parse
from zhiheng.values.value import Achieved, Cadence, Comparator, Coverage, Every, Parts, PeriodUnit, Quantity, Ratio, Value
from zhiheng_web.ledgers.measures.judging import as_declared, as_done, gap_limit

Frozen = Mapping[str, Any]
DONE, FAILED = "met", ("missed", "under_way")
WINDOWS = {"week": PeriodUnit.WEEK, "month": PeriodUnit.MONTH, "quarter": PeriodUnit.QUARTER}
SHOWN_ONLY = "-"
WAITING = "待统计发布"
NO_BENCHMARK = "基准值待发布"


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of one row. ``value`` is a snapshot's, ``survey`` the result of a closed survey, ``tier`` what a person judged.

    ``document`` and ``circumstance`` are those of a decision that there is no figure. A person's judgement comes first, then the
    survey, then the ledgers: nobody may judge a row that has a figure (actions.judge_row), and one that got its figure
    later is not submitted until the judgement is taken back (demanding.of_judgement).
    """

    value: Frozen | None = None
    document: str = ""
    circumstance: str = ""
    survey: Frozen | None = None
    tier: int | None = None
    judged: Decimal | None = None


def observe(given: Given, target: Value | None) -> Observation:
    """What is scored of a row."""
    if given.tier is not None and given.judged is not None:
        return Rated(given.tier, given.judged)
    return found(given, target)


def found(given: Given, target: Value | None) -> Observation:
    """What was found of a row before any person judges it."""
    if given.survey is not None:
        return of_survey(given.survey)
    if given.value is None:
        return Missing()
    value = given.value
    match value["state"]:
        case "not_organised":
            return NotOrganised(given.document)
        case "not_applicable":
            return NothingDue(given.circumstance)
        case "unbound":
            return Missing()
    if isinstance(target, Parts) and not target.shared:
        return Missing() if by_hand(value) else in_parts(value, target)
    parts: Sequence[Frozen] = value["parts"]
    return of_part(parts[value["decisive"]], target) if parts else Missing()


def of_survey(result: Frozen) -> Observation:
    """The figure of a closed survey: its terms where it has them; ``Missing`` where too few answered to give one."""
    over, under = result.get("numerator"), result.get("denominator")
    if over is not None and under is not None:
        if not Decimal(under):
            return Missing()
        return Counted(Decimal(over), Decimal(under))
    figure = result.get("value")
    if figure is None:
        return Missing()
    number = Decimal(figure)
    return Reported(Quantity(number, str(result.get("unit") or "%"))) if number else Zero()


def by_hand(value: Frozen) -> bool:
    """Whether a frozen value is one that is declared by hand: a single figure, whatever is asked for."""
    return any("declared_of" in part.get("told", {}) for part in value["parts"])


def undeclared(value: Frozen) -> bool:
    """Whether a frozen value is one that is declared by hand, and was not for its day."""
    return value["state"] == "unbound" and by_hand(value)


def judged_parts(value: Frozen | None) -> list[Frozen]:
    """The parts of a frozen value that are judged; the others only stand beside them."""
    return [part for part in value["parts"] if part.get("target") != SHOWN_ONLY] if value is not None else []


def in_parts(value: Frozen, target: Parts) -> Observation:
    """Each part of the target by the part of that name; by place where the names say nothing and there are as many."""
    judged = judged_parts(value)
    named = {part.get("name_zh", ""): part for part in judged}
    chosen = [named[part.name] for part in target.parts] if all(part.name in named for part in target.parts) else judged
    aims = [part.value for part in target.parts] + [None] * len(chosen)
    return InParts(tuple(of_part(part, aim) for part, aim in zip(chosen, aims, strict=False)))


def of_part(part: Frozen, target: Value | None) -> Observation:
    """One part by its state; a figure by its measure."""
    match part["state"]:
        case "nothing_due":
            return NothingDue()
        case "not_due":
            return NotDue()
        case "unbound":
            return Missing()
        case "waiting":
            return waiting(part)
    told = part.get("told", {})
    if "done_on" in told:
        return Reported(as_done(date.fromisoformat(told["done_on"])))
    if part["number"] is None:
        return Missing()
    if "declared_of" in told and (change := as_declared(Decimal(part["number"]), part["unit"], target)) is not None:
        return Reported(change)
    if isinstance(target, Achieved) and part["state"] != "judge":
        done = part["state"] == DONE
        return Reported(replace(target, done=target.done if done else not target.done))
    return figure(part, target)


def figure(part: Frozen, target: Value | None) -> Observation:
    """The figure of a measure."""
    number = Decimal(part["number"])
    match part["measure"]:
        case "coverage":
            return Counted(Decimal(part["numerator"]), Decimal(part["denominator"]))
        case "external":
            told = part.get("told", {})
            return Reported(published(part), quantity(told.get("benchmark"), part["unit"]))
        case "cadence":
            return cadence(part, number, target)
    if isinstance(target, Coverage):
        return Reported(Coverage(target.verb)) if part["state"] == DONE else Zero()
    return Reported(in_unit(number, part["unit"])) if number else Zero()


def cadence(part: Frozen, number: Decimal, target: Value | None) -> Observation:
    """How often something was done: the worst window, or the longest gap against its limit."""
    longest = part.get("rule", {}).get("longest_gap")
    if longest is None:
        if not number:
            return Zero()
        window = WINDOWS.get(part.get("rule", {}).get("window", ""))
        if isinstance(target, Cadence) and window is not None:
            return Reported(Cadence(number, target.unit, Every(Decimal(1), window)))
        return Reported(in_unit(number, part["unit"]))
    if not isinstance(target, Cadence):
        return Reported(Coverage(target.verb)) if isinstance(target, Coverage) and part["state"] == DONE else Reported(days(number))
    if part["state"] == DONE:
        return Reported(replace(target, op=Comparator.EQ))
    limit = gap_limit(longest, target)
    return Reported(Cadence(target.amount * limit, target.unit, Every(target.every.count * number, target.every.unit)))


def days(number: Decimal) -> Value:
    """So many days."""
    return in_unit(number, "天")


def published(part: Frozen) -> Value:
    """A published figure. A ratio that has no finite decimal form keeps its terms."""
    if part.get("numerator") is not None and part.get("denominator"):
        over, under = Decimal(part["numerator"]) * 100, Decimal(part["denominator"])
        share = over / under
        return Quantity(share, "%") if share * under == over else Ratio(Decimal(part["numerator"]), under)
    return in_unit(Decimal(part["number"]), part["unit"])


def waiting(part: Frozen) -> Observation:
    """What stands in for a figure that is not out: the newest edition, against the benchmark of its own data year."""
    told = part.get("told", {})
    latest = told.get("latest")
    if part["number"] is not None:
        return NotDue(NO_BENCHMARK)
    if not latest or "number" not in latest:
        return NotDue(WAITING)
    stands_in = in_unit(Decimal(latest["number"]), part["unit"])
    edition = f"{latest.get('data_year', '')}年{latest.get('edition', '')}"
    return Provisional(edition, stands_in, quantity(told.get("latest_benchmark"), part["unit"]))


def quantity(told: Frozen | None, unit: str) -> Value | None:
    """A figure told beside another; None where there is none."""
    return in_unit(Decimal(told["number"]), unit) if told and "number" in told else None


def in_unit(number: Decimal, unit: str) -> Quantity:
    """A number in a unit as the library spells it: 3 of 万家 are 30000家."""
    meant = unit_of(unit)
    return Quantity(number * meant.amount, meant.unit) if isinstance(meant, Quantity) else Quantity(number, unit)


@lru_cache(maxsize=1024)
def unit_of(unit: str) -> Value:
    """What one of a unit means."""
    return parse(f"1{unit}").value
