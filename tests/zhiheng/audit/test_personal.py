"""Personal data: what is found is masked, what looks like it is left alone, whatever stands around it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.audit.personal import is_identity, personal
from zhiheng.parameters.parameters import in_force

PARAMETERS = in_force(date(2020, 12, 31))


def found(text: str) -> list[tuple[str, str]]:
    return [(each.kind, each.masked) for each in personal(text, PARAMETERS)]


def test_the_example_number_of_the_standard() -> None:
    """GB 11643-1999 gives 11010519491231002X."""
    assert is_identity("11010519491231002X")
    assert is_identity("11010519491231002x")
    assert not is_identity("110105194912310021")
    assert not is_identity("110105194902310029")


@given(st.integers(0, 999), st.sampled_from("0123456789X"))
def test_one_check_character_of_eleven_is_right(order: int, last: str) -> None:
    number = f"3713021980010{order % 10}1{order % 100:02d}"
    body = f"37130219800101{order:03d}"
    assert sum(is_identity(body + sign) for sign in "0123456789X") == 1
    assert is_identity(body + last) <= (body + last != number)


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        ("13800138000", [("mobile", "138****8000")]),
        ("（13800138000）", [("mobile", "138****8000")]),
        ("138-0013-8000", [("mobile", "138****8000")]),
        ("86-13800138000", [("mobile", "138****8000")]),
        ("13800138000、13900139000", [("mobile", "138****8000"), ("mobile", "139****9000")]),
        ("11010519491231002X", [("identity", "110105********002X")]),
        ("联系人：张三 电话：8314567", [("telephone", "张* 831****")]),
        ("张三丰（0539-8314567）", [("telephone", "张** 0539-831****")]),
        ("欧阳锋，0539-8314567", [("telephone", "欧** 0539-831****")]),
        ("王局 李红 0539-8314567", [("telephone", "李* 0539-831****")]),
    ],
)
def test_what_is_personal(text: str, finds: list[tuple[str, str]]) -> None:
    assert found(text) == finds
    assert found(f"备注：{text}。") == finds


@pytest.mark.parametrize(
    "text",
    [
        "12800138000",
        "1380013800",
        "138001380001",
        "A13800138000",
        "项目编号：13800138000",
        "合同号13800138000",
        "No.13800138000",
        "¥13800138000",
        "13800138000元",
        "13800138000.5",
        "0.13800138000",
        "鲁科字〔2020〕15号",
        "91371300MA3C4XYZ1T",
        "统一社会信用代码（11010519491231002X）",
        "市科技局 0539-8314567",
        "高新科：0539-8314567",
        "联系人：办公室 0539-8314567",
        "张三 60家",
        "12345",
        "2020-2021",
        "",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert found(text) == []


@given(st.text(alphabet="0123456789Xx 张王李：电话联系人-（）.,元号", max_size=60))
def test_no_find_shows_a_whole_number(text: str) -> None:
    for kind, masked in found(text):
        assert "****" in masked, kind
        assert masked not in text
