"""撤回证据: a piece of evidence no longer proves anything from now on; it stays on record with the reason."""

from __future__ import annotations

from uuid import UUID

from zhiheng.plan.procedure import Role
from zhiheng_web.ledgers.actions.add_evidence import complete_again, line_of, locked, may_prove, register_seen
from zhiheng_web.ledgers.masking import NOTHING, title_of
from zhiheng_web.ledgers.models import FOREVER, EntryVersion, Evidence
from zhiheng_web.ledgers.queries.evidence import evidence_for
from zhiheng_web.ledgers.writing import definition_of, digest_versions
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

WHY = Text("请写明撤回的理由。", "Give the reason for withdrawing it.")
WHERE = Text("撤回理由", "the reason")
WITHDRAWN = Text("这份证据已于 {day} 撤回。", "This evidence was withdrawn on {day}.")
CONFIRMED = Text(
    "“{title}”已由主管科室确认，填报单位不能撤回其证据。请与主管科室联系。",
    "“{title}” has been confirmed; a reporting unit cannot withdraw its evidence. Ask the office in charge.",
)


@action("ledgers.withdraw_evidence")
def withdraw_evidence(viewer: Viewer, evidence_id: UUID, reason: str) -> Done[Evidence]:
    """End what a piece of evidence proves. The entry no longer counts where it was its only mandatory one."""
    found = evidence_for(viewer, evidence_id)
    register = register_seen(viewer, found.entry.register_id)
    versions = locked(viewer, register, [found.entry_id])
    may_prove(viewer, register, versions, "ledgers.withdraw_evidence")
    definition = definition_of(register)
    found = Evidence.objects.select_for_update(no_key=True, of=("self",)).select_related("entry", "file").get(pk=found.pk)
    if found.known_until != FOREVER:
        raise Refusal("withdrawn", WITHDRAWN.with_(day=f"{found.known_until:%Y-%m-%d}"))
    if not (reason := reason.strip()):
        raise Invalid("reason", WHY, {"reason": WHY})
    refuse_marked_text(reason, WHERE)
    if viewer.roles <= {Role.REPORTER} and versions[0].standing == EntryVersion.Standing.CONFIRMED:
        raise Refusal("confirmed", CONFIRMED.with_(title=title_of(definition, versions[0], NOTHING)))
    before = digest_of([line_of(found)])
    at = viewer.now()
    found.known_until, found.withdrawn_by, found.reason = at, viewer.account, reason
    found.save(update_fields=["known_until", "withdrawn_by", "reason"])
    written = complete_again(viewer, register, definition, versions, at)
    details = {"evidence": str(found.pk), "kind": found.kind, "reason": reason, "complete": not (written or versions)[0].gap}
    after = digest_versions(written)
    name = title_of(definition, versions[0], NOTHING)
    return Done(found, "ledgers.Entry", str(found.entry_id), name, str(register.department_id), before, after, details)
