"""What a remark gives as a reason, and what it does not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.audit.remark import gives_reason, is_category, pieces, says_new
from zhiheng.parameters.parameters import in_force
from zhiheng.plan.plan import Cell

PARAMETERS = in_force(date(2020, 12, 31))
CATEGORIES = st.sampled_from(PARAMETERS.words("audit_references.category_remarks"))
JOINTS = st.sampled_from(["、", "，", " ", "；", "/"])


@given(st.lists(CATEGORIES, min_size=1, max_size=4), JOINTS)
def test_categories_however_joined_are_no_reason(words: list[str], joint: str) -> None:
    assert is_category(joint.join(words), PARAMETERS)
    assert not gives_reason(Cell(joint.join(words)), PARAMETERS)


@given(CATEGORIES, JOINTS)
def test_a_category_with_a_sentence_is_a_reason(word: str, joint: str) -> None:
    assert gives_reason(Cell(f"{word}{joint}2019年省科技厅停止受理，本年恢复"), PARAMETERS)


@pytest.mark.parametrize("text", ["", " ", "无", "—", "/", "内部统计", "2020年重点工作"])
def test_nothing_is_no_reason(text: str) -> None:
    assert not gives_reason(Cell(text), PARAMETERS)


def test_no_column_is_no_reason() -> None:
    assert not gives_reason(None, PARAMETERS)
    assert not says_new(None, 2020, PARAMETERS)
    assert not is_category("", PARAMETERS)
    assert pieces("重点工作、 新增") == ("重点工作", "新增")


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("新增", 2020, True),
        ("重点工作、新增", 2020, True),
        ("2020年新增", 2020, True),
        ("2019年新增", 2020, False),
        ("2019年新增", None, True),
        ("本年新增", 2020, True),
        ("今年新增", 2020, True),
        ("较上年新增3家", 2020, False),
        ("新增长点培育", 2020, False),
    ],
)
def test_new_rows(text: str, year: int | None, expected: bool) -> None:
    assert says_new(Cell(text), year, PARAMETERS) is expected
