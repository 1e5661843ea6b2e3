"""What 评价结果应用表 says, for the library's paper: the decisions that stand from a department's results of a year, in 万元."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from zhiheng.audit.money import printed
from zhiheng.reports.papers.use_of_results import Use
from zhiheng_web.evaluation.models import Evaluation, UseOfResult
from zhiheng_web.evaluation.policies.rectification import visible_uses
from zhiheng_web.evaluation.queries.uses import BESIDE, DECISIONS, corrected
from zhiheng_web.evaluation.rectifying import subject_of
from zhiheng_web.organisation.authority import authorise_menu
from zhiheng_web.organisation.viewer import Viewer

TEN_THOUSAND = Decimal(10_000)


def uses_paper(viewer: Viewer, department: UUID, year: int) -> list[Use]:
    """The rows of the table for the results of ``year``. One query."""
    authorise_menu(viewer, "evaluation.see_rectification")
    rows = visible_uses(viewer).filter(table__unit__department=department, table__year=year, replaced_by__isnull=True)
    return [_row(use) for use in rows.select_related(*BESIDE).order_by("table__unit__code", "table__project__code", "decided_at")]


def _row(use: UseOfResult) -> Use:
    result = use.evaluation or use.self_evaluation
    basis = "自评"
    if use.evaluation is not None:
        basis = "财政评价" if use.evaluation.kind == Evaluation.Kind.FINANCE else "部门评价"
    now = corrected(use)
    if now is not None:
        basis = f"自评（已更正为{'' if now.total is None else printed(now.total) + '分 '}{now.grade}）"
    points = printed(result.total) if result and result.total is not None else ""
    name = use.project.name if use.project else subject_of(use.table) + ("" if use.table.project else "（整体）")
    decision = DECISIONS[UseOfResult.Decision(use.decision)].zh
    amounts = (use.before / TEN_THOUSAND, use.after / TEN_THOUSAND)
    return Use(name, basis, points, result.grade if result else "", decision, *amounts, use.reason, use.document)
