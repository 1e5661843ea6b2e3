"""调整评价指标分值: the organiser weighs the items of an evaluation before it is marked; they keep the sum of the index system."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from zhiheng_web.evaluation.evaluating.lookup import organised, watched
from zhiheng_web.evaluation.evaluating.marking import shown, system_of
from zhiheng_web.evaluation.evaluating.recording import digest_state, done, invalid
from zhiheng_web.evaluation.models import Evaluation, IndexItem
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

RANGE = Text("“{name}”的分值须大于 0，最多两位小数。", "“{name}” needs more than 0 points, with two places at most.")
SUM = Text("分值合计应为 {whole} 分，现为 {sum} 分。", "The points must add up to {whole}; they add up to {sum}.")


@watched
@action("evaluation.weigh_items", steps=("evaluate",))
def weigh_items(viewer: Viewer, evaluation: UUID, points: Mapping[UUID, Decimal]) -> Done[Evaluation]:
    """Set the points of items; those that are not named keep theirs."""
    found = organised(viewer, evaluation, "weigh_items")
    before = digest_state(found)
    items = list(found.items.order_by("position"))
    changed: list[IndexItem] = []
    for item in items:
        full = points.get(item.pk, item.full)
        if not full.is_finite() or full <= 0 or full != full.quantize(Decimal("0.01")):
            raise invalid(f"item-{item.pk}", RANGE.with_(name=item.name))
        if full != item.full:
            item.full = full
            changed.append(item)
    whole, given = system_of(found).whole, sum((Fraction(item.full) for item in items), Fraction(0))
    if given != whole:
        text = SUM.with_(whole=whole, sum=shown(sum((item.full for item in items), Decimal(0))))
        raise Invalid("sum", text, {f"item-{item.pk}": text for item in changed})
    IndexItem.objects.bulk_update(changed, ["full"])
    return done(found, found, before, {"points": {item.name: shown(item.full) for item in changed}}, nothing=not changed)
