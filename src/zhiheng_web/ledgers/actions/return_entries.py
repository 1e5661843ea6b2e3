"""退回台账: what was reported goes back to who reported it, with a reason."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from zhiheng_web.ledgers.actions.confirm_entries import confirming
from zhiheng_web.ledgers.entering.opening import instant, locked_entries, opened_register
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.ledgers.policies import scope_of
from zhiheng_web.ledgers.writing import definition_of, digest_versions, draft_of, proofs_of, write
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

Standing = EntryVersion.Standing
REASON = Text("请写明退回原因和需要补正的内容。", "Say why it goes back and what is to be mended.")


@action("ledgers.return_entries")
def return_entries(viewer: Viewer, register_id: UUID, entries: Collection[UUID], reason: str) -> Done[list[EntryVersion]]:
    """Return entries that wait for confirmation, or that were confirmed by mistake: from this instant they no longer count."""
    register = opened_register(viewer, register_id)
    definition = definition_of(register)
    name = confirming(definition) if definition.classified else "ledgers.return_entries"
    authorise(viewer, name, scope_of(register, viewer.today()))
    if not reason.strip():
        raise Invalid("reason", REASON, {"reason": REASON})
    refuse_marked_text(reason, Text("退回原因", "the reason"))
    open_ones = locked_entries(register, entries, {Standing.SUBMITTED, Standing.CONFIRMED})
    proofs = proofs_of([version.entry_id for version in open_ones])
    drafts = [
        draft_of(definition, version, standing=Standing.RETURNED, proofs=proofs.get(version.entry_id, frozenset())) for version in open_ones
    ]
    at = instant(viewer, open_ones)
    written = write(register, drafts, at=at, by=viewer.account, change=EntryVersion.Change.RETURNED, reason=reason.strip())
    details = {"count": len(written), "reason": reason.strip(), "entries": sorted(str(version.entry_id) for version in written)[:2000]}
    digests = digest_versions(open_ones), digest_versions(written)
    return Done(
        written, "ledgers.Register", str(register.pk), register.name_zh, str(register.department_id), *digests, details, nothing=not written
    )
