"""Who may do what in self-evaluation, and which self-evaluations a viewer sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.db.models import Q, QuerySet

from zhiheng.plan.procedure import FINANCE_ROLES, Role
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationRow
from zhiheng_web.evaluation.policies.monitoring import row_scopes, table_scope
from zhiheng_web.organisation.authority import Grant, policies
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.policies import FILLERS, OFFICER, READERS, SECOND_PERSONS, visible_tables
from zhiheng_web.wording import Text

__all__ = ["ACCEPTORS", "POLICIES", "scopes_of", "table_scope", "visible_self_evaluations"]
ACCEPTORS = frozenset({Role.FINANCE_PERFORMANCE, Role.FINANCE_BUSINESS})

POLICIES = policies(
    {
        "evaluation.see_self_evaluations": Grant(READERS, Text("查看绩效自评", "See self-evaluations")),
        "evaluation.begin_self_evaluation": Grant(OFFICER, Text("开展自评", "Begin a self-evaluation")),
        "evaluation.take_values": Grant(OFFICER, Text("更新实际完成值", "Take the values anew")),
        "evaluation.fill_self_evaluation": Grant(FILLERS, Text("填写自评", "Fill in a self-evaluation")),
        "evaluation.set_points": Grant(OFFICER, Text("调整自评分值", "Change points of a self-evaluation")),
        "evaluation.choose_scheme": Grant(OFFICER, Text("选择自评计分方案", "Choose the scheme of a self-evaluation")),
        "evaluation.add_file": Grant(FILLERS, Text("上传自评佐证材料", "Add a file to a self-evaluation")),
        "evaluation.withdraw_file": Grant(FILLERS, Text("撤回自评佐证材料", "Withdraw a file of a self-evaluation")),
        "evaluation.judge_row": Grant(FILLERS, Text("评定定性指标", "Judge a qualitative indicator")),
        "evaluation.declare_actual": Grant(FILLERS, Text("申报实际完成值", "Declare an actual value")),
        "evaluation.override_score": Grant(OFFICER, Text("人工改分", "Override a score")),
        "evaluation.take_back_override": Grant(OFFICER, Text("撤回人工改分", "Take an override back")),
        "evaluation.confirm_override": Grant(SECOND_PERSONS, Text("确认人工改分", "Confirm an override")),
        "evaluation.submit_self_evaluation": Grant(OFFICER, Text("报送自评", "Submit a self-evaluation")),
        "evaluation.decide_self_evaluation": Grant(ACCEPTORS, Text("认定或退回自评", "Accept or return a self-evaluation")),
        "evaluation.correct_self_evaluation": Grant(OFFICER, Text("更正已认定的自评", "Correct an accepted self-evaluation")),
    }
)


def visible_self_evaluations(viewer: Viewer) -> QuerySet[SelfEvaluation]:
    """The self-evaluations of tables that a viewer may read. As the finance bureau one reads those that were submitted at some time."""
    inside = replace(viewer, held=tuple(held for held in viewer.held if held.role not in FINANCE_ROLES))
    outside = replace(viewer, held=tuple(held for held in viewer.held if held.role in FINANCE_ROLES))
    own = Q(table__in=visible_tables(inside))
    return SelfEvaluation.objects.filter(own | Q(table__in=visible_tables(outside), submitted_at__isnull=False))


def scopes_of(evaluation: SelfEvaluation, rows: Iterable[SelfEvaluationRow]) -> dict[UUID, Scope]:
    """Row → where it belongs: the offices that hold its duty. One query. The rows' indicator rows must be loaded with their duty rows."""
    duties = {row.pk: row.indicator_row.duty_row.duty_id if row.indicator_row.duty_row is not None else None for row in rows}
    return row_scopes(evaluation.table, duties)
