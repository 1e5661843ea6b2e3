"""The registers of duties 1 to 4: all that the issue names, complete in both languages, with evidence, personal data sealed."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

import zhiheng_kjj
from zhiheng_kjj.rules.known import parameters
from zhiheng_web.ledgers.columns import COMMON, SEALED, Visibility
from zhiheng_web.ledgers.definition import RegisterDefinition, from_json, to_json
from zhiheng_web.ledgers.packs.reading import read_pack

NAMED = {
    "政策文件": "policy_document",
    "规范性文件": "normative_document",
    "权责清单与公共服务事项": "service_item",
    "清单调整": "list_adjustment",
    "通报": "bulletin",
    "人才推荐": "talent",
    "成果登记": "achievement",
    "评审活动": "review_activity",
    "受理清单": "review_application",
    "奖励提名": "award_nomination",
    "异议": "award_objection",
    "高企资质": "high_tech",
    "科技型中小企业入库": "tech_sme",
    "统计数据": "statistic",
    "孵化载体": "carrier",
    "创新平台": "platform",
    "平台检查": "platform_check",
    "贷款备案": "loan_filing",
    "补偿": "loan_compensation",
    "创新券": "voucher",
    "科技项目": "project",
    "科研信用": "research_credit",
}
"""Registers of the issue's list → their code in the pack."""
DUTIES = ("政策规划与依法行政", "成果评审与科技奖励", "科技创新产业培育", "科技服务与项目管理")
CODES = sorted(NAMED.values())
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ABOUT_A_PERSON = re.compile(r"电话|联系方式|身份证|年龄|完成人|异议人$|^负责人|平台负责人|专家名单")


@cache
def definitions() -> dict[str, RegisterDefinition]:
    pack = read_pack(Path(zhiheng_kjj.__file__).parent / "pack.toml")
    assert [str(fault.text) for fault in pack.faults] == []
    return {definition.code: definition for definition in pack.registers}


def texts_of(definition: RegisterDefinition) -> list[tuple[str, str, str]]:
    """Where, the Chinese and the English of everything that a person reads."""
    found = [("name", definition.zh, definition.en), ("purpose", definition.purpose_zh, definition.purpose_en)]
    for kind in ("columns", "states", "moves", "evidence", "checks", "obligations"):
        found += [(f"{kind} {one.code if kind != 'columns' else one.name}", one.zh, one.en) for one in getattr(definition, kind)]
    for column in definition.columns:
        found += [(f"{column.name} {choice.code}", choice.zh, choice.en) for choice in column.choices]
        if column.hint_zh or column.hint_en:
            found.append((f"{column.name} hint", column.hint_zh, column.hint_en))
    return found


def test_the_pack_has_every_register_that_the_issue_names() -> None:
    assert sorted(set(NAMED.values()) - set(definitions())) == []
    assert all(definitions()[code].duty in DUTIES for code in CODES)


@pytest.mark.parametrize("code", CODES)
def test_everything_that_a_person_reads_has_chinese_and_english(code: str) -> None:
    for where, zh, en in texts_of(definitions()[code]):
        assert CHINESE.search(zh), f"{where}: {zh!r} is no Chinese"
        assert en.strip() and not CHINESE.search(re.sub(r"“[^”]*”", "", en)), f"{where}: {en!r} is no English"


@pytest.mark.parametrize("code", CODES)
def test_a_register_asks_for_evidence_in_every_state_that_counts(code: str) -> None:
    definition = definitions()[code]
    required = [kind for kind in definition.evidence if kind.required]
    assert required
    pack = read_pack(Path(zhiheng_kjj.__file__).parent / "pack.toml")
    counted = {
        state
        for indicator in pack.indicators
        for basis in indicator.bases
        for part in basis.parts
        if part.register == code
        for state in part.states
    }
    bare = sorted(state for state in counted if not definition.required_evidence(state))
    assert bare == [], f"{code}: {bare} count without evidence"


@pytest.mark.parametrize("code", CODES)
def test_what_is_personal_is_sealed_and_everything_has_its_visibility(code: str) -> None:
    for column in definitions()[code].columns:
        if column.kind == "person":
            assert column.visibility == Visibility.PERSONAL, column.name
        elif column.visibility in SEALED:
            assert column.name not in COMMON, f"{column.name} would stand unsealed in the database"
        if ABOUT_A_PERSON.search(column.zh) and column.name not in ("age_limit", "cutoff_on"):
            assert column.visibility == Visibility.PERSONAL, f"{column.name} {column.zh}"


@pytest.mark.parametrize("code", CODES)
def test_every_state_is_reached_and_left_by_a_step_or_is_an_end(code: str) -> None:
    definition = definitions()[code]
    reached = {definition.first_state} | {move.end for move in definition.moves}
    reached |= {rule.state for rule in definition.obligations}
    assert {state.code for state in definition.states} == reached
    left = {state for move in definition.moves for state in move.start}
    final = {state.code for state in definition.states if state.final}
    for state in definition.states:
        assert state.code in left or state.code in final, f"{state.code} leads nowhere"


@pytest.mark.parametrize(
    ("code", "later"), [("high_tech", "edition"), ("project", "data_year"), ("carrier", "received_on"), ("platform", "received_on")]
)
def test_who_was_refused_may_apply_again(code: str, later: str) -> None:
    """What an application has from the start tells the second one from the first: number and document come later."""
    assert later in definitions()[code].key


def test_the_canonical_form_gives_back_every_definition() -> None:
    for definition in definitions().values():
        assert from_json(json.loads(json.dumps(to_json(definition)))) == definition


@pytest.mark.parametrize(
    ("key", "register", "named"),
    [
        ("documents.filing_days", "normative_document", "filing_due"),
        ("finances.filing_days", "loan_filing", "three_months"),
        ("finances.voucher_days", "voucher", "six_months"),
        ("reviews.objection_days", "award_objection", "in_time"),
    ],
)
def test_days_of_checks_are_those_of_the_parameters(key: str, register: str, named: str) -> None:
    check = next(check for check in definitions()[register].checks if check.code == named)
    assert str(check.days) == parameters()[key].values[-1].value


@pytest.mark.parametrize(
    ("key", "register", "named", "field"),
    [
        ("talents.quota", "talent", "quota", "most"),
        ("talents.per_enterprise", "talent", "one_per_enterprise", "most"),
        ("enterprises.passing_score", "tech_sme", "passing_score", "least"),
        ("finances.filed_cap", "loan_filing", "filed_cap", "most"),
    ],
)
def test_limits_of_checks_are_those_of_the_parameters(key: str, register: str, named: str, field: str) -> None:
    check = next(check for check in definitions()[register].checks if check.code == named)
    assert getattr(check, field) == parameters()[key].values[-1].value


def test_times_of_steps_and_obligations_are_those_of_the_parameters() -> None:
    known = {key: value.values[-1].value for key, value in parameters().items()}
    moves = {(code, move.code): move for code in CODES for move in definitions()[code].moves}
    assert str(moves["normative_document", "review"].days) == known["documents.review_days"]
    assert str(moves["normative_document", "file"].days) == known["documents.filing_days"]
    assert not moves["normative_document", "file"].working
    assert str(moves["list_adjustment", "publish"].days) == known["documents.adjustment_days"]
    assert {str(rule.due_day) for rule in definitions()["bulletin"].obligations} == {known["documents.bulletin_day"]}
    assert str(definitions()["platform_check"].obligations[0].after_days) == known["enterprises.check_days"]


def test_what_rests_on_memory_is_not_called_law() -> None:
    for key, parameter in parameters().items():
        from_memory = any("凭记忆" in dated.basis or "职衡默认值" in dated.basis for dated in parameter.values)
        assert not (from_memory and parameter.status in ("verified", "corroborated")), key
