"""The list of departments as a file: the rows that the filter lets through, in the order of the screen."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpResponse

from zhiheng.plan.procedure import STATE_NAMES, State
from zhiheng_web.planning.queries.departments import DepartmentsPage
from zhiheng_web.ui.exporting import file_of
from zhiheng_web.wording import Text

HEADS = (
    Text("编码", "Code"),
    Text("部门", "Department"),
    Text("单位", "Unit"),
    Text("状态", "State"),
    Text("指标", "Indicators"),
    Text("预算总额（万元）", "Budget (×10,000 yuan)"),
    Text("财政拨款（万元）", "Fiscal (×10,000 yuan)"),
    Text("项目支出（万元）", "Projects (×10,000 yuan)"),
    Text("错误", "Errors"),
    Text("警告", "Warnings"),
)


def departments_file(kind: str, year: int, page: DepartmentsPage) -> HttpResponse:
    """The lines as xlsx or csv."""
    rows: list[list[str | Decimal | int | None]] = [[str(head) for head in HEADS]]
    for line in page.lines:
        money = [None if amount is None else amount / 10000 for amount in (line.total, line.fiscal, line.project)]
        state = str(Text(*STATE_NAMES[State(line.state)]))
        rows.append([line.code, line.department, line.unit, state, line.indicators, *money, line.errors, line.warnings])
    return file_of(kind, str(Text("{year}年部门绩效目标", "Departments' goals {year}").with_(year=year)), rows)
