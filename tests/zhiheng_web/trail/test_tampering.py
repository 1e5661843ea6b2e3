"""Whoever gets at the database itself, with the triggers gone, is found out: any change, deletion, reordering, cut-off end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.chain import FIELDS, verify
from zhiheng_web.trail.models import ChainHead, TrailRecord
from zhiheng_web.trail.recording import record

RECORDS = 6


@pytest.fixture
def open_trail(organisation: Demonstrated, viewer: Callable[[str], Viewer]) -> None:
    """Six records and no triggers: as for somebody with the database's own password."""
    for number in range(RECORDS):
        record(viewer("jixiao"), "planning.export", "planning.Table", f"object {number}", f"表 {number}", "331", {"page": number})
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER trail_no_update")
            cursor.execute("DROP TRIGGER trail_no_delete")
        else:
            cursor.execute("DROP TRIGGER trail_no_change ON trail_trailrecord")
    assert list(verify()) == []


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


CHANGES = {
    "number": "number + 100",
    "at": "'2020-01-01 00:00:00+00:00'",
    "details": """'{"page": 99}'""",
    **{name: "'x'" for name in FIELDS if name not in {"number", "at", "details"}},
    "sha256": "'0'",
    "sm3": "'0'",
}


@pytest.mark.parametrize("column", CHANGES)
@pytest.mark.parametrize("number", [1, 3, RECORDS])
def test_any_change_of_any_column_is_found(open_trail: None, column: str, number: int) -> None:
    run(f"UPDATE trail_trailrecord SET {column} = {CHANGES[column]} WHERE number = %s", number)
    assert list(verify())


@pytest.mark.parametrize("number", range(1, RECORDS + 1))
def test_a_deleted_record_is_found(open_trail: None, number: int) -> None:
    run("DELETE FROM trail_trailrecord WHERE number = %s", number)
    found = [(entry.number, entry.kind) for entry in verify()]
    assert ((number, "missing") if number < RECORDS else (RECORDS, "head")) in found


def test_a_gap_closed_by_renumbering_is_found(open_trail: None) -> None:
    run("DELETE FROM trail_trailrecord WHERE number = 3")
    for number in range(4, RECORDS + 1):
        run("UPDATE trail_trailrecord SET number = %s WHERE number = %s", number - 1, number)
    assert list(verify())


def test_a_cut_off_end_is_found_even_if_the_count_is_mended(open_trail: None) -> None:
    run("DELETE FROM trail_trailrecord WHERE number > 4")
    assert list(verify())
    run("UPDATE trail_chainhead SET number = 4")
    assert [entry.kind for entry in verify()] == ["head"]


def test_everything_deleted_is_found(open_trail: None) -> None:
    run("DELETE FROM trail_trailrecord")
    assert [entry.kind for entry in verify()] == ["head"]


def test_two_records_swapped_are_found(open_trail: None) -> None:
    run("UPDATE trail_trailrecord SET number = 99 WHERE number = 2")
    run("UPDATE trail_trailrecord SET number = 2 WHERE number = 3")
    run("UPDATE trail_trailrecord SET number = 3 WHERE number = 99")
    assert {2, 3} <= {entry.number for entry in verify()}


def test_a_forged_record_at_the_end_is_found(open_trail: None) -> None:
    last = TrailRecord.objects.get(number=RECORDS)
    last.number, last.name = RECORDS + 1, "别人"
    TrailRecord.objects.bulk_create([last])
    assert list(verify())


@given(words=st.dictionaries(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8), st.text(max_size=8), max_size=3))
@settings(max_examples=40)
def test_a_record_digests_alike_before_and_after_the_database(words: dict[str, str]) -> None:
    """The same bytes are digested on writing and on reading, for any text and any order of keys."""
    import json

    from django.utils import timezone

    from zhiheng_web.trail.chain import canonical

    fresh = TrailRecord(number=1, at=timezone.now(), details=words)
    back = TrailRecord(number=1, at=fresh.at, details=dict(reversed(json.loads(json.dumps(words)).items())))
    assert canonical(fresh) == canonical(back)


def test_the_chain_starts_at_a_known_place(db: None) -> None:
    head = ChainHead.objects.get()
    assert (head.number, head.sha256, head.sm3) == (0, "0" * 64, "0" * 64)


def test_a_chain_made_anew_verifies_and_an_end_kept_elsewhere_tells(open_trail: None) -> None:
    """What the owner of the database can do, and what finds it: number and digest that stand outside the database."""
    from zhiheng_web.trail.chain import canonical, kept_end, sha256, sm3

    kept = TrailRecord.objects.get(number=4)
    last = TrailRecord.objects.get(number=2)
    for number in range(3, RECORDS + 1):
        row = TrailRecord.objects.get(number=number)
        row.name = "别人" if number == 3 else row.name
        content = canonical(row)
        row.sha256, row.sm3 = sha256(content, last.sha256), sm3(content, last.sm3)
        row.save()
        last = row
    ChainHead.objects.update(sha256=last.sha256, sm3=last.sm3)
    assert list(verify()) == [], "the new chain holds in itself"
    assert [entry.kind for entry in kept_end(4, kept.sha256)] == [entry.kind for entry in kept_end(4, kept.sm3)] == ["rewritten"]
    assert list(kept_end(2, TrailRecord.objects.get(number=2).sha256.upper())) == []
    assert [entry.number for entry in kept_end(99, kept.sha256)] == [99], "cut off before it"
