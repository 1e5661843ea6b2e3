"""Every audit rule against its own case file: what must be hit is hit, and nothing else."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.contexts import context_of
from tests.plans import plan_of

from zhiheng.audit.catalogue import RULES, rule
from zhiheng.audit.engine import audit
from zhiheng.audit.rule import message
from zhiheng.parameters.parameters import in_force

FOLDER = Path(__file__).parents[2] / "cases" / "rules"
FILES = sorted(FOLDER.glob("*.toml"))


def cases(path: Path) -> list[dict[str, Any]]:
    return tomllib.loads(path.read_text("utf-8"))["case"]


CASES = [pytest.param(path.stem, case, id=f"{path.stem}-{case['name']}") for path in FILES for case in cases(path)]


@pytest.mark.parametrize(("code", "case"), CASES)
def test_case(code: str, case: dict[str, Any]) -> None:
    table = plan_of(case["plan"])
    parameters = in_force(date(table.plan.year or 2020, 12, 31), case.get("parameters"))
    result = audit(table, parameters, context=context_of(case.get("context", {}), table.plan))
    assert [fault for fault in result.failed if fault.code == code] == []
    found = [finding for finding in result.findings if finding.code == code]
    hits = Counter((finding.subject.field, finding.subject.indicator) for finding in found)
    expected = Counter((item[0], item[1] if len(item) > 1 else None) for item in case["expect"])
    assert hits == expected, [message(rule(code), finding, "zh") for finding in found]
    for finding in found:
        assert finding.place.row is not None, "a finding points somewhere"
        for language in ("zh", "en"):
            text = message(rule(code), finding, language)
            assert text.strip()
            assert "{" not in text
        if "message" in case:
            assert case["message"] in message(rule(code), finding, "zh")


def test_every_rule_has_a_case_file_and_every_file_a_rule() -> None:
    assert {path.stem for path in FILES} == {known.code for known in RULES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_examples_of_the_texts_are_cases(path: Path) -> None:
    """The flagged example is hit, the accepted one is not, and both quote what stands in the case's table."""
    named = {case["name"]: case for case in cases(path)}
    assert len(named) == len(cases(path)), "two cases of one name"
    assert named["flagged"]["expect"]
    assert not named["accepted"]["expect"]
    texts = rule(path.stem).zh
    for name, text in (("flagged", texts.flagged), ("accepted", texts.accepted)):
        assert quotes(text, strings(named[name]["plan"])), f"{path.stem} {name}: the text quotes nothing of its case: {text}"


def quotes(text: str, plan: list[str]) -> bool:
    """The text holds a whole cell of the plan, or six characters of one on end."""
    parts = [cell[start : start + 6] for cell in plan for start in range(len(cell) - 5)]
    return any(part in text for part in parts + [cell for cell in plan if len(cell) > 1])


def strings(value: Any) -> list[str]:
    """All texts in a plan's mapping, but those that name no example."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, item in value.items() if key not in {"layout", "unit"} for text in strings(item)]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return []
