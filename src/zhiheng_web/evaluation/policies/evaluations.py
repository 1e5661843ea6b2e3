"""Who may do what in re-checks and evaluations, and which of them a viewer sees at all.

What of an evaluation a viewer sees is in evaluating/sight.py: an agency before its declaration the terms only, an evaluator before
his own marks nothing of the others'.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from zhiheng.plan.procedure import FINANCE_ROLES, Role
from zhiheng_web.evaluation.models import AgencyMember, Engagement, Evaluation, Evaluator, Recheck, Sample
from zhiheng_web.evaluation.policies.self_evaluation import visible_self_evaluations
from zhiheng_web.organisation.authority import Grant, policies
from zhiheng_web.organisation.models import Office
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import PerformanceTable
from zhiheng_web.planning.policies import FILLERS, READERS, visible_tables
from zhiheng_web.wording import Text

ORGANISERS = frozenset({Role.PERFORMANCE_OFFICER, Role.FINANCE_PERFORMANCE})
"""The officer organises 部门评价, finance 财政评价: see :func:`organises`."""
FINANCE = frozenset({Role.FINANCE_PERFORMANCE})
AGENCY = frozenset({Role.AGENCY})
AGENCY_KEEPERS = frozenset({Role.FINANCE_PERFORMANCE, Role.SYSTEM_ADMINISTRATOR})
WRITERS = ORGANISERS | AGENCY
PAYERS = ORGANISERS | {Role.HEAD, Role.AUDITOR, Role.DISCIPLINE}
"""Who sees the contract and its fee beside the two that concluded it."""

POLICIES = policies(
    {
        "evaluation.see_evaluations": Grant(READERS | AGENCY, Text("查看绩效评价", "See evaluations")),
        "evaluation.see_evaluated": Grant(
            AGENCY, Text("查看所评价的目标表、自评和基础数据", "See the table, self-evaluation and sheet evaluated")
        ),
        "evaluation.see_samples": Grant(READERS, Text("查看财政抽查", "See samples and re-checks")),
        "evaluation.see_agencies": Grant(READERS | AGENCY_KEEPERS, Text("查看第三方机构名录", "See the agencies")),
        "evaluation.keep_agency": Grant(AGENCY_KEEPERS, Text("维护第三方机构", "Keep an agency")),
        "evaluation.join_agency": Grant(AGENCY_KEEPERS, Text("登记机构人员", "Add somebody to an agency")),
        "evaluation.leave_agency": Grant(AGENCY_KEEPERS, Text("注销机构人员", "Take somebody from an agency")),
        "evaluation.announce_sample": Grant(FINANCE, Text("登记抽样种子", "Write down the seed of a sample")),
        "evaluation.draw_sample": Grant(FINANCE, Text("抽取样本", "Draw a sample")),
        "evaluation.recheck_row": Grant(FINANCE, Text("逐行复核", "Re-check a row")),
        "evaluation.finish_recheck": Grant(FINANCE, Text("完成复核", "Finish a re-check")),
        "evaluation.plan_evaluation": Grant(ORGANISERS, Text("评价立项", "Plan an evaluation")),
        "evaluation.weigh_items": Grant(ORGANISERS, Text("调整评价指标分值", "Weigh the items of an evaluation")),
        "evaluation.cancel_evaluation": Grant(ORGANISERS, Text("终止评价", "Cancel an evaluation")),
        "evaluation.engage_agency": Grant(ORGANISERS, Text("委托第三方机构", "Engage an agency")),
        "evaluation.end_engagement": Grant(ORGANISERS, Text("解除委托", "End an engagement")),
        "evaluation.declare_interests": Grant(AGENCY, Text("机构声明利益关系", "Declare the agency's interests")),
        "evaluation.request_material": Grant(WRITERS, Text("列出资料清单", "List materials to hand in")),
        "evaluation.hand_in_material": Grant(FILLERS, Text("提交评价资料", "Hand in material")),
        "evaluation.return_material": Grant(WRITERS, Text("退回评价资料", "Send material back")),
        "evaluation.waive_material": Grant(ORGANISERS, Text("免交评价资料", "Waive material")),
        "evaluation.appoint_evaluator": Grant(ORGANISERS, Text("聘请评价人员", "Appoint an evaluator")),
        "evaluation.open_marking": Grant(ORGANISERS, Text("开始评分", "Open the marking")),
        "evaluation.declare_evaluator": Grant(frozenset(), Text("评价人员声明利益关系", "Declare one's own interests"), own=True),
        "evaluation.give_marks": Grant(frozenset(), Text("评分", "Give marks"), own=True),
        "evaluation.hand_in_marks": Grant(frozenset(), Text("提交评分", "Hand in one's marks"), own=True),
        "evaluation.write_finding": Grant(WRITERS, Text("填写评价情况", "Write what was found")),
        "evaluation.hand_in_report": Grant(WRITERS, Text("提交评价报告", "Hand in a draft report")),
        "evaluation.reply_to_report": Grant(FILLERS, Text("反馈评价意见", "Reply to a draft report")),
        "evaluation.pass_over_reply": Grant(ORGANISERS, Text("逾期未反馈", "Go on without a reply")),
        "evaluation.answer_reply": Grant(WRITERS, Text("答复反馈意见", "Answer a reply")),
        "evaluation.check_quality": Grant(ORGANISERS, Text("报告质量审核", "Check the quality of a report")),
        "evaluation.accept_evaluation": Grant(ORGANISERS, Text("评价验收", "Accept an evaluation")),
        "evaluation.return_report": Grant(ORGANISERS, Text("退回评价报告", "Return a report")),
    }
)


def scope_of(evaluation: Evaluation) -> Scope:
    """Where an evaluation belongs: to the unit that is evaluated. Its table's unit must be loaded."""
    unit = evaluation.table.unit
    return Scope(unit.department_id, unit.pk)


def evaluated_scope(evaluation: Evaluation) -> Scope:
    """The same for what the evaluated does: every office of the unit answers for its part. One query."""
    unit = evaluation.table.unit
    return Scope(unit.department_id, unit.pk, frozenset(Office.objects.filter(unit=unit).values_list("pk", flat=True)))


def evaluated_scopes(evaluations: Iterable[Evaluation]) -> dict[UUID, Scope]:
    """The same for several. One query."""
    units = {one.pk: one.table.unit for one in evaluations}
    offices: dict[UUID, set[UUID]] = {}
    for unit, office in Office.objects.filter(unit__in={unit.pk for unit in units.values()}).values_list("unit", "pk"):
        offices.setdefault(unit, set()).add(office)
    return {pk: Scope(unit.department_id, unit.pk, frozenset(offices.get(unit.pk, ()))) for pk, unit in units.items()}


def organises(viewer: Viewer, evaluation: Evaluation) -> bool:
    """Whether the viewer organises it: 部门评价 the department's officer, 财政评价 the performance section of finance. No query."""
    role = Role.PERFORMANCE_OFFICER if evaluation.kind == Evaluation.Kind.DEPARTMENT else Role.FINANCE_PERFORMANCE
    return viewer.holds({role}, scope_of(evaluation))


def may_organise(viewer: Viewer, kind: str, table: PerformanceTable) -> bool:
    """Whether the viewer may plan an evaluation of that kind of the table."""
    role = Role.PERFORMANCE_OFFICER if kind == Evaluation.Kind.DEPARTMENT else Role.FINANCE_PERFORMANCE
    return viewer.holds({role}, Scope(table.unit.department_id, table.unit_id))


def memberships(viewer: Viewer) -> QuerySet[AgencyMember]:
    """The agencies that the viewer works for today, as somebody with the role of an agency."""
    if viewer.account is None or not viewer.holds(AGENCY):
        return AgencyMember.objects.none()
    today = viewer.today()
    inside = Q(until__isnull=True) | Q(until__gt=today)
    alive = Q(agency__closed_on__isnull=True) | Q(agency__closed_on__gt=today)
    return AgencyMember.objects.filter(inside, alive, account=viewer.account, since__lte=today)


def open_engagements(viewer: Viewer) -> QuerySet[Engagement]:
    """The engagements under way of the viewer's agencies, within the places for which he holds the role of an agency."""
    places = [held.department for held in viewer.bounds(AGENCY)]
    agencies = memberships(viewer).values("agency")
    found = Engagement.objects.filter(agency__in=agencies, ended_at__isnull=True).exclude(evaluation__state=Evaluation.State.CANCELLED)
    if None in places:
        return found
    return found.filter(Q(evaluation__organiser__in=places) | Q(evaluation__table__unit__department__in=places))


def own_seats(viewer: Viewer) -> QuerySet[Evaluator]:
    """Where the viewer is an evaluator and not void."""
    if viewer.account is None:
        return Evaluator.objects.none()
    seats = Evaluator.objects.filter(account=viewer.account, voided_at__isnull=True)
    return seats.exclude(evaluation__state=Evaluation.State.CANCELLED)


def visible_evaluations(viewer: Viewer) -> QuerySet[Evaluation]:
    """The evaluations of tables that a viewer reads, those his agency is engaged for now, and those in which he marks.

    Who declared a conflict of interests as an evaluator does not come in again by way of his agency.
    """
    seen = Q(table__in=visible_tables(viewer)) if viewer.holds(READERS) else Q(pk__in=[])
    if viewer.account is not None:
        conflicted = Evaluator.objects.filter(account=viewer.account, voided_at__isnull=False).values("evaluation")
        engaged = open_engagements(viewer).exclude(evaluation__in=conflicted).values("evaluation")
        seen |= Q(pk__in=engaged) | Q(pk__in=own_seats(viewer).values("evaluation"))
    return Evaluation.objects.filter(seen)


def visible_samples(viewer: Viewer) -> QuerySet[Sample]:
    """Every sample to everybody who reads tables: anybody must be able to draw again. What it drew is named to those who see it."""
    return Sample.objects.all() if viewer.holds(READERS) else Sample.objects.none()


def visible_rechecks(viewer: Viewer) -> QuerySet[Recheck]:
    """The re-checks of self-evaluations that a viewer reads: finance while they are made, everybody else once they are finished."""
    found = Recheck.objects.filter(self_evaluation__in=visible_self_evaluations(viewer))
    return found if viewer.holds(FINANCE_ROLES) else found.filter(finished_at__isnull=False)
