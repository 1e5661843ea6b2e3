"""What the steps on rows, money, library, routes, duties and deadlines take."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from zhiheng.plan.procedure import Role
from zhiheng_web.api.inputs import NO_NUL, Code, Line, Number, Words, Year

Yuan = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,12}(\.[0-9]{1,2})?$")]
"""An amount in 元, exact, as text."""
Points = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,3}(\.[0-9]{1,4})?$")]
Short = Annotated[str, StringConstraints(max_length=50, pattern=NO_NUL)]
Brief = Annotated[str, StringConstraints(max_length=30, pattern=NO_NUL)]
Aim = Literal["", "rising", "falling", "equal"]
Status = Literal["", "own", "unchecked", "checked"]
Step = Literal[-1, 0, 1]


class RowInput(Schema):
    """A new indicator: under which duty (null: none), its name or the library's entry, after which row (null: at the end)."""

    duty: UUID | None = None
    name: Line = ""
    library: UUID | None = None
    after: UUID | None = None


class StepInput(Schema):
    """Up (-1) or down (1)."""

    step: Step


class MoveInput(Schema):
    """Up (-1), down (1), or under another duty."""

    step: Step = 0
    duty: UUID | None = None


class DutyInput(Schema):
    """A duty and its goal of the year."""

    name: Words
    objective: Words = ""


class MeaningInput(Schema):
    """Which reading of the text of a cell holds, from 0."""

    row: Line
    field: Code
    text: Words
    choice: Annotated[int, Field(ge=0, le=100)]


class SchemeInput(Schema):
    """A scheme by name, or `unscored`."""

    scheme: Code


class ExplainInput(Schema):
    """Why an indicator is changed."""

    indicator: UUID
    text: Words


class ProjectInput(Schema):
    """What is known of a project. ``edits`` as the caller last saw it, when one corrects."""

    code: Annotated[str, StringConstraints(max_length=21, pattern=NO_NUL)]
    name: Line
    attribute: Code
    first_year: Year
    last_year: Year | None = None
    basis: Words = ""
    office: UUID | None = None
    responsible: Short = ""
    edits: Number | None = None


class NewProjectInput(ProjectInput):
    """A new project of a unit."""

    unit: UUID


class BudgetInput(Schema):
    """The initial budget from one source (元)."""

    year: Year
    source: Code
    initial: Yuan
    document: Line = ""


class ChangeInput(Schema):
    """An adjustment of a budget line (元; negative: less)."""

    on: date
    amount: Yuan
    reason: Words
    document: Line


class CarryInput(Schema):
    """What is left of ``year`` goes into the next; no amount: all of it."""

    year: Year
    document: Line
    amount: Yuan | None = None


class LinkInput(Schema):
    """What a project serves: a duty with the activity under it, an indicator, or both."""

    year: Year
    duty: UUID | None = None
    activity: Line = ""
    indicator: UUID | None = None


class DeclareInput(Schema):
    """The year of a project's own table and its goal."""

    year: Year
    goal: Words = ""


class PaymentsInput(Schema):
    """Import a kept sheet: for whom, in which unit of money (元 or 万元; '': as the sheet says), totals looked at."""

    unit: UUID
    year: Year
    money_unit: Literal["", "万元", "元"] = ""
    totals_checked: bool = False


class LibraryInput(Schema):
    """An entry of the library of indicators."""

    code: Brief
    name: Line
    explanation: Words = ""
    formula: Words = ""
    source: Line = ""
    unit: Brief = ""
    direction: Aim = ""
    level_1: Brief = ""
    level_2: Brief = ""
    usual_points: Points | None = None
    scoring_rule: Words = ""
    basis: Annotated[str, StringConstraints(max_length=300, pattern=NO_NUL)] = ""
    status: Status = ""


class NewLibraryInput(LibraryInput):
    """A new entry: for a department, or common to all (null)."""

    department: UUID | None = None


class SwitchInput(Schema):
    """Offered or not."""

    enabled: bool


class PlannedInput(Schema):
    """One plan value; '' takes it away."""

    indicator: UUID
    year: Year
    text: Line


class PlannedValuesInput(Schema):
    """Plan values of a department and the paper they come from."""

    values: Annotated[list[PlannedInput], Field(max_length=5000)]
    source: Line = ""


class CheckpointInput(Schema):
    """One checkpoint of a route, as the route tells it."""

    code: Short
    zh: Short
    en: Short
    role: Role
    requires: Annotated[list[Code], Field(max_length=10)] = []
    grades: bool = False
    by_office: bool = False
    again: bool = False
    days: Annotated[int, Field(ge=1, le=366)] | None = None
    working: bool = True


class RouteInput(Schema):
    """A route; ``department`` null: the installation's."""

    department: UUID | None = None
    kind: Literal["department", "unit", "project"]
    checkpoints: Annotated[list[CheckpointInput], Field(max_length=20)]
    edits: Number


class TransferInput(Schema):
    """To whom a duty goes, from which day, by which document."""

    unit: UUID
    office: UUID | None = None
    since: date
    document: Line = ""


class MergeInput(Schema):
    """Into which office, from which day, by which document."""

    into: UUID
    since: date
    document: Line = ""


class DeadlineInput(Schema):
    """A fixed day or a number of days; ``department`` null: for all."""

    department: UUID | None = None
    year: Year
    step: Code
    due_on: date | None = None
    days: Annotated[int, Field(ge=1, le=366)] | None = None
    working_days: bool = True
    basis: Line = ""


class RepliesInput(Schema):
    """Words by the code of the rule they answer; blank words answer nothing."""

    replies: Annotated[dict[Code, Words], Field(max_length=200)]
