"""Golden scorecards of the demonstration: each table under each scheme that fits it, row by row, and worked out again by brute force.

``golden/<scheme>/<table>.csv`` is what the service gives; ``facts.csv`` is what was asked and reached, read from the ledgers' own figures
by hand. The brute force knows the rules in words only and nothing of the product.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
import sys
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.demonstrated import DATABASE, ROOT, copied, environment

HERE = Path(__file__).parent
SCRIPT = HERE / "scored.py"
PLACES = {
    "部门整体": "department", "临沂市科技创新服务中心": "u01", "高新技术企业培育专项": "p01", "科技创新平台与孵化载体建设": "p02",
    "科技成果转化贷款风险补偿资金": "p03", "科技创新券补助": "p04", "产学研与国际科技合作": "p05", "农科驿站与农业科技示范": "p06",
    "军民融合协同创新专项规划编制": "p07", "科技创新公共服务平台运行": "p08",
}  # fmt: skip
MONEY = {
    "department": ("5304", "4965.85"), "u01": ("324", "317.3"), "p01": ("1400", "1383.25"), "p02": ("800", "753"), "p03": ("1000", "830"),
    "p04": ("600", "520.25"), "p05": ("240", "233.1"), "p06": ("250", "245"), "p07": ("50", "49.5"), "p08": ("200", "193.7"),
}  # fmt: skip
"""全年预算数 after the one adjustment, and what the treasury paid from January to December, 万元: sums of projects.toml and paid.toml."""
EXECUTION = {"national": 10, "grades_80_70_60": 10, "with_cost": 10, "hubei": 20, "department": 0, "decision": 0}
GRADES = {"grades_80_70_60": ((80, "优"), (70, "良"), (60, "中"), (0, "差"))}
USUAL = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))
WHOLE_ONLY = ("department", "decision")
PAIRS = [(scheme, place) for scheme in EXECUTION for place in MONEY if scheme not in WHOLE_ONLY or place == "department"]
ACCEPTED = {
    ("部门整体", 1): ("97.41", "优"),
    ("临沂市科技创新服务中心", 1): ("99.58", "优"),
    ("高新技术企业培育专项", 1): ("99.88", "优"),
    ("科技创新平台与孵化载体建设", 1): ("99", "优"),
    ("科技成果转化贷款风险补偿资金", 1): ("98.3", "优"),
    ("科技成果转化贷款风险补偿资金", 2): ("87.3", "良"),
    ("科技创新券补助", 1): ("85.02", "良"),
    ("产学研与国际科技合作", 1): ("94.96", "优"),
    ("农科驿站与农业科技示范", 1): ("90.8", "优"),
    ("军民融合协同创新专项规划编制", 1): ("99.9", "优"),
    ("科技创新公共服务平台运行", 1): ("99.69", "优"),
}
CENT = Decimal("0.01")
BANDS = (("0.9", "1"), ("0.8", "0.8"), ("0.6", "0.5"), ("0", "0"))
"""满意度 by bands, where the scheme with a cost level gives points so."""


@pytest.fixture(scope="module")
def scored(demonstrated: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = copied(demonstrated, tmp_path_factory.mktemp("golden") / "data")
    code = f"exec(compile(open({str(SCRIPT)!r}).read(), {str(SCRIPT)!r}, 'exec'), {{'__file__': {str(SCRIPT)!r}, '__name__': 'scored'}})"
    called = [sys.executable, "-m", "zhiheng_web", "shell", "--no-imports", "-c", code]
    done = subprocess.run(called, cwd=ROOT, env=environment(folder), capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_every_pair_has_a_golden_file_and_no_file_is_left_over() -> None:
    files = {(path.parent.name, path.stem) for path in (HERE / "golden").rglob("*.csv")}
    assert files == set(PAIRS)


@pytest.mark.parametrize(("scheme", "place"), PAIRS)
def test_the_card_is_the_golden_one_row_by_row(scheme: str, place: str, scored: dict[str, Any]) -> None:
    name = next(name for name, slug in PLACES.items() if slug == place)
    assert set(scored["cards"][name]) == {one for one, other in PAIRS if other == place}
    heading, *golden = read(HERE / "golden" / scheme / f"{place}.csv")
    assert heading == ["indicator", "target", "actual", "points", "effective", "score"]
    assert scored["cards"][name][scheme] == golden


@pytest.mark.parametrize(("scheme", "place"), PAIRS)
def test_brute_force_gives_every_golden_row(scheme: str, place: str) -> None:
    golden = read(HERE / "golden" / scheme / f"{place}.csv")[1:]
    facts = [one for one in csv.DictReader((HERE / "facts.csv").open(encoding="utf-8", newline="")) if one["table"] == place]
    rows = golden[: len(facts)]
    assert [row[0] for row in rows] == [one["indicator"] for one in facts]
    points = equal(100 - EXECUTION[scheme], len(facts))
    full = spread(points, facts)
    scores = [score(one, weight, scheme) for one, weight in zip(facts, full, strict=True)]
    assert [Decimal(row[3]) for row in rows] == points
    assert [Decimal(row[4]) for row in rows] == full
    assert [Decimal(row[5]) for row in rows] == scores
    total = sum(scores, Decimal(0))
    if EXECUTION[scheme]:
        budget, paid = (Fraction(one) for one in MONEY[place])
        executed = rounded(min(Fraction(1), paid / budget) * EXECUTION[scheme])
        assert Decimal(golden[len(facts)][5]) == executed
        total += executed
    last = golden[-1]
    assert (Decimal(last[5]), Decimal(last[4])) == (total, Decimal(100))
    assert last[1] == next(grade for least, grade in GRADES.get(scheme, USUAL) if total >= least)
    assert len(golden) == len(facts) + (2 if EXECUTION[scheme] else 1)


def equal(whole: int, count: int) -> list[Decimal]:
    """Equal points in tenths; the tenths left over go to the first rows."""
    each, more = divmod(whole * 10, count)
    return [Decimal(each + (place < more)) / 10 for place in range(count)]


def spread(points: list[Decimal], facts: list[dict[str, str]]) -> list[Decimal]:
    """What a row that was not organised leaves goes to the others of its duty by their points, in hundredths that sum to it exactly."""
    full = list(points)
    for place, one in enumerate(facts):
        if one["kind"] != "left":
            continue
        full[place] = Decimal(0)
        others = [other for other, it in enumerate(facts) if it["group"] == one["group"] and it["kind"] != "left"]
        whole = sum((points[other] for other in others), Decimal(0))
        exact = {other: Fraction(points[other]) * (1 + Fraction(points[place]) / Fraction(whole)) * 100 for other in others}
        floors = {other: exact[other].numerator // exact[other].denominator for other in others}
        missing = int((whole + points[place]) * 100) - sum(floors.values())
        for other in sorted(others, key=lambda it: (floors[it] - exact[it], it))[:missing]:
            floors[other] += 1
        for other, hundredths in floors.items():
            full[other] = Decimal(hundredths) / 100
    return full


def score(one: dict[str, str], weight: Decimal, scheme: str) -> Decimal:
    """The points of one row, rounded half up to hundredths. What was missed never gets full points by rounding."""
    if weight == 0:
        return Decimal(0)
    share = reached(one, scheme)
    got = rounded(share * Fraction(weight))
    return got - CENT if share < 1 and got == weight else got


def reached(one: dict[str, str], scheme: str) -> Fraction:
    """The share of the points: in proportion up to the target, downwards from a limit, by bands for satisfaction where a scheme says so."""
    if one["kind"] == "met":
        return Fraction(1)
    actual = Fraction(one["actual"])
    if one["kind"] == "share":
        return actual / Fraction(one["over"])
    target = Fraction(one["target"])
    if one["kind"] == "survey":
        rate = actual / Fraction(one["over"])
        if scheme == "with_cost":
            return next(
                Fraction(share) for least, share in (("0.9", "1"), ("0.8", "0.8"), ("0.6", "0.5"), ("0", "0")) if rate >= Fraction(least)
            )
        return min(Fraction(1), rate / target)
    if one["kind"] == "limit":
        if actual <= target:
            return Fraction(1)
        return target / actual if scheme == "hubei" else max(Fraction(0), 1 - (actual - target) / target)
    return min(Fraction(1), actual / target)


def rounded(number: Fraction) -> Decimal:
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(CENT, ROUND_HALF_UP)


def test_what_was_accepted_is_scored_again_from_what_was_kept_alone_to_every_digit(scored: dict[str, Any]) -> None:
    found = {(one["table"], one["edition"]): one for one in scored["kept"]}
    assert set(found) == set(ACCEPTED)
    for key, (total, grade) in ACCEPTED.items():
        one = found[key]
        assert (Decimal(one["total"]), one["grade"]) == (Decimal(total), grade), key
        assert one["digest_again"] == one["digest"]
        assert one["card_again"] == one["card"]
        assert Decimal(one["card"]["total"]) == Decimal(total)
        scores = {row["index"]: row["points"] for row in one["card"]["rows"]}
        assert [None if one is None else Decimal(one) for one in one["rows"]] == [
            Decimal(scores[index]) for index in range(len(one["rows"]))
        ]


def test_what_was_accepted_is_the_golden_card_but_for_the_one_override(scored: dict[str, Any]) -> None:
    """The points in force are those of the national scheme: only 科技宣传信息每月报送 stands otherwise, by the hands of two people."""
    for one in scored["kept"]:
        if one["edition"] != 1:
            continue
        golden = read(HERE / "golden" / "national" / f"{PLACES[one['table']]}.csv")[1:]
        pairs = [(line[0], Decimal(line[5]), Decimal(kept)) for line, kept in zip(golden, one["rows"], strict=False)]
        different = [pair for pair in pairs if pair[1] != pair[2]]
        wanted = [("科技宣传信息每月报送", Decimal("2.19"), Decimal("2.3"))] if one["table"] == "部门整体" else []
        assert different == wanted, one["table"]


def test_the_corrected_row_by_hand(scored: dict[str, Any]) -> None:
    """41 working days where 30 are allowed: (1 − 11/30) · 30 = 19 points, so 98.3 becomes 87.3."""
    second = next(one for one in scored["kept"] if one["edition"] == 2)
    assert [Decimal(one) for one in second["rows"]] == [Decimal(30), Decimal(19), Decimal(30)]
    assert Decimal(second["total"]) == Decimal(30) + 19 + 30 + Decimal("8.3")


def test_the_declared_working_days_are_those_between_the_days_of_the_ledger(demonstrated: Path) -> None:
    """补偿办理时限: no measure counts working days, so it is declared: the first claims took 30, the last one 41."""
    with sqlite3.connect(f"file:{demonstrated / DATABASE}?mode=ro", uri=True) as rows:
        claims = rows.execute(
            """select v.received_on, v.done_on from ledgers_entryversion v join ledgers_register r on r.id = v.register_id
            where r.code = 'loan_compensation' and v.known_until like '9999%' and v.state = 'paid' order by v.done_on"""
        ).fetchall()
    off = {date(2020, 10, day) for day in range(1, 9)}
    extra = {date(2020, 9, 27), date(2020, 10, 10)}  # 国办发明电〔2019〕16号

    def works(day: date) -> bool:
        return day in extra or (day.weekday() < 5 and day not in off)

    taken = []
    for received, done in claims:
        first, last = date.fromisoformat(received), date.fromisoformat(done)
        taken.append(sum(works(first + timedelta(days)) for days in range(1, (last - first).days + 1)))
    assert taken == [30, 30, 41]
