"""Tables that ``check`` is given beside those it checks: those of years before, and the approved ones."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from zhiheng.audit.context import Context
from zhiheng.audit.wording import squeezed, text_of
from zhiheng.plan.plan import Cell, Plan
from zhiheng.tables import read
from zhiheng.tables.grid import Refused
from zhiheng.tables.problems import message as problem_message
from zhiheng_cli.texts import Failure, system, text

BACK = 2
"""Years that a rule looks back."""


@lru_cache
def plans(paths: tuple[Path, ...], language: str) -> tuple[Plan, ...]:
    """What stands in these files, read once in a process. Failure for a file that cannot be read, or a table that has no year."""
    found = []
    for path in paths:
        try:
            tables = read(path).tables
        except Refused as refusal:
            said = text("file_fault", language, file=path, reason=problem_message(refusal.problem, language))
            raise Failure(said) from None
        except OSError as fault:
            raise Failure(text("file_fault", language, file=path, reason=system(fault, language))) from None
        if any(table.plan.year is None for table in tables):
            raise Failure(text("beside_no_year", language, file=path))
        found += [table.plan for table in tables]
    return tuple(found)


def context_of(plan: Plan, earlier: Iterable[Plan], approved: Iterable[Plan]) -> Context:
    """What is known beside a table: of the same department, unit or project the plans of the two years before, and the approved one."""
    of_same = [one for one in earlier if plan.year is not None and same_home(plan, one)]
    by_year = {one.year: one for one in reversed(of_same)}  # of two of one year that was named first
    years = [] if plan.year is None else [plan.year - back for back in range(1, BACK + 1)]
    promised = next((one for one in approved if one.year == plan.year and same_home(plan, one)), None)
    return Context(earlier=tuple(by_year[year] for year in years if year in by_year), approved=promised)


def same_home(one: Plan, other: Plan) -> bool:
    """Whether two tables are of the same project, or both of none, and of departments and units that do not contradict each other."""
    if words(one.project) != words(other.project):
        return False
    pairs = ((one.department, other.department), (one.unit, other.unit))
    return all(not words(first) or not words(second) or words(first) == words(second) for first, second in pairs)


def words(cell: Cell | None) -> str:
    """The words of a cell, however they are spaced and pointed."""
    return squeezed(text_of(cell))
