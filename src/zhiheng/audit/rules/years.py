"""R05, R13 and D07: a table beside the approved one and beside those of the years before."""

from __future__ import annotations

from collections.abc import Iterator

from zhiheng.audit.pairing import paired
from zhiheng.audit.rule import Case, Hit
from zhiheng.audit.standing import PERCENT, level, standing, stated
from zhiheng.audit.wording import normal, says_nothing, text_of
from zhiheng.plan.plan import Figure, Indicator, Plan
from zhiheng.values.comparison import equal_meaning

RUNNING = 3
"""Years that make a habit: this one and the two before."""


def consecutive(case: Case, count: int) -> tuple[Plan, ...]:
    """The plans of the ``count`` years before, newest first; empty where one of them is not given."""
    year = case.plan.year
    found = case.context.earlier[:count]
    if year is None or len(found) < count or any(plan.year != year - back for back, plan in enumerate(found, start=1)):
        return ()
    return found


def stood_still(case: Case) -> tuple[frozenset[int], str]:
    """The rows whose target was, three years running, only what had been reached before, and these years as 2018—2020."""
    before = consecutive(case, RUNNING - 1)
    if not before or case.plan.year is None:
        return frozenset(), ""
    pairs = [paired(case.plan, plan) for plan in before]
    still = (index for index, row in case.rows() if repeats(row) and all(index in each.of and repeats(each.of[index]) for each in pairs))
    return frozenset(still), f"{case.plan.year - RUNNING + 1}—{case.plan.year}"


def repeats(row: Indicator) -> bool:
    """The target is last year's actual. At 100 %, and at nought of what should not happen, there is nothing left to improve."""
    found = standing(row, row.references.last_year)
    if found is None or row.target is None or found.target != found.before:
        return False
    unit = level(row.target.reading.value, row.name.text)
    return not (unit is not None and unit.unit == PERCENT and found.target == 100) and not (found.falling and found.target == 0)


def r13(case: Case) -> Iterator[Hit]:
    """Targets that are not those approved: in a self-evaluation the actual is held against what was promised."""
    approved = case.context.approved
    if approved is None:
        return
    pairs = paired(case.plan, approved)
    for index, row in case.rows():
        other = pairs.of.get(index)
        if other is None:
            if normal(row.name.text):
                yield variant(case.at(index, "name", row.name), "not_approved")
        elif row.target is not None and other.target is not None and not same(row.target, other.target):
            yield case.at(index, "target", row.target, target=shown(row.target), approved=shown(other.target))
    for row in pairs.left:
        if stated(row.target):
            yield variant(case.whole("indicators", name=row.name.text, approved=text_of(row.target)), "left_out")


def variant(plain: Hit, name: str) -> Hit:
    """The hit with another sentence."""
    return Hit(plain.subject, plain.place, plain.parameters, variant=name)


def same(one: Figure, other: Figure) -> bool:
    """Two cells say the same, whatever their spelling."""
    if normal(one.text) == normal(other.text):
        return True
    if says_nothing(one) or says_nothing(other):
        return says_nothing(one) and says_nothing(other)
    return equal_meaning(one.reading.value, other.reading.value)


def shown(figure: Figure) -> str:
    """The words of a cell; a dash for a blank one."""
    return figure.text.strip() or "—"


def d07(case: Case) -> Iterator[Hit]:
    """A table whose indicators and numbers are all those of last year."""
    (last,) = consecutive(case, 1) or (None,)
    rows = {index: row for index, row in case.rows() if stated(row.target)}
    if last is None or len(rows) < case.parameters.number("audit_duplicates.unchanged_rows"):
        return
    pairs = paired(case.plan, last)
    if any(stated(row.target) for row in pairs.left):
        return
    for index, row in rows.items():
        other = pairs.of.get(index)
        if other is None or row.target is None or other.target is None or not same(row.target, other.target):
            return
    yield case.whole("indicators", rows=len(rows), year=last.year)
