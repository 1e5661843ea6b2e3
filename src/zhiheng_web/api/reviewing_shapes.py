"""What the API says of reviewing, comparing, weighing and the units in the department's view."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from zhiheng_web.api.told import Known, MaybeKnown, MaybeWords, Number, Words


class WaitingShape(Schema):
    """A version that waits for the caller: whose turn it is, its ``turn``, what agreeing must carry."""

    version: Known
    checkpoint: Words
    turn: int
    due_on: date | None
    rows: int
    opinions: int
    needs: list[str]


class OpinionShape(Schema):
    """An opinion on a cell (no row: on the head) and the answer to it."""

    id: UUID
    row: UUID | None = Field(None, alias="row_id")
    field: str
    text: str
    written_by: Known
    written_at: datetime
    answer: str
    answered_by: MaybeKnown
    answered_at: datetime | None


class MessageShape(Schema):
    """A contribution to the discussion; no indicator: on the whole version."""

    id: UUID
    indicator: UUID | None = Field(None, alias="indicator_id")
    text: str
    written_by: Known
    written_at: datetime


class ReasonShape(Schema):
    """Why an adjustment changes an indicator."""

    indicator: UUID = Field(alias="indicator_id")
    text: str
    written_by: Known
    written_at: datetime


class CheckpointShape(Schema):
    """One checkpoint of a route."""

    code: str
    zh: str
    en: str
    role: str
    requires: list[str]
    grades: bool
    by_office: bool
    again: bool
    days: int | None
    working: bool


class ItemShape(Schema):
    """An item that a grading checkpoint gives points or a grade, with its full points."""

    code: str
    name: Words
    full: str


class ContentItemsShape(Schema):
    """One of the four contents with its items."""

    name: Words
    items: list[ItemShape]


class ReviewShape(Schema):
    """What the page of reviewing shows beside the table: what the caller may do, why not, what is still open."""

    version: Known
    turn: int
    outcomes: list[str]
    why_not: MaybeWords
    needs: list[str]
    may_submit: bool
    may_withdraw: bool
    may_confirm: bool
    confirmed: bool
    unexplained: list[str]
    open_findings: int
    open_opinions: int
    route: list[CheckpointShape]
    items: list[ContentItemsShape]
    opinions: list[OpinionShape]
    reasons: list[ReasonShape]


class CellShape(Schema):
    """One cell on both sides; null: that side has none."""

    path: str
    label: Words
    old: str | None
    new: str | None
    changed: bool


class PairShape(Schema):
    """A row on both sides: same, changed, added or removed, with the cells that differ."""

    kind: str
    indicator: str
    name: str
    changes: list[CellShape]


class ComparedShape(Schema):
    """Two versions, the older first."""

    old: Known
    new: Known
    counts: dict[str, int]
    head: list[CellShape]
    objectives: list[CellShape]
    rows: list[PairShape]


class AdjustingShape(Schema):
    """What an adjustment would start from, and who may confirm it."""

    table: Known
    in_force: MaybeKnown
    under_way: MaybeKnown
    versions: list[Known]
    second_persons: list[Known]


class UnitPartShape(Schema):
    """One unit; an amount (元) only where its table is approved."""

    unit: Known
    approved: MaybeKnown
    pending: MaybeKnown
    amount: Number
    indicators: int
    duties: int


class SharedShape(Schema):
    """An indicator counted once, with the rows it stands in."""

    indicator: UUID
    name: str
    rows: list[Known]


class RollupShape(Schema):
    """The department's own table of the whole beside its units; ``complete``: every unit has an approved amount."""

    department: Known
    year: int
    whole: MaybeKnown
    pending: MaybeKnown
    total: Number
    of_units: Number
    difference: Number
    complete: bool
    units: list[UnitPartShape]
    indicators: list[SharedShape]
    duties: int
    listed: int


class TagsOfRow(Schema):
    """Tags; '' and null: not set."""

    level_1: str
    level_2: str
    direction: str
    points: Number
    method: str


class WeighedRowShape(Schema):
    """The tags of a row, those that are proposed, and why."""

    row: Known
    set: TagsOfRow
    proposed: TagsOfRow
    reasons: list[Words]
    accepted: bool


class WeighedDutyShape(Schema):
    """The rows of a duty."""

    duty: MaybeKnown
    rows: list[WeighedRowShape]


class WeightsStateShape(Schema):
    """Whether the points add up: complete, unscored, unweighted, untagged, wrong_sum or wrong_level."""

    kind: str
    total: Number
    expected: Number
    execution: Number
    wrong: list[Words]


class WeighedShape(Schema):
    """The points of a version. ``digest`` names the proposal: send it as ``seen`` when you accept it."""

    version: Known
    scheme: str
    schemes: list[str]
    state: WeightsStateShape
    duties: list[WeighedDutyShape]
    digest: str
    editable: bool


class PartLineShape(Schema):
    """One part of a compound indicator; ``read``: what its target means."""

    name: str
    target: str
    unit: str
    due_on: date | None
    read: MaybeWords


class DividedShape(Schema):
    """The parts of a row, or those that are proposed."""

    row: Known
    lines: list[PartLineShape]
    proposed_shown: bool
    reason: MaybeWords
    join: str = Field(alias="join_shown")
    editable: bool
