"""Values of a row that run together: what is divided is what was glued, else nothing is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.tables.layouts.glued import divide

ALL = ("weight", "target", "actual", "points")
_UNITS = st.sampled_from(["%", "个", "米", "万元", "人次", "亩"])


@pytest.mark.parametrize(
    ("run", "roles", "expected"),
    [
        ("10≥266米≥266米10", ALL, ("10", "≥266米", "≥266米", "10")),
        ("20100%100%20", ALL, ("20", "100%", "100%", "20")),
        ("10显著提升显著提升10", ALL, ("10", "显著提升", "显著提升", "10")),
        ("8550万粒550万粒8", ALL, ("8", "550万粒", "550万粒", "8")),
        ("≥12个12个2018.5", ("target", "actual", "weight", "points"), ("≥12个", "12个", "20", "18.5")),
        ("不低于95%达成预期指标", ("target", "actual"), ("不低于95%", "达成预期指标")),
        ("高高", ("target", "actual"), ("高", "高")),
        ("00", ("target", "actual"), ("0", "0")),
        ("100% 22.5", ("target", "weight"), ("100%", "22.5")),
        ("210010", ("target", "weight"), ("2100", "10")),
        ("10097.6", ("weight", "points"), ("100", "97.6")),
    ],
)
def test_one_division(run: str, roles: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert divide(run, roles) == expected


@pytest.mark.parametrize(
    ("run", "roles"),
    [
        ("100", ("weight", "points")),  # a total alone, not 10 and 0
        ("15", ("target", "weight")),  # 15 may be either
        ("100%", ("target", "actual")),  # not 10 and 0%
        ("500吨", ("target", "actual")),
        ("901010010", ("target", "weight", "actual", "points")),  # digits of four columns
        ("2810810", ("target", "weight", "actual", "points")),
        ("100%100%8", ALL),  # the points of the row are not there
        ("5550米", ("weight", "target")),  # 5 and 550 or 55 and 50
        ("100%1000件达成预期指标", ("target", "actual")),
    ],
)
def test_no_division_without_proof(run: str, roles: tuple[str, ...]) -> None:
    assert divide(run, roles) is None


def test_blank_columns_leave_digits_together() -> None:
    assert divide("80%", ("weight", "target"), blanks=True) is None
    assert divide("100%", ("target",), blanks=True) == ("100%",)


@given(
    weight=st.integers(1, 60),
    lost=st.integers(0, 9),
    target=st.integers(0, 3000),
    shortfall=st.integers(0, 300),
    unit=_UNITS,
    comparator=st.sampled_from(["", "≥", "不低于"]),
    order=st.permutations(ALL),
)
def test_a_division_gives_back_what_was_glued(
    weight: int, lost: int, target: int, shortfall: int, unit: str, comparator: str, order: tuple[str, ...]
) -> None:
    actual = max(target - shortfall, 0)
    points = weight if actual >= target else max(weight - lost, 0)
    fields = {
        "weight": str(weight),
        "points": str(points),
        "target": f"{comparator}{target}{unit}",
        "actual": f"{actual}{unit}",
    }
    parts = tuple(fields[role] for role in order)
    assert divide("".join(parts), order) in {None, parts}


@given(digits=st.text("0123456789", min_size=2, max_size=7))
def test_digits_of_weight_and_points_against_all_cuts(digits: str) -> None:
    """The oracle tries every cut and leaves what one number could be."""

    def number(text: str) -> bool:
        return text == "0" or text[0] != "0"

    cuts = [(digits[:at], digits[at:]) for at in range(1, len(digits))]
    sound = [cut for cut in cuts if all(map(number, cut)) and 0 < Decimal(cut[0]) <= 100 and Decimal(cut[1]) <= Decimal(cut[0])]
    alone = number(digits) and Decimal(digits) <= 100
    assert divide(digits, ("weight", "points")) == (sound[0] if len(sound) == 1 and not alone else None)
