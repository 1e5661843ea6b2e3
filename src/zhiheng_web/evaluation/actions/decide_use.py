"""决定结果应用: what the result of a year means for the money of the next, decided by finance with amounts, reason and document."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID, uuid4

from zhiheng_web.evaluation.models import Evaluation, SelfEvaluation, UseOfResult
from zhiheng_web.evaluation.policies.evaluations import visible_evaluations
from zhiheng_web.evaluation.policies.rectification import scope_of_table
from zhiheng_web.evaluation.policies.self_evaluation import visible_self_evaluations
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.keep_budget_line import amount_in_yuan
from zhiheng_web.planning.models import PerformanceTable
from zhiheng_web.planning.money.projects import budget_year, project_for, written
from zhiheng_web.planning.queries.tables import table_for
from zhiheng_web.trail.action import Conflict, Done, Invalid, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

Decision = UseOfResult.Decision
REASON, DOCUMENT = Text("理由", "reason"), Text("依据文件", "document")


@dataclass(frozen=True, slots=True)
class UseValues:
    """A decision: ``before`` and ``after`` in 元 for ``next_year``; from a self-evaluation or an evaluation, one of both.

    ``project``: the decision is about one project, from the result of the whole. ``replaces``: the decision it stands in for.
    """

    table: UUID
    decision: str
    before: Decimal
    after: Decimal
    reason: str
    document: str = ""
    project: UUID | None = None
    self_evaluation: UUID | None = None
    evaluation: UUID | None = None
    next_year: int | None = None
    replaces: UUID | None = None


@action("evaluation.decide_use", steps=("use_result",))
def decide_use(viewer: Viewer, values: UseValues) -> Done[UseOfResult]:
    """Decide, or replace what was decided. A table or project has one decision a year that stands."""
    table = table_for(viewer, values.table)
    PerformanceTable.objects.select_for_update(no_key=True).get(pk=table.pk)
    authorise(viewer, "evaluation.decide_use", scope_of_table(table))
    following = budget_year(values.next_year or table.year + 1)
    amounts = _refuse(viewer, table, values, following)
    standing = UseOfResult.objects.filter(table=table, project=values.project, next_year=following, replaced_by__isnull=True).first()
    if (standing.pk if standing else None) != values.replaces:
        current = {str(Text("现行决定", "Now decided")): f"{standing.get_decision_display()} {standing.reason}" if standing else "—"}
        raise Conflict("use_decided", DECIDED, current)
    use = UseOfResult(
        pk=uuid4(), table=table, project_id=values.project, self_evaluation_id=values.self_evaluation, evaluation_id=values.evaluation,
        next_year=following, decision=values.decision, before=amounts[0], after=amounts[1], reason=values.reason.strip(),
        document=values.document.strip(), decided_by=viewer.account, decided_at=viewer.now(),
    )  # fmt: skip
    use.save(force_insert=True)
    if standing is not None:
        UseOfResult.objects.filter(pk=standing.pk).update(replaced_by=use)
    details = {"year": following, "decision": use.decision, "before": str(use.before), "after": str(use.after), "document": use.document}
    name, department = str(use.project or table), str(table.unit.department_id)
    return Done(use, "evaluation.UseOfResult", str(use.pk), name, department, said(standing) if standing else "", said(use), details)


def said(use: UseOfResult) -> str:
    """The digest of what a decision says."""
    words = (use.table_id, use.project_id, use.next_year, use.decision, use.before, use.after, use.reason, use.document)
    return digest_of(f"{place}={word or ''}" for place, word in enumerate(words))


def _refuse(viewer: Viewer, table: PerformanceTable, values: UseValues, following: int) -> tuple[Decimal, Decimal]:
    written([("reason", values.reason, REASON), ("document", values.document, DOCUMENT)], needed=("reason",))
    if following <= table.year:
        raise _wrong("next_year", Text("应用年度应晚于评价年度。", "The year it is used in must come after that of the result."))
    if len(values.document) > 200:
        raise _wrong("document", Text("依据文件不超过 200 字。", "A document has at most 200 characters."))
    before, after = amount_in_yuan(values.before, "before"), amount_in_yuan(values.after, "after")
    fits = {Decision.KEEP: after == before, Decision.CUT: after < before, Decision.CANCEL: after == 0}
    if values.decision not in fits:
        raise _wrong("decision", Text("请选择保留、压减或取消。", "Choose keep, cut or cancel."))
    if not fits[Decision(values.decision)]:
        raise _wrong("after", AMOUNTS)
    if (values.self_evaluation is None) == (values.evaluation is None):
        raise _wrong("basis", Text("请选择依据的自评或评价结果（一个）。", "Choose the self-evaluation or evaluation it rests on."))
    own = visible_self_evaluations(viewer).filter(table=table, pk=values.self_evaluation, state=SelfEvaluation.State.ACCEPTED)
    other = visible_evaluations(viewer).filter(table=table, pk=values.evaluation, state=Evaluation.State.ACCEPTED)
    if not (own.exists() if values.self_evaluation else other.exists()):
        raise absent(Text("已认定的结果", "an accepted result"))
    if values.project is not None and project_for(viewer, values.project).unit_id != table.unit_id:
        raise _wrong("project", Text("该项目不属于这张表的单位。", "The project is not one of this table's unit."))
    return before, after


def _wrong(name: str, text: Text) -> Invalid:
    return Invalid("invalid", text, {name: text})


AMOUNTS = Text(
    "金额与结论不符：保留应前后相等，压减应少于原额，取消应为 0。",
    "The amounts do not fit: keep leaves them equal, cut makes them less, cancel makes them 0.",
)
DECIDED = Text("这一事项刚有新的决定，请核对后再定。", "This has just been decided anew; check what stands now.")
