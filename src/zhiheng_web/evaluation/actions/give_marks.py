"""评分: each evaluator marks by himself and hands in; until then nobody sees his marks, and he sees nobody's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from zhiheng_web.evaluation.evaluating.lookup import evaluation_for, seat_for, text_of, watched
from zhiheng_web.evaluation.evaluating.marking import shown
from zhiheng_web.evaluation.evaluating.recording import words
from zhiheng_web.evaluation.evaluating.steps import refuse_unless
from zhiheng_web.evaluation.models import Evaluation, Evaluator, IndexItem, Mark
from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Conflict, Done, Invalid, Refusal, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

UNDECLARED = Text("请先声明有无利益冲突，再评分。", "Declare first whether you have a conflict of interests.")
HANDED_IN = Text("您的评分已提交，不能再改。", "Your marks are handed in and cannot be changed.")
RANGE = Text("“{name}”的得分应在 0 到 {full} 分之间，最多两位小数。", "“{name}”: the points lie between 0 and {full}, two places at most.")
CHANGED = Text("您的评分在另一个窗口中已改动，请核对后再保存。", "Your marks were changed in another window: look at them and save again.")
LACKING = Text("还有 {n} 项没有评分：{names}。", "{n} items have no mark yet: {names}.")
WHY = Text("“{name}”评为不适用，请说明理由。", "“{name}” is marked as not applicable: say why.")


@dataclass(frozen=True, slots=True)
class Given:
    """What is given to one item. ``points`` None without ``not_applicable``: not marked yet."""

    points: Decimal | None
    not_applicable: bool = False
    remark: str = ""


@watched
@action("evaluation.give_marks", steps=("evaluate",))
def give_marks(viewer: Viewer, evaluation: UUID, given: Mapping[UUID, Given], edits: int | None = None) -> Done[Evaluator]:
    """Save marks as far as they are given. ``edits`` is the count that the person saw; the trail keeps a digest and no points."""
    found, seat = _own(viewer, evaluation, "give_marks")
    before = digest_of(_lines(seat))
    _save(found, seat, given, edits)
    after = digest_of(_lines(seat))
    if before != after:
        seat.edits += 1
        seat.save(update_fields=["edits"])
    return _done(found, seat, before, {"items": len(given)}, nothing=before == after)


@watched
@action("evaluation.hand_in_marks", steps=("evaluate",))
def hand_in_marks(viewer: Viewer, evaluation: UUID, given: Mapping[UUID, Given] | None = None, edits: int | None = None) -> Done[Evaluator]:
    """Save what is given and hand in one's marks: every item has one. They are final, and others who have handed in see them now."""
    found, seat = _own(viewer, evaluation, "hand_in_marks")
    before = digest_of(_lines(seat))
    _save(found, seat, given or {}, edits)
    marked = set(Mark.objects.filter(evaluator=seat).values_list("item", flat=True))
    lacking = [item.name for item in found.items.order_by("position") if item.pk not in marked]
    if lacking:
        more = len(lacking) > 5
        names = Text("、".join(lacking[:5]) + ("等" if more else ""), ", ".join(lacking[:5]) + ("…" if more else ""))
        raise Refusal("marks_lacking", LACKING.with_(n=len(lacking), names=names))
    seat.handed_in_at = viewer.now()
    seat.edits += 1
    seat.save(update_fields=["handed_in_at", "edits"])
    return _done(found, seat, before, {"handed_in": True})


def _save(found: Evaluation, seat: Evaluator, given: Mapping[UUID, Given], edits: int | None) -> None:
    if edits is not None and edits != seat.edits:
        raise Conflict("marks_changed", CHANGED, {"edits": seat.edits})
    items = {item.pk: item for item in IndexItem.objects.filter(evaluation=found)}
    if set(given) - set(items):
        raise absent(Text("该评价指标", "this item"))
    _refuse_unfit(items, given)
    standing = {mark.item_id: mark for mark in Mark.objects.filter(evaluator=seat)}
    for item, one in given.items():
        _keep(seat, items[item], one, standing.get(item))


def _done(found: Evaluation, seat: Evaluator, before: str, details: dict[str, object], *, nothing: bool = False) -> Done[Evaluator]:
    """The trail keeps digests of marks and no points: who reads it may be an evaluator himself."""
    department, after = str(found.table.unit.department_id), digest_of(_lines(seat))
    return Done(seat, "evaluation.Evaluator", str(seat.pk), found.name, department, before, after, details, nothing=nothing)


def _own(viewer: Viewer, evaluation: UUID, step: str) -> tuple[Evaluation, Evaluator]:
    """The evaluation and the viewer's own seat, held; evaluators do not wait for each other: only the seat is locked."""
    found = evaluation_for(viewer, evaluation)
    seat = seat_for(viewer, found, lock=True)
    refuse_unless(found, step, text_of(step))
    if seat.declared_at is None:
        raise Refusal("undeclared", UNDECLARED)
    if seat.handed_in_at is not None:
        raise Refusal("handed_in", HANDED_IN)
    return found, seat


def _lines(seat: Evaluator) -> list[str]:
    return [f"{mark.item_id} {shown(mark.points) or 'n/a'} {mark.remark}" for mark in Mark.objects.filter(evaluator=seat)]


def _refuse_unfit(items: Mapping[UUID, IndexItem], given: Mapping[UUID, Given]) -> None:
    faults = {}
    for key, one in given.items():
        words({}, remark=one.remark)
        points, full = one.points, items[key].full
        if points is not None and (not points.is_finite() or not 0 <= points <= full or points != points.quantize(Decimal("0.01"))):
            faults[f"points-{key}"] = RANGE.with_(name=items[key].name, full=shown(full))
        if one.not_applicable and not one.remark.strip():
            faults[f"remark-{key}"] = WHY.with_(name=items[key].name)
    if faults:
        raise Invalid("invalid", next(iter(faults.values())), faults)


def _keep(seat: Evaluator, item: IndexItem, one: Given, standing: Mark | None) -> None:
    if one.points is None and not one.not_applicable:
        if standing is not None:
            standing.delete()  # a draft of his own that nobody has seen: it was no mark yet
        return
    mark = standing or Mark(item=item, evaluator=seat)
    mark.points, mark.remark = None if one.not_applicable else one.points, one.remark.strip()
    mark.save()
