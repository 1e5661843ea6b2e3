"""办理时限 as the pages of a table show it. Deadlines are kept by an app above; it registers here whom to ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from zhiheng.plan.procedure import EDITABLE, State
from zhiheng_web.planning.models import TableVersion

Asked = Callable[[TableVersion], date | None]
_asked: list[Asked] = []


def register_due(asked: Asked) -> None:
    """Ask this, too, by when an open version must be submitted. Called in AppConfig.ready; registering twice changes nothing."""
    if asked not in _asked:
        _asked.append(asked)


def submission_due(version: TableVersion) -> date | None:
    """By when an open version must be submitted: the earliest day that is set; None if none is, or if it is not open."""
    if State(version.state) not in EDITABLE:
        return None
    days = [day for ask in _asked if (day := ask(version)) is not None]
    return min(days, default=None)
