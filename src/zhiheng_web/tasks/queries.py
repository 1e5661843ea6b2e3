"""Reads for the pages of tasks."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from zhiheng.plan.procedure import STEPS, Stage
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.policies import READERS
from zhiheng_web.tasks.models import Notice, StepDeadline

LATER = (Stage.MONITORING, Stage.SELF_EVALUATION, Stage.PUBLICATION)
DUE_STEPS = tuple(step for step in STEPS if step.code == "submit" or step.stage in LATER)
"""What may have a deadline: a declaration is due when it is submitted, not when it is begun or filled in."""


def notices(viewer: Viewer) -> QuerySet[Notice]:
    """The viewer's own notices, newest first."""
    return Notice.objects.filter(account=viewer.account).order_by("-made_at")


def unread(viewer: Viewer) -> int:
    """How many of them are unread."""
    return notices(viewer).filter(read_at__isnull=True).count()


def departments_of(viewer: Viewer) -> QuerySet[Department]:
    """The departments that the viewer works in or looks after."""
    bounds = viewer.bounds(READERS)
    everything = any(held.department is None for held in bounds)
    wanted = Q() if everything else Q(pk__in=[held.department for held in bounds])
    return Department.objects.filter(wanted, kind=Department.Kind.DEPARTMENT)


def deadlines(viewer: Viewer) -> QuerySet[StepDeadline]:
    """The deadlines that concern the viewer: everybody's and those of their departments."""
    mine = Q(department__isnull=True) | Q(department__in=departments_of(viewer))
    return StepDeadline.objects.filter(mine).select_related("department").order_by("-year", "step")
