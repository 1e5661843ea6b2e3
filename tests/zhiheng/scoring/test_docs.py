"""The worked rows of the scoring pages give what the pages say, in both languages."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from tests.plans import plan_of

from zhiheng.scoring.around import around, value_of
from zhiheng.scoring.observation import observed
from zhiheng.scoring.outcome import Judged, Points, rounded
from zhiheng.scoring.scheme_file import load, names, scheme
from zhiheng.scoring.states import outcome_of

DOCS = Path(__file__).parents[3] / "docs"
PAGES = {name: (DOCS / name).read_text("utf-8") for name in ("scoring.md", "scoring.zh-CN.md")}
ROW = re.compile(rf"^\| ({'|'.join(names())}) \| (.+) \| (.+) \| (.+) \| (\d+) \| ([\d.-]+) \|$", re.MULTILINE)
ROWS = ROW.findall(PAGES["scoring.md"])


def test_both_pages_show_the_same_rows() -> None:
    assert len(ROWS) == 15
    assert ROW.findall(PAGES["scoring.zh-CN.md"]) == ROWS


@pytest.mark.parametrize(("name", "indicator", "target", "actual", "weight", "points"), ROWS)
def test_worked_row(name: str, indicator: str, target: str, actual: str, weight: str, points: str) -> None:
    plan = plan_of({"year": 2022, "indicators": [{"name": indicator, "target": target, "actual": actual}]}).plan
    (row,) = plan.indicators
    assert row.actual is not None
    by = scheme(name)
    found = outcome_of(value_of(row.target), observed(row.actual), Fraction(weight), by, around(plan, row, by))
    if "-" in points:
        assert isinstance(found, Judged)
        assert [str(found.low), str(found.high)] == points.split("-")
    else:
        assert isinstance(found, Points)
        assert str(rounded(found, Fraction(weight), by.rounding, by.word("rounding.full"))) == points


@pytest.mark.parametrize("page", PAGES.values())
def test_the_scheme_shown_loads(page: str) -> None:
    (shown,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert load("donghu.toml", shown).rounding.name == "half_up_1"


def test_every_scheme_is_named() -> None:
    for page in PAGES.values():
        assert all(f"`{name}`" in page for name in names())
