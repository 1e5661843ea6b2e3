"""Index systems: what is shipped, what the rules ask for, and what a file must not say."""

from __future__ import annotations

import re
from fractions import Fraction
from importlib import resources

import pytest

from zhiheng.evaluation.frame import State, explain, ratios, work_out
from zhiheng.evaluation.index_system import FULL_CONDITION, LEVELS, IndexSystem, english, load, names, system
from zhiheng.scoring.scheme_file import scheme
from zhiheng.scoring.setting_file import SettingError


@pytest.mark.parametrize("name", names())
def test_shipped(name: str) -> None:
    """100 points, each of the four levels, every text in both languages, and nothing that was not read is called verified."""
    found = system(name)
    assert found.whole == 100
    assert all(found.of(level) > 0 for level in LEVELS)
    assert found.checks
    assert found.materials
    assert found.status != "verified"
    assert all(setting.status != "verified" for setting in found.settings.values())
    assert not any(re.search(r"[一-鿿]", words) for one in found.items for words in (one.en, one.group_en, one.standard_en))
    assert not any(re.search(r"[一-鿿]", one.en) for one in (*found.checks, *found.materials))


def test_the_general_one_comes_first() -> None:
    assert names()[0] == "project"


def test_outputs_and_benefits_of_the_national_frame() -> None:
    """[memory] 10号: at least 60 %. It is a setting with status unverified, and a local system below it is told, not refused."""
    assert system("project").settings["outcomes.least"].status == "unverified"
    assert {name: (system(name).result_share, system(name).too_little_result) for name in names()} == {
        "project": (Fraction(60, 100), False),
        "department": (Fraction(60, 100), False),
        "decision": (Fraction(45, 100), True),
    }


def test_grades_and_panel() -> None:
    rule = system("department").rule
    assert rule.bands == ((Fraction(90), "优"), (Fraction(80), "良"), (Fraction(60), "中"), (Fraction(0), "差"))
    assert (rule.trim_from, rule.hearing, rule.rounding.name) == (5, Fraction(3, 10), "half_up_2")


def test_the_points_of_the_local_blocks_stand_in_the_scoring_scheme_only() -> None:
    found, followed = system("decision"), scheme("decision")
    assert found.scheme == "decision"
    assert found.of("decision") == followed.weight("decision") == 25
    assert found.of("process") == followed.weight("management") == 30
    assert found.of("output", "benefit") == followed.weight("performance") == 45


class TestProposedPoints:
    """The county samples: 在职人员控制率 5 points, each point above 100 % costs 0.5; “三公”变动率 8 points, 0.8 each."""

    def proposed(self, code: str, full: str, **values: str) -> Fraction | None:
        found = work_out(ratios()[code], {name: Fraction(text) for name, text in values.items()})
        scored = system("department").proposed(found, Fraction(full), "不超过标准得满分。")
        return scored.points if scored is not None else None

    def codes(self, code: str) -> tuple[str, ...]:
        return ratios()[code].codes

    def test_at_the_standard(self) -> None:
        staff, posts = self.codes("staff_control")
        assert self.proposed("staff_control", "5", **{staff: "100", posts: "100"}) == 5

    def test_each_point_above(self) -> None:
        staff, posts = self.codes("staff_control")
        assert self.proposed("staff_control", "5", **{staff: "102", posts: "100"}) == 4
        assert self.proposed("staff_control", "5", **{staff: "150", posts: "100"}) == 0

    def test_no_rate_proposes_nothing(self) -> None:
        found = work_out(ratios()["staff_control"], {})
        assert found.state is State.MISSING
        assert system("department").proposed(found, Fraction(5), "不超过 100% 得满分。") is None

    def test_the_steps_lead_from_the_figures_to_the_points(self) -> None:
        """102 of 100 posts is two points above full; each costs a tenth of five points."""
        staff, posts = self.codes("staff_control")
        found = work_out(ratios()["staff_control"], {staff: Fraction(102), posts: Fraction(100)})
        scored = system("department").proposed(found, Fraction(5), "不超过 100% 得满分。")
        assert scored is not None
        for language in ("zh", "en"):
            said = " ".join(explain(scored.steps, language))
            assert all(number in said for number in ("102", "100", "0.5", "4"))

    def test_nothing_is_proposed_where_the_standard_names_no_condition_of_full_points(self) -> None:
        """Read off the standards by hand: a share of key projects, a pace of payments, a carry-over, a use of assets say only what is ÷."""
        found = {one.frame: FULL_CONDITION in one.standard for one in system("department").items if one.frame}
        silent = {"key_share", "payment_pace", "carryover_rate", "asset_use", "work_completion", "work_timeliness"}
        named = {
            "staff_control", "public_three_change", "budget_completion", "budget_adjustment", "carryover_change", "office_control",
            "public_three_control", "procurement",
        }  # fmt: skip
        assert all(not found[code] for code in silent)
        assert all(found[code] for code in named)
        ratio = work_out(ratios()["key_share"], {code: Fraction(1) for code in self.codes("key_share")})
        assert ratio.rate is not None
        item = next(one for one in system("department").items if one.frame == "key_share")
        assert system("department").proposed(ratio, item.full, item.standard) is None


HEAD = """
[system]
zh = "甲"
en = "A"
from = 2020-01-01
extends = "project"
basis = "测试"
status = "convention"
"""
ITEM = """
[[items]]
level = "decision"
group = "立项"
group_en = "Approval"
zh = "充分"
en = "Grounds"
full = "100"
standard = "有据"
standard_en = "Has grounds"
"""


def test_the_smallest_file_takes_over_everything_else() -> None:
    found = load("a.toml", HEAD + ITEM)
    assert isinstance(found, IndexSystem)
    assert (found.name, found.whole, found.settings, found.checks) == ("a", 100, system("project").settings, system("project").checks)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD, "items: there are none"),
        (HEAD + ITEM + ITEM, "two have the same name"),
        (HEAD.replace('zh = "甲"', 'zh = ""') + ITEM, "system.zh: must be text"),
        (HEAD.replace("2020-01-01", '"2020"') + ITEM, "system.from: must be a date"),
        (HEAD.replace('"convention"', '"law"') + ITEM, "status"),
        (HEAD.replace('"project"', '"nothing"') + ITEM, "no such index system"),
        (HEAD.replace('extends = "project"\n', "") + ITEM, "missing setting"),
        (HEAD + ITEM.replace('"decision"', '"luck"'), "items[1].level"),
        (HEAD + ITEM.replace('"充分"', '""'), "items[1].zh: must be text"),
        (HEAD + ITEM.replace('"100"', "100"), "items[1].full"),
        (HEAD + ITEM.replace('"100"', '"0"'), "items[1].full"),
        (HEAD + ITEM.replace('"100"', '"-1"'), "items[1].full"),
        (HEAD + ITEM + 'frame = "luck"\n', "items[1].frame"),
        (HEAD + ITEM + "more = 1\n", "unknown key more"),
        (HEAD + ITEM.replace('en = "Grounds"\n', ""), "missing key en"),
        (HEAD + "\n[items]\na = 1\n", "items: must be a list"),
        (HEAD + ITEM + "\n[luck]\na = { value = '1', zh = '甲', en = 'A', basis = '乙', status = 'convention' }\n", "unknown setting"),
        (
            HEAD + ITEM + "\n[panel]\ntrim_from = { value = 'five', zh = '甲', en = 'A', basis = '乙', status = 'convention' }\n",
            "trim_from",
        ),
        (HEAD + ITEM + "\n[[checks]]\ncode = 'a'\nzh = ''\nen = 'A'\n", "checks: code, zh and en must be text"),
        (HEAD + ITEM + 2 * "\n[[checks]]\ncode = 'a'\nzh = '甲'\nen = 'A'\n", "checks: a code is there twice"),
        (HEAD + ITEM + "\n[parts]\ndecision = ['decision']\n", "names no scheme"),
        (HEAD + 'scheme = "decision"\n' + ITEM, "parts: must name the levels"),
        (
            HEAD + 'scheme = "decision"\n' + ITEM + "\n[parts]\ndecision = ['luck']\nmanagement = ['process']\nperformance = ['output']\n",
            "parts.decision: must be a list",
        ),
        (
            HEAD
            + 'scheme = "decision"\n'
            + ITEM
            + "\n[parts]\ndecision = ['decision']\nmanagement = ['process']\nperformance = ['output']\n",
            "the items have 100 points, the scheme decision says 25",
        ),
        ("system = 1", "system: must be a table"),
        ("[system", "a.toml"),
    ],
)
def test_refused_with_file_and_key(text: str, says: str) -> None:
    with pytest.raises(SettingError, match=re.escape(says)) as refused:
        load("a.toml", text)
    assert "toml" in str(refused.value) or "nothing" in str(refused.value)


def test_unknown_name() -> None:
    with pytest.raises(SettingError):
        system("nothing")


def test_every_shipped_file_is_named() -> None:
    files = {file.name for file in resources.files("zhiheng.evaluation").joinpath("systems").iterdir() if file.name.endswith(".toml")}
    assert files == {f"{name}.toml" for name in names()}


def test_every_item_group_and_standard_has_one_english() -> None:
    """Of whichever system: a page that holds the Chinese finds its English, and the same Chinese never two."""
    known = english()
    for name in names():
        for item in system(name).items:
            for zh, en in ((item.zh, item.en), (item.group, item.group_en), (item.standard, item.standard_en)):
                assert known.get(zh, "") == en, (name, zh)
