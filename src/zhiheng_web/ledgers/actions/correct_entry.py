"""更正台账: what is known of an entry is written anew with a reason; the earlier version stays readable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.db import IntegrityError, transaction

from zhiheng_web.ledgers.entering.cells import cells_of
from zhiheng_web.ledgers.entering.opening import Standing, entering_again, instant, opened_entry
from zhiheng_web.ledgers.entering.preparing import Entering, judged, refuse_faults
from zhiheng_web.ledgers.entering.references import resolve
from zhiheng_web.ledgers.models import Entry, EntryVersion
from zhiheng_web.ledgers.writing import Draft, digest_versions, draft_of, key_of, proofs_of, write
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

REASON = Text("请写明更正原因。", "Say why it is corrected.")
REVOKED = Text("该记录已撤销，不能更正；确需使用请先恢复。", "The entry is revoked and cannot be corrected: restore it first.")
SECOND = Text("本台账须由另一人确认，不能更正的同时确认。", "This register needs a second person: you cannot correct and confirm at once.")
TAKEN = Text("这个编号刚刚被另一条记录使用，请核对。", "Another entry has just taken this number: check it.")
BESIDE = {"organisation": ("organisation_name",), "counterpart": ("counterpart_name",), "quantity": ("unit", "quantity_text")}


@action("ledgers.correct_entry")
def correct_entry(
    viewer: Viewer, entry_id: UUID, words: Mapping[str, str], *, reason: str, seen: UUID | None = None, confirm: bool = False
) -> Done[EntryVersion]:
    """Correct the columns that ``words`` name (an empty word clears one); the others stay. ``seen`` is the version the writer saw.

    ``confirm``: the office completes what was reported, corrects and confirms it at once.
    """
    version = opened_entry(viewer, entry_id, seen)
    how = entering_again(viewer, version, "ledgers.correct_entry")
    if version.standing == Standing.REVOKED:
        raise Refusal("revoked", REVOKED)
    if not reason.strip():
        raise Invalid("reason", REASON, {"reason": REASON})
    refuse_marked_text(reason, Text("更正原因", "the reason"))
    draft = _standing(how, _corrected(how, version, words), confirm=confirm)
    before = draft_of(how.definition, version)
    if (draft.values, draft.topics, draft.standing) == (before.values, before.topics, version.standing):
        return _done(version, version, nothing=True)
    draft = replace(draft, proofs=proofs_of([entry_id]).get(entry_id, frozenset()), entry=_keyed(how, version, draft))
    at = instant(viewer, [version])
    written = write(version.register, [draft], at=at, by=viewer.account, change=EntryVersion.Change.CORRECTED, reason=reason.strip())
    return _done(version, written[0])


def _corrected(how: Entering, version: EntryVersion, words: Mapping[str, str]) -> Draft:
    """What is known with the given columns read anew, through all checks."""
    row = cells_of(how.definition).read(words, given=True)
    resolve(how.register, how.definition, [row], create=True)
    before = draft_of(how.definition, version)
    values = dict(before.values)
    for column in how.definition.columns:
        if column.name in words:
            for name in (column.name, *BESIDE.get(column.name, ())):
                values.pop(name, None)
    topics = row.topics if "topics" in words and set(row.topics) != set(before.topics) else before.topics
    draft = replace(before, values={**values, **row.values}, topics=topics, standing=how.standing)
    prepared = judged(how, [draft], [row.faults])
    refuse_faults(prepared)
    return prepared[0].draft


def _standing(how: Entering, draft: Draft, *, confirm: bool) -> Draft:
    """A returned entry that its reporter mends waits again; the office that completes one stands behind it."""
    if how.reporter is not None:
        return replace(draft, standing=Standing.SUBMITTED)
    if confirm:
        if how.definition.confirmed_by == "second" or how.definition.classified:
            raise Refusal("own_entry", SECOND)
        return replace(draft, standing=Standing.CONFIRMED)
    return draft


def _keyed(how: Entering, version: EntryVersion, draft: Draft) -> Entry:
    """The entry under the key that its corrected number makes; a key that another has is refused.

    What fell due of itself keeps the key of its window or source, or it would be made a second time.
    """
    key = key_of(how.definition, draft.values)
    named = any(draft.values.get(name) for name in how.definition.key)
    if named and key != version.entry.key and not _generated(version):
        version.entry.key = key
        try:
            with transaction.atomic():
                version.entry.save(update_fields=["key"])
        except IntegrityError:
            raise Invalid("duplicate", TAKEN, {how.definition.key[0]: TAKEN}) from None
    return version.entry


def _generated(version: EntryVersion) -> bool:
    """Whether the entry was made as an obligation."""
    return EntryVersion.objects.filter(entry=version.entry_id, change=EntryVersion.Change.GENERATED).exists()


def _done(before: EntryVersion, after: EntryVersion, *, nothing: bool = False) -> Done[EntryVersion]:
    name, department = str(after)[:200], str(before.register.department_id)
    digests = digest_versions([before]), digest_versions([after])
    details = {"register": str(before.register_id), "reason": after.reason, "standing": after.standing}
    return Done(after, "ledgers.Entry", str(before.entry_id), name, department, *digests, details, nothing=nothing)
