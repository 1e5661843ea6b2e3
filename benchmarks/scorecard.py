"""The scorecard of a table of 200 indicators with its traces, queries included, beside the library's bare score of the same table."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.measure import Row, medians

TITLE = "Scorecard of 200 indicators with its traces, queries included (bar 150 ms), beside the bare library score; kept one scored again"
ROOT = Path(__file__).parent.parent
INDICATORS = 200
BAR = 150
KINDS = ("10家", "≤4次", "应检尽检", "每月1篇", "34.6%")
"""Targets in turn: a count, a limit, a coverage, a cadence, a rate without a ledger."""


def run(quick: bool) -> list[Row]:
    from tests.postgres import database

    rows: list[Row] = []
    for name in ("SQLite", "PostgreSQL"):
        url = "" if name == "SQLite" else database(f"bench_scorecard_{os.getpid()}")
        with tempfile.TemporaryDirectory() as folder:
            settings = {"ZHIHENG_DATA": folder, "DATABASE_URL": url, "ZHIHENG_SECRET_KEY": "only-for-measuring"}
            settings |= {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "DJANGO_SETTINGS_MODULE": "zhiheng_web.config.settings"}
            command = [sys.executable, "-m", "benchmarks.scorecard", "quick" if quick else "full"]
            done = subprocess.run(command, env={**os.environ, **settings}, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        found = json.loads(done.stdout.splitlines()[-1])
        bare = found["bare"]
        rows += [
            Row(f"{name}: scorecard with traces of {INDICATORS} indicators", found["card"] * 1000, "ms", found["card"] * 1000 / BAR),
            Row(f"{name}: the same against the bare library score", found["card"] * 1000, "ms", found["card"] / bare),
            Row(f"{name}: with its words, demands and the findings of the audit", found["page"] * 1000, "ms", found["page"] / bare),
            Row(f"{name}: one that was kept, scored again", found["again"] * 1000, "ms", found["again"] / bare),
            Row(f"{name}: the bare library score", bare * 1000, "ms", 1.0),
        ]
    return rows


# --- in the database's own process --------------------------------------------------------------------------


def measured(quick: bool) -> dict[str, float]:
    """Fill the database and measure."""
    import django

    django.setup()
    from django.core.management import call_command

    from zhiheng.scoring.scorecard import score
    from zhiheng.scoring.trace import explain
    from zhiheng_web.evaluation.ground import Scored
    from zhiheng_web.evaluation.loading import filled, self_evaluation_for
    from zhiheng_web.evaluation.queries.self_evaluation import self_evaluation_page
    from zhiheng_web.evaluation.rescoring import frozen_of, rescore

    call_command("migrate", verbosity=0)
    viewer, pk = begun()

    def card() -> list[list[str]]:
        scored = filled(self_evaluation_for(viewer, pk)).scored
        assert isinstance(scored, Scored)
        return [explain(row.steps) for row in scored.card.rows]

    held = filled(self_evaluation_for(viewer, pk))
    assert isinstance(held.scored, Scored)
    assert len(held.scored.card.rows) == INDICATORS + 1
    kept = json.loads(json.dumps(frozen_of(held, held.scored)))
    ground = held.ground
    return medians(
        {
            "card": card,
            "page": lambda: self_evaluation_page(viewer, pk),
            "again": lambda: rescore(kept),
            "bare": lambda: score(ground.table.plan, ground.scheme, ground.observed),
        },
        5 if quick else 31,
    )


def begun() -> tuple[Any, Any]:
    """A self-evaluation of a table of 200 rows; four in five are counted from 20 entries each."""
    from tests.zhiheng_web.evaluation.self_evaluation.scene import Line, scene

    from zhiheng.plan.procedure import Role
    from zhiheng_web.ledgers.models import Entry, EntryVersion
    from zhiheng_web.organisation.models import Account, Department, Unit
    from zhiheng_web.organisation.viewer import Held, Viewer

    department = Department.objects.create(code="331", name="科学技术局")
    unit = Unit.objects.create(department=department, code="331001", name="科学技术局（本级）")
    account = Account.objects.create(username="officer", name="绩效管理员")
    viewer = Viewer(account, (Held(Role.PERFORMANCE_OFFICER, department.pk),), at=datetime(2021, 1, 15, 8, tzinfo=UTC))
    lines = [Line(f"指标{number}", KINDS[number % len(KINDS)], "0.45", duty=number % 11 + 1) for number in range(INDICATORS)]
    found = scene(viewer, unit, lines)
    shapes: list[dict[str, Any]] = [
        {"measure": "flow"}, {"measure": "flow"}, {"measure": "coverage", "counted_on": "due_on", "states": ("done",)},
        {"measure": "cadence", "window": "month", "per_window": 1},
    ]  # fmt: skip
    entries, versions = [], []
    for number, line in enumerate(lines):
        if number % len(KINDS) == len(shapes):
            continue
        found.bind(line.name, categories=(f"c{number}",), **shapes[number % len(KINDS)])
        for each in range(20):
            entry = Entry(register=found.ledger.register, key=f"{number}-{each}")
            day = date(2020, each % 12 + 1, 5)
            entries.append(entry)
            versions.append(
                EntryVersion(
                    entry=entry, register=found.ledger.register, state="done", counts_as=entry.key, category=f"c{number}", happened_on=day,
                    due_on=day, done_on=day, quantity=Decimal(1), known_from=datetime(2020, 1, 1, tzinfo=UTC), change="recorded",
                )
            )  # fmt: skip
    Entry.objects.bulk_create(entries, batch_size=1000)
    EntryVersion.objects.bulk_create(versions, batch_size=500)
    return viewer, found.begin(viewer).pk


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1] == "quick")))
