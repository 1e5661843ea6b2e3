"""监控轮次: which months a round looks at and by which day tables report, as a policy proposes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from zhiheng.monitoring.curve import month_end
from zhiheng.monitoring.policy import Policy

Scope = Literal["department", "project"]
After = Callable[[date, int], date]
"""The day so many working days after a day, by a calendar that knows holidays."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A round: first and last day of its data, and the day by which department-wide and project tables report.

    ``working``: the days after ``last`` count working days only. A day is None where the policy names none.
    """

    first: date
    last: date
    department_due: date | None
    project_due: date | None
    working: bool


def proposed(policy: Policy, year: int, working_days: After | None = None) -> Proposed:
    """The round of a year by default. Without a calendar working days are counted Monday to Friday."""
    last = month_end(year, int(policy.word("round.last")))
    return Proposed(
        date(year, int(policy.word("round.first")), 1),
        last,
        due(policy, last, "department", working_days),
        due(policy, last, "project", working_days),
        policy.word("round.days") == "working",
    )


def due(policy: Policy, last: date, scope: Scope, working_days: After | None = None) -> date | None:
    """The day by which tables of ``scope`` report on data up to ``last``: so many days later, else the fixed day of the year."""
    count = policy.word(f"round.after_{scope}")
    if count:
        if policy.word("round.days") == "working":
            return (working_days or weekdays_after)(last, int(count))
        return last + timedelta(days=int(count))
    fixed = policy.word("round.due")
    if not fixed:
        return None
    found = date(last.year, int(fixed[:2]), int(fixed[3:]))
    return found if found > last else date(last.year + 1, found.month, found.day)


def weekdays_after(day: date, count: int) -> date:
    """The ``count``-th Monday to Friday after ``day``."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
