"""What indicators amount to, for those who may see it."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.ledgers.measures.actual import Indicators, ids_of
from zhiheng_web.ledgers.policies import read_whole
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import Indicator


def visible_indicators(viewer: Viewer, indicators: Indicators) -> list[UUID]:
    """Those of the indicators whose values a viewer may see, in the order given."""
    wanted = ids_of(indicators)
    seen = set(Indicator.objects.filter(read_whole(viewer), pk__in=wanted).values_list("pk", flat=True))
    return [one for one in wanted if one in seen]
