"""A figure is held against what the target means in its table, not against its text read once more."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from zhiheng.values.canonical import to_json
from zhiheng.values.parse import parse
from zhiheng.values.reading import Reading
from zhiheng.values.value import Quantity
from zhiheng_web.ledgers.measures.counting import Counted, Edition
from zhiheng_web.ledgers.measures.judging import judged
from zhiheng_web.ledgers.models import Binding
from zhiheng_web.planning.models import IndicatorRow

YEAR_END = date(2020, 12, 31)


def state(text: str, value: Any, figure: str, unit: str = "%") -> str:
    """How a declared or published figure of the year stands against a row's target."""
    told = None if value is None else {key: part for key, part in to_json(Reading(text, value)).items() if key != "text"}
    row = IndicatorRow(name="办结率", target_text=text, target_value=told, direction="")
    binding = Binding(code="a", measure="external", unit=unit)
    found = Counted(editions=[Edition(False, 2020, Decimal(figure), None, None, "1", "统计报表")])
    return judged(binding, found, row, YEAR_END).state.value


@pytest.mark.parametrize(("figure", "wanted"), [("94", "missed"), ("95", "met"), ("0.96", "missed")])
def test_a_share_that_a_person_read_as_per_cent_is_one(figure: str, wanted: str) -> None:
    """0.95 was chosen to mean 95 %: 94 % do not reach it, though 94 is more than 0.95."""
    assert state("0.95", Quantity(Decimal(95), "%"), figure) == wanted


@pytest.mark.parametrize(("figure", "wanted"), [("1", "missed"), ("99", "missed"), ("100", "met")])
def test_all_of_what_was_due_is_all_of_it(figure: str, wanted: str) -> None:
    """应办尽办: 99 % are not all."""
    assert state("应办尽办", parse("应办尽办").value, figure) == wanted
    assert state("应办尽办", None, figure) == wanted


def test_without_a_kept_reading_the_text_is_read() -> None:
    assert state("≥90%", None, "91") == "met"
    assert state("≥90%", None, "89") == "missed"
