"""Policies: what rules 2.1, 2.3 and 2.4 say stands in the files, and files that say something else are refused by name."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from importlib import resources

import pytest

from zhiheng.monitoring.curve import linear
from zhiheng.monitoring.lamp import Lamp
from zhiheng.monitoring.policy import SHAPES, Policy, PolicyError, names, parse, shipped
from zhiheng.monitoring.rounds import due, proposed, weekdays_after

F = Fraction
TEXT = resources.files("zhiheng.monitoring").joinpath("policies/national.toml").read_text("utf-8")


def test_the_policies_that_come_with_the_product() -> None:
    assert names() == ("national", "guangxi", "hebei", "liyang", "ningxia", "qilihe", "shanxi", "tianjin", "whole_target")
    assert all(shipped(name).name == name for name in names())


@pytest.mark.parametrize("name", names())
def test_every_setting_says_what_it_rests_on_in_both_languages(name: str) -> None:
    policy = shipped(name)
    assert set(policy.settings) == set(SHAPES)
    for setting in policy.settings.values():
        assert re.search(r"[\u4e00-\u9fff]", setting.zh)
        assert re.search(r"[A-Za-z]{3}", setting.en)
        assert setting.basis


@pytest.mark.parametrize("name", names())
def test_what_was_not_read_in_the_document_is_not_called_verified(name: str) -> None:
    for setting in shipped(name).settings.values():
        assert setting.status != "verified"
        if "正文未核对" in setting.basis:
            assert setting.status == "unverified", setting.key


def test_the_general_policy_is_that_of_rules_2_3_and_2_4() -> None:
    policy = shipped()
    assert policy.bands("lamps.bands") == ((F(6, 5), "blue"), (F(4, 5), "green"), (F(3, 5), "yellow"), (F(0), "red"))
    assert policy.bands("budget.bands") == ((F(4, 5), "green"), (F(3, 5), "yellow"), (F(0), "red"))
    assert [policy.tier_lamp(tier) for tier in (1, 2, 3, 4)] == [Lamp.GREEN, Lamp.YELLOW, Lamp.RED, None]
    assert policy.word("reasons.required") == "red_or_yellow"
    assert policy.word("lamps.variant") == "pace"


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("ningxia", "reasons.required", "red"),
        ("ningxia", "reasons.explanation", "when_chosen"),
        ("guangxi", "reasons.required", "never"),
        ("tianjin", "possibility.unsure", "forecast_and_reason"),
        ("tianjin", "reasons.explanation", "when_chosen"),
        ("hebei", "over.explain", "over_limit"),
        ("shanxi", "exempt.empty_target", "yes"),
        ("whole_target", "lamps.variant", "whole"),
    ],
)
def test_local_variants_of_rules_2_4(name: str, key: str, value: str) -> None:
    assert shipped(name).word(key) == value
    changed = {each for each, setting in shipped(name).settings.items() if setting.value != shipped().settings[each].value}
    assert key in changed


def test_rounds_of_rules_2_1() -> None:
    national = proposed(shipped(), 2020)
    assert (national.first, national.last) == (date(2020, 1, 1), date(2020, 7, 31))
    assert national.department_due == national.project_due == date(2020, 8, 31)
    liyang = proposed(shipped("liyang"), 2021)
    assert (liyang.last, liyang.project_due, liyang.department_due) == (date(2021, 9, 30), date(2021, 10, 10), date(2021, 10, 20))
    qilihe = proposed(shipped("qilihe"), 2020)
    assert (qilihe.last, qilihe.department_due, qilihe.project_due) == (date(2020, 6, 30), None, None)


def own(**changes: str) -> Policy:
    """The general policy with some values replaced."""
    text = TEXT
    for key, value in changes.items():
        section, _, name = key.partition("__")
        begin = text.index(f"[{section}]")
        head, tail = text[:begin], text[begin:]
        text = head + re.sub(rf"(?m)^({name} = {{ value = )(\[\[.*?\]\]|\"[^\"]*\")", rf"\g<1>{value}", tail, count=1)
    return parse("own.toml", text)


def test_working_days_go_by_the_calendar_given() -> None:
    policy = own(round__days='"working"', round__after_project='"5"')
    friday = date(2020, 7, 31)
    assert due(policy, friday, "project") == date(2020, 8, 7)
    assert due(policy, friday, "project", lambda day, count: date(2030, 1, count)) == date(2030, 1, 5)
    assert weekdays_after(friday, 1) == date(2020, 8, 3)


def test_a_fixed_day_before_the_data_is_one_of_the_next_year() -> None:
    assert due(own(round__last='"12"', round__due='"01-10"'), date(2020, 12, 31), "project") == date(2021, 1, 10)


def test_the_default_curve() -> None:
    assert shipped().curve(2020) == linear(2020)
    end = own(curve__default='"end_of_year"').curve(2020)
    assert (end.share(date(2020, 12, 30)), end.share(date(2020, 12, 31))) == (0, 1)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"lamps__variant": '"other"'}, "own.toml: lamps.variant.value: 'other'"),
        ({"lamps__bands": '[["0.8", "green"], ["0.6", "yellow"]]'}, "own.toml: lamps.bands.value"),
        ({"lamps__bands": '[["0.8", "pink"], ["0", "red"]]'}, "own.toml: lamps.bands.value"),
        ({"lamps__bands": '[["0.6", "yellow"], ["0.8", "green"], ["0", "red"]]'}, "own.toml: lamps.bands.value"),
        ({"lamps__tiers": '[["1", "green"], ["3", "red"]]'}, "own.toml: lamps.tiers.value"),
        ({"lamps__tiers": '"green"'}, "own.toml: lamps.tiers.value"),
        ({"over__limit": '"0"'}, "own.toml: over.limit.value"),
        ({"over__limit": '"-1"'}, "own.toml: over.limit.value"),
        ({"round__last": '"13"'}, "own.toml: round.last.value"),
        ({"round__last": '"07"'}, "own.toml: round.last.value"),
        ({"round__first": '"9"'}, "own.toml: round.first: comes after round.last"),
        ({"round__due": '"02-30"'}, "own.toml: round.due.value"),
        ({"round__due": '"8-31"'}, "own.toml: round.due.value"),
        ({"round__due": '[["1", "2"]]'}, "own.toml: round.due.value"),
        ({"round__after_project": '"ten"'}, "own.toml: round.after_project.value"),
        ({"warnings__lamp_steps": '"3"'}, "own.toml: warnings.lamp_steps.value"),
    ],
)
def test_values_that_no_setting_can_have(changes: dict[str, str], says: str) -> None:
    with pytest.raises(PolicyError, match=re.escape(says)):
        own(**changes)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x = [", "own.toml: "),
        ("", "own.toml: policy: must be a table"),
        (TEXT.replace("[reasons]", "[causes]"), "own.toml: causes.required: unknown setting"),
        (
            TEXT + '\nmore = { value = "1", zh = "多", en = "more", basis = "x", status = "convention" }\n',
            "own.toml: round.more: unknown setting",
        ),
        (TEXT.replace("\ndefault = {", "\n# default = {"), "own.toml: missing setting curve.default"),
        (TEXT.replace('status = "convention" }', 'status = "law" }', 1), "'law' is none of verified"),
        (TEXT.replace('zh = "绩效运行监控通行办法"', 'zh = " "'), "own.toml: policy.zh: must be text"),
        (TEXT.replace("[policy]", '[policy]\nextends = "mars"'), "mars: no such policy; there are national, "),
        (TEXT.replace("[policy]", "[policy]\nmotto = 1"), "own.toml: policy: unknown key motto"),
        ("lamps = 1\n" + TEXT.replace("[lamps]", "[lamp]"), "own.toml: lamps: must be a section"),
    ],
)
def test_files_that_are_no_policy(text: str, says: str) -> None:
    with pytest.raises(PolicyError, match=re.escape(says)):
        parse("own.toml", text)


def test_an_unknown_policy_is_refused_with_those_there_are() -> None:
    with pytest.raises(PolicyError, match="mars: no such policy; there are national, guangxi"):
        shipped("mars")


def test_the_wrong_kind_of_setting_is_the_callers_mistake() -> None:
    with pytest.raises(TypeError):
        shipped().word("lamps.bands")
    with pytest.raises(TypeError):
        shipped().bands("lamps.variant")
    assert shipped().number("round.after_project") is None
