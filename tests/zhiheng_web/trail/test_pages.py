"""The pages of the trail: who reads which records, the filter, the words, the export, the verification."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import TableVersion
from zhiheng_web.trail.action import ACTIONS
from zhiheng_web.trail.models import TrailRecord
from zhiheng_web.trail.policies import visible_records
from zhiheng_web.trail.queries import action_text, actions_named
from zhiheng_web.trail.recording import record


@pytest.fixture
def elsewhere(linyi: TableVersion, organisation: Demonstrated, viewer: Callable[[str], Viewer]) -> TrailRecord:
    """A record of another department."""
    return record(viewer("czjixiao"), "planning.export", "planning.Table", "x", "财政局的表", str(organisation.departments["101"].pk))


def test_who_sees_which_records(elsewhere: TrailRecord, organisation: Demonstrated, viewer: Callable[[str], Viewer]) -> None:
    whole = TrailRecord.objects.count()
    own = TrailRecord.objects.filter(department=str(organisation.departments["331"].pk)).count()
    assert 0 < own < whole
    counts = {name: visible_records(viewer(name)).count() for name in organisation.accounts}
    expected = dict.fromkeys(organisation.accounts, 0) | {"auditadmin": whole, "shenji": whole, "jiwei": own}
    assert counts == expected


def test_a_record_of_another_department_is_as_absent_as_none(elsewhere: TrailRecord, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("jiwei")
    foreign, none = client.get(f"/trail/{elsewhere.number}/"), client.get("/trail/999999/")
    assert foreign.status_code == none.status_code == 404
    assert signed_in("shenji").get(f"/trail/{elsewhere.number}/").status_code == 200
    assert "财政局的表" not in client.get("/trail/").content.decode()


def rows_of(client: Client, query: str) -> list[list[str]]:
    answer = client.get(f"/trail/export/?{query}")
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode().removeprefix("\ufeff"))))


def test_the_export_holds_what_the_filter_asks_and_is_recorded(elsewhere: TrailRecord, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("auditadmin")
    found = rows_of(client, "action=planning.import_table")
    assert len(found) == 2 and found[1][2] == "绩效管理员" and found[1][4] == "导入绩效目标表"
    assert len(rows_of(client, "person=财政绩效")) == 2
    assert len(rows_of(client, "words=财政局的表")) == 2
    today = timezone.localdate()
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert len(rows_of(client, f"first={tomorrow}")) == 1
    assert len(rows_of(client, f"first={today}&last={today}")) == TrailRecord.objects.count(), (
        "a heading, and all but the record of this export"
    )
    assert TrailRecord.objects.filter(action="trail.export").count() == 5
    assert signed_in("jixiao").get("/trail/export/").status_code == 403


def test_a_cell_that_reads_as_a_formula_is_made_text(viewer: Callable[[str], Viewer], signed_in: Callable[[str], Client]) -> None:
    record(viewer("jixiao"), "planning.export", object_name="=HYPERLINK(1)")
    assert any("'=HYPERLINK(1)" in row for row in rows_of(signed_in("auditadmin"), "words=HYPERLINK"))


@pytest.mark.parametrize(("language", "words", "detail"), [("zh-hans", "导入绩效目标表", "指标数"), ("en", "Import a table", "Indicators")])
def test_records_are_read_in_words(linyi: TableVersion, signed_in: Callable[[str], Client], language: str, words: str, detail: str) -> None:
    client = signed_in("shenji")
    client.post("/language/", {"language": language, "next": "/"})
    number = TrailRecord.objects.get(action="planning.import_table").number
    assert words in client.get("/trail/").content.decode()
    page = client.get(f"/trail/{number}/").content.decode()
    assert words in page and detail in page and TrailRecord.objects.get(number=number).sm3 in page


def test_every_action_that_is_registered_is_called_something_in_both_languages(organisation: Demonstrated) -> None:
    assert ACTIONS
    for name, text in actions_named():
        assert text == action_text(name) and text.zh != name and text.en != name, name


def test_verification_on_a_page_and_what_it_says_after_tampering(linyi: TableVersion, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("auditadmin")
    assert "完整：" in client.post("/trail/verify/").content.decode()
    assert client.get("/trail/verify/").status_code == 405
    assert signed_in("sysadmin").post("/trail/verify/").status_code == 403
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER trail_no_update" if connection.vendor == "sqlite" else "DROP TRIGGER trail_no_change ON trail_trailrecord"
        )
        cursor.execute("UPDATE trail_trailrecord SET name = '别人' WHERE number = 1")
    page = client.post("/trail/verify/").content.decode()
    assert "操作记录不完整" in page and "第 1 条记录被改动" in page


def test_a_page_costs_the_same_for_more_records(
    linyi: TableVersion, viewer: Callable[[str], Viewer], signed_in: Callable[[str], Client]
) -> None:
    from django.test.utils import CaptureQueriesContext

    client, counts = signed_in("auditadmin"), []
    client.get("/trail/")
    for _ in range(2):
        with CaptureQueriesContext(connection) as context:
            client.get("/trail/")
        counts.append(len(context))
        for number in range(60):
            record(viewer("jixiao"), "planning.export", object_name=str(number))
    assert counts[0] == counts[1]
