"""取消关联: a link between two entries ends; that it stood stays known."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from zhiheng_web.ledgers.entering.opening import opened_entry, scope_of_entry
from zhiheng_web.ledgers.models import FOREVER, EntryLink
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, action
from zhiheng_web.wording import Text


@action("ledgers.unlink_entries")
def unlink_entries(viewer: Viewer, link_id: UUID) -> Done[EntryLink]:
    """End a link from this instant on."""
    link = EntryLink.objects.filter(pk=link_id, known_until=FOREVER).first()
    if link is None:
        raise absent(Text("该关联", "this link"))
    version = opened_entry(viewer, link.source_id)
    authorise(viewer, "ledgers.unlink_entries", replace(scope_of_entry(viewer, version), reporter=None))
    ended = EntryLink.objects.filter(pk=link_id, known_until=FOREVER).update(known_until=max(viewer.now(), link.known_from))
    details = {"target": str(link.target_id), "kind": link.kind, "link": str(link.pk)}
    department = str(version.register.department_id)
    return Done(link, "ledgers.Entry", str(link.source_id), str(version)[:200], department, details=details, nothing=not ended)
