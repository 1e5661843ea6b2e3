"""Duties with who held them when."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from zhiheng_web.organisation.authority import absent, within
from zhiheng_web.organisation.models import Unit
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import Duty, DutyHolding
from zhiheng_web.planning.policies import DUTY_MOVERS, visible_duties
from zhiheng_web.wording import Text


def duties_seen(viewer: Viewer, department: str = "") -> list[Duty]:
    """The duties a viewer may see, each with all its holdings, the last first. Two queries."""
    held = Prefetch("holdings", DutyHolding.objects.select_related("department", "unit", "office").order_by("-since"), to_attr="held")
    found = visible_duties(viewer).select_related("department").prefetch_related(held)
    return list(found.filter(department=department) if department else found)[:500]


def holder_at(duty: Duty | UUID, day: date) -> DutyHolding | None:
    """Who answered for the duty on ``day``. One query."""
    held = DutyHolding.objects.filter(Q(until__isnull=True) | Q(until__gt=day), duty=duty, since__lte=day)
    return held.select_related("department", "unit", "office").order_by("-since").first()


def taking_units(viewer: Viewer) -> QuerySet[Unit]:
    """The units to which the viewer may hand a duty over: those of his department, of all departments by the system administrator."""
    return Unit.objects.filter(within(viewer.bounds(DUTY_MOVERS), "department", "pk"))


def duty_seen(viewer: Viewer, duty: UUID) -> Duty:
    """One duty with its holdings, or Absent."""
    held = Prefetch("holdings", DutyHolding.objects.select_related("department", "unit", "office").order_by("-since"), to_attr="held")
    found = visible_duties(viewer).prefetch_related(held).filter(pk=duty).first()
    if found is None:
        raise absent(Text("该职责", "this duty"))
    return found
