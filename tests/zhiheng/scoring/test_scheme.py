"""Schemes: what they say, what a file must not say, and the grades they give."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.parameters.parameters import STATUSES
from zhiheng.scoring.scheme import Scheme
from zhiheng.scoring.scheme_file import SHAPES, SchemeError, load, names, read, scheme, trees

HEAD = """
[scheme]
zh = "本单位方案"
en = "own scheme"
from = 2024-01-01
extends = "national"
basis = "本单位〔2024〕1号"
status = "convention"
"""


def setting(value: str, key: str = "points") -> str:
    return f'{key} = {{ value = {value}, zh = "甲", en = "a", basis = "本单位〔2024〕1号", status = "convention" }}\n'


@pytest.mark.parametrize("name", names())
def test_every_shipped_scheme_is_whole_and_says_what_it_rests_on(name: str) -> None:
    found = scheme(name)
    assert set(SHAPES) <= set(found.settings)
    for each in found.settings.values():
        assert each.zh
        assert each.en
        assert each.basis
        assert each.status in STATUSES
    assert found.status in STATUSES
    assert not any("memory" in each.basis for each in found.settings.values())


@pytest.mark.parametrize(
    ("name", "weights"),
    [
        ("national", {"execution": 10, "output": 50, "benefit": 30, "satisfaction": 10}),
        ("with_cost", {"execution": 10, "cost": 20, "output": 40, "benefit": 20, "satisfaction": 10}),
        ("hubei", {"execution": 20}),
        ("decision", {"decision": 25, "management": 30, "performance": 45}),
        ("department", {}),
    ],
)
def test_level_points(name: str, weights: dict[str, int]) -> None:
    assert scheme(name).weights() == weights


def test_without_satisfaction_its_points_go_to_benefit() -> None:
    assert scheme().weights(frozenset({"satisfaction"})) == {"execution": 10, "output": 50, "benefit": 40}
    assert scheme("with_cost").weights(frozenset({"satisfaction"}))["benefit"] == 30
    assert scheme().weights(frozenset({"satisfaction", "benefit"})) == scheme().weights()
    assert scheme("decision").weights(frozenset({"decision"})) == scheme("decision").weights()


@pytest.mark.parametrize(
    ("name", "category", "level"),
    [
        ("national", ("产出指标(50分)", "数量指标"), "output"),
        ("national", ("(50分)", "时效指标"), "output"),
        ("national", ("效益 指标", "可持续影响 指标"), "benefit"),
        ("national", ("满意度指标", "服务对象满意度指标等"), "satisfaction"),
        ("national", ("产出指标", "成本指标"), "output"),
        ("with_cost", ("成本指标", "经济成本指标"), "cost"),
        ("with_cost", ("产出指标", "成本指标"), "output"),
        ("national", ("其他",), None),
        ("national", (), None),
        ("national", ("产出与效益",), None),
    ],
)
def test_the_level_of_a_row_is_read_from_its_category(name: str, category: tuple[str, ...], level: str | None) -> None:
    found = scheme(name).level(category)
    assert (found.key if found else None) == level


GRADES = [
    ("100", "优"),
    ("90", "优"),
    ("89.995", "良"),
    ("89.99", "良"),
    ("80", "良"),
    ("79.999999", "中"),
    ("60", "中"),
    ("59.9999", "差"),
    ("0", "差"),
]


@pytest.mark.parametrize(("total", "grade"), GRADES)
def test_77_78_grade_bands_are_half_open_and_judged_on_the_exact_total(total: str, grade: str) -> None:
    assert scheme().grade(Fraction(total) / 100) == grade


@pytest.mark.parametrize(("total", "grade"), [("80", "优"), ("79.99", "良"), ("70", "良"), ("69.99", "中"), ("60", "中"), ("59.99", "差")])
def test_the_other_bands(total: str, grade: str) -> None:
    assert scheme("grades_80_70_60").grade(Fraction(total) / 100) == grade


@given(st.fractions(min_value=0, max_value=100))
def test_78_every_total_lands_in_exactly_one_band(total: Fraction) -> None:
    bands = scheme().bands("grades.bands")
    tops = [Fraction(101), *(bound for bound, _ in bands)]
    held = [name for (bound, name), top in zip(bands, tops, strict=False) if bound <= total < top]
    assert held == [scheme().grade(total / 100)]


def test_a_scheme_lays_its_settings_over_the_one_it_extends() -> None:
    own = load("own.toml", HEAD + "[rounding]\n" + setting('"cut_1"'))
    assert own.rounding.name == "cut_1"
    assert own.name == "own"
    assert own.weights() == scheme().weights()
    assert scheme().rounding.name == "half_up_2"


def test_another_tree_drops_the_points_of_the_old_one() -> None:
    own = load("own.toml", HEAD.replace('extends = "national"', 'extends = "national"\ntree = "decision"'))
    assert own.weights() == {}
    assert [level.key for level in own.levels] == ["decision", "management", "performance"]


ROW = """
[rows."甲率"]
en = "rate"
path = ["投入"]
basis = "某表"
status = "corroborated"
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + "[rounding]\n" + setting('"cut_1"', "pionts"), "rounding.pionts: unknown setting"),
        (HEAD + "[weights]\n" + setting('"10"', "cost"), "weights.cost: unknown setting"),
        (HEAD + "[weights]\n" + setting('"nobody"', "satisfaction_to"), "weights.satisfaction_to.value"),
        (HEAD + "[rounding]\n" + setting('"cut_9"'), "rounding.points.value: 'cut_9'"),
        (HEAD + "[rounding]\n" + setting("2"), "rounding.points.value: 2"),
        (HEAD + "[rounding]\n" + setting('"cut_1"') + setting('"cut_2"'), "own.toml"),
        (HEAD + '[rounding]\npoints = { value = "cut_1" }', "rounding.points: missing key basis, en, status, zh"),
        (HEAD + "[rounding]\n" + setting('"cut_1"').replace("zh", "note = 1, zh"), "rounding.points: unknown key note"),
        (HEAD + "[rounding]\n" + setting('"cut_1"').replace('"convention"', '"law"'), "rounding.points.status: 'law'"),
        (HEAD + "[rounding]\n" + setting('"cut_1"').replace('"本单位〔2024〕1号"', '" "'), "rounding.points.basis: must be text"),
        (HEAD + "[rounding]\npoints = 3", "rounding.points: must be a table"),
        ("rounding = 3\n" + HEAD, "rounding: must be a section"),
        (HEAD + "[grades]\n" + setting('[["90", "优"], ["60", "中"]]', "bands"), "grades.bands.value"),
        (HEAD + "[grades]\n" + setting('[["60", "中"], ["90", "优"], ["0", "差"]]', "bands"), "grades.bands.value"),
        (HEAD + "[grades]\n" + setting('[["90", 1], ["0", "差"]]', "bands"), "grades.bands.value"),
        (HEAD + "[grades]\n" + setting("[]", "bands"), "grades.bands.value"),
        (HEAD + "[tiers]\n" + setting('[["0.8", "1.2"], ["0", "0.8"]]', "bands"), "tiers.bands.value"),
        (HEAD + "[weights]\n" + setting('"20"', "execution"), "weights: the level-1 points sum to 110"),
        (HEAD + "[weights]\n" + setting('"-1"', "execution"), "weights.execution.value"),
        (HEAD + "[weights]\n" + setting('".5"', "execution"), "weights.execution.value"),
        (HEAD + "[over]\n" + setting('"1.1"', "deduct_above"), "over.deduct_above: lies below"),
        (HEAD.replace("national", "nowhere"), "nowhere: no such scheme"),
        (HEAD.replace('extends = "national"', ""), "scheme: missing key tree"),
        (HEAD.replace('extends = "national"', 'tree = "classic"'), "missing setting banded.bands"),
        (HEAD.replace('extends = "national"', 'tree = "oak"'), "scheme.tree: 'oak'"),
        (HEAD.replace('extends = "national"', 'extends = "national"\ntree = 3'), "scheme.tree: 3"),
        (HEAD.replace("2024-01-01", '"2024"'), "scheme.from: must be a date"),
        (HEAD.replace('status = "convention"', 'status = "law"'), "scheme.status: 'law'"),
        (HEAD.replace('en = "own scheme"', "en = 3"), "scheme.en: must be text"),
        (HEAD + "colour = 1", "scheme: unknown key colour"),
        ("", "scheme: must be a table"),
        ("[scheme", "own.toml"),
        (HEAD + ROW + 'weight = "many"', "rows.甲率.weight: 'many'"),
        (HEAD + ROW + 'method = "magic"', "rows.甲率.method: 'magic'"),
        (HEAD + ROW + 'method = "deduction"\nfull = "1"', "rows.甲率: a deduction needs full, step and per_step"),
        (HEAD + ROW + 'step = "0"', "rows.甲率.step: must be above 0"),
        (HEAD + ROW + 'join = "most"', "rows.甲率.join: 'most'"),
        (HEAD + ROW + 'colour = "red"', "rows.甲率: unknown key colour"),
        (HEAD + ROW.replace('["投入"]', '"投入"'), "rows.甲率.path: must be a list"),
        (HEAD + ROW.replace('en = "rate"', 'en = ""'), "rows.甲率.en: must be text"),
        ("rows = 3\n" + HEAD, "rows: must be a section"),
    ],
)
def test_what_a_scheme_must_not_say_is_refused_with_file_and_key(text: str, says: str) -> None:
    with pytest.raises(SchemeError, match=re.escape(says)) as refused:
        load("own.toml", text)
    assert "own.toml" in str(refused.value) or "no such scheme" in says


def test_an_unknown_name_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(SchemeError, match=r"mars: no such scheme; there are national, "):
        scheme("mars")


def test_a_scheme_file_is_read_from_disk(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(HEAD, "utf-8")
    assert read(path).zh == "本单位方案"
    path.write_bytes(HEAD.encode("gb18030"))
    with pytest.raises(SchemeError, match=r"own\.toml: not UTF-8 text"):
        read(path)


def test_asking_a_list_for_a_word_or_a_word_for_a_list_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError):
        scheme().word("grades.bands")
    with pytest.raises(TypeError):
        scheme().bands("rounding.points")


def test_the_department_frame_has_the_two_sampled_deductions() -> None:
    frame = scheme("department")
    staff, change = frame.row("在职人员控制率"), frame.row(" “三公”经费变动率 ")
    assert staff is not None
    assert change is not None
    assert (staff.weight, staff.numbers["per_step"], change.weight, change.numbers["per_step"]) == (5, Fraction("0.5"), 8, Fraction("0.8"))
    assert frame.row("不在其中") is None
    assert len(frame.rows) == 28
    assert {row.path[0] for row in frame.rows.values()} == {level.zh for level in frame.levels}


def test_trees_have_distinct_level_words() -> None:
    for levels in trees().values():
        words = [word for level in levels for word in level.words]
        assert len(words) == len(set(words))


def test_86_a_scheme_cannot_be_changed_after_it_was_used() -> None:
    with pytest.raises(AttributeError):
        scheme().name = "other"  # type: ignore[misc]
    assert isinstance(scheme(), Scheme)
