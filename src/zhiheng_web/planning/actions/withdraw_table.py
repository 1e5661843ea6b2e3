"""撤回: who submitted a version takes it back, while nobody outside the department has decided on it."""

from __future__ import annotations

from uuid import UUID

from zhiheng.plan.procedure import FINANCE_ROLES, State, permitted
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.refusing import lacking, refusal, refuse_unfit_words
from zhiheng_web.planning.circulation.standing import WITHDRAWN, standing
from zhiheng_web.planning.models import Decision, TableVersion
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.versions import done_with
from zhiheng_web.trail.action import Done, Forbidden, Refusal, action
from zhiheng_web.wording import Text


@action("planning.withdraw_table", steps=("withdraw",))
def withdraw_table(viewer: Viewer, version: UUID, reason: str) -> Done[TableVersion]:
    """Take the version back into draft, with a reason."""
    found = version_for(viewer, version, lock=True)
    stands = standing(found, lock=True)
    authorise(viewer, "planning.withdraw_table", stands.scope)
    refused = permitted("withdraw", State(found.state), viewer.roles_over(stands.scope))
    if refused is not None:
        raise refusal(refused)
    circulation, checkpoint = stands.circulation, stands.checkpoint
    if viewer.account is None or circulation.submitted_by_id != viewer.account.pk:
        raise Forbidden(
            "not_the_sender",
            Text(
                f"只有送审人（{circulation.submitted_by}）可以撤回；审核环节可以退回。",
                f"Only who submitted it ({circulation.submitted_by}) may withdraw it; a checkpoint may return it.",
            ),
        )
    if any(row.checkpoint_role in FINANCE_ROLES for row in stands.decisions):
        raise Refusal(
            "decided_outside",
            Text("财政部门已经审核，不能撤回；需要修改请联系财政部门退回。", "Finance has decided already: ask finance to return it."),
        )
    if not reason.strip():
        raise lacking(["reason"], {})
    refuse_unfit_words({"reason": reason})
    Decision.objects.create(
        circulation=circulation,
        turn=circulation.turn,
        checkpoint_code=checkpoint.code,
        checkpoint_zh=checkpoint.zh,
        checkpoint_en=checkpoint.en,
        outcome=WITHDRAWN,
        opinion=reason.strip(),
        decided_by=viewer.account,
        decided_at=viewer.now(),
    )
    circulation.turn += 1
    circulation.position, circulation.checkpoint_role, circulation.due_on = None, "", None
    circulation.ended_at = viewer.now()
    circulation.save()
    found.state = State.DRAFT.value
    found.save(update_fields=["state"])
    return done_with(
        found,
        found,
        before=circulation.digest,
        after=circulation.digest,
        details={"reason": reason.strip(), "checkpoint": checkpoint.code, "state": found.state},
    )
