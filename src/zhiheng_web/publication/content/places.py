"""Addresses in the content, and what is withheld there.

A table is its slug (department, p02), a row is below it (department/d03-i07), a cell below that (department/d03-i07/target). Duties and
cells of the table itself are addressed alike (department/d03, department/d03/objective, department/goal).
"""

from __future__ import annotations

from dataclasses import dataclass

from zhiheng_web.wording import Text

ROW_CELLS = {
    "name": Text("指标名称", "Indicator"),
    "definition": Text("指标解释", "Definition"),
    "target": Text("年度指标值", "Target"),
    "references": Text("标准值与历史值", "Reference values"),
    "remark": Text("备注", "Remark"),
    "rule": Text("评分标准", "Scoring rule"),
    "activity": Text("工作活动", "Activity"),
    "project": Text("预算项目", "Budget project"),
    "actual": Text("实际完成值", "Actual"),
    "entries": Text("计数条目", "Entries counted"),
    "months": Text("月度走势", "Course by month"),
    "evidence": Text("佐证材料", "Evidence"),
    "points": Text("得分", "Points"),
    "reason": Text("偏差原因及改进措施", "Reason and improvement"),
}
"""Cell of a row → what it is called. 年度指标值 takes its scoring steps with it, 实际完成值 all that it is made of."""
DUTY_CELLS = {"name": Text("部门职责", "Duty"), "objective": Text("职责目标", "Objective")}
TABLE_CELLS = {
    "title": Text("表名与项目名称", "Title and name"),
    "goal": Text("总体目标", "Overall goal"),
    "money": Text("预算金额", "Budget"),
    "funds": Text("资金执行情况", "Money and execution"),
    "goal_actual": Text("目标完成情况", "How the goal was met"),
    "overview": Text("自评概述", "Overview"),
    "problems": Text("存在问题", "Problems"),
    "improvements": Text("下一步措施", "Next steps"),
    "score": Text("总分与等级", "Total and grade"),
    "monitored": Text("监控情况", "Monitoring"),
    "evaluation": Text("评价报告", "Evaluation report"),
    "evaluation_findings": Text("评价指标的打分依据", "Findings behind the points of an evaluation"),
    "uses": Text("结果应用", "Use of results"),
}


@dataclass(frozen=True, slots=True)
class Withheld:
    """不予公开: a place and the ground. The words of the ground are kept with it; whether its legal basis was checked is ``status``."""

    place: str
    ground: str
    name: Text
    basis: Text = Text("", "")
    status: str = ""


def below(place: str, part: str) -> str:
    """The address of something in a table or row."""
    return f"{place}/{part}"


def table_of(place: str) -> str:
    """The slug of the table that a place is in."""
    return place.split("/", 1)[0]
