"""The numbers that a narrative may use. What was done as a whole is counted whether or not it is public (see extent); every other number is
of the content itself, and what is withheld or left out is in none of them.

A table's own figures are named by its slug and row (p01.total, d03-i07.actual; the department's table needs no slug before it).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from zhiheng_web.publication.building.extent import Extent, ProjectDone
from zhiheng_web.publication.content.aftermath import Use
from zhiheng_web.publication.content.narrative import Number
from zhiheng_web.publication.content.shape import Content
from zhiheng_web.publication.content.tables import PublicTable, Row
from zhiheng_web.wording import Text

DEPARTMENT = "department"
MET, SHORT = frozenset({"met"}), frozenset({"missed", "under_way"})
WAN = Decimal(10000)
REFERENCE = re.compile(r"\{([^{}]*)\}")
NAME = re.compile(r"[a-z][a-z0-9_]*(?:[.-][a-z0-9_]+)*")


def numbers_of(content: Content, extent: Extent) -> dict[str, Number]:
    """Every number of a content by name."""
    said = {**_package(content, extent), **_projects(content, extent)}
    found = {name: Number(name, label, words) for name, (label, words) in said.items() if words}
    for table in content.tables:
        before = "" if table.slug == DEPARTMENT else f"{table.slug}."
        for name, (label, words) in _table(table).items():
            if words:
                found.setdefault(f"{before}{name}", Number(f"{before}{name}", label, words, table.slug))
        for row in table.rows:
            for name, (label, words) in _row(row).items():
                if words:
                    full = f"{before}{row.slug}.{name}"
                    found[full] = Number(
                        full, Text(f"{row.name}·{label.zh}", f"{row.name} · {label.en}"), words, f"{table.slug}/{row.slug}"
                    )
    return found


Named = Mapping[str, tuple[Text, str]]


def _package(content: Content, extent: Extent) -> Named:
    head = content.head
    whole = content.table(DEPARTMENT)
    own = list(whole.rows) if whole else []
    mended = content.rectification
    open_tables = sum(content.withheld(table.slug) is None for table in content.tables)
    return {
        "department": (Text("部门名称", "Department"), head.department),
        "year": (Text("年度", "Year"), str(head.year)),
        "approval_number": (Text("批复文号", "Number of the approval"), head.approval_number),
        "approved_on": (Text("批复日期", "Day of the approval"), day(head.approved_on)),
        "tables": (Text("绩效表张数", "Number of tables"), str(extent.tables)),
        "tables_public": (Text("本次公开的绩效表张数", "Number of tables that are public"), _part(open_tables, extent.tables)),
        "indicators": (Text("绩效指标总数", "Number of indicators"), str(extent.indicators)),
        "own_indicators": (Text("部门整体绩效指标数", "Indicators of the department's table"), str(len(own)) if own else ""),
        "duties": (Text("部门职责数", "Number of duties"), str(len(whole.duties)) if whole else ""),
        "others": (
            Text("部门整体其他情形的指标数（未组织、待统计发布、不公开等）", "Indicators neither met nor missed, department's table"),
            _others(own),
        ),
        "met": (Text("部门整体已达成的指标数", "Indicators met, department's table"), _count(own, MET)),
        "unmet": (
            Text("部门整体未达成的指标数", "Indicators not met, department's table"), _count(own, SHORT),
        ),
        "evaluations": (Text("部门评价和财政评价个数", "Number of evaluations"), str(extent.evaluations)),
        "evaluations_public": (
            Text("本次公开的评价个数", "Number of evaluations that are public"), _part(len(content.evaluations), extent.evaluations),
        ),
        "problems": (Text("整改问题数", "Problems to be put right"), str(mended.items) if mended else ""),
        "problems_closed": (Text("已销号问题数", "Problems closed"), str(mended.closed) if mended else ""),
        "uses": (Text("结果应用项数", "Uses of results"), str(extent.uses) if extent.uses else ""),
        "uses_public": (Text("本次公开的结果应用项数", "Uses of results that are public"), _part(len(content.uses), extent.uses)),
        "cut": (
            Text("公开的结果应用核减金额（万元）", "Money taken away by the uses of results that are public, 10,000 yuan"),
            _taken(content.uses),
        ),
        "cut_reduced": (
            Text("其中压减的金额（万元）", "Of it by cutting, 10,000 yuan"), _taken([one for one in content.uses if one.decision == "cut"]),
        ),
        "cut_cancelled": (
            Text("其中取消的金额（万元）", "Of it by cancelling, 10,000 yuan"),
            _taken([one for one in content.uses if one.decision == "cancel"]),
        ),
    }  # fmt: skip


def _projects(content: Content, extent: Extent) -> Named:
    """Number and money of one and the same projects: of all that were self-evaluated; where money is withheld, of the others by name."""
    done = extent.evaluated if content.head.kind == "final" else extent.projects
    public = [table for table in content.tables if table.kind == "project" and content.withheld(table.slug) is None]
    counted = [one for one in done if not one.closed(content)]
    whole = len(counted) == len(done)
    end = "" if whole else "_open"
    of = (
        Text("自评项目", "projects self-evaluated")
        if whole
        else Text("公开资金的自评项目", "self-evaluated projects whose money is public")
    )
    table = content.table(DEPARTMENT)
    planned = table.money.project if table else None
    grades = [one.score.grade for one in public if one.score is not None]
    return {
        "projects": (Text("项目个数", "Number of projects"), str(len(extent.projects))),
        "projects_evaluated": (Text("已自评项目个数", "Projects self-evaluated"), str(len(extent.evaluated))),
        "projects_public": (Text("其中本次公开的项目个数", "Projects of them that are public"), _part(len(public), len(done))),
        "projects_open": (Text("其中公开资金的项目个数", "Projects of them whose money is public"), _part(len(counted), len(done))),
        "projects_excellent": (
            Text("自评等级为优的项目个数", "Projects graded excellent"), str(grades.count("优")) if len(grades) == len(done) else "",
        ),
        f"initial{end}": (
            Text(f"{of.zh}年初预算数（万元）", f"Initial budget of the {of.en}, 10,000 yuan"), wan(_sum(counted, "initial")),
        ),
        f"amount{end}": (Text(f"{of.zh}全年预算数（万元）", f"Budget of the {of.en}, 10,000 yuan"), wan(_sum(counted, "budget"))),
        f"spent{end}": (Text(f"{of.zh}全年执行数（万元）", f"Spending of the {of.en}, 10,000 yuan"), wan(_sum(counted, "spent"))),
        f"share{end}": (
            Text(f"{of.zh}年初预算占部门年初项目支出的比例（%）", f"Share of the {of.en} in the department's initial project budget, %"),
            _share(_sum(counted, "initial"), planned),
        ),
    }  # fmt: skip


def _taken(uses: Sequence[Use]) -> str:
    """What decisions take from the budget of the next year; '' where nothing was decided."""
    return wan(sum((one.before - one.after for one in uses), Decimal(0))) if uses else ""


def _part(some: int, every: int) -> str:
    """How many of all, where it is not all of them."""
    return "" if some == every else str(some)


def _table(table: PublicTable) -> Named:
    score, money = table.score, table.money
    execution = score.execution if score else None
    budget, spent = _budget(table), _executed(table)
    return {
        "name": (Text("名称", "Name"), table.of),
        "total": (Text("自评总分", "Total"), points(score.total) if score else ""),
        "ceiling": (Text("满分", "Points to be had"), points(score.ceiling) if score else ""),
        "low": (Text("暂定最低分", "Least it can be"), points(score.low) if score else ""),
        "high": (Text("暂定最高分", "Most it can be"), points(score.high) if score else ""),
        "grade": (Text("自评等级", "Grade"), score.grade if score else ""),
        "execution_points": (Text("预算执行率得分", "Points of execution"), points(execution.points) if execution else ""),
        "budget": (Text("全年预算数（万元）", "Budget of the year, 10,000 yuan"), wan(budget)),
        "executed": (Text("全年执行数（万元）", "Spending of the year, 10,000 yuan"), wan(spent)),
        "rate": (Text("预算执行率（%）", "Execution, %"), _share(spent, budget)),
        "total_budget": (Text("预算总额（万元）", "Total budget, 10,000 yuan"), wan(money.total)),
        "basic_budget": (Text("基本支出（万元）", "Basic expenditure, 10,000 yuan"), wan(money.basic)),
        "project_budget": (Text("项目支出（万元）", "Project expenditure, 10,000 yuan"), wan(money.project)),
        "fiscal_budget": (Text("财政拨款（万元）", "Fiscal appropriation, 10,000 yuan"), wan(money.fiscal)),
    }  # fmt: skip


def _row(row: Row) -> Named:
    return {
        "name": (Text("指标名称", "Indicator"), row.name),
        "target": (Text("年度指标值", "Target"), row.target.text if row.target else ""),
        "actual": (Text("实际完成值", "Actual"), row.actual.shown.zh if row.actual else ""),
        "points": (Text("得分", "Points"), points(row.result.points) if row.result else ""),
        "full": (Text("分值", "Full points"), points(row.result.weight) if row.result else points(row.points)),
    }


def _budget(table: PublicTable) -> Decimal | None:
    known = [fund.budget for fund in table.funds if fund.budget is not None]
    if known:
        return sum(known, Decimal(0))
    return table.money.total if table.score is None else None


def _executed(table: PublicTable) -> Decimal | None:
    known = [fund.executed for fund in table.funds if fund.executed is not None]
    return sum(known, Decimal(0)) if known else None


def _sum(projects: list[ProjectDone], amount: str) -> Decimal | None:
    known = [found for one in projects if (found := getattr(one, amount)) is not None]
    return sum(known, Decimal(0)) if known else None


def _count(rows: list[Row], states: frozenset[str]) -> str:
    return str(sum(state_of(row) in states for row in rows)) if any(row.actual for row in rows) else ""


def state_of(row: Row) -> str:
    """How a row stands: as a person judged it, else as measured; '' where that is not public."""
    if row.actual is None:
        return ""
    tier = row.result.tier if row.result else None
    return row.actual.state if tier is None else "met" if tier == 1 else "missed"


def _others(rows: list[Row]) -> str:
    """What neither counts as met nor as missed, so that the three add up to all: not organised, waiting, not public."""
    told = sum(state_of(row) in MET | SHORT for row in rows)
    return str(len(rows) - told) if any(row.actual for row in rows) else ""


def _share(part: Decimal | None, whole: Decimal | None) -> str:
    return points(part * 100 / whole) if part is not None and whole else ""


def day(when: date) -> str:
    """A day as a document writes it."""
    return f"{when.year}年{when.month}月{when.day}日"


def wan(amount: Decimal | None) -> str:
    """元 as 万元 with at most two decimals, half up."""
    return "" if amount is None else points(amount / WAN)


def points(number: Decimal | None) -> str:
    """A number with at most two decimals, half up, no zeros at the end; '' where there is none."""
    if number is None:
        return ""
    rounded = number.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return format(rounded.normalize(), "f") if rounded else "0"
