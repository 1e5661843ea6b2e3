"""What the ledgers put on the work list: entries to confirm, entries that came back, obligations that are due."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from zhiheng.plan.procedure import Role
from zhiheng_web.ledgers.queries.obligations import Waiting, waiting_of
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.tasks.worklist import Task
from zhiheng_web.wording import Text

KINDS = {
    "ledger_confirm": Text("确认台账", "Confirm entries"),
    "ledger_mend": Text("更正退回的台账", "Mend returned entries"),
    "ledger_due": Text("应办事项", "Obligations"),
}


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


def generate() -> None:
    """Make the obligations of the coming days, asked by nobody: done once a day."""
    from zhiheng_web.ledgers.actions.generate_obligations import generate_daily

    generate_daily(Viewer(None))
