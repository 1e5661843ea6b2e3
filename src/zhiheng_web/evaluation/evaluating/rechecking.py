"""A re-check beside the self-score: each row as the card had it, what finance holds right, the total and grade that follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiheng.audit.money import printed
from zhiheng.evaluation.index_system import system
from zhiheng.scoring.scorecard import card as recount
from zhiheng_web.evaluation.ground import with_points
from zhiheng_web.evaluation.judging import TIER_NAMES
from zhiheng_web.evaluation.models import Recheck, RecheckRow, SelfEvaluation, SelfEvaluationRow
from zhiheng_web.evaluation.rescoring import card_kept
from zhiheng_web.ledgers.measures.result import STATE_NAMES, State
from zhiheng_web.wording import Text

MONEY = "money"
"""The key of 预算执行率."""
UNBOUND = STATE_NAMES[State.UNBOUND]
"""What stands as the value of a row that no ledger counts: of a judged one it says nothing."""


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """One row. ``row`` None: 预算执行率. ``points`` is the self-score, ``full`` what could be had; ``found`` what finance holds of it.

    ``actual`` and ``explained`` are what the self-evaluation says was reached and why, as they were submitted; of a row that a person
    judged ``actual`` says the tier and ``basis`` on what the judgement rests.
    """

    row: SelfEvaluationRow | None
    name: str
    full: Decimal
    points: Decimal | None
    found: RecheckRow | None
    actual: Text
    explained: str
    basis: str = ""

    @property
    def key(self) -> str:
        """By what a form names the row: its id, or that of 预算执行率, which is no indicator."""
        return str(self.row.pk) if self.row is not None else MONEY

    @property
    def counts(self) -> bool:
        """Whether it is in the total: a row that left it has no points to give."""
        return self.full > 0

    @property
    def stands(self) -> Decimal | None:
        """The points after the re-check."""
        return self.found.points if self.found is not None else self.points

    @property
    def difference(self) -> Decimal | None:
        """The self-score less what finance holds right."""
        return None if self.found is None or self.points is None else self.points - self.found.points

    @property
    def change(self) -> str:
        """The re-check less the self-score, with its sign; '' where it changes nothing."""
        if not self.difference:
            return ""
        return ("+" if self.difference < 0 else "") + printed(-self.difference)


@dataclass(frozen=True, slots=True)
class Checked:
    """All rows, and what they sum to. ``far``: the self-score is further from the re-check than the bound (S14)."""

    lines: tuple[CheckedLine, ...]
    ceiling: Decimal
    self_total: Decimal | None
    total: Decimal | None
    grade: str
    bound: Decimal

    @property
    def gap(self) -> Decimal | None:
        """The self-score less the score of the re-check."""
        return None if self.total is None or self.self_total is None else self.self_total - self.total

    @property
    def far(self) -> bool:
        """Whether the gap is more than the bound: exactly the bound is not."""
        return self.gap is not None and abs(self.gap) > self.bound


def checked_of(recheck: Recheck) -> Checked:
    """A re-check as it is now. Its self-evaluation must be loaded. Two queries."""
    one = recheck.self_evaluation
    rows = list(SelfEvaluationRow.objects.filter(self_evaluation=one).select_related("indicator_row", "indicator").order_by("position"))
    return checked(one, rows, recheck.rows.all())


def checked(one: SelfEvaluation, rows: Iterable[SelfEvaluationRow], found: Iterable[RecheckRow]) -> Checked:
    """The kept card of a self-evaluation with what finance holds of its rows. The library sums them by the kept scheme."""
    frozen = one.frozen or {}
    card = card_kept(frozen)
    by_id = {str(row.pk): row for row in rows}
    held: dict[UUID | None, RecheckRow] = {row.row_id: row for row in found}
    lines = []
    for score in card.rows:
        kept = frozen["rows"][score.index] if score.index is not None else {}
        row = by_id[kept["id"]] if kept else None
        own, explained, basis = held.get(row.pk if row is not None else None), kept.get("reason", ""), kept.get("judged_basis", "")
        lines.append(CheckedLine(row, score.name, score.effective, score.points, own, actual_of(kept), explained, basis))
    points = [line.stands if line.counts and line.found is not None else None for line in lines]
    taken = tuple(score if held is None else with_points(score, held) for score, held in zip(card.rows, points, strict=True))
    again = recount(card.scheme, taken, card.redistributions, card.skipped)
    return Checked(tuple(lines), card.ceiling, card.total, again.total, again.grade, bound())


def actual_of(kept: Mapping[str, Any]) -> Text:
    """What was reached, in words: the value as it was submitted, of a judged row the tier, with what was declared beside it."""
    value = Text(kept.get("shown_zh", ""), kept.get("shown_en", ""))
    tier = TIER_NAMES.get(kept.get("tier") or 0)
    if tier is None:
        return value
    return tier if value.zh in ("", UNBOUND.zh) else Text(f"{value.zh}；{tier.zh}", f"{value.en}; {tier.en}")


def bound() -> Decimal:
    """The points by which a self-score and its re-check may differ (S14): a setting."""
    return Decimal(system("project").word("recheck.gap"))
