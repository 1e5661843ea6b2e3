"""恢复台账: a revoked entry holds again, with a reason."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from zhiheng_web.ledgers.entering.checking import failing
from zhiheng_web.ledgers.entering.opening import Standing, instant, office_standing, opened_entry, scope_of_entry
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.ledgers.writing import definition_of, digest_versions, draft_of, proofs_of, write
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

REASON = Text("请写明恢复原因。", "Say why it is restored.")
NOT_REVOKED = Text("该记录没有被撤销，无需恢复。", "The entry is not revoked: there is nothing to restore.")


@action("ledgers.restore_entry")
def restore_entry(viewer: Viewer, entry_id: UUID, *, reason: str, seen: UUID | None = None) -> Done[EntryVersion]:
    """Restore a revoked entry: as confirmed by the office, or waiting where a second person confirms."""
    version = opened_entry(viewer, entry_id, seen)
    authorise(viewer, "ledgers.restore_entry", replace(scope_of_entry(viewer, version), reporter=None))
    if version.standing != Standing.REVOKED:
        raise Refusal("not_revoked", NOT_REVOKED)
    if not reason.strip():
        raise Invalid("reason", REASON, {"reason": REASON})
    refuse_marked_text(reason, Text("恢复原因", "the reason"))
    definition = definition_of(version.register)
    drafts = failing(version.register, definition, [draft_of(definition, version)], viewer.today())
    draft = replace(drafts[0], standing=office_standing(definition), proofs=proofs_of([entry_id]).get(entry_id, frozenset()))
    at = instant(viewer, [version])
    written = write(version.register, [draft], at=at, by=viewer.account, change=EntryVersion.Change.RESTORED, reason=reason.strip())
    details = {"register": str(version.register_id), "reason": reason.strip()}
    digests = digest_versions([version]), digest_versions(written)
    name, department = str(version)[:200], str(version.register.department_id)
    return Done(written[0], "ledgers.Entry", str(entry_id), name, department, *digests, details)
