"""What the API says of monitoring (绩效运行监控): rounds, reports row by row, curves."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from zhiheng_web.api.told import Known, Number, Words


class RoundShape(Schema):
    """A round: its state on this day, how many of its tables have reported, and how many indicators stand under each lamp.

    ``provisional``: of these, how many by the figure of an earlier data year, because that of this one is not out.
    """

    id: UUID = Field(alias="round.pk")
    department: Known = Field(alias="round.department")
    year: int = Field(alias="round.year")
    number: int = Field(alias="round.number")
    name: str = Field(alias="round.name")
    first: date = Field(alias="round.first")
    last: date = Field(alias="round.last")
    due_on: date = Field(alias="round.due_on")
    covers: str = Field(alias="round.covers")
    tables: list[UUID] | None = Field(None, alias="round.tables")
    policy: str = Field(alias="round.policy")
    document: str = Field(alias="round.document")
    state: str
    state_text: Words
    opened_at: datetime | None = Field(None, alias="round.opened_at")
    closed_at: datetime | None = Field(None, alias="round.closed_at")
    reports: int
    submitted: int
    lamps: dict[str, int]
    provisional: dict[str, int]
    corrections: int


class ReportStandingShape(Schema):
    """A report in its round; ``readable`` false: not by the caller; ``awaited``: the caller reads it once it is handed in."""

    id: UUID = Field(alias="report.pk")
    table: Known = Field(alias="report.table")
    state: str = Field(alias="report.state")
    readable: bool
    awaited: bool
    lamps: dict[str, int]
    provisional: dict[str, int]


class RoundPageShape(Schema):
    """One round with its reports; before it is opened, the tables that would report. ``may``: what the caller may do."""

    line: RoundShape
    reports: list[ReportStandingShape]
    versions: list[Known]
    without: int
    may: dict[str, bool]


class DemandShape(Schema):
    """One thing that is asked for; ``must``: nothing is handed in without it."""

    row: UUID | None
    field: str
    must: bool
    text: Words
    code: str


class MonitoredRowShape(Schema):
    """One indicator in a report: its frozen value, what is due by the day, its lamp with the reasons, what the office says."""

    id: UUID = Field(alias="row.pk")
    indicator: UUID = Field(alias="row.indicator_id")
    name: str = Field(alias="row.indicator_row.name")
    target: str = Field(alias="row.indicator_row.target_text")
    state: str = Field(alias="row.state")
    value: Number = Field(None, alias="row.value")
    unit: str = Field(alias="row.unit")
    shown_zh: str = Field(alias="row.shown_zh")
    shown_en: str = Field(alias="row.shown_en")
    due: Number = Field(None, alias="row.due")
    lamp: str = Field(alias="row.lamp")
    provisional: bool
    stands_in: Words | None
    why: list[Words]
    notes: list[Words]
    snapshot: UUID | None = Field(None, alias="row.snapshot_id")
    reasons: list[str]
    explanation: str = Field(alias="row.explanation")
    forecast: str = Field(alias="row.forecast")
    possibility: str = Field(alias="row.possibility")
    tier: int | None = Field(None, alias="row.tier")
    remark: str = Field(alias="row.remark")
    edits: int = Field(alias="row.edits")
    asked: list[DemandShape]
    corrections: list[Known]
    fills: bool


class FundShape(Schema):
    """The money of a source (元): initial budget, budget, executed (null: nothing is known), forecast of the year (null: not said)."""

    source: str
    initial: Number
    budget: Number
    executed: Number
    forecast: Number


class WholeMoneyShape(FundShape):
    """All sources together."""

    source: str = ""


class MonitoringReportShape(Schema):
    """A report of a table in a round, row by row. Of a closed round it stands as it was kept."""

    id: UUID = Field(alias="report.pk")
    round: UUID = Field(alias="report.round_id")
    table: Known = Field(alias="report.table")
    version: UUID = Field(alias="report.version_id")
    state: str = Field(alias="report.state")
    known_at: datetime = Field(alias="report.known_at")
    budget_lamp: str = Field(alias="report.budget_lamp")
    goal_lamp: str = Field(alias="report.goal_lamp")
    lamp: str = Field(alias="report.lamp")
    why: list[Words]
    budget_reason: str = Field(alias="report.budget_reason")
    overview: str = Field(alias="report.overview")
    problems: str = Field(alias="report.problems")
    opinion: str = Field(alias="report.opinion")
    returned: str = Field(alias="report.returned")
    submitted_at: datetime | None = Field(None, alias="report.submitted_at")
    digest: str = Field(alias="report.digest")
    edits: int = Field(alias="report.edits")
    whole: WholeMoneyShape
    funds: list[FundShape]
    rows: list[MonitoredRowShape]
    asked: list[DemandShape]
    lamps: dict[str, int]
    provisional: dict[str, int]
    open: bool
    may: dict[str, bool]


class CurvePointShape(Schema):
    """By the end of the day this share of the target is due, in per cent, half up to four places."""

    on: date
    percent: str


class CurveShape(Schema):
    """An indicator's curve and where it comes from. ``own``: somebody set it; ``paced`` false: no curve divides it (a rate, a level)."""

    row: UUID
    indicator: UUID
    name: str
    target: str
    origin: Words
    own: bool
    paced: bool
    sets: bool
    points: list[CurvePointShape]


class CurvesShape(Schema):
    """The curves of a table."""

    table: Known
    version: UUID
    lines: list[CurveShape]


class CurveToSetShape(Schema):
    """A curve with what a writer sends back as ``base``."""

    line: CurveShape
    base: str


class CorrectionFormShape(Schema):
    """What a corrective action of a row needs: those there are, who may answer for one, why the lamp is as it is."""

    row: UUID
    corrections: list[Known]
    persons: list[Known]
    why: list[Words]


class ManyMadeShape(Schema):
    """The ids of what was made."""

    ids: list[UUID]
