"""A table from a plain mapping: what the case files of the audit rules are written in.

All values are strings as published and are typed by the library's own parser. A key that is absent means that the
form has no such column (None); an empty string is a blank cell. Row ``i`` of the indicators stands in row
``10 + i``, each field in the column that ``COLUMNS`` names; the headings stand in row 8.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhiheng.plan.place import Place
from zhiheng.plan.plan import Budget, Cell, Duty, Figure, Fund, Goal, Indicator, Labels, Plan, References, Table
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context

HEADING = 8
FIRST_ROW = 10

COLUMNS = {
    "duties.number": 1,
    "duties.name": 2,
    "duties.objective": 3,
    "name": 4,
    "definition": 5,
    "target": 6,
    "references.planned": 7,
    "references.standard": 8,
    "references.standard_source": 9,
    "references.mean": 10,
    "references.last_year": 11,
    "references.history_source": 12,
    "remark": 13,
    "activity": 14,
    "project": 15,
    "actual": 16,
    "weight": 17,
    "points": 18,
    "reason": 19,
    "rule": 20,
    "nature": 21,
    "unit": 22,
    "grades": 23,
}

KEYS = {
    "title", "layout", "year", "department", "project", "strategic_goal", "labels", "budget", "goals", "duties",
    "indicators", "total_weight", "total_points", "grade", "unit", "levels", "notes",
}  # fmt: skip
ROW_KEYS = {
    "name", "duty", "category", "definition", "target", "references", "actual", "weight", "points", "reason",
    "remark", "activity", "project", "rule", "grades", "nature", "unit", "horizon",
}  # fmt: skip


def plan_of(data: Mapping[str, Any]) -> Table:
    """The table that ``data`` describes. A misspelt key is refused."""
    refuse_unknown(data, KEYS)
    year = int(data["year"]) if "year" in data else None
    duties = tuple(data.get("duties", ()))
    rows = tuple(data.get("indicators", ()))
    return Table(
        Plan(
            title=data.get("title", "部门预算整体绩效目标表"),
            layout=data.get("layout", "duty-table"),
            year=year,
            department=head(data, "department", 1),
            project=head(data, "project", 1),
            unit=head(data, "unit", 1),
            budget=budget_of(data.get("budget", {})),
            strategic_goal=head(data, "strategic_goal", 4),
            goals=tuple(goal_of(goal) for goal in data.get("goals", ())),
            duties=tuple(duty_of(duty, rows) for duty in duties),
            indicators=tuple(indicator_of(row, index, year) for index, row in enumerate(rows)),
            labels=Labels(**data.get("labels", {})),
            total_weight=number(data, "total_weight", Place(row=FIRST_ROW + len(rows), column=COLUMNS["weight"])),
            total_points=number(data, "total_points", Place(row=FIRST_ROW + len(rows), column=COLUMNS["points"])),
            grade=head(data, "grade", FIRST_ROW + len(rows) + 1),
            notes=tuple((Cell(label), Cell(text)) for label, text in data.get("notes", {}).items()),
            levels=tuple(data.get("levels", {}).items()),
            columns=columns_of(rows),
            place=Place(row=1, column=1),
        )
    )


def columns_of(rows: tuple[Mapping[str, Any], ...]) -> tuple[tuple[str, Place], ...]:
    """The columns that the form has: those that any row fills or leaves blank. Their heading is row 8."""
    keys = {key for row in rows for key in row} | {f"references.{key}" for row in rows for key in row.get("references", {})}
    return tuple((field, Place(row=HEADING, column=column)) for field, column in COLUMNS.items() if field in keys)


def refuse_unknown(data: Mapping[str, Any], known: set[str]) -> None:
    """A key that the builder does not know would be dropped in silence."""
    if unknown := set(data) - known:
        raise KeyError(f"plan_of does not know: {', '.join(sorted(unknown))}")


def head(data: Mapping[str, Any], key: str, row: int) -> Cell | None:
    """A cell of the head."""
    return Cell(data[key], Place(row=row, column=2)) if key in data else None


def number(data: Mapping[str, Any], key: str, place: Place, name: str = "", unit: str = "") -> Figure | None:
    """A figure without an indicator around it: amounts, points."""
    return Figure(parse(data[key], Context(name=name, unit=unit)), place) if key in data else None


def budget_of(data: Mapping[str, Any]) -> Budget:
    """The money of the head: amounts in row 2, the funds block from row 3 on."""
    refuse_unknown(data, {"unit", "total", "fiscal", "other", "basic", "project", "funds", "items"})
    unit = data.get("unit", "")
    names = {"total": "预算总额", "fiscal": "财政拨款", "other": "其他资金", "basic": "基本支出", "project": "项目支出"}
    amounts = {key: number(data, key, Place(row=2, column=column), name, unit) for column, (key, name) in enumerate(names.items(), start=2)}
    funds = tuple(fund_of(fund, 3 + index, unit) for index, fund in enumerate(data.get("funds", ())))
    items = tuple(item_of(item, 3 + len(funds) + index, unit) for index, item in enumerate(data.get("items", ())))
    return Budget(unit=unit, **amounts, funds=funds, items=items)


def item_of(data: Mapping[str, Any], row: int, unit: str) -> tuple[Cell, Figure]:
    """A named amount: a project with its money."""
    refuse_unknown(data, {"name", "amount"})
    return Cell(data["name"], Place(row=row, column=1)), Figure(
        parse(data["amount"], Context(name="金额", unit=unit)), Place(row=row, column=2)
    )


def fund_of(data: Mapping[str, Any], row: int, unit: str) -> Fund:
    """One row of the funds block."""
    refuse_unknown(data, {"name", "initial", "budget", "executed", "points", "rate", "score"})
    names = {"initial": "年初预算数", "budget": "全年预算数", "executed": "全年执行数"}
    amounts = {
        key: number(data, key, Place(row=row, column=column), name, unit) for column, (key, name) in enumerate(names.items(), start=2)
    }
    return Fund(
        Cell(data["name"], Place(row=row, column=1)),
        **amounts,
        points=number(data, "points", Place(row=row, column=5)),
        rate=number(data, "rate", Place(row=row, column=6), "执行率"),
        score=number(data, "score", Place(row=row, column=7)),
    )


def goal_of(data: Mapping[str, Any]) -> Goal:
    """年度总体目标: row 7."""
    refuse_unknown(data, {"expected", "actual"})
    actual = Cell(data["actual"], Place(row=7, column=3)) if "actual" in data else None
    return Goal(Cell(data["expected"], Place(row=7, column=2)), actual)


def duty_of(data: Mapping[str, Any], rows: tuple[Mapping[str, Any], ...]) -> Duty:
    """A duty stands where its first indicator stands; one without indicators, below the table."""
    refuse_unknown(data, {"number", "name", "objective"})
    duty = int(data["number"])
    first = next((index for index, row in enumerate(rows) if row.get("duty", "") and int(row["duty"]) == duty), len(rows))
    row = FIRST_ROW + first
    objective = Cell(data["objective"], Place(row=row, column=3)) if "objective" in data else None
    return Duty(duty, Cell(data.get("name", ""), Place(row=row, column=2)), objective)


def indicator_of(data: Mapping[str, Any], index: int, year: int | None) -> Indicator:
    """One row. Its values are read with the name, definition, unit and nature of the row around them."""
    refuse_unknown(data, ROW_KEYS)
    row = FIRST_ROW + index
    context = Context(
        name=data.get("name", ""),
        definition=data.get("definition", ""),
        unit=data.get("unit", ""),
        nature=data.get("nature", ""),
        year=year,
    )

    def cell(key: str, source: Mapping[str, Any] = data, prefix: str = "") -> Cell | None:
        return Cell(source[key], Place(row=row, column=COLUMNS[prefix + key])) if key in source else None

    def figure(key: str, source: Mapping[str, Any] = data, prefix: str = "", around: Context = context) -> Figure | None:
        return Figure(parse(source[key], around), Place(row=row, column=COLUMNS[prefix + key])) if key in source else None

    references = data.get("references", {})
    refuse_unknown(references, {key.removeprefix("references.") for key in COLUMNS if key.startswith("references.")})
    return Indicator(
        name=Cell(data.get("name", ""), Place(row=row, column=COLUMNS["name"])),
        duty=int(data["duty"]) if data.get("duty", "") else None,
        category=tuple(data.get("category", ())),
        horizon=data.get("horizon", ""),
        definition=cell("definition"),
        target=figure("target"),
        references=References(
            planned=figure("planned", references, "references."),
            standard=figure("standard", references, "references."),
            standard_source=cell("standard_source", references, "references."),
            mean=figure("mean", references, "references."),
            last_year=figure("last_year", references, "references."),
            history_source=cell("history_source", references, "references."),
        ),
        actual=figure("actual"),
        weight=figure("weight", around=Context(year=year)),
        points=figure("points", around=Context(year=year)),
        reason=cell("reason"),
        remark=cell("remark"),
        activity=cell("activity"),
        project=cell("project"),
        rule=cell("rule"),
        grades=tuple(
            (grade, Figure(parse(text, context), Place(row=row, column=COLUMNS["grades"] + offset)))
            for offset, (grade, text) in enumerate(data.get("grades", {}).items())
        ),
        nature=cell("nature"),
        unit=cell("unit"),
        place=Place(row=row, column=COLUMNS["name"]),
    )
