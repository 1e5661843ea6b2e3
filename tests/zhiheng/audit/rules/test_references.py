"""Targets against history, over generated rows, by plain comparison."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.plans import plan_of

from zhiheng.audit.engine import audit
from zhiheng.audit.rules.references import RULES
from zhiheng.parameters.parameters import in_force

PARAMETERS = in_force(date(2020, 12, 31))
AMOUNTS = st.integers(1, 999)
NAMES = st.sampled_from([("孵化器数量", "家", False), ("有效投诉数", "起", True), ("行政运行成本", "万元", True)])
REMARKS = st.sampled_from([("", False), ("重点工作", False), ("新增", False), ("省厅2020年调整了申报范围", True)])


def codes(name: str, target: str, last_year: str, remark: str, mean: str | None = None) -> set[str]:
    references = {"last_year": last_year} if mean is None else {"last_year": last_year, "mean": mean}
    row = {"name": name, "duty": "1", "target": target, "remark": remark, "references": references}
    result = audit(plan_of({"year": "2020", "indicators": [row]}), PARAMETERS, rules=RULES)
    assert not result.failed
    return {finding.code for finding in result.findings if finding.subject.field == "target"}


@given(AMOUNTS, AMOUNTS, NAMES, REMARKS)
def test_one_rule_at_most_speaks_of_the_distance(target: int, last: int, named: tuple[str, str, bool], noted: tuple[str, bool]) -> None:
    (name, unit, falling), (remark, reason) = named, noted
    worse = target > last if falling else target < last
    low, high = min(target, last), max(target, last)
    if worse:
        expected = {"R03"} if reason or 2 * (high - low) < last else {"R03a"}
    else:
        expected = {"R04"} if 10 * high > 13 * low and not reason else set()
    assert codes(name, f"{target}{unit}", f"{last}{unit}", remark) == expected


@given(AMOUNTS, NAMES)
def test_standing_still_is_told_only_by_three_years(amount: int, named: tuple[str, str, bool]) -> None:
    name, unit, _ = named
    value = f"{amount}{unit}"
    assert codes(name, value, value, "") == set()
    assert codes(name, value, value, "", mean=value) == {"R05"}


@given(st.lists(AMOUNTS, min_size=3, max_size=3))
def test_the_mean_of_three_real_years_is_never_called_impossible(years: list[int]) -> None:
    if sum(years) % 3:
        return
    row = {
        "name": "技术合同登记",
        "duty": "1",
        "target": f"{sum(years) // 3}项",
        "references": {"mean": f"{sum(years) // 3}项", "last_year": f"{years[-1]}项"},
    }
    result = audit(plan_of({"year": "2020", "indicators": [row]}), PARAMETERS, rules=RULES)
    assert not [finding for finding in result.findings if finding.code == "R12"]


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_the_mean_of_three_real_shares_is_never_called_impossible(first: int, second: int, last: int) -> None:
    total = first + second + last
    if total % 3:
        return
    row = {
        "name": "验收合格率",
        "duty": "1",
        "target": "50%",
        "remark": "口径自2020年起调整",
        "references": {"mean": f"{total // 3}%", "last_year": f"{last}%"},
    }
    result = audit(plan_of({"year": "2020", "indicators": [row]}), PARAMETERS, rules=RULES)
    assert not [finding for finding in result.findings if finding.code == "R12"]
