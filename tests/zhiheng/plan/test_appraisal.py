"""The review's points and grades: half-open bands, 89.5 is 良; an item left out is not an item of 0."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.parameters.parameters import in_force, national
from zhiheng.plan.appraisal import CONTENTS, GRADES, ITEMS, Appraisal, appraisal, worst
from zhiheng.plan.procedure import Grade

KNOWN = in_force(date(2020, 12, 31))


@pytest.fixture
def scheme() -> Appraisal:
    return appraisal({item.code: KNOWN.text(f"appraisal.{item.code}") for item in ITEMS}, KNOWN.words("appraisal.bounds"))


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.9999", "良"),
        ("89.5", "良"),
        ("80", "良"),
        ("79.5", "中"),
        ("60", "中"),
        ("59.9999", "差"),
        ("0", "差"),
    ],
)
def test_bands_hold_their_lower_bound(scheme: Appraisal, total: str, grade: str) -> None:
    from zhiheng.plan.procedure import GRADE_NAMES

    assert GRADE_NAMES[scheme.grade_of(Decimal(total))][0] == grade


@given(st.decimals(0, 100, places=4))
def test_every_total_has_exactly_one_grade_and_more_is_never_worse(total: Decimal) -> None:
    known = appraisal({item.code: KNOWN.text(f"appraisal.{item.code}") for item in ITEMS}, ("90", "80", "60"))
    expected = next(grade for grade, low in zip(GRADES, (90, 80, 60, 0), strict=True) if total >= low)
    assert known.grade_of(total) is expected


def test_the_contents_carry_20_30_30_20(scheme: Appraisal) -> None:
    sums = {content: sum(scheme.full[item.code] for item in ITEMS if item.content == content) for content in CONTENTS}
    assert list(sums.values()) == [20, 30, 30, 20]
    assert scheme.most == 100
    assert [CONTENTS[item.content][0] for item in ITEMS[::2]] == ["完整性", "相关性", "适当性", "可行性"]


def test_an_item_left_out_gives_no_total(scheme: Appraisal) -> None:
    points = dict(scheme.full)
    assert scheme.total_of(points) == 100
    assert scheme.total_of({**points, "form": Decimal(0)}) == 90
    del points["form"]
    assert scheme.total_of(points) is None


def test_points_outside_an_item_are_named(scheme: Appraisal) -> None:
    assert scheme.faults({"form": Decimal("10.1"), "clarity": Decimal(-1), "nonsense": Decimal(1), "conditions": Decimal(10)}) == (
        "form", "clarity", "nonsense",
    )  # fmt: skip


def test_bounds_are_taken_in_proportion_where_the_items_sum_to_something_else() -> None:
    half = Appraisal({"a": Decimal(25), "b": Decimal(25)}, (Decimal(90), Decimal(80), Decimal(60)))
    assert [half.grade_of(Decimal(total)) for total in ("45", "44.9", "40", "30", "29.9")] == [
        Grade.EXCELLENT, Grade.GOOD, Grade.GOOD, Grade.FAIR, Grade.POOR,
    ]  # fmt: skip


def test_bounds_must_fall() -> None:
    with pytest.raises(ValueError, match="must fall"):
        appraisal({item.code: "1" for item in ITEMS}, ("80", "90", "60"))


def test_ticks_are_as_good_as_the_worst() -> None:
    assert worst([Grade.EXCELLENT, Grade.FAIR, Grade.GOOD]) is Grade.FAIR


def test_nothing_of_it_is_called_law() -> None:
    assert {entry.status for key, entry in national().items() if key.startswith("appraisal.")} == {"unverified"}
