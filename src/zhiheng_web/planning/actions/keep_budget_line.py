"""登记年初预算: what a unit or project gets for a year from one source."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import BudgetLine
from zhiheng_web.planning.money.projects import budget_year, project_for, said, unit_for, written
from zhiheng_web.planning.policies import project_scope
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

LARGEST = Decimal(10) ** 14


@action("planning.keep_budget_line")
def keep_budget_line(
    viewer: Viewer,
    unit: UUID,
    year: int,
    source: str,
    initial: Decimal,
    *,
    project: UUID | None = None,
    document: str = "",
    synthetic: bool = False,
) -> Done[BudgetLine]:
    """Enter the initial budget (元). A wrong one is corrected as long as nothing rests on it; afterwards it takes an adjustment."""
    home = unit_for(viewer, unit)
    subject = project_for(viewer, project, lock=True) if project else None
    authorise(viewer, "planning.keep_budget_line", project_scope(subject) if subject else Scope(home.department_id, home.pk))
    if subject is not None and subject.unit_id != home.pk:
        raise Invalid("unit", Text("该项目不属于所选单位。", "The project is not one of this unit."))
    budget_year(year)
    amount = amount_in_yuan(initial, "initial")
    if source not in BudgetLine.Source.values:
        raise Invalid("source", CHOOSE, {"source": CHOOSE})
    written([("document", document, DOCUMENT)])
    known = BudgetLine.objects.select_for_update(no_key=True).filter(unit=home, project=subject, year=year, source=source).first()
    before = said(known, "initial", "document") if known else ""
    if known is not None:
        if (known.initial, known.document) == (amount, document.strip()):
            return Done(known, "planning.BudgetLine", str(known.pk), nothing=True)
        if known.changes.exists() or known.payments.exists() or known.carried_from is not None:
            raise Refusal("budget_in_use", IN_USE)
    line = known or BudgetLine(unit=home, project=subject, year=year, source=source, synthetic=synthetic)
    line.initial, line.document = amount, document.strip()
    line.save()
    details = {"year": year, "source": source, "initial": str(amount)}
    name = str(subject or home)
    return Done(
        line, "planning.BudgetLine", str(line.pk), name, str(home.department_id), before, said(line, "initial", "document"), details
    )


def amount_in_yuan(amount: Decimal, field: str, *, negative: bool = False) -> Decimal:
    """The amount if it can be one of money in 元 to the 分, else refused at its field; never rounded."""
    if not amount.is_finite() or abs(amount) >= LARGEST or amount != amount.quantize(Decimal("0.01")):
        text = Text("金额应是精确到分的数。", "The amount must be a number exact to the fen.")
        raise Invalid("amount", text, {field: text})
    if amount < 0 and not negative:
        text = Text("金额不能小于 0。", "The amount cannot be below 0.")
        raise Invalid("amount", text, {field: text})
    return amount


CHOOSE = Text("请选择资金来源。", "Choose the source of the money.")
DOCUMENT = Text("依据文件", "document")
IN_USE = Text(
    "这笔预算已有调整、支付或结转，年初数不能再改；请登记预算调整。",
    "This budget line already has adjustments, payments or carried-over money; its initial amount stays. Enter an adjustment instead.",
)
