"""What is said of actual values: of a table, an indicator, its months, readings, snapshots; and what was decided instead."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import BeforeValidator

from zhiheng_web.api.shapes import exact
from zhiheng_web.api.told import Known, MaybeKnown, MaybeWords, Number, Words
from zhiheng_web.wording import Text


def plain(value: Any) -> Any:
    """A value of a computation as JSON: exact numbers and days as text, words in both languages."""
    if isinstance(value, Decimal):
        return exact(value)
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(inner) for inner in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _counts(value: Any) -> Any:
    return {str(key): number for key, number in value.items()}


Tree = Annotated[Any, BeforeValidator(plain)]
ByReason = Annotated[dict[str, int], BeforeValidator(_counts)]
"""How many were not counted, by the code of the reason."""


class ActualPartShape(Schema):
    """One part of an indicator. ``recorded`` = counted + evidence + check + duplicate; ``extra`` explains the figure."""

    code: str
    name: Words
    measure: str
    ledger: UUID
    state: str
    number: Number
    unit: str
    numerator: Number
    denominator: Number
    counted: int
    recorded: int
    not_counted: ByReason
    target: str
    extra: Tree


class ActualShape(Schema):
    """The actual value of an indicator on a day as known at an instant, on one counting basis."""

    indicator: UUID
    basis: UUID | None
    basis_code: str
    state: str
    value: Number
    unit: str
    shown: Words
    target: str
    on: date
    known: datetime
    counted: int
    recorded: int
    not_counted: ByReason
    circumstance: str
    decisive: int
    parts: list[ActualPartShape]


class ActualLineShape(Schema):
    """An indicator of a table with its value and the snapshot taken last."""

    row: UUID
    name: str
    target: str
    actual: ActualShape
    snapshot: UUID | None


class DutyActualsShape(Schema):
    """A duty with its indicators; ``registers``: those that no indicator measures (无指标)."""

    number: int | None
    name: str
    lines: list[ActualLineShape]
    registers: list[Known]


class ActualsShape(Schema):
    """The actual values of a table. ``shared``: organisations that several indicators count; in all each is counted once."""

    table: UUID
    version: UUID
    on: date
    known: date | None
    states: dict[str, int]
    duties: list[DutyActualsShape]
    organisations: int
    shared: dict[str, list[UUID]]


class MonthActualShape(Schema):
    """The value at a month's end, or on the day that is looked at."""

    month: str
    day: date
    state: str
    value: Number
    shown: Words
    counted: int


class BehindShape(Schema):
    """An entry behind a figure: counted (``reason`` null) or why not."""

    entry: UUID
    name: str
    organisation: str
    state: str
    day: str
    reason: MaybeWords
    proofs: int
    proof: UUID | None


class ReadingShape(Schema):
    """A counting basis (计算口径) with the value that it gives; ``holds``: it is the one of the target."""

    id: UUID
    code: str
    text: Words
    holds: bool
    state: str | None
    value: Number
    shown: MaybeWords


class SnapshotShape(Schema):
    """A frozen value; ``holds``: its digest still agrees with its entries; ``value`` in canonical form."""

    id: UUID
    indicator: Known
    on: date
    known_at: datetime
    counted: int
    digest: str
    reason: str
    replaces: UUID | None
    taken_by: MaybeKnown
    taken_at: datetime
    holds: bool
    value: dict[str, Any]


class SnapshotsShape(Schema):
    """The snapshots that were taken."""

    snapshots: list[UUID]


class ActualPageShape(Schema):
    """One indicator: its value, months, other readings, snapshots, and a page of the entries behind one part."""

    row: UUID
    name: str
    actual: ActualShape
    months: list[MonthActualShape]
    readings: list[ReadingShape]
    snapshots: list[UUID]
    part: str
    entries: list[BehindShape]
    more: bool


class BasesShape(Schema):
    """The counting bases of an indicator; ``version`` is the open version in which one can be chosen, null: an adjustment is needed."""

    row: UUID
    version: UUID | None
    bases: list[ReadingShape]


class CircumstanceShape(Schema):
    """What was decided about an indicator in a year; it holds once a second person has confirmed it, until ``known_until``."""

    id: UUID
    year: int
    kind: str
    reason: str
    document: str
    decided_by: Known
    confirmed_by: MaybeKnown
    confirmed_at: datetime | None
    known_from: datetime
    known_until: datetime
