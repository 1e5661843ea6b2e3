"""Alike and different texts, against counting by hand."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.audit.likeness import changes, contained, core, only_longer, ratio

WORDS = st.text(alphabet="科技人才培养农业高层次新增省级", max_size=12)


@given(WORDS, WORDS)
def test_changes_lead_from_one_text_to_the_other(first: str, second: str) -> None:
    found = changes(first, second)
    assert len(first) - len(second) == sum(len(old) - len(new) for old, new in found)
    assert (first == second) == (not found)
    left, right = Counter(first), Counter(second)
    for old, new in found:
        left.subtract(old)
        right.subtract(new)
    assert left == right, "what stays is the same on both sides"


@given(WORDS, WORDS)
def test_only_longer_goes_both_ways(first: str, second: str) -> None:
    assert only_longer(first, second, ()) == only_longer(second, first, ())


@given(WORDS, WORDS)
def test_contained_counts_what_is_left(small: str, large: str) -> None:
    lacks = any(small.count(sign) > large.count(sign) for sign in set(small))
    assert contained(small, large) == (None if lacks else len(large) - len(small))


@given(WORDS, st.sampled_from(["科技", "人才", "类"]))
def test_a_core_lacks_the_common_word(text: str, common: str) -> None:
    assert core(text, ()) == text
    assert core(text, (common,)) == "".join(text.split(common))


@pytest.mark.parametrize(
    ("first", "second", "contrasts", "expected"),
    [
        ("高层次人才培养", "农业高层次人才培养", ("新增",), True),
        ("高新技术企业数量", "新增高新技术企业数量", ("新增",), False),
        ("国家级孵化器", "省级孵化器", (), False),
        ("培训3期", "培训", (), False),
        ("学生满意度", "学生满意度", (), True),
    ],
)
def test_words_of_contrast_and_words_in_place_of_others(first: str, second: str, contrasts: tuple[str, ...], expected: bool) -> None:
    assert only_longer(first, second, contrasts) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("指标1：培训人数", "培训人数"),
        ("指标2培训人数", "培训人数"),
        ("3、培训人数", "培训人数"),
        ("★★培训人数", "培训人数"),
        ("2020年培训人数", "2020年培训人数"),
    ],
)
def test_numbering_is_no_part_of_a_name(text: str, expected: str) -> None:
    assert core(text, ()) == expected


def test_a_ratio_counts_both_texts() -> None:
    assert ratio("甲乙丙丁", "甲乙丙丁") == 100
    assert ratio("甲乙", "丙丁") == 0
    assert ratio("甲乙丙丁", "甲乙") == pytest.approx(200 * 2 / 6)
