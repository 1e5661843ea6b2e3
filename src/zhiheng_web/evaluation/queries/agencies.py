"""The agencies and who works for them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from zhiheng_web.evaluation.models import Agency, AgencyMember
from zhiheng_web.organisation.authority import authorise_menu, may
from zhiheng_web.organisation.viewer import Viewer


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """An agency with its people, those who left last, and how many engagements it has under way and had."""

    agency: Agency
    members: tuple[AgencyMember, ...]
    under_way: int
    all_time: int


@dataclass(frozen=True, slots=True)
class AgencyList:
    """All agencies; whether the viewer keeps them."""

    lines: tuple[AgencyLine, ...]
    keeps: bool


def agencies(viewer: Viewer) -> AgencyList:
    """The list. Three queries however many there are. Who works for an agency is shown to who keeps them."""
    authorise_menu(viewer, "evaluation.see_agencies")
    keeps = may(viewer, "evaluation.keep_agency", None)
    people = AgencyMember.objects.select_related("account").order_by("until", "since") if keeps else AgencyMember.objects.none()
    standing = Count("engagements", filter=Q(engagements__ended_at__isnull=True), distinct=True)
    rows = Agency.objects.annotate(under_way=standing, all_time=Count("engagements", distinct=True))
    lines = [
        AgencyLine(row, tuple(row.members.all()), row.under_way, row.all_time)
        for row in rows.prefetch_related(Prefetch("members", queryset=people))
    ]
    return AgencyList(tuple(lines), keeps)


def engageable(viewer: Viewer) -> list[Agency]:
    """The agencies that can be engaged today."""
    authorise_menu(viewer, "evaluation.engage_agency")
    return list(Agency.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=viewer.today())))
