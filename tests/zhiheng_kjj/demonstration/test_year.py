"""The invented year 2020: what stands in the registers, what the 36 indicators come to, and that it is the same every time."""

from __future__ import annotations

import json
import re
import sqlite3
import tomllib
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest
from tests.demonstrated import DATABASE, ROOT, command, copied

PACK = ROOT / "src" / "zhiheng_kjj"
TABLE = ROOT / "examples" / "linyi-2020" / "table.txt"
IDENTITY = re.compile(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}")
NOW = "v.known_until = (select max(known_until) from ledgers_entryversion)"
"""The versions that nothing has followed."""


def expected(table: str) -> dict[str, tuple[str, str]]:
    """The plan of the scripts: indicator → how its value begins, and its state."""
    from zhiheng_kjj.demonstration.year import DUTIES

    return {name: what for one in DUTIES for name, what in getattr(import_module(f"zhiheng_kjj.demonstration.{one}"), table).items()}


def actuals(folder: Path, *options: str) -> dict[str, dict[str, object]]:
    return {line["indicator"]: line for line in json.loads(command(folder, "actuals", "--format", "json", *options))}


def registers() -> set[str]:
    """Every register of the pack, read from its files."""
    pack = tomllib.loads((PACK / "pack.toml").read_text("utf-8"))
    return {one["code"] for name in pack["registers"] for one in tomllib.loads((PACK / name).read_text("utf-8"))["registers"]}


def test_every_register_has_entries(rows: sqlite3.Connection) -> None:
    kept = Counter(code for (code,) in rows.execute("select r.code from ledgers_entry e join ledgers_register r on r.id = e.register_id"))
    assert {code for code in registers() if not kept[code]} == set()
    assert 5500 <= sum(kept.values()) <= 7000


def test_the_plan_names_all_36_indicators_and_every_kind_of_ending() -> None:
    plan = expected("EXPECTED") | expected("EXPECTED_LATER")
    assert len(plan) == 36
    states = Counter(state for _, state in plan.values())
    assert set(states) == {"met", "missed", "not_organised", "waiting"}
    assert (states["not_organised"], states["waiting"]) == (1, 1)
    assert states["missed"] >= 6


@pytest.mark.parametrize(("day", "tables"), [("2020-12-31", ["EXPECTED"]), ("2021-02-01", ["EXPECTED", "EXPECTED_LATER"])])
def test_every_indicator_ends_as_planned(demonstrated: Path, day: str, tables: list[str]) -> None:
    plan = {name: what for table in tables for name, what in expected(table).items()}
    found = actuals(demonstrated, "--known", day)
    assert set(found) == set(plan)
    told = {name: (str(line["shown"]), line["state"]) for name, line in found.items()}
    wrong = {
        name: told[name] for name, (begins, state) in plan.items() if not (told[name][0].startswith(begins) and told[name][1] == state)
    }
    assert wrong == {}


def test_one_indicator_is_missed_for_want_of_evidence(demonstrated: Path) -> None:
    line = actuals(demonstrated)["院士工作站备案"]
    left = {one["reason"]: one["count"] for one in line["not_counted"]}  # type: ignore[attr-defined]
    assert (line["recorded"], line["counted"], left["evidence"], line["state"]) == (8, 5, 3, "missed")


def test_a_sum_of_the_database_gives_what_the_measure_gives(demonstrated: Path, rows: sqlite3.Connection) -> None:
    """技术合同 of the year by plain SQL: registered in 2020, proved, confirmed."""
    (plain,) = rows.execute(
        f"""select count(distinct v.counts_as) from ledgers_entryversion v join ledgers_register r on r.id = v.register_id
        where r.code = 'technology_contract' and {NOW} and v.state = 'registered' and v.standing = 'confirmed' and v.gap = ''
        and v.decided_on between '2020-01-01' and '2020-12-31'"""
    ).fetchone()
    assert str(plain) == actuals(demonstrated)["技术市场服务"]["value"] == "428"


def test_values_move_through_the_year(rows: sqlite3.Connection) -> None:
    """What counts events rises from quarter to quarter in the values frozen at its end; monitoring freezes its own days later."""
    taken = rows.execute(
        """select i.name, s."on", s.counted from ledgers_snapshot s join planning_indicator i on i.id = s.indicator_id
        where date(s.taken_at) = s."on" order by s."on" """
    ).fetchall()
    assert len(taken) == 4 * 36
    for name in (
        "技术市场服务",
        "科技查新与检索服务",
        "推动科技企业与省内院校开展实质性产学研合作",
        "挖掘争取重大专项项目",
        "组织技术对接",
    ):
        counted = [count for indicator, _, count in taken if indicator == name]
        assert counted == sorted(counted)
        assert len(set(counted)) >= 3, name


def test_what_happened_to_entries(rows: sqlite3.Connection) -> None:
    """Waiting, returned with a reason, revoked, corrected after a snapshot, generated, imported, known only in January."""
    standings = Counter(standing for (standing,) in rows.execute(f"select standing from ledgers_entryversion v where {NOW}"))
    assert standings["submitted"] >= 5
    assert standings["returned"] >= 1
    assert standings["revoked"] >= 1
    changes = Counter(
        (change, bool(reason), known[:4])
        for change, reason, known in rows.execute("select change, reason, known_from from ledgers_entryversion")
    )
    for change in ("corrected", "returned", "revoked"):
        assert any(one[0] == change and one[1] for one in changes), change
        assert not any(one[0] == change and not one[1] for one in changes), change
    assert changes["corrected", True, "2021"] >= 1
    assert sum(count for one, count in changes.items() if one[0] == "generated") >= 60
    assert sum(count for one, count in changes.items() if one[2] == "2021") >= 8
    assert rows.execute("select count(*) from ledgers_entryimport where state = 'written' and made > 0").fetchone()[0] >= 1
    assert rows.execute("select count(distinct reporter_id) from ledgers_entryversion").fetchone()[0] >= 2
    assert rows.execute("select count(*) from ledgers_snapshot where taken_at >= '2021-01-01' and reason <> ''").fetchone()[0] >= 1
    assert rows.execute("select count(*) from ledgers_circumstance where confirmed_by_id <> decided_by_id").fetchone() == (1,)


def test_everything_was_known_in_its_year(rows: sqlite3.Connection) -> None:
    """Figures that are declared in self-evaluations come later, in a register of their own."""
    first, last = rows.execute(
        """select min(v.known_from), max(v.known_from) from ledgers_entryversion v join ledgers_register r on r.id = v.register_id
        where r.code not like 'own%'"""
    ).fetchone()
    assert first > "2020-01-01"
    assert last < "2021-02-01"


def test_classified_work_keeps_number_and_day_only(rows: sqlite3.Connection) -> None:
    found = rows.execute(
        f"""select v.title, v.number, v.details, v.standing from ledgers_entryversion v join ledgers_register r on r.id = v.register_id
        where r.code = 'fusion_plan' and {NOW}"""
    ).fetchall()
    assert found == [("", "RH2020-01", "{}", "confirmed")]


def test_the_trail_of_the_year_holds(demonstrated: Path, tmp_path: Path) -> None:
    command(copied(demonstrated, tmp_path / "copy"), "trail", "verify")


def test_asked_again_it_is_not_filled_again(demonstrated: Path, tmp_path: Path) -> None:
    folder = copied(demonstrated, tmp_path / "copy")
    before = said(folder)
    assert actuals(folder) == actuals(folder)
    assert said(folder) == before


def test_the_same_seed_gives_the_same_year(demonstrated: Path, tmp_path: Path) -> None:
    """Made a second time, with another seed of Python's own hashing: the same keys, values, days, standings and files."""
    folder = tmp_path / "again"
    command(folder, "actuals", PYTHONHASHSEED="2")
    first, second = said(demonstrated), said(folder)
    assert len(first) == len(second)
    assert first == second


def said(folder: Path) -> list[str]:
    """Everything that was ever known, as lines without identities: versions with all they say, and what proves them."""
    found = sqlite3.connect(f"file:{folder / DATABASE}?mode=ro", uri=True)
    names = [name for _, name, *_ in found.execute("pragma table_info(ledgers_entryversion)")]
    plain = [f"v.{name}" for name in names if name != "id" and name != "sealed" and not name.endswith("_id")]
    versions = found.execute(
        f"""select r.code, e.key, o.uscc, c.uscc, {", ".join(plain)} from ledgers_entryversion v
        join ledgers_entry e on e.id = v.entry_id join ledgers_register r on r.id = v.register_id
        left join ledgers_organisation o on o.id = v.organisation_id left join ledgers_organisation c on c.id = v.counterpart_id"""
    ).fetchall()
    proofs = found.execute(
        """select r.code, e.key, p.kind, p.page, p.title, p.issued_on, p.known_from, f.sha256 from ledgers_evidence p
        join ledgers_entry e on e.id = p.entry_id join ledgers_register r on r.id = e.register_id
        left join ledgers_evidencefile f on f.id = p.file_id"""
    ).fetchall()
    found.close()
    return sorted(IDENTITY.sub("#", repr(line)) for line in [*versions, *proofs])
