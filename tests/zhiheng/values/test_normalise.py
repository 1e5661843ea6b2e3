"""One spelling for what is written in many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.values.normalise import normalise, tidy


@given(st.text(max_size=60))
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("９５％", "95%"),
        ("≧5", "≥5"),
        ("⩾5", "≥5"),
        (">=5", "≥5"),
        ("＞＝5", "≥5"),
        ("≦5", "≤5"),
        ("〉5", ">5"),
        ("═100", "=100"),
        ("3～5", "3~5"),
        ("3—5", "3-5"),
        ("−5", "-5"),
        ("1∶1.5", "1:1.5"),
        ("1，234", "1234"),
        ("1,234,567.5", "1234567.5"),
        ("12,34", "12,34"),
        ("3 000", "3000"),
        ("10 20", "10 20"),
        ("对接企业数 10", "对接企业数10"),
        ("≥ 95 %", "≥95%"),
        ("A B", "A B"),
        ("60家。", "60家"),
        ("、", "、"),
        ("①甲②乙", ";甲;乙"),
        ("10²", "10^"),
        ("m²", "m2"),
        ("½", "1/2"),
        ("\u200b60\ufeff家\u00ad", "60家"),
    ],
)
def test_spellings(text: str, expected: str) -> None:
    assert normalise(tidy(text)) == expected
