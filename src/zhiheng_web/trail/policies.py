"""Who reads the trail, and which of its records."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from zhiheng.plan.procedure import Role
from zhiheng_web.organisation.authority import Grant, policies
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.models import TrailRecord
from zhiheng_web.wording import Text

READERS = frozenset({Role.AUDIT_ADMINISTRATOR, Role.AUDITOR, Role.DISCIPLINE})

POLICIES = policies(
    {
        "trail.see_trail": Grant(READERS, Text("查看操作记录", "Read the trail")),
        "trail.verify_trail": Grant(READERS, Text("核验操作记录", "Verify the trail")),
        "trail.export_trail": Grant(READERS, Text("导出操作记录", "Export the trail")),
    }
)


def visible_records(viewer: Viewer) -> QuerySet[TrailRecord]:
    """The records a reader may see: all without a bound; within a department, its records only. Others: none."""
    departments = [held.department for held in viewer.bounds(READERS)]
    if any(department is None for department in departments):
        return TrailRecord.objects.all()
    return TrailRecord.objects.filter(Q(department__in=[str(department) for department in departments]))
