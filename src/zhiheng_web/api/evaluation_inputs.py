"""What the operations of samples, evaluations, agencies, surveys and the yearly sheet take."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from zhiheng_web.api.inputs import Code, Exact, Line, Number, Words, Year
from zhiheng_web.api.ledger_inputs import Day

Tier = Annotated[int, Field(ge=1, le=3)]
Digest = Annotated[str, StringConstraints(max_length=64, pattern=r"^[0-9a-f]*$")]
Place = Annotated[str, StringConstraints(max_length=120, pattern=r"^[\w/.:-]*$")]
MaybeExact = Exact | None


class SampleInput(Schema):
    """The seed and the size of a sample, written down for good before it is drawn."""

    year: Year
    name: Line
    seed: Line
    size: Annotated[int, Field(ge=1, le=100_000)]
    document: Line = ""


class RecheckRowInput(Schema):
    """What finance finds right of a row (null: 预算执行率) and why. ``points`` null: the self-score stands again."""

    row: UUID | None = None
    points: MaybeExact = None
    reason: Words = ""
    edits: Number | None = None


class WordOfReviewInput(Schema):
    """An opinion."""

    opinion: Words = ""


class EvaluationInput(Schema):
    """An evaluation: by the `department` or by `finance`, its scope, its index system, its last day."""

    kind: Annotated[str, StringConstraints(pattern=r"^(department|finance)$")]
    name: Line
    scope: Words
    system: Code
    due_on: Day
    document: Line = ""


class ItemPointsInput(Schema):
    """The points of items by their ids; those left out keep theirs."""

    points: Annotated[dict[UUID, Exact], Field(max_length=500)]


class EngagementInput(Schema):
    """The terms on which an agency is engaged; the fee in 元."""

    agency: UUID
    contract_number: Line
    contract_on: Day
    fee: Exact
    scope: Words


class InterestsInput(Schema):
    """``free`` true: there is no conflict of interests; else which one."""

    free: bool
    conflict: Words = ""


class MaterialsInput(Schema):
    """Materials that the evaluated must hand in, and by when."""

    names: Annotated[list[Line], Field(min_length=1, max_length=200)]
    due_on: Day


class UsernameInput(Schema):
    """The user name of somebody."""

    username: Line


class MembershipInput(UsernameInput):
    """Who works for an agency, from when on."""

    since: Day


class LeavingInput(Schema):
    """The day from which he works there no more."""

    until: Day


class GivenInput(Schema):
    """The marks of one item; null without ``not_applicable``: not marked yet."""

    points: MaybeExact = None
    not_applicable: bool = False
    remark: Words = ""


class MarksInput(Schema):
    """One's own marks by item, and the count that was seen."""

    items: Annotated[dict[UUID, GivenInput], Field(max_length=500)] = {}
    edits: Number | None = None


class FindingsInput(Schema):
    """What was found of items, by their ids."""

    findings: Annotated[dict[UUID, Words], Field(max_length=500)]


class DraftReportInput(Schema):
    """What a report says; ``problems`` one a line."""

    summary: Words
    problems: Words = ""
    advice: Words = ""


class AnswerDraftInput(Schema):
    """Whether the evaluated agrees with a draft, and what it holds against it."""

    agrees: bool
    reply: Words = ""


class ChecksInput(Schema):
    """Whether each line of the list of quality passes, by its code."""

    lines: Annotated[dict[Code, bool], Field(max_length=100)]
    opinion: Words = ""


class AgencyInput(Schema):
    """An agency (第三方机构); ``closed_on``: from that day on nothing is entrusted to it."""

    name: Line
    uscc: Line = ""
    closed_on: Day | None = None


class SurveyQuestionInput(Schema):
    """One question: `grade`, `choice` with its ``choices``, or `text`, which never counts."""

    text: Line
    kind: Code = "grade"
    weight: Exact = "1"
    text_en: Line = ""
    choices: Annotated[list[Line], Field(max_length=30)] = []
    counts: bool = True
    required: bool = True


class SurveyInput(Schema):
    """A survey as written. ``least``: answers below which no figure is given."""

    title: Line
    year: Year
    audience: Line
    opens_on: Day
    closes_on: Day
    questions: Annotated[list[SurveyQuestionInput], Field(min_length=1, max_length=50)]
    introduction: Words = ""
    scheme: Code = "share"
    least: Annotated[int, Field(ge=1, le=30_000)] = 5
    indicator: UUID | None = None


class InvitationsInput(Schema):
    """How many links, and to whom they go (never a person's name)."""

    number: Annotated[int, Field(ge=1, le=10_000)]
    label: Line = ""


class LinkGoneInput(Schema):
    """The link that went astray, or its last part."""

    link: Line


class FigureInput(Schema):
    """One figure of the yearly sheet: `given` with its value (amounts in 元), `not_applicable`, `missing`. ``base``: what stood there."""

    code: Code
    state: Code = "given"
    value: MaybeExact = None
    source: Line = ""
    base: UUID | None = None


class FiguresInput(Schema):
    """Figures of a department's year; ``reason`` where some replace earlier ones."""

    figures: Annotated[list[FigureInput], Field(min_length=1, max_length=200)]
    reason: Words = ""
