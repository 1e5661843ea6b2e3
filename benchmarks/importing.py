"""50,000 rows of 15 columns from an xlsx on disk to commit, all checks on, in SQLite and PostgreSQL, beside what reading alone takes.

Wall time and processor time of the process are both told, for a machine that has other work makes the first longer. The ratios of the
steps against the bar are of the wall; the last line of each database names how long writing takes beside reading the sheet cell by cell,
in the same process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measure import Row

TITLE = "import of 50,000 rows × 15 columns from xlsx on disk to commit, all checks on, evidence excluded (bar: ≥ 5,000 rows/s)"
ROWS = 50_000
BAR = 5_000
CHILD = "benchmarks.importing"
STEPS = {
    "preview": "preview (read, check, count)",
    "write": "writing, from disk to commit (read, check, write)",
    "both": "preview and writing together",
    "again": "the same file again (all rows known)",
    "csv": "the register as csv",
    "xlsx": "the register as xlsx",
    "undo": "undoing it",
}


def run(quick: bool) -> list[Row]:
    from tests.postgres import database

    rows = ROWS // 10 if quick else ROWS
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "contracts.xlsx"
        write_sheet(sheet, rows)
        for name, url in (("SQLite", f"sqlite:///{folder}/bench.sqlite3"), ("PostgreSQL", database(f"bench_importing_{os.getpid()}"))):
            told = measured(url, sheet, folder)
            for step in ("reading alone, calamine", "reading alone, cell by cell"):
                if name == "SQLite":
                    found.append(Row(step, rows / told[step], "rows/s"))
            for step, words in STEPS.items():
                bar = BAR if step in ("preview", "write") else None
                found.append(Row(f"{name}: {words}", rows / told[step], "rows/s", bar and rows / told[step] / bar))
                if step in ("preview", "write", "undo"):
                    found.append(Row(f"{name}:   by the processor's time", rows / told[f"{step} cpu"], "rows/s"))
            reading = told["reading alone, cell by cell"]
            found += [
                Row(f"{name}: writing beside reading alone, cell by cell", told["write cpu"], "s", told["write cpu"] / reading),
                Row(f"{name}: peak memory of the process", told["megabytes"], "MB"),
                Row(f"{name}: of that before the import", told["before"], "MB"),
            ]
    return found


def write_sheet(path: Path, rows: int) -> None:
    """Contracts of 4,000 sellers over a year, as a national system exports them."""
    import xlsxwriter

    from zhiheng_web import uscc

    firms = [(uscc.made_up(number), f"临沂第{number}科技有限公司") for number in range(4000)]
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("合同")
        sheet.write_row(
            0, 0, [*(column[1] for column in COLUMNS[:3]), "卖方统一社会信用代码", "卖方全称", *(column[1] for column in COLUMNS[4:])]
        )
        for number in range(1, rows + 1):
            code, name = firms[number % 4000]
            day, later = f"2020-{number % 12 + 1:02d}-{number % 28 + 1:02d}", f"2021-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
            texts = (
                f"{3713020000000000 + number}",
                f"技术合同{number}",
                ("技术开发", "技术服务", "技术转让")[number % 3],
                code,
                name,
                "371302",
                day,
                day,
                day,
                later,
            )
            for column, text in enumerate(texts):
                sheet.write_string(number, column, text)
            sheet.write_number(number, 10, number * 1.25)
            sheet.write_number(number, 11, number * 1.0)
            for column, text in enumerate((f"买方{number % 9000}", "新材料", "一次总付"), start=12):
                sheet.write_string(number, column, text)


COLUMNS = [
    ("number", "合同登记编号", "word"), ("title", "合同名称", "word"), ("category", "合同类型", "choice"),
    ("organisation", "卖方", "organisation"), ("county", "县区", "county"),
    ("happened_on", "签订日期", "date"), ("decided_on", "登记日期", "date"), ("valid_from", "有效期起", "date"),
    ("valid_until", "有效期止", "date"), ("amount", "成交额", "money"), ("amount_2", "技术交易额", "money"),
    ("buyer", "买方", "word"), ("field", "技术领域", "word"), ("payment", "支付方式", "word"),
]  # fmt: skip


def measured(url: str, sheet: Path, folder: str) -> dict[str, float]:
    """What one import takes, in a process of its own, so that its peak of memory is its own."""
    env = {**os.environ, "DATABASE_URL": url, "ZHIHENG_DATA": f"{folder}/data", "DJANGO_SETTINGS_MODULE": "zhiheng_web.config.settings"}
    env["PYTHONPATH"] = os.pathsep.join(["src", "."])
    answer = subprocess.run([sys.executable, "-m", CHILD, str(sheet)], env=env, check=True, capture_output=True, text=True)
    return dict(json.loads(answer.stdout.splitlines()[-1]))


def child(sheet: Path) -> dict[str, float]:
    """Migrate, make the register, import."""
    import resource
    import time

    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    viewer, batch, path = prepared(sheet)
    told: dict[str, float] = {"before": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}

    def timed(name: str, work: Any) -> None:
        begun, used = time.perf_counter(), time.process_time()
        work()
        told[name], told[f"{name} cpu"] = time.perf_counter() - begun, time.process_time() - used

    from zhiheng_web.ledgers.actions.undo_import import undo_import
    from zhiheng_web.ledgers.actions.write_import import write_import
    from zhiheng_web.ledgers.importing.reading import read_import
    from zhiheng_web.ledgers.models import EntryImport, EntryVersion

    timed("preview", lambda: read_import(batch.pk))
    batch.refresh_from_db()
    if batch.faults or not batch.made:
        raise SystemExit(f"{batch.state} {batch.faults} faults: {[fault.text_zh for fault in batch.fault_rows.all()[:3]]}")
    timed("write", lambda: write_import(viewer, batch.pk))
    if EntryVersion.objects.count() != batch.made:
        raise SystemExit("not all rows were written")
    second = EntryImport.objects.create(register=batch.register, source=batch.source, created_by=viewer.account, created_at=viewer.now())
    timed("again", lambda: read_import(second.pk))
    second.refresh_from_db()
    if (second.made, second.changed, second.same) != (0, 0, batch.made):
        raise SystemExit(f"not the same again: {second.made} {second.changed} {second.same}")
    told["both"] = told["preview"] + told["write"]
    timed("csv", lambda: exported(viewer, batch.register_id, "csv"))
    timed("xlsx", lambda: exported(viewer, batch.register_id, "xlsx"))
    told["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    timed("undo", lambda: undo_import(viewer, batch.pk, "性能测试"))
    reading(path, told)
    return told


def exported(viewer: Any, register: Any, kind: str) -> None:
    """All rows of the register as a file."""
    from zhiheng_web.ledgers.queries.entries_file import comma_separated, rows_of, workbook
    from zhiheng_web.ledgers.queries.register_list import every_row

    found, definition, batches = every_row(viewer, register, {})
    rows = rows_of(definition, batches)
    size = sum(map(len, comma_separated(rows))) if kind == "csv" else workbook(found.name_zh, rows).seek(0, 2)
    if size < 1000:
        raise SystemExit(f"an empty file: {kind}")


def reading(path: Path, told: dict[str, float]) -> None:
    """What reading the sheet alone takes, in both ways."""
    import time

    from zhiheng.tables import formats
    from zhiheng.tables.formats.long_sheets import LongFile

    begun = time.perf_counter()
    file = LongFile(path)
    count = sum(1 for _ in file.rows(file.sheets[0]))
    told["reading alone, calamine"] = time.perf_counter() - begun
    begun = time.perf_counter()
    if len(formats.read(path).grids[0].rows) != count:
        raise SystemExit("the two readers differ")
    told["reading alone, cell by cell"] = time.perf_counter() - begun


def prepared(sheet: Path) -> tuple[Any, Any, Path]:
    """The viewer, the import as uploaded, the file."""
    from django.core.files import File
    from django.db import transaction

    from zhiheng_web.demonstration.organisation import write_organisation
    from zhiheng_web.ledgers.columns import Kind
    from zhiheng_web.ledgers.definition import Check, Choice, Column, RegisterDefinition, State, to_json
    from zhiheng_web.ledgers.models import EntryImport, Register
    from zhiheng_web.organisation.viewer import Viewer, viewer_of
    from zhiheng_web.planning.models import SourceFile

    choices = tuple(Choice(code, zh) for code, zh in (("development", "技术开发"), ("service", "技术服务"), ("transfer", "技术转让")))
    columns = tuple(
        Column(name, zh, zh, Kind(kind), required=name in ("number", "title", "category"), choices=choices if kind == "choice" else (),
               pattern=r"\d{16}" if name == "number" else "")
        for name, zh, kind in COLUMNS
    )  # fmt: skip
    checks = (
        Check("dates", "order", "日期次序", "Order", columns=("happened_on", "decided_on")),
        Check("term", "order", "有效期次序", "Term", columns=("valid_from", "valid_until"), strict=True),
        Check("amount", "range", "金额", "Amount", columns=("amount",), least="0", most="10000000000"),
    )
    definition = RegisterDefinition(
        "contracts", "技术合同", "Contracts", columns=columns, checks=checks, states=(State("registered", "已登记", "Registered"),),
        first_state="registered", key=("number",),
    )  # fmt: skip
    with transaction.atomic():
        made = write_organisation()
        department = made.units["331001"].department
        register = Register.objects.create(
            department=department, code="contracts", name_zh="技术合同", name_en="Contracts", definition=to_json(definition)
        )
        account = made.accounts["jixiao"]
        viewer = viewer_of(account, Viewer(account).today())
        source = SourceFile(
            department=department, kind="ledger", name=sheet.name, sha256="0" * 64, size=sheet.stat().st_size, uploaded_by=account
        )
        with sheet.open("rb") as stream:
            source.stored.save("bench.xlsx", File(stream), save=False)
        source.save()
        batch = EntryImport.objects.create(register=register, source=source, created_by=account, created_at=viewer.now())
    return viewer, batch, Path(source.stored.path)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(child(Path(sys.argv[1]))) + "\n")
