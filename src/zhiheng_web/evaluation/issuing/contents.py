"""What each paper of the year says now, laid out by the library. What was issued is never made again: it is read as it was kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.evaluation_report import evaluation_report
from zhiheng.reports.papers.monitoring_report import monitoring_report
from zhiheng.reports.papers.monitoring_table import monitoring_table
from zhiheng.reports.papers.rectification_ledger import rectification_ledger
from zhiheng.reports.papers.rectification_notice import rectification_notice
from zhiheng.reports.papers.use_of_results import use_of_results
from zhiheng_web.evaluation.issuing import self_evaluated
from zhiheng_web.evaluation.issuing.heads import finance_name, headed, kind_words, office_of, signature
from zhiheng_web.evaluation.issuing.subjects import Subject
from zhiheng_web.evaluation.queries.evaluation_paper import evaluation_paper
from zhiheng_web.evaluation.queries.monitoring_paper import monitoring_paper
from zhiheng_web.evaluation.queries.rectification_paper import ledger_entries, notice_of
from zhiheng_web.evaluation.queries.uses_paper import uses_paper
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text

UNPRINTABLE = Text(
    "“{subject}”的内容与文书格式不符（{why}），不能出具。请先在对应页面核对更正。",
    "What is recorded of “{subject}” does not fit the form ({why}): the paper cannot be issued. Check and correct it on its page first.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper to be written: for whom, about what, under which number ('' for a draft), as it stands on which day."""

    viewer: Viewer
    subject: Subject
    number: str
    on: date


def content_of(viewer: Viewer, subject: Subject, number: str, on: date) -> Content:
    """What the paper says, read on ``on``. Refused with the reason while something is missing, or where the form cannot hold it."""
    if subject.missing is not None:
        raise Refusal("not_yet", subject.missing)
    try:
        return WRITERS[subject.kind.code](Asked(viewer, subject, number, on))
    except ValueError as fault:
        raise Refusal("unprintable", UNPRINTABLE.with_(subject=subject.name, why=str(fault))) from fault


def _monitoring(asked: Asked) -> Content:
    paper = monitoring_paper(asked.viewer, asked.subject.key)
    report = paper.report
    plan = headed(paper.plan, report.table)
    opinions = signature("监控表报送", report.submitted_by, report.submitted_at)
    return monitoring_table(plan, asked.number, paper.months, paper.money, paper.rows, opinions, kind=report.table.kind)


def _monitoring_report(asked: Asked) -> Content:
    paper = monitoring_paper(asked.viewer, asked.subject.key)
    # one round asks for a report on the department, on each unit and on every project: the title says on which
    table = paper.report.table
    period = f"{paper.round.period}{kind_words(table)}"
    return monitoring_report(asked.number, replace(paper.round, issuer=office_of(table), to=finance_name(), period=period))


def _self_evaluation(asked: Asked) -> Content:
    return self_evaluated.table_of(asked.subject, asked.number)


def _self_evaluation_report(asked: Asked) -> Content:
    return self_evaluated.report_of(asked.subject, asked.number, finance_name())


def _evaluation(asked: Asked) -> Content:
    said = evaluation_paper(asked.viewer, asked.subject.key)
    return evaluation_report(asked.number, replace(said, subject=evaluated_subject(said.subject)))


def evaluated_subject(name: str) -> str:
    """The name of an evaluation without what the title of its report says once more (绩效评价报告); a remark behind it stays.

    Who evaluated (财政评价, 部门评价) stands on the cover.
    """
    subject = re.sub(r"(财政|部门)?(绩效)?评价(报告)?(（[^（）]*）|\([^()]*\))?$", r"\4", name)
    return name if subject[:1] in ("", "（", "(") else subject


def _rectification(asked: Asked) -> Content:
    return rectification_notice(asked.number, notice_of(asked.viewer, asked.subject.key))


def _rectification_ledger(asked: Asked) -> Content:
    subject = asked.subject
    entries = ledger_entries(asked.viewer, subject.department.pk, subject.year)
    return rectification_ledger(asked.number, subject.department.name, subject.year, asked.on, entries)


def _use_of_results(asked: Asked) -> Content:
    subject = asked.subject
    uses = uses_paper(asked.viewer, subject.department.pk, subject.year)
    return use_of_results(asked.number, subject.department.name, subject.year, asked.on, uses)


WRITERS: Mapping[str, Callable[[Asked], Content]] = {
    "monitoring": _monitoring, "monitoring_report": _monitoring_report, "self_evaluation": _self_evaluation,
    "self_evaluation_report": _self_evaluation_report, "evaluation": _evaluation, "rectification": _rectification,
    "rectification_ledger": _rectification_ledger, "use_of_results": _use_of_results,
}  # fmt: skip
"""The writer of each kind."""
