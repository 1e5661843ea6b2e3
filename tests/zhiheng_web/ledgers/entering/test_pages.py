"""The pages of entering: faults at their fields with everything kept, a step with what it needs, pasted cells, what waits."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.ledgers.entering.conftest import words

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.ledgers.actions.record_entries import record_entries
from zhiheng_web.ledgers.actions.record_entry import record_entry
from zhiheng_web.ledgers.models import FOREVER, Entry, EntryVersion, Register
from zhiheng_web.organisation.models import RoleAssignment
from zhiheng_web.organisation.viewer import Viewer

SignIn = Callable[[str], Client]


@pytest.fixture
def office(signed_in: SignIn) -> Client:
    return signed_in("jingban")


def client_of(viewer: Viewer) -> Client:
    """A browser of somebody of a reporting unit."""
    from datetime import date

    RoleAssignment.objects.create(account=viewer.account, role="reporter", reporter_id=viewer.held[0].reporter, since=date(2019, 1, 1))
    client = Client()
    client.force_login(viewer.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def now(entry: object) -> EntryVersion:
    return EntryVersion.objects.get(entry=entry, known_until=FOREVER)


def test_the_form_has_every_column_in_both_languages(office: Client, contracts: Register) -> None:
    page = office.get(reverse("ledgers:new_entry", args=[contracts.pk])).content.decode()
    for name in ("number", "title", "category", "organisation", "county", "received_on", "amount", "mobile", "note", "exempt", "state"):
        assert f'name="{name}"' in page, name
    assert "开发" in page and "兰山区" in page and "secrecy" in page
    office.cookies["django_language"] = "en"
    english = office.get(reverse("ledgers:new_entry", args=[contracts.pk])).content.decode()
    assert "Received on" in english and "Development" in english


def test_a_fault_keeps_all_that_was_typed(office: Client, contracts: Register) -> None:
    answer = office.post(reverse("ledgers:new_entry", args=[contracts.pk]), words(amount="约3", note="不要丢", mobile="13800001234"))
    page = answer.content.decode()
    assert answer.status_code == 400 and not Entry.objects.exists()
    assert [told in page for told in ("不是确数", "不要丢", "约3", "13800001234")] == [True] * 4
    assert re.search(r'id="id_amount"[^>]*aria-invalid="true"[^>]*aria-describedby="said_amount"', page)


def test_saved_and_the_next_one(office: Client, contracts: Register) -> None:
    answer = office.post(reverse("ledgers:new_entry", args=[contracts.pk]), words() | {"_next": "1"}, follow=True)
    assert answer.redirect_chain[0][0].startswith(reverse("ledgers:new_entry", args=[contracts.pk]))
    assert "已登记" in answer.content.decode() and Entry.objects.count() == 1


def test_a_duplicate_leads_to_the_entry_that_has_the_number(office: Client, filler: Viewer, contracts: Register) -> None:
    first = record_entry(filler, contracts.pk, words())
    page = office.post(reverse("ledgers:new_entry", args=[contracts.pk]), words(title="又一份")).content.decode()
    assert reverse("ledgers:entry", args=[first.entry_id]) in page and "已经登记过" in page


def test_a_correction_by_page_changes_only_what_was_changed(office: Client, filler: Viewer, contracts: Register) -> None:
    first = record_entry(filler, contracts.pk, words(quantity="20 万平方米", amount="5364", mobile="13800001234"))
    address = reverse("ledgers:correct_entry", args=[first.entry_id])
    page = office.get(address).content.decode()
    fields = dict(re.findall(r'<input[^>]*name="(\w+)" value="([^"]*)"', page))
    assert fields["amount"] == "5364" and fields["quantity"] == "20 万平方米"
    assert office.post(address, fields | {"title": "改后", "_reason": ""}).status_code == 400
    assert office.post(address, fields | {"title": "改后", "_reason": "笔误"}).status_code == 302
    after = now(first.entry_id)
    assert (after.title, after.quantity, after.amount, after.sealed) == ("改后", first.quantity, first.amount, first.sealed)


def test_who_was_too_late_sees_what_stands_now(office: Client, filler: Viewer, contracts: Register) -> None:
    first = record_entry(filler, contracts.pk, words())
    address = reverse("ledgers:correct_entry", args=[first.entry_id])
    for title, status in (("第一", 302), ("第二", 409)):
        answer = office.post(address, {"title": title, "_reason": "改", "_seen": str(first.pk)})
        assert answer.status_code == status
    page = answer.content.decode()
    assert "现在是：第一" in page and 'value="第二"' in page and now(first.entry_id).title == "第一"
    assert f'name="_seen" value="{now(first.entry_id).pk}"' in page


def test_a_step_by_page_asks_for_what_it_needs(office: Client, filler: Viewer, contracts: Register) -> None:
    first = record_entry(filler, contracts.pk, words())
    entry = office.get(reverse("ledgers:entry", args=[first.entry_id])).content.decode()
    address = reverse("ledgers:move_entry", args=[first.entry_id, "register"])
    assert address in entry and "不予登记（由科室负责人办理）" in re.sub(r"\s+", "", entry)
    page = office.get(address).content.decode()
    assert 'name="category"' in page and 'name="done_on"' in page and 'name="title"' not in page
    assert office.post(address, {"done_on": "2020-06-05", "category": ""}).status_code == 400
    assert office.post(address, {"done_on": "2020-06-05", "category": "dev", "_seen": str(first.pk)}).status_code == 302
    assert (now(first.entry_id).state, str(now(first.entry_id).done_on)) == ("registered", "2020-06-05")


def test_revoked_and_restored_by_page(office: Client, filler: Viewer, contracts: Register) -> None:
    first = record_entry(filler, contracts.pk, words())
    revoke, restore = (reverse(f"ledgers:{name}_entry", args=[first.entry_id]) for name in ("revoke", "restore"))
    assert office.get(revoke).status_code == 200
    assert "文件" in office.post(revoke, {"reason": "解除"}).content.decode()
    assert office.post(revoke, {"reason": "解除", "document": "3号文"}).status_code == 302 and now(first.entry_id).standing == "revoked"
    assert restore in office.get(reverse("ledgers:entry", args=[first.entry_id])).content.decode()
    assert office.post(restore, {"reason": "误撤"}).status_code == 302 and now(first.entry_id).standing == "confirmed"


def test_links_by_number(office: Client, filler: Viewer, contracts: Register) -> None:
    one, two = (record_entry(filler, contracts.pk, words(n)) for n in ("000001", "000002"))
    address = reverse("ledgers:link_entries", args=[one.entry_id])
    assert office.post(address, {"target": "000002", "kind": "补充"}).status_code == 302
    assert office.post(address, {"target": "999999", "kind": "补充"}).status_code == 400
    assert one.entry.links_from.get().target_id == two.entry_id


PASTED = "编号\t项目名称\t名称\t受理日期\t金额（万元）\n000001\tx\t甲合同\t2020-06-01\t5\n000002\tx\t乙合同\t2020年6月31日\t约3\n"


def test_pasted_cells_show_each_fault_at_its_cell_and_write_nothing(office: Client, contracts: Register) -> None:
    address = reverse("ledgers:paste", args=[contracts.pk])
    assert office.get(address).status_code == 200
    page = office.post(address, {"text": PASTED}).content.decode()
    assert "有 2 处" in page and 'name="c-1-3" value="2020年6月31日"' in page and 'name="c-1-4" value="约3"' in page
    assert office.post(address, {"text": PASTED, "save": "1"}).status_code == 400 and not Entry.objects.exists()
    mended = {"text": PASTED, "save": "1", "c-1-3": "2020-06-02", "c-1-4": "3"}
    assert office.post(address, mended).status_code == 302
    made = EntryVersion.objects.order_by("number")
    assert [(one.number, one.title, one.amount) for one in made] == [("000001", "甲合同", 50000), ("000002", "乙合同", 30000)]


def test_a_row_left_out_is_not_recorded(office: Client, contracts: Register) -> None:
    address = reverse("ledgers:paste", args=[contracts.pk])
    assert office.post(address, {"text": PASTED, "save": "1", "left_out": "1"}).status_code == 302
    assert EntryVersion.objects.get().number == "000001"


def test_pasted_columns_can_be_chosen(office: Client, contracts: Register) -> None:
    text = "甲合同\t000001\t2020-06-01\n"
    chosen = {"text": text, "save": "1", "column": ["title", "number", "received_on"]}
    assert office.post(reverse("ledgers:paste", args=[contracts.pk]), chosen).status_code == 302
    assert EntryVersion.objects.get().title == "甲合同"


def test_nothing_pasted_and_too_much(office: Client, contracts: Register) -> None:
    address = reverse("ledgers:paste", args=[contracts.pk])
    assert "没有读到内容" in office.post(address, {"text": " \n"}).content.decode()
    assert "批量导入" in office.post(address, {"text": "000001\n" * 501}).content.decode()


def test_what_waits_is_confirmed_and_returned_in_bulk(office: Client, lanshan: Viewer, contracts: Register) -> None:
    made = record_entries(lanshan, contracts.pk, [words(f"{n:06d}") for n in range(3)])
    page = office.get(reverse("ledgers:waiting")).content.decode()
    assert page.count('name="entry"') == 3 and "兰山区科技局" in page
    ids = [str(version.entry_id) for version in made]
    assert office.post(reverse("ledgers:confirm_entries", args=[contracts.pk]), {"entry": ids[:2]}).status_code == 302
    assert office.post(reverse("ledgers:return_entries", args=[contracts.pk]), {"entry": ids[2:], "reason": "缺首页"}).status_code == 302
    assert [now(one).standing for one in ids] == ["confirmed", "confirmed", "returned"]
    assert office.post(reverse("ledgers:confirm_entries", args=[contracts.pk]), {}).status_code == 400


def test_a_reporting_unit_reports_and_mends(office: Client, lanshan: Viewer, feixian: Viewer, contracts: Register) -> None:
    bureau, other = client_of(lanshan), client_of(feixian)
    page = bureau.get(reverse("ledgers:new_entry", args=[contracts.pk])).content.decode()
    assert "报送" in page and re.search(r'<option value="371302" selected', page)
    assert bureau.post(reverse("ledgers:new_entry", args=[contracts.pk]), words(county="371302")).status_code == 302
    made = EntryVersion.objects.get()
    assert made.standing == "submitted"
    entry = reverse("ledgers:entry", args=[made.entry_id])
    assert bureau.get(entry).status_code == 200 and other.get(entry).status_code == 404
    assert other.get(reverse("ledgers:correct_entry", args=[made.entry_id])).status_code == 404
    office.post(reverse("ledgers:return_entries", args=[contracts.pk]), {"entry": str(made.entry_id), "reason": "缺首页"})
    page = bureau.get(reverse("ledgers:waiting")).content.decode()
    assert "缺首页" in page and reverse("ledgers:correct_entry", args=[made.entry_id]) in page
    bureau.post(reverse("ledgers:correct_entry", args=[made.entry_id]), {"category": "dev", "_reason": "已补"})
    assert now(made.entry_id).standing == "submitted"
    assert "缺首页" not in other.get(reverse("ledgers:waiting")).content.decode()


@pytest.mark.parametrize("username", ["jingban3", "czyewu", "sysadmin"])
def test_pages_of_entering_are_closed_to_others(signed_in: SignIn, organisation: Demonstrated, contracts: Register, username: str) -> None:
    answer = signed_in(username).get(reverse("ledgers:new_entry", args=[contracts.pk]))
    assert answer.status_code in (403, 404)


def test_queries_of_the_waiting_page_do_not_grow(office: Client, lanshan: Viewer, contracts: Register) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for first, n in ((0, 3), (100, 60)):
        record_entries(lanshan, contracts.pk, [words(f"{k:06d}") for k in range(first, first + n)])
        with CaptureQueriesContext(connection) as seen:
            office.get(reverse("ledgers:waiting"))
        counts.append(len(seen))
    assert counts[1] <= counts[0]
