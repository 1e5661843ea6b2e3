"""What planning knows to be open of a person or an office: see organisation.open_work."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from zhiheng.plan.procedure import EDITABLE, ROLE_NAMES, Role
from zhiheng_web.organisation.models import Account, Office
from zhiheng_web.organisation.open_work import OpenWork
from zhiheng_web.organisation.viewer import viewer_of
from zhiheng_web.planning.models import Circulation, DutyHolding, TableVersion
from zhiheng_web.planning.policies import scope_of
from zhiheng_web.wording import Text

SENT_BACK = Text("{table}：由其送审，现{state}", "{table}: submitted by them, now {state}")
DECIDES = Text("{table}：等待{role}审核", "{table}: waits for the {role}")
DUTY = Text("职责“{duty}”", "the duty {duty}")
STATES = {"returned": Text("被退回", "returned"), "draft": Text("待送审", "a draft")}


def open_work_of_account(account: Account) -> Iterator[OpenWork]:
    """Tables that the person submitted and that came back, and tables that wait for a role the person holds."""
    mine = TableVersion.objects.filter(state__in=EDITABLE, circulations__submitted_by=account).distinct()
    for version in mine.select_related("table__unit__department"):
        words = SENT_BACK.with_(table=str(version.table), state=STATES[version.state])
        yield OpenWork(words, reverse("planning:version", args=[version.pk]))
    viewer = viewer_of(account, timezone.localdate())
    waiting = Circulation.objects.filter(ended_at__isnull=True, checkpoint_role__in=viewer.roles)
    for circulation in waiting.select_related("version__table__unit__department"):
        role = Role(circulation.checkpoint_role)
        if viewer.holds([role], scope_of(circulation.version.table)):
            words = DECIDES.with_(table=str(circulation.version.table), role=Text(*ROLE_NAMES[role]))
            yield OpenWork(words, reverse("planning:version", args=[circulation.version_id]))


def open_work_in_office(office: Office) -> Iterator[OpenWork]:
    """Duties that the office answers for from now on."""
    for holding in DutyHolding.objects.filter(office=office, until__isnull=True).select_related("duty"):
        yield OpenWork(DUTY.with_(duty=holding.duty.name), reverse("planning:duties"))
