"""What stands at the head and the foot of a paper about a table: whose it is, who handed it in, room for signature and seal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from zhiheng.plan.plan import Cell, Plan
from zhiheng.reports.papers.opinions import Opinion
from zhiheng.reports.papers.outline import SPENDING
from zhiheng_web.organisation.models import Account, Department, Unit
from zhiheng_web.planning.models import PerformanceTable


def kind_words(table: PerformanceTable) -> str:
    """部门整体支出, 单位整体支出, “创新券”项目支出."""
    words = SPENDING[table.kind]
    return f"“{table.project.name}”{words}" if table.project is not None else words


def office_of(table: PerformanceTable) -> str:
    """The office that writes and receives letters about a table: the unit, of the department's own tables the department.

    本级 is an entry of the budget and has neither letterhead nor seal: its letters are the department's.
    """
    unit = table.unit
    own = table.kind == PerformanceTable.Kind.DEPARTMENT or unit.kind == Unit.Kind.HEADQUARTERS
    return unit.department.name if own else unit.name


def headed(plan: Plan, table: PerformanceTable) -> Plan:
    """The plan with the names that its form asks for, from the table where the declaration did not hold them.

    A unit declares under its own name; 主管部门 of its paper is the department that it belongs to.
    """
    unit, project = table.unit, table.project
    declared = plan.department if table.kind != PerformanceTable.Kind.UNIT else None
    whole = table.kind == PerformanceTable.Kind.DEPARTMENT
    return replace(
        plan,
        year=plan.year or table.year,
        department=_named(declared, unit.department.name),
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
