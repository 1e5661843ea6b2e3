"""Writing what is known of entries: identities, versions and their ends, in bulk. Every action of the ledgers writes through here.

A version is never changed. What is new ends the open version at the instant of the action and begins the next one at the same instant,
so that what was known on any day stays readable.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Model

from zhiheng_web.ledgers.bulk import insert, insert_values, made, unset
from zhiheng_web.ledgers.columns import COMMON, REFERENCES, SEALED, Kind
from zhiheng_web.ledgers.definition import RegisterDefinition, from_json
from zhiheng_web.ledgers.models import FOREVER, Entry, EntryImport, EntryVersion, Evidence, Register, VersionTopic
from zhiheng_web.organisation.models import Account
from zhiheng_web.sealed import digest
from zhiheng_web.trail.chain import digest_of

BATCH = 2000
"""Rows of one INSERT or UPDATE."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be known of an entry: ``values`` typed by column name, everything checked. ``entry`` None: a new one.

    ``failed`` is the code of a check that keeps it from counting; ``proofs`` are the kinds of evidence it has.
    """

    values: Mapping[str, Any]
    state: str
    standing: str = EntryVersion.Standing.CONFIRMED
    topics: tuple[str, ...] = ()
    entry: Entry | None = None
    reporter: UUID | None = None
    failed: str = ""
    proofs: frozenset[str] = field(default_factory=frozenset)
    key: str = ""
    """The key of a new entry where its columns give none: a row of a sheet is known again by what it says."""


def definition_of(register: Register) -> RegisterDefinition:
    """The definition of a register row: always the same object for the same definition, so that what is remembered by it is found fast."""
    return _read(json.dumps(register.definition, sort_keys=True))


@lru_cache(maxsize=512)
def _read(definition: str) -> RegisterDefinition:
    return from_json(json.loads(definition))


def words_of(value: Any) -> str:
    """A typed value as canonical words: ISO dates, plain numbers, an organisation by its USCC, other rows by their id."""
    if value.__class__ is str:
        return str(value)
    if value is None:
        return ""
    if value.__class__ is UUID:
        return str(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Model):
        return getattr(value, "uscc", "") or str(value.pk)
    return str(value)


def key_of(definition: RegisterDefinition, values: Mapping[str, Any]) -> str:
    """The business key of a row; a register without one, or a row without any of its columns, gets a key of its own."""
    return business_key(definition, values) or uuid4().hex


def business_key(definition: RegisterDefinition, values: Mapping[str, Any]) -> str:
    """The business key of a row; '' where the register has none, or the row none of its columns."""
    words = [_key_words(definition, name, values.get(name)) for name in definition.key]
    return "|".join(words)[:300] if any(words) else ""


def _key_words(definition: RegisterDefinition, name: str, value: Any) -> str:
    """A value as part of a key. What is personal or secret stands there by its keyed digest, never readable."""
    words = words_of(value)
    if isinstance(value, Model) or not definition.has(name) or definition.column(name).visibility not in SEALED:
        return words
    return digest(words)[:32]


def counts_as(definition: RegisterDefinition, values: Mapping[str, Any], key: str) -> str:
    """What counts once: the columns that the register names, else the key."""
    if not definition.counts_once_by:
        return key
    words = [_key_words(definition, name, values.get(name)) for name in definition.counts_once_by]
    return "|".join(words)[:300] if any(words) else key


def gap_of(definition: RegisterDefinition, draft: Draft) -> str:
    """Why the entry cannot count whatever the period: evidence first, then a check; '' if nothing stands against it."""
    return "evidence" if definition.required_evidence(draft.state) - draft.proofs else draft.failed


def version_of(
    definition: RegisterDefinition,
    register: Register,
    entry: Entry,
    draft: Draft,
    *,
    at: datetime,
    by: Account | None,
    change: str,
    reason: str,
) -> EntryVersion:
    """The version that a draft becomes. Not saved."""
    related = {"entry": entry, "register": register, "written_by": by}
    said = said_by(definition, draft, entry.key)
    return made(EntryVersion, related, known_from=at, change=change, reason=reason, **said)


def said_by(definition: RegisterDefinition, draft: Draft, key: str) -> dict[str, Any]:
    """What a draft says of the entry of a key, by attribute of a version: common columns as columns, details as words, secrets sealed.

    What it does not say is not there.
    """
    columns: dict[str, Any] = {}
    details: dict[str, str] = {}
    sealed: dict[str, str] = {}
    values = draft.values
    for name, attribute, place in _places(definition):
        value = values.get(name)
        if value is None or value == "":
            continue
        if place == "column":
            columns[attribute] = value
        elif place == "reference":
            columns[attribute] = value.pk
        else:
            (sealed if place == "sealed" else details)[name] = words_of(value)
    for name in ("organisation", "counterpart"):
        subject = values.get(name)
        if subject is not None:
            columns[f"{name}_name"] = values.get(f"{name}_name") or subject.name
    for name in ("unit", "quantity_text"):
        if values.get(name):
            columns[name] = values[name]
    columns["standing"], columns["state"], columns["gap"] = draft.standing, draft.state, gap_of(definition, draft)
    columns["counts_as"] = counts_as(definition, values, key)
    if draft.reporter is not None:
        columns["reporter_id"] = draft.reporter
    if details:
        columns["details"] = details
    if sealed:
        columns["sealed"] = sealed
    return columns


@lru_cache(maxsize=512)
def _places(definition: RegisterDefinition) -> tuple[tuple[str, str, str], ...]:
    """Where the value of each column of a register stands in a version: column name, attribute, and column, reference, detail or sealed."""
    found = []
    for column in definition.columns:
        if column.detail:
            found.append((column.name, column.name, "sealed" if column.visibility in SEALED else "detail"))
        elif column.name != "topics":
            reference = column.kind in REFERENCES
            found.append((column.name, f"{column.name}_id" if reference else column.name, "reference" if reference else "column"))
    return tuple(found)


def write(
    register: Register,
    drafts: Sequence[Draft],
    *,
    at: datetime,
    by: Account | None,
    change: str,
    reason: str = "",
    batch: EntryImport | None = None,
) -> list[EntryVersion]:
    """Write a version for each draft, ending the open one of its entry. New identities are made for drafts without one.

    The caller has locked the entries (``locked``) and checked the drafts; a key that exists already raises IntegrityError.
    """
    definition = definition_of(register)
    shared: dict[str, Model | None] = {"register": register, "batch": batch}
    entries = [draft.entry or made(Entry, shared, key=draft.key or key_of(definition, draft.values)) for draft in drafts]
    insert([entry for entry, draft in zip(entries, drafts, strict=True) if draft.entry is None])
    _end_open(drafts, at)
    versions = [
        version_of(definition, register, entry, draft, at=at, by=by, change=change, reason=reason)
        for entry, draft in zip(entries, drafts, strict=True)
    ]
    insert(versions)
    _write_topics([version.pk for version in versions], drafts)
    return versions


def write_many(
    register: Register,
    drafts: Sequence[Draft],
    *,
    at: datetime,
    by: Account | None,
    change: str,
    reason: str = "",
    batch: EntryImport | None = None,
) -> list[str]:
    """As :func:`write`, for the rows of a sheet: they go into the database as they are, without a model's object for each.

    Gives the lines of the digest.
    """
    definition = definition_of(register)
    entries: list[tuple[UUID, str]] = []
    new: list[dict[str, Any]] = []
    for draft in drafts:
        if draft.entry is not None:
            entries.append((draft.entry.pk, draft.entry.key))
        else:
            entries.append((uuid4(), draft.key or key_of(definition, draft.values)))
            new.append({"id": entries[-1][0], "key": entries[-1][1]})
    insert_values(Entry, {"register_id": register.pk, "batch_id": batch.pk if batch else None}, new)
    _end_open(drafts, at)
    said = [said_by(definition, draft, key) for draft, (_, key) in zip(drafts, entries, strict=True)]
    for values, (entry, _) in zip(said, entries, strict=True):
        values["id"], values["entry_id"] = uuid4(), entry
    shared = {"register_id": register.pk, "known_from": at, "change": change, "reason": reason, "written_by_id": by.pk if by else None}
    insert_values(EntryVersion, shared, said)
    _write_topics([values["id"] for values in said], drafts)
    return lines_of(shared, said)


def _end_open(drafts: Sequence[Draft], at: datetime) -> None:
    """End what is known of the entries that are written anew."""
    known = [draft.entry.pk for draft in drafts if draft.entry is not None]
    for start in range(0, len(known), BATCH):
        open_ones = EntryVersion.objects.filter(entry__in=known[start : start + BATCH], known_until=FOREVER)
        open_ones.update(known_until=at)


def _write_topics(versions: Sequence[UUID], drafts: Sequence[Draft]) -> None:
    topics = [
        VersionTopic(version_id=version, topic=topic)
        for version, draft in zip(versions, drafts, strict=True)
        for topic in dict.fromkeys(draft.topics)
    ]
    insert(topics)


def draft_of(definition: RegisterDefinition, version: EntryVersion, **changes: Any) -> Draft:
    """What is known of an entry as a draft, to be written again with ``changes`` (fields of Draft).

    Its entry, organisation, counterpart, person, about and office should be loaded (:func:`loaded`), its topics prefetched.
    """
    draft = Draft(
        values=values_of(definition, version),
        state=version.state,
        standing=version.standing,
        topics=tuple(row.topic for row in version.topic_rows.all()) if definition.has("topics") else (),
        entry=version.entry,
        reporter=version.reporter_id,
        failed=version.gap if version.gap != "evidence" else "",
    )
    return replace(draft, **changes)


def values_of(definition: RegisterDefinition, version: EntryVersion) -> dict[str, Any]:
    """The typed values of a version by column name; details are words in canonical form."""
    values: dict[str, Any] = {}
    for column in definition.columns:
        if column.name == "topics":
            continue
        if column.detail:
            words = version.sealed if column.visibility in SEALED else version.details
            value = words.get(column.name)
        else:
            value = getattr(version, column.name)
        if value not in (None, ""):
            values[column.name] = value
    for name in ("unit", "quantity_text", "organisation_name", "counterpart_name"):
        if getattr(version, name):
            values[name] = getattr(version, name)
    return values


def loaded(versions: Any) -> Any:
    """A query of versions with all that :func:`draft_of` reads."""
    related = [name for name, column in COMMON.items() if column.kind in REFERENCES and column.kind is not Kind.TOPICS]
    return versions.select_related("entry", "register", *related).prefetch_related("topic_rows")


def loaded_many(register: Register, versions: Any) -> list[EntryVersion]:
    """Versions of one register with what :func:`draft_of` reads of them: only what the register has is fetched."""
    definition = definition_of(register)
    query = versions.select_related("entry")
    rows = list(query.prefetch_related("topic_rows") if definition.has("topics") else query)
    for column in definition.columns:
        if column.kind in REFERENCES and not column.detail:
            _join(rows, EntryVersion._meta.get_field(column.name))
    for row in rows:
        row.register = register
    return rows


def _join(rows: Sequence[EntryVersion], reference: Any) -> None:
    """Set what a column of rows refers to: each row of the other table is made once, however many refer to it."""
    wanted = {row.__dict__[reference.attname] for row in rows} - {None}
    found = reference.related_model._default_manager.in_bulk(wanted) if wanted else {}
    for row in rows:
        row._state.fields_cache[reference.name] = found.get(row.__dict__[reference.attname])


def proofs_of(entries: Iterable[UUID], at: datetime | None = None) -> dict[UUID, frozenset[str]]:
    """Entry → the kinds of evidence it has, now or as known at an instant. One query for each 2,000 entries."""
    wanted = list(entries)
    found: dict[UUID, set[str]] = {}
    for start in range(0, len(wanted), BATCH):
        rows = Evidence.objects.filter(entry__in=wanted[start : start + BATCH])
        rows = rows.filter(known_until=FOREVER) if at is None else rows.filter(known_from__lte=at, known_until__gt=at)
        for entry, kind in rows.order_by().values_list("entry_id", "kind"):
            found.setdefault(entry, set()).add(kind)
    return {entry: frozenset(kinds) for entry, kinds in found.items()}


LINE = tuple(
    field.attname
    for field in EntryVersion._meta.concrete_fields
    if field.attname not in ("known_until", "written_by_id", "sealed", "details")
)
PLACES = {name: place for place, name in enumerate(LINE)}
_said = attrgetter(*LINE)


def line_of(version: EntryVersion) -> str:
    """One version as a line of a digest: its identity and everything it says, in canonical words."""
    words = [value if value.__class__ is str else words_of(value) for value in _said(version)]
    return _line(words, version.details)


def lines_of(shared: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The lines of versions that were written as values by attribute, with what is the same of all of them."""
    defaults = unset(EntryVersion)
    common = [words_of(shared.get(name, defaults.get(name))) for name in LINE]
    lines = []
    for row in rows:
        words = common.copy()
        for name, value in row.items():
            place = PLACES.get(name)
            if place is not None:
                words[place] = value if value.__class__ is str else words_of(value)
        lines.append(_line(words, row.get("details", {})))
    return lines


def _line(words: Sequence[str], details: Mapping[str, str]) -> str:
    return "|".join([*words, repr(sorted(details.items()))])


def digest_versions(versions: Iterable[EntryVersion]) -> str:
    """The digest of a list of versions that an action wrote: what the trail keeps of a bulk step."""
    return digest_of(line_of(version) for version in versions)
