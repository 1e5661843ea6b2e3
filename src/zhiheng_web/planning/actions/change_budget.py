"""登记预算调整: a budget line gets more or less in the year, with its reason and document. The line itself never changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from zhiheng.audit.money import printed
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.actions.keep_budget_line import amount_in_yuan
from zhiheng_web.planning.models import BudgetChange
from zhiheng_web.planning.money.projects import line_for, said, written
from zhiheng_web.planning.policies import project_scope
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text


@action("planning.change_budget")
def change_budget(viewer: Viewer, line: UUID, on: date, amount: Decimal, reason: str, document: str) -> Done[BudgetChange]:
    """Add ``amount`` (元; below 0 takes away) to the line from ``on``. On no day may the budget fall below 0."""
    row = line_for(viewer, line)
    scope = project_scope(row.project) if row.project else Scope(row.unit.department_id, row.unit_id)
    authorise(viewer, "planning.change_budget", scope)
    amount_in_yuan(amount, "amount", negative=True)
    written([("reason", reason, REASON), ("document", document, DOCUMENT)], needed=("reason", "document"))
    if amount == 0:
        raise Invalid("amount", NOTHING, {"amount": NOTHING})
    if on.year != row.year:
        text = Text("调整日期应在 {year} 年内。", "The day must lie in {year}.").with_(year=row.year)
        raise Invalid("on", text, {"on": text})
    lowest = _lowest(row.initial, [*row.changes.values_list("on", "amount"), (on, amount)])
    if lowest < 0:
        text = Text("调整后预算会小于 0（{amount} 万元）。", "The budget would fall below 0 ({amount}, 10k yuan).").with_(
            amount=printed(lowest / 10_000)
        )
        raise Invalid("below_zero", text, {"amount": text})
    change = BudgetChange.objects.create(
        line=row, on=on, amount=amount, reason=reason.strip(), document=document.strip(), made_by=viewer.account
    )
    return Done(
        change,
        "planning.BudgetChange",
        str(change.pk),
        str(row.project or row.unit),
        str(row.unit.department_id),
        after=said(change, "line_id", "on", "amount", "reason", "document"),
        details={"line": str(row.pk), "on": str(on), "amount": str(amount), "document": change.document},
    )


def _lowest(initial: Decimal, changes: list[tuple[date, Decimal]]) -> Decimal:
    """The least that the budget is on the evening of any day."""
    days = sorted({on for on, _ in changes})
    return min(initial + sum((amount for on, amount in changes if on <= day), Decimal(0)) for day in days)


REASON, DOCUMENT = Text("调整理由", "reason"), Text("依据文件", "document")
NOTHING = Text("调整金额不能是 0。", "An adjustment of 0 changes nothing.")
