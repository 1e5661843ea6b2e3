"""What a policy still asks of a row, and what a reader will ask about (rules 2.4, 6.8)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from zhiheng.monitoring.budget import judge_execution
from zhiheng.monitoring.curve import linear
from zhiheng.monitoring.deviation import (
    POSSIBILITIES,
    POSSIBILITY_CODES,
    REASONS,
    Demand,
    Stated,
    demanded,
    fallen,
    too_low,
)
from zhiheng.monitoring.lamp import Lamp
from zhiheng.monitoring.pace import judge
from zhiheng.monitoring.policy import names, shipped
from zhiheng.scoring.observation import Missing, NothingDue, NotOrganised, Observation, Reported, Zero
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context
from zhiheng.values.value import Missing as Blank
from zhiheng.values.value import Quantity, Value

JULY = date(2020, 7, 31)
D = Decimal
NOTHING = Stated()
WRITTEN = Stated(("staff",), "审核人员借调")


def value(text: str) -> Value:
    return parse(text, Context(name="", year=2020)).value


def asked(
    actual: str | Observation, stated: Stated = NOTHING, policy: str = "national", target: str = "60家", day: date = JULY, **around: Any
) -> list[str]:
    observation = Reported(value(actual)) if isinstance(actual, str) else actual
    wanted = value(target)
    judgement = judge(wanted, observation, linear(2020), day, shipped(policy))
    found = demanded(judgement, wanted, observation, stated, shipped(policy), day=day, **around)
    for each in found:
        for language in ("zh", "en"):
            assert "{" not in each.text(language)
            assert not each.text(language).startswith("demand.")
            assert "lamp." not in each.text(language)
            assert "possibility." not in each.text(language)
    return [each.code if each.must else f"? {each.code}" for each in found]


def test_the_lists_of_the_form() -> None:
    """Rules 2.2: 五类原因, 三种可能性 with their codes 1-3."""
    assert [zh for zh, _ in REASONS.values()] == ["经费保障", "制度保障", "人员保障", "硬件条件保障", "其他"]
    assert [(POSSIBILITY_CODES[key], zh) for key, (zh, _) in POSSIBILITIES.items()] == [
        ("1", "确定能"),
        ("2", "有可能"),
        ("3", "完全不可能"),
    ]


@pytest.mark.parametrize("wrong", [{"reasons": ("weather",)}, {"possibility": "perhaps"}])
def test_a_code_of_no_list_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"weather|perhaps"):
        Stated(**wrong)


RED, YELLOW, GREEN = "20家", "21家", "35家"


@pytest.mark.parametrize(
    ("policy", "red", "yellow", "green"),
    [
        ("national", ["reason", "explanation"], ["reason", "explanation"], []),
        ("tianjin", ["reason", "explanation"], ["reason", "explanation"], []),
        ("ningxia", ["reason", "explanation"], [], []),
        ("guangxi", [], [], []),
        ("shanxi", ["reason", "explanation"], ["reason", "explanation"], []),
    ],
)
def test_when_a_reason_is_mandatory(policy: str, red: list[str], yellow: list[str], green: list[str]) -> None:
    """Rules 2.4, first line. A reason that is due is explained: both are asked for at once."""
    assert [asked(actual, policy=policy) for actual in (RED, YELLOW, GREEN)] == [red, yellow, green]


@pytest.mark.parametrize("policy", names())
def test_a_row_that_says_all_lacks_nothing(policy: str) -> None:
    for actual in (RED, YELLOW, GREEN):
        assert asked(actual, WRITTEN, policy) == []


@pytest.mark.parametrize(
    ("policy", "lacking"), [("tianjin", ["explanation_chosen"]), ("ningxia", ["explanation_chosen"]), ("national", [])]
)
def test_a_reason_chosen_on_a_green_row(policy: str, lacking: list[str]) -> None:
    assert asked(GREEN, Stated(("funding",)), policy) == lacking


@pytest.mark.parametrize("possibility", ["possible", "impossible"])
def test_tianjin_asks_for_forecast_and_reason(possibility: str) -> None:
    stated = Stated(possibility=possibility, adjustment=True)
    assert asked(GREEN, stated, "tianjin") == ["reason_unsure", "forecast"]
    assert asked(GREEN, Stated(possibility=possibility, adjustment=True, forecast=Blank()), "tianjin") == ["reason_unsure", "forecast"]
    assert asked(GREEN, stated) == []
    assert asked(GREEN, Stated(("staff",), "借调", possibility, value("50家"), adjustment=True), "tianjin") == []


@pytest.mark.parametrize(
    ("target", "actual", "asks"),
    [
        ("≥60家", "72家", False),
        ("≥60家", "73家", True),
        ("=60家", "60家", False),
        ("=60家", "61家", True),
        ("≤60家", "90家", False),
        ("≤60家", "10家", False),
        ("约60家", "90家", False),
    ],
)
def test_hebei_calls_over_achievement_a_deviation(target: str, actual: str, asks: bool) -> None:
    """≥ beyond the limit, = and more than the target."""
    assert ("over" in asked(actual, Stated(("other",)), "hebei", target)) is asks
    assert "over" not in asked(actual, WRITTEN, "hebei", target)
    assert "over" not in asked(actual, Stated(("other",)), "national", target)


def test_shanxi_exempts_an_empty_target() -> None:
    judgement = judge(None, Zero(), linear(2020), JULY, shipped("shanxi"))
    stated = Stated(possibility="impossible")
    assert demanded(judgement, None, Zero(), stated, shipped("shanxi")) == ()
    assert demanded(judgement, Blank(), Zero(), stated, shipped("shanxi")) == ()
    assert [each.code for each in demanded(judgement, None, Zero(), stated, shipped())] == ["adjustment"]


@pytest.mark.parametrize("state", [Missing(), NothingDue(), NotOrganised("鲁科字〔2020〕15号")])
def test_a_state_without_lamp_asks_for_no_reason(state: Observation) -> None:
    for policy in names():
        assert asked(state, policy=policy) == []


def money(executed: int) -> Any:
    return judge_execution(D(100), None, D(executed), JULY, shipped())


@pytest.mark.parametrize(
    ("actual", "executed", "found"),
    [
        ("12家", 58, ["? money_ahead"]),
        ("36家", 20, ["? goal_ahead"]),
        ("35家", 58, []),
        ("27家", 24, ["? goal_ahead"]),
        ("27家", 25, []),
        ("27家", 65, []),
        ("27家", 66, ["? money_ahead"]),
    ],
)
def test_money_and_goal_apart(actual: str, executed: int, found: list[str]) -> None:
    """O02: two steps of lamps, or more than 20 points between the shares spent and attained (27 of 60 is 45 %)."""
    assert [code for code in asked(actual, WRITTEN, execution=money(executed)) if code.endswith("ahead")] == found


def test_a_rate_beside_money_is_compared_by_its_lamp_alone() -> None:
    assert asked("90%", WRITTEN, target="≥90%", execution=money(50)) == []
    assert asked("90%", WRITTEN, target="≥90%", execution=money(10)) == ["? goal_ahead"]
    assert asked(Missing(), WRITTEN, execution=money(10)) == []


def test_impossible_without_an_adjustment() -> None:
    assert asked(GREEN, Stated(possibility="impossible")) == ["? adjustment"]
    assert asked(GREEN, Stated(possibility="impossible", adjustment=True)) == []


@pytest.mark.parametrize(
    ("day", "actual", "doubted"),
    [
        (date(2020, 8, 31), "29家", True),
        (date(2020, 8, 31), "30家", False),
        (date(2020, 8, 30), "29家", False),
        (date(2020, 12, 31), "29家", True),
        (JULY, "1家", False),
    ],
)
def test_certain_with_less_than_half_late_in_the_year(day: date, actual: str, doubted: bool) -> None:
    """O03: after two thirds of the year."""
    assert ("? sure_far_behind" in asked(actual, Stated(("staff",), "x", "sure"), day=day)) is doubted


@pytest.mark.parametrize(
    ("target", "forecast", "name", "short"),
    [
        ("60家", "59家", "", True),
        ("60家", "60家", "", False),
        ("≤5件", "6件", "", True),
        ("≤5件", "1件", "", False),
        ("5起", "4起", "有效投诉数", False),
        ("5起", "6起", "有效投诉数", True),
        ("5-8家", "9家", "", True),
        ("应审尽审", "情况良好", "", False),
    ],
)
def test_certain_but_the_forecast_misses(target: str, forecast: str, name: str, short: bool) -> None:
    """O05."""
    stated = Stated(("staff",), "x", "sure", value(forecast))
    assert ("? forecast_short" in asked(Missing(), stated, target=target, name=name)) is short
    assert asked(Missing(), Stated(("staff",), "x", "possible", value(forecast)), target=target, name=name) == []


def test_red_twice_without_a_correction() -> None:
    assert asked(RED, WRITTEN, last_lamp=Lamp.RED) == ["? red_again"]
    assert asked(RED, Stated(("staff",), "x", correction=True), last_lamp=Lamp.RED) == []
    assert asked(RED, WRITTEN, last_lamp=Lamp.YELLOW) == []


@pytest.mark.parametrize(
    ("previous", "now", "fell"),
    [
        ("15家", Reported(value("10家")), (15, 10)),
        ("15家", Reported(value("15家")), None),
        ("15家", Zero(), (15, 0)),
        ("15家", Missing(), None),
        ("15家", Reported(value("10平方米")), None),
        ("", Reported(value("10家")), None),
    ],
)
def test_a_running_total_that_falls(previous: str, now: Observation, fell: tuple[int, int] | None) -> None:
    """O04, pitfall 33."""
    before = value(previous) if previous else None
    assert fallen(before, now) == fell
    assert ("? fell" in asked(now, WRITTEN, previous=before)) is (fell is not None)


@pytest.mark.parametrize(
    ("actual", "day", "share"),
    [("72家", JULY, "6/5"), ("71家", JULY, None), ("72家", date(2020, 12, 31), None), ("72家", date(2020, 12, 30), "6/5")],
)
def test_a_target_reached_long_before_the_year_ends(actual: str, day: date, share: str | None) -> None:
    """O06: 120 % of the whole target, and 72 is that of 60."""
    found = too_low(judge(value("60家"), Reported(value(actual)), linear(2020), day, shipped()), shipped(), day)
    assert (str(found) if found is not None else None) == share


def test_what_is_not_paced_is_never_too_low() -> None:
    level = judge(Quantity(D(60), "家"), Reported(Quantity(D(90), "家")), linear(2020), JULY, shipped(), cumulative=False)
    assert too_low(level, shipped(), JULY) is None


def test_a_demand_names_its_cell() -> None:
    judgement = judge(value("60家"), Zero(), linear(2020), JULY, shipped())
    found = demanded(judgement, value("60家"), Zero(), Stated(), shipped())
    assert [(each.code, each.field, each.must) for each in found] == [("reason", "reasons", True), ("explanation", "explanation", True)]
    assert isinstance(found[0], Demand)
    assert found[0].text() == "红灯：须选择偏差原因。"
    assert found[0].text("en") == "red: choose a deviation reason."
