"""终止代理: the holder takes the role back."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from zhiheng.plan.procedure import ROLE_NAMES, Role
from zhiheng_web.organisation.actions.end_role import end_assignments
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import RoleAssignment
from zhiheng_web.organisation.policies import EVERYTHING, scope_of_assignment
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, action
from zhiheng_web.wording import Text


@action("organisation.end_delegation")
def end_delegation(viewer: Viewer, assignment: UUID) -> Done[RoleAssignment]:
    """End today a role that the viewer lent."""
    authorise(viewer, "organisation.end_delegation", EVERYTHING)
    rows = RoleAssignment.objects.filter(delegated_by=viewer.account, pk=assignment)
    row = rows.select_related("account", "department", "unit", "office__unit", "reporter").first()
    if row is None:
        raise absent(Text("该代理", "this substitution"))
    before = fingerprint(row)
    changed = end_assignments(rows, timezone.localdate())
    row.refresh_from_db()
    scope = scope_of_assignment(row.department, row.unit, row.office, row.reporter)
    return Done(
        row,
        "organisation.RoleAssignment",
        str(row.pk),
        f"{row.account.name}：{ROLE_NAMES[Role(row.role)][0]}",
        department=str(scope.department or ""),
        before=before,
        after=fingerprint(row),
        nothing=not changed,
    )
