"""填写评价情况: what was found of an item, and what came of its hearing where the panel was too far apart."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from zhiheng_web.evaluation.actions.request_material import at_work
from zhiheng_web.evaluation.evaluating.lookup import evaluation_for, watched
from zhiheng_web.evaluation.evaluating.recording import digest_state, done, words
from zhiheng_web.evaluation.evaluating.sight import sight_of
from zhiheng_web.evaluation.models import Evaluation
from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

STILL_MARKS = Text("请先提交自己的评分，再填写评价情况。", "Hand in your own marks first.")


@watched
@action("evaluation.write_finding", steps=("evaluate",))
def write_finding(viewer: Viewer, evaluation: UUID, findings: Mapping[UUID, str]) -> Done[Evaluation]:
    """Write what was found of items. Who still marks writes nothing: it would show what he holds."""
    found = evaluation_for(viewer, evaluation, lock=True)
    at_work(viewer, found, "write_finding")
    if sight_of(viewer, found).still_marks:
        raise Refusal("still_marks", STILL_MARKS)
    before = digest_state(found)
    items = {item.pk: item for item in found.items.all()}
    if set(findings) - set(items):
        raise absent(Text("该评价指标", "this item"))
    changed = []
    for key, text in findings.items():
        said = words({}, finding=text)["finding"]
        if said != items[key].finding:
            items[key].finding = said
            items[key].save(update_fields=["finding"])
            changed.append(items[key].name)
    return done(found, found, before, {"items": changed}, nothing=not changed)
