"""What the operations of the year after the approval take: monitoring, self-evaluation, evaluation, rectification, publication."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from zhiheng_web.api.inputs import Code, Exact, Line, Number, Words, Year
from zhiheng_web.api.ledger_inputs import Day
from zhiheng_web.evaluation.declaring import Said

Tier = Annotated[int, Field(ge=1, le=3)]
Digest = Annotated[str, StringConstraints(max_length=64, pattern=r"^[0-9a-f]*$")]
Place = Annotated[str, StringConstraints(max_length=120, pattern=r"^[\w/.:-]*$")]
MaybeExact = Exact | None


class RoundInput(Schema):
    """A round of monitoring: the days of its data, the day by which tables report, which tables: `all`, `department`, `projects`,
    or `chosen`, those in `tables`.
    """

    year: Year
    name: Line
    first: Day
    last: Day
    due_on: Day
    covers: Code = "all"
    tables: Annotated[list[UUID], Field(max_length=2000)] = []
    policy: Code = "national"
    document: Line = ""

    model_config = {
        "json_schema_extra": {
            "examples": [{"year": 2020, "name": "1-7月监控", "first": "2020-01-01", "last": "2020-07-31", "due_on": "2020-08-31"}]
        }
    }


class NewRoundInput(RoundInput):
    """A round for each of the departments: all of them or none."""

    departments: Annotated[list[UUID], Field(min_length=1, max_length=200)]


class MonitoredInput(Schema):
    """What is said of a row, as it shall stand. ``reasons`` are codes; ``tier`` 1 to 3 judges a target in words."""

    edits: Number
    reasons: Annotated[list[Code], Field(max_length=20)] = []
    explanation: Words = ""
    forecast: Line = ""
    possibility: Code = ""
    tier: Tier | None = None
    remark: Words = ""


class MonitoringWordsInput(Schema):
    """The words of a report and, by source of money, what will be spent by the end of the year (元; null: not said)."""

    edits: Number
    budget_reason: Words = ""
    overview: Words = ""
    problems: Words = ""
    opinion: Words = ""
    forecasts: Annotated[dict[Code, MaybeExact], Field(max_length=20)] = {}


class MeasureInput(Schema):
    """What is done, by whom (an account, or a name where he has none) and by when (null: the day stays)."""

    text: Words
    responsible: Line = ""
    account: UUID | None = None
    due_on: Day | None = None
    edits: Number | None = None


class CorrectionInput(Schema):
    """A corrective action (纠偏措施): the problem, what is done, who answers for it, by when."""

    problem: Words
    measure: Words
    due_on: Day
    responsible: Line = ""
    account: UUID | None = None


class MilestoneInput(Schema):
    """By the end of that day this share of the year's target is due, in per cent."""

    on: Day
    percent: Exact
    text: Line = ""


class CurveInput(Schema):
    """The milestones of an indicator; none: equal months. ``base`` is what the caller saw there, as `milestones` gives it.

    ``reason``: wanted where a report was handed in by the curve that stands.
    """

    points: Annotated[list[MilestoneInput], Field(max_length=400)] = []
    base: Words | None = None
    reason: Words = ""


class SelfCellInput(Schema):
    """One input of a self-evaluation: its row (null: the head), its field, what the caller saw there, what it shall say."""

    row: UUID | None = None
    field: Code
    base: Words
    text: Words


class SelfCellsInput(Schema):
    """Inputs that are written together: all or none."""

    cells: Annotated[list[SelfCellInput], Field(min_length=1, max_length=5000)]


class RowPointsInput(Schema):
    """The points (分值) of a row; ``seen`` is what stood there, ``reason`` why approved points are changed."""

    row: UUID
    points: MaybeExact
    seen: MaybeExact = None
    reason: Words = ""


class SelfPointsInput(Schema):
    """Points of rows. ``proposed`` true: those that the service proposes for rows that have none, and ``rows`` is left out."""

    rows: Annotated[list[RowPointsInput], Field(max_length=5000)] = []
    proposed: bool = False


class SelfSchemeInput(Schema):
    """The name of a scheme of points."""

    scheme: Code


class TotalSeenInput(Schema):
    """The total that the caller looked at: another one is a conflict. '': whatever it is."""

    seen: Line = ""


class AcceptInput(Schema):
    """Accept (true) or return a self-evaluation; ``seen`` is the digest that was looked at."""

    accept: bool
    opinion: Words = ""
    seen: Digest = ""


class JudgeInput(Schema):
    """A judgement: tier, points within it, and what it rests on. Tier and points null: it is taken back."""

    edits: Number
    tier: Tier | None = None
    points: MaybeExact = None
    basis: Words = ""


class OverrideInput(Schema):
    """Other points than the rules give, and why. They count once a second person has confirmed them."""

    edits: Number
    points: Exact
    reason: Words


class ConfirmOverrideInput(Schema):
    """The points and the count that the second person looked at."""

    points: Exact
    edits: Number


class DeclaredInput(Schema):
    """A figure that no register counts, with its unit and where it stands.

    Of a target that is a date (9月底前) `done_on` stands instead. Of one that asks for a change (较上年下降5%) `number` is its size,
    without a sign; `moved` (`up`, `down`) is which way it went: as the target asks where it is empty.
    Of one with a frequency (每月4篇) it is the count of the year so far; `so_far` says so of a figure no greater than one period's target.
    """

    number: MaybeExact = None
    unit: Line = ""
    source: Line
    moved: Literal["", "up", "down"] = ""
    done_on: Day | None = None
    so_far: bool = False

    def told(self) -> Said:
        """As the actions take it."""
        number = None if self.number is None else Decimal(self.number)
        return Said(number, self.unit, self.source, self.moved, self.done_on, self.so_far)


class SelfFileInput(Schema):
    """What a file is called; ``public``: it may be published."""

    title: Line = ""
    public: bool = False
