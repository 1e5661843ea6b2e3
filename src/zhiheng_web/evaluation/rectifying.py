"""How a rectification stands on a day, what it came from, and how a step of it is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.core.files.base import File

from zhiheng_web.evaluation.actions.add_file import kept_file
from zhiheng_web.evaluation.models import RectificationItem, RectificationOrder, RectificationStep
from zhiheng_web.ledgers.evidence_store.taking import CheckedFile, take
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.planning.models import PerformanceTable
from zhiheng_web.trail.action import Conflict, Done, Invalid, Refusal
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

State, Kind = RectificationItem.State, RectificationStep.Kind
STATES: Mapping[str, Text] = {
    "open": Text("整改中", "Being put right"),
    "overdue": Text("已逾期", "Overdue"),
    "reported": Text("待复核", "To be reviewed"),
    "closed": Text("已销号", "Closed"),
}
TONES = {"overdue": "bad", "reported": "info", "closed": "good"}
STEPS: Mapping[str, Text] = {
    Kind.MEASURE: Text("制定措施", "Measure set"),
    Kind.PROGRESS: Text("进展", "Progress"),
    Kind.EXTENDED: Text("延期", "Extended"),
    Kind.REPORTED: Text("报告完成", "Reported done"),
    Kind.RETURNED: Text("退回", "Returned"),
    Kind.CLOSED: Text("复核销号", "Closed after review"),
}
SOURCES: Mapping[str, Text] = {
    "recheck": Text("抽查复核", "Re-check"),
    "evaluation": Text("绩效评价", "Evaluation"),
    "self_evaluation": Text("绩效自评", "Self-evaluation"),
    "report": Text("绩效监控", "Monitoring"),
    "correction": Text("监控纠偏", "Correction in monitoring"),
    "other": Text("其他", "Other"),
}
ORDER_SOURCES = ("recheck", "evaluation", "self_evaluation", "report")


def subject_of(table: PerformanceTable) -> str:
    """What a table is about: its project, its department as a whole, or its unit. Its unit and project must be loaded."""
    if table.project is not None:
        return table.project.name
    return table.unit.department.name if table.kind == PerformanceTable.Kind.DEPARTMENT else table.unit.name


def standing(item: RectificationItem, today: date) -> str:
    """A key of STATES. Overdue is what should have been reported done by today and was not; what waits for review is not."""
    return "overdue" if item.state == State.OPEN and item.due_on < today else item.state


def source_of(item: RectificationItem) -> str:
    """What it came from: a key of SOURCES. Its order must be loaded."""
    return "correction" if item.order is None else source_of_order(item.order)


def source_of_order(order: RectificationOrder) -> str:
    """What an order came from."""
    return next((name for name in ORDER_SOURCES if getattr(order, f"{name}_id")), "other")


def refuse_unless(item: RectificationItem, state: str) -> None:
    """Refuse a step that the item's state does not allow, and say how it stands."""
    if item.state != state:
        raise Refusal("rectification_state", NOT_NOW.with_(state=STATES[item.state]))


def refuse_if_changed(item: RectificationItem, edits: int | None) -> None:
    """Refuse what was written on an older state of the item."""
    if edits is not None and edits != item.edits:
        current = {str(MEASURE): item.measure, str(RESPONSIBLE): item.responsible, str(DUE): str(item.due_on)}
        raise Conflict("rectification_changed", CHANGED, current)


def needed(name: str, text: str, called: Text) -> str:
    """The words of a field, refused where they are blank or may not be kept."""
    refuse_unfit_words({name: text})
    if not text.strip():
        wrong = Text("请填写{name}。", "Enter: {name}.").with_(name=called)
        raise Invalid("missing", wrong, {name: wrong})
    return text.strip()


def checked(upload: File | None) -> CheckedFile | None:
    """An upload after every check of evidence; before the transaction, because it reads the file."""
    return take(upload) if upload else None


def step_of(viewer: Viewer, item: RectificationItem, kind: str, text: str, file: CheckedFile | None = None) -> RectificationStep:
    """Write what happened, and count it."""
    kept = kept_file(viewer, item.table.unit.department_id, file) if file else None
    item.edits += 1
    item.save()
    step = RectificationStep(item=item, number=item.edits, kind=kind, text=text, file=kept, by=viewer.account, at=viewer.now())
    step.save(force_insert=True)
    return step


def done(item: RectificationItem, before: str, details: Mapping[str, object]) -> Done[RectificationItem]:
    """What an action on an item answers."""
    department = str(item.table.unit.department_id)
    return Done(item, "evaluation.RectificationItem", str(item.pk), item.problem[:60], department, before, digest(item), dict(details))


def digest(item: RectificationItem) -> str:
    """The digest of what an item says."""
    words = (
        item.problem,
        item.demand,
        item.measure,
        item.responsible,
        item.responsible_account_id,
        item.due_on,
        item.state,
        item.closed_at,
    )
    return digest_of(f"{place}={word or ''}" for place, word in enumerate(words))


MEASURE, RESPONSIBLE, DUE = Text("整改措施", "measure"), Text("责任人", "person responsible"), Text("整改期限", "day it is due")
NOT_NOW = Text("该事项现在是“{state}”，不能办理这一步。", "This rectification is now “{state}”: this step is not possible.")
CHANGED = Text("该事项刚被别人改过，请核对后再填。", "Somebody else has just changed this; check what stands now.")
