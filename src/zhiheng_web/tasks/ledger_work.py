"""What the ledgers put on the work list: entries to confirm, entries that came back, obligations that are due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from zhiheng.plan.procedure import Role
from zhiheng_web.ledgers.models import EntryVersion, Register
from zhiheng_web.ledgers.obligations import still_open
from zhiheng_web.ledgers.policies import KEEPERS
from zhiheng_web.ledgers.queries.obligations import Waiting, waiting_of
from zhiheng_web.organisation.models import Account, RoleAssignment
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.tasks.notices import BEFORE, News, tell
from zhiheng_web.tasks.worklist import Task
from zhiheng_web.wording import Text

KINDS = {
    "ledger_confirm": Text("确认台账", "Confirm entries"),
    "ledger_mend": Text("更正退回的台账", "Mend returned entries"),
    "ledger_due": Text("应办事项", "Obligations"),
}


DUE = Text("{register}：{n} 项应办事项 {day} 到期。", "{register}: {n} obligations are due on {day}.")
OVERDUE = Text("{register}：{n} 项应办事项已逾期（应于 {day} 办结）。", "{register}: {n} obligations are overdue since {day}.")


def work_of(viewer: Viewer) -> Iterator[Task]:
    """One task for each register and kind of work, with how many; the queries do not grow with registers or entries."""
    for one in waiting_of(viewer):
        yield _task(one, viewer)


def _task(one: Waiting, viewer: Viewer) -> Task:
    register = Text(one.register.name_zh, one.register.name_en)
    who = Role.REPORTER if viewer.roles <= {Role.REPORTER} else Role.FILLER
    since = one.since or viewer.today()
    if one.kind == "due":
        link = f"{reverse('ledgers:obligations')}?register={one.register.pk}"
        late = Text(f"，其中 {one.overdue} 项逾期", f", {one.overdue} overdue") if one.overdue else Text("", "")
        words = Text("{register}：{n} 项应办{late}", "{register}: {n} due{late}").with_(register=register, n=one.count, late=late)
        return Task("ledger_due", words, link, None, since, who, one.due_on)
    standing = "submitted" if one.kind == "confirm" else "returned"
    link = f"{reverse('ledgers:register', args=[one.register.pk])}?standing={standing}"
    said = Text("{register}：{n} 条待确认", "{register}: {n} entries to confirm")
    if one.kind == "mend":
        said = Text("{register}：{n} 条被退回，请更正", "{register}: {n} entries returned; mend them")
    return Task(f"ledger_{one.kind}", said.with_(register=register, n=one.count), link, None, since, who)


OVERDUE_FOR = timedelta(days=7)
"""How long after its day an obligation is told of as overdue, once: a day on which the service did not run is made up for."""


def remind_due() -> int:
    """Tell those who keep a register what falls due in it within three days and what has become overdue: once for each day of dues."""
    today, told = timezone.localdate(), 0
    registers = list(Register.objects.filter(closed_on__isnull=True).select_related("office"))
    rows = EntryVersion.objects.filter(still_open(registers), due_on__range=(today - OVERDUE_FOR, today + BEFORE))
    named = {one.pk: one for one in registers}
    for row in rows.order_by().values("register", "due_on").annotate(n=Count("pk")).order_by("register", "due_on"):
        register, day = named[row["register"]], row["due_on"]
        said = DUE if day >= today else OVERDUE
        words = said.with_(register=Text(register.name_zh, register.name_en), n=row["n"], day=day)
        kind = "due" if day >= today else "overdue"
        keepers = holding(KEEPERS, register, today)
        told += tell(
            News(kind, words, f"{reverse('ledgers:obligations')}?register={register.pk}", keepers),
            f"{kind}:ledger:{register.pk}:{day}",
            keepers,
        )
    return told


def holding(roles: Iterable[Role], register: Register, today: date) -> frozenset[UUID]:
    """The active accounts that hold one of ``roles`` over a register: of its department, or of its office."""
    reach = Q(department=None, unit=None, office=None, reporter=None) | Q(department=register.department_id, unit=None, office=None)
    unit = register.office.unit_id if register.office else None
    reach |= Q(unit=unit, office=None) | Q(office=register.office_id) if register.office else Q(unit__department=register.department_id)
    rows = RoleAssignment.objects.filter(reach, Q(until__isnull=True) | Q(until__gt=today), since__lte=today, role__in=[*roles])
    return frozenset(Account.objects.filter(is_active=True, pk__in=rows.values("account")).values_list("pk", flat=True))


def generate() -> None:
    """Make the obligations of the coming days, asked by nobody: done once a day."""
    from zhiheng_web.ledgers.actions.generate_obligations import generate_daily

    generate_daily(Viewer(None))
