"""The real table of 2020: its findings are those that were written down by hand before the rules, no more and no less."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from zhiheng.audit.catalogue import rule
from zhiheng.audit.engine import audit
from zhiheng.audit.rule import message
from zhiheng.parameters.parameters import in_force
from zhiheng.tables.reading import read

ROOT = Path(__file__).parents[3]


def test_findings_of_the_real_table() -> None:
    expected = tomllib.loads((ROOT / "tests/cases/linyi-2020/findings.toml").read_text("utf-8"))["finding"]
    (table,) = read(ROOT / "examples/linyi-2020/table.txt").tables
    result = audit(table, in_force(date(2020, 12, 31)))
    assert result.failed == ()
    found = [(item.code, item.place.row, item.place.column, item.subject.field, item.severity.value) for item in result.findings]
    wanted = [(item["code"], item["row"], item["column"], item["field"], item["severity"]) for item in expected]
    assert sorted(found, key=str) == sorted(wanted, key=str)
    assert found == sorted(found, key=lambda item: (item[1] or 0, item[2] or 0, item[0])), "in reading order"


def test_what_the_figures_of_the_real_table_say() -> None:
    (table,) = read(ROOT / "examples/linyi-2020/table.txt").tables
    said = {item.code: message(rule(item.code), item, "zh") for item in audit(table, in_force(date(2020, 12, 31))).findings}
    assert "36个指标中有35个没有填写预算项目" in said["C07"]
    assert "4650万元" in said["C07"]
    assert "时效、成本、满意度" in said["C08"]
    assert "《临沂市十三五科技创新规划》" in said["C05"]
    assert "每月" in said["M19"]
