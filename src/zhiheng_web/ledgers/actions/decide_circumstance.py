"""情形认定: the office decides that an indicator was not organised (未组织) or does not apply in a year, with reason and document."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.ledgers.models import FOREVER, Circumstance
from zhiheng_web.ledgers.queries.actuals import visible_indicators
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import Indicator
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

WANTED = {"reason": Text("请写明原因", "Give the reason"), "document": Text("请写明依据文件", "Name the document")}


@action("ledgers.decide_circumstance")
def decide_circumstance(viewer: Viewer, indicator_id: UUID, year: int, kind: str, reason: str, document: str) -> Done[Circumstance]:
    """Decide it; it holds when a second person has confirmed. An earlier decision for that year ends at this instant and stays readable."""
    indicator = Indicator.objects.select_for_update(no_key=True).filter(pk=indicator_id).first()
    if indicator is None or not visible_indicators(viewer, [indicator]):
        raise absent(Text("该指标", "this indicator"))
    authorise(viewer, "ledgers.decide_circumstance", Scope(indicator.department_id))
    missing = {name: text for name, text in WANTED.items() if not {"reason": reason, "document": document}[name].strip()}
    if missing or kind not in Circumstance.Kind.values:
        message = Text("情形认定须写明情形、原因和依据文件。", "A decision needs its kind, its reason and its document.")
        raise Invalid("circumstance_incomplete", message, missing)
    refuse_marked_text([reason, document], Text("情形认定", "the decision"))
    assert viewer.account is not None
    Circumstance.objects.filter(indicator=indicator, year=year, known_until=FOREVER).update(known_until=viewer.now())
    made = Circumstance.objects.create(
        indicator=indicator, year=year, kind=kind, reason=reason.strip(), document=document.strip(), decided_by=viewer.account,
        known_from=viewer.now(),
    )  # fmt: skip
    details = {"year": year, "kind": kind, "reason": made.reason, "document": made.document}
    return Done(made, "ledgers.Circumstance", str(made.pk), indicator.name, str(indicator.department_id), details=details)
