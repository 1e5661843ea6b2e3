"""One organisation over all registers, corrected and merged; one person, masked or on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.ledgers.evidence.scene import DEFINITION, IDENTITY, entry_of, register_of, reporting_unit

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.ledgers.actions.keep_organisation import OrganisationFacts, keep_organisation
from zhiheng_web.ledgers.actions.keep_person import PersonFacts, keep_person
from zhiheng_web.ledgers.actions.merge_organisations import merge_organisations
from zhiheng_web.ledgers.models import FOREVER, EntryVersion, Organisation, Person, Register
from zhiheng_web.ledgers.queries.subjects import organisation_list, organisation_page
from zhiheng_web.ledgers.subjects import Described, organisation_of, person_of
from zhiheng_web.organisation.models import Office
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Absent, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord
from zhiheng_web.uscc import made_up

Ask = Callable[[str], Viewer]
SignIn = Callable[[str], Client]


@pytest.fixture
def register(organisation: Demonstrated) -> Register:
    return register_of(organisation)


@pytest.fixture
def second(organisation: Demonstrated) -> Register:
    """A register of another office."""
    found = register_of(organisation, replace(DEFINITION, code="loans", zh="贷款备案", en="Loans"))
    found.office = Office.objects.get(unit__code="331001", code="01")
    found.save()
    return found


def test_one_organisation_over_all_registers(viewer: Ask, register: Register, second: Register) -> None:
    entry_of(register, "1")
    entry_of(register, "2", organisation_name="甲乙公司（旧名）")
    entry_of(second, "3")
    (firm,) = Organisation.objects.all()
    page = organisation_page(viewer("jixiao"), firm.pk)
    assert [(one.register.code, len(one.mentions)) for one in page.registers] == [("talent", 2), ("loans", 1)]
    assert page.names == ("甲乙公司（旧名）",)
    assert {mention.counts for one in page.registers for mention in one.mentions} == {False}  # no evidence yet
    (line,) = organisation_list(viewer("jixiao"), shared=True).lines
    assert (line.entries, line.registers) == (3, 2)
    for asked in ("甲乙公司（旧名）", firm.uscc[:10], "山东甲乙"):
        assert organisation_list(viewer("jixiao"), asked).total == 1
    assert organisation_list(viewer("jixiao"), "没有的").total == 0


def test_a_reporting_unit_sees_only_the_organisations_of_its_entries(organisation: Demonstrated, register: Register) -> None:
    unit, own = reporting_unit(organisation)
    other = organisation_of(made_up(9), "丁公司").organisation
    entry_of(register, "1", unit)
    entry_of(register, "2", organisation=other)
    assert [line.organisation.name for line in organisation_list(own).lines] == ["山东甲乙有限公司"]
    with pytest.raises(Absent):
        organisation_page(own, other.pk)
    with pytest.raises(Forbidden):
        keep_organisation(own, Organisation.objects.get(uscc=made_up(7)).pk, OrganisationFacts("新名"))


def test_a_change_of_name_leaves_entries_as_they_were(viewer: Ask, register: Register) -> None:
    version = entry_of(register, "1")
    (firm,) = Organisation.objects.all()
    keep_organisation(viewer("jingban"), firm.pk, OrganisationFacts("山东丙丁股份有限公司", county="371311"))
    firm.refresh_from_db()
    assert (firm.name, firm.county, firm.uscc) == ("山东丙丁股份有限公司", "371311", made_up(7))
    assert EntryVersion.objects.get(pk=version.pk).organisation_name == "山东甲乙有限公司"
    assert organisation_page(viewer("jingban"), firm.pk).names == ("山东甲乙有限公司",)
    assert TrailRecord.objects.latest("number").details["old_name"] == "山东甲乙有限公司"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (OrganisationFacts(" "), "name"),
        (OrganisationFacts("甲", uscc="911100006000373418"), "uscc"),
        (OrganisationFacts("甲", county="3713"), "county"),
        (OrganisationFacts("甲", kind="club"), "kind"),
        (OrganisationFacts("甲", country="Germany"), "country"),
        (OrganisationFacts("甲【机密】"), "secrecy"),
    ],
)
def test_a_correction_is_checked(viewer: Ask, register: Register, facts: OrganisationFacts, field: str) -> None:
    entry_of(register, "1")
    with pytest.raises(Invalid) as refused:
        keep_organisation(viewer("jingban"), Organisation.objects.get().pk, facts)
    assert field in refused.value.fields
    assert Organisation.objects.get().name == "山东甲乙有限公司"


def test_the_code_of_another_is_refused_with_the_way_to_merge(viewer: Ask, register: Register) -> None:
    entry_of(register, "1")
    organisation_of(made_up(9), "丁公司")
    with pytest.raises(Refusal, match="合并"):
        keep_organisation(viewer("jingban"), Organisation.objects.get(uscc=made_up(7)).pk, OrganisationFacts("甲", uscc=made_up(9)))


def test_merging_moves_entries_by_new_versions(viewer: Ask, register: Register, second: Register) -> None:
    twice = organisation_of("", "山东甲乙有限公司").organisation
    entry_of(register, "1")
    moved, counterpart = entry_of(register, "2", organisation=twice), entry_of(second, "3", organisation=twice)
    kept = Organisation.objects.get(uscc=made_up(7))
    employee = person_of(register.department, Described("李四", employer=twice))
    merge_organisations(viewer("jixiao"), kept.pk, twice.pk, "同一单位")
    now = EntryVersion.objects.filter(known_until=FOREVER)
    assert set(now.values_list("organisation", flat=True)) == {kept.pk}
    assert EntryVersion.objects.get(pk=moved.pk).organisation_id == twice.pk  # what was known stays
    written = now.get(entry=moved.entry_id)
    assert (written.change, written.reason, written.sealed, written.gap) == ("corrected", "同一单位", moved.sealed, "evidence")
    assert now.filter(entry=counterpart.entry_id).exists()
    assert Person.objects.get(pk=employee.pk).employer_id == kept.pk
    assert organisation_of("", "山东甲乙有限公司").organisation == kept  # whoever names it later gets the one that goes on
    assert organisation_page(viewer("jixiao"), kept.pk).merged == (Organisation.objects.get(pk=twice.pk),)
    assert TrailRecord.objects.latest("number").details["entries"] == 2


def test_merging_needs_every_register_and_a_reason(viewer: Ask, register: Register, second: Register) -> None:
    twice = organisation_of("", "山东甲乙有限公司").organisation
    entry_of(register, "1")
    entry_of(second, "3", organisation=twice)
    entry_of(register, "4", organisation=twice)
    kept = Organisation.objects.get(uscc=made_up(7))
    with pytest.raises(Refusal):
        merge_organisations(viewer("jingban"), kept.pk, twice.pk, "同一单位")  # the loans are another office's
    with pytest.raises(Invalid):
        merge_organisations(viewer("jixiao"), kept.pk, twice.pk, "  ")
    with pytest.raises(Refusal, match="有代码"):
        merge_organisations(viewer("jixiao"), twice.pk, kept.pk, "同一单位")
    with pytest.raises((Forbidden, Absent)):
        merge_organisations(viewer("juzhang"), kept.pk, twice.pk, "同一单位")
    assert not EntryVersion.objects.filter(~Q(known_until=FOREVER)).exists()


SECRETS = ("张三丰", IDENTITY, "13800001234")


@pytest.mark.parametrize(
    ("username", "clear"), [("jingban", True), ("jixiao", True), ("jiwei", True), ("juzhang", False), ("jingban2", False)]
)
def test_a_person_in_clear_is_on_record_and_masked_for_others(signed_in: SignIn, register: Register, username: str, clear: bool) -> None:
    entry_of(register, "1")
    (person,) = Person.objects.all()
    before = TrailRecord.objects.filter(action="ledgers.person_opened").count()
    client = signed_in(username)
    page = client.get(reverse("ledgers:one_person", args=[person.pk])).content.decode()
    listed = client.get(reverse("ledgers:people")).content.decode()
    assert all((words in page) is clear for words in SECRETS)
    assert ("张三丰" in listed) is clear
    assert "张*" in page + listed or clear
    assert TrailRecord.objects.filter(action="ledgers.person_opened").count() - before == clear
    assert not any(words in repr(record.details) + record.object_name for record in TrailRecord.objects.all() for words in SECRETS)


def test_correcting_a_person(viewer: Ask, register: Register) -> None:
    entry_of(register, "1")
    (person,) = Person.objects.all()
    keep_person(viewer("jingban"), person.pk, PersonFacts("张三峰", mobile="13900001234"))
    person.refresh_from_db()
    assert (person.name, person.mobile, person.identity) == ("张三峰", "13900001234", IDENTITY)
    assert person_of(register.department, Described("张三峰", IDENTITY)) == person
    for facts, field in (
        (PersonFacts("甲", identity="110105194912310021"), "identity"),
        (PersonFacts("甲", mobile="12"), "mobile"),
        (PersonFacts("甲", born_on="1980"), "born_on"),
        (PersonFacts(" "), "name"),
    ):
        with pytest.raises(Invalid) as refused:
            keep_person(viewer("jingban"), person.pk, facts)
        assert field in refused.value.fields
    for username in ("juzhang", "jingban2", "jiwei"):
        with pytest.raises((Forbidden, Absent)):
            keep_person(viewer(username), person.pk, PersonFacts("乙"))


@pytest.mark.parametrize("name", ["organisations", "people"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_lists_open_empty_and_say_what_to_do(organisation: Demonstrated, signed_in: SignIn, name: str, language: str) -> None:
    client = signed_in("jixiao")
    client.cookies["django_language"] = language
    answer = client.get(reverse(f"ledgers:{name}"))
    assert answer.status_code == 200
    assert ("Open the ledgers" if language == "en" else "打开工作台账") in answer.content.decode()


def test_the_pages_of_an_organisation(signed_in: SignIn, register: Register) -> None:
    entry_of(register, "1")
    twice = organisation_of("", "山东甲乙有限公司").organisation
    entry_of(register, "2", organisation=twice)
    firm = Organisation.objects.get(uscc=made_up(7))
    client, address = signed_in("jingban"), reverse("ledgers:one_organisation", args=[firm.pk])
    assert "有 1 个同名单位" in client.get(address).content.decode()
    answer = client.post(address, {"name": "甲", "uscc": "91"})
    assert answer.status_code == 400
    assert "应为 18 位" in answer.content.decode()
    merged = client.post(
        reverse("ledgers:merge_organisations", args=[firm.pk]), {"organisation": str(twice.pk), "reason": "重复"}, follow=True
    )
    assert "已合并" in merged.content.decode()
    assert "更正" not in signed_in("juzhang").get(address).content.decode()
