"""What the API takes: one input per operation, bounded so that nothing the database cannot keep gets in."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

NO_NUL = r"^[^\x00]*$"
Words = Annotated[str, StringConstraints(max_length=5000, pattern=NO_NUL)]
Line = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]
Code = Annotated[str, StringConstraints(max_length=100, pattern=r"^[\w.:-]*$")]
Exact = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,12}(\.[0-9]{1,4})?$")]
"""An exact decimal as text."""
Year = Annotated[int, Field(ge=1990, le=2100)]
Limit = Annotated[int, Field(ge=1, le=500)]
Offset = Annotated[int, Field(ge=0, le=10_000_000)]
Number = Annotated[int, Field(ge=0, le=2_000_000_000)]


class AnswerInput(Schema):
    """An answer to a question of a previewed table; ``choice`` '' takes it back."""

    key: Line
    choice: Line
    text: Words = ""


class DirectionInput(Schema):
    """Where a previewed table goes."""

    unit: UUID
    kind: Code
    year: Year | None = None
    project: UUID | None = None
    history: bool = False


class IdentitiesInput(Schema):
    """The known indicator of each row, by the row's position; '': a new one."""

    rows: Annotated[dict[Code, Annotated[str, StringConstraints(pattern=r"^([0-9a-f-]{36})?$")]], Field(max_length=5000)]


class SeenInput(Schema):
    """``edits`` as the caller last saw it: a later change is a conflict."""

    edits: Number | None = None


class CellInput(Schema):
    """One cell: the row's id (or `head`, see the description), its field, what the caller saw there, what shall stand there."""

    row: Line
    field: Code
    base: Words
    text: Words

    model_config = {"json_schema_extra": {"examples": [{"row": "<row id>", "field": "target", "base": "60家", "text": "65家"}]}}


class CellsInput(Schema):
    """A batch of cells."""

    cells: Annotated[list[CellInput], Field(min_length=1, max_length=5000)]


class WordsInput(Schema):
    """One text."""

    text: Words


class ReplyInput(WordsInput):
    """A reply to a finding; ``alike`` gives it to every other open finding of the same rule."""

    alike: bool = False


class ReasonInput(Schema):
    """A reason."""

    reason: Words


class DecisionInput(Schema):
    """What a checkpoint decides. ``points`` or ``ticks`` grade the items of the four contents, where the checkpoint grades."""

    turn: Number
    outcome: Annotated[str, StringConstraints(pattern=r"^(agree|return|block)$")]
    opinion: Words = ""
    minutes: Line = ""
    document: Line = ""
    mend: Words = ""
    points: dict[Code, Exact] = {}
    ticks: dict[Code, Annotated[str, StringConstraints(pattern=r"^(excellent|good|fair|poor)$")]] = {}
    in_force_from: date | None = None

    model_config = {"json_schema_extra": {"examples": [{"turn": 0, "outcome": "agree", "opinion": "同意"}]}}


class ApprovalInput(SeenInput):
    """The number of an approval that was given outside, and its day."""

    number: Line
    approved_on: date | None = None


class AdjustInput(Schema):
    """Why and on which document targets are adjusted, and who confirms."""

    reason: Words
    document: Line
    second_person: UUID | None = None


class OpinionInput(Schema):
    """An opinion on a cell; no row: on the head."""

    row: UUID | None = None
    field: Code
    text: Words


class TagsInput(Schema):
    """The tags of one row; '' and null: not set."""

    level_1: Line = ""
    level_2: Line = ""
    direction: Code = ""
    points: Exact | None = None
    method: Code = ""


class RowTagsInput(Schema):
    """The tags a row shall have and those the caller saw."""

    row: UUID
    tags: TagsInput
    seen: TagsInput


class WeightsInput(Schema):
    """The tags of several rows."""

    rows: Annotated[list[RowTagsInput], Field(min_length=1, max_length=2000)]


class PartInput(Schema):
    """One part of a compound indicator."""

    name: Line
    target: Line
    unit: Annotated[str, StringConstraints(max_length=30, pattern=NO_NUL)] = ""
    due_on: date | None = None


class PartsInput(Schema):
    """The parts of an indicator and how they are joined; no parts: it is whole again."""

    parts: Annotated[list[PartInput], Field(max_length=50)]
    join: Code = ""
    edits: Number | None = None


class GenerateInput(Schema):
    """The year of the new table."""

    year: Year
    carry_tags: bool = True


class MessageInput(Schema):
    """A contribution to the discussion; no indicator: on the whole version."""

    text: Words
    indicator: UUID | None = None


class ProposalInput(Schema):
    """The rows to fill (null: all) and the digest of the proposal that was looked at."""

    rows: Annotated[list[UUID], Field(max_length=2000)] | None = None
    seen: Code


class ContentInput(Schema):
    """Points for one content of a pre-assessment, and what was found."""

    points: Exact
    found: Words


class PreAssessmentInput(Schema):
    """事前绩效评估: points for each content (`necessity`, `economy` … as on the page), a conclusion and an opinion. ``amount`` in 元."""

    assessed_on: date
    given: dict[Code, ContentInput]
    conclusion: Code
    opinion: Words
    method: Line = ""
    amount: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,12}(\.[0-9]{1,2})?$")] | None = None
