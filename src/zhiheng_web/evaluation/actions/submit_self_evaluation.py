"""报送自评: everything that is wanted is there; scheme, points, values, money, overrides and the card with every step are kept."""

from __future__ import annotations

from uuid import UUID

from zhiheng.scoring.scorecard import Refusal as NoScore
from zhiheng_web.evaluation.auditing import findings
from zhiheng_web.evaluation.demanding import demands, left, whole
from zhiheng_web.evaluation.ground import Scored
from zhiheng_web.evaluation.keeping import digest
from zhiheng_web.evaluation.loading import Filled, done_with, filled, opened
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationFund, SelfEvaluationRow
from zhiheng_web.evaluation.policies.self_evaluation import table_scope
from zhiheng_web.evaluation.rescoring import frozen_of
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Conflict, Done, Refusal, action
from zhiheng_web.wording import Text

LACKING = Text("还差 {n} 项，不能报送。首先：{first}。", "{n} things are missing before it can be submitted. First: {first}.")
WRONG = Text("有 {n} 个必须改正的问题，不能报送。首先：{first}", "{n} errors must be mended before it can be submitted. First: {first}")
OPEN = Text("还有待评定或数据未到的行，没有总分，不能报送。", "Some rows are still open, so there is no total: it cannot be submitted.")
CHANGED = Text(
    "您核对后总分已由 {seen} 变为 {now}，没有报送。请重新核对。",
    "Since you looked the total went from {seen} to {now}; nothing was submitted. Look at it again.",
)


@action("evaluation.submit_self_evaluation", steps=("self_evaluate",))
def submit_self_evaluation(viewer: Viewer, self_evaluation: UUID, seen: str = "") -> Done[SelfEvaluation]:
    """Freeze and hand in. ``seen`` is the total that the person looked at: another one is a Conflict."""
    one = opened(viewer, self_evaluation)
    authorise(viewer, "evaluation.submit_self_evaluation", table_scope(one.table))
    held = filled(one)
    scored = complete(held)
    if seen and f"{scored.card.total:f}" != seen:
        raise Conflict("total_changed", CHANGED.with_(seen=seen, now=scored.card.total), {"total": f"{scored.card.total:f}"})
    one.frozen = frozen_of(held, scored)
    one.digest, one.state = digest(one.frozen), SelfEvaluation.State.SUBMITTED
    one.total, one.ceiling, one.grade = scored.card.total, scored.card.ceiling, scored.card.grade
    one.submitted_by, one.submitted_at, one.decided_by, one.decided_at = viewer.account, viewer.now(), None, None
    one.save()
    keep_rows(held, scored)
    keep_money(held)
    details = {"total": str(one.total), "grade": one.grade, "overrides": len(scored.overridden)}
    return done_with(one, one, after=one.digest, details=details)


def complete(held: Filled) -> Scored:
    """The card, if nothing is missing and nothing is wrong."""
    scored = held.scored
    todos, rows = whole(held, scored), demands(held, scored)
    if number := left(todos, rows):
        index = min(rows, default=None)
        first = todos[0].text if todos else Text("“{name}”{what}", "“{name}”: {what}").with_(
            name=held.rows[index].indicator_row.name, what=rows[index][0].text
        )  # fmt: skip
        raise Refusal("self_evaluation_incomplete", LACKING.with_(n=number, first=first))
    if isinstance(scored, NoScore) or scored.card.total is None:
        raise Refusal("self_evaluation_open", OPEN)
    wrong = [one for one in findings(held, scored) if one.blocks]
    if wrong:
        raise Refusal("self_evaluation_wrong", WRONG.with_(n=len(wrong), first=wrong[0].text))
    return scored


def keep_rows(held: Filled, scored: Scored) -> None:
    """What each row got, beside it, so that lists need not open what was frozen."""
    scores = {row.index: row for row in scored.card.rows}
    for index, row in enumerate(held.rows):
        own = scores.get(index)
        row.score, row.state = (own.points, own.state) if own is not None else (None, "")
    SelfEvaluationRow.objects.bulk_update(held.rows, ["score", "state"], batch_size=500)


def keep_money(held: Filled) -> None:
    """The money as submitted, in the place of an earlier submission's."""
    SelfEvaluationFund.objects.filter(self_evaluation=held.evaluation).delete()
    SelfEvaluationFund.objects.bulk_create(
        SelfEvaluationFund(
            self_evaluation=held.evaluation,
            source=line.source,
            initial=line.initial,
            budget=line.budget,
            executed=line.executed,
            until=line.until,
        )
        for line in held.funds
    )
