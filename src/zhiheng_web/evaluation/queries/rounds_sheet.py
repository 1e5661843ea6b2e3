"""The list of rounds as a file: what stands on the page, one row a round."""

from __future__ import annotations

from decimal import Decimal

from zhiheng.monitoring.lamp import Lamp
from zhiheng_web.evaluation.queries.rounds import RoundsPage
from zhiheng_web.wording import Text

HEADS = (
    Text("部门", "Department"), Text("年度", "Year"), Text("轮次", "Round"), Text("起始日", "From"), Text("数据截止日", "Data up to"),
    Text("报送截止日", "Due"), Text("范围", "Scope"), Text("监控办法", "Policy"), Text("状态", "State"), Text("已报送", "Submitted"),
    Text("应报送", "To submit"), Text("红灯", "Red"), Text("黄灯", "Yellow"), Text("绿灯", "Green"), Text("蓝灯", "Blue"),
    Text("不亮灯", "None"), Text("其中暂定", "Provisional"), Text("未完成纠偏", "Open corrections"),
)  # fmt: skip


def sheet_of(page: RoundsPage) -> list[list[str | Decimal | int | None]]:
    """The rows, the heads first."""
    rows: list[list[str | Decimal | int | None]] = [[str(head) for head in HEADS]]
    for line in page.lines:
        one = line.round
        days = (one.first.isoformat(), one.last.isoformat(), one.due_on.isoformat())
        words = (str(line.covers), str(line.policy), str(line.state_text))
        lamps = [line.lamps.get(lamp.value, 0) for lamp in Lamp]
        provisional = sum(line.provisional.values())
        counts = [line.submitted, line.reports, *lamps, provisional, line.corrections]
        rows.append([one.department.name, one.year, one.name, *days, *words, *counts])
    return rows
