"""Which state of a measure becomes which observation: zero, missing, nothing due, not due, not organised and waiting stay apart."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

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
)
from zhiheng.values.parse import parse
from zhiheng.values.value import Achieved, Cadence, Coverage, Every, PeriodUnit, Quantity
from zhiheng_web.evaluation.keeping import observation_from, observation_json
from zhiheng_web.evaluation.observing import Given, found, observe

D = Decimal


def part(measure: str = "flow", state: str = "met", number: str | None = "8", unit: str = "家", **more: Any) -> dict[str, Any]:
    return {"code": "x", "measure": measure, "state": state, "number": number, "unit": unit, "numerator": None, "denominator": None, **more}


def value(*parts: dict[str, Any], state: str = "", **more: Any) -> dict[str, Any]:
    return {"state": state or parts[0]["state"], "parts": list(parts), "decisive": 0, **more}


def target(text: str) -> Any:
    return parse(text).value


EIGHT = Quantity(D(8), "家")
CASES: list[tuple[str, dict[str, Any], str, Observation]] = [
    ("a figure that meets", value(part()), "8家", Reported(EIGHT)),
    ("a figure that misses", value(part(state="missed")), "10家", Reported(EIGHT)),
    ("a figure under way", value(part(state="under_way")), "10家", Reported(EIGHT)),
    ("zero is a figure", value(part(state="missed", number="0")), "10家", Zero()),
    ("a falling stock is no zero", value(part("net", "missed", "-3")), "5家", Reported(Quantity(D(-3), "家"))),
    ("coverage keeps its terms", value(part("coverage", numerator="2", denominator="3", number="66.67")), "应检尽检", Counted(D(2), D(3))),
    ("nothing due", value(part("coverage", "nothing_due", None)), "应检尽检", NothingDue()),
    ("not due", value(part("cadence", "not_due", None)), "每月1篇", NotDue()),
    ("unbound", value(part(state="unbound", number=None), state="unbound"), "8家", Missing()),
    ("nothing at all", {"state": "unbound", "parts": [], "decisive": 0}, "8家", Missing()),
    ("waiting, nothing out", value(part("external", "waiting", None, "%")), "34%", NotDue("待统计发布")),
    (
        "waiting, last year's stands in",
        value(part("external", "waiting", None, "%", told={"latest": {"data_year": "2019", "edition": "终核", "number": "2.1"}})),
        "2%",
        Provisional("2019年终核", Quantity(D("2.1"), "%")),
    ),
    (
        "waiting, with the benchmark of its year",
        value(
            part("external", "waiting", None, "%", told={
                "latest": {"data_year": "2019", "edition": "终核", "number": "2.1"}, "latest_benchmark": {"number": "2.3"},
            })
        ),
        "达到全省平均水平",
        Provisional("2019年终核", Quantity(D("2.1"), "%"), Quantity(D("2.3"), "%")),
    ),
    (
        "published, with its benchmark",
        value(part("external", "met", "2.5", "%", told={"data_year": "2020", "benchmark": {"number": "2.3"}})),
        "达到全省平均水平",
        Reported(Quantity(D("2.5"), "%"), Quantity(D("2.3"), "%")),
    ),
    ("the figure is out, the benchmark not", value(part("external", "waiting", "2.5", "%")), "达到全省平均水平", NotDue("基准值待发布")),
    (
        "a cadence is its worst window",
        value(part("cadence", "missed", "6", "篇", rule={"window": "month", "longest_gap": None})),
        "每月8篇",
        Reported(Cadence(D(6), "篇", Every(D(1), PeriodUnit.MONTH))),
    ),
    ("a window without anything", value(part("cadence", "missed", "0", "篇", rule={"window": "month"})), "每月8篇", Zero()),
    (
        "a gap within its limit is exactly as often as asked",
        value(part("cadence", "met", "5", "天", rule={"window": "", "longest_gap": 14})),
        "2周/次",
        Reported(target("2周/次")),
    ),
    (
        "a gap of 21 days where 14 are allowed is two thirds",
        value(part("cadence", "missed", "21", "天", rule={"window": "", "longest_gap": 14})),
        "2周/次",
        Reported(Cadence(D(14), target("2周/次").unit, Every(D(42), PeriodUnit.WEEK))),
    ),
    ("done", value(part(number="1")), "完成", Reported(Achieved(True))),
    ("not done", value(part(state="missed", number="0")), "完成", Reported(Achieved(False))),
    ("all of it, by a count", value(part(number="3")), "全覆盖", Reported(Coverage(target("全覆盖").verb))),
    (
        "parts in the order of the target",
        value(part(number="2", unit="套", name_zh="方案"), part(number="1", unit="部", name_zh="宣传片")),
        "1部宣传片,2套方案",
        InParts((Reported(Quantity(D(1), "部")), Reported(Quantity(D(2), "套")))),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kept", "aim", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_state_of_a_measure_is_an_observation(kept: dict[str, Any], aim: str, wanted: Observation) -> None:
    assert found(Given(kept), target(aim)) == wanted


@pytest.mark.parametrize("wanted", [case[3] for case in CASES], ids=[case[0] for case in CASES])
def test_an_observation_is_kept_and_read_back(wanted: Observation) -> None:
    assert observation_from(observation_json(wanted)) == wanted


def test_what_the_office_decided_comes_before_the_figure() -> None:
    assert found(Given(value(part(), state="not_organised"), document="鲁科字〔2020〕1号"), EIGHT) == NotOrganised("鲁科字〔2020〕1号")
    assert found(Given(value(part(), state="not_applicable"), circumstance="职责已划转"), EIGHT) == NothingDue("职责已划转")


def test_a_survey_is_a_rate_with_its_terms_and_too_few_answers_are_no_figure() -> None:
    assert found(Given(value(part()), survey={"numerator": "45", "denominator": "50"}), EIGHT) == Counted(D(45), D(50))
    assert found(Given(survey={"numerator": "0", "denominator": "0"}), EIGHT) == Missing()


def test_a_person_s_tier_is_what_is_scored_and_what_was_found_stays_known() -> None:
    given = Given(value(part()), tier=2, judged=D("7.5"))
    assert observe(given, EIGHT) == Rated(2, D("7.5"))
    assert found(given, EIGHT) == Reported(EIGHT)
