"""评定定性指标: a person gives the tier, the points within it and what they rest on, where no figure can say it."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from zhiheng.scoring.observation import Rated
from zhiheng.scoring.outcome import NotScored
from zhiheng.scoring.scorecard import Blocked
from zhiheng.scoring.states import rated
from zhiheng_web.evaluation.demanding import reason_text
from zhiheng_web.evaluation.judging import judgeable, weight_of
from zhiheng_web.evaluation.loading import EDITED, ROW, Filled, done_with, edited, filled, opened
from zhiheng_web.evaluation.models import SelfEvaluationRow
from zhiheng_web.evaluation.policies.self_evaluation import scopes_of
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.set_weights import possible
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.trail.action import Conflict, Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

HAS_FIGURE = Text(
    "“{name}”有实际完成值，按公式计分，不由人评定。确需改分的，请办理“人工改分”。",
    "“{name}” has a figure and is scored by formula, not judged. To change its score use an override.",
)
NO_POINTS = Text("“{name}”还没有分值，请先设置分值。", "“{name}” has no points yet: set them first.")
BASIS = Text("请写明评定依据。", "Say what the judgement rests on.")
WRONG = Text("请选择档次并填写得分：{reason}。", "Choose a tier and give points: {reason}.")
BOTH = Text("档次和得分都要填写", "both are needed")
CHANGED = Text("他人刚改过这一行，您的评定没有保存，请核对后重填。", "Somebody has just changed this row; your judgement is not saved.")


@action("evaluation.judge_row", steps=("self_evaluate",))
def judge_row(
    viewer: Viewer, self_evaluation: UUID, row_id: UUID, tier: int | None, points: Decimal | None, basis: str, edits: int
) -> Done[SelfEvaluationRow]:
    """Judge a row; tier and points None takes the judgement back. ``edits`` is the row's count when the person looked."""
    one = opened(viewer, self_evaluation)
    held = filled(one)
    place = next((index for index, row in enumerate(held.rows) if row.pk == row_id), None)
    if place is None:
        raise absent(ROW)
    row = held.rows[place]
    authorise(viewer, "evaluation.judge_row", scopes_of(one, [row])[row.pk])
    if row.edits != edits:
        raise Conflict("row_changed", CHANGED, {"edits": row.edits})
    before = [row.tier, str(row.judged), row.judged_basis]
    basis = basis.strip()
    refuse_unfit_words({"judged_basis": basis})
    if tier is None and points is None:
        row.tier, row.judged, row.judged_basis, row.judged_by = None, None, "", None
    else:
        refuse_wrong(held, place, tier, points, basis)
        row.tier, row.judged, row.judged_basis, row.judged_by = tier, points, basis, viewer.account
    edited(viewer, one, row)
    row.save(update_fields=["tier", "judged", "judged_basis", "judged_by", *EDITED])
    after = [row.tier, str(row.judged), row.judged_basis]
    return done_with(one, row, before=before, after=after, details={"row": row.indicator_row.name, "tier": tier, "points": str(points)})


def refuse_wrong(held: Filled, place: int, tier: int | None, points: Decimal | None, basis: str) -> None:
    """A row with a figure, points outside the tier, no basis."""
    row = held.rows[place]
    name = row.indicator_row.name
    if row.points is None:
        raise Refusal("no_points", NO_POINTS.with_(name=name))
    if not judgeable(held, place):
        raise Refusal("row_has_figure", HAS_FIGURE.with_(name=name))
    if tier is None or points is None or not possible(points):
        raise Invalid("judgement_wrong", WRONG.with_(reason=BOTH), {"judged": BOTH})
    found = rated(Rated(tier, points), weight_of(held, place), held.scheme)
    if isinstance(found, NotScored):
        reason = reason_text(Blocked(place, name, found.reason, found.parameters))
        raise Invalid("judgement_wrong", WRONG.with_(reason=reason), {"judged": reason})
    if not basis:
        raise Invalid("basis_missing", BASIS, {"judged_basis": BASIS})
