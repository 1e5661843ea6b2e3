"""What goes out of a row is what its page prints: every part, the gap as measured, and that nothing was due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from tests.zhiheng_web.evaluation.monitoring.conftest import Watched

from zhiheng.scoring.observation import Counted, InParts, NothingDue, Observation, Reported
from zhiheng.values.parse import parse
from zhiheng.values.value import Quantity
from zhiheng_web.evaluation.exchanging import self_evaluation
from zhiheng_web.evaluation.exchanging.comparing import compared
from zhiheng_web.evaluation.exchanging.formats import read, written
from zhiheng_web.evaluation.exchanging.measured import further, measured
from zhiheng_web.evaluation.exchanging.monitoring import standing

CONTRACTS = Reported(Quantity(Decimal(428), "项"))
VOUCHERS = Counted(Decimal(126), Decimal(128))


def frozen(shown: str, *targets: str, decisive: int = 0, state: str = "met", **first: Any) -> dict[str, Any]:
    """A frozen value whose parts have these targets."""
    parts = [{"target": target, "number": None, "rule": {"longest_gap": None}} for target in targets]
    parts[decisive] |= first
    return {"state": state, "decisive": decisive, "parts": parts, "shown_zh": shown}


@pytest.mark.parametrize(
    ("value", "observation", "words"),
    [
        (frozen("428项；125902万元；100721.6万元", "400项", "-", "-"), CONTRACTS, "125902万元；100721.6万元"),
        (frozen("98.44%（126/128）；160.86万元", "应补尽补", "-"), VOUCHERS, "160.86万元"),
        (frozen("160.86万元；98.44%（126/128）", "-", "应补尽补", decisive=1), VOUCHERS, "160.86万元"),
        (frozen("7篇（11/12 期达标）；33篇", "8篇", "-", told={"met": "11", "of": "12"}), CONTRACTS, "11/12 期达标；33篇"),
        (frozen("3家；2家；1家", "2家", "1家", "-"), InParts((CONTRACTS, CONTRACTS)), "1家"),
        (frozen("83.33%（5/6）", "应做尽做", "应做尽做", state="missed"), VOUCHERS, ""),  # the page shows the part that decides alone
        (frozen("不适用", "完成", "-", state="not_applicable"), NothingDue("撤销"), ""),
        (None, VOUCHERS, ""),
    ],
)
def test_every_part_that_the_page_shows(value: dict[str, Any] | None, observation: Observation, words: str) -> None:
    assert further(value, observation) == words


def test_a_gap_is_the_days_that_were_measured() -> None:
    value = frozen("12天", "2周/次", number="12", rule={"longest_gap": 14})
    assert measured(value, Reported(parse("2周/次").value)) == Reported(Quantity(Decimal(12), "天"))


def test_nothing_due_is_not_that_the_row_does_not_apply() -> None:
    assert measured(frozen("无应办事项；0次", "完成", "-", state="nothing_due"), NothingDue()) == NothingDue("无应办事项")
    assert measured(frozen("不适用", "完成", state="not_applicable"), NothingDue("")) == NothingDue("")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["xlsx", "zip", "json", "stratml", "iati"])
def test_the_parts_of_a_round_come_back_from_every_kind_of_file(kind: str, watched: Watched) -> None:
    row = watched.row("检查覆盖率")
    part = row.snapshot.value["parts"][0]  # type: ignore[union-attr]
    value = {**row.snapshot.value, "parts": [part, {**part, "target": "-"}], "shown_zh": "66.67%（2/3）；160.86万元"}  # type: ignore[union-attr]
    shown = standing(watched.officer, watched.report.pk)
    assert shown.monitored is not None
    place = [one.name for one in shown.rows].index("检查覆盖率")
    rows = list(shown.monitored.results.rows)
    rows[place] = replace(rows[place], further=further(value, rows[place].actual))  # type: ignore[arg-type]
    results = replace(shown.monitored.results, rows=tuple(rows))
    from zhiheng_web.evaluation.exchanging.monitoring import in_rounds

    monitored = replace(shown.monitored, results=results)
    told = replace(shown, monitored=monitored, results=in_rounds(monitored, shown.on))
    arrival = read(told.what, written(told, kind), "f", told.on)
    assert arrival.results.rows[place].further == "160.86万元"
    assert compared(told, arrival).nothing
    assert [line.text.zh for line in compared(shown, arrival).differing] == ["不一致"]  # another file than ours would be


@pytest.mark.django_db
def test_a_self_evaluation_sends_the_parts_of_its_frozen_values(small: Any, person: Callable[..., Any]) -> None:
    from tests.zhiheng_web.evaluation.self_evaluation.scene import at

    from zhiheng_web.ledgers.models import Snapshot

    one = small.begin(at(person("jixiao")))
    row = one.rows.select_related("snapshot").get(indicator_row__name="新增企业数")
    assert isinstance(row.snapshot, Snapshot)
    value = row.snapshot.value
    value = {**value, "parts": [*value["parts"], {**value["parts"][0], "target": "-"}], "shown_zh": "8家；125902万元"}
    page = self_evaluation.self_evaluation_page(at(person("jixiao")), one.pk, audited=False)
    lines = sorted(page.lines, key=lambda line: [each.pk for each in page.held.rows].index(line.row.pk))
    for line in lines:
        if line.row.pk == row.pk:
            line.row.snapshot.value = value  # type: ignore[union-attr]
    results = self_evaluation.results_of(page, lines)
    sent = replace(self_evaluation.standing(at(person("jixiao")), one.pk), results=results)
    assert "8（另：125902万元）" in written(sent, "json").decode()
    assert "8｜另：125902万元" in written(sent, "iati").decode()
