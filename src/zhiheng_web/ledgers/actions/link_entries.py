"""关联台账: two entries belong together, of the same or of different registers of a department."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from zhiheng_web.ledgers.entering.opening import opened_entry, scope_of_entry
from zhiheng_web.ledgers.models import FOREVER, EntryLink
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

SELF = Text("不能把记录关联到它自己。", "An entry cannot be linked to itself.")
KIND = Text("请写明两条记录是什么关系，如“评审专家”“合作合同”。", "Say how the two belong together, such as “expert on the panel”.")
ELSEWHERE = Text("只能关联本部门的台账记录。", "Only entries of the same department can be linked.")


@action("ledgers.link_entries")
def link_entries(viewer: Viewer, source: UUID, target: UUID, kind: str, note: str = "") -> Done[EntryLink]:
    """Link ``source`` to ``target`` as ``kind``; a link that stands already stays as it is."""
    if source == target:
        raise Invalid("target", SELF, {"target": SELF})
    first, second = sorted((source, target))
    versions = {first: opened_entry(viewer, first), second: opened_entry(viewer, second)}
    one, other = versions[source], versions[target]
    authorise(viewer, "ledgers.link_entries", replace(scope_of_entry(viewer, one), reporter=None))
    if one.register.department_id != other.register.department_id:
        raise Invalid("target", ELSEWHERE, {"target": ELSEWHERE})
    if not kind.strip():
        raise Invalid("kind", KIND, {"kind": KIND})
    refuse_marked_text((kind, note), Text("关联说明", "the link"))
    known = EntryLink.objects.filter(source=source, target=target, kind=kind.strip()[:40], known_until=FOREVER).first()
    made = {"known_from": viewer.now(), "made_by": viewer.account, "note": note.strip()[:200]}
    link = known or EntryLink.objects.create(source=one.entry, target=other.entry, kind=kind.strip()[:40], **made)
    details = {"target": str(target), "kind": link.kind, "note": link.note, "link": str(link.pk)}
    department = str(one.register.department_id)
    return Done(link, "ledgers.Entry", str(source), str(one)[:200], department, details=details, nothing=known is not None)
