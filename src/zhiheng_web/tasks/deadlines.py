"""When a step is due: the deadline of a department before that of everybody, a fixed day or so many days after another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from zhiheng_web.organisation.calendar import add_days
from zhiheng_web.tasks.models import StepDeadline


class Deadlines:
    """The deadlines of some departments, asked once: ``due(department, year, step)``."""

    def __init__(self, departments: Iterable[UUID]) -> None:
        rows = StepDeadline.objects.filter(Q(department__isnull=True) | Q(department__in=list(departments)))
        self._rows = {(row.department_id, row.year, row.step): row for row in rows}

    def due(self, department: UUID, year: int, step: str, begun: date | None = None) -> date | None:
        """The last day for a step; None if none is set. ``begun`` is the day from which a number of days counts."""
        row = self._rows.get((department, year, step)) or self._rows.get((None, year, step))
        if row is None:
            return None
        if row.due_on is not None:
            return row.due_on
        return add_days(begun, row.days or 0, row.working_days) if begun is not None else None
