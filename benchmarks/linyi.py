"""The real table of Linyi as a workbook: reading and auditing it, against only loading it with openpyxl."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from benchmarks.measure import Row, medians

TITLE = "the Linyi table as xlsx: read, understand and audit it, against openpyxl only loading it (bar: 3 ×)"
TABLE = Path(__file__).parent.parent / "examples/linyi-2020/table.txt"


def run(quick: bool) -> list[Row]:
    import openpyxl

    from zhiheng.audit.engine import audit
    from zhiheng.parameters.parameters import in_force
    from zhiheng.reports.printing import printed
    from zhiheng.tables import read

    parameters = in_force(date(2020, 12, 31))
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "table.xlsx"
        book.write_bytes(printed([table.plan for table in read(TABLE).tables], "xlsx"))

        def checked() -> int:
            return sum(len(audit(table, parameters).findings) for table in read(book).tables)

        document = read(book)
        assert sum(len(table.plan.indicators) for table in document.tables) == 36
        works = {
            "openpyxl.load_workbook": lambda: openpyxl.load_workbook(book),
            "read": lambda: read(book),
            "audit": lambda: [audit(table, parameters) for table in document.tables],
            "read and audit": checked,
        }
        seconds = medians(works, 10 if quick else 60)
    base = seconds["openpyxl.load_workbook"]
    return [Row(name, value * 1000, "ms", value / base) for name, value in seconds.items()]
