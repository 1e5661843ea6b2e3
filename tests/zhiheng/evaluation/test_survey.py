"""Satisfaction surveys: figures by hand, too few answers, and a breakdown that gives nobody away."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.evaluation.survey import GRADES, Question, default, grade_name, presets, schemes, shown, tally
from zhiheng.parameters.parameters import STATUSES
from zhiheng.scoring.observation import Counted

F = Fraction
TEN = {5: 4, 4: 3, 3: 2, 2: 1, 1: 0}
"""Ten answers: 4 很满意, 3 满意, 2 基本满意, 1 不满意."""


@pytest.mark.parametrize(("scheme", "percent"), [("share", "82"), ("strict", "70"), ("broad", "90"), ("mean", "80")])
def test_ten_answers_by_hand(scheme: str, percent: str) -> None:
    # share: (4+3+0.6×2)/10; strict: 7/10; broad: 9/10; mean: (4×1+3×0.8+2×0.6+1×0.4)/10
    found = tally(schemes()[scheme], [Question("1", F(1), TEN)], invited=12, answers=10, least=5)
    assert (found.state, found.percent, found.returned) == ("figure", percent, "83.33")
    assert found.words() == f"满意度 {percent}%"
    assert found.words("en") == f"Satisfaction {percent}%"


def test_questions_weigh_and_blanks_leave_their_question_only() -> None:
    one, two = Question("1", F(2), TEN), Question("2", F(1), {5: 3, 4: 0, 3: 0, 2: 0, 1: 4})
    found = tally(schemes()["strict"], [one, two], invited=10, answers=10, least=5)
    # (2 × 7/10 + 1 × 3/7) ÷ 3
    assert found.satisfaction == (2 * F(7, 10) + F(3, 7)) / 3
    assert found.observation == Counted(Decimal(128), Decimal(210))
    nobody = Question("3", F(9), dict.fromkeys(GRADES, 0))
    assert tally(schemes()["strict"], [one, two, nobody], invited=10, answers=10, least=5).satisfaction == found.satisfaction
    assert nobody.share(schemes()["share"]) is None


def test_a_question_without_weight_never_counts() -> None:
    found = tally(schemes()["share"], [Question("1", F(0), TEN)], invited=10, answers=10, least=5)
    assert (found.state, found.satisfaction, found.observation, found.percent) == ("none", None, None, "")


def test_too_few_answers_give_no_figure() -> None:
    few = tally(schemes()["share"], [Question("1", F(1), {5: 4, 4: 0, 3: 0, 2: 0, 1: 0})], invited=0, answers=4, least=5)
    assert (few.satisfaction, few.observation, few.percent, few.returned) == (None, None, "", "")
    assert few.words() == "样本过少：4 份答卷，少于 5 份，不给出满意度"
    enough = tally(schemes()["share"], [Question("1", F(1), {5: 5})], invited=5, answers=5, least=5)
    assert enough.percent == "100"


def test_data_are_worded_and_call_nothing_law() -> None:
    assert [grade_name(grade) for grade in GRADES] == ["很满意", "满意", "基本满意", "不满意", "很不满意"]
    assert grade_name(1, "en") == "Very dissatisfied"
    for scheme in schemes().values():
        assert scheme.status in STATUSES
        assert scheme.status != "verified"
        assert set(scheme.shares) == set(GRADES)
        assert scheme.name("en") != scheme.name()
        assert scheme.basis
    assert all(question["zh"] and question["en"] for question in presets())
    assert (default("least"), default("cell")) == (5, 5)


@pytest.mark.parametrize(
    ("counts", "seen"),
    [
        ({5: 20, 4: 10, 3: 8, 2: 6, 1: 5}, {5: 20, 4: 10, 3: 8, 2: 6, 1: 5}),
        ({5: 20, 4: 10, 3: 3, 2: 2, 1: 0}, {5: 20, 4: 10, 3: None, 2: None, 1: None}),
        ({5: 20, 4: 10, 3: 8, 2: 6, 1: 1}, {5: 20, 4: 10, 3: 8, 2: None, 1: None}),
        ({5: 20, 4: 10, 3: 2, 2: 0, 1: 0}, {5: 20, 4: None, 3: None, 2: None, 1: None}),
        ({5: 4, 4: 3, 3: 2, 2: 1, 1: 0}, {5: None, 4: None, 3: None, 2: None, 1: None}),
        ({5: 50, 4: 0, 3: 0, 2: 0, 1: 0}, {5: None, 4: None, 3: None, 2: None, 1: None}),
    ],
)
def test_small_cells_are_held_back(counts: dict[int, int], seen: dict[int, int | None]) -> None:
    assert shown(counts, 5) == seen


@given(st.lists(st.integers(0, 60), min_size=2, max_size=6))
def test_what_is_held_back_cannot_be_worked_out_from_the_whole(numbers: list[int]) -> None:
    counts = dict(enumerate(numbers))
    seen = shown(counts, 5)
    held = [key for key, number in seen.items() if number is None]
    assert all(number is None or number >= 5 for number in seen.values())
    assert all(seen[key] in (None, counts[key]) for key in counts)
    assert len(held) != 1
    if held and len(held) < len(counts):
        assert sum(numbers) - sum(number for number in seen.values() if number is not None) >= 5


@given(st.fixed_dictionaries({grade: st.integers(0, 50) for grade in GRADES}), st.sampled_from(sorted(schemes())))
def test_the_figure_is_a_share_and_equals_its_parts(counts: dict[int, int], scheme: str) -> None:
    number = sum(counts.values())
    found = tally(schemes()[scheme], [Question("1", F(3), counts)], invited=number, answers=number, least=1)
    if number == 0:
        assert found.state == "few"
        return
    by_hand = sum(schemes()[scheme].shares[grade] for grade, times in counts.items() for _ in range(times)) / F(number)
    assert found.satisfaction == by_hand
    assert 0 <= by_hand <= 1
