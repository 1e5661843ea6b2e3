"""Who stands behind an entry: reporting units, the office, a second person, the 保密办; returned, revoked, restored, linked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.zhiheng_web.ledgers.entering.conftest import CONTRACTS, at, common, declare, reporter_of, words

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.ledgers.actions.confirm_entries import confirm_entries
from zhiheng_web.ledgers.actions.correct_entry import correct_entry
from zhiheng_web.ledgers.actions.link_entries import link_entries
from zhiheng_web.ledgers.actions.record_entries import record_entries
from zhiheng_web.ledgers.actions.record_entry import record_entry
from zhiheng_web.ledgers.actions.restore_entry import restore_entry
from zhiheng_web.ledgers.actions.return_entries import return_entries
from zhiheng_web.ledgers.actions.revoke_entry import revoke_entry
from zhiheng_web.ledgers.actions.unlink_entries import unlink_entries
from zhiheng_web.ledgers.definition import RegisterDefinition, State
from zhiheng_web.ledgers.models import FOREVER, EntryLink, EntryVersion, Register
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.trail.action import Absent, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord
from zhiheng_web.uscc import made_up

LATER = datetime(2020, 6, 20, tzinfo=UTC)


def now(entry: object) -> EntryVersion:
    return EntryVersion.objects.get(entry=entry, known_until=FOREVER)


def test_a_county_reports_its_own_county_and_waits(lanshan: Viewer, contracts: Register) -> None:
    made = record_entry(lanshan, contracts.pk, words())
    assert (made.standing, made.county, made.reporter_id) == ("submitted", "371302", lanshan.held[0].reporter)
    with pytest.raises(Invalid) as told:
        record_entry(lanshan, contracts.pk, words("000002", county="费县"))
    assert "county" in told.value.fields


def test_an_outside_unit_reports_only_itself(organisation: Demonstrated, contracts: Register) -> None:
    firm = reporter_of(organisation, "沂蒙轴承有限公司", kind="outside", uscc=made_up(1))
    made = record_entry(firm, contracts.pk, words())
    assert made.organisation.uscc == made_up(1) and made.organisation_name == "沂蒙轴承有限公司"
    with pytest.raises(Invalid) as told:
        record_entry(firm, contracts.pk, words("000002", organisation=made_up(2), organisation_name="别家"))
    assert "organisation" in told.value.fields


def test_a_register_that_takes_no_reports_is_absent_for_reporters(lanshan: Viewer, contracts: Register) -> None:
    Register.objects.filter(pk=contracts.pk).update(takes_reports=False)
    with pytest.raises(Absent):
        record_entry(lanshan, contracts.pk, words())


def test_a_reporter_corrects_only_its_own(lanshan: Viewer, feixian: Viewer, filler: Viewer, contracts: Register) -> None:
    made = record_entry(lanshan, contracts.pk, words())
    for attempt in (
        lambda: correct_entry(feixian, made.entry_id, {"title": "别县的"}, reason="改"),
        lambda: correct_entry(feixian, record_entry(filler, contracts.pk, words("000009")).entry_id, {"title": "科室的"}, reason="改"),
    ):
        with pytest.raises(Absent):
            attempt()
    for attempt in (
        lambda: confirm_entries(lanshan, contracts.pk, [made.entry_id]),
        lambda: return_entries(lanshan, contracts.pk, [made.entry_id], "自己退回"),
        lambda: revoke_entry(lanshan, made.entry_id, reason="撤", document="文"),
    ):
        with pytest.raises(Forbidden):
            attempt()
    assert now(made.entry_id).standing == "submitted"


def test_a_duplicate_of_another_unit_says_no_title(lanshan: Viewer, feixian: Viewer, contracts: Register) -> None:
    record_entry(lanshan, contracts.pk, words(title="兰山的合同"))
    with pytest.raises(Invalid) as told:
        record_entry(feixian, contracts.pk, words())
    assert "兰山" not in told.value.fields["number"].zh and told.value.links == []


def test_a_corrected_confirmed_entry_waits_again_at_once(lanshan: Viewer, filler: Viewer, contracts: Register) -> None:
    made = record_entry(lanshan, contracts.pk, words())
    confirm_entries(filler, contracts.pk, [made.entry_id])
    assert now(made.entry_id).standing == "confirmed"
    correct_entry(lanshan, made.entry_id, {"title": "改过的"}, reason="笔误")
    assert now(made.entry_id).standing == "submitted"


def test_the_office_completes_what_was_reported(lanshan: Viewer, filler: Viewer, contracts: Register) -> None:
    made = record_entry(lanshan, contracts.pk, words())
    kept = correct_entry(filler, made.entry_id, {"category": "开发"}, reason="补类别")
    assert kept.standing == "submitted"
    done = correct_entry(filler, made.entry_id, {"amount": "3"}, reason="补金额", confirm=True)
    assert (done.standing, done.reporter_id) == ("confirmed", made.reporter_id)


def test_returned_with_a_reason_and_mended(lanshan: Viewer, filler: Viewer, contracts: Register) -> None:
    made = record_entry(lanshan, contracts.pk, words())
    with pytest.raises(Invalid):
        return_entries(filler, contracts.pk, [made.entry_id], "  ")
    return_entries(filler, contracts.pk, [made.entry_id], "缺合同首页")
    assert (now(made.entry_id).standing, now(made.entry_id).reason) == ("returned", "缺合同首页")
    correct_entry(lanshan, made.entry_id, {"category": "开发"}, reason="已补正")
    assert now(made.entry_id).standing == "submitted"


def test_confirmed_then_returned_counts_no_more(lanshan: Viewer, filler: Viewer, contracts: Register) -> None:
    made = record_entry(lanshan, contracts.pk, words())
    confirm_entries(filler, contracts.pk, [made.entry_id])
    return_entries(at(filler, LATER), contracts.pk, [made.entry_id], "确认有误")
    history = list(EntryVersion.objects.filter(entry=made.entry_id, known_until__gt=LATER).values_list("standing", flat=True))
    assert history == ["returned"]


def test_many_confirmed_equal_one_by_one(lanshan: Viewer, filler: Viewer, contracts: Register) -> None:
    made = record_entries(lanshan, contracts.pk, [words(f"{n:06d}", amount=str(n)) for n in range(6)])
    entries = [version.entry_id for version in made]
    before = TrailRecord.objects.count()
    confirm_entries(filler, contracts.pk, entries[:3])
    assert TrailRecord.objects.count() == before + 1
    for entry in entries[3:]:
        confirm_entries(filler, contracts.pk, [entry])
    told = {(v.standing, v.gap, v.state, v.change, v.written_by_id, v.reporter_id) for v in map(now, entries)}
    assert len(told) == 1
    assert [now(entry).amount for entry in entries] == [version.amount for version in made]


def test_confirming_again_writes_nothing(lanshan: Viewer, filler: Viewer, contracts: Register) -> None:
    made = record_entry(lanshan, contracts.pk, words())
    confirm_entries(filler, contracts.pk, [made.entry_id])
    before = TrailRecord.objects.count(), EntryVersion.objects.count()
    confirm_entries(filler, contracts.pk, [made.entry_id])
    assert (TrailRecord.objects.count(), EntryVersion.objects.count()) == before


def test_two_thousand_are_confirmed_in_as_many_queries_as_fifty_but_for_batches(
    lanshan: Viewer, filler: Viewer, contracts: Register, django_assert_max_num_queries: Any
) -> None:
    made = record_entries(lanshan, contracts.pk, [words(f"{n:06d}") for n in range(2050)])
    with CaptureQueriesContext(connection) as few:
        confirm_entries(filler, contracts.pk, [version.entry_id for version in made[:50]])
    with django_assert_max_num_queries(len(few) + 10):
        confirm_entries(filler, contracts.pk, [version.entry_id for version in made[50:]])
    assert EntryVersion.objects.filter(known_until=FOREVER, standing="confirmed").count() == 2050


def test_a_second_person_confirms(organisation: Demonstrated, filler: Viewer, head: Viewer) -> None:
    register = declare(organisation, replace(CONTRACTS, code="second", confirmed_by="second"))
    made = record_entry(filler, register.pk, words())
    assert made.standing == "submitted"
    for attempt in (
        lambda: confirm_entries(filler, register.pk, [made.entry_id]),
        lambda: correct_entry(filler, made.entry_id, {"title": "x"}, reason="r", confirm=True),
    ):
        with pytest.raises(Refusal) as told:
            attempt()
        assert told.value.code == "own_entry"
    morning, noon, evening = (datetime(2020, 6, 16, hour, tzinfo=UTC) for hour in (1, 4, 9))
    confirm_entries(at(head, morning), register.pk, [made.entry_id])
    assert now(made.entry_id).standing == "confirmed"
    correct_entry(at(head, noon), made.entry_id, {"title": "改"}, reason="笔误")
    assert now(made.entry_id).standing == "submitted"
    with pytest.raises(Refusal):
        confirm_entries(at(head, evening), register.pk, [made.entry_id])
    confirm_entries(at(filler, evening), register.pk, [made.entry_id])


def test_classified_matters_take_number_and_date_and_the_secrecy_office_confirms(organisation: Demonstrated, filler: Viewer) -> None:
    definition = RegisterDefinition(
        code="classified", zh="涉密事项", en="Classified matters", classified=True, first_state="counted", key=("number",),
        columns=(common("number", required=True), common("title"), common("done_on", required=True)),
        states=(State("counted", "计数", "Counted"),),
    )  # fmt: skip
    register = declare(organisation, definition)
    with pytest.raises(Invalid) as told:
        record_entry(filler, register.pk, {"number": "1", "title": "项目", "done_on": "2020-06-01"})
    assert "编号和日期" in told.value.fields["title"].zh
    made = record_entry(filler, register.pk, {"number": "1", "done_on": "2020-06-01"})
    assert made.standing == "submitted"
    with pytest.raises(Forbidden):
        confirm_entries(filler, register.pk, [made.entry_id])
    confirm_entries(at(viewer_of(organisation.accounts["baomi"], date(2020, 1, 10))), register.pk, [made.entry_id])
    assert now(made.entry_id).standing == "confirmed"


def test_revoked_with_its_document_and_restored(filler: Viewer, contracts: Register) -> None:
    made = record_entry(filler, contracts.pk, words())
    with pytest.raises(Invalid) as told:
        revoke_entry(filler, made.entry_id, reason="", document="")
    assert set(told.value.fields) == {"reason", "document"}
    revoke_entry(filler, made.entry_id, reason="合同解除", document="临科函〔2020〕3号")
    assert now(made.entry_id).standing == "revoked" and "临科函〔2020〕3号" in now(made.entry_id).reason
    with pytest.raises(Refusal):
        correct_entry(filler, made.entry_id, {"title": "x"}, reason="r")
    with pytest.raises(Invalid):
        record_entry(filler, contracts.pk, words())
    restore_entry(filler, made.entry_id, reason="撤销有误")
    assert now(made.entry_id).standing == "confirmed"
    assert EntryVersion.objects.filter(entry=made.entry_id).count() == 3


def test_links_are_kept_and_ended(filler: Viewer, lanshan: Viewer, contracts: Register) -> None:
    one, two = (record_entry(filler, contracts.pk, words(n)) for n in ("000001", "000002"))
    link = link_entries(filler, one.entry_id, two.entry_id, "补充协议")
    assert link_entries(filler, one.entry_id, two.entry_id, "补充协议").pk == link.pk
    with pytest.raises(Invalid):
        link_entries(filler, one.entry_id, one.entry_id, "自己")
    with pytest.raises((Forbidden, Absent)):
        link_entries(lanshan, one.entry_id, two.entry_id, "别人的")
    unlink_entries(filler, link.pk)
    assert EntryLink.objects.get().known_until == filler.now()
