"""提出纠偏措施: what is done about a lagging indicator, by whom and by when; followed until it is closed, with the rectifications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhiheng_web.evaluation.models import RectificationItem, RectificationStep
from zhiheng_web.evaluation.monitoring.standing import refuse_unless_open, row_for, scopes_of
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.planning.circulation.standing import deciders
from zhiheng_web.planning.policies import SECOND_PERSONS
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

LONGEST_NAME = 50


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrective action: the problem, what is done, who answers for it (an account, or a name where he has none), by when."""

    problem: str
    measure: str
    due_on: date
    responsible: str = ""
    account: UUID | None = None


@action("evaluation.open_correction")
def open_correction(viewer: Viewer, row: UUID, correction: Correction) -> Done[RectificationItem]:
    """Open it from a row of a report. The report itself stays as it is, so a submitted one can have it too; a closed round cannot."""
    found = row_for(viewer, row, lock=True)
    scope = scopes_of(found.report, [found])[found.pk]
    authorise(viewer, "evaluation.open_correction", scope)
    found.report.round.refresh_from_db(fields=["opened_at", "closed_at"])
    refuse_unless_open(found.report.round)
    account = _responsible(viewer, correction, scope)
    _fit(viewer, correction)
    position = RectificationItem.objects.filter(table=found.report.table_id).count() + 1
    item = RectificationItem.objects.create(
        table=found.report.table, monitoring_row=found, indicator_id=found.indicator_id, position=position,
        problem=correction.problem.strip(), measure=correction.measure.strip(), due_on=correction.due_on,
        responsible=account.name if account else correction.responsible.strip(), responsible_account=account,
        office_id=min(scope.offices, key=str) if len(scope.offices) == 1 else None, opened_by=viewer.account, opened_at=viewer.now(),
    )  # fmt: skip
    RectificationStep.objects.create(item=item, kind=RectificationStep.Kind.MEASURE, text=item.measure, by=viewer.account, at=viewer.now())
    details = {"row": found.indicator_row.name, "measure": item.measure, "responsible": item.responsible, "due_on": str(item.due_on)}
    return Done(
        item, "evaluation.RectificationItem", str(item.pk), found.indicator_row.name, str(found.report.round.department_id),
        after=digest_of([item.problem, *details.values()]), details=details,
    )  # fmt: skip


def responsible_persons(viewer: Viewer, row_scope: Scope) -> frozenset[UUID]:
    """The accounts that may answer for a correction: those who fill in, lead or head what the row belongs to."""
    return frozenset().union(*deciders(SECOND_PERSONS, row_scope, viewer.today(), set()).values())


def _responsible(viewer: Viewer, correction: Correction, scope: Scope) -> Account | None:
    if correction.account is None:
        return None
    if correction.account not in responsible_persons(viewer, scope):
        wrong = Text("责任人须是本部门承办该项工作的人员。", "The person responsible must work on this in the department.")
        raise Invalid("responsible_unfit", wrong, {"account": wrong})
    return Account.objects.get(pk=correction.account)


def _fit(viewer: Viewer, correction: Correction) -> None:
    words = {"problem": correction.problem, "measure": correction.measure, "responsible": correction.responsible}
    refuse_unfit_words(words)
    wrong: dict[str, Text] = {}
    if not correction.problem.strip():
        wrong["problem"] = Text("请写明问题。", "Say what the problem is.")
    if not correction.measure.strip():
        wrong["measure"] = Text("请写明纠偏措施。", "Say what is done about it.")
    if correction.account is None and not correction.responsible.strip():
        wrong["responsible"] = Text("请指定责任人。", "Name who answers for it.")
    if len(correction.responsible) > LONGEST_NAME:
        wrong["responsible"] = Text(f"责任人最多 {LONGEST_NAME} 字。", f"A name has {LONGEST_NAME} letters at most.")
    if correction.due_on < viewer.today():
        wrong["due_on"] = Text("完成期限不能早于今天。", "The day to be done by cannot lie in the past.")
    if wrong:
        raise Invalid("correction_unfit", next(iter(wrong.values())), wrong)
