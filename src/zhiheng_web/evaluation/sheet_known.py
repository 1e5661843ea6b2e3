"""What the service itself knows of a department's year for the sheet: from budget lines, their adjustments and payments, in 元.

A proposal, marked as such: nothing of it is a figure of the sheet before somebody saves it with its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from zhiheng.scoring.rounding import Mode, Rounding
from zhiheng_web.evaluation.models import SheetFigure
from zhiheng_web.planning.models import BudgetChange, BudgetLine, TreasuryPayment
from zhiheng_web.planning.money.execution import spending
from zhiheng_web.wording import Text

FOUR_PLACES = Rounding(Mode.HALF_UP, 4)
SOURCE = Text("职衡：{what}", "Zhiheng: {what}")


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that can be worked out here: amounts in 元, per cent as 58.33; ``what`` says from what."""

    value: Decimal
    what: Text

    @property
    def source(self) -> Text:
        """What stands as its source when it is taken over."""
        return SOURCE.with_(what=self.what)


def known_figures(department: UUID, year: int) -> dict[str, Known]:
    """Code of the input → what is known. Where no budget is entered nothing is known; a month without a sheet is not 0. Five queries."""
    lines = list(BudgetLine.objects.filter(unit__department=department, year=year))
    found = dict(_last_year(department, year))
    if not lines:
        return found
    day = date(year, 12, 31)
    changes = list(BudgetChange.objects.filter(line__in=lines, on__lte=day))
    payments = list(TreasuryPayment.objects.filter(line__in=lines, replaced_by__isnull=True))
    whole = spending(lines, changes, payments, day)
    found["budget"] = Known(whole.initial, Text("年初预算合计", "initial budget"))
    found["spending_budget"] = Known(whole.current, Text("年初预算加调整", "budget after adjustments"))
    moved = sum((abs(change.amount) for change in changes), Decimal(0))
    found["adjusted"] = Known(moved, Text("登记的预算调整（不相抵）", "adjustments entered, not set against each other"))
    carried = [line for line in lines if line.source == BudgetLine.Source.CARRIED]
    if carried:
        amount = sum((line.initial for line in carried), Decimal(0))
        found["carryover_last"] = Known(amount, Text("本年预算中的上年结转资金", "money carried over into this year's budget"))
    if whole.paid is not None:
        paid = Text("国库支付，截至{month}月", "treasury payments up to month {month}").with_(month=whole.until)
        found["completed"] = Known(whole.paid, paid)
        projects = spending([line for line in lines if line.project_id], changes, payments, day)
        if projects.paid is not None:
            found["project_spending"] = Known(projects.paid, Text("项目的国库支付", "payments of projects"))
        if whole.current:
            rate = FOUR_PLACES.apply(Fraction(whole.paid) / Fraction(whole.current) * 100)
            found["payment_made"] = Known(rate, Text("国库支付÷预算", "payments ÷ budget"))
        if whole.until == 12:
            found["carryover"] = Known(whole.remaining, Text("全年预算减国库支付", "budget less payments of the whole year"))
    return {code: one for code, one in found.items() if one.value >= 0}


LAST = {"public_three": "public_three_last", "carryover": "carryover_last"}


def _last_year(department: UUID, year: int) -> list[tuple[str, Known]]:
    """What last year's sheet said that this year's asks for again."""
    rows = SheetFigure.objects.filter(department=department, year=year - 1, code__in=LAST, replaced_by__isnull=True, value__isnull=False)
    what = Text("{year} 年基础数据", "sheet of {year}").with_(year=year - 1)
    return [(LAST[row.code], Known(row.value, what)) for row in rows]
