"""What the API says and takes: one shape per thing. Words come in both languages, exact numbers as text."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

from ninja import Schema

from zhiheng_web.wording import Text

Item = TypeVar("Item")


class Both(Schema):
    """Words in both languages."""

    zh: str
    en: str


def both(text: Text) -> dict[str, str]:
    """A text in both languages."""
    return {"zh": text.zh, "en": text.en}


def exact(number: Decimal | None) -> str | None:
    """An exact decimal as text, without trailing zeros that say nothing."""
    return None if number is None else format(number, "f")


class Problem(Schema):
    """Why something was refused: a stable code, what and what to do in both languages, and the inputs it is about.

    ``current`` is what stands there now, when somebody else was faster.
    """

    code: str
    zh: str
    en: str
    fields: dict[str, Both] = {}
    current: dict[str, str] | None = None


class Page(Schema, Generic[Item]):
    """A part of a list: ``count`` is the number of all."""

    count: int
    items: list[Item]


class Named(Schema):
    """Something by id and name."""

    id: UUID
    name: str


class UnitShape(Schema):
    """A unit of a department."""

    id: UUID
    code: str
    name: str
    department: Named


class TableShape(Schema):
    """A performance table of one unit or project for one year."""

    id: UUID
    year: int
    kind: str
    unit: UnitShape
    project: Named | None
    closed: bool


class VersionShape(Schema):
    """One version of a table: where it stands and what it says of money (元)."""

    id: UUID
    table: UUID
    number: int
    purpose: str
    state: str
    state_name: Both
    title: str
    total: str | None
    fiscal: str | None
    other: str | None
    basic: str | None
    project: str | None
    scheme: str
    edits: int
    created_at: datetime
    frozen_at: datetime | None
    in_force_from: date | None
    in_force_until: date | None
    approval_number: str
    digest: str


class TagsShape(Schema):
    """The tags of one row that scoring needs."""

    row: UUID
    indicator: UUID
    level_1: str
    level_2: str
    direction: str
    points: str | None
    method: str
    parts: list[dict[str, Any]]


class ContentShape(Schema):
    """All that a version says: ``table`` is the canonical JSON (see `zhiheng schema`); ``rows`` and ``duties`` give the ids, in order."""

    version: VersionShape
    table: dict[str, Any]
    duties: list[UUID]
    rows: list[UUID]
    tags: list[TagsShape]


class FindingShape(Schema):
    """A finding of the audit with the reply to it; ``row`` None: about the head or a whole column.

    ``mark`` names it when one replies to it.
    """

    mark: str
    code: str
    severity: str
    row: UUID | None
    field: str
    text: Both
    open: bool
    reply: str | None


class IndicatorShape(Schema):
    """An indicator as an identity across years."""

    id: UUID
    name: str
    department: Named
    duty: Named | None


class YearOfIndicator(Schema):
    """What one version said of an indicator."""

    year: int
    version: UUID
    state: str
    name: str
    target: str | None
    target_value: dict[str, Any] | None
    actual: str | None
    actual_value: dict[str, Any] | None


class HistoryShape(Schema):
    """An indicator through its versions, oldest first."""

    indicator: IndicatorShape
    history: list[YearOfIndicator]


class DecisionShape(Schema):
    """One decision on the way of a version."""

    turn: int
    checkpoint: Both
    outcome: str
    opinion: str
    minutes: str
    document: str
    grade: str
    total: str | None
    decided_by: str
    decided_at: datetime


class StandingShape(Schema):
    """Where a version stands on its route. ``turn`` goes back with a decision."""

    version: UUID
    state: str
    checkpoint: Both | None
    role: str
    turn: int
    due_on: date | None
    waits_for_me: bool
    decisions: list[DecisionShape]


class ProjectShape(Schema):
    """A budget project."""

    id: UUID
    code: str
    name: str
    attribute: str
    unit: UnitShape
    first_year: int
    last_year: int | None
    synthetic: bool


class MoneyShape(Schema):
    """The budget of a unit or project for a year by source, and what was paid (元)."""

    line: UUID
    project: Named | None
    source: str
    initial: str
    changed: str
    paid: str | None
    execution_percent: str | None


class TaskShape(Schema):
    """Something the caller must do."""

    kind: str
    text: Both
    link: str
    version: UUID | None
    role: str
    since: date
    due_on: date | None


class NoticeShape(Schema):
    """A notice to the caller."""

    id: UUID
    kind: str
    text: Both
    link: str
    made_at: datetime
    read_at: datetime | None


class RecordShape(Schema):
    """One record of the trail."""

    number: int
    at: datetime
    account: str
    name: str
    action: str
    object_type: str
    object_id: str
    object_name: str
    before: str
    after: str
    details: dict[str, Any]
    sha256: str
    sm3: str


class MeShape(Schema):
    """Who the token stands for."""

    id: UUID
    username: str
    name: str
    roles: list[str]
    scopes: list[str]


class ChoiceShape(Schema):
    """One reading that a question offers; ``value`` is what an answer carries."""

    value: str
    text: Both


class QuestionShape(Schema):
    """Something the reader could not decide by itself."""

    key: str
    row: int | None
    field: str
    texts: list[Both]
    choices: list[ChoiceShape]
    current: str
    open: bool


class PreviewTableShape(Schema):
    """One table of an uploaded file, as it would be imported."""

    number: int
    title: str
    unit: UUID
    kind: str
    year: int | None
    project: UUID | None
    history: bool
    edits: int
    version: UUID | None
    questions: list[QuestionShape]


class PreviewShape(Schema):
    """An uploaded file: waiting, reading, read, refused or cancelled, with its tables."""

    id: UUID
    file: str
    state: str
    step: int
    steps: int
    tables: list[PreviewTableShape]


class ChangedShape(Schema):
    """What a step changed: the version as it now stands."""

    version: VersionShape


class RejectedCell(Schema):
    """A cell that was not saved: ``conflict`` when somebody else changed it meanwhile (``current`` is theirs), or why not."""

    row: str
    field: str
    code: str
    zh: str
    en: str
    current: str | None


class EditedShape(Schema):
    """What became of a batch of cells."""

    version: VersionShape
    saved: int
    rejected: list[RejectedCell]


class MadeShape(Schema):
    """The id of what was made."""

    id: UUID


class PartShape(Schema):
    """Some of the projects: how many, their budget (元), and what per cent of all that is."""

    number: int
    amount: str
    percent_of_number: str | None
    percent_of_amount: str | None


class CoverageShape(Schema):
    """How far money and goals are linked: projects with goals and with links, each project counted once."""

    year: int
    department: Named
    total: PartShape
    with_goals: PartShape
    without_goals: PartShape
    linked: PartShape
    unlinked: PartShape
    links: int


class CountShape(Schema):
    """How many were written."""

    count: int


class AskingShape(Schema):
    """A rule of the audit whose findings ask for a reply."""

    code: str
    title: Both
    findings: list[FindingShape]
