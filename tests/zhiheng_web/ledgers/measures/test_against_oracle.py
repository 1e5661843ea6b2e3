"""Every measure gives what counting by hand gives, on any ledger: late, revoked, corrected, duplicate, at year ends, on leap days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.zhiheng_web.ledgers.measures.ledger import Ledger, at, new_ledger
from tests.zhiheng_web.ledgers.measures.oracle import expected

from zhiheng_web.ledgers.measures.behind import entries_of
from zhiheng_web.ledgers.measures.counting import counted, end_of
from zhiheng_web.ledgers.measures.judging import judged
from zhiheng_web.ledgers.models import FOREVER, Binding, Register

EDGES = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 2, 29), date(2020, 3, 1), date(2020, 6, 30), date(2020, 7, 1)]
EDGES += [date(2020, 8, 17), date(2020, 12, 31), date(2021, 1, 1)]
DAYS = st.sampled_from(EDGES) | st.sampled_from(EDGES) | st.dates(date(2019, 10, 1), date(2021, 2, 1))
MAYBE_DAY = st.sampled_from(EDGES) | st.sampled_from([*EDGES, None]) | DAYS
INSTANTS = st.sampled_from(
    [at(2019, 12, 31, 15), at(2019, 12, 31, 16), at(2020, 7, 1), at(2020, 12, 31, 15), at(2020, 12, 31, 16), at(2021, 1, 9)]
)
VERSION = st.fixed_dictionaries(
    {
        "known_from": INSTANTS,
        "standing": st.sampled_from(["confirmed"] * 5 + ["submitted", "returned", "revoked"]),
        "state": st.sampled_from(["done", "done", "filed", "open", "excused"]),
        "gap": st.sampled_from(["", "", "", "", "evidence", "late_filing"]),
        "counts_as": st.sampled_from("abcdefgh"),
        "category": st.sampled_from(["city", "city", "province"]),
        "county": st.sampled_from(["371302", "371311"]),
        "happened_on": MAYBE_DAY, "decided_on": MAYBE_DAY, "due_on": MAYBE_DAY, "done_on": MAYBE_DAY,
        "valid_from": MAYBE_DAY, "valid_until": MAYBE_DAY,
        "quantity": st.none() | st.decimals(Decimal(-5), Decimal(50), places=4),
        "data_year": st.sampled_from([None, 2019, 2020, 2020]),
        "edition": st.sampled_from(["初步", "终核"]),
        "topics": st.sets(st.sampled_from(["甲", "乙", "丙"]), max_size=3),
        "firm": st.sampled_from([None, 0, 1, 2]),
        "channel_entry": st.sampled_from([None, 0, 1]),
    }
)  # fmt: skip
ENTRIES = st.lists(st.lists(VERSION, min_size=1, max_size=3, unique_by=lambda version: version["known_from"]), min_size=4, max_size=16)
BINDINGS: list[dict[str, Any]] = [
    {"measure": "flow", "states": ["done", "filed"]},
    {"measure": "flow", "counted_on": "decided_on", "once_by": "organisation", "categories": ["city"]},
    {"measure": "flow", "states": ["done"], "once_by": "organisation", "first_ever": True},
    {"measure": "flow", "first_ever": True, "counties": ["371302"]},
    {"measure": "flow", "once_by": "topic", "topics": ["甲", "乙"]},
    {"measure": "flow", "topics": ["丙"]},
    {"measure": "total", "column": "quantity", "scale": Decimal("0.5"), "states": ["done", "filed"]},
    {"measure": "total", "column": "quantity", "counted_on": "done_on", "once_by": "organisation"},
    {"measure": "stock", "states": ["done"]},
    {"measure": "stock", "once_by": "organisation"},
    {"measure": "net", "states": ["done", "filed"]},
    {"measure": "net", "once_by": "organisation", "categories": ["province"]},
    {"measure": "coverage", "counted_on": "due_on", "states": ["done"], "excused": ["excused"]},
    {"measure": "coverage", "counted_on": "happened_on", "states": ["done", "filed"], "once_by": "organisation"},
    {"measure": "coverage", "counted_on": "due_on", "states": ["done"], "excused": ["excused"], "arrears": True},
    {"measure": "cadence", "window": "month", "per_window": 1},
    {"measure": "cadence", "window": "week", "per_window": 1, "states": ["done"]},
    {"measure": "cadence", "window": "quarter", "per_window": 2, "grouped": True},
    {"measure": "cadence", "longest_gap": 14, "grouped": True},
    {"measure": "cadence", "longest_gap": 14, "counted_on": "done_on"},
    {"measure": "external", "counted_on": "decided_on", "series": "city", "benchmark": "province", "states": ["done", "filed"]},
]


def written(entries: list[list[dict[str, Any]]], channels: list[dict[str, Any]]) -> tuple[Ledger, list[Binding]]:
    ledger = new_ledger()
    other = Register.objects.create(department=ledger.department, code="channels", name_zh="载体", name_en="channels", definition={})
    posts = [ledger.put({"register": other, **channel}) for channel in channels]
    for versions in entries:
        known = sorted(versions, key=lambda version: version["known_from"])
        ledger.put(*[version_of(ledger, version, posts) for version in known])
    bindings = []
    for fields in bare(BINDINGS):
        grouped = {"groups": other} if fields.pop("grouped", False) else {}
        bindings.append(ledger.bind(**fields, **grouped))
    return ledger, bindings


def bare(bindings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [dict(fields) for fields in bindings]


def version_of(ledger: Ledger, version: dict[str, Any], posts: list[UUID]) -> dict[str, Any]:
    fields = {name: value for name, value in version.items() if name not in ("firm", "channel_entry")}
    fields["organisation"] = None if version["firm"] is None else ledger.organisations[version["firm"]]
    fields["about_id"] = None if version["channel_entry"] is None else posts[version["channel_entry"]]
    return fields


QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.django_db
@settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    ENTRIES,
    st.lists(st.fixed_dictionaries({"valid_from": MAYBE_DAY, "valid_until": MAYBE_DAY}), min_size=2, max_size=2),
    st.sampled_from([date(2020, 12, 31), date(2020, 2, 29), date(2020, 6, 30), date(2019, 12, 31), date(2020, 8, 17)]),
    st.sampled_from([end_of(date(2020, 12, 31)), at(2020, 7, 1), at(2020, 12, 31, 16), FOREVER - timedelta(1)]),
)
def test_every_measure_counts_as_by_hand(
    entries: list[list[dict[str, Any]]], channels: list[dict[str, Any]], upto: date, known: datetime
) -> None:
    with transaction.atomic():
        _, bindings = written(entries, channels)
        found = counted(bindings, [date(2020, 3, 31), upto], known)
        behind = entries_of(bindings, upto, known)
        for fields, binding in zip(BINDINGS, bindings, strict=True):
            hand = expected(binding, upto, known)
            one = found[binding.pk, 1]
            part = judged(binding, one, None, upto)
            assert {reason.value: n for reason, n in one.not_counted.items()} == dict(hand.reasons), fields
            assert one.counted == hand.counted, fields
            assert part.number == hand.number, fields
            recorded = one.counted + sum(hand.reasons[reason] for reason in ("evidence", "check", "duplicate"))
            assert one.recorded == recorded, fields
            listed: dict[UUID, list[str]] = {}
            for row in behind:
                if row.binding == binding.pk:
                    listed.setdefault(row.version, []).append(row.reason.value if row.reason else "")
            by_hand = {version: sorted(reasons) for version, reasons in hand.of_version.items()}
            assert {version: sorted(reasons) for version, reasons in listed.items()} == by_hand, fields
            if binding.measure == "coverage":
                assert one.due == hand.due, fields
            if binding.measure == "net":
                assert {name: part.extra[name] for name in hand.extra} == hand.extra, fields
                moves = one.movements or dict.fromkeys(("opening", "new", "moved_in", "expired", "revoked", "moved_out", "closing"), 0)
                gone = moves["expired"] + moves["revoked"] + moves["moved_out"]
                assert moves["opening"] + moves["new"] + moves["moved_in"] - gone == moves["closing"], fields
            if binding.measure == "cadence":
                assert (max(one.gaps.values()) if one.gaps else None) == hand.extra["gap"], fields
            if binding.measure == "external":
                beside = [edition.amount for edition in one.editions if edition.benchmark and edition.data_year == upto.year]
                assert (beside[0] if beside and part.number is not None else None) == hand.extra["benchmark"], fields
        transaction.set_rollback(True)
