"""What is wrong with the real table is what was written down from it by hand: no more, no less."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

from zhiheng.audit.engine import audit
from zhiheng.parameters.parameters import in_force
from zhiheng.tables import read

ROOT = Path(__file__).parents[3]


def test_findings_of_the_real_table() -> None:
    written = tomllib.loads((ROOT / "tests/cases/linyi-2020/findings.toml").read_text("utf-8"))["finding"]
    expected = Counter((entry["code"], entry["row"], entry["column"], entry["field"], entry["severity"]) for entry in written)
    (table,) = read(ROOT / "examples/linyi-2020/table.txt").tables
    result = audit(table, in_force(date(2020, 1, 1)))
    found = Counter((f.code, f.place.row, f.place.column, f.subject.field, str(f.severity)) for f in result.findings)
    assert found == expected
    assert result.failed == ()
