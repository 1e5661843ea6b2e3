"""A value is frozen with its entries; an outsider computes it again from the exported files with nothing of ours."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.zhiheng_web.ledgers.measures.ledger import Ledger, at, new_ledger, on

from zhiheng.plan.procedure import Role
from zhiheng_web.ledgers.actions.confirm_circumstance import confirm_circumstance
from zhiheng_web.ledgers.actions.decide_circumstance import decide_circumstance
from zhiheng_web.ledgers.actions.take_snapshot import take_snapshot
from zhiheng_web.ledgers.measures.proof import Verdict, proof, verify
from zhiheng_web.ledgers.models import Circumstance, EntryVersion, Register, Snapshot
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import Held, Viewer
from zhiheng_web.trail.action import Absent, Forbidden, Invalid
from zhiheng_web.wording import Text

pytestmark = pytest.mark.django_db
YEAR_END = on(12, 31)


@pytest.fixture
def ledger() -> Ledger:
    return new_ledger()


def keeper(ledger: Ledger, role: Role = Role.PERFORMANCE_OFFICER) -> Viewer:
    account, _ = Account.objects.get_or_create(username=role.value, defaults={"name": role.value})
    return Viewer(account, (Held(role, ledger.department.pk),), at=at(2021, 1, 10))


def filled(ledger: Ledger) -> None:
    """Twelve entries: one a month, some without evidence, revoked, late or ended, two for the same thing."""
    for month in range(1, 13):
        day = on(month, 10)
        ledger.put(
            {
                "happened_on": day, "due_on": day, "done_on": on(month, 12 if month == 7 else 9), "valid_from": on(month, 1, 2019),
                "valid_until": on(month, 1, 2020) if month > 9 else None,
                "quantity": Decimal(month) / 4, "organisation": ledger.organisations[month % 3],
                "gap": "evidence" if month == 3 else "", "standing": "revoked" if month == 4 else "confirmed",
                "counts_as": "same" if month in (5, 6) else str(month), "state": "open" if month == 8 else "done",
                "category": "city" if month < 7 else "province", "data_year": 2020, "edition": "终核", "decided_on": day, "topics": ["甲"],
            }
        )  # fmt: skip


PARTS: list[dict[str, Any]] = [
    {"measure": "flow", "states": ["done"]}, {"measure": "flow", "once_by": "organisation"}, {"measure": "flow", "once_by": "topic"},
    {"measure": "stock"}, {"measure": "net"}, {"measure": "total", "column": "quantity", "scale": Decimal("2.5")},
    {"measure": "coverage", "counted_on": "due_on", "states": ["done"]}, {"measure": "cadence", "window": "month", "per_window": 1},
    {"measure": "cadence", "window": "quarter", "per_window": 1}, {"measure": "cadence", "longest_gap": 14},
    {"measure": "external", "counted_on": "decided_on", "series": "city", "benchmark": "province"},
]  # fmt: skip
BY_HAND = ["8", "3", "1", "6", "-3", "40.625", "70", "0", "1", "90", "1.5"]
"""Worked out from the twelve entries: March lacks evidence, April is revoked, May and June are one, July is late, August is open."""


def run_proof(content: bytes, folder: Path, change: Callable[[Path], None] = lambda _: None) -> subprocess.CompletedProcess[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    change(folder)
    return subprocess.run([sys.executable, "-I", str(folder / "proof.py")], capture_output=True, text=True, check=False)


def test_an_outsider_computes_every_measure_again(ledger: Ledger, tmp_path: Path) -> None:
    filled(ledger)
    indicators = []
    for fields in PARTS:
        indicators.append(ledger.bind(**fields).basis.indicator_id)
    snapshots = {one.indicator_id: one for one in take_snapshot(keeper(ledger), indicators, YEAR_END)}
    assert [snapshots[one].value["value"] for one in indicators] == BY_HAND
    for number, indicator in enumerate(indicators):
        done = run_proof(proof(snapshots[indicator]), tmp_path / str(number))
        assert done.returncode == 0, (PARTS[number], done.stdout, done.stderr)
        assert "value and digest hold" in done.stdout
    script = (tmp_path / "0" / "proof.py").read_text("utf-8")
    assert len(script.splitlines()) <= 40
    assert "zhiheng" not in script


def test_channels_are_proved_one_by_one(ledger: Ledger, tmp_path: Path) -> None:
    other = Register.objects.create(department=ledger.department, code="channels", name_zh="载体", name_en="channels", definition={})
    channels = [ledger.put({"register": other, "valid_from": day}) for day in (on(1, 1, 2019), on(12, 1))]
    for day in (on(12, 5), on(12, 20)):
        ledger.put(*[{"happened_on": day, "about_id": channels[1]}])
    ledger.put({"happened_on": on(11, 1), "about_id": channels[0]})
    binding = ledger.bind("cadence", longest_gap=14, groups=other)
    (snapshot,) = take_snapshot(keeper(ledger), [binding.basis.indicator_id], YEAR_END)
    assert snapshot.value["value"] == "305"  # website: 1 January to 1 November; the other, from 1 December on, at most 15 days
    assert run_proof(proof(snapshot), tmp_path).returncode == 0


def test_a_changed_file_is_found_out(ledger: Ledger, tmp_path: Path) -> None:
    filled(ledger)
    binding = ledger.bind("flow", states=["done"])
    (snapshot,) = take_snapshot(keeper(ledger), [binding.basis.indicator_id], YEAR_END)

    def more(folder: Path) -> None:
        kept = json.loads((folder / "snapshot.json").read_text("utf-8"))
        kept["parts"][0]["number"] = "9"
        (folder / "snapshot.json").write_text(json.dumps(kept), "utf-8")

    def other_date(folder: Path) -> None:
        text = (folder / "entries.csv").read_text("utf-8").replace("2020-03-10", "2020-03-11")
        (folder / "entries.csv").write_text(text, "utf-8")

    for number, change in enumerate((more, other_date)):
        assert run_proof(proof(snapshot), tmp_path / str(number), change).returncode == 1


def test_a_snapshot_is_not_touched_by_what_becomes_known_later(ledger: Ledger) -> None:
    filled(ledger)
    binding = ledger.bind("flow", states=["done"])
    (first,) = take_snapshot(keeper(ledger), [binding.basis.indicator_id], YEAR_END)
    EntryVersion.objects.filter(counts_as="2").update(known_until=at(2021, 1, 20))
    ledger.put({"happened_on": on(5, 5), "known_from": at(2021, 1, 20)})
    assert verify(first) == Verdict(True, True)
    EntryVersion.objects.filter(counts_as="1").update(known_until=at(2021, 1, 9))  # behind the back of all actions
    with pytest.raises(Invalid) as refused:
        take_snapshot(keeper(ledger), [binding.basis.indicator_id], YEAR_END)
    assert refused.value.code == "reason_missing"
    (second,) = take_snapshot(keeper(ledger), [binding.basis.indicator_id], YEAR_END, reason="一月登记有误")
    assert (second.replaces_id, second.value["value"], first.value["value"]) == (first.pk, "7", "8")
    first.value = {**first.value, "value": "80"}
    assert not verify(first).kept


def test_a_check_says_whether_what_is_kept_or_the_ledger_differs(ledger: Ledger) -> None:
    filled(ledger)
    binding = ledger.bind("total", column="quantity", name_zh="合同额", name_en="Amount")
    (snapshot,) = take_snapshot(keeper(ledger), [binding.basis.indicator_id], YEAR_END)
    assert verify(snapshot) == Verdict(True, True)
    other = EntryVersion.objects.get(counts_as="9")
    EntryVersion.objects.filter(pk=other.pk).update(known_from=at(2021, 1, 11))
    assert verify(snapshot) == Verdict(False, False, (Text("合同额", "Amount"),))
    EntryVersion.objects.filter(pk=other.pk).update(known_from=other.known_from)
    assert verify(snapshot)
    with connection.cursor() as cursor:  # whoever owns the database can take the trigger away; the check tells all the same
        on_table = "" if connection.vendor == "sqlite" else " ON ledgers_snapshotentry"
        cursor.execute(f"DROP TRIGGER ledgers_snapshotentry_no_update{on_table}")
    snapshot.entries.filter(version=other).update(reason="duplicate")
    found = verify(snapshot)
    assert (found.kept, found.recounted, bool(found)) == (False, False, False)


def test_an_indicator_of_another_department_is_absent(ledger: Ledger) -> None:
    binding = ledger.bind("flow")
    foreign = keeper(new_ledger())
    for attempt in (
        lambda: take_snapshot(foreign, [binding.basis.indicator_id], YEAR_END),
        lambda: decide_circumstance(foreign, binding.basis.indicator_id, 2020, "not_organised", "未组织", "文"),
    ):
        with pytest.raises(Absent):
            attempt()
    decision = decide_circumstance(keeper(ledger), binding.basis.indicator_id, 2020, "not_organised", "未组织", "文")
    with pytest.raises(Absent):
        confirm_circumstance(keeper(new_ledger(), Role.HEAD), decision.pk)
    assert Circumstance.objects.get(pk=decision.pk).confirmed_at is None


def test_who_may_not_keep_the_ledger_freezes_nothing(ledger: Ledger) -> None:
    filled(ledger)
    binding = ledger.bind("flow")
    for role, refusal in ((Role.AUDITOR, Forbidden), (Role.REPORTER, Absent)):
        with pytest.raises(refusal):
            take_snapshot(keeper(ledger, role), [binding.basis.indicator_id], YEAR_END)
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("change", ["UPDATE ledgers_snapshot SET counted = counted + 1", "UPDATE ledgers_snapshotentry SET reason = 'x'"])
def test_the_database_refuses_to_change_what_was_frozen(ledger: Ledger, change: str) -> None:
    filled(ledger)
    take_snapshot(keeper(ledger), [ledger.bind("flow", states=["done"]).basis.indicator_id], YEAR_END)
    with pytest.raises(DatabaseError, match="a frozen value is not changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
