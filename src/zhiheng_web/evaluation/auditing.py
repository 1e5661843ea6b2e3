"""What the library's rules on self-evaluations (family ``self_evaluation``, R13) say of a scored one, with the words of each finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from zhiheng.audit.catalogue import rule
from zhiheng.audit.context import Context
from zhiheng.audit.engine import audit
from zhiheng.audit.finding import Finding, Severity
from zhiheng.audit.rule import message
from zhiheng.plan.plan import Plan
from zhiheng.scoring.scorecard import Refusal as NoScore
from zhiheng_web.evaluation.ground import Scored
from zhiheng_web.evaluation.loading import Filled, version_on
from zhiheng_web.evaluation.models import Recheck, SelfEvaluationFile
from zhiheng_web.evaluation.paper_plan import RowWords, paper_table
from zhiheng_web.evaluation.rescoring import shown
from zhiheng_web.ledgers.models import FOREVER, SnapshotEntry
from zhiheng_web.local_rules import in_force, selection
from zhiheng_web.planning.versions import load
from zhiheng_web.wording import Text

BY_CONSTRUCTION = ("S03", "S11", "S15")
"""Rules that score a table again from its printed words, by the scheme that its figures suggest. Here the points come from exact figures
by the scheme that was chosen, so these rules would judge the rounding of the print and every confirmed override."""


@dataclass(frozen=True, slots=True)
class Found:
    """One finding. ``row`` None: of the whole table. ``blocks``: an error, which must be mended before submission."""

    code: str
    severity: Severity
    text: Text
    row: UUID | None
    field: str

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way of submission."""
        return self.severity is Severity.ERROR


def words_of(filled: Filled) -> list[RowWords]:
    """What each row says beside its figure."""
    return [RowWords(shown(row, "zh"), row.reason, row.improvement) for row in filled.rows]


def findings(filled: Filled, scored: Scored | NoScore) -> Sequence[Found]:
    """The findings on a self-evaluation that has a score; none on one that has none."""
    if isinstance(scored, NoScore):
        return ()
    table = paper_table(filled.ground, scored, words_of(filled), filled.evaluation.goal_actual)
    chosen = selection(("self_evaluation", "R13"), BY_CONSTRUCTION)
    found = audit(table, in_force(date(filled.evaluation.table.year, 12, 31)), chosen, context=context_of(filled))
    return tuple(
        Found(
            one.code, one.severity, said(one),
            filled.rows[one.subject.indicator].pk if one.subject.indicator is not None else None, one.subject.field,
        )
        for one in found.findings
    )  # fmt: skip


def context_of(filled: Filled) -> Context:
    """What S09, S13, S14 and R13 need beside the table: on what each judgement rests, how many pieces of evidence each row has, what a
    re-check of an earlier edition gave, the approved version.

    Evidence of a row are its own files, a closed survey, and what proves the entries that counted. Four queries.
    """
    files = SelfEvaluationFile.objects.filter(row__self_evaluation=filled.evaluation, withdrawn_at__isnull=True)
    own = dict(files.order_by().values_list("row").annotate(number=Count("pk")))
    counted = SnapshotEntry.objects.filter(snapshot__in=[row.snapshot_id for row in filled.rows if row.snapshot_id], reason="")
    proved = counted.filter(version__entry__evidence__known_until=FOREVER).order_by()
    proofs = dict(proved.values_list("snapshot").annotate(number=Count("version__entry__evidence", distinct=True)))
    checked = Recheck.objects.filter(self_evaluation__table=filled.evaluation.table_id, finished_at__isnull=False, total__isnull=False)
    last = checked.order_by("-finished_at").values_list("total", flat=True).first()
    evidence = {
        index: own.get(row.pk, 0) + proofs.get(row.snapshot_id, 0) + (1 if row.survey_id else 0) for index, row in enumerate(filled.rows)
    }
    return Context(approved=approved_plan(filled), evidence=evidence, grounds=grounds_of(filled), review_total=last)


def grounds_of(filled: Filled) -> dict[int, str]:
    """On what each judgement rests, as it was written. The printed form has no column for it."""
    return {index: row.judged_basis for index, row in enumerate(filled.rows) if row.tier is not None}


def approved_plan(filled: Filled) -> Plan | None:
    """The plan in force on the day of the data as known now: an adjustment that was approved since it began holds for it too.

    One query; four more where that is not the version it is about.
    """
    evaluation = filled.evaluation
    version = version_on(evaluation.table, evaluation.on)
    if version is None or version.pk == evaluation.version_id:
        return filled.loaded.table.plan
    return load(version).table.plan


def said(one: Finding) -> Text:
    """The sentence of a finding in both languages."""
    of = rule(one.code)
    return Text(message(of, one, "zh"), message(of, one, "en"))
