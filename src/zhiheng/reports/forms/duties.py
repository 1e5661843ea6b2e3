"""Duties and the indicators that stand under them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from zhiheng.plan.plan import Duty, Indicator, Plan
from zhiheng.reports.form import FormCell
from zhiheng.reports.forms.columns import words
from zhiheng.reports.forms.head import text, value


def duty_groups(plan: Plan) -> Iterator[tuple[Duty | None, tuple[Indicator, ...]]]:
    """Each duty with its indicators, in the order of the rows; a duty without indicators keeps its turn.

    A duty that is named again, or two duties of one number, are shown again: nothing is joined that was apart.
    An indicator whose duty the plan does not name stands under no duty.
    """
    held = {row.duty for row in plan.indicators}
    waiting = list(plan.duties)
    known: dict[int | None, Duty] = {}
    for number, rows in groupby(plan.indicators, lambda row: row.duty):
        turn = next((index for index, duty in enumerate(waiting) if duty.number == number), None)
        if turn is not None:
            passed = [duty for duty in waiting[:turn] if duty.number not in held]
            known[number] = waiting[turn]
            waiting = [duty for duty in waiting[:turn] if duty not in passed] + waiting[turn + 1 :]
            yield from ((duty, ()) for duty in passed)
        yield known.get(number), tuple(rows)
    yield from ((duty, ()) for duty in waiting)


def duty_cells(duty: Duty | None, rows: int) -> tuple[FormCell, ...]:
    """职责序号, 部门职责, 职责目标, merged over the duty's rows."""
    if duty is None:
        return (value("", rows=rows), text("", rows=rows), text("", rows=rows))
    return (value(str(duty.number), rows=rows), text(duty.name.text, rows=rows), text(words(duty.objective), rows=rows))


def with_objectives(plan: Plan) -> bool:
    """Whether the form has the column 职责目标: tables of what was reached mostly have not."""
    return any(duty.objective is not None for duty in plan.duties)
