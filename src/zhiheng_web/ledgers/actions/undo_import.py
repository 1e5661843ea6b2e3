"""撤销导入: what an import brought is revoked, what it changed says again what it said before; nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from zhiheng_web.ledgers.entering.opening import instant
from zhiheng_web.ledgers.importing.entering import State, opened_import
from zhiheng_web.ledgers.models import FOREVER, Entry, EntryImport, EntryLink, EntryVersion, Evidence
from zhiheng_web.ledgers.writing import BATCH, Draft, definition_of, draft_of, loaded_many, proofs_of, write_many
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

Change = EntryVersion.Change
WHAT = Text("撤销", "undo it")
NO_REASON = Text("请写明撤销原因。", "Give the reason for undoing it.")
LATER = Text(
    "{n} 条记录在导入之后又有变动（{names}），不能整体撤销。请先处理这些记录，或逐条更正。",
    "{n} entries have later work ({names}): the import cannot be undone as a whole. Deal with those first, or correct entries one by one.",
)
NAMED = 20
"""Entries in the way that are named; of more the number is told."""


@action("ledgers.undo_import")
def undo_import(viewer: Viewer, batch_id: UUID, reason: str) -> Done[EntryImport]:
    """Undo an import, or refuse where later work stands on what it wrote, naming the entries."""
    batch = opened_import(viewer, batch_id, "ledgers.undo_import", {State.WRITTEN}, WHAT)
    if not reason.strip():
        raise Invalid("reason", NO_REASON, {"reason": NO_REASON})
    refuse_marked_text(reason, Text("撤销原因", "the reason"))
    refuse_later(batch)
    at = instant(viewer, list(written_by(batch)[:1]))
    counts, lines = {"revoked": 0, "restored": 0}, []
    for block in _blocks(written_by(batch).order_by("entry").values_list("entry", flat=True)):
        made = _revoked(batch, block)
        brought = {draft.entry.pk for draft in made if draft.entry}
        changed = _restored(batch, [entry for entry in block if entry not in brought])
        for drafts, change, key in ((made, Change.REVOKED, "revoked"), (changed, Change.RESTORED, "restored")):
            lines += write_many(batch.register, drafts, at=at, by=viewer.account, change=change, reason=reason.strip())
            counts[key] += len(drafts)
    batch.state, batch.undone_at, batch.reason = State.UNDONE, at, reason.strip()
    batch.save(update_fields=["state", "undone_at", "reason"])
    details = {"file": batch.source.name, "sha256": batch.source.sha256, "reason": reason.strip(), **counts}
    name, department = batch.source.name, str(batch.register.department_id)
    return Done(batch, "ledgers.EntryImport", str(batch.pk), name, department, after=digest_of(lines), details=details)


def written_by(batch: EntryImport) -> Any:
    """The versions that an import wrote: no two imports of a register share an instant."""
    return EntryVersion.objects.filter(register=batch.register_id, known_from=batch.written_at, change=Change.IMPORTED)


def later_work(batch: EntryImport) -> list[EntryVersion]:
    """The entries on which something was done since: changed, proved, linked to, or stood upon by another entry. They are named."""
    own = written_by(batch).values("entry")
    changed = set(written_by(batch).exclude(known_until=FOREVER).values_list("entry", flat=True))
    changed |= set(
        Evidence.objects.filter(entry__in=own, known_from__gt=batch.written_at, known_until=FOREVER).values_list("entry", flat=True)
    )
    for end in ("source", "target"):
        links = EntryLink.objects.filter(**{f"{end}__in": own}, known_from__gt=batch.written_at, known_until=FOREVER)
        changed |= set(links.values_list(end, flat=True))
    about = EntryVersion.objects.filter(about__in=own, known_until=FOREVER).exclude(standing=EntryVersion.Standing.REVOKED)
    changed |= set(about.exclude(entry__in=own).values_list("about", flat=True))
    return list(EntryVersion.objects.filter(entry__in=list(changed)[:BATCH], known_until=FOREVER).select_related("entry"))


def refuse_later(batch: EntryImport) -> None:
    """Raise a refusal that lists the entries with later work."""
    later = later_work(batch)
    if later:
        names = [version.number or version.title or version.entry.key for version in later[:NAMED]]
        more = Text("等" if len(later) > NAMED else "", " …" if len(later) > NAMED else "")
        listed = Text("、".join(names) + more.zh, ", ".join(names) + more.en)
        raise Refusal("later_work", LATER.with_(n=len(later), names=listed))


def _blocks(entries: Iterable[UUID]) -> Iterable[list[UUID]]:
    known = list(entries)
    return (known[start : start + BATCH] for start in range(0, len(known), BATCH))


def _revoked(batch: EntryImport, entries: Sequence[UUID]) -> list[Draft]:
    """The entries that this import brought, as revoked."""
    definition = definition_of(batch.register)
    brought = Entry.objects.filter(pk__in=entries, batch=batch).values("pk")
    versions = loaded_many(batch.register, EntryVersion.objects.filter(entry__in=brought, known_until=FOREVER).order_by("entry"))
    return [draft_of(definition, version, standing=EntryVersion.Standing.REVOKED) for version in versions]


def _restored(batch: EntryImport, entries: Sequence[UUID]) -> list[Draft]:
    """The entries that this import changed, as they were known before."""
    definition = definition_of(batch.register)
    ended = EntryVersion.objects.filter(entry__in=entries, known_until=batch.written_at).order_by("entry")
    versions = loaded_many(batch.register, ended)
    proofs = proofs_of(entries)
    return [draft_of(definition, version, proofs=proofs.get(version.entry_id, frozenset())) for version in versions]
