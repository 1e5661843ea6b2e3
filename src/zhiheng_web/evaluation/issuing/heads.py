"""What stands at the head and the foot of a paper about a table: whose it is, who handed it in, room for signature and seal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from zhiheng.plan.plan import Cell, Plan
from zhiheng.reports.papers.opinions import Opinion
from zhiheng_web.organisation.models import Account, Department
from zhiheng_web.planning.models import PerformanceTable

KIND_WORDS = {
    PerformanceTable.Kind.DEPARTMENT: "部门整体支出", PerformanceTable.Kind.UNIT: "单位整体支出", PerformanceTable.Kind.PROJECT: "项目支出",
}  # fmt: skip


def kind_words(table: PerformanceTable) -> str:
    """部门整体支出, 单位整体支出, “创新券”项目支出."""
    words = KIND_WORDS[PerformanceTable.Kind(table.kind)]
    return f"“{table.project.name}”{words}" if table.project is not None else words


def headed(plan: Plan, table: PerformanceTable) -> Plan:
    """The plan with the names that its form asks for, from the table where the declaration did not hold them."""
    unit, project = table.unit, table.project
    whole = table.kind == PerformanceTable.Kind.DEPARTMENT
    return replace(
        plan,
        year=plan.year or table.year,
        department=_named(plan.department, unit.department.name),
        unit=plan.unit if whole else _named(plan.unit, unit.name),
        project=_named(plan.project, project.name) if project is not None else plan.project,
    )


def _named(cell: Cell | None, name: str) -> Cell:
    return cell if cell is not None and cell.text.strip() else Cell(name)


def signature(title: str, by: Account | None, at: datetime | None) -> list[Opinion]:
    """Who handed it in and when, and an open block for the head of the unit with its seal."""
    handed = Opinion(title, name=str(by) if by is not None else "", day=timezone.localdate(at) if at is not None else None)
    return [handed, Opinion("单位负责人审签（盖章）")]


def finance_name() -> str:
    """The finance bureau that letters go to. One query."""
    return Department.objects.filter(kind=Department.Kind.FINANCE).values_list("name", flat=True).first() or "财政局"
