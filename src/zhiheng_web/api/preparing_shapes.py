"""What the API says of the library, plan values, generating and the exchange."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from zhiheng_web.api.shapes import Both
from zhiheng_web.api.told import Known, MaybeKnown, Number, Words


class EntryShape(Schema):
    """An entry of the library; ``department`` null: common to all."""

    id: UUID
    department: MaybeKnown
    code: str
    name: str
    explanation: str
    formula: str
    source: str
    unit: str
    direction: str
    level_1: str
    level_2: str
    usual_points: Number
    scoring_rule: str
    basis: str
    status: str
    enabled: bool


class PlannedCellShape(Schema):
    """The plan value of a year; '': none."""

    year: int
    text: str = Field(alias="stored")


class PlannedLineShape(Schema):
    """The plan values of an indicator and where they come from."""

    indicator: Known
    cells: list[PlannedCellShape]
    source: str


class PlannedShape(Schema):
    """One page of a plan: ``pages`` in all."""

    department: Known
    plan: str = Field(alias="name")
    lines: list[PlannedLineShape]
    page: int = Field(alias="number")
    pages: int
    editable: bool


class NewRowShape(Schema):
    """One indicator as it would stand in the new table."""

    name: str
    old_target: str
    planned: str
    mean: str
    last_year: str
    source: str
    notes: list[Words]


class NewTableShape(Schema):
    """A new year's table before it is made."""

    base: Known
    year: int
    title: str
    notes: list[Words]
    rows: list[NewRowShape]
    complete: int
    partial: int
    missing: int
    old_years: int


class NotedShape(Schema):
    """What generating says of a cell; ``row`` null: of the head."""

    row: MaybeKnown
    field: str
    kind: str
    text: Words


class IssueShape(Schema):
    """Something to see to before sending; ``row`` counts the indicators from 0, null: the goal."""

    code: str
    severity: str
    row: int | None
    column: str
    text: Both


class LeftOutShape(Schema):
    """Something the table says for which that system has no place."""

    row: int | None
    what: Both
    text: str


class ExchangeShape(Schema):
    """What would go out."""

    codes: str
    encoding: str
    ready: bool
    issues: list[IssueShape]
    left_out: list[LeftOutShape]


def issue_row(issue: Any) -> dict[str, Any]:
    """One issue with its words."""
    plain = {name: getattr(issue, name) for name in ("code", "severity", "row", "column")}
    return {**plain, "text": {"zh": issue.text("zh"), "en": issue.text("en")}}
