"""What an actual can be, and how rates of several units become one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plans import plan_of

from zhiheng.scoring.observation import (
    Counted,
    InParts,
    Missing,
    NotDue,
    NothingDue,
    NotOrganised,
    Observation,
    Provisional,
    Rated,
    Reported,
    Zero,
    document_named,
    number_of,
    observations,
    state,
    together,
)
from zhiheng.values.value import Quantity

D = Decimal


def rate(numerator: int, denominator: int) -> Counted:
    return Counted(D(numerator), D(denominator))


def test_46_rates_roll_up_as_sums_of_parts_never_as_a_mean() -> None:
    assert together([rate(6, 10), rate(6, 10)]) == rate(12, 20)
    assert together([Counted(D("3.14"), D(17)), Counted(D("47.11"), D(4711))]) == Counted(D("50.25"), D(4728))


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=1, max_size=8))
def test_47_the_denominator_is_exact(parts: list[tuple[int, int]]) -> None:
    assert together([rate(*part) for part in parts]) == rate(sum(part[0] for part in parts), sum(part[1] for part in parts))


def test_2_48_a_percentage_without_its_parts_blocks_the_sum() -> None:
    assert together([rate(6, 10), Reported(Quantity(D(20), "%"))]) == Missing()
    assert together([rate(6, 10), Missing()]) == Missing()


def test_4_8_10_units_with_nothing_due_fall_out_and_an_empty_list_is_nothing_due() -> None:
    assert together([rate(6, 10), NothingDue()]) == rate(6, 10)
    assert together([rate(0, 0), NothingDue()]) == NothingDue()
    assert together([]) == NothingDue()


def test_49_rates_of_several_periods_are_not_added() -> None:
    assert together([rate(1, 2), rate(1, 2)]) == rate(2, 4)


def read(actual: str, **more: str) -> Observation:
    return observations(plan_of({"year": 2022, "indicators": [{"name": "某项工作", "target": "≥3家", "actual": actual, **more}]}).plan)[0]


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("5家", Reported(Quantity(D(5), "家"))),
        ("0", Reported(Quantity(D(0)))),
        ("0.00", Reported(Quantity(D("0.00")))),
        ("", Missing()),
        ("XX家", Missing()),
        ("无应办事项", NothingDue("无应办事项")),
        ("不适用", NothingDue("不适用")),
    ],
)
def test_1_7_9_zero_missing_and_the_states_are_told_apart(actual: str, expected: Observation) -> None:
    found = read(actual)
    assert type(found) is type(expected)
    if isinstance(expected, Reported):
        assert found == expected


def test_9_not_organised_takes_the_document_that_the_row_names() -> None:
    assert read("省厅未组织申报") == NotOrganised("")
    assert read("省厅未组织申报", reason="见鲁科字〔2020〕15号") == NotOrganised("见鲁科字〔2020〕15号")
    assert read("省厅未组织申报", remark="见《关于暂停申报的通知》") == NotOrganised("《关于暂停申报的通知》")
    assert isinstance(read("待统计发布"), NotDue)


def test_parts_are_observed_one_by_one() -> None:
    found = read("1部宣传片,2套方案")
    assert isinstance(found, InParts)
    assert [part.value.amount for part in found.parts] == [1, 2]  # type: ignore[union-attr]


def test_rows_of_a_form_without_the_column_are_absent() -> None:
    plan = plan_of({"indicators": [{"name": "甲", "target": "3家"}, {"name": "乙", "target": "3家", "actual": ""}]}).plan
    assert observations(plan) == {1: Missing()}


def test_no_document_is_made_up() -> None:
    plan = plan_of({"indicators": [{"name": "甲", "remark": "新增", "reason": "受疫情影响"}]}).plan
    assert document_named(plan.indicators[0]) == ""


def test_every_observation_has_a_state() -> None:
    quantity = Quantity(D(1))
    named = {
        "reported": [Reported(quantity), Zero(), Counted(D(1), D(2)), Rated(1, D(9)), InParts(())],
        "missing": [Missing()],
        "not_due": [NotDue()],
        "nothing_due": [NothingDue()],
        "not_organised": [NotOrganised()],
        "provisional": [Provisional("2021年", quantity)],
    }
    for name, all_of_them in named.items():
        assert {state(each) for each in all_of_them} == {name}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10", "10"),
        ("10分", "10"),
        ("0", "0"),
        ("0.00", "0"),
        ("33.33", "33.33"),
        ("—", None),
        ("", None),
        ("≥10", None),
        ("良", None),
        ("无", None),
    ],
)
def test_the_number_of_a_cell_of_points(text: str, number: str | None) -> None:
    plan = plan_of({"indicators": [{"name": "甲", "points": text}]}).plan
    assert number_of(plan.indicators[0].points) == (D(number) if number is not None else None)
    assert number_of(None) is None
