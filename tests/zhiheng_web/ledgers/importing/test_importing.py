"""From a sheet to entries and back: what the preview says is what writing does, faults stand at their cells, undoing leaves the history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.zhiheng_web.ledgers.importing.conftest import CONTRACTS, HEADINGS, SELLER, row, sheet

from zhiheng_web.ledgers.actions.answer_import import answer_import, leave_out
from zhiheng_web.ledgers.actions.cancel_import import cancel_import
from zhiheng_web.ledgers.actions.undo_import import undo_import
from zhiheng_web.ledgers.actions.write_import import LedgerChanged, begin_writing, write_import, write_in_background
from zhiheng_web.ledgers.definition import to_json
from zhiheng_web.ledgers.importing.reading import read_import
from zhiheng_web.ledgers.models import FOREVER, Entry, EntryImport, EntryVersion, Organisation, Person, Register
from zhiheng_web.trail.action import Refusal
from zhiheng_web.trail.models import TrailRecord

State = EntryImport.State
Upload = Callable[..., EntryImport]


def counts(batch: EntryImport) -> tuple[int, int, int, int]:
    return batch.made, batch.changed, batch.same, batch.faulty


def known() -> list[EntryVersion]:
    return list(EntryVersion.objects.filter(known_until=FOREVER).order_by("entry__key"))


def test_a_sheet_becomes_entries_with_one_record(upload: Upload, viewer: Any) -> None:
    batch = upload(viewer("jixiao"), sheet([row(1), row(2, 登记日期=date(2020, 1, 7))], above=("技术合同登记表", "")))
    assert (batch.state, counts(batch)) == (State.READ, (2, 0, 0, 0)), (
        batch.refusal_zh,
        list(batch.fault_rows.values_list("cell", "text_zh")),
    )
    assert not Entry.objects.exists()
    assert not Organisation.objects.exists()
    write_import(viewer("jixiao"), batch.pk)
    first, second = known()
    assert first.number == "3713020000000001"
    assert first.amount == Decimal("125000")  # 12.5 万元 by its heading
    assert second.decided_on == date(2020, 1, 7)
    assert (first.standing, first.change, first.state) == ("confirmed", "imported", "registered")
    assert first.organisation.uscc == SELLER
    record = TrailRecord.objects.filter(action="ledgers.write_import").get()
    assert record.details["new"] == 2
    assert len(record.after) == 64


def test_the_same_file_twice_changes_nothing(upload: Upload, viewer: Any) -> None:
    content = sheet([row(1), row(2)])
    write_import(viewer("jixiao"), upload(viewer("jixiao"), content).pk)
    again = upload(viewer("jixiao"), content)
    assert counts(again) == (0, 0, 2, 0)
    write_import(viewer("jixiao"), again.pk)
    assert EntryVersion.objects.count() == 2


def test_a_key_of_several_columns_holds_where_one_of_them_is_blank(upload: Upload, viewer: Any, register: Register) -> None:
    register.definition = to_json(replace(CONTRACTS, key=("number", "county", "decided_on")))
    register.save()
    twice = upload(viewer("jixiao"), sheet([row(1, 县区=""), row(1, 县区="", 合同名称="又一行"), row(2, 县区="")]))
    assert counts(twice) == (2, 0, 0, 1)
    assert [(fault.cell, fault.code) for fault in twice.fault_rows.all()] == [("A3", "twice")]
    content = sheet([row(1, 县区=""), row(2, 县区="")])
    write_import(viewer("jixiao"), upload(viewer("jixiao"), content).pk)
    assert counts(upload(viewer("jixiao"), content)) == (0, 0, 2, 0)


def test_a_changed_row_makes_a_version_and_a_blank_cell_leaves_what_is_known(upload: Upload, viewer: Any) -> None:
    write_import(viewer("jixiao"), upload(viewer("jixiao"), sheet([row(1, 备注="原备注"), row(2)])).pk)
    batch = upload(viewer("jixiao"), sheet([row(1, 合同名称="改名"), row(2)]))
    assert counts(batch) == (0, 1, 1, 0)
    write_import(viewer("jixiao"), batch.pk)
    assert EntryVersion.objects.count() == 3
    assert (known()[0].title, known()[0].details) == ("改名", {"remark": "原备注"})


@pytest.mark.parametrize(
    ("heading", "value", "cell", "code"),
    [
        ("合同登记编号*", "123", "A3", "pattern"),
        ("合同类型", "技开", "C3", "choice"),
        ("卖方统一社会信用代码", SELLER[:-1] + ("0" if SELLER[-1] != "0" else "1"), "D3", "organisation"),
        ("登记日期", "2020-02-30", "G3", "no_such_day"),
        ("登记日期", "2099-12-01", "G3", "future"),
        ("合同成交额（万元）", "3平方米", "H3", "unit"),
        ("合同成交额（万元）", "约12", "H3", "not_exact"),
        ("合同名称", "null", "B3", "no_value"),
        ("合同名称", "", "B3", "required"),
        ("合同登记编号*", "3713020000000001", "A3", "twice"),
        ("办理状态", "不存在", "J3", "state"),
        ("合同成交额（万元）", "2000000", "H3", "amount_range"),
    ],
)
def test_each_fault_stands_at_its_cell(upload: Upload, viewer: Any, heading: str, value: str, cell: str, code: str) -> None:
    batch = upload(viewer("jixiao"), sheet([row(1), row(2, **{heading: value})]))
    fault = batch.fault_rows.get()
    assert (fault.cell, fault.code, fault.heading) == (cell, code, heading)
    assert counts(batch) == (1, 0, 0, 1)
    assert fault.text_zh != fault.text_en
    with pytest.raises(Refusal, match="有问题"):
        write_import(viewer("jixiao"), batch.pk)
    assert not Entry.objects.exists()


def test_left_out_expressly_the_right_rows_are_written(upload: Upload, viewer: Any) -> None:
    batch = upload(viewer("jixiao"), sheet([row(1), row(2, 登记日期="昨天")]))
    leave_out(viewer("jixiao"), batch.pk, out=True)
    write_import(viewer("jixiao"), batch.pk)
    assert [version.number[-1] for version in known()] == ["1"]
    assert batch.fault_rows.count() == 1


def test_a_word_stands_for_a_choice_in_all_rows(upload: Upload, viewer: Any, django_capture_on_commit_callbacks: Any) -> None:
    batch = upload(viewer("jixiao"), sheet([row(number, 合同类型="技开") for number in range(1, 4)]))
    assert batch.faulty == 3
    with django_capture_on_commit_callbacks(execute=True):
        answer_import(viewer("jixiao"), batch.pk, "category", "技开", "development")
    batch.refresh_from_db()
    assert counts(batch) == (3, 0, 0, 0)


def test_a_state_may_not_jump(upload: Upload, viewer: Any) -> None:
    write_import(viewer("jixiao"), upload(viewer("jixiao"), sheet([row(1)])).pk)
    assert upload(viewer("jixiao"), sheet([row(1, 办理状态="已注销")])).fault_rows.get().code == "state_jump"
    assert counts(upload(viewer("jixiao"), sheet([row(1, 办理状态="已抽查")]))) == (0, 1, 0, 0)


def test_a_ledger_that_changed_meanwhile_is_not_written_over(upload: Upload, viewer: Any) -> None:
    first, second = (upload(viewer("jixiao"), sheet([row(1, 合同名称=name)])) for name in ("甲", "乙"))
    write_import(viewer("jixiao"), first.pk)
    with pytest.raises(LedgerChanged):
        write_import(viewer("jixiao"), second.pk)
    assert known()[0].title == "甲"


def test_undoing_revokes_what_was_brought_and_restores_what_was_changed(upload: Upload, viewer: Any) -> None:
    write_import(viewer("jixiao"), upload(viewer("jixiao"), sheet([row(1)])).pk)
    batch = upload(viewer("jixiao"), sheet([row(1, 合同名称="改名"), row(2)]))
    write_import(viewer("jixiao"), batch.pk)
    undo_import(viewer("jixiao"), batch.pk, "传错了文件")
    one, two = known()
    assert (one.title, one.standing, one.change) == ("合同1", "confirmed", "restored")
    assert (two.standing, two.change, two.reason) == ("revoked", "revoked", "传错了文件")
    assert EntryVersion.objects.count() == 5  # nothing was deleted
    again = upload(viewer("jixiao"), sheet([row(2, 合同名称="对了")]))
    assert counts(again) == (1, 0, 0, 0)
    write_import(viewer("jixiao"), again.pk)
    assert (known()[1].title, known()[1].standing) == ("对了", "confirmed")
    with pytest.raises(Refusal):
        undo_import(viewer("jixiao"), batch.pk, "再撤一次")


def test_undoing_is_refused_where_later_work_stands(upload: Upload, viewer: Any) -> None:
    first = upload(viewer("jixiao"), sheet([row(1), row(2)]))
    write_import(viewer("jixiao"), first.pk)
    write_import(viewer("jixiao"), upload(viewer("jixiao"), sheet([row(1, 合同名称="后来")])).pk)
    with pytest.raises(Refusal, match="3713020000000001"):
        undo_import(viewer("jixiao"), first.pk, "撤")
    assert all(version.standing == "confirmed" for version in known())


def test_undoing_does_not_write_before_the_import(upload: Upload, viewer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = upload(viewer("jixiao"), sheet([row(1)]))
    write_import(viewer("jixiao"), batch.pk)
    written = known()[0].known_from
    with pytest.raises(Refusal) as earlier:
        undo_import(replace(viewer("jixiao"), at=written - timedelta(days=1)), batch.pk, "传错了文件")
    assert earlier.value.code == "earlier"
    with monkeypatch.context() as clock:  # the machine's clock was set back
        clock.setattr("zhiheng_web.organisation.viewer.timezone.now", lambda: written - timedelta(minutes=5))
        undo_import(viewer("jixiao"), batch.pk, "传错了文件")
    assert (known()[0].standing, known()[0].known_from) == ("revoked", written)


def test_a_county_submits_within_its_bounds(upload: Upload, viewer: Any, county: Any) -> None:
    batch = upload(county, sheet([row(1, 县区=""), row(2, 县区="371311")]))
    assert [(fault.row, fault.code) for fault in batch.fault_rows.all()] == [(3, "other_county")]
    leave_out(county, batch.pk, out=True)
    write_import(county, batch.pk)
    version = known()[0]
    assert (version.standing, version.county, version.reporter_id) == ("submitted", "371302", county.held[0].reporter)
    write_import(viewer("jixiao"), upload(viewer("jixiao"), sheet([row(5)])).pk)
    assert upload(county, sheet([row(5)])).fault_rows.get().code == "duplicate"


@pytest.mark.parametrize("username", ["czyewu", "jiwei", "sysadmin", "shenji"])
def test_others_may_not_import(upload: Upload, viewer: Any, username: str) -> None:
    with pytest.raises(Refusal) as refused:
        upload(viewer(username), sheet([row(1)]))
    assert refused.value.status in (403, 404)
    assert not EntryImport.objects.exists()


def test_what_is_sealed_in_the_register_is_not_kept_readable_in_the_preview(upload: Upload, viewer: Any, register: Register) -> None:
    columns = [{**column, "visibility": "personal"} if column["name"] == "remark" else column for column in register.definition["columns"]]
    register.definition = {**register.definition, "columns": columns}
    register.save()
    batch = upload(viewer("jixiao"), sheet([row(1, 备注="13800000000"), row(2, 备注="13811111111" * 500)]))
    kept = repr(batch.preview) + repr(list(batch.fault_rows.values()))
    assert batch.fault_rows.get().cell == "I3"
    assert "1380000" not in kept
    assert "1381111" not in kept


def test_the_worker_writes_as_the_one_who_asked_and_keeps_a_refusal_for_the_page(upload: Upload, viewer: Any) -> None:
    first, second = (upload(viewer("jixiao"), sheet([row(1, 合同名称=name)])) for name in ("甲", "乙"))
    for batch in (first, second):
        begin_writing(viewer("jixiao"), batch.pk)
        write_in_background.func(str(batch.pk), str(viewer("jixiao").account.pk))
        batch.refresh_from_db()
    assert first.state == State.WRITTEN
    assert known()[0].written_by == viewer("jixiao").account
    assert (second.state, "变动" in second.refusal_zh) == (State.WAITING, True)
    read_import(second.pk)
    second.refresh_from_db()
    assert counts(second) == (0, 1, 0, 0)


def test_people_are_known_again_in_the_preview(upload: Upload, viewer: Any, register: Register) -> None:
    person = {"name": "person", "zh": "联系人", "en": "Contact", "kind": "person"}
    register.definition = {**register.definition, "columns": [*register.definition["columns"], person], "key": ["number", "person"]}
    register.save()
    content = sheet([[*row(1), "张三"], [*row(2), "张三"]], [*HEADINGS, "联系人"])
    batch = upload(viewer("jixiao"), content)
    assert (counts(batch), Person.objects.count()) == ((2, 0, 0, 0), 0)
    write_import(viewer("jixiao"), batch.pk)
    assert Person.objects.count() == 1
    assert counts(upload(viewer("jixiao"), content)) == (0, 0, 2, 0)


def test_a_reading_that_was_cancelled_keeps_nothing(upload: Upload, viewer: Any) -> None:
    batch = upload(viewer("jixiao"), sheet([row(1)]))
    cancel_import(viewer("jixiao"), batch.pk)
    read_import(batch.pk)
    batch.refresh_from_db()
    assert batch.state == State.CANCELLED
    with pytest.raises(Refusal):
        write_import(viewer("jixiao"), batch.pk)


def test_a_register_without_a_key_knows_its_rows_again(upload: Upload, viewer: Any, register: Register) -> None:
    register.definition = {name: value for name, value in register.definition.items() if name != "key"}
    register.save()
    content = sheet([row(1), row(2)])
    write_import(viewer("jixiao"), upload(viewer("jixiao"), content).pk)
    assert counts(upload(viewer("jixiao"), content)) == (0, 0, 2, 0)
