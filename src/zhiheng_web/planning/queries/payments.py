"""Sheets of payments for their pages: a preview before the import, the months that are known, the files that came in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from zhiheng.tables import formats
from zhiheng.tables.grid import Refused
from zhiheng.tables.problems import message
from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.models import Unit
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import BudgetChange, BudgetLine, SourceFile, TreasuryPayment
from zhiheng_web.planning.money.execution import Spending, spending
from zhiheng_web.planning.money.payments_sheet import Fault, Known, Payments, Planned, planned, read_payments
from zhiheng_web.planning.policies import visible_units
from zhiheng_web.planning.queries.money import SOURCES
from zhiheng_web.wording import Text

MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class Preview:
    """A sheet and what its import would do. ``lines`` by id."""

    sheet: Payments
    planned: tuple[Planned, ...]
    lines: Mapping[UUID, BudgetLine]

    @property
    def rows(self) -> list[tuple[BudgetLine, Planned]]:
        """Each month with its budget line, in the order of the projects."""
        return sorted(((self.lines[row.paid.line], row) for row in self.planned), key=lambda pair: (_key(pair[0]), pair[1].paid.month))


def _key(line: BudgetLine) -> tuple[str, str]:
    return (line.project.code if line.project else "", line.source)


def source_for(viewer: Viewer, source: UUID) -> SourceFile:
    """The sheet, or Absent."""
    seen = SourceFile.objects.filter(kind=SourceFile.Kind.PAYMENTS, department__in=visible_units(viewer).values("department"))
    found = seen.filter(pk=source).first()
    if found is None:
        raise absent(Text("该国库支付表", "this sheet of payments"))
    return found


def lines_of(unit: Unit, year: int) -> list[BudgetLine]:
    """The unit's budget lines of the year with their projects."""
    return list(BudgetLine.objects.filter(unit=unit, year=year).select_related("project").order_by("project__code", "source"))


def previewed(source: SourceFile, unit: Unit, year: int, money_unit: str = "") -> Preview:
    """What importing ``source`` into the unit's budget of ``year`` would do. Two queries, whatever the size of the sheet."""
    lines = lines_of(unit, year)
    known = [
        Known(line.pk, line.source, line.project.code if line.project else "", line.project.name if line.project else "") for line in lines
    ]
    try:
        sheet = read_payments(formats.read(Path(source.stored.path)), known, year, money_unit)
    except Refused as refused:
        problem = refused.problem
        sheet = Payments((), (Fault(Text(message(problem, "zh"), message(problem, "en")), problem.place.sheet or ""),), "")
    standing = TreasuryPayment.objects.filter(line__in=lines, replaced_by__isnull=True)
    amounts = {(line, month): amount for line, month, amount in standing.values_list("line_id", "month", "amount")}
    return Preview(sheet, planned(sheet.paid, amounts), {line.pk: line for line in lines})


def sheets_of(viewer: Viewer, unit: Unit, limit: int = 20) -> list[SourceFile]:
    """The newest sheets of payments of the unit's department."""
    if not visible_units(viewer).filter(pk=unit.pk).exists():
        return []
    seen = SourceFile.objects.filter(kind=SourceFile.Kind.PAYMENTS, department=unit.department_id).select_related("uploaded_by")
    return list(seen.order_by("-uploaded_at")[:limit])


@dataclass(frozen=True, slots=True)
class LineMonths:
    """A budget line with what was paid in each month; None: no data."""

    line: BudgetLine
    source: Text
    months: tuple[Decimal | None, ...]
    spending: Spending


@dataclass(frozen=True, slots=True)
class YearOfPayments:
    """All lines of a unit and year. ``totals`` add up a month where anything is known of it."""

    rows: tuple[LineMonths, ...]
    totals: tuple[Decimal | None, ...]
    whole: Spending

    @property
    def synthetic(self) -> bool:
        """Whether some of it is invented for the demonstration."""
        return any(row.line.synthetic for row in self.rows)


def months_of(viewer: Viewer, unit: Unit, year: int) -> YearOfPayments:
    """What was paid of the unit's budget, month by month. Four queries."""
    lines = lines_of(unit, year) if visible_units(viewer).filter(pk=unit.pk).exists() else []
    payments = list(TreasuryPayment.objects.filter(line__in=lines, replaced_by__isnull=True))
    changes = list(BudgetChange.objects.filter(line__in=lines))
    day = date(year, 12, 31)
    found = [spending([line], changes, payments, day) for line in lines]
    rows = tuple(
        LineMonths(line, SOURCES[line.source], tuple(money.month(month) for month in MONTHS), money)
        for line, money in zip(lines, found, strict=True)
    )
    whole = spending(lines, changes, payments, day)
    return YearOfPayments(rows, tuple(whole.month(month) for month in MONTHS), whole)
