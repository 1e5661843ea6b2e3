"""资料清单: what the evaluated must hand in and by when; sent back with a reason, or waived with one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from zhiheng_web.evaluation.evaluating.lookup import evaluation_for, material_for, refuse_others, watched
from zhiheng_web.evaluation.evaluating.recording import digest_state, done, invalid, not_past, words
from zhiheng_web.evaluation.evaluating.sight import sight_of
from zhiheng_web.evaluation.evaluating.steps import refuse_unless
from zhiheng_web.evaluation.models import Evaluation, Material
from zhiheng_web.evaluation.policies.evaluations import POLICIES
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Forbidden, Refusal, action
from zhiheng_web.wording import Text

NAME = Text("资料名称", "what is to be handed in")
LONG = Text("资料名称最多 200 个字。", "A material has 200 characters at most.")
MANY = Text("资料清单最多 100 项。", "A list has 100 materials at most.")
TWICE = Text("“{name}”已在清单中。", "“{name}” is on the list already.")
NO_FILE = Text("“{name}”还没有提交，无法退回。", "“{name}” has not been handed in: there is nothing to send back.")
HANDED_IN = Text("“{name}”已经提交，不需要免交。", "“{name}” was handed in: it need not be waived.")
NOT_AT_WORK = Text("您不参与这项评价的组织和实施。", "You do not organise or carry out this evaluation.")


def at_work(viewer: Viewer, found: Evaluation, step: str) -> None:
    """Refuse a step that the organiser and the engaged agency take to anybody else, and from a wrong state."""
    sight = sight_of(viewer, found)
    if not sight.organises and not sight.engaged:
        raise Forbidden("not_permitted", NOT_AT_WORK)
    refuse_unless(found, step, POLICIES[f"evaluation.{step}"].text)


@watched
@action("evaluation.request_material", steps=("evaluate",))
def request_material(viewer: Viewer, evaluation: UUID, names: Sequence[str], due_on: date) -> Done[list[Material]]:
    """Put materials on the list. An evaluation without an agency begins to collect by it."""
    found = evaluation_for(viewer, evaluation, lock=True)
    at_work(viewer, found, "request_material")
    before = digest_state(found)
    asked = [words({"name": NAME}, name=name)["name"] for name in names if name.strip()]
    if not asked:
        words({"name": NAME}, name="")
    if any(len(name) > 200 for name in asked):
        raise invalid("name", LONG)
    not_past(due_on, viewer.today(), "due_on")
    standing = list(found.materials.values_list("position", "name"))
    known = {name for _, name in standing}
    for name in asked:
        if name in known:
            raise invalid("name", TWICE.with_(name=name))
        known.add(name)
    if len(known) > 100:
        raise invalid("name", MANY)
    first = max((position for position, _ in standing), default=0) + 1
    made = [Material(evaluation=found, position=first + place, name=name, due_on=due_on) for place, name in enumerate(asked)]
    Material.objects.bulk_create(made)
    if found.state == Evaluation.State.PLANNED:
        found.state = Evaluation.State.COLLECTING
    return done(found, made, before, {"materials": asked, "deadline": due_on.isoformat()})


@watched
@action("evaluation.return_material", steps=("evaluate",))
def return_material(viewer: Viewer, material: UUID, reason: str) -> Done[Material]:
    """Send a material back: it counts as not handed in until another file is there. The file stays on record."""
    row = material_for(viewer, material)
    found = row.evaluation
    at_work(viewer, found, "return_material")
    before = digest_state(found)
    if row.file is None or row.sent_back:
        raise Refusal("not_handed_in", NO_FILE.with_(name=row.name))
    row.sent_back = words({"reason": Text("退回理由", "the reason")}, reason=reason)["reason"]
    row.save(update_fields=["sent_back"])
    return done(found, row, before, {"material": row.name, "reason": row.sent_back, "file": row.file.sha256})


@watched
@action("evaluation.waive_material", steps=("evaluate",))
def waive_material(viewer: Viewer, material: UUID, reason: str) -> Done[Material]:
    """A material need not be handed in, for a reason."""
    row = material_for(viewer, material)
    found = refuse_others(viewer, row.evaluation, "waive_material")
    before = digest_state(found)
    if row.file is not None and not row.sent_back:
        raise Refusal("handed_in", HANDED_IN.with_(name=row.name))
    row.waived = words({"reason": Text("免交理由", "the reason")}, reason=reason)["reason"]
    row.save(update_fields=["waived"])
    return done(found, row, before, {"material": row.name, "reason": row.waived})
