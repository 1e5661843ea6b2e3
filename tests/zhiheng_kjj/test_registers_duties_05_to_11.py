"""The registers that the issue names for duties 5 to 11 and for the clauses without an indicator: there, in both languages, sealed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from tests.zhiheng_kjj.mini_ledger import OFFICE as MINI_OFFICE
from tests.zhiheng_web.ledgers.adopted import PACK, Kjj

from zhiheng_web.ledgers.actions.correct_entry import correct_entry
from zhiheng_web.ledgers.actions.generate_obligations import generate_obligations
from zhiheng_web.ledgers.actions.record_entry import record_entry
from zhiheng_web.ledgers.columns import SEALED, Kind, Visibility
from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.entering.rules import RULES
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.ledgers.packs.reading import Pack, read_pack
from zhiheng_web.ledgers.subjects import Described, organisation_of, person_of
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.organisation.models import Office
from zhiheng_web.organisation.viewer import Held, Viewer
from zhiheng_web.planning.models import Duty
from zhiheng_web.trail.action import Invalid
from zhiheng_web.uscc import made_up

OWN = ("cooperation", "agriculture", "office", "party", "foreign", "innovation_service", "unmeasured")
DOMESTIC, ABROAD, FARMING, OFFICE = "国内科技合作", "国际科技合作", "农业高新技术产业发展", "综合协调服务"
PARTY, EXPERTS, SERVICE = "党建组织引领", "外国专家服务", "科技创新服务"
POLICY, RESULTS, INDUSTRY = "政策规划与依法行政", "成果评审与科技奖励", "科技创新产业培育"
MEASURED = {
    "technology_demand": DOMESTIC, "university_result": DOMESTIC, "matching_record": DOMESTIC, "cooperation_project": DOMESTIC,
    "academician_station": DOMESTIC, "academician_year": DOMESTIC, "fusion_plan": DOMESTIC, "belt_road_event": ABROAD,
    "belt_road_match": ABROAD, "agri_station": FARMING, "upper_project": FARMING, "info_item": OFFICE, "channel": OFFICE,
    "channel_post": OFFICE, "yearbook": OFFICE, "yearbook_task": OFFICE, "supervision_item": OFFICE, "supervision_report": OFFICE,
    "party_task": PARTY, "civilised_material": PARTY, "civilised_review": PARTY, "foreign_project": EXPERTS,
    "introduction_base": EXPERTS, "base_check": EXPERTS, "friendship_award": EXPERTS, "technology_contract": SERVICE,
    "novelty_report": SERVICE, "expert": SERVICE,
}  # fmt: skip
CLAUSES = {
    "policy_supervision": ("监督实施", POLICY), "industry_alliance": ("产业技术创新战略联盟", POLICY),
    "industry_cluster": ("创新型产业集群", INDUSTRY), "innovation_activity": ("双创", INDUSTRY),
    "result_exchange": ("成果信息交流与转化", RESULTS), "star_space": ("星创天地", FARMING), "agri_park": ("农业科技园区", FARMING),
    "science_envoy": ("科技特派员", FARMING), "science_training": ("科技宣传培训班", OFFICE), "media_cooperation": ("电视台、报社", OFFICE),
    "introduction_result": ("引智成果评估推广", EXPERTS), "expert_engagement_plan": ("聘请外国专家计划审核报批", EXPERTS),
}  # fmt: skip
"""Point 9 of the issue: register → words of the clause and the duty in whose text it stands."""
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read_pack(PACK)


@pytest.fixture(scope="module")
def registers(pack: Pack) -> dict[str, RegisterDefinition]:
    return {register.code: register for register in pack.registers}


def test_the_files_load_without_fault(pack: Pack) -> None:
    files = {f"registers/{name}.toml" for name in OWN} | {f"bindings/duty_{number:02d}.toml" for number in range(5, 12)}
    assert files <= set(pack.files)
    assert [str(fault) for fault in pack.faults if fault.file in files] == []


def test_every_register_of_the_list_stands_under_its_duty(registers: dict[str, RegisterDefinition]) -> None:
    assert {code: registers[code].duty for code in MEASURED} == MEASURED
    assert [code for code in MEASURED if registers[code].unmeasured] == []


def test_every_clause_without_an_indicator_has_a_register_that_says_so(registers: dict[str, RegisterDefinition]) -> None:
    for code, (words, duty) in CLAUSES.items():
        assert registers[code].unmeasured, code
        assert registers[code].duty == duty, code
        assert words in registers[code].zh + registers[code].purpose_zh, code


def test_no_indicator_counts_in_a_register_without_one(pack: Pack) -> None:
    used = {part.register for indicator in pack.indicators for basis in indicator.bases for part in basis.parts}
    assert used.isdisjoint(CLAUSES)
    assert len(pack.indicators) == 36


def test_each_indicator_has_one_default_reading_and_every_reading_both_languages(pack: Pack) -> None:
    for indicator in pack.indicators:
        assert sum(basis.default for basis in indicator.bases) == 1, indicator.name
        for basis in indicator.bases:
            assert CHINESE.search(basis.zh), basis
            assert basis.en, basis
            assert not re.search("[一-鿿]", basis.en.replace("周/次", "")), basis


def texts(register: RegisterDefinition) -> Iterator[tuple[str, str]]:
    yield register.zh, register.en
    yield register.purpose_zh, register.purpose_en
    for part in (*register.columns, *register.states, *register.moves, *register.evidence, *register.checks, *register.obligations):
        yield part.zh, part.en
    for column in register.columns:
        yield from ((choice.zh, choice.en) for choice in column.choices if choice.en or CHINESE.search(choice.zh))


@pytest.mark.parametrize("code", [*MEASURED, *CLAUSES])
def test_every_text_is_there_in_both_languages(registers: dict[str, RegisterDefinition], code: str) -> None:
    for zh, en in texts(registers[code]):
        assert CHINESE.search(zh), (zh, en)
        assert en, (zh, en)
        assert not CHINESE.search(en), (zh, en)


PERSONAL = re.compile("身份证|护照|手机|电话|联系人|银行账号|开户银行|责任人|撰稿人|主要事迹|工作许可证|专家名单|负责人")


def test_what_names_or_reaches_a_person_is_sealed(registers: dict[str, RegisterDefinition]) -> None:
    for code in (*MEASURED, *CLAUSES):
        for column in registers[code].columns:
            if column.kind is Kind.PERSON:
                assert column.visibility is Visibility.PERSONAL, (code, column.name)
            elif PERSONAL.search(column.zh):
                assert column.visibility in SEALED, (code, column.name)
    assert registers["expert"].column("bank_account").visibility is Visibility.BANK_SECRET


def test_classified_work_keeps_a_number_and_dates_and_nothing_else(registers: dict[str, RegisterDefinition]) -> None:
    plan = registers["fusion_plan"]
    assert plan.classified
    assert {column.name for column in plan.columns} == {"number", "decided_on"}
    assert not plan.evidence


def test_every_check_by_calculation_is_known(registers: dict[str, RegisterDefinition]) -> None:
    asked = {check.rule for code in (*MEASURED, *CLAUSES) for check in registers[code].checks if check.kind == "rule"}
    assert len(asked) == 14
    assert asked <= set(RULES)


def test_what_rests_on_general_knowledge_is_not_called_law() -> None:
    for name in OWN:
        text = (Path(PACK).parent / "registers" / f"{name}.toml").read_text("utf-8")
        assert not re.search("法定|依法必须|法律规定", text), name


# --- on the adopted pack


@pytest.fixture
def enter(kjj: Kjj, viewer: Callable[[str], Viewer]) -> Callable[..., EntryVersion]:
    """Record one entry of a register in 2020."""

    def entered(code: str, state: str = "", **words: Any) -> EntryVersion:
        register = kjj.register(code)
        who = Viewer(viewer("jixiao").account, office_roles(kjj), at=datetime(2020, 12, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai")))
        state = state or definition_of(register).first_state
        proofs = sorted(definition_of(register).required_evidence(state))
        return record_entry(who, register.pk, {name: str(value) for name, value in words.items()}, state=state, proofs=proofs)

    return entered


def office_roles(kjj: Kjj) -> tuple[Any, ...]:
    return tuple(Held(role, kjj.department) for role in MINI_OFFICE)


@pytest.fixture
def firm(kjj: Kjj) -> str:
    return str(organisation_of(made_up(9501), "甲公司", "371302").organisation.pk)


@pytest.mark.django_db
def test_every_register_hangs_under_the_duty_of_the_table(kjj: Kjj) -> None:
    names = dict(Duty.objects.filter(department=kjj.department).values_list("pk", "name"))
    for code, duty in {**MEASURED, **{code: duty for code, (_, duty) in CLAUSES.items()}}.items():
        assert names[kjj.register(code).duty_id] == duty, code


@pytest.mark.django_db
def test_bank_and_identity_of_an_expert_do_not_stand_open_in_the_database(enter, firm: str, kjj: Kjj) -> None:
    person = person_of(kjj.register("expert").department, Described("钱某某"))
    version = enter(
        "expert", number="ZJ-1", person=person.pk, category="technical", organisation=firm, field="510",
        identity="371302198001010015", bank="临商银行", bank_account="6228480000000000017",
    )  # fmt: skip
    kept = EntryVersion.objects.get(pk=version.pk)
    assert kept.sealed["bank_account"] == "6228480000000000017"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed, details FROM ledgers_entryversion WHERE number = 'ZJ-1'")
        raw = str(cursor.fetchone())
    assert "6228480000000000017" not in raw
    assert "371302198001010015" not in raw
    assert "临商" not in raw


@pytest.mark.django_db
def test_a_contract_whose_technology_amount_exceeds_its_total_is_refused(enter, firm: str) -> None:
    words = {"title": "开发", "category": "development", "organisation": firm, "happened_on": "2020-03-01", "amount": "100"}
    with pytest.raises(Invalid, match="技术交易额不能大于成交额"):
        enter("technology_contract", number="2020371300000001", amount_2="100.01", **words)
    assert enter("technology_contract", number="2020371300000001", amount_2="100", **words).amount_2 == 100


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["2020-1", "202037130000001", "20203713000000011"])
def test_a_contract_number_has_fourteen_or_sixteen_digits(enter, firm: str, number: str) -> None:
    with pytest.raises(Invalid):
        enter(
            "technology_contract", number=number, title="开发", category="development", organisation=firm, happened_on="2020-03-01",
            amount="100",
        )  # fmt: skip


@pytest.mark.django_db
def test_searcher_and_auditor_of_a_novelty_report_may_not_be_one(enter, firm: str) -> None:
    words = {"number": "CX-1", "edition": "1", "title": "查新", "category": "report", "organisation": firm, "received_on": "2020-03-01"}
    with pytest.raises(Invalid, match="不能是同一人"):
        enter("novelty_report", searcher="张三", auditor="张三", **words)
    enter("novelty_report", searcher="张三", auditor="李四", **words)


@pytest.mark.django_db
@pytest.mark.parametrize(("category", "allowed"), [("unretired", 1), ("retired", 3)])
def test_an_academician_is_held_to_the_stations_allowed(enter, firm: str, kjj: Kjj, category: str, allowed: int) -> None:
    person = person_of(kjj.register("academician_station").department, Described("院士某"))
    gaps = [
        enter(
            "academician_station", "filed", number=f"YS-{number}", title="工作站", level="provincial", category=category,
            organisation=firm, person=person.pk, decided_on="2020-06-30", valid_from="2020-05-01", valid_until="2023-05-01",
        ).gap
        for number in range(1, 5)
    ]  # fmt: skip
    assert gaps == [""] * allowed + ["academician_limit"] * (4 - allowed)


@pytest.mark.django_db
def test_more_time_for_a_matter_is_refused_unless_it_was_asked_for_before_the_first_due_day(enter, kjj: Kjj, viewer) -> None:
    office = Office.objects.filter(unit__department=kjj.department).first()
    matter = enter(
        "supervision_item", number="JB-1", title="督办", category="city_government", office=office.pk, received_on="2020-12-01",
        due_on="2020-12-25",
    )  # fmt: skip
    who = replace(viewer("jixiao"), held=office_roles(kjj), at=datetime(2020, 12, 21, 9, tzinfo=ZoneInfo("Asia/Shanghai")))
    for words in ({"due_on": "2020-12-31"}, {"due_on": "2020-12-31", "first_due_on": "2020-12-31"}):
        with pytest.raises(Invalid, match="原期限"):
            correct_entry(who, matter.entry_id, words, reason="延期")
    later = correct_entry(who, matter.entry_id, {"due_on": "2020-12-31", "extension_asked_on": "2020-12-20"}, reason="延期")
    assert later.due_on == date(2020, 12, 31)
    again = replace(who, at=datetime(2020, 12, 29, 9, tzinfo=ZoneInfo("Asia/Shanghai")))
    with pytest.raises(Invalid, match="原期限"):
        correct_entry(again, matter.entry_id, {"due_on": "2021-01-31"}, reason="没有新的申请")
    asked = {"due_on": "2021-01-31", "extension_asked_on": "2020-12-28"}
    assert correct_entry(again, matter.entry_id, asked, reason="到期前再次申请").due_on == date(2021, 1, 31)
    assert correct_entry(again, matter.entry_id, {"title": "督办一"}, reason="更正名称").due_on == date(2021, 1, 31)


@pytest.mark.django_db
def test_each_base_in_force_owes_one_check_a_year(enter, firm: str, kjj: Kjj, viewer: Callable[[str], Viewer]) -> None:
    base = {"title": "基地", "level": "provincial", "organisation": firm, "recommended_on": "2018-01-05"}
    enter("introduction_base", "named", number="JD-1", valid_from="2018-05-01", **base)
    enter("introduction_base", "named", number="JD-2", valid_from="2020-05-01", **base)
    enter("introduction_base", number="JD-3", **base)
    enter("introduction_base", "named", number="JD-4", valid_from="2016-05-01", valid_until="2019-05-01", **base)
    who = replace(viewer("jixiao"), held=office_roles(kjj), at=datetime(2020, 12, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai")))
    checks = kjj.register("base_check")
    made = generate_obligations(who, checks.pk, date(2020, 12, 31))
    assert sorted((one.about.versions.get().number, one.due_on) for one in made) == [
        ("JD-1", date(2020, 12, 31)),
        ("JD-2", date(2020, 12, 31)),
    ]
    assert generate_obligations(who, checks.pk, date(2020, 12, 31)) == []
