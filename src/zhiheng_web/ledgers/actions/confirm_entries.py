"""确认台账: the office stands behind entries that others reported, or that a colleague entered where a second person must confirm."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.entering.checking import failing
from zhiheng_web.ledgers.entering.opening import instant, locked_entries, opened_register
from zhiheng_web.ledgers.models import EntryVersion, Register
from zhiheng_web.ledgers.policies import scope_of
from zhiheng_web.ledgers.writing import BATCH, definition_of, digest_versions, draft_of, proofs_of, write
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

Standing, Change = EntryVersion.Standing, EntryVersion.Change
CONTENT = (Change.RECORDED, Change.IMPORTED, Change.CORRECTED, Change.MOVED, Change.RESTORED)
"""How content comes about: who did one of these since the last confirmation is no second person."""
OWN = Text(
    "{register}须由另一人确认：其中 {n} 条是您自己登记或更正的（如“{first}”）。请由科室另一位同事确认。",
    "{register} needs a second person: {n} of these entries you entered or corrected yourself (such as “{first}”). Ask a colleague.",
)


@action("ledgers.confirm_entries")
def confirm_entries(viewer: Viewer, register_id: UUID, entries: Collection[UUID]) -> Done[list[EntryVersion]]:
    """Confirm entries that wait for it; those confirmed already stay as they are. One record in the trail for all of them.

    In a classified register it is the 保密办 that confirms.
    """
    register = opened_register(viewer, register_id)
    definition = definition_of(register)
    authorise(viewer, confirming(definition), scope_of(register, viewer.today()))
    waiting = locked_entries(register, entries, {Standing.SUBMITTED})
    _refuse_own(viewer, register, definition, waiting)
    proofs = proofs_of([version.entry_id for version in waiting])
    drafts = failing(register, definition, [draft_of(definition, version) for version in waiting], viewer.today())
    confirmed = [
        replace(draft, standing=Standing.CONFIRMED, proofs=proofs.get(version.entry_id, frozenset()))
        for draft, version in zip(drafts, waiting, strict=True)
    ]
    written = write(register, confirmed, at=instant(viewer, waiting), by=viewer.account, change=Change.CONFIRMED)
    details = {"count": len(written), "entries": sorted(str(version.entry_id) for version in written)[:2000]}
    digests = digest_versions(waiting), digest_versions(written)
    name, department = register.name_zh, str(register.department_id)
    return Done(written, "ledgers.Register", str(register.pk), name, department, *digests, details, nothing=not written)


def confirming(definition: RegisterDefinition) -> str:
    """The policy of who confirms entries of a register: the office, or for classified matters the 保密办."""
    return "ledgers.confirm_classified" if definition.classified else "ledgers.confirm_entries"


def _refuse_own(viewer: Viewer, register: Register, definition: RegisterDefinition, waiting: Sequence[EntryVersion]) -> None:
    """Where a second person must confirm, nobody confirms what he wrote himself, even if others added evidence since."""
    if (definition.confirmed_by != "second" and not definition.classified) or viewer.account is None:
        return
    mine: set[UUID] = set()
    entries = [version.entry_id for version in waiting]
    for start in range(0, len(entries), BATCH):
        history = EntryVersion.objects.filter(entry__in=entries[start : start + BATCH]).order_by("known_from", "known_until")
        for entry, standing, change, writer in history.values_list("entry_id", "standing", "change", "written_by"):
            if standing == Standing.CONFIRMED:
                mine.discard(entry)
            elif change in CONTENT and writer == viewer.account.pk:
                mine.add(entry)
    own = [version for version in waiting if version.entry_id in mine]
    if own:
        text = OWN.with_(register=Text(register.name_zh, register.name_en), n=len(own), first=own[0])
        raise Refusal("own_entry", text)
