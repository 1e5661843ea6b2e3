"""How a value that somebody types will be read, before it is kept. What was typed is looked at once the row is known to be his to see."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from zhiheng_web.evaluation.declaring import Said, measured, reading
from zhiheng_web.evaluation.loading import row_of, self_evaluation_for
from zhiheng_web.evaluation.monitoring.observing import target_of
from zhiheng_web.evaluation.monitoring.standing import row_for
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text


def reading_of_monitored(viewer: Viewer, row: UUID, said: Callable[[], Said]) -> Text:
    """Of a row of a monitoring report that the viewer reads."""
    found = row_for(viewer, row)
    target = target_of(found.indicator_row, found.report.table.year)
    return reading(target, measured(found.indicator_row, target, said(), found.report.round.last))


def reading_of_actual(viewer: Viewer, self_evaluation: UUID, row: UUID, said: Callable[[], Said]) -> Text:
    """Of a row of a self-evaluation that the viewer reads."""
    one = self_evaluation_for(viewer, self_evaluation)
    found = row_of(one, row)
    target = target_of(found.indicator_row, one.table.year)
    return reading(target, measured(found.indicator_row, target, said(), viewer.today()))
