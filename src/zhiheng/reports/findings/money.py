"""The money of a table: what adds up to the budget, and whether it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhiheng.audit.engine import Audit
from zhiheng.audit.finding import Severity
from zhiheng.audit.money import amount
from zhiheng.plan.plan import Budget, Figure
from zhiheng.reports.texts import Say
from zhiheng.values.value import Missing

EQUAL, UNEQUAL, UNKNOWN = "equal", "unequal", "unknown"


@dataclass(frozen=True, slots=True)
class Sum:
    """One line about money: its name, the amounts as published, and what came of adding them up ('' if nothing is)."""

    name: str
    words: str
    verdict: str = ""
    verdict_words: str = ""


def sums(budget: Budget, audit: Audit, say: Say) -> Iterator[Sum]:
    """The budget, its division by source and by structure with the verdict of rules H02 and H01, then the other amounts."""
    unit = f"（{budget.unit}）" if budget.unit else ""
    if budget.total is not None:
        yield Sum(say("budget_total") + unit, _words(budget.total, say))
    divisions = (
        ("by_source", "H02", (("fiscal", budget.fiscal), ("other", budget.other))),
        ("by_structure", "H01", (("basic", budget.basic), ("project_money", budget.project))),
    )
    for name, code, parts in divisions:
        present = [(say(part), figure) for part, figure in parts if figure is not None]
        if present:
            words = " ＋ ".join(f"{part} {_words(figure, say)}" for part, figure in present)
            verdict = _verdict(budget, [figure for _, figure in present], code, audit) if len(present) == len(parts) else UNKNOWN
            yield Sum(say(name) + unit, words, verdict, say(f"verdict_{verdict}"))
    for fund in budget.funds:
        amounts = ((key, getattr(fund, key)) for key in ("initial", "budget", "executed", "points", "rate", "score"))
        told = say("place_separator").join(
            f"{say(f'fund_{key}')} {figure.text}" for key, figure in amounts if figure and figure.text.strip()
        )
        yield Sum(fund.name.text + unit, told or say("blank"))
    for label, figure in budget.items:
        yield Sum(label.text, _words(figure, say))


def _words(figure: Figure, say: Say) -> str:
    return figure.text.strip() or say("blank")


def _verdict(budget: Budget, parts: list[Figure], code: str, audit: Audit) -> str:
    """What the rule said; where it was not run, what the sum itself says. A blank part counts as 0."""
    if any(found.code == code and found.severity is Severity.ERROR for found in audit.findings):
        return UNEQUAL
    total = amount(budget.total, budget)
    known = [Decimal(0) if isinstance(part.reading.value, Missing) else amount(part, budget) for part in parts]
    given = [part for part in known if part is not None]
    if total is None or len(given) < len(known) or all(isinstance(part.reading.value, Missing) for part in parts):
        return UNKNOWN
    if sum(given, Decimal(0)) == total:
        return EQUAL
    silent = code not in audit.skipped and all(failed.code != code for failed in audit.failed)
    return EQUAL if silent else UNEQUAL
