"""What the API says of rectification, the use of results, surveys and the yearly sheet of a department."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from zhiheng_web.api.told import Known, MaybeKnown, MaybeWords, Number, Words


class RectificationShape(Schema):
    """A problem on its way to being put right; ``days_left`` below 0 once its day has passed."""

    id: UUID = Field(alias="item.pk")
    table: Known = Field(alias="item.table")
    order: UUID | None = Field(None, alias="item.order_id")
    indicator: MaybeKnown = Field(None, alias="item.indicator")
    problem: str = Field(alias="item.problem")
    demand: str = Field(alias="item.demand")
    measure: str = Field(alias="item.measure")
    responsible: str
    due_on: date = Field(alias="item.due_on")
    state: str
    state_text: Words = Field(alias="state_name")
    source: Words
    days_left: int
    closed_at: datetime | None = Field(None, alias="item.closed_at")
    edits: int = Field(alias="item.edits")


class RectificationStepShape(Schema):
    """What happened to it: `measure`, `progress`, `extended`, `reported`, `returned`, `closed`."""

    id: UUID
    number: int
    kind: str
    text: str
    file: str
    at: datetime


class RectificationPageShape(Schema):
    """A problem with its steps; ``can``: what the caller may do now; ``people``: who may answer for it."""

    line: RectificationShape
    steps: list[RectificationStepShape]
    can: dict[str, bool]
    people: list[Known]
    origin: Words


class OrderShape(Schema):
    """An order (整改通知) with how each of its problems stands."""

    id: UUID
    title: str
    table: Known
    issuer: Known
    due_on: date
    ordered_at: datetime
    source: Words
    lines: list[RectificationShape]


class OrderSourceShape(Schema):
    """A result from which an order may come."""

    kind: str
    id: UUID
    text: Words


class ProposedProblemShape(Schema):
    """A problem that the chosen result shows."""

    problem: str
    demand: str
    indicator: UUID | None


class OrderDraftShape(Schema):
    """What an order about a table may come from and be about."""

    table: Known
    sources: list[OrderSourceShape]
    indicators: list[Known]
    problems: list[ProposedProblemShape]


class UseShape(Schema):
    """What follows from a result for next year's money (元): `keep`, `cut` or `cancel`."""

    id: UUID = Field(alias="use.pk")
    table: Known = Field(alias="use.table")
    project: MaybeKnown = Field(None, alias="use.project")
    about: Words
    decision: str = Field(alias="use.decision")
    before: Number = Field(None, alias="use.before")
    after: Number = Field(None, alias="use.after")
    change: Number
    reason: str = Field(alias="use.reason")
    document: str = Field(alias="use.document")
    next_year: int = Field(alias="use.next_year")
    basis: Words
    decided_at: datetime = Field(alias="use.decided_at")
    replaced: UUID | None = Field(None, alias="use.replaced_by_id")


class UsePageShape(Schema):
    """A decision with the others on the same matter."""

    line: UseShape
    others: list[UseShape]
    may_decide: bool


class ResultShape(Schema):
    """A result on which a decision may rest."""

    value: str
    text: Words
    grade: str


class UseProposalShape(Schema):
    """What the parameters propose for the grade; ``status`` says how far their basis was checked."""

    decision: str
    after: Number
    basis: str
    status: str


class UseDraftShape(Schema):
    """What a decision about a table would rest on."""

    table: Known
    results: list[ResultShape]
    before: Number
    before_from: Words
    proposal: UseProposalShape | None
    standing: UseShape | None
    project: MaybeKnown
    projects: list[Known]
    next_year: int


class SurveyLineShape(Schema):
    """A survey with how many were invited and have answered; its figure once it is closed."""

    id: UUID = Field(alias="survey.pk")
    department: Known = Field(alias="survey.department")
    year: int = Field(alias="survey.year")
    title: str = Field(alias="survey.title")
    audience: str = Field(alias="survey.audience")
    indicator: MaybeKnown = Field(None, alias="survey.indicator")
    opens_on: date = Field(alias="survey.opens_on")
    closes_on: date = Field(alias="survey.closes_on")
    state: str
    state_text: Words = Field(alias="state_name")
    invited: int
    answers: int
    figure: MaybeWords
    percent: str = Field("", alias="tally.percent")
    returned: str = Field("", alias="tally.returned")
    digest: str = Field(alias="survey.digest")


class AskedShape(Schema):
    """A question of a survey."""

    id: UUID
    text: str
    text_en: str
    kind: str
    weight: Number
    counts: bool
    required: bool
    choices: list[str]


class AnsweredCellShape(Schema):
    """How many gave one answer; null: held back, because so few did that one could guess who."""

    name: Words
    number: int | None


class AnsweredShape(Schema):
    """A question of a closed survey."""

    text: Words
    weight: str
    counts: bool
    answered: str
    percent: str
    cells: list[AnsweredCellShape]


class FreeWordsShape(Schema):
    """Free words in no order, for whoever may read them."""

    question: Words
    words: list[str]


class SurveyShape(Schema):
    """One survey and, once it is closed, its result. Who answered what is kept nowhere."""

    line: SurveyLineShape
    introduction: str
    scheme: str
    least: int
    questions: list[AskedShape]
    results: list[AnsweredShape]
    words: list[FreeWordsShape]
    can: dict[str, bool]


class LinksShape(Schema):
    """The tails of the links, told this once: an answer is given at `/s/<token>/`."""

    tokens: list[str]


class FigureShape(Schema):
    """A figure of the sheet: amounts in 元."""

    id: UUID
    state: str
    value: Number
    source: str
    reason: str
    entered_at: datetime


class SheetKnownShape(Schema):
    """What the service can work out itself."""

    value: Number
    what: Words


class SheetLineShape(Schema):
    """An input of the sheet: what stands, what it replaced, last year's, what the service knows."""

    code: str = Field(alias="asked.code")
    name: Words
    note: Words
    figure: FigureShape | None
    history: list[FigureShape]
    last: FigureShape | None
    known: SheetKnownShape | None
    differs: bool


class SheetRatioShape(Schema):
    """A ratio of the frame: in per cent ('' where there is none), in words, its formula and how it was worked out."""

    code: str = Field(alias="found.ratio.code")
    name: Words
    level: Words
    formula: Words
    direction: Words
    percent: str = Field(alias="found.percent")
    words: Words
    last_words: Words
    points: str
    weight: str
    trace: list[Words]


class YearlySheetShape(Schema):
    """The yearly sheet of a department with its ratios."""

    department: Known
    year: int
    lines: list[SheetLineShape]
    ratios: list[SheetRatioShape]
    may_keep: bool
