"""What is said of organisations and people."""

from __future__ import annotations

from uuid import UUID

from ninja import Schema

from zhiheng_web.api.told import Known, Plain, Words


class OrganisationShape(Schema):
    """An organisation, shared by all registers."""

    id: UUID
    name: str
    uscc: str
    kind: str
    county: str
    country: str
    entries: int


class MentionShape(Schema):
    """An entry that speaks of an organisation or a person, and as what."""

    entry: UUID
    title: str
    role: Words
    state: Words
    called: str
    counts: bool


class InRegisterShape(Schema):
    """The entries of one register about a subject, and the indicators that the register feeds."""

    ledger: Known
    mentions: list[MentionShape]
    indicators: list[str]


class OrganisationPageShape(OrganisationShape):
    """An organisation over all registers that the caller sees; ``names``: how it was called; ``merged``: records merged into it."""

    names: list[str]
    merged: list[Known]
    registers: list[InRegisterShape]


class PersonLineShape(Schema):
    """A person, masked unless the caller sees personal data."""

    id: UUID
    name: str
    employer: str
    entries: int


class FactShape(Schema):
    """A fact about a person, in clear or masked."""

    name: Words
    value: Plain


class PersonPageShape(Schema):
    """A person with the entries; opening it in clear is on the trail."""

    id: UUID
    name: str
    clear: bool
    facts: list[FactShape]
    registers: list[InRegisterShape]
