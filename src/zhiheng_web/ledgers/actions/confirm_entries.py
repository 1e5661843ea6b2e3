"""确认台账: the office stands behind entries that others reported, or that a colleague entered where a second person must confirm."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from zhiheng_web.ledgers.models import FOREVER, EntryVersion, Register
from zhiheng_web.ledgers.policies import scope_of, visible_registers
from zhiheng_web.ledgers.writing import definition_of, digest_versions, draft_of, loaded, proofs_of, write
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

Standing = EntryVersion.Standing


@action("ledgers.confirm_entries")
def confirm_entries(viewer: Viewer, register_id: UUID, entries: Collection[UUID]) -> Done[list[EntryVersion]]:
    """Confirm entries that wait for it; those confirmed already stay as they are. One record in the trail for all of them."""
    register = visible_registers(viewer).filter(pk=register_id).first()
    if register is None:
        raise absent(Text("该台账", "this register"))
    authorise(viewer, "ledgers.confirm_entries", scope_of(register, viewer.today()))
    waiting = locked(register, entries, {Standing.SUBMITTED})
    _refuse_own(viewer, register, waiting)
    definition = definition_of(register)
    proofs = proofs_of([version.entry_id for version in waiting])
    drafts = [
        draft_of(definition, version, standing=Standing.CONFIRMED, proofs=proofs.get(version.entry_id, frozenset())) for version in waiting
    ]
    written = write(register, drafts, at=viewer.now(), by=viewer.account, change=EntryVersion.Change.CONFIRMED)
    details = {"count": len(written), "entries": sorted(str(version.entry_id) for version in written)[:2000]}
    name, department = register.name_zh, str(register.department_id)
    after = digest_versions(written)
    before = digest_versions(waiting)
    return Done(written, "ledgers.Register", str(register.pk), name, department, before, after, details, nothing=not written)


def locked(register: Register, entries: Collection[UUID], standings: set[str]) -> list[EntryVersion]:
    """The open versions of these entries that stand so, locked in one order, with what drafts read."""
    open_ones = EntryVersion.objects.filter(register=register, entry__in=list(entries), known_until=FOREVER, standing__in=standings)
    keys = list(open_ones.select_for_update(no_key=True).order_by("entry").values_list("pk", flat=True))
    return list(loaded(EntryVersion.objects.filter(pk__in=keys)).order_by("entry"))


def _refuse_own(viewer: Viewer, register: Register, waiting: Collection[EntryVersion]) -> None:
    """Where a second person must confirm, nobody confirms what he wrote himself."""
    if definition_of(register).confirmed_by != "second" or viewer.account is None:
        return
    own = [version for version in waiting if version.written_by_id == viewer.account.pk]
    if own:
        raise Refusal(
            "own_entry",
            Text(
                "{register}须由另一人确认：其中 {n} 条是您自己登记的（如“{first}”）。请由科室另一位同事确认。",
                "{register} needs a second person: {n} of these entries are your own (such as “{first}”). Ask a colleague of the office.",
            ).with_(register=Text(register.name_zh, register.name_en), n=len(own), first=own[0]),
        )
