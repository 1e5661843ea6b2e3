"""Tables in the shapes in which they are published: what each file says is written beside it by hand.

A line of ``rows`` is: path | name | definition | target | actual | weight | points | reason or remark.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from zhiheng.plan.plan import Cell, Document, Figure, Table
from zhiheng.tables import read

FIXTURES = Path(__file__).parents[3] / "fixtures" / "tables"
CASES = sorted(FIXTURES.glob("*.toml"))


def _said(part: Cell | Figure | None) -> str:
    return part.text if part is not None else ""


def summary(table: Table) -> dict[str, object]:
    plan = table.plan
    return {
        "layout": plan.layout,
        "title": plan.title,
        "year": plan.year or 0,
        "department": _said(plan.department),
        "project": _said(plan.project),
        "money": [
            f"{name}={_said(getattr(plan.budget, name))}"
            for name in ("total", "fiscal", "other", "basic", "project")
            if getattr(plan.budget, name)
        ]
        + [f"{label.text}={figure.text}" for label, figure in plan.budget.items],
        "funds": [
            f"{fund.name.text}|"
            + "|".join(_said(getattr(fund, column)) for column in ("initial", "budget", "executed", "points", "rate", "score"))
            for fund in plan.budget.funds
        ],
        "goals": [goal.expected.text + ("" if goal.actual is None else f" -> {goal.actual.text}") for goal in plan.goals],
        "totals": [_said(plan.total_weight), _said(plan.total_points), _said(plan.grade)],
        "rows": [
            " | ".join(
                [
                    "/".join(row.category),
                    row.name.text,
                    _said(row.definition),
                    _said(row.target),
                    _said(row.actual),
                    _said(row.weight),
                    _said(row.points),
                    _said(row.reason) or _said(row.remark),
                ]
            )
            for row in plan.indicators
        ],
        "problems": [f"{problem.code}@{problem.place.row or 0}" for problem in table.problems],
    }


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_published_shape(case: Path) -> None:
    expected = tomllib.loads(case.read_text("utf-8"))
    document: Document = read(FIXTURES / expected["file"])
    assert [summary(table) for table in document.tables] == expected["table"]


def test_every_shape_has_what_it_says() -> None:
    files = {path.name for path in FIXTURES.iterdir() if path.suffix != ".toml"}
    assert {tomllib.loads(case.read_text("utf-8"))["file"] for case in CASES} == files
