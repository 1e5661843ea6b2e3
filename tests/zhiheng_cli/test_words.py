"""explain and rules: short answers in both languages."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from tests.plans import plan_of
from tests.zhiheng_cli.conftest import Zhiheng

from zhiheng.audit.catalogue import RULES
from zhiheng.audit.catalogue import rule as rule_of
from zhiheng.audit.rule import Case
from zhiheng.parameters.parameters import in_force


def test_a_value_is_explained(zhiheng: Zhiheng) -> None:
    answer = zhiheng("explain", "34.6%以上")
    assert answer.code == 0
    assert "34.6" in answer.out
    english = zhiheng("explain", "34.6%以上", "--lang", "en").out
    assert english
    assert english != answer.out


def test_the_name_of_the_indicator_settles_the_meaning(zhiheng: Zhiheng) -> None:
    alone = zhiheng("explain", "8篇").out
    named = zhiheng("explain", "8篇", "--name", "科技宣传信息每月报送").out
    assert alone != named
    assert "月" in named


def test_a_value_as_data(zhiheng: Zhiheng) -> None:
    data = json.loads(zhiheng("explain", "60家", "--format", "json").out)
    assert data["text"] == "60家"
    assert "60" in json.dumps(data["value"])


def test_a_value_that_begins_with_a_dash(zhiheng: Zhiheng) -> None:
    plain = zhiheng("explain", "-5%")
    assert plain == zhiheng("explain", "--", "-5%")
    assert plain.code == 0
    assert "-5%" in plain.out
    assert zhiheng("explain", "-10%至-5%", "--name", "增幅").code == 0


def test_the_schema_describes_what_is_written(zhiheng: Zhiheng, table: Path) -> None:
    schema = json.loads(zhiheng("schema").out)
    plan = json.loads(zhiheng("check", table, "--format", "json").out)["plan"]
    jsonschema.Draft202012Validator(schema).validate(plan)


def test_all_rules_are_listed(zhiheng: Zhiheng) -> None:
    lines = zhiheng("rules").out.strip().splitlines()
    assert [line.split()[0] for line in lines[:-1]] == [rule.code for rule in RULES]
    assert str(len(RULES)) in lines[-1]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_explains_itself(zhiheng: Zhiheng, lang: str) -> None:
    described = json.loads(zhiheng("rules", "--format", "json", "--lang", lang).out)
    for rule in described:
        assert all(rule[key].strip() for key in ("code", "title", "what", "why", "flagged", "accepted", "remedy", "message", "source"))
    shown = zhiheng("rules", described[0]["code"].lower(), "--lang", lang).out
    assert described[0]["why"] in shown


def test_a_rule_that_does_not_exist_names_the_nearest(zhiheng: Zhiheng) -> None:
    answer = zhiheng("rules", "H011")
    assert answer.code == 2
    assert "H01" in answer.err


def test_the_source_of_a_rule_is_said_in_one_language(zhiheng: Zhiheng) -> None:
    zh, en = zhiheng("rules", "N02", "N07").out, zhiheng("rules", "N02", "N07", "--lang", "en").out
    assert "依据：填报规范，产品默认\n" in zh
    assert "依据：财预〔2021〕101号（一般实践，未核对原文）" in zh
    assert "Source: filling practice, default of this product" in en
    assert "Source: 财预〔2021〕101号 (general practice, not checked against the text)" in en


@pytest.mark.parametrize(
    ("target", "actual", "percent"),
    [(200, 241, "120.5%"), (2000, 2401, "120.1%"), (2000, 2405, "120.3%"), (3, 4, "133.3%"), (100, 130, "130%"), (10, 200, "2000%")],
)
def test_over_achievement_is_said_with_one_decimal_rounded_half_up(target: int, actual: int, percent: str) -> None:
    row = {"name": "服务企业数", "target": f"≥{target}家", "actual": f"{actual}家", "weight": "10", "points": "10", "reason": ""}
    case = Case(plan_of({"layout": "self-evaluation", "indicators": [row]}), in_force(date(2023, 12, 31)))
    assert [dict(hit.parameters)["percent"] for code in ("S05", "S06") for hit in rule_of(code).check(case)] == [percent]
