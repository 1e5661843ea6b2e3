"""What the API says of self-evaluation (绩效自评): the card, a row with its trace, points."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from zhiheng_web.api.told import Known, MaybeKnown, Number, Words


class SelfEvaluationLineShape(Schema):
    """A table of a year with its newest self-evaluation; null: not begun, and ``begins``: the caller may begin it."""

    table: Known
    evaluation: MaybeKnown
    state: Words
    begins: bool
    total: Number = Field(None, alias="evaluation.total")
    grade: str = Field("", alias="evaluation.grade")


class WantedShape(Schema):
    """What is wanted of a row, and the rule that asks."""

    field: str
    text: Words
    code: str


class TodoShape(Schema):
    """What is wanted of the whole, where it is done."""

    text: Words
    where: str
    row: UUID | None


class FoundShape(Schema):
    """A finding of the rules; ``blocks``: it stands in the way of handing in."""

    code: str
    severity: str
    text: Words
    row: UUID | None
    field: str
    blocks: bool


class ScoreShape(Schema):
    """The points of a row: its weight, what it is scored with, what it got (null: a person judges, or it left the total)."""

    state: str
    weight: Number
    effective: Number
    method: str
    points: Number
    low: Number
    high: Number
    provisional: bool


class SelfRowShape(Schema):
    """One row. ``computed`` is what the rules alone give; ``override`` counts once it is confirmed (``overridden``)."""

    id: UUID = Field(alias="row.pk")
    indicator: UUID = Field(alias="row.indicator_id")
    name: str = Field(alias="row.indicator_row.name")
    target: str = Field(alias="row.indicator_row.target_text")
    shown: Words
    snapshot: UUID | None = Field(None, alias="row.snapshot_id")
    survey: UUID | None = Field(None, alias="row.survey_id")
    points: Number = Field(None, alias="row.points")
    approved: Number
    points_reason: str = Field(alias="row.points_reason")
    score: ScoreShape | None
    computed: ScoreShape | None
    steps: list[Words]
    notes: list[Words]
    tier: int | None = Field(None, alias="row.tier")
    judged: Number = Field(None, alias="row.judged")
    judged_basis: str = Field(alias="row.judged_basis")
    reason: str = Field(alias="row.reason")
    improvement: str = Field(alias="row.improvement")
    override: Number = Field(None, alias="row.override")
    override_reason: str = Field(alias="row.override_reason")
    override_at: datetime | None = Field(None, alias="row.override_at")
    override_confirmed_at: datetime | None = Field(None, alias="row.override_confirmed_at")
    overridden: bool
    edits: int = Field(alias="row.edits")
    demands: list[WantedShape]
    findings: list[FoundShape]
    files: int
    changed: int
    fills: bool
    judges: bool


class SelfMoneyShape(Schema):
    """The money of a source (元); ``executed`` null: nothing is known."""

    source: str
    initial: Number
    budget: Number
    executed: Number
    until: int | None = None


class CardShape(Schema):
    """What the rows sum to. ``total`` null while a row is still to be judged; ``low`` and ``high`` bound it."""

    ceiling: Number
    total: Number
    low: Number
    high: Number
    grade: str
    provisional: bool


class ChangedFigureShape(Schema):
    """A figure that a correction changed; ``name`` '' is the whole."""

    indicator: str
    name: str
    what: Words
    before: str
    after: str


class SelfEvaluationShape(Schema):
    """A self-evaluation with its card. ``card`` null: no score yet, and ``todos`` say why. ``payments_until``: later months are unknown."""

    id: UUID = Field(alias="evaluation.pk")
    table: Known = Field(alias="evaluation.table")
    version: UUID = Field(alias="evaluation.version_id")
    edition: int = Field(alias="evaluation.edition")
    replaces: UUID | None = Field(None, alias="evaluation.replaces_id")
    correction_reason: str = Field(alias="evaluation.correction_reason")
    state: str = Field(alias="evaluation.state")
    on: date = Field(alias="evaluation.on")
    known_at: datetime = Field(alias="evaluation.known_at")
    scheme: str = Field(alias="evaluation.scheme")
    digest: str = Field(alias="evaluation.digest")
    goal_actual: str = Field(alias="evaluation.goal_actual")
    overview: str = Field(alias="evaluation.overview")
    problems: str = Field(alias="evaluation.problems")
    improvements: str = Field(alias="evaluation.improvements")
    payments_note: str | None = Field(None, alias="evaluation.payments_note")
    payments_until: int | None = Field(None, alias="held.unknown_since")
    submitted_at: datetime | None = Field(None, alias="evaluation.submitted_at")
    decided_at: datetime | None = Field(None, alias="evaluation.decided_at")
    opinion: str = Field(alias="evaluation.opinion")
    card: CardShape | None
    computed: CardShape | None
    execution: ScoreShape | None
    execution_steps: list[Words]
    funds: list[SelfMoneyShape]
    rows: list[SelfRowShape] = Field(alias="lines")
    todos: list[TodoShape]
    findings: list[FoundShape]
    left: int
    open: bool
    may: dict[str, bool]
    editions: list[Known]


class SelfEvaluationPageShape(Schema):
    """A self-evaluation; of a correction also the figures that it changed."""

    about: SelfEvaluationShape
    differences: list[ChangedFigureShape]


class TracedEntryShape(Schema):
    """An entry behind a frozen value; ``reason`` null: it counted; ``since``: it is known otherwise now."""

    entry: UUID
    title: str
    organisation: str
    day: str
    ledger: Words = Field(alias="register")
    part: str
    reason: Words | None
    since: bool


class SelfFileShape(Schema):
    """A file of a row; withdrawn ones stay on record."""

    id: UUID
    title: str
    name: str = Field(alias="file.name")
    media_type: str = Field(alias="file.media_type")
    size: int = Field(alias="file.size")
    sha256: str = Field(alias="file.sha256")
    public: bool
    added_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str


class TracedRowShape(Schema):
    """A row down to the entries behind its value (``more``: there is a further page), with its files."""

    line: SelfRowShape
    entries: list[TracedEntryShape]
    counted: int
    not_counted: int
    number: int
    more: bool
    files: list[SelfFileShape]
    withdrawn: list[SelfFileShape]
    may: dict[str, bool]


class RowPointsShape(Schema):
    """The points of a row: set, approved, proposed and why."""

    row: UUID = Field(alias="row.pk")
    name: str = Field(alias="row.indicator_row.name")
    points: Number = Field(None, alias="row.points")
    approved: Number
    proposed: Number
    reason: Words


class SelfPointsShape(Schema):
    """The points of all rows; ``expected`` is what they must sum to beside those of the execution rate."""

    lines: list[RowPointsShape]
    total: Number
    expected: Number
    execution: Number
    rest: Number
    editable: bool
