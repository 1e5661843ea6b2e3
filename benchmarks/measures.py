"""The seven measures over 200,000 entries, and bulk approval, on SQLite and PostgreSQL, beside one statement written by hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from uuid import UUID, uuid4

from benchmarks.measure import Row

TITLE = (
    "2,000 indicator values from 200,000 entries as known on a past date (bar 2 s); one department (bar 3 × by hand); approval (bar 3 s)"
)
ROOT = Path(__file__).parent.parent
DEPARTMENTS = 56
INDICATORS = 36
ENTRIES = 200_000
LARGE = 6_000
"""Entries of the department that is measured alone: those of the first user's year."""
APPROVED = 2_000
ON = date(2020, 12, 31)
KNOWN = datetime(2021, 1, 15, 16, tzinfo=UTC)
SHAPES: list[dict[str, Any]] = [
    *[{"measure": "flow", "counted_on": "happened_on", "once_by": once} for once in ("key", "organisation")] * 4,
    *[{"measure": "flow", "counted_on": "decided_on", "once_by": once} for once in ("key", "organisation")] * 4,
    {"measure": "flow", "counted_on": "decided_on", "once_by": "organisation", "first_ever": True},
    {"measure": "stock"}, {"measure": "stock"}, {"measure": "stock"}, {"measure": "net", "once_by": "organisation"},
    {"measure": "total", "counted_on": "happened_on", "column": "quantity"},
    *[{"measure": "coverage", "counted_on": "due_on"}] * 10,
    {"measure": "cadence", "counted_on": "happened_on", "window": "month", "per_window": 1},
    {"measure": "cadence", "counted_on": "happened_on", "longest_gap": 14},
    {"measure": "external", "counted_on": "decided_on", "series": "city", "benchmark": "province"},
    {"measure": "external", "counted_on": "decided_on", "series": "city"},
]  # fmt: skip

TARGETS = {"coverage": "应检尽检", "cadence": "每月1篇", "external": "34.6%"}


def run(quick: bool) -> list[Row]:
    from tests.postgres import database

    rows: list[Row] = []
    for name in ("SQLite", "PostgreSQL"):
        url = "" if name == "SQLite" else database(f"bench_measures_{os.getpid()}")
        with tempfile.TemporaryDirectory() as folder:
            settings = {"ZHIHENG_DATA": folder, "DATABASE_URL": url, "ZHIHENG_SECRET_KEY": "only-for-measuring"}
            settings |= {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "DJANGO_SETTINGS_MODULE": "zhiheng_web.config.settings"}
            command = [sys.executable, "-m", "benchmarks.measures", "quick" if quick else "full"]
            done = subprocess.run(command, env={**os.environ, **settings}, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        figures = json.loads(done.stdout.splitlines()[-1])
        hand = figures["hand"]
        rows += [
            Row(f"{name}: {figures['values']:,} values from {figures['versions']:,} versions", figures["all"], "s", figures["all"] / 2),
            Row(f"{name}: the same, time of the process alone", figures["all_cpu"], "s", figures["all_cpu"] / 2),
            Row(f"{name}: 36 values of one department ({LARGE:,} entries)", figures["one"] * 1000, "ms", figures["one"] / hand),
            Row(f"{name}: the same rows by one hand-written statement", hand * 1000, "ms", 1.0),
            Row(f"{name}: approval of {APPROVED:,} entries, to commit", figures["approval"], "s", figures["approval"] / 3),
        ]
    return rows


# --- in the database's own process --------------------------------------------------------------------------


def measured(quick: bool) -> dict[str, float]:
    """Fill the database and measure."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from zhiheng_web.ledgers.measures.actual import actuals
    from zhiheng_web.ledgers.models import EntryVersion

    call_command("migrate", verbosity=0)
    departments = filled(20_000 if quick else ENTRIES)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    every = [indicator for indicators in departments.values() for indicator in indicators][:2000]
    one = next(iter(departments.values()))
    all_wall, all_cpu = timed(lambda: actuals(every, ON, KNOWN), 5)
    ours, hand = beside(lambda: actuals(one, ON, KNOWN), lambda: by_hand(one), 15)
    return {
        "values": len(every), "versions": EntryVersion.objects.count(), "all": all_wall, "all_cpu": all_cpu, "one": ours, "hand": hand,
        "compared": alike(one), "approval": approval(),
    }  # fmt: skip


def timed(work: Callable[[], object], times: int) -> tuple[float, float]:
    """The medians of several runs, one before them not counted: seconds on the clock and seconds of this process."""
    work()
    wall, cpu = [], []
    for _ in range(times):
        begun, used = time.perf_counter(), time.process_time()
        work()
        wall.append(time.perf_counter() - begun)
        cpu.append(time.process_time() - used)
    return median(wall), median(cpu)


def beside(first: Callable[[], object], second: Callable[[], object], times: int) -> tuple[float, float]:
    """The medians of two works done in turn, so that whatever else the machine does falls on both alike."""
    first(), second()
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        for work, kept in zip((first, second), seconds, strict=True):
            begun = time.perf_counter()
            work()
            kept.append(time.perf_counter() - begun)
    return median(seconds[0]), median(seconds[1])


def by_hand(indicators: list[UUID]) -> list[Any]:
    """One statement that joins the same bindings and entries, filters by the same states, counties, period and instant, and sums.

    Of each binding: entries looked at, entries that count, distinct things among them, their sum, distinct things due. It judges nothing,
    gives no reasons, and leaves out what one grouping cannot say (windows, gaps, editions, firms of earlier years).
    """
    from django.db import connection

    placeholders = ", ".join(["%s"] * len(indicators))
    sql = f"""SELECT measure, indicator, COUNT(*), SUM(ok), COUNT(DISTINCT CASE WHEN ok = 1 THEN once END),
            SUM(CASE WHEN ok = 1 THEN quantity END), COUNT(DISTINCT CASE WHEN due = 1 THEN once END)
        FROM (SELECT b.id, b.measure, c.indicator_id AS indicator, v.quantity,
            CASE WHEN b.once_by = 'organisation' THEN CAST(v.organisation_id AS text) ELSE v.counts_as END AS once,
            CASE WHEN v.standing = 'confirmed' AND v.due_on BETWEEN '2020-01-01' AND '2020-12-31' THEN 1 ELSE 0 END AS due,
            CASE WHEN v.standing = 'confirmed' AND v.gap = '' AND f.id IS NOT NULL AND CASE b.measure
                WHEN 'stock' THEN v.valid_from <= '2020-12-31' AND (v.valid_until IS NULL OR v.valid_until > '2020-12-31')
                WHEN 'net' THEN v.valid_from <= '2020-12-31' AND (v.valid_until IS NULL OR v.valid_until > '2020-12-31')
                WHEN 'coverage' THEN v.due_on BETWEEN '2020-01-01' AND '2020-12-31' AND (v.done_on IS NULL OR v.done_on <= v.due_on)
                WHEN 'external' THEN v.data_year = 2020
                ELSE CASE b.counted_on WHEN 'decided_on' THEN v.decided_on ELSE v.happened_on END
                    BETWEEN '2020-01-01' AND '2020-12-31' END THEN 1 ELSE 0 END AS ok
            FROM ledgers_binding b JOIN ledgers_countingbasis c ON c.id = b.basis_id
            JOIN ledgers_entryversion v ON v.register_id = b.register_id
            JOIN ledgers_bindingvalue g ON g.binding_id = b.id AND g."column" = 'county' AND g.value = v.county
            LEFT JOIN ledgers_bindingvalue f ON f.binding_id = b.id AND f."column" = 'state' AND f.value = v.state
            WHERE c.indicator_id IN ({placeholders}) AND v.known_until > %s AND v.known_from <= %s) r
        GROUP BY id, measure, indicator"""
    instant = connection.ops.adapt_datetimefield_value(KNOWN)
    ids = [one if connection.vendor == "postgresql" else one.hex for one in indicators]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*ids, instant, instant])
        return list(cursor.fetchall())


def alike(indicators: list[UUID]) -> int:
    """How many of the values by hand can be compared, each found equal to what the measures say."""
    from zhiheng_web.ledgers.measures.actual import actuals

    found, compared = actuals(indicators, ON, KNOWN), 0
    for measure, indicator, looked, _, things, total, due in by_hand(indicators):
        part = found[indicator if isinstance(indicator, UUID) else UUID(indicator)].parts[0]
        if "first" in part.code or measure not in ("flow", "stock", "total", "coverage"):
            continue
        mine = {"total": part.number, "coverage": (part.numerator, part.denominator)}.get(measure, part.number)
        theirs = {"total": Decimal(total or 0).scaleb(-4), "coverage": (things, due)}.get(measure, things)
        assert mine == theirs, (measure, mine, theirs)
        assert part.counted + sum(part.not_counted.values()) == looked, measure
        compared += 1
    return compared


def filled(entries: int) -> dict[UUID, list[UUID]]:
    """Departments with 36 indicators each, a register for each, and entries with their history. The first department is the largest."""
    from django.db import transaction

    from zhiheng_web.ledgers.models import Organisation
    from zhiheng_web.organisation.models import Department

    random = Random(2020)
    with transaction.atomic():
        firms = Organisation.objects.bulk_create([Organisation(name=f"企业{n}") for n in range(2000)])
        departments = Department.objects.bulk_create([Department(code=f"{n:012}", name=f"部门{n}") for n in range(DEPARTMENTS)])
        registers, indicators = registers_of(departments)
        first = registers[departments[0].pk]
        others = [register for department in departments[1:] for register in registers[department.pk]]
        rest = entries - LARGE
        places = [first[n % len(first)] for n in range(LARGE)] + [others[n % len(others)] for n in range(rest)]
        random.shuffle(places)
        for start in range(0, entries, 10_000):
            write(random, places[start : start + 10_000], firms, start)
    return indicators


def registers_of(departments: list[Any]) -> tuple[dict[UUID, list[Any]], dict[UUID, list[UUID]]]:
    from zhiheng_web.ledgers.models import Binding, BindingValue, CountingBasis, Register
    from zhiheng_web.planning.models import Indicator

    registers, indicators, bases, bindings, values = {}, {}, [], [], []
    for department in departments:
        own = [Register(department=department, code=f"r{n}", name_zh="台账", name_en="ledger", definition={}) for n in range(INDICATORS)]
        named = [Indicator(department=department, name=f"指标{n}") for n in range(INDICATORS)]
        registers[department.pk], indicators[department.pk] = own, [one.pk for one in named]
        Register.objects.bulk_create(own)
        Indicator.objects.bulk_create(named)
        for number, (register, indicator) in enumerate(zip(own, named, strict=True)):
            basis = CountingBasis(indicator=indicator, code="usual", default=True, text_zh="口径", text_en="basis")
            binding = Binding(
                basis=basis, code="first" if SHAPES[number].get("first_ever") else "main", register=register, unit="项", **SHAPES[number]
            )
            bases.append(basis)
            bindings.append(binding)
            values += [BindingValue(binding=binding, column="state", value=state) for state in ("done", "filed")]
            values += [BindingValue(binding=binding, column="county", value=f"3713{county:02}") for county in range(1, 13)]
    CountingBasis.objects.bulk_create(bases)
    Binding.objects.bulk_create(bindings)
    BindingValue.objects.bulk_create(values)
    targets_of(departments, indicators)
    return registers, indicators


def targets_of(departments: list[Any], indicators: dict[UUID, list[UUID]]) -> None:
    """An approved table of each department, so that every value is judged against its target."""
    from zhiheng.plan.procedure import State
    from zhiheng_web.organisation.models import Account, Unit
    from zhiheng_web.planning.models import IndicatorRow, PerformanceTable, TableVersion

    rows, writer = [], Account.objects.create(username="writer", name="经办人")
    for department in departments:
        unit = Unit.objects.create(department=department, code=department.code, name=department.name)
        table = PerformanceTable.objects.create(unit=unit, kind=PerformanceTable.Kind.DEPARTMENT, year=2020)
        version = TableVersion.objects.create(
            table=table, number=1, state=State.APPROVED.value, title="绩效目标表", in_force_from=date(2020, 1, 1), created_by=writer
        )
        rows += [
            IndicatorRow(version=version, indicator_id=one, position=number, name=f"指标{number}", target_text=TARGETS.get(measure, "40项"))
            for number, (one, measure) in enumerate(zip(indicators[department.pk], [shape["measure"] for shape in SHAPES], strict=True))
        ]
    IndicatorRow.objects.bulk_create(rows)


def write(random: Random, places: list[Any], firms: list[Any], start: int) -> None:
    """Entries: one in four was corrected later, one in twenty waits, one in thirty lacks evidence."""
    from zhiheng_web.ledgers.models import FOREVER, Entry, EntryVersion

    entries, versions = [], []
    for number, register in enumerate(places, start):
        entry = Entry(register=register, key=f"k{number}")
        entries.append(entry)
        day = date(2019, 7, 1) + timedelta(random.randrange(550))
        written = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        fields: dict[str, Any] = {
            "entry": entry, "register": register, "counts_as": f"k{number}", "organisation": random.choice(firms), "title": f"事项{number}",
            "county": f"3713{random.randrange(1, 13):02}", "state": random.choice(("done", "done", "done", "filed", "open")),
            "standing": "submitted" if number % 20 == 0 else "confirmed", "gap": "evidence" if number % 30 == 0 else "", "happened_on": day,
            "decided_on": day, "due_on": day, "done_on": day, "valid_from": day, "quantity": number % 90, "data_year": 2020,
            "category": random.choice(("city", "province")), "edition": "终核", "change": "recorded", "details": {"备注": "说明" * 10},
        }  # fmt: skip
        if number % 4 == 0:
            later = written + timedelta(random.randrange(5, 120))
            versions.append(EntryVersion(id=uuid4(), **{**fields, "state": "open"}, known_from=written, known_until=later))
            versions.append(EntryVersion(id=uuid4(), **fields, known_from=later))
        else:
            versions.append(EntryVersion(id=uuid4(), **fields, known_from=written, known_until=FOREVER))
    Entry.objects.bulk_create(entries, batch_size=2000)
    EntryVersion.objects.bulk_create(versions, batch_size=500)


def approval() -> float:
    """2,000 reported entries of one register confirmed at once; the total is right at commit."""
    from zhiheng.plan.procedure import Role
    from zhiheng_web.ledgers.actions.confirm_entries import confirm_entries
    from zhiheng_web.ledgers.definition import Column, Kind, RegisterDefinition, State, to_json
    from zhiheng_web.ledgers.measures.counting import counted
    from zhiheng_web.ledgers.models import Binding, CountingBasis, Register
    from zhiheng_web.ledgers.writing import Draft, write
    from zhiheng_web.organisation.models import Account, Department
    from zhiheng_web.organisation.viewer import Held, Viewer
    from zhiheng_web.planning.models import Indicator

    department = Department.objects.order_by("code").first()
    assert department is not None
    columns = (Column("number", "编号", "Number", Kind.WORD), Column("happened_on", "日期", "Date", Kind.DATE))
    definition = RegisterDefinition("bulk", "批量", "bulk", columns=columns, states=(State("done", "完成", "done"),), key=("number",))
    register = Register.objects.create(department=department, code="bulk", name_zh="批量", name_en="bulk", definition=to_json(definition))
    basis = CountingBasis.objects.create(
        indicator=Indicator.objects.create(department=department, name="批量"), code="usual", default=True, text_zh="口径", text_en="basis"
    )
    binding = Binding.objects.create(basis=basis, code="main", register=register, measure="flow", counted_on="happened_on")
    account = Account.objects.create(username="bulk", name="批量")
    viewer = Viewer(account, (Held(Role.PERFORMANCE_OFFICER, department.pk),))
    drafts = [Draft({"number": f"n{n}", "happened_on": date(2020, 5, 1)}, "done", "submitted") for n in range(APPROVED)]
    waiting = write(register, drafts, at=datetime(2020, 6, 1, tzinfo=UTC), by=None, change="recorded")
    begun = time.perf_counter()
    confirm_entries(viewer, register.pk, [version.entry_id for version in waiting])
    seconds = time.perf_counter() - begun
    assert counted([binding], [ON], viewer.now())[binding.pk, 0].number == APPROVED
    return seconds


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1] == "quick")))
