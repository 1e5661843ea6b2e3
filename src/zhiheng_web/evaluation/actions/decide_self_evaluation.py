"""认定或退回自评: finance accepts what was submitted, which closes the year of the table, or returns it with an opinion."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.evaluation.loading import done_with, self_evaluation_for
from zhiheng_web.evaluation.models import SelfEvaluation
from zhiheng_web.evaluation.policies.self_evaluation import table_scope
from zhiheng_web.evaluation.rescoring import reproduces
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.planning.models import PerformanceTable
from zhiheng_web.trail.action import Conflict, Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

NOT_SUBMITTED = Text("该自评表不在待认定状态。", "This self-evaluation does not wait for a decision.")
OPINION = Text("退回须写明意见。", "Returning needs an opinion.")
SAME = Text("报送人不能认定自己报送的自评。", "Who submitted a self-evaluation does not accept it.")
DIFFERS = Text(
    "留存内容与摘要不符，或重算结果不同，不能认定。请退回并联系系统管理员。",
    "What was kept does not fit its digest, or scores differently: it cannot be accepted. Return it and tell the administrator.",
)
CHANGED = Text("您查看后该自评表已有变化，请重新核对。", "It has changed since you looked: look at it again.")


@action("evaluation.decide_self_evaluation", steps=("self_evaluate",))
def decide_self_evaluation(viewer: Viewer, self_evaluation: UUID, accept: bool, opinion: str, seen: str = "") -> Done[SelfEvaluation]:
    """Accept or return. ``seen`` is the digest that the person looked at."""
    one = self_evaluation_for(viewer, self_evaluation, lock=True)
    authorise(viewer, "evaluation.decide_self_evaluation", table_scope(one.table))
    if one.state != SelfEvaluation.State.SUBMITTED:
        raise Refusal("not_submitted", NOT_SUBMITTED)
    if seen and seen != one.digest:
        raise Conflict("self_evaluation_changed", CHANGED, {"digest": one.digest})
    if viewer.account is not None and one.submitted_by_id == viewer.account.pk:
        raise Refusal("same_person", SAME)
    opinion = opinion.strip()
    refuse_unfit_words({"opinion": opinion})
    if not accept and not opinion:
        raise Invalid("opinion_missing", OPINION, {"opinion": OPINION})
    if accept and not reproduces(one.frozen or {}, one.digest):
        raise Refusal("not_reproduced", DIFFERS)
    one.state = SelfEvaluation.State.ACCEPTED if accept else SelfEvaluation.State.RETURNED
    one.opinion, one.decided_by, one.decided_at = opinion, viewer.account, viewer.now()
    one.save(update_fields=["state", "opinion", "decided_by", "decided_at"])
    if accept:
        PerformanceTable.objects.filter(pk=one.table_id, closed_at__isnull=True).update(closed_at=viewer.now())
    details = {"accepted": accept, "opinion": opinion, "total": str(one.total), "grade": one.grade}
    return done_with(one, one, before=one.digest, after=one.digest, details=details)
