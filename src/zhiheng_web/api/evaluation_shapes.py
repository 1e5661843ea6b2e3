"""What the API says of evaluations (绩效评价): the engagement, the index system, materials, the panel, the report; agencies, samples."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from zhiheng_web.api.told import Known, MaybeKnown, Number, Words


class EvaluationLineShape(Schema):
    """An evaluation in the list; ``waits``: for a step of the caller's."""

    id: UUID = Field(alias="evaluation.pk")
    name: str = Field(alias="evaluation.name")
    table: Known = Field(alias="evaluation.table")
    kind: str = Field(alias="evaluation.kind")
    state: str = Field(alias="evaluation.state")
    due_on: date = Field(alias="evaluation.due_on")
    total: Number
    grade: str = Field(alias="evaluation.grade")
    waits: bool
    late: bool


class EngagementShape(Schema):
    """An engagement. Contract and fee (元) are null for those who may not see them."""

    id: UUID
    agency: Known
    scope: str
    contract_number: str | None
    contract_on: date | None
    fee: Number
    contract: bool
    declared_at: datetime | None
    conflict: str
    ended_at: datetime | None
    end_reason: str | None


class GivenMarkShape(Schema):
    """What one evaluator gave an item, and what became of it (counted, trimmed, void)."""

    name: str
    points: Number
    fate: Words
    remark: str


class IndexItemShape(Schema):
    """An item of the index system. Marks, points and findings are there only for those who may see them now."""

    id: UUID
    level: Words
    level_2: str
    name: str
    standard: str
    full: Number
    finding: str
    points: Number
    apart: Number
    ratio: Words | None
    proposed: Number
    own: Number
    own_remark: str
    marks: list[GivenMarkShape]


class MaterialShape(Schema):
    """A material that must be handed in: `received`, `sent_back`, `waived`, `overdue` or `awaited`."""

    id: UUID = Field(alias="material.pk")
    name: str = Field(alias="material.name")
    due_on: date = Field(alias="material.due_on")
    state: str
    text: Words
    file: str = Field("", alias="material.file.name")
    handed_in_at: datetime | None = Field(None, alias="material.handed_in_at")
    sent_back: str = Field(alias="material.sent_back")
    waived: str = Field(alias="material.waived")


class SeatShape(Schema):
    """Somebody of the panel: declared, handed in, void."""

    id: UUID
    account: Known
    declared_at: datetime | None
    handed_in_at: datetime | None
    voided_at: datetime | None
    edits: int


class EvaluationReportShape(Schema):
    """A draft with the reply of the evaluated, its answer, and the check of its quality. ``newest``: steps are taken on this one."""

    id: UUID = Field(alias="report.pk")
    number: int = Field(alias="report.number")
    summary: str = Field(alias="report.summary")
    problems: str = Field(alias="report.problems")
    advice: str = Field(alias="report.advice")
    total: Number = Field(None, alias="report.total")
    file: str = Field("", alias="report.file.name")
    handed_in_at: datetime = Field(alias="report.handed_in_at")
    reply: str = Field(alias="report.reply")
    agrees: bool | None = Field(None, alias="report.agrees")
    reply_due_on: date | None = Field(None, alias="report.reply_due_on")
    replied_at: datetime | None = Field(None, alias="report.replied_at")
    answer: str = Field(alias="report.answer")
    checks: list[dict[str, Any]] = Field(alias="report.checks")
    passed: bool | None = Field(None, alias="report.passed")
    check_opinion: str = Field(alias="report.check_opinion")
    returned: str = Field(alias="report.returned")
    newest: bool
    late: bool


class CheckLineShape(Schema):
    """A line of the list by which a report is checked."""

    code: str
    zh: str
    en: str


class EvaluationShape(Schema):
    """One evaluation as the caller sees it: an agency before its declaration the terms only. ``can``: the steps that he may take now."""

    id: UUID
    name: str
    kind: str
    table: Known
    scope: str
    system: str
    state: str
    state_text: Words
    due_on: date
    document: str
    total: Number
    grade: str
    full: Number
    accepted_at: datetime | None
    opinion: str
    engagements: list[EngagementShape]
    items: list[IndexItemShape]
    materials: list[MaterialShape]
    panel: list[SeatShape]
    reports: list[EvaluationReportShape]
    checks: list[CheckLineShape]
    handed_in: int
    standing: int
    can: list[str]
    edits: int | None


class MemberShape(Schema):
    """Who works for an agency, from when until when."""

    id: int
    account: Known
    since: date
    until: date | None


class AgencyShape(Schema):
    """An agency with its people, who are told to those that keep them."""

    id: UUID = Field(alias="agency.pk")
    name: str = Field(alias="agency.name")
    uscc: str = Field(alias="agency.uscc")
    closed_on: date | None = Field(None, alias="agency.closed_on")
    members: list[MemberShape]
    under_way: int
    all_time: int


class NumberedShape(Schema):
    """The number of what was made."""

    id: int


class SampleShape(Schema):
    """A sample: seed and size, written down before the draw; the digest covers population, seed and size."""

    id: UUID
    year: int
    name: str
    seed: str
    size: int
    document: str
    digest: str
    announced_at: datetime
    drawn_at: datetime | None


class DrawnShape(Schema):
    """A self-evaluation drawn. ``recheck`` null: not for the caller; its identity is, so that anybody can draw again."""

    place: int
    identity: str
    recheck: UUID | None
    table: MaybeKnown
    opens: bool
    gap: Number
    far: bool


class SamplePageShape(Schema):
    """One sample; ``holds``: drawing again from what was kept gives the same."""

    sample: SampleShape
    lines: list[DrawnShape]
    size_of_population: int
    holds: bool
    waiting: int | None


class RecheckedShape(Schema):
    """A row: its self-score, what finance holds right (null: it stands) and why. ``row`` null: 预算执行率."""

    row: UUID | None = Field(None, alias="row.pk")
    name: str
    full: Number
    points: Number
    stands: Number
    difference: Number
    reason: str = Field("", alias="found.reason")


class RecheckShape(Schema):
    """A re-check beside the self-score; ``far``: they differ by more than ``bound``."""

    id: UUID = Field(alias="recheck.pk")
    sample: UUID = Field(alias="recheck.sample_id")
    self_evaluation: UUID = Field(alias="recheck.self_evaluation_id")
    table: Known = Field(alias="recheck.self_evaluation.table")
    opinion: str = Field(alias="recheck.opinion")
    finished_at: datetime | None = Field(None, alias="recheck.finished_at")
    edits: int = Field(alias="recheck.edits")
    lines: list[RecheckedShape] = Field(alias="checked.lines")
    ceiling: Number = Field(None, alias="checked.ceiling")
    self_total: Number = Field(None, alias="checked.self_total")
    total: Number = Field(None, alias="checked.total")
    grade: str = Field(alias="checked.grade")
    bound: Number = Field(None, alias="checked.bound")
    gap: Number = Field(None, alias="checked.gap")
    far: bool = Field(alias="checked.far")
    works: bool
    own: bool
