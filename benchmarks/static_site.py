"""The static site of 200 indicators, beside the same content written as bare JSON files by the same machine in the same run."""

from __future__ import annotations

import json
import os
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

from benchmarks.measure import Row

TITLE = "static site of 200 indicators, both languages, with its documents, open data and proof (bar 10 s)"
INDICATORS, ENTRIES = 200, 120


def run(quick: bool) -> list[tuple[str, float, str, float | None]]:
    """Seconds for the site, and how many times longer than the same pages with their text alone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiheng_web.config.settings")
    os.environ.setdefault("ZHIHENG_SECRET_KEY", "only-for-benchmarks")
    os.environ.setdefault("ZHIHENG_DATA", tempfile.mkdtemp())
    import django

    django.setup()
    from zhiheng_web.publication.content import digest
    from zhiheng_web.publication.queries.published import Published
    from zhiheng_web.publication.site.writing import write

    data = content(INDICATORS // 10 if quick else INDICATORS)
    package = Published(
        UUID(int=1), UUID(int=2), 2020, "final", 1, True, digest(data), date(2021, 8, 12), date(2021, 8, 13), date(2021, 8, 20),
        date(2021, 8, 30), data,
    )  # fmt: skip
    times, bare = [], []
    for turn in range(1 if quick else 3):
        with tempfile.TemporaryDirectory() as place:
            begun = time.perf_counter()
            done = write(Path(place) / "site", [Published(*[getattr(package, name) for name in package.__dataclass_fields__])])
            times.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            for number, row in enumerate(data["tables"][0]["rows"]):
                for language in ("zh", "en"):
                    (Path(place) / f"{turn}-{number}-{language}.json").write_text(json.dumps(row, ensure_ascii=False), "utf-8")
            bare.append(time.perf_counter() - begun)
    return [
        Row("site of the indicators", median(times), "s", median(times) / median(bare)),
        Row("  pages", done.pages, "", None),
        Row("  files", done.files, "", None),
        Row("reference: each indicator as bare JSON, twice", median(bare), "s", 1.0),
    ]


def content(rows: int) -> dict[str, Any]:
    """A package with one table of so many indicators, each counted from its entries."""
    from decimal import Decimal

    from zhiheng.scoring import scheme_file
    from zhiheng_web.evaluation.keeping import scheme_json
    from zhiheng_web.publication.content import to_json
    from zhiheng_web.publication.content.actuals import Actual, Column, Line, Month, Part
    from zhiheng_web.publication.content.scores import Result, Scheme, Score
    from zhiheng_web.publication.content.shape import Content, Head
    from zhiheng_web.publication.content.tables import Duty, Figure, PublicTable, SelfEvaluated
    from zhiheng_web.publication.content.tables import Row as Indicator
    from zhiheng_web.wording import Text

    on, both = date(2020, 12, 31), Text("家", "firms")
    value = {"kind": "number", "op": "≥", "value": "100", "unit": "家"}
    reported = {"kind": "reported", "value": {"kind": "number", "op": "=", "value": str(ENTRIES), "unit": "家"}}
    rule = {
        "column": "quantity",
        "scale": "1",
        "counted_on": "decided_on",
        "longest_gap": None,
        "series": "",
        "channels": {},
        "windows": [],
    }
    weight = Decimal(100) / rows
    made = []
    for number in range(1, rows + 1):
        lines = tuple(
            Line(
                f"{number}-{one}",
                "",
                f"c{one}",
                "",
                {},
                {"number": f"GR{one:05d}", "organisation": f"演示企业{one}号", "decided_on": "2020-06-01"},
            )
            for one in range(ENTRIES)
        )
        columns = tuple(Column(name, both, "word") for name in ("number", "organisation", "decided_on"))
        part = Part(
            "p", Text("企业数", "Firms"), "flow", Text("台账", "Ledger"), "met", Decimal(ENTRIES), "家", counted=ENTRIES, recorded=ENTRIES,
            not_counted={"evidence": 3}, rule=rule, columns=columns, lines=lines,
        )  # fmt: skip
        months = tuple(
            Month(date(2020, m % 12 + 1, 1) - timedelta(1) if m < 12 else on, "under_way", Decimal(m * 10), both) for m in range(1, 13)
        )
        shown = Text(f"{ENTRIES}家", str(ENTRIES))
        actual = Actual("ledger", "met", shown, Decimal(ENTRIES), "家", on, None, both, "one", parts=(part,), months=months)
        result = Result("reported", weight, weight, weight, weight, weight, "proportional", str(weight), reported)
        target = Figure("≥100家", value)
        made.append(
            Indicator(
                f"d01-i{number:03d}", "d01", number, f"指标{number}", "解释", target=target, points=weight, actual=actual, result=result
            )
        )
    scheme, full = scheme_file.scheme("national"), Decimal(100)
    known = datetime(2021, 1, 1, tzinfo=UTC)
    table = PublicTable(
        "department", "department", "整体绩效自评表", "演示局", "331", 1,
        scheme=Scheme("national", Text(scheme.zh, scheme.en), scheme_json(scheme)),
        duties=(Duty("d01", 1, "职责", "目标"),), rows=tuple(made), score=Score(full, full, full, full, "优"),
        self_evaluated=SelfEvaluated(1, on, known, "0" * 64),
    )  # fmt: skip
    head = Head("演示局", "331", 2020, "final", Text("决算公开", "Final account"), 1, date(2021, 8, 10), "1号", date(2021, 8, 30), True)
    return to_json(Content(head, (table,)))
