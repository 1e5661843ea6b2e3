"""遮盖: a cell, a row or a whole table is not made public, by a declared ground."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions._redrafting import redraft
from zhiheng_web.publication.actions._standing import done, held
from zhiheng_web.publication.building.building import build
from zhiheng_web.publication.building.redacting import places
from zhiheng_web.publication.grounds import grounds
from zhiheng_web.publication.models import Package, Redaction
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

GROUND = Text("请选择不予公开的理由。", "Choose the ground.")
PLACE = Text("公开包中没有这个位置。", "There is no such place in the package.")
ALREADY = Text("此处已遮盖。", "This is withheld already.")
REMARK = Text("遮盖说明", "remark")


@action("publication.redact")
def redact(viewer: Viewer, package: UUID, place: str, ground: str, remark: str = "", also: Sequence[str] = ()) -> Done[Redaction]:
    """Withhold what stands at a place, and at others that say the same (``also``), all or none. The trail keeps the places and the ground,
    never what stood there. Gives the redaction of ``place``.
    """
    row = held(viewer, package, "publication.redact", Package.State.DRAFT)
    if ground not in grounds():
        raise Invalid("ground", GROUND, {"ground": GROUND})
    refuse_marked_text([remark], REMARK)
    before = build(row, whole=False)
    wanted, known = list(dict.fromkeys([place, *also])), places(before.full)
    if not known.keys() >= set(wanted):
        raise Invalid("place", PLACE, {"place": PLACE})
    if Redaction.objects.filter(package=row, place__in=wanted).exists():
        raise Refusal("redacted", ALREADY)
    kept = [
        Redaction(package=row, place=one, ground=ground, remark=remark.strip(), made_by=viewer.account, made_at=viewer.now())
        for one in wanted
    ]
    made = Redaction.objects.bulk_create(kept)[0]
    return done(row, made, place=place, also=wanted[1:], ground=ground, redrafted=redraft(row, before))
