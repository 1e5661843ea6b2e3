"""What the 评价报告 paper prints: the accepted evaluation with its last report, from what was kept."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from zhiheng.evaluation.index_system import LEVELS
from zhiheng.reports.papers.evaluation_report import Evaluation as Paper
from zhiheng.reports.papers.evaluation_report import Item
from zhiheng_web.evaluation.evaluating.lookup import evaluation_for, watched
from zhiheng_web.evaluation.evaluating.sight import sight_of
from zhiheng_web.evaluation.models import Evaluation, EvaluationReport
from zhiheng_web.evaluation.rectifying import subject_of
from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text

NOT_ACCEPTED = Text("评价尚未验收，不能出具评价报告。", "The evaluation is not accepted yet: its report cannot be issued.")


@watched
def evaluation_paper(viewer: Viewer, evaluation: UUID) -> Paper:
    """The content of the paper, for who sees the report of an accepted evaluation."""
    found = evaluation_for(viewer, evaluation)
    if not sight_of(viewer, found).sees_reports:
        raise absent(Text("该评价报告", "this report"))
    return paper_of(found)


def paper_of(found: Evaluation) -> Paper:
    """The same of one that is loaded with its table, unit and organiser."""
    newest = found.reports.order_by("-number").first()
    if found.state != Evaluation.State.ACCEPTED or newest is None or found.accepted_at is None:
        raise Refusal("not_accepted", NOT_ACCEPTED)
    engagement = found.engagements.filter(conflict="").order_by("-engaged_at").select_related("agency").first()
    agency = engagement.agency.name if engagement is not None and engagement.declared_at is not None else ""
    items = [
        Item(LEVELS[item.level_1][0], item.level_2, item.name, item.full, item.standard, item.finding, item.points)
        for item in found.items.order_by("position")
    ]
    table = found.table
    evaluated = subject_of(table)
    return Paper(
        subject=found.name, evaluated=evaluated, organiser=found.organiser.name, agency=agency,
        day=timezone.localtime(found.accepted_at).date(), text=_text(found, newest), items=items,
        full=sum((item.full for item in items), Decimal(0)), total=found.total, grade=found.grade, conclusion=newest.summary,
    )  # fmt: skip


def _text(found: Evaluation, newest: EvaluationReport) -> tuple[tuple[str, str], ...]:
    said = [("评价范围", found.scope), ("存在的主要问题", newest.problems), ("有关建议", newest.advice)]
    if newest.replied_at is not None:
        said.append(("意见反馈情况", reply_words(newest)))
    return tuple(said)


def reply_words(report: EvaluationReport) -> str:
    """意见反馈情况: what the evaluated said to the report and what was answered; '' while it has not replied."""
    if report.replied_at is None:
        return ""
    reply = "被评价单位对报告无异议。" if report.agrees else f"被评价单位意见：{report.reply}"
    return f"{reply}\n答复：{report.answer}" if report.answer else reply
