"""Self-evaluations found for a viewer and loaded whole: a number of queries that does not grow with the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from django.db.models import F, Q, QuerySet

from zhiheng.plan.procedure import ONCE_APPROVED, State
from zhiheng.scoring.observation import Observation
from zhiheng.scoring.scheme import Scheme
from zhiheng.scoring.scorecard import Refusal as NoScore
from zhiheng_web.evaluation.ground import (
    FundLine,
    Ground,
    Scored,
    approved_points,
    table_scored,
    tagged,
    target_values,
    worked_out,
)
from zhiheng_web.evaluation.keeping import digest
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationFund, SelfEvaluationRow
from zhiheng_web.evaluation.observing import Given, found, judged_parts, observe
from zhiheng_web.evaluation.policies.self_evaluation import visible_self_evaluations
from zhiheng_web.ledgers.models import Circumstance
from zhiheng_web.local_rules import scheme_chosen
from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import BudgetChange, BudgetLine, PerformanceTable, TableVersion, TreasuryPayment
from zhiheng_web.planning.money.execution import by_line, known_until, spending
from zhiheng_web.planning.versions import Loaded, load
from zhiheng_web.trail.action import Done, KeptRefusal, Result
from zhiheng_web.wording import Text

SELF_EVALUATION, ROW = Text("该自评表", "this self-evaluation"), Text("该自评指标", "this row of a self-evaluation")
OPEN = frozenset({SelfEvaluation.State.DRAFT, SelfEvaluation.State.RETURNED})
CLOSED = {
    SelfEvaluation.State.SUBMITTED: Text(
        "自评表已报送，不能再改。需要修改的，请财政部门先退回。",
        "The self-evaluation is submitted and cannot be changed. To change it, ask finance to return it.",
    ),
    SelfEvaluation.State.ACCEPTED: Text(
        "自评结果已认定，不能再改。发现错误的，请办理“更正”，原结果与更正并列保留。",
        "The self-evaluation is accepted and never changes. To mend an error make a correction, which stands beside it.",
    ),
}


@dataclass(frozen=True)
class Filled:
    """A self-evaluation with its version, rows (in the order of the table), money and what was found of each row."""

    evaluation: SelfEvaluation
    loaded: Loaded
    rows: tuple[SelfEvaluationRow, ...]
    funds: tuple[FundLine, ...]
    given: tuple[Given, ...]

    @property
    def open(self) -> bool:
        """Whether it may still be filled in."""
        return self.evaluation.state in OPEN

    @cached_property
    def unknown_since(self) -> int | None:
        """The last month with payments, where months after it are unknown; None: all are known, or none is."""
        return unknown_since(self.funds, self.evaluation.on)

    @property
    def unpaid_stated(self) -> bool:
        """Whether somebody stated of exactly these unknown months that nothing was paid."""
        one = self.evaluation
        return bool((one.payments_note or "").strip()) and one.payments_month == self.unknown_since

    @cached_property
    def scheme(self) -> Scheme:
        """The chosen scheme with the tags of the table."""
        return tagged(scheme_chosen(self.evaluation.scheme), self.loaded.rows)

    @cached_property
    def approved(self) -> list[Decimal | None]:
        """The approved points of each row; None where none were set."""
        return approved_points(self.loaded)

    @cached_property
    def ground(self) -> Ground:
        """What its card is worked out from now."""
        measured = [len(judged_parts(given.value)) for given in self.given]
        table = table_scored(self.loaded, self.scheme, [row.points for row in self.rows], self.funds, measured)
        aims = target_values(table.plan)
        observed = {index: observe(given, aim) for index, (given, aim) in enumerate(zip(self.given, aims, strict=True))}
        overrides = {
            index: row.override
            for index, row in enumerate(self.rows)
            if row.override is not None and row.override_confirmed_by_id is not None
        }
        return Ground(table, self.scheme, observed, overrides)

    @cached_property
    def scored(self) -> Scored | NoScore:
        """Its card now, or why there is none."""
        return worked_out(self.ground)

    @cached_property
    def unjudged(self) -> Mapping[int, Observation]:
        """What was found of each row before any person judged it."""
        aims = target_values(self.ground.table.plan)
        return {index: found(given, aim) for index, (given, aim) in enumerate(zip(self.given, aims, strict=True))}


def self_evaluation_for(viewer: Viewer, pk: UUID, *, lock: bool = False) -> SelfEvaluation:
    """The self-evaluation with its table and version, or Absent. ``lock`` holds it until the transaction ends."""
    seen = visible_self_evaluations(viewer).filter(pk=pk)
    if lock:
        seen = SelfEvaluation.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=seen.values("pk"))
    chosen = seen.select_related(
        "table__unit__department", "table__project", "version", "submitted_by", "decided_by", "begun_by", "replaces"
    )
    one = chosen.first()
    if one is None:
        raise absent(SELF_EVALUATION)
    one.version.table = one.table
    return one


def opened(viewer: Viewer, pk: UUID) -> SelfEvaluation:
    """The self-evaluation, held, if it may still be filled in; Absent or a refusal else, which the trail keeps."""
    one = self_evaluation_for(viewer, pk, lock=True)
    if one.state not in OPEN:
        raise KeptRefusal(
            "self_evaluation_closed", CLOSED[SelfEvaluation.State(one.state)], object_type="evaluation.SelfEvaluation",
            object_id=str(one.pk), object_name=str(one.table), department=str(one.table.unit.department_id),
        )  # fmt: skip
    return one


def row_of(evaluation: SelfEvaluation, pk: UUID) -> SelfEvaluationRow:
    """A row of it with its indicator row and duty, or Absent."""
    row = rows_of([evaluation.pk]).filter(pk=pk).first()
    if row is None:
        raise absent(ROW)
    row.self_evaluation = evaluation
    return row


PEOPLE = ("override_by", "override_confirmed_by", "judged_by", "edited_by")


def rows_of(evaluations: Iterable[UUID]) -> QuerySet[SelfEvaluationRow]:
    """The rows with everything that scoring and pages read of them."""
    rows = SelfEvaluationRow.objects.filter(self_evaluation__in=list(evaluations))
    return rows.select_related("snapshot", "survey", "indicator_row__duty_row", "indicator", *PEOPLE).order_by(
        "self_evaluation", "position"
    )


def filled(evaluation: SelfEvaluation) -> Filled:
    """The self-evaluation loaded whole: money as it is now while it is open, as it was kept afterwards."""
    loaded = load(evaluation.version)
    known = SelfEvaluationRow.objects.filter(self_evaluation=evaluation).select_related("snapshot", "survey")
    rows = {row.indicator_row_id: row for row in known.prefetch_related(*PEOPLE)}
    duties = {duty.pk: duty for duty in loaded.duties}
    for worded in loaded.rows:  # the version's rows are loaded already: they are not asked for twice
        worded.duty_row = duties.get(worded.duty_row_id)
        rows[worded.pk].indicator_row, rows[worded.pk].indicator = worded, worded.indicator
        rows[worded.pk].self_evaluation = evaluation
    ordered = tuple(rows[row.pk] for row in loaded.rows)
    funds = funds_now(evaluation.table, evaluation.on) if evaluation.state in OPEN else funds_kept(evaluation)
    return Filled(evaluation, loaded, ordered, funds, tuple(givens(evaluation, ordered)))


def givens(evaluation: SelfEvaluation, rows: Sequence[SelfEvaluationRow]) -> list[Given]:
    """What was found of each row. One query, for the decisions that there is no figure."""
    decisions: dict[UUID, list[Circumstance]] = {}
    asked = Circumstance.objects.filter(
        indicator__in=[row.indicator_id for row in rows], year=evaluation.table.year, confirmed_at__isnull=False
    )
    for one in asked:
        decisions.setdefault(one.indicator_id, []).append(one)
    return [given_of(row, decisions.get(row.indicator_id, ()), evaluation.known_at) for row in rows]


def given_of(row: SelfEvaluationRow, decisions: Iterable[Circumstance], known: datetime) -> Given:
    """What was found of one row, as known when its value was frozen; of one without a ledger, when the values were taken."""
    at = row.snapshot.known_at if row.snapshot is not None else known
    held = next((one for one in decisions if one.confirmed_at and one.confirmed_at <= at and one.known_from <= at < one.known_until), None)
    value = row.snapshot.value if row.snapshot is not None else None
    if value is None and held is not None:
        value = {"state": held.kind, "parts": [], "decisive": 0, "unit": "", "value": None}
    survey = row.survey.result if row.survey is not None and row.survey.closed_at is not None else None
    said = (held.document, held.reason) if held is not None else ("", "")
    return Given(value, *said, survey, row.tier, row.judged)


def funds_kept(evaluation: SelfEvaluation) -> tuple[FundLine, ...]:
    """The money as it was submitted."""
    rows = SelfEvaluationFund.objects.filter(self_evaluation=evaluation)
    kept = {row.source: FundLine(row.source, row.initial, row.budget, row.executed, row.until) for row in rows}
    return tuple(kept[source] for source in BudgetLine.Source.values if source in kept)


def funds_now(table: PerformanceTable, day: date) -> tuple[FundLine, ...]:
    """What the table's money is on a day by source: a department's is that of all its units. Three queries."""
    lines = list(budget_lines(table).filter(year=table.year))
    changes = by_line(list(BudgetChange.objects.filter(line__in=lines)))
    payments = by_line(list(TreasuryPayment.objects.filter(line__in=lines, replaced_by__isnull=True)))
    found = []
    for source in BudgetLine.Source.values:
        own = [line for line in lines if line.source == source]
        if own:
            each = [one for line in own for one in changes.get(line.pk, ())], [one for line in own for one in payments.get(line.pk, ())]
            spent = spending(own, *each, day)
            found.append(FundLine(source, spent.initial, spent.current, spent.paid, known_until(own, each[1], day)))
    return tuple(found)


def budget_lines(table: PerformanceTable) -> QuerySet[BudgetLine]:
    """The budget lines that a table answers for."""
    if table.kind == PerformanceTable.Kind.PROJECT:
        return BudgetLine.objects.filter(project=table.project_id)
    if table.kind == PerformanceTable.Kind.UNIT:
        return BudgetLine.objects.filter(unit=table.unit_id)
    return BudgetLine.objects.filter(unit__department=table.unit.department_id)


def version_on(table: PerformanceTable, day: date) -> TableVersion | None:
    """The version of a table in force on a day; what was declared as history where nothing was approved. One query."""
    approved = Q(state__in=ONCE_APPROVED, in_force_from__lte=day) & (Q(in_force_until__isnull=True) | Q(in_force_until__gt=day))
    versions = TableVersion.objects.filter(approved | Q(state=State.DECLARED_HISTORY.value), table=table)
    ranked = sorted(versions, key=lambda one: (one.state != State.DECLARED_HISTORY.value, one.number))
    if not ranked:
        return None
    ranked[-1].table = table
    return ranked[-1]


def total_money(funds: Iterable[FundLine]) -> tuple[Decimal, Decimal, Decimal | None]:
    """(年初预算数, 全年预算数, 全年执行数) over all sources; None where no payment is known."""
    lines = list(funds)
    spent = [line.executed for line in lines if line.executed is not None]
    return (
        sum((line.initial for line in lines), Decimal(0)),
        sum((line.budget for line in lines), Decimal(0)),
        sum(spent, Decimal(0)) if spent else None,
    )


def unknown_since(funds: Iterable[FundLine], day: date) -> int | None:
    """The last month of which any payment is known, where it lies before the last that ended by the day; None: nothing lacks.

    Later months are unknown, not 0. Money of which no payment at all is known has its own word (NO_PAYMENTS).
    """
    until = max((line.until for line in funds if line.until is not None), default=None)
    ended = day.month if (day + timedelta(days=1)).day == 1 else day.month - 1
    return until if until is not None and until < ended else None


def done_with(
    evaluation: SelfEvaluation,
    result: Result,
    *,
    after: object = "",
    before: object = "",
    details: Mapping[str, object] | None = None,
    nothing: bool = False,
) -> Done[Result]:
    """What an action did with a self-evaluation: the trail names it, its table and its department; ``before`` and ``after`` as digests."""
    digests = [digest(one) if one != "" else "" for one in (before, after)]
    said = {"edition": evaluation.edition, **(details or {})}
    department = str(evaluation.table.unit.department_id)
    return Done(result, "evaluation.SelfEvaluation", str(evaluation.pk), str(evaluation.table), department, *digests, said, nothing)


def edited(viewer: Viewer, evaluation: SelfEvaluation, row: SelfEvaluationRow | None = None) -> None:
    """Count an edit of the whole and of its row; the row's fields are saved by the caller."""
    SelfEvaluation.objects.filter(pk=evaluation.pk).update(edits=F("edits") + 1)
    if row is not None:
        row.edits += 1
        row.edited_by, row.edited_at = viewer.account, viewer.now()


EDITED = ("edits", "edited_by", "edited_at")
