"""Every state against every other, in every format: the same state differs nowhere, another one always, unless the format cannot say it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from tests.zhiheng_web.evaluation.monitoring.conftest import Watched

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
from zhiheng.values.value import Achieved, Quantity
from zhiheng_web.evaluation.exchanging import monitoring, self_evaluation
from zhiheng_web.evaluation.exchanging.comparing import Verdict, compared
from zhiheng_web.evaluation.exchanging.formats import read, written
from zhiheng_web.evaluation.exchanging.standing import Standing

pytestmark = pytest.mark.django_db
EIGHT = Reported(Quantity(Decimal(8), "家"))
STATES: dict[str, Observation | None] = {
    "none": None,
    "figure": EIGHT,
    "other figure": Reported(Quantity(Decimal("8.5"), "家")),
    "zero": Zero(),
    "done": Reported(Achieved("完成")),
    "rate": Counted(Decimal(2), Decimal(3)),
    "missing": Missing(),
    "not due": NotDue(""),
    "nothing due": NothingDue(""),
    "not organised": NotOrganised(""),
    "provisional": Provisional("2019年快报", Quantity(Decimal("2.57"), "%")),
    "tier": Rated(2, Decimal("7.5")),
    "parts": InParts((EIGHT, NotDue("未到期"))),
}


def with_first(standing: Standing, actual: Observation | None) -> Standing:
    """The same with another observation of its first row."""
    rows = (replace(standing.results.rows[0], actual=actual), *standing.results.rows[1:])
    return replace(standing, results=replace(standing.results, rows=rows))


@pytest.fixture
def evaluated(small: Any, person: Callable[..., Any]) -> Standing:
    from tests.zhiheng_web.evaluation.self_evaluation.scene import at

    return self_evaluation.standing(at(person("jixiao")), small.begin(at(person("jixiao"))).pk)


@pytest.mark.parametrize("kind", ["json", "stratml", "iati"])
def test_every_state_against_every_other(kind: str, evaluated: Standing) -> None:
    alike = []
    for there, one in STATES.items():
        data = written(with_first(evaluated, one), kind)
        arrival = read(evaluated.what, data, "f", evaluated.on)
        for here, other in STATES.items():
            verdict = compared(with_first(evaluated, other), arrival).lines[0].verdict
            if there == here:
                assert verdict is Verdict.SAME, (there, kind)
            elif verdict is Verdict.SAME:
                alike.append((there, here))
            elif one is None:
                assert verdict is Verdict.BLANK, (there, here)
    assert alike == []


@pytest.mark.parametrize("kind", ["json", "stratml", "iati"])
def test_what_is_read_is_what_was_sent_unless_it_was_said_to_be_lost(kind: str, evaluated: Standing) -> None:
    from zhiheng_web.evaluation.exchanging.formats import outgoing

    for name, one in STATES.items():
        sent = with_first(evaluated, one)
        arrived = read(sent.what, written(sent, kind), "f", sent.on).results.rows[0].actual
        family = next(each for each in outgoing(sent) if kind in each.kinds)
        lost = [each for each in family.lost if each.row == sent.rows[0].name and each.what.zh.startswith("实际完成值")]
        assert (arrived == one) == (not lost), (name, kind, arrived)


def test_a_figure_that_goes_out_in_part_is_said_to(watched: Watched) -> None:
    from zhiheng_web.evaluation.exchanging.formats import outgoing

    standing = monitoring.standing(watched.officer, watched.report.pk)
    assert standing.monitored is not None
    results = standing.monitored.results
    rows = (replace(results.rows[0], actual=STATES["provisional"]), *results.rows[1:])
    told = replace(standing, monitored=replace(standing.monitored, results=replace(results, rows=rows)))
    lost = [(one.what.zh, one.text) for one in outgoing(told)[0].lost]
    assert lost == [("实际完成值（只带出一部分）", "暂定2.57%（2019年快报） → 2.57%")]


def test_a_round_that_ends_the_year_is_the_years_value(watched: Watched) -> None:
    from datetime import date

    from zhiheng_web.evaluation.models import MonitoringRound

    MonitoringRound.objects.filter(pk=watched.round.pk).update(last=date(2020, 12, 31), due_on=date(2021, 1, 31))
    standing = monitoring.standing(watched.officer, watched.report.pk)
    for kind in ("stratml", "iati"):
        assert compared(standing, read(standing.what, written(standing, kind), "f", standing.on)).nothing
