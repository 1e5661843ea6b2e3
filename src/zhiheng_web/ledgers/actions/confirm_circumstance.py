"""确认情形认定: a second person confirms that an indicator was not organised or does not apply."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.ledgers.models import FOREVER, Circumstance
from zhiheng_web.ledgers.queries.actuals import visible_indicators
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text


@action("ledgers.confirm_circumstance")
def confirm_circumstance(viewer: Viewer, circumstance_id: UUID) -> Done[Circumstance]:
    """Confirm it. Who decided it cannot; from this instant it stands instead of a figure."""
    rows = Circumstance.objects.select_for_update(no_key=True, of=("self",)).select_related("indicator")
    decision = rows.filter(pk=circumstance_id, known_until=FOREVER).first()
    if decision is None or not visible_indicators(viewer, [decision.indicator]):
        raise absent(Text("该情形认定", "this decision"))
    authorise(viewer, "ledgers.confirm_circumstance", Scope(decision.indicator.department_id))
    assert viewer.account is not None
    if decision.decided_by_id == viewer.account.pk:
        raise Refusal(
            "own_circumstance",
            Text(
                "情形认定须由另一人确认，请由科室负责人或分管领导确认。",
                "A second person must confirm this: ask the head of section or a leader.",
            ),
        )
    nothing = decision.confirmed_at is not None
    if not nothing:
        decision.confirmed_by, decision.confirmed_at = viewer.account, viewer.now()
        decision.save(update_fields=["confirmed_by", "confirmed_at"])
    details = {"year": decision.year, "kind": decision.kind}
    indicator = decision.indicator
    return Done(
        decision, "ledgers.Circumstance", str(decision.pk), indicator.name, str(indicator.department_id), details=details, nothing=nothing
    )
