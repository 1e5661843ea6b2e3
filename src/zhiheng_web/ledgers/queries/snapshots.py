"""Frozen values with their proof, and what was decided instead of a figure, for those who see the indicator's values."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.ledgers.measures import proof
from zhiheng_web.ledgers.models import Circumstance, Snapshot
from zhiheng_web.ledgers.queries.actuals import visible_indicators
from zhiheng_web.organisation.authority import absent, authorise_menu
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text

SNAPSHOT, INDICATOR = Text("该快照", "this snapshot"), Text("该指标", "this indicator")


def snapshot_for(viewer: Viewer, snapshot: UUID) -> Snapshot:
    """A snapshot of an indicator whose values the viewer sees, else Absent."""
    authorise_menu(viewer, "ledgers.see_actuals")
    found = Snapshot.objects.select_related("indicator", "taken_by").filter(pk=snapshot).first()
    if found is None or not visible_indicators(viewer, [found.indicator_id]):
        raise absent(SNAPSHOT)
    return found


def holds(snapshot: Snapshot) -> bool:
    """Whether the digest agrees with what is kept, and the ledgers as known at its instant still give the same."""
    return bool(proof.verify(snapshot))


def proof_of(viewer: Viewer, snapshot: UUID) -> tuple[str, bytes]:
    """The proof of a snapshot as a ZIP: its name and bytes."""
    found = snapshot_for(viewer, snapshot)
    return f"{found.indicator.name}-{found.on.isoformat()}.zip", proof.proof(found)


def circumstances_of(viewer: Viewer, indicator: UUID) -> list[Circumstance]:
    """What was decided about an indicator, the last first, ended decisions too."""
    authorise_menu(viewer, "ledgers.see_actuals")
    if not visible_indicators(viewer, [indicator]):
        raise absent(INDICATOR)
    rows = Circumstance.objects.filter(indicator=indicator).select_related("decided_by", "confirmed_by")
    return list(rows.order_by("-year", "-known_from"))
