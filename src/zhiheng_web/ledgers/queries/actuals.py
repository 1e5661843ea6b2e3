"""What indicators amount to, for those who may see it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from zhiheng_web.ledgers.measures.actual import Indicators, actuals, actuals_of_bases, ids_of
from zhiheng_web.ledgers.measures.behind import Shared, shared
from zhiheng_web.ledgers.measures.result import Actual
from zhiheng_web.ledgers.models import Snapshot
from zhiheng_web.ledgers.policies import READERS
from zhiheng_web.organisation.authority import within
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import Indicator


def visible_indicators(viewer: Viewer, indicators: Indicators) -> list[UUID]:
    """Those of the indicators whose values a viewer may see, in the order given."""
    whole = within(viewer.bounds(READERS), "department", "department__units", "department__units__offices")
    wanted = ids_of(indicators)
    seen = set(Indicator.objects.filter(whole, pk__in=wanted).values_list("pk", flat=True))
    return [one for one in wanted if one in seen]


def actual_values(viewer: Viewer, indicators: Indicators, on: date, known: datetime | None = None) -> dict[UUID, Actual]:
    """The value of each indicator on the basis that holds."""
    return actuals(visible_indicators(viewer, indicators), on, known or viewer.now())


def other_readings(viewer: Viewer, indicators: Indicators, on: date, known: datetime | None = None) -> dict[UUID, dict[str, Actual]]:
    """The value of each indicator on every basis."""
    return actuals_of_bases(visible_indicators(viewer, indicators), on, known or viewer.now())


def shared_organisations(viewer: Viewer, indicators: Indicators, on: date, known: datetime | None = None) -> Shared:
    """The organisations that several of the indicators count, and how many there are in all."""
    return shared(visible_indicators(viewer, indicators), on, known or viewer.now())


def standing_snapshots(indicators: Collection[UUID], on: date, known: datetime) -> dict[UUID, Snapshot]:
    """The snapshot of each indicator for that day that held at an instant. One query."""
    rows = Snapshot.objects.filter(indicator__in=list(indicators), on=on, taken_at__lte=known).order_by("taken_at")
    return {row.indicator_id: row for row in rows}
