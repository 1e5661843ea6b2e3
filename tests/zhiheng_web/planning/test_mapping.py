"""What rows keep of a table is the table: for the real one and for whatever the search makes up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import PLANS
from tests.zhiheng_web.conftest import LINYI

from zhiheng.plan.plan import Plan, Table
from zhiheng.tables.canonical import meaning, table_json
from zhiheng.tables.reading import read
from zhiheng_web.planning.mapping import fields_of, json_of
from zhiheng_web.planning.models import DutyRow, IndicatorRow, TableVersion
from zhiheng_web.planning.versions import load


def through_rows(table: Table) -> dict:
    kept = fields_of(table)
    version = TableVersion(**kept.version)
    duties = [DutyRow(**fields) for fields in kept.duties]
    by_number = {duty.number: duty for duty in duties}
    rows = [IndicatorRow(duty_row=by_number.get(number) if number is not None else None, **fields) for number, fields in kept.indicators]
    return json_of(version, duties, rows, table.plan.year or 0)


@pytest.mark.parametrize("layout", sorted(PLANS))
@given(data=st.data())
def test_a_table_comes_back_from_its_rows(layout: str, data: st.DataObject) -> None:
    plan: Plan = data.draw(PLANS[layout])
    table = Table(plan)
    expected = table_json(table)
    del expected["digest"]
    assert through_rows(table) == expected


def test_the_real_table_comes_back_from_the_database(linyi: TableVersion) -> None:
    loaded = load(linyi)
    expected = read(LINYI).tables[0]
    assert len(loaded.duties) == 11
    assert len(loaded.rows) == 36
    assert meaning(table_json(loaded.table)) == meaning(table_json(expected))
    assert loaded.version.total == 53_640_000
    assert loaded.version.basic + loaded.version.project == loaded.version.total


def test_a_typed_target_stands_in_columns(linyi: TableVersion) -> None:
    row = IndicatorRow.objects.get(version=linyi, name="高新技术企业认定数量")
    assert (row.target_kind, row.target_amount, row.target_unit) == ("number", 60, "家")
    assert row.indicator.name == row.name
