"""调整自评分值: points of rows that have none yet, or others than the approved ones, which needs a reason that is shown."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from zhiheng_web.evaluation.changing import Change, said_before, said_now
from zhiheng_web.evaluation.loading import EDITED, ROW, done_with, edited, filled, opened
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationRow
from zhiheng_web.evaluation.policies.self_evaluation import table_scope
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.set_weights import possible
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.trail.action import Conflict, Done, Invalid, action
from zhiheng_web.wording import Text

BAD = Text("“{name}”：分值应为 0 至 100，最多 4 位小数。", "“{name}”: points lie between 0 and 100, with at most 4 decimal places.")
WHY = Text("“{name}”的分值与批复的 {points} 分不同，请写明理由。", "“{name}” has other points than the {points} approved: say why.")
CHANGED = Text(
    "“{name}”的分值刚被他人修改，您的修改未保存。请核对后重填。", "Somebody has just changed the points of “{name}”; yours are not saved."
)


@action("evaluation.set_points", steps=("self_evaluate",))
def set_points(
    viewer: Viewer,
    self_evaluation: UUID,
    points: Mapping[UUID, Decimal | None],
    reasons: Mapping[UUID, str],
    seen: Mapping[UUID, Decimal | None],
) -> Done[SelfEvaluation]:
    """Set the points of these rows. ``seen`` is what stood there when the person began. Their sum is asked for at submission."""
    one = opened(viewer, self_evaluation)
    authorise(viewer, "evaluation.set_points", table_scope(one.table))
    held = filled(one)
    places = {row.pk: index for index, row in enumerate(held.rows)}
    if set(points) - set(places):
        raise absent(ROW)
    changed: list[Change] = []
    for pk, wanted in points.items():
        row, approved = held.rows[places[pk]], held.approved[places[pk]]
        reason = reasons.get(pk, row.points_reason).strip()
        if row.points == wanted and row.points_reason == reason:
            continue
        refuse_wrong(row, wanted, approved, reason, seen.get(pk, row.points))
        told = reason if wanted != approved and approved is not None else ""
        old = points_text(row.points)
        changed.append(Change(str(pk), row.indicator_row.name, "points", old, points_text(wanted), told, row.points_reason))
        row.points, row.points_reason = wanted, told
        edited(viewer, one, row)
        row.save(update_fields=["points", "points_reason", *EDITED])
    details = {"rows": len(changed), "changed": [each.told() for each in changed]}
    return done_with(one, one, before=said_before(changed), after=said_now(changed), details=details, nothing=not changed)


def points_text(points: Decimal | None) -> str:
    """Points as the trail tells them; '' where none are set."""
    return "" if points is None else f"{points.normalize():f}"


def refuse_wrong(row: SelfEvaluationRow, wanted: Decimal | None, approved: Decimal | None, reason: str, seen: Decimal | None) -> None:
    """Points that cannot be, approved ones changed without a reason, or a row that another changed meanwhile."""
    name = row.indicator_row.name
    refuse_unfit_words({"points_reason": reason})
    if row.points not in (seen, wanted):
        raise Conflict("row_changed", CHANGED.with_(name=name), {"row": str(row.pk), "points": str(row.points)})
    if wanted is not None and not possible(wanted):
        raise Invalid("points_wrong", BAD.with_(name=name), {f"points-{row.pk}": BAD.with_(name=name)})
    if approved is not None and wanted != approved and not reason:
        text = WHY.with_(name=name, points=f"{approved.normalize():f}")
        raise Invalid("points_reason_missing", text, {f"why-{row.pk}": text})
