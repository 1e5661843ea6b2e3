"""结转下年使用: what a project has not spent goes on into the next year as 上年结转资金."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from zhiheng.audit.money import printed
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.keep_budget_line import amount_in_yuan
from zhiheng_web.planning.models import BudgetChange, BudgetLine, Project, TreasuryPayment
from zhiheng_web.planning.money.execution import spending
from zhiheng_web.planning.money.projects import budget_year, project_for, said, written
from zhiheng_web.planning.policies import project_scope
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text


@action("planning.carry_over")
def carry_over(viewer: Viewer, project: UUID, year: int, document: str, amount: Decimal | None = None) -> Done[BudgetLine]:
    """Carry ``amount`` (none: all that is left) of the project's budget of ``year`` into the next. Once a year; December must be known."""
    row = project_for(viewer, project, lock=True)
    authorise(viewer, "planning.carry_over", project_scope(row))
    budget_year(year + 1)
    written([("document", document, DOCUMENT)], needed=("document",))
    left = _left(row, year)
    carried = left if amount is None else amount_in_yuan(amount, "amount")
    if not 0 < carried <= left:
        text = Text(
            "可结转 {left} 万元，结转金额应大于 0 且不超过它。", "There is {left} (10k yuan) left: carry more than 0 and no more than that."
        )
        text = text.with_(left=printed(left / 10_000))
        raise Invalid("amount", text, {"amount": text})
    if BudgetLine.objects.filter(project=row, year=year + 1, source=BudgetLine.Source.CARRIED).exists():
        text = Text(
            "{year} 年已有上年结转资金；差额请登记预算调整。", "{year} already has carried-over money; adjust that for a difference."
        )
        raise Refusal("already_carried", text.with_(year=year + 1))
    line = BudgetLine.objects.create(
        unit=row.unit,
        project=row,
        year=year + 1,
        source=BudgetLine.Source.CARRIED,
        initial=carried,
        document=document.strip(),
        carried_from=year,
        synthetic=row.synthetic,
    )
    details = {"from": year, "left": str(left), "carried": str(carried), "document": line.document}
    after = said(line, "initial", "document", "carried_from")
    return Done(line, "planning.BudgetLine", str(line.pk), row.name, str(row.unit.department_id), after=after, details=details)


def _left(project: Project, year: int) -> Decimal:
    """What is left of the project's budget at the year's end; refused while its December is not known."""
    lines = BudgetLine.objects.select_for_update(no_key=True).filter(project=project, year=year)
    changes = BudgetChange.objects.filter(line__in=lines)
    payments = TreasuryPayment.objects.filter(line__in=lines, replaced_by__isnull=True)
    known = {(row.line_id, row.month) for row in payments}
    if not lines or not all((line.pk, 12) in known for line in lines):
        raise Refusal("year_not_complete", NOT_COMPLETE.with_(project=project, year=year))
    return spending(lines, changes, payments, date(year, 12, 31)).remaining


DOCUMENT = Text("依据文件", "document")
NOT_COMPLETE = Text(
    "“{project}”{year} 年 12 月的国库支付还没有导入，不能确定结余。请先导入（没有支付的填 0）。",
    "The payments of December {year} are not known for “{project}”, so what is left is not known. Import them first (0 where none).",
)
