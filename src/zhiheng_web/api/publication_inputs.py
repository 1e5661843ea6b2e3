"""What the operations of rectification, of the use of results and of publication take."""

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


class OrderedProblemInput(Schema):
    """One problem with what is demanded; ``due_on`` null: by the day of the order."""

    problem: Words
    demand: Words = ""
    indicator: UUID | None = None
    due_on: Day | None = None


class OrderInput(Schema):
    """An order (整改通知) about a table, from a ``source`` (`evaluation`, `recheck`, `self_evaluation`, `report`) by its id."""

    table: UUID
    title: Line
    due_on: Day
    problems: Annotated[list[OrderedProblemInput], Field(min_length=1, max_length=100)]
    source: Code = ""
    source_id: UUID | None = None


class ProgressInput(Schema):
    """What was done."""

    text: Words


class ExtendInput(Schema):
    """The later day and why."""

    due_on: Day
    reason: Words


class ReviewItemInput(Schema):
    """Close it (true), or return it with an opinion."""

    closes: bool
    opinion: Words = ""


class UseInput(Schema):
    """`keep`, `cut` or `cancel`: the amounts before and after in 元, and the one result that it rests on."""

    table: UUID
    decision: Code
    before: Exact
    after: Exact
    reason: Words
    document: Line = ""
    project: UUID | None = None
    self_evaluation: UUID | None = None
    evaluation: UUID | None = None
    next_year: Year | None = None
    replaces: UUID | None = None


class PackageInput(Schema):
    """A package (`budget` or `final`) of a year, with finance's approval; ``without``: why tables without result are left out."""

    year: Year
    kind: Code
    approved_on: Day
    approval_number: Line
    without: Words = ""


class LeaveOutInput(Schema):
    """A table by its position in the package; ``reason`` is published; '' takes it in again."""

    position: Annotated[int, Field(ge=0, le=30_000)]
    reason: Words = ""


class ParagraphInput(Schema):
    """The words of a paragraph with references like {total}; ``confirmed``: digits typed by hand → `document` or `year`."""

    text: Words
    heading: Line = ""
    confirmed: Annotated[dict[Line, Code], Field(max_length=200)] | None = None
    edits: Number | None = None


class RedactInput(Schema):
    """What stands at a place is withheld, on a declared ground, and at the places in ``also`` that say the same."""

    place: Place
    ground: Code
    remark: Words = ""
    also: Annotated[list[Place], Field(max_length=500)] = []


class ProposalAnswerInput(Schema):
    """Why what a rule proposes to withhold stays public. ``key`` is that of the proposal: another text there asks again."""

    code: Code
    place: Place
    key: Digest
    reason: Words


class AgreedInput(Schema):
    """Agree (true) with the content of exactly this digest, or send it back with an opinion."""

    digest: Digest
    agree: bool
    opinion: Words = ""


class WithdrawalInput(Schema):
    """Why a published edition is taken from the public: a declared ground, which is published, and the reason, which is not."""

    ground: Code
    reason: Words


class WithdrawalDecisionInput(Schema):
    """Withdraw it (true), or not, with an opinion."""

    agree: bool
    opinion: Words = ""


class LetterInput(Schema):
    """The number and day of the letter to the people's congress; ``to`` its addressee, '' that of the last letter."""

    number: Line
    on: Day
    to: Line = ""


class ClockInput(Schema):
    """The days within which a department publishes after finance's approval, and the paper that sets them."""

    days: Annotated[int, Field(ge=1, le=120)]
    working: bool = False
    document: Line = ""
