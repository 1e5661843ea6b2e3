"""Recording, correcting and moving one entry: what is refused at which field, and what stands afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.zhiheng_web.ledgers.entering.conftest import at, words

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.ledgers.actions.correct_entry import correct_entry
from zhiheng_web.ledgers.actions.move_entry import move_entry
from zhiheng_web.ledgers.actions.record_entries import record_entries
from zhiheng_web.ledgers.actions.record_entry import record_entry
from zhiheng_web.ledgers.models import FOREVER, Entry, EntryVersion, Organisation, Register
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.trail.action import Absent, Conflict, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord
from zhiheng_web.uscc import made_up


def refused(viewer: Viewer, register: Register, **given: str) -> dict[str, str]:
    """The faults by field, in Chinese; nothing is written."""
    before = Entry.objects.count(), EntryVersion.objects.count(), Organisation.objects.count(), TrailRecord.objects.count()
    with pytest.raises(Invalid) as told:
        record_entry(viewer, register.pk, words(**given))
    assert (Entry.objects.count(), EntryVersion.objects.count(), Organisation.objects.count(), TrailRecord.objects.count()) == before
    return {name: text.zh for name, text in told.value.fields.items()}


def test_what_was_entered_stands_in_the_unit_of_its_column(filler: Viewer, contracts: Register) -> None:
    uscc = made_up(7)
    given = words(
        category="开发", organisation=uscc, organisation_name="沂蒙轴承有限公司", county="兰山区", quantity="20 万平方米",
        amount="５，３６４",         mobile="13800001234", exempt="是", topics="甲、乙",
    )  # fmt: skip
    version = EntryVersion.objects.get(pk=record_entry(filler, contracts.pk, given).pk)
    assert version.quantity == Decimal(200000) and version.quantity_text == "20 万平方米" and version.unit == "平方米"
    assert version.amount == Decimal(53640000)
    assert (version.category, version.county, version.organisation.uscc, version.organisation_name) == (
        "dev",
        "371302",
        uscc,
        "沂蒙轴承有限公司",
    )
    assert version.details == {"exempt": "1"} and version.sealed == {"mobile": "13800001234"}
    assert sorted(version.topic_rows.values_list("topic", flat=True)) == ["乙", "甲"]
    assert (version.standing, version.state, version.known_from) == ("confirmed", "received", filler.now())
    assert version.due_on == date(2020, 6, 8)  # five working days after Monday 1 June 2020


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("number", "12345", "格式"),
        ("title", "", "必填"),
        ("title", "null", "不是一个值"),
        ("category", "赠与", "可选：开发、转让"),
        ("organisation", "91371300MA3C4D5E60", "统一社会信用代码"),
        ("organisation", "从未登记的公司", "统一社会信用代码"),
        ("county", "青岛市南区", "兰山区 371302"),
        ("received_on", "2020-06-31", "没有"),
        ("received_on", "2020-06-16", "还没有到"),
        ("done_on", "2020-05-31", "不能早于受理"),
        ("quantity", "3家", "不能换算"),
        ("quantity", "约20万平方米", "不是确数"),
        ("quantity", "20余", "不是确数"),
        ("quantity", "1,23", "读不出数"),
        ("quantity", "20.12345", "小数"),
        ("amount", "-3", "不能为负"),
        ("amount", "100美元", "不能换算"),
        ("exempt", "也许", "“是”或“否”"),
        ("note", "【秘密】", "涉密不上网"),
        ("about", "999999", "没有找到编号"),
    ],
)
def test_a_fault_stands_at_its_field_with_the_remedy(filler: Viewer, contracts: Register, field: str, given: str, said: str) -> None:
    faults = refused(filler, contracts, **{field: given})
    assert said in faults.pop(field)
    assert not faults


def test_every_fault_is_told_at_once(filler: Viewer, contracts: Register) -> None:
    assert set(refused(filler, contracts, title="", received_on="2020-13-01", amount="约3")) == {"title", "received_on", "amount"}


def test_an_unknown_state_is_refused(filler: Viewer, contracts: Register) -> None:
    with pytest.raises(Invalid) as told:
        record_entry(filler, contracts.pk, words(), state="approved")
    assert "已受理" in told.value.fields["state"].zh


def test_a_duplicate_names_the_entry_that_has_the_number(filler: Viewer, contracts: Register) -> None:
    first = record_entry(filler, contracts.pk, words())
    with pytest.raises(Invalid) as told:
        record_entry(filler, contracts.pk, words(title="另一份"))
    assert "轴承热处理技术开发" in told.value.fields["number"].zh
    assert told.value.links == [str(first.entry_id)]
    assert Entry.objects.count() == 1


def test_many_are_recorded_all_or_none_with_one_record(filler: Viewer, contracts: Register) -> None:
    with pytest.raises(Invalid) as told:
        record_entries(filler, contracts.pk, [words("000001"), words("000002", amount="约3"), words("000001")])
    assert set(told.value.fields) == {"2.amount", "3.number"}
    assert not Entry.objects.exists()
    before = TrailRecord.objects.count()
    made = record_entries(filler, contracts.pk, [words(f"{n:06d}") for n in range(30)])
    assert len(made) == 30 and TrailRecord.objects.count() == before + 1


def test_the_number_of_queries_does_not_grow_with_the_rows(
    filler: Viewer, contracts: Register, django_assert_max_num_queries: object
) -> None:
    def rows(first: int, n: int) -> list[dict[str, str]]:
        return [words(f"{k:06d}", organisation=made_up(k), organisation_name=f"公司{k}", county="兰山区") for k in range(first, first + n)]

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for first, n in ((0, 45), (100, 450)):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            record_entries(filler, contracts.pk, rows(first, n))
        counts.append(len(seen))
    assert counts[1] <= counts[0] + 4


def test_a_correction_keeps_what_was_known(filler: Viewer, contracts: Register) -> None:
    first = record_entry(filler, contracts.pk, words(amount="5", quantity="20 万平方米"))
    later = at(filler, datetime(2020, 6, 20, tzinfo=UTC))
    second = correct_entry(later, first.entry_id, {"amount": "6"}, reason="合同补充协议", seen=first.pk)
    old, new = EntryVersion.objects.filter(entry=first.entry_id).order_by("known_from")
    assert (old.amount, old.known_until, new.amount, new.known_until) == (Decimal(50000), later.now(), Decimal(60000), FOREVER)
    assert (new.quantity, new.quantity_text, new.title, new.reason) == (Decimal(200000), "20 万平方米", first.title, "合同补充协议")
    assert second.pk == new.pk


def test_a_correction_needs_a_reason_and_the_version_that_was_seen(filler: Viewer, contracts: Register) -> None:
    first = record_entry(filler, contracts.pk, words())
    with pytest.raises(Invalid) as told:
        correct_entry(filler, first.entry_id, {"title": "新名"}, reason=" ")
    assert "reason" in told.value.fields
    second = correct_entry(filler, first.entry_id, {"title": "新名"}, reason="笔误", seen=first.pk)
    with pytest.raises(Conflict) as conflict:
        correct_entry(filler, first.entry_id, {"title": "又一名"}, reason="笔误", seen=first.pk)
    assert conflict.value.current["version"] == str(second.pk)
    assert EntryVersion.objects.get(entry=first.entry_id, known_until=FOREVER).title == "新名"


def test_a_corrected_number_moves_the_key(filler: Viewer, contracts: Register) -> None:
    first, other = (record_entry(filler, contracts.pk, words(n)) for n in ("000001", "000002"))
    with pytest.raises(Invalid) as told:
        correct_entry(filler, first.entry_id, {"number": "000002"}, reason="录错")
    assert told.value.links == [str(other.entry_id)]
    correct_entry(filler, first.entry_id, {"number": "000003"}, reason="录错")
    record_entry(filler, contracts.pk, words("000001"))
    with pytest.raises(Invalid):
        record_entry(filler, contracts.pk, words("000003"))


def test_a_correction_that_changes_nothing_writes_nothing(filler: Viewer, contracts: Register) -> None:
    first = record_entry(filler, contracts.pk, words(amount="5"))
    before = TrailRecord.objects.count()
    correct_entry(filler, first.entry_id, {"amount": "5.00", "title": words()["title"]}, reason="核对")
    assert EntryVersion.objects.filter(entry=first.entry_id).count() == 1 and TrailRecord.objects.count() == before


def test_a_required_column_cannot_be_cleared(filler: Viewer, contracts: Register) -> None:
    first = record_entry(filler, contracts.pk, words())
    with pytest.raises(Invalid) as told:
        correct_entry(filler, first.entry_id, {"title": ""}, reason="清空")
    assert "必填" in told.value.fields["title"].zh


def test_a_move_sets_its_date_and_asks_for_what_it_needs(filler: Viewer, contracts: Register) -> None:
    first = record_entry(filler, contracts.pk, words())
    with pytest.raises(Invalid) as told:
        move_entry(filler, first.entry_id, "register")
    assert "类别" in told.value.fields["category"].zh
    moved = move_entry(filler, first.entry_id, "register", words={"category": "转让"}, day=date(2020, 6, 5))
    assert (moved.state, moved.done_on, moved.category, moved.due_on) == ("registered", date(2020, 6, 5), "trans", date(2020, 6, 8))
    assert moved.gap == "evidence"


def test_a_move_into_the_future_or_backwards_is_refused(filler: Viewer, contracts: Register) -> None:
    first = record_entry(filler, contracts.pk, words(category="dev"))
    for day in (date(2020, 6, 16), date(2020, 5, 1)):
        with pytest.raises(Invalid) as told:
            move_entry(filler, first.entry_id, "register", day=day)
        assert "done_on" in told.value.fields


def test_a_state_jump_is_refused_and_says_what_can_be_done(filler: Viewer, head: Viewer, contracts: Register) -> None:
    first = record_entry(filler, contracts.pk, words(category="dev"))
    move_entry(filler, first.entry_id, "register")
    with pytest.raises(Refusal) as told:
        move_entry(head, first.entry_id, "refuse", words={"note": "不予"})
    assert told.value.code == "state_jump"


def test_a_step_of_another_role_is_forbidden(filler: Viewer, head: Viewer, contracts: Register) -> None:
    first = record_entry(filler, contracts.pk, words())
    with pytest.raises(Forbidden) as told:
        move_entry(filler, first.entry_id, "refuse", words={"note": "材料不全"})
    assert "科" in told.value.text.zh
    assert move_entry(head, first.entry_id, "refuse", words={"note": "材料不全"}).state == "refused"


@pytest.mark.parametrize("username", ["jingban2", "jingban3", "czyewu", "shenji", "sysadmin"])
def test_who_may_not_enter(organisation: Demonstrated, contracts: Register, username: str) -> None:
    other = at(viewer_of(organisation.accounts[username], date(2020, 1, 10)))
    with pytest.raises((Forbidden, Absent)):
        record_entry(other, contracts.pk, words())


def test_a_closed_register_takes_nothing_by_any_path(filler: Viewer, contracts: Register) -> None:
    first = record_entry(filler, contracts.pk, words(category="dev"))
    Register.objects.filter(pk=contracts.pk).update(closed_on=date(2020, 6, 15))
    for attempt in (
        lambda: record_entry(filler, contracts.pk, words("000002")),
        lambda: record_entries(filler, contracts.pk, [words("000002")]),
        lambda: correct_entry(filler, first.entry_id, {"title": "x"}, reason="r"),
        lambda: move_entry(filler, first.entry_id, "register"),
    ):
        with pytest.raises(Refusal) as told:
            attempt()
        assert told.value.code == "register_closed"
    assert EntryVersion.objects.count() == 1


def test_nothing_is_written_before_what_is_known(filler: Viewer, contracts: Register) -> None:
    first = record_entry(filler, contracts.pk, words())
    with pytest.raises(Refusal) as told:
        correct_entry(at(filler, datetime(2020, 6, 10, tzinfo=UTC)), first.entry_id, {"title": "早"}, reason="早")
    assert told.value.code == "earlier"
