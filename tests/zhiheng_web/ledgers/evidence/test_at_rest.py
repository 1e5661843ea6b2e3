"""What is personal, a bank or a trade secret stands readable in no table of the database, whatever way it came in."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.ledgers.evidence.scene import DEFINITION, register_of

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.ledgers.actions.correct_entry import correct_entry
from zhiheng_web.ledgers.actions.import_entries import import_entries
from zhiheng_web.ledgers.actions.record_entries import record_entries
from zhiheng_web.ledgers.models import EntryImport, EntryVersion, Register
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Invalid

KEYED = replace(
    DEFINITION,
    columns=tuple(column for column in DEFINITION.columns if column.name != "amount"),
    key=("person", "number"),
    counts_once_by=("mobile",),
    evidence=(),
)
NAMES = ("慕容雪莹", "司徒明远", "欧阳若兰", "诸葛青云", "皇甫嵩山", "宇文拓海")
IDENTITIES = ("11010519491231002X", "110105194912310038", "110105194912310046", "11010519491231002", "110105194912310054")
MOBILES = ("13911112222", "13922223333", "13933334444", "１３９４４４４５５５５", "13944445555", "13955556666")
ACCOUNTS = ("6217000011112222333", "6217000044445555666", "6217000077778888999")
RECIPES = ("淬火配方其一", "淬火配方其二", "淬火配方其三")
SECRETS = (*NAMES, *IDENTITIES[:3], *MOBILES, *ACCOUNTS, *RECIPES)


def sheet(*rows: tuple[str, ...]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, line in enumerate(rows):
            for column, words in enumerate(line):
                page.write_string(number, column, words)
    return target.getvalue()


def readable() -> dict[str, list[str]]:
    """Which of the secrets stand in which table, found by SQL over every row of every table; escaped letters count too."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
                    for secret in SECRETS:
                        if secret in words or json.dumps(secret)[1:-1] in words:
                            found.setdefault(f"{table}.{name}", []).append(words[:200])
    return found


@pytest.fixture
def register(organisation: Demonstrated, settings: Any, tmp_path: Any) -> Register:
    settings.MEDIA_ROOT = tmp_path
    return register_of(organisation, KEYED)


def words(number: str, at: int) -> dict[str, str]:
    return {
        "number": number, "title": "丙项目", "person": NAMES[at], "person_identity": IDENTITIES[at], "mobile": MOBILES[at],
        "bank_account": ACCOUNTS[at], "recipe": RECIPES[at], "happened_on": "2019-12-01",
    }  # fmt: skip


def test_no_secret_is_readable_however_it_came_in(
    register: Register,
    viewer: Callable[[str], Viewer],
    signed_in: Callable[[str], Client],
    django_capture_on_commit_callbacks: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    officer, page = viewer("jixiao"), signed_in("jixiao")
    form = page.post(reverse("ledgers:new_entry", args=[register.pk]), words("1", 0))
    assert form.status_code == 302, form.content.decode()[-3000:]
    wrong = page.post(reverse("ledgers:new_entry", args=[register.pk]), words("2", 1) | {"happened_on": "昨天"})
    assert wrong.status_code == 400
    record_entries(officer, register.pk, [words("3", 1)])
    with pytest.raises(Invalid):  # again, as if he had pasted it twice
        record_entries(officer, register.pk, [words("3", 1)])
    entry = EntryVersion.objects.get(number="1")
    correct_entry(officer, entry.entry_id, {"mobile": MOBILES[2], "recipe": RECIPES[2], "bank_account": ACCOUNTS[2]}, reason="核对")
    headings = ("推荐编号", "项目", "人选", "人选证件号码", "推荐日期", "联系电话", "账号", "技术要点", "家庭联系人")
    good = ("10", "丁项目", NAMES[2], IDENTITIES[2], "2019-12-02", MOBILES[2], ACCOUNTS[0], RECIPES[0], NAMES[5])
    bad = (
        ("11", "丁项目", NAMES[3], IDENTITIES[3], "2020-02-30", MOBILES[3], ACCOUNTS[1], RECIPES[1], MOBILES[5]),
        ("12", "丁项目", NAMES[4], "", "2019-12-02", MOBILES[4], ACCOUNTS[1], "无", ""),
        ("10", "丁项目", NAMES[2], IDENTITIES[2], "2019-12-02", "无", ACCOUNTS[0], RECIPES[0], ""),
    )
    strange = ("人选", "联系方式", "项目", "要点")  # the number is lacking: its columns are still to be named
    for rows in ((headings, good, *bad), (strange, (NAMES[3], MOBILES[5], "8", RECIPES[0])), (headings, good)):
        with django_capture_on_commit_callbacks(execute=True):
            batch = import_entries(officer, register.pk, SimpleUploadedFile("推荐.xlsx", sheet(*rows)))
    batch.refresh_from_db()
    assert batch.state == EntryImport.State.READ, batch.refusal_zh
    assert EntryImport.objects.filter(faulty__gt=1).exists()
    unnamed = next(one for one in EntryImport.objects.all() if one.headings[0] == "人选")
    assert NAMES[3] in page.get(reverse("ledgers:one_import", args=[unnamed.pk])).content.decode()  # who names the columns sees samples
    assert page.post(reverse("ledgers:write_import", args=[batch.pk])).status_code == 302
    assert EntryVersion.objects.filter(number="10").exists()
    assert readable() == {}
    assert not [secret for secret in SECRETS if secret in caplog.text]
