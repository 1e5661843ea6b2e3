"""What the API says of budget, projects, payments, links and coverage."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from zhiheng_web.api.shapes import ProjectShape
from zhiheng_web.api.told import Known, MaybeKnown, MaybeWords, Number, Words


class SpendingShape(Schema):
    """What there is to spend and what was spent until ``day`` (元); ``paid`` null: nothing is known."""

    day: date
    initial: Number
    changed: Number
    current: Number
    paid: Number
    execution_percent: Number = Field(None, alias="rate.percent")


class LinkShape(Schema):
    """What a project serves."""

    id: UUID
    year: int
    activity: MaybeKnown
    indicator: MaybeKnown


class ProjectYearShape(Schema):
    """A project in a year: its money, its links, its own table and what it lacks."""

    project: Known
    attribute: Words
    spending: SpendingShape
    links: list[LinkShape]
    duties: list[Known]
    version: MaybeKnown
    lacking: MaybeWords


class LineShape(Schema):
    """A budget line of a project."""

    id: UUID = Field(alias="line.id")
    source: Words
    document: str = Field(alias="line.document")
    carried_from: UUID | None = Field(None, alias="line.carried_from_id")
    spending: SpendingShape


class BudgetChangeShape(Schema):
    """An adjustment of a budget line."""

    id: UUID
    line: UUID = Field(alias="line_id")
    on: date
    amount: Number
    reason: str
    document: str
    made_at: datetime


class AssessmentShape(Schema):
    """A pre-assessment; it counts once it is confirmed."""

    id: UUID = Field(alias="row.id")
    assessed_on: date = Field(alias="row.assessed_on")
    amount: Number = Field(None, alias="row.amount")
    total: Number = Field(None, alias="row.total")
    grade: str = Field(alias="row.grade")
    conclusion: Words
    opinion: str = Field(alias="row.opinion")
    confirmed_at: datetime | None = Field(None, alias="row.confirmed_at")


class PaidMonth(Schema):
    """What was paid in a month; null: nothing is known."""

    month: int = Field(alias="number")
    amount: Number


class ProjectPageShape(Schema):
    """One project in a year, as its page shows it."""

    about: ProjectShape
    year: int
    of_year: ProjectYearShape
    lines: list[LineShape]
    changes: list[BudgetChangeShape]
    months: list[PaidMonth]
    assessments: list[AssessmentShape]


class CheckShape(Schema):
    """An amount of the table against the sum of the budget (元)."""

    name: Words
    stated: Number
    counted: Number
    gap: Number
    note: MaybeWords


class SourceShape(Schema):
    """The money from one source."""

    source: str
    name: Words
    spending: SpendingShape


class UnitMoneyShape(Schema):
    """A unit's basic and project expenditure."""

    unit: Known
    basic: SpendingShape
    project: SpendingShape


class BudgetShape(Schema):
    """A year's budget of a department or of some units, by structure, source and unit, against their table."""

    units: list[Known]
    total: SpendingShape
    basic: SpendingShape
    project: SpendingShape
    sources: list[SourceShape]
    by_unit: list[UnitMoneyShape]
    version: MaybeKnown
    checks: list[CheckShape]


class BudgetYearShape(Schema):
    """The department as a whole, then unit by unit."""

    year: int
    department: Known
    whole: BudgetShape
    units: list[BudgetShape]


class LineMonthsShape(Schema):
    """A budget line month by month; null: nothing is known of that month."""

    line: UUID
    project: MaybeKnown
    source: Words
    months: list[Number]
    spending: SpendingShape


class SheetShape(Schema):
    """A kept payment sheet."""

    id: UUID
    name: str
    sha256: str
    size: int
    uploaded_at: datetime


class PaymentsShape(Schema):
    """The payments of a unit in a year, month by month, and the sheets that were uploaded."""

    year: int
    unit: Known
    rows: list[LineMonthsShape]
    totals: list[Number]
    sheets: list[SheetShape]


class FaultShape(Schema):
    """What is wrong with a cell of a sheet; ``blocking``: nothing is imported before it is mended."""

    text: Words
    sheet: str
    row: int | None
    column: int | None
    heading: str
    value: str
    blocking: bool


class PaidShape(Schema):
    """What a sheet says of a line and a month, and what stands there now (元)."""

    line: UUID = Field(alias="paid.line")
    month: int = Field(alias="paid.month")
    amount: Number = Field(alias="paid.amount")
    row: int = Field(alias="paid.row")
    old: Number
    same: bool


class SheetPreviewShape(Schema):
    """What importing a sheet would do. Nothing is written by looking."""

    source: UUID
    unit_of_money: str
    faults: list[FaultShape]
    planned: list[PaidShape]


class ImportedShape(Schema):
    """How many months were written and how many were known already."""

    written: int
    same: int


def source_row(row: tuple[str, Any, Any]) -> dict[str, Any]:
    """One source of a budget."""
    return {"source": row[0], "name": row[1], "spending": row[2]}


def budget_row(budget: Any) -> dict[str, Any]:
    """A budget as the shape takes it."""
    plain = {name: getattr(budget, name) for name in ("units", "total", "basic", "project", "version", "checks")}
    by_unit = [{"unit": unit, "basic": basic, "project": project} for unit, basic, project in budget.by_unit]
    return {**plain, "sources": [source_row(row) for row in budget.sources], "by_unit": by_unit}
