"""The year by the people whose work it is, on PostgreSQL: each part from where it begins, every person in a browser of his own."""

from __future__ import annotations

from pathlib import Path

from tests.browser.year import evaluating, following, monitoring, publishing, self_evaluating, surveying
from tests.browser.year.conftest import YearAt


def test_officer_sections_and_head_monitor(year_at: YearAt) -> None:
    """绩效管理员、经办、科室负责人; finance and the auditor read what was handed in."""
    desks = year_at("found")
    monitoring.whole(desks)
    monitoring.finance_reads(desks("czyewu"))
    monitoring.finance_reads(desks("shenji"))


def test_respondents_answer_and_the_department_evaluates_itself(year_at: YearAt) -> None:
    """Ten people without an account on their phones; then 经办, 第二人, 绩效管理员 and 财政业务科室."""
    desks = year_at("found")
    surveying.whole(desks)
    self_evaluating.whole(desks)
    self_evaluating.has_its_figure_from_the_survey(desks("shenji"))


def test_finance_and_an_agency_evaluate(year_at: YearAt) -> None:
    """财政绩效科, 第三方机构, the evaluated department; and an agency that is not engaged."""
    evaluating.whole(year_at("evaluated"))


def test_finance_orders_and_uses_results(year_at: YearAt) -> None:
    """财政绩效科 and the section that puts it right."""
    following.whole(year_at("evaluated"))


def test_the_department_publishes_and_everybody_reads(year_at: YearAt, tmp_path: Path) -> None:
    """绩效管理员, 保密审查员, 主要负责人 on a phone, a citizen without an account, the auditor."""
    desks = year_at("evaluated")
    publishing.budget(desks, tmp_path)
    publishing.final(desks, tmp_path)
    publishing.everybody_reads(desks, tmp_path)
    publishing.finds_it_in_the_trail(desks("shenji"))
