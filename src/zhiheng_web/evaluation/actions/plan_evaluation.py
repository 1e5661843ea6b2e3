"""评价立项: an evaluation of a table is planned with its scope, its index system and the day by which it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhiheng.evaluation.index_system import IndexSystem, names, system
from zhiheng.plan.procedure import ONCE_APPROVED, SETTLED
from zhiheng_web.evaluation.evaluating.lookup import organised, watched
from zhiheng_web.evaluation.evaluating.recording import digest_state, done, invalid, not_past, words
from zhiheng_web.evaluation.models import Evaluation, IndexItem
from zhiheng_web.evaluation.policies.evaluations import may_organise
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import PerformanceTable
from zhiheng_web.planning.policies import visible_tables
from zhiheng_web.trail.action import Done, Forbidden, Refusal, action
from zhiheng_web.wording import Text

NEEDED = {"name": Text("评价项目名称", "the name"), "scope": Text("评价范围", "the scope")}
LONG = Text("名称最多 200 个字。", "A name has 200 characters at most.")
NO_SYSTEM = Text("没有这个评价指标体系，请从列表中选择。", "There is no such index system: choose one of the list.")
NO_KIND = Text("请选择评价类型。", "Choose the kind of evaluation.")
NOT_YOURS = Text(
    "部门评价由主管部门绩效管理员组织，财政评价由财政绩效科组织。",
    "The performance officer organises the department's evaluations, the performance section of finance those of finance.",
)
NOT_APPROVED = Text("“{table}”还没有批复的绩效目标，不能评价。", "“{table}” has no goals in force: there is nothing to evaluate by.")
STANDING = Text("“{table}”已有正在进行的{kind}“{name}”。", "“{table}” is being evaluated already: {kind} “{name}”.")
NO_FINANCE = Text("系统中没有财政部门，请联系系统管理员。", "There is no finance department here: ask the system administrator.")


@dataclass(frozen=True, slots=True)
class EvaluationPlan:
    """An evaluation as somebody asks for it."""

    kind: str
    name: str
    scope: str
    system: str
    due_on: date
    document: str = ""


@action("evaluation.plan_evaluation", steps=("evaluate",))
def plan_evaluation(viewer: Viewer, table: UUID, plan: EvaluationPlan) -> Done[Evaluation]:
    """Plan the evaluation of a table, with the items of its index system."""
    row = visible_tables(viewer).select_related("unit__department", "project").filter(pk=table).first()
    if row is None:
        raise absent(Text("该绩效目标表", "this table"))
    authorise(viewer, "evaluation.plan_evaluation", Scope(row.unit.department_id, row.unit_id))
    if plan.kind not in Evaluation.Kind.values:
        raise invalid("kind", NO_KIND)
    if not may_organise(viewer, plan.kind, row):
        raise Forbidden("not_permitted", NOT_YOURS)
    said = words(NEEDED, name=plan.name, scope=plan.scope, document=plan.document)
    if len(said["name"]) > 200:
        raise invalid("name", LONG)
    if plan.system not in names():
        raise invalid("system", NO_SYSTEM)
    not_past(plan.due_on, viewer.today(), "due_on")
    PerformanceTable.objects.select_for_update(no_key=True).get(pk=row.pk)
    _refuse_unready(row, plan.kind)
    made = Evaluation.objects.create(
        kind=plan.kind,
        organiser=_organiser(plan.kind, row),
        table=row,
        name=said["name"],
        scope=said["scope"],
        system=plan.system,
        document=said["document"],
        due_on=plan.due_on,
        planned_by=viewer.account,
        planned_at=viewer.now(),
    )
    IndexItem.objects.bulk_create(items_of(made, system(plan.system)))
    details = {"kind": plan.kind, "system": plan.system, "deadline": plan.due_on.isoformat(), "document": said["document"]}
    return done(made, made, "", details)


def items_of(evaluation: Evaluation, found: IndexSystem) -> list[IndexItem]:
    """The items of an index system as rows."""
    return [
        IndexItem(
            evaluation=evaluation,
            position=position,
            level_1=item.level,
            level_2=item.group,
            name=item.zh,
            standard=item.standard,
            full=Decimal(item.full.numerator) / item.full.denominator,
            frame=item.frame,
        )
        for position, item in enumerate(found.items, 1)
    ]


def _refuse_unready(table: PerformanceTable, kind: str) -> None:
    if not table.versions.filter(state__in=SETTLED | ONCE_APPROVED).exists():
        raise Refusal("not_approved", NOT_APPROVED.with_(table=str(table)))
    done_with = (Evaluation.State.ACCEPTED, Evaluation.State.CANCELLED)
    other = Evaluation.objects.filter(table=table, kind=kind).exclude(state__in=done_with).first()
    if other is not None:
        called = Text("部门评价", "by the department") if kind == Evaluation.Kind.DEPARTMENT else Text("财政评价", "by finance")
        raise Refusal("evaluation_standing", STANDING.with_(table=str(table), kind=called, name=other.name))


def _organiser(kind: str, table: PerformanceTable) -> Department:
    if kind == Evaluation.Kind.DEPARTMENT:
        return table.unit.department
    finance = Department.objects.filter(kind=Department.Kind.FINANCE).order_by("code").first()
    if finance is None:
        raise Refusal("no_finance", NO_FINANCE)
    return finance


@watched
@action("evaluation.cancel_evaluation", steps=("evaluate",))
def cancel_evaluation(viewer: Viewer, evaluation: UUID, reason: str) -> Done[Evaluation]:
    """End an evaluation early. What was handed in, marked and written stays on record; an engagement under way ends with it."""
    found = organised(viewer, evaluation, "cancel_evaluation")
    before = digest_state(found)
    said = words({"reason": Text("终止理由", "the reason")}, reason=reason)
    found.engagements.filter(ended_at__isnull=True).update(ended_at=viewer.now(), end_reason=said["reason"])
    found.state, found.opinion = Evaluation.State.CANCELLED, said["reason"]
    return done(found, found, before, {"reason": said["reason"]})
