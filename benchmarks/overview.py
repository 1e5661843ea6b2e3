"""The overview of a table of 200 indicators and of 3,000 departments, under 50 readers at once, beside bare Django views."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode

from benchmarks.measure import Row

TITLE = "pages under 50 readers at once beside a bare Django view of the same rows and columns in the same server (bar: p95 ≤ 2 ×)"
ROOT = Path(__file__).parent.parent
READERS = 50
INDICATORS = 200
DEPARTMENTS = 3000
SESSIONS = 5
YEAR = 2020
AS_ONE_TYPES = 0.1
"""The bar of the editor's answer in seconds, for the real table on an idle core; its ratio is to this."""


def run(quick: bool) -> list[Row]:
    from tests.postgres import database

    with tempfile.TemporaryDirectory() as folder:
        settings = settings_of(Path(folder), database(f"bench_overview_{os.getpid()}"))
        os.environ.update(settings)
        ids = prepared()
        with served(settings) as port:
            officer, finance = (signed_in(port, name) for name in ("jixiao", "czjixiao"))
            works = {
                f"{INDICATORS} indicators: the page": (f"/tables/{ids['table']}/", officer),
                f"{INDICATORS} indicators: bare view": (f"/bare/table/{ids['version']}/", officer),
                f"{DEPARTMENTS:,} departments: the page": (f"/departments/?year={YEAR}", finance),
                f"{DEPARTMENTS:,} departments: bare view": (f"/bare/departments/{YEAR}/", finance),
            }
            seconds = measured(port, works, rounds=3 if quick else 12, each=100 if quick else 200)
            typing = typed(port, ids, officer[0], times=50 if quick else 200)
    cuts = quantiles(typing, n=100)
    editor = "editor, 36 rows, one reader: a cell understood and audited as one types"
    return [*told(seconds), *(Row(f"{editor}, p{part}", cuts[part - 1] * 1000, "ms", cuts[part - 1] / AS_ONE_TYPES) for part in (50, 95))]


def told(seconds: dict[str, list[float]]) -> Iterator[Row]:
    """p50 and p95 of each; the ratio is that to the bare view of the same rows."""
    cuts = {name: quantiles(values, n=100) for name, values in seconds.items()}
    for name in seconds:
        bare = cuts[name.partition(":")[0] + ": bare view"]
        for part in (50, 95):
            yield Row(f"{name}, p{part}", cuts[name][part - 1] * 1000, "ms", cuts[name][part - 1] / bare[part - 1])


# --- the service --------------------------------------------------------------------------------------------


def settings_of(folder: Path, url: str) -> dict[str, str]:
    return {
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "DJANGO_SETTINGS_MODULE": "benchmarks.bare.settings",
        "DATABASE_URL": url,
        "ZHIHENG_DATA": str(folder),
        "ZHIHENG_SECRET_KEY": "only-for-measuring",
        "ZHIHENG_DEMO": "1",
    }


def prepared() -> dict[str, str]:
    """The demonstration, a table of 200 indicators, and 3,000 departments with approved tables."""
    import django

    django.setup()
    from django.db import connection, transaction

    from zhiheng.tables.reading import read
    from zhiheng_cli.preparing import prepare
    from zhiheng_web.demonstration.load import TABLE, load
    from zhiheng_web.organisation.models import Account, Unit
    from zhiheng_web.organisation.viewer import viewer_of
    from zhiheng_web.planning.actions.import_table import import_table
    from zhiheng_web.planning.models import IndicatorRow

    prepare()
    load()
    source = read(TABLE).tables[0]
    rows = source.plan.indicators
    many = tuple(
        replace(row, name=replace(row.name, text=f"{row.name.text}（{number}）"))
        for number, row in zip(range(INDICATORS), cycle(rows), strict=False)
    )
    large = replace(source, plan=replace(source.plan, indicators=many, year=2021))
    officer = viewer_of(Account.objects.get(username="jixiao"), date(YEAR, 1, 10))
    version = import_table(officer, Unit.objects.get(code="331001"), large, year=2021)
    with transaction.atomic():
        write_departments(Account.objects.get(username="czjixiao"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what PostgreSQL does by itself a minute after so many rows came
    cell = IndicatorRow.objects.filter(version__table__year=YEAR, version__table__kind="department", version__state="draft")
    row = cell.order_by("position")[3]
    return {"table": str(version.table_id), "version": str(version.pk), "draft": str(row.version_id), "row": str(row.pk)}


def write_departments(account: Any) -> None:
    """3,000 departments, each with an approved table of 12 indicators and a few findings."""
    from zhiheng_web.organisation.models import Department, Unit
    from zhiheng_web.planning.models import FindingRow, Indicator, IndicatorRow, PerformanceTable, TableVersion

    numbers = range(DEPARTMENTS)
    departments = Department.objects.bulk_create(Department(code=f"5{n:05d}", name=f"第{n}局") for n in numbers)
    units = Unit.objects.bulk_create(
        Unit(department=one, code=f"{one.code}001", name=f"{one.name}（本级）", kind=Unit.Kind.HEADQUARTERS) for one in departments
    )
    tables = PerformanceTable.objects.bulk_create(PerformanceTable(unit=unit, kind="department", year=YEAR) for unit in units)
    versions = TableVersion.objects.bulk_create(
        TableVersion(
            table=table, number=1, state="approved", title=f"{YEAR}年部门整体绩效目标表", layout="duty_table", created_by=account,
            total=Decimal(n * 10_000), fiscal=Decimal(n * 9_000), project=Decimal(n * 5_000), in_force_from=date(YEAR, 3, 1),
        )
        for n, table in enumerate(tables)
    )  # fmt: skip
    indicators = Indicator.objects.bulk_create(
        (Indicator(department=one, name=f"指标{k}") for one in departments for k in range(12)), batch_size=5000
    )
    IndicatorRow.objects.bulk_create(
        (
            IndicatorRow(version=versions[n // 12], indicator=one, position=n % 12, name=one.name, target_text="60家")
            for n, one in enumerate(indicators)
        ),
        batch_size=2000,
    )
    FindingRow.objects.bulk_create(
        (
            FindingRow(version=version, position=k, code="R03a", severity=severity, field="target", text_zh="…", text_en="…")
            for version in versions
            for k, severity in enumerate(("error", "warning", "warning"))
        ),
        batch_size=5000,
    )


@contextmanager
def served(settings: dict[str, str]) -> Iterator[int]:
    """The web server that ``zhiheng serve`` starts."""
    from tests.postgres import free_port

    from zhiheng_cli.running import web_server

    port = free_port()
    process = subprocess.Popen(web_server("127.0.0.1", port), cwd=ROOT, env={**os.environ, **settings})
    try:
        for _ in range(600):
            try:
                if fetched(port, "/health/", "")[0] == 200:
                    break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(20)


# --- the readers --------------------------------------------------------------------------------------------


def signed_in(port: int, username: str) -> list[str]:
    """Cookies of several sessions of an account."""
    from zhiheng_web.demonstration.organisation import PASSWORD

    cookies = []
    for _ in range(SESSIONS):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", "/login/")
        answer = connection.getresponse()
        page = answer.read().decode()
        csrf = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        form = urlencode({"username": username, "password": PASSWORD, "csrfmiddlewaretoken": token[1], "next": ""})
        connection.close()
        connection.request("POST", "/login/", form, {"Cookie": csrf, "Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        answer.read()
        given = [value.partition(";")[0] for name, value in answer.getheaders() if name == "Set-Cookie"]
        cookies.append("; ".join(value for value in given if value.startswith(("sessionid=", "csrftoken="))))
        connection.close()
    return cookies


def fetched(port: int, path: str, cookie: str) -> tuple[int, int]:
    """Status and size of one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    size = len(answer.read())
    connection.close()
    return answer.status, size


def typed(port: int, ids: dict[str, str], cookie: str, times: int) -> list[float]:
    """Seconds of the editor's answers to one who types another target each time; the first are not counted."""
    token = cookie.partition("csrftoken=")[2].partition(";")[0]
    headers = {"Cookie": cookie, "X-CSRFToken": token, "Content-Type": "application/json"}
    seconds = []
    for number in range(times + 20):
        said = json.dumps({"row": ids["row"], "field": "target", "text": f"{number + 10}家"})
        begun = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("POST", f"/versions/{ids['draft']}/edit/preview/", said.encode(), headers)
        answer = connection.getresponse()
        assert answer.status == 200, answer.status
        assert b"findings" in answer.read()
        connection.close()
        seconds.append(time.perf_counter() - begun)
    return seconds[20:]


def measured(port: int, works: dict[str, tuple[str, list[str]]], rounds: int, each: int) -> dict[str, list[float]]:
    """Seconds of every answer. The works take turns, so that a slow moment meets them alike; the first round is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in works}

    def once(path: str, cookie: str) -> float:
        begun = time.perf_counter()
        status, size = fetched(port, path, cookie)
        assert status == 200, (path, status)
        assert size > 1000, path
        return time.perf_counter() - begun

    with ThreadPoolExecutor(READERS) as readers:
        for number in range(rounds + 1):
            for name, (path, cookies) in works.items():
                taken = list(readers.map(lambda n, path=path, cookies=cookies: once(path, cookies[n % len(cookies)]), range(each)))
                seconds[name] += taken if number else []
    return seconds
