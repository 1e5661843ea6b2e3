"""撤销遮盖: what was to be withheld stays public after all."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions._redrafting import redraft
from zhiheng_web.publication.actions._standing import done, held
from zhiheng_web.publication.building.building import build
from zhiheng_web.publication.models import Package, Redaction
from zhiheng_web.trail.action import Done, action
from zhiheng_web.wording import Text

REDACTION = Text("该遮盖", "this redaction")


@action("publication.lift_redaction")
def lift_redaction(viewer: Viewer, package: UUID, redaction: UUID) -> Done[None]:
    """Lift one redaction of a draft."""
    row = held(viewer, package, "publication.lift_redaction", Package.State.DRAFT)
    found = Redaction.objects.filter(package=row, pk=redaction).first()
    if found is None:
        raise absent(REDACTION)
    place, ground = found.place, found.ground
    before = build(row, whole=False)
    found.delete()
    return done(row, None, place=place, ground=ground, redrafted=redraft(row, before))
