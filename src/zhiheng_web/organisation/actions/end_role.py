"""终止角色: a role ends on a day; those it was lent to lose it too."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from zhiheng.plan.procedure import ADMINISTRATORS, ROLE_NAMES, Role
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import Account, RoleAssignment
from zhiheng_web.organisation.policies import scope_of_assignment
from zhiheng_web.organisation.queries.accounts import account_for
from zhiheng_web.organisation.queries.roles import in_force
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

ASSIGNMENT = Text("该角色", "this role")
LAST = Text(
    "{name}是最后一位{role}，请先授予他人，再终止。",
    "{name} is the last {role}; give the role to somebody else first.",
)


@action("organisation.end_role")
def end_role(viewer: Viewer, assignment: UUID, until: date) -> Done[RoleAssignment]:
    """End the assignment: ``until`` is the first day without it, today at the earliest."""
    row = RoleAssignment.objects.select_related("account", "department", "unit", "office__unit", "reporter").filter(pk=assignment).first()
    if row is None:
        raise absent(ASSIGNMENT)
    account = account_for(viewer, row.account_id, lock=True)
    scope = scope_of_assignment(row.department, row.unit, row.office, row.reporter)
    authorise(viewer, "organisation.end_role", scope)
    until = max(until, timezone.localdate())
    refuse_last_administrator(account, row)
    before = fingerprint(row)
    bounds = {"department": row.department, "unit": row.unit, "office": row.office, "reporter": row.reporter}
    lent = RoleAssignment.objects.filter(delegated_by=account, role=row.role, **bounds)
    changed = end_assignments(RoleAssignment.objects.filter(pk=row.pk), until)
    end_assignments(lent, until)  # after its own: one that is lent at this moment waits for it, or is seen here
    row.refresh_from_db()
    return Done(
        row,
        "organisation.RoleAssignment",
        str(row.pk),
        f"{account.name}：{ROLE_NAMES[Role(row.role)][0]}",
        department=str(scope.department or ""),
        before=before,
        after=fingerprint(row),
        details={"account": str(account.pk), "role": row.role, "until": until.isoformat()},
        nothing=not changed,
    )


def end_assignments(rows: QuerySet[RoleAssignment], until: date) -> int:
    """End those that would still hold on ``until``; one that has not begun by then never does. Gives how many."""
    open_ones = rows.filter(Q(until__isnull=True) | Q(until__gt=until))
    begun = open_ones.filter(since__lte=until).update(until=until)
    for row in open_ones.filter(since__gt=until):
        row.until = row.since
        row.save(update_fields=["until"])
        begun += 1
    return begun


def refuse_last_administrator(account: Account, only: RoleAssignment | None = None) -> None:
    """Refuse if without these roles nobody of some kind of administrator would be left from tomorrow on."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    held = in_force(account.assignments.filter(role__in=ADMINISTRATORS, department=None, unit=None, office=None))
    for row in held.filter(pk=only.pk) if only is not None else held:
        everywhere = RoleAssignment.objects.filter(role=row.role, department=None, unit=None, office=None)
        list(everywhere.select_for_update(no_key=True).order_by("pk").values_list("pk"))  # two who end each other's: one waits here
        others = everywhere.filter(account__is_active=True)
        if not in_force(others, tomorrow).exclude(account=account).exists():
            raise Refusal("last_administrator", LAST.with_(name=account.name, role=Text(*ROLE_NAMES[Role(row.role)])))
