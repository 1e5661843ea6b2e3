"""统一社会信用代码 against published codes of well-known bodies, and against every single slip of the pen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng_web import uscc

PUBLISHED = [
    "91110000600037341L", "91110108551385082Q", "9144030071526726XG", "91110000710926094P", "91310000631696382C", "91420684MA4927PJ7B",
    "91371082775260043P", "121200004013590816", "91350100M000100Y43",
]  # fmt: skip
"""Published codes of enterprises and of one public institution, and the example of GB 32100-2015."""


@pytest.mark.parametrize("code", PUBLISHED)
def test_published_codes_are_right(code: str) -> None:
    assert uscc.fault(code) is None


@pytest.mark.parametrize("code", PUBLISHED)
def test_every_single_wrong_character_is_found(code: str) -> None:
    for place in range(18):
        for letter in uscc.ALPHABET:
            if letter != code[place]:
                assert not uscc.valid(code[:place] + letter + code[place + 1 :]), (place, letter)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("9111000060003734", "有 16 位"),
        ("9111OO00600037341L", "第 5 位“O”"),
        ("911100006000373418", "末位应为“L”"),
        ("91A10000600037341L", "行政区划代码"),
        ("01110000600037341L", "登记管理部门"),
    ],
)
def test_a_fault_says_where_and_what_to_do(code: str, words: str) -> None:
    fault = uscc.fault(code)
    assert fault is not None
    assert words in fault.zh
    assert "请" in fault.zh
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in fault.en)


def test_blanks_hyphens_and_full_width_are_the_same_code() -> None:
    assert uscc.compact(" ９1110000-6000 37341l ") == "91110000600037341L"


@given(st.integers(0, 31**6 - 1), st.sampled_from(["91", "12", "52", "93", "N2", "A1"]))
def test_made_up_codes_are_right_and_distinct(number: int, kind: str) -> None:
    code = uscc.made_up(number, kind=kind)
    assert uscc.valid(code)
    assert code[:2] == kind
    assert code != uscc.made_up((number + 1) % 31**6, kind=kind)
