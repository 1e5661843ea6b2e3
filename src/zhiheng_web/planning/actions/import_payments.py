"""导入国库支付: the months of a sheet become payments. What was known of a month is replaced by a new row and kept."""

from __future__ import annotations

from uuid import UUID

from zhiheng.audit.money import printed
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import BudgetLine, SourceFile, TreasuryPayment
from zhiheng_web.planning.money.payments_sheet import Payments, Planned
from zhiheng_web.planning.money.projects import budget_year, unit_for
from zhiheng_web.planning.queries.payments import previewed, source_for
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text


@action("planning.import_payments")
def import_payments(
    viewer: Viewer, source: UUID, unit: UUID, year: int, *, money_unit: str = "", totals_checked: bool = False
) -> Done[tuple[Planned, ...]]:
    """Import the sheet into the unit's budget of ``year``; what its preview showed is what happens.

    Refused while a cell has a fault. Totals that are not the sums of their rows need ``totals_checked``: the rows count then.
    The same sheet again changes nothing.
    """
    home = unit_for(viewer, unit)
    authorise(viewer, "planning.import_payments", Scope(home.department_id, home.pk))
    file = source_for(viewer, source)
    lines = list(BudgetLine.objects.select_for_update(no_key=True).filter(unit=home, year=budget_year(year)).values_list("pk", flat=True))
    preview = previewed(file, home, year, money_unit)
    _refuse(preview.sheet, totals_checked=totals_checked)
    written = tuple(row for row in preview.planned if not row.same)
    _write(viewer, file, written)
    details = {
        "file": file.name,
        "sha256": file.sha256,
        "year": year,
        "written": len(written),
        "unchanged": len(preview.planned) - len(written),
    }
    details["wrong_totals"] = sum(1 for fault in preview.sheet.faults if not fault.blocking)
    return Done(
        preview.planned,
        "organisation.Unit",
        str(home.pk),
        f"{home} {year}",
        str(home.department_id),
        _digest(preview.planned, old=True),
        _digest(preview.planned, old=False),
        {**details, "lines": len(lines)},
        nothing=not written,
    )


def _refuse(sheet: Payments, *, totals_checked: bool) -> None:
    if sheet.blocked:
        count = sum(1 for fault in sheet.faults if fault.blocking)
        raise Refusal("faults", FAULTS.with_(count=count))
    if sheet.doubtful and not totals_checked:
        raise Refusal("wrong_totals", TOTALS, {"totals_checked": TOTALS})


def _write(viewer: Viewer, file: SourceFile, written: tuple[Planned, ...]) -> None:
    """The new rows; those that they replace point to them. A line has one row in force a month, so the old ones step aside first."""
    keys = {(row.paid.line, row.paid.month) for row in written}
    standing = TreasuryPayment.objects.select_for_update(no_key=True).filter(line__in={line for line, _ in keys}, replaced_by__isnull=True)
    old = {(row.line_id, row.month): row for row in standing if (row.line_id, row.month) in keys}
    now = viewer.now()
    for planned in written:
        paid = planned.paid
        new = TreasuryPayment(
            line_id=paid.line,
            month=paid.month,
            amount=paid.amount,
            source_file=file,
            source_row=paid.row,
            imported_by=viewer.account,
            imported_at=now,
        )
        if (before := old.get((paid.line, paid.month))) is not None:
            before.replaced_by = before
            before.save(update_fields=["replaced_by"])
        new.save(force_insert=True)
        if before is not None:
            before.replaced_by = new
            before.save(update_fields=["replaced_by"])


def _digest(planned: tuple[Planned, ...], *, old: bool) -> str:
    """What is known of the sheet's lines and months, before or after."""
    amounts = ((row.paid, row.old if old else row.paid.amount) for row in planned)
    return digest_of(f"{paid.line} {paid.month} {printed(amount)}" for paid, amount in amounts if amount is not None)


FAULTS = Text(
    "表中还有 {count} 处问题，未导入。请按提示改正后重新上传。",
    "{count} cells have faults; nothing was imported. Mend them and upload the sheet again.",
)
TOTALS = Text(
    "表中合计数与各行之和不一致，未导入。请核对；确认各行无误的，勾选后再导入。",
    "Totals of the sheet are not the sums of its rows; nothing was imported. Check them, and tick that the rows are right.",
)
