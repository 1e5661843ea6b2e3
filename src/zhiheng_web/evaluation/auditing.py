"""What the library's rules on self-evaluations (family ``self_evaluation``) say of a scored one, with the words of each finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhiheng.audit.catalogue import rule
from zhiheng.audit.engine import audit
from zhiheng.audit.finding import Finding, Severity
from zhiheng.audit.rule import message
from zhiheng.audit.selection import Selection
from zhiheng.parameters.parameters import in_force
from zhiheng.scoring.scorecard import Refusal as NoScore
from zhiheng_web.evaluation.ground import Scored
from zhiheng_web.evaluation.loading import Filled
from zhiheng_web.evaluation.paper_plan import RowWords, paper_table
from zhiheng_web.evaluation.rescoring import shown
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
    chosen = Selection(select=("self_evaluation",), ignore=BY_CONSTRUCTION)
    found = audit(table, in_force(date(filled.evaluation.table.year, 12, 31)), chosen)
    return tuple(
        Found(
            one.code, one.severity, said(one),
            filled.rows[one.subject.indicator].pk if one.subject.indicator is not None else None, one.subject.field,
        )
        for one in found.findings
    )  # fmt: skip


def said(one: Finding) -> Text:
    """The sentence of a finding in both languages."""
    of = rule(one.code)
    return Text(message(of, one, "zh"), message(of, one, "en"))
