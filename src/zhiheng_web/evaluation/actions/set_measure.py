"""制定整改措施: what is done about a problem, who answers for it, and by when at the latest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhiheng_web.evaluation.actions.open_correction import responsible_persons
from zhiheng_web.evaluation.models import RectificationItem
from zhiheng_web.evaluation.policies.rectification import authorise_work, item_for, scope_of
from zhiheng_web.evaluation.rectifying import (
    MEASURE,
    RESPONSIBLE,
    Kind,
    State,
    digest,
    done,
    needed,
    refuse_if_changed,
    refuse_unless,
    step_of,
)
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

LATER = Text("期限只能提前；延期由下达整改的一方同意。", "The day can only be brought forward; who asked for it agrees to more time.")
PAST = Text("期限不能早于今天。", "The day cannot lie in the past.")
UNFIT = Text("责任人须是本部门承办该项工作的人员。", "The person responsible must work on this in the department.")
LONG = Text("责任人不超过 50 字。", "A name has at most 50 characters.")


@dataclass(frozen=True, slots=True)
class Measure:
    """What is done, by whom (an account, or a name where he has none) and by when; ``due_on`` None leaves the day."""

    text: str
    responsible: str = ""
    account: UUID | None = None
    due_on: date | None = None


@action("evaluation.set_measure", steps=("rectify",))
def set_measure(viewer: Viewer, item: UUID, measure: Measure, edits: int | None = None) -> Done[RectificationItem]:
    """Set the measure, or set it anew; what was set before stays among the steps."""
    row = item_for(viewer, item, lock=True)
    authorise_work(viewer, "evaluation.set_measure", row)
    refuse_unless(row, State.OPEN)
    refuse_if_changed(row, edits)
    before = digest(row)
    row.measure = needed("measure", measure.text, MEASURE)
    account = _account(viewer, row, measure)
    row.responsible = account.name if account else needed("responsible", measure.responsible, RESPONSIBLE)
    if len(row.responsible) > 50:
        raise Invalid("invalid", LONG, {"responsible": LONG})
    row.responsible_account = account
    if measure.due_on is not None and measure.due_on != row.due_on:
        wrong = LATER if measure.due_on > row.due_on else PAST if measure.due_on < viewer.today() else None
        if wrong is not None:
            raise Invalid("invalid", wrong, {"due_on": wrong})
        row.due_on = measure.due_on
    step_of(viewer, row, Kind.MEASURE, f"{row.measure}（{row.responsible}，{row.due_on}）")
    return done(row, before, {"measure": row.measure, "responsible": row.responsible, "due_on": str(row.due_on)})


def _account(viewer: Viewer, row: RectificationItem, measure: Measure) -> Account | None:
    if measure.account is None:
        return None
    if measure.account not in responsible_persons(viewer, scope_of(row)) and measure.account != row.responsible_account_id:
        raise Invalid("responsible_unfit", UNFIT, {"account": UNFIT})
    return Account.objects.get(pk=measure.account)
