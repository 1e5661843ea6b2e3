"""Each indicator on a ledger of a few entries whose value was worked out by hand from registers.md section 11."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest
from tests.zhiheng_kjj.mini_ledger import Ledger, case_of, names, part_of
from tests.zhiheng_web.ledgers.adopted import Kjj

from zhiheng_web.ledgers.measures.result import PartResult
from zhiheng_web.organisation.viewer import Viewer

WANTED = frozenset({"on", "known", "basis", "part", "value", "done", "due", "state", "recorded", "not_counted", "extra", "why", "whole"})


@pytest.mark.django_db
@pytest.mark.parametrize("name", names())
def test_an_indicator_counts_what_was_worked_out_by_hand(name: str, kjj: Kjj, viewer: Callable[[str], Viewer]) -> None:
    case = case_of(name)
    ledger = Ledger(kjj, viewer, case)
    ledger.write()
    for wanted in case["expect"]:
        assert set(wanted) <= WANTED, f"{name}: {set(wanted) - WANTED}"
        actual = ledger.actual(wanted["on"], wanted["known"], wanted.get("basis", ""))
        found = shown(part_of(actual, wanted.get("part", "")), wanted)
        if "whole" in wanted:
            found["whole"] = actual.state.value
        assert found == expected(wanted), f"{name}, {wanted['on']} as known on {wanted['known']}"


def expected(wanted: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: wanted[key] for key in ("state", "whole", "recorded", "done", "due", "extra") if key in wanted}
    if "due" not in wanted:
        kept["value"] = Decimal(wanted["value"]) if "value" in wanted else None
    return {**kept, "not_counted": dict(wanted.get("not_counted", {}))}


def shown(part: PartResult, wanted: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"not_counted": {reason.value: count for reason, count in part.not_counted.items()}}
    if "due" in wanted:
        found |= {"done": part.numerator, "due": part.denominator}
    else:
        found["value"] = part.number
    if "state" in wanted:
        found["state"] = part.state.value
    if "recorded" in wanted:
        found["recorded"] = part.recorded
    if "extra" in wanted:
        found["extra"] = {key: part.extra.get(key) for key in wanted["extra"]}
    return found


def test_every_indicator_has_a_mini_ledger_with_reasons() -> None:
    found = names()
    assert [name[:2] for name in found] == [f"{number:02d}" for number in range(1, 37)]
    for name in found:
        case = case_of(name)
        assert len(case["entries"]) >= 8, f"{name} has {len(case['entries'])} entries"
        assert all(re.search(r"\w", entry.get("why", "")) for entry in case["entries"]), f"{name}: an entry without its why"
        days = {wanted["known"] for wanted in case["expect"] if wanted["on"].isoformat() == "2020-12-31"}
        assert len(days) >= 2, f"{name} is looked at as known on one day only"
