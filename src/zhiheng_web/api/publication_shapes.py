"""What the API says of publication (信息公开): packages, what stands against them, narrative, redactions, what is published."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from zhiheng_web.api.told import Known, MaybeWords, Words


class PackageStandingShape(Schema):
    """How it stands to its last day: days left (null once it is public), days it was late."""

    left: int | None
    late: int
    correction: bool
    text: Words


class PackageLineShape(Schema):
    """A package in the list."""

    id: UUID = Field(alias="package.pk")
    department: Known = Field(alias="package.department")
    year: int = Field(alias="package.year")
    kind: str = Field(alias="package.kind")
    edition: int = Field(alias="package.edition")
    state: str = Field(alias="package.state")
    approved_on: date = Field(alias="package.approved_on")
    approval_number: str = Field(alias="package.approval_number")
    due_on: date = Field(alias="package.due_on")
    digest: str = Field(alias="package.digest")
    clock: PackageStandingShape


class BeginnableShape(Schema):
    """A package that could be begun."""

    department: Known
    year: int
    kind: str
    name: Words


class LimitShape(Schema):
    """The time limit of a department; ``status`` says how far its basis was checked, '' the department's own."""

    department: Known
    days: int
    working: bool
    basis: str
    status: str


class BeginnableListShape(Schema):
    """What could be begun, and the time limits."""

    beginnable: list[BeginnableShape]
    limits: list[LimitShape]


class PackageTableShape(Schema):
    """A table of a package; ``left_out``: why it is not published."""

    slug: str
    position: int = Field(alias="row.position")
    name: str
    kind: Words
    left_out: str = Field(alias="row.left_out")


class PackageDecisionShape(Schema):
    """What was decided about the content of a digest."""

    kind: str
    text: Words
    digest: str
    opinion: str
    by: Known
    at: datetime


class ObstacleShape(Schema):
    """What must be done before the secrecy review."""

    text: Words
    place: str


class HintShape(Schema):
    """What the rules of publication say of a table."""

    code: str
    slug: str
    text: Words


class ChangedSinceShape(Schema):
    """A published figure whose entries have changed since."""

    place: str
    name: str
    entries: int
    revoked: int


class PackageEditionShape(Schema):
    """An edition of the same package."""

    id: UUID
    edition: int
    state: str
    correction_reason: str
    published_at: datetime | None


class PackageShape(Schema):
    """One package; ``digest`` is that of the frozen content, which review and signature are about. ``may``: what the caller may do."""

    id: UUID
    department: Known
    year: int
    kind: str
    edition: int
    corrects: UUID | None
    correction_reason: str
    state: str
    state_text: Words
    approved_on: date
    approval_number: str
    due_on: date
    digest: str
    clock: PackageStandingShape
    prepared_at: datetime | None
    reviewed_at: datetime | None
    signed_at: datetime | None
    published_at: datetime | None
    letter_number: str
    letter_on: date | None
    tables: list[PackageTableShape]
    decisions: list[PackageDecisionShape]
    editions: list[PackageEditionShape]
    obstacles: list[ObstacleShape]
    hints: list[HintShape]
    changed: list[ChangedSinceShape]
    may: dict[str, bool]


class ContentOfPackageShape(Schema):
    """What is or would be public of a package, in the form of the open data; '' in ``digest`` while it is a draft."""

    digest: str
    content: dict[str, Any]


class ParagraphShape(Schema):
    """A paragraph as it is worded and as it will read; ``loose`` are digits typed by hand that nobody confirmed."""

    id: UUID = Field(alias="row.pk")
    code: str = Field(alias="row.code")
    fixed: bool = Field(alias="row.fixed")
    heading: str = Field(alias="row.heading")
    text: str = Field(alias="row.text")
    edits: int = Field(alias="row.edits")
    reads: str
    loose: list[str]


class StatementShape(Schema):
    """A paragraph of the frozen narrative."""

    code: str
    heading: str
    text: str
    fixed: bool
    references: list[str]


class NarrativeNumberShape(Schema):
    """A number that the narrative may refer to, as {name}."""

    name: str
    label: Words
    words: str
    place: str


class NarrativeShape(Schema):
    """The narrative: in a draft its paragraphs and what they may refer to, later its frozen statements."""

    paragraphs: list[ParagraphShape]
    statements: list[StatementShape]
    numbers: list[NarrativeNumberShape]
    figures: list[NarrativeNumberShape]


class StillSaidShape(Schema):
    """A place that still says what is withheld elsewhere."""

    place: str
    text: Words
    said: str


class StillPublicShape(Schema):
    """A published edition that says it, and where."""

    package: UUID = Field(alias="package.pk")
    edition: int = Field(alias="package.edition")
    kind: Words
    said: list[StillSaidShape]


class RedactionShape(Schema):
    """What is withheld and on which ground; ``here``: where the package still says the same, ``public``: which published editions do."""

    id: UUID = Field(alias="redaction.pk")
    place: str
    text: Words
    ground: str = Field(alias="redaction.ground")
    ground_name: MaybeWords = Field(None, alias="ground.name")
    remark: str = Field(alias="redaction.remark")
    here: list[StillSaidShape]
    public: list[StillPublicShape]


class WithholdingShape(Schema):
    """What a rule proposes to withhold: personal data masked. ``key`` goes with the answer."""

    code: str = Field(alias="proposal.code")
    place: str = Field(alias="proposal.place")
    said: str = Field(alias="proposal.said")
    matter: Words = Field(alias="proposal.text")
    text: Words
    key: str = Field(alias="proposal.key")
    answer: str = Field("", alias="answer.reason")
    withheld: bool


class PlaceShape(Schema):
    """A place of a table that can be withheld."""

    place: str
    text: Words


class GroundShape(Schema):
    """A ground; ``status`` says how far its legal basis was checked."""

    code: str
    name: Words
    basis: Words
    status: str


class RedactionsShape(Schema):
    """What is withheld, what is proposed to be, and the places of one table."""

    made: list[RedactionShape]
    proposals: list[WithholdingShape]
    choices: list[PlaceShape]
    grounds: list[GroundShape]
    table: str


class EditionDifferenceShape(Schema):
    """A place at which two editions differ."""

    place: str
    where: Words
    before: str
    after: str


class EditionsShape(Schema):
    """What an edition says otherwise than the one it corrects; ``before`` null: there is none."""

    before: int | None
    after: int
    differences: list[EditionDifferenceShape]


class WithdrawnShape(Schema):
    """撤回: since when an edition is public no more, and on what ground."""

    on: date
    ground: str
    name: Words
    basis: Words


class PublishedShape(Schema):
    """A published package: each edition stays. ``latest``: no published edition corrects it; ``withdrawn``: its content is not public."""

    id: UUID = Field(alias="package")
    department: UUID
    year: int
    kind: str
    edition: int
    latest: bool
    digest: str
    reviewed_on: date
    signed_on: date
    published_on: date
    due_on: date
    late: int
    withdrawn: WithdrawnShape | None
