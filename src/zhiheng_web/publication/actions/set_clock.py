"""设定公开时限: so many days after the approval where the department's rule is another than the national one."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.publication.actions._standing import needed
from zhiheng_web.publication.models import Clock
from zhiheng_web.publication.policies import department_for
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

DAYS = Text("期限应为 1 至 120 天。", "The limit is 1 to 120 days.")
DOCUMENT = Text("请写明依据文件。", "Name the document that sets it.")
MOST = 120


@action("publication.set_clock")
def set_clock(viewer: Viewer, department: UUID, days: int, working: bool, document: str) -> Done[Clock]:
    """Set the limit for packages begun from now on; those begun keep their day."""
    home = department_for(viewer, department)
    authorise(viewer, "publication.set_clock", Scope(home.pk))
    if not 1 <= days <= MOST:
        raise Invalid("days", DAYS, {"days": DAYS})
    said = needed("document", document, DOCUMENT)[:200]
    refuse_marked_text([said], Text("依据文件", "document"))
    before = Clock.objects.filter(department=home).first()
    row, _ = Clock.objects.update_or_create(department=home, defaults={"days": days, "working": working, "document": said})
    told = "" if before is None else f"{before.days} {before.working}"
    details = {"days": days, "working": working, "document": said, "before": told}
    return Done(row, "publication.Clock", str(row.pk), home.name, str(home.pk), told, f"{days} {working}", details)
