"""Self-evaluations as they stand when finance has accepted them, written straight into the rows: publication begins where they end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

from zhiheng.scoring.observation import Missing
from zhiheng.scoring.scorecard import Refusal
from zhiheng.values.value import Phrase
from zhiheng_web.evaluation import keeping
from zhiheng_web.evaluation.loading import filled, funds_now
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationFund, SelfEvaluationRow
from zhiheng_web.evaluation.rescoring import frozen_of
from zhiheng_web.ledgers.actions.take_snapshot import standing, taken_now
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import IndicatorRow, TableVersion

KNOWN = datetime(2021, 1, 31, 16, tzinfo=UTC)


def accepted(version: TableVersion, account: Account, at: datetime = KNOWN, edition: int = 1, **words: str) -> SelfEvaluation:
    """The accepted self-evaluation of an approved version: values frozen at the year's end, words judged as met, scored, kept."""
    rows = list(IndicatorRow.objects.filter(version=version).order_by("position"))
    year_end = date(version.table.year, 12, 31)
    before = SelfEvaluation.objects.filter(table=version.table, edition=edition - 1).first()
    evaluation = SelfEvaluation.objects.create(
        table=version.table, version=version, edition=edition, replaces=before, scheme=version.scheme or "national", on=year_end,
        known_at=at,
        begun_by=account, begun_at=at, **words,
    )  # fmt: skip
    viewer = Viewer(account, at=at)
    indicators = [row.indicator_id for row in rows]
    kept = standing(indicators, year_end)
    missing = [one for one in indicators if one not in kept]
    try:
        taken = {one.indicator_id: one for one in taken_now(viewer, missing, year_end, at, "", {})} if missing else {}
    except Exception:  # noqa: BLE001 - a table none of whose indicators has a ledger is judged by people
        taken = {}
    snapshots = {**kept, **taken}
    SelfEvaluationRow.objects.bulk_create(
        SelfEvaluationRow(
            self_evaluation=evaluation, indicator_row=row, indicator=row.indicator, position=place,
            points=row.points if row.points is not None else Decimal(10), snapshot=snapshots.get(row.indicator_id),
        )
        for place, row in enumerate(rows, 1)
    )  # fmt: skip
    SelfEvaluationFund.objects.bulk_create(
        SelfEvaluationFund(self_evaluation=evaluation, source=one.source, initial=one.initial, budget=one.budget, executed=one.executed)
        for one in funds_now(version.table, year_end)
    )
    judge(evaluation)
    return accept(evaluation, account, at)


def judge(evaluation: SelfEvaluation) -> None:
    """Let a person judge every row that the rules leave to a person."""
    whole = filled(evaluation)
    for place, row in enumerate(whole.rows):
        goal = row.indicator_row.target_value or {}
        if row.snapshot is None or isinstance(whole.unjudged[place], Missing) or goal.get("kind") in (Phrase, "phrase", "text"):
            row.tier, row.judged, row.judged_basis = 1, row.points, "按工作台账逐项核对"
            row.save()


def accept(evaluation: SelfEvaluation, account: Account, at: datetime) -> SelfEvaluation:
    """Score it, keep the card, close it."""
    whole = filled(evaluation)
    scored = whole.scored
    if isinstance(scored, Refusal):
        for blocked in scored.rows:
            row = whole.rows[blocked.index] if blocked.index is not None else None
            if row is not None:
                row.tier, row.judged = 1, row.points
                row.save()
        whole = filled(evaluation)
        scored = whole.scored
    assert not isinstance(scored, Refusal), scored
    evaluation.frozen = frozen_of(whole, scored)
    evaluation.digest = keeping.digest(evaluation.frozen)
    evaluation.total, evaluation.ceiling, evaluation.grade = scored.card.total, scored.card.ceiling, scored.card.grade
    evaluation.state = SelfEvaluation.State.ACCEPTED
    evaluation.submitted_by = evaluation.decided_by = account
    evaluation.submitted_at = evaluation.decided_at = at
    evaluation.save()
    return evaluation


def accepted_all(versions: Iterable[TableVersion], account: Account) -> list[SelfEvaluation]:
    """The same of several tables."""
    return [accepted(version, account) for version in versions]
