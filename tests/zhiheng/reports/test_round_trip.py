"""What is printed reads as the same plan: the real table, and tables made up for every form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.strategies import PLANS, WHAT_CAME

from zhiheng.plan.plan import Document, Plan, Table
from zhiheng.reports.printing import printed
from zhiheng.tables import read
from zhiheng.tables.canonical import document_json, meaning

REAL = Path(__file__).parents[3] / "examples" / "linyi-2020" / "table.txt"
KINDS = ("txt", "xlsx", "docx", "html")


def said(plan: Plan) -> Any:
    """What the plan says, without its whereabouts."""
    return meaning(document_json(Document("", (Table(plan),))))


def again(plan: Plan, kind: str, folder: Path) -> Any:
    """What the printed plan says when it is read."""
    path = folder / f"printed.{kind}"
    path.write_bytes(printed([plan], kind))
    return meaning(document_json(read(path)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_real_table_survives_printing(kind: str, tmp_path: Path) -> None:
    (table,) = read(REAL).tables
    assert again(table.plan, kind, tmp_path) == said(table.plan)


@pytest.mark.parametrize("layout", sorted(PLANS | WHAT_CAME))
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_made_up_tables_survive_printing(kind: str, layout: str, data: st.DataObject, tmp_path: Path) -> None:
    plan = data.draw((PLANS | WHAT_CAME)[layout])
    assert again(plan, kind, tmp_path) == said(plan)
