"""Run the rules over one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhiheng.audit.catalogue import RULES
from zhiheng.audit.context import NOTHING, Context
from zhiheng.audit.finding import Finding, Subject
from zhiheng.audit.rule import Case, Hit, Rule, finding
from zhiheng.audit.selection import ALL, Selection
from zhiheng.parameters.parameters import Parameters
from zhiheng.plan.plan import Table


@dataclass(frozen=True, slots=True)
class FailedRule:
    """A rule that could not be run: nothing is known about the table under this code.

    ``exception`` is the class of the fault, ``text`` what it said.
    """

    code: str
    exception: str
    text: str


@dataclass(frozen=True, slots=True)
class Audit:
    """The answer to one table. ``findings`` in reading order: page, row, column, then code.

    ``failed`` are the rules that crashed; ``skipped`` the codes that the selection left out. A table is clean
    under a code only if the code is in neither.
    """

    findings: tuple[Finding, ...]
    failed: tuple[FailedRule, ...] = ()
    skipped: tuple[str, ...] = ()


def audit(
    table: Table, parameters: Parameters, selection: Selection = ALL, rules: Sequence[Rule] = RULES, context: Context = NOTHING
) -> Audit:
    """All findings of the selected rules on ``table``.

    ``parameters`` are those in force for the table's year; ``context`` is what is known beside the table, and rules that need what
    it does not hold stay silent. A rule that names another as replaced silences it at
    the indicator and field where it fires itself; a replacing rule that is not selected or that crashes silences nothing.
    Raises :class:`zhiheng.audit.selection.Unknown` when the selection names a rule that does not exist.
    """
    chosen = selection.of(rules)
    case = Case(table, parameters, context)
    hits: dict[str, tuple[Hit, ...]] = {}
    failed: list[FailedRule] = []
    for rule in chosen:
        try:
            hits[rule.code] = tuple(rule.check(case))
        except Exception as fault:  # noqa: BLE001 - whatever a rule does, the others still answer
            failed.append(FailedRule(rule.code, type(fault).__name__, str(fault)))
    silenced = {(rule.replaces, hit.subject) for rule in chosen if rule.replaces for hit in hits.get(rule.code, ())}
    findings = [
        finding(rule, hit, selection.severity(rule, hit))
        for rule in chosen
        for hit in hits.get(rule.code, ())
        if (rule.code, hit.subject) not in silenced
    ]
    kept = {rule.code for rule in chosen}
    skipped = tuple(rule.code for rule in rules if rule.code not in kept)
    return Audit(tuple(sorted(findings, key=reading_order)), tuple(failed), skipped)


def reading_order(found: Finding) -> tuple[str, int, int, int, str, int, str]:
    """Sheet, page, row and column of a finding; what has no place stands first."""
    place, subject = found.place, found.subject
    return (place.sheet or "", place.page or 0, place.row or 0, place.column or 0, found.code, order(subject), subject.field)


def order(subject: Subject) -> int:
    """The indicator's index; the table as a whole stands before its rows."""
    return -1 if subject.indicator is None else subject.indicator
