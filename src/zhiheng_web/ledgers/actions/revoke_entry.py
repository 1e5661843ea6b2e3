"""撤销台账: an entry no longer holds, by a reason and a document. It is never deleted and can be restored."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from zhiheng_web.ledgers.entering.opening import Standing, instant, opened_entry, scope_of_entry
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.ledgers.writing import definition_of, digest_versions, draft_of, proofs_of, write
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

REASON = Text("请写明撤销原因。", "Say why it is revoked.")
DOCUMENT = Text("请写明撤销依据的文件（文号或名称）。", "Name the document on which it is revoked.")
BASIS = Text("{reason}（依据：{document}）", "{reason} (by {document})")


@action("ledgers.revoke_entry")
def revoke_entry(viewer: Viewer, entry_id: UUID, *, reason: str, document: str, seen: UUID | None = None) -> Done[EntryVersion]:
    """Revoke an entry: from this instant it counts nowhere; what was known before stays readable."""
    version = opened_entry(viewer, entry_id, seen)
    authorise(viewer, "ledgers.revoke_entry", replace(scope_of_entry(viewer, version), reporter=None))
    wrong = {name: text for name, text, given in (("reason", REASON, reason), ("document", DOCUMENT, document)) if not given.strip()}
    if wrong:
        raise Invalid("reason", next(iter(wrong.values())), wrong)
    refuse_marked_text((reason, document), Text("撤销原因", "the reason"))
    definition = definition_of(version.register)
    proofs = proofs_of([entry_id]).get(entry_id, frozenset())
    draft = draft_of(definition, version, standing=Standing.REVOKED, proofs=proofs)
    words = BASIS.zh.format(reason=reason.strip(), document=document.strip())
    nothing = version.standing == Standing.REVOKED
    change = EntryVersion.Change.REVOKED
    at = instant(viewer, [version])
    written = version if nothing else write(version.register, [draft], at=at, by=viewer.account, change=change, reason=words)[0]
    details = {"register": str(version.register_id), "reason": reason.strip(), "document": document.strip()}
    digests = digest_versions([version]), digest_versions([written])
    name, department = str(version)[:200], str(version.register.department_id)
    return Done(written, "ledgers.Entry", str(entry_id), name, department, *digests, details, nothing=nothing)
