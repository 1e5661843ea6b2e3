"""Everything a submitted self-evaluation keeps, and scoring it again from that alone: no table, no shipped scheme, no rows are asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zhiheng.scoring.rounding import ROUNDINGS
from zhiheng.scoring.scorecard import Refusal as NoScore
from zhiheng.scoring.scorecard import RowScore, Scorecard
from zhiheng.scoring.spread import Redistribution
from zhiheng.scoring.trace import Step, printed
from zhiheng.tables.canonical import table_from, table_json
from zhiheng_web.evaluation.declaring import left_to_a_person
from zhiheng_web.evaluation.ground import Ground, Scored, worked_out
from zhiheng_web.evaluation.keeping import (
    Json,
    card_json,
    digest,
    fraction,
    observation_from,
    observation_json,
    plain,
    scheme_from,
    scheme_json,
    texts_of,
)
from zhiheng_web.evaluation.loading import Filled
from zhiheng_web.evaluation.models import SelfEvaluationRow
from zhiheng_web.wording import Text

FORMAT = 1
UNKNOWN = Text(
    "国库支付数据至{month}月，以后各月没有数据，不等于没有支付。",
    "Treasury payments are known to month {month}; nothing is known of the later months, which is not the same as nothing paid.",
)
STATED = Text("支付情况说明：{said}", "Stated of these months: {said}")


def frozen_of(filled: Filled, scored: Scored) -> Json:
    """What is kept of a self-evaluation at its submission. Canonical: the same content is the same text."""
    evaluation, ground = filled.evaluation, filled.ground
    return {
        "format": FORMAT,
        "table": str(evaluation.table_id),
        "version": str(evaluation.version_id),
        "edition": evaluation.edition,
        "on": evaluation.on.isoformat(),
        "known_at": evaluation.known_at.isoformat(),
        "scheme": {**scheme_json(ground.scheme), "texts": texts_of(ground.scheme.name)},
        "plan": table_json(ground.table),
        "observed": {str(index): observation_json(one) for index, one in sorted(ground.observed.items())},
        "overrides": {str(index): plain(points) for index, points in sorted(ground.overrides.items())},
        "rows": [_row(*each) for each in zip(filled.rows, filled.loaded.rows, filled.approved, strict=True)],
        "funds": [
            {"source": one.source, "initial": plain(one.initial), "budget": plain(one.budget),
             "executed": None if one.executed is None else plain(one.executed), "until": one.until}
            for one in filled.funds
        ],
        "payments": payments_known(filled),
        "words": {name: getattr(evaluation, name) for name in ("goal_actual", "overview", "problems", "improvements")},
        "computed": card_json(scored.computed),
        "card": card_json(scored.card),
    }  # fmt: skip


def _row(row: SelfEvaluationRow, worded: Any, approved: Decimal | None) -> Json:
    return {
        "id": str(row.pk), "indicator": str(row.indicator_id), "indicator_row": str(row.indicator_row_id), "name": worded.name,
        "target": worded.target_text or "", "points": _number(row.points), "approved": _number(approved),
        "points_reason": row.points_reason, "shown_zh": shown(row, "zh"), "shown_en": shown(row, "en"),
        "snapshot": str(row.snapshot_id or ""),
        "snapshot_digest": row.snapshot.digest if row.snapshot is not None else "", "survey": str(row.survey_id or ""),
        "survey_digest": row.survey.digest if row.survey is not None else "", "tier": row.tier, "judged": _number(row.judged),
        "judged_basis": row.judged_basis, "reason": row.reason, "improvement": row.improvement, "override": _number(row.override),
        "override_reason": row.override_reason, "override_by": _person(row.override_by),
        "override_confirmed_by": _person(row.override_confirmed_by),
    }  # fmt: skip


def shown(row: SelfEvaluationRow, language: str) -> str:
    """The value of a row in words: the survey's, else that of its frozen value; '' where there is neither.

    One figure of a target with several is no value of the row once a person has judged it.
    """
    if row.survey is not None and row.survey.result is not None:
        over, under = Decimal(row.survey.result["numerator"]), Decimal(row.survey.result["denominator"])
        return f"{printed(ROUNDINGS['half_up_2'].apply(Fraction(over) / Fraction(under) * 100))}%" if under else ""
    if row.snapshot is None or (row.tier is not None and left_to_a_person(row)):
        return ""
    return str(row.snapshot.value[f"shown_{language}"])


def _number(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def _person(account: Any) -> str:
    return "" if account is None else account.name


def payments_known(filled: Filled) -> Json:
    """The last month whose payments are known, None where all are, and what was stated of the others."""
    return {"until": filled.unknown_since, "note": (filled.evaluation.payments_note or "") if filled.unpaid_stated else ""}


def payments_said(known: Mapping[str, Any]) -> Iterator[Text]:
    """:func:`payments_known` in words; nothing where all were known, or where nothing was kept of it."""
    if known.get("until"):
        yield UNKNOWN.with_(month=known["until"])
        if known.get("note"):
            yield STATED.with_(said=known["note"])


def ground_of(frozen: Mapping[str, Any]) -> Ground:
    """What the card was worked out from."""
    return Ground(
        table_from(frozen["plan"]),
        scheme_from(frozen["scheme"]),
        {int(index): observation_from(one) for index, one in frozen["observed"].items()},
        {int(index): Decimal(points) for index, points in frozen["overrides"].items()},
    )


def rescore(frozen: Mapping[str, Any]) -> Scorecard:
    """The card worked out again from what was kept. ValueError if it no longer gives one."""
    found = worked_out(ground_of(frozen))
    if isinstance(found, NoScore):
        raise ValueError(f"what was kept gives no score: {found}")
    return found.card


def reproduces(frozen: Mapping[str, Any], kept_digest: str) -> bool:
    """Whether what was kept is what its digest covers, and gives the same card to the last digit."""
    return digest(frozen) == kept_digest and card_json(rescore(frozen)) == frozen["card"]


def card_kept(frozen: Mapping[str, Any], which: str = "card") -> Scorecard:
    """The card as it was kept, nothing worked out; ``computed`` is the one before overrides."""
    data = frozen[which]
    return Scorecard(
        scheme=scheme_from(frozen["scheme"]),
        rows=tuple(_score(row) for row in data["rows"]),
        ceiling=Decimal(data["ceiling"]),
        total=None if data["total"] is None else Decimal(data["total"]),
        low=Decimal(data["low"]),
        high=Decimal(data["high"]),
        grade=data["grade"],
        provisional=data["provisional"],
        redistributions=tuple(
            Redistribution(tuple(one["left"]), fraction(one["points"]), tuple((index, fraction(share)) for index, share in one["to"]))
            for one in data["redistributions"]
        ),
        skipped=tuple(data["skipped"]),
        notes=tuple(data["notes"]),
        steps=_steps(data["steps"]),
    )


def scored_kept(frozen: Mapping[str, Any]) -> Scored:
    """The kept card, the one before overrides, and which rows were overridden."""
    card, computed = card_kept(frozen), card_kept(frozen, "computed")
    overrides = {int(index) for index in frozen["overrides"]}
    taken = {row.index for row in card.rows if row.index in overrides and row.effective > 0}
    return Scored(card, computed, frozenset(index for index in taken if index is not None))


def _score(row: Mapping[str, Any]) -> RowScore:
    return RowScore(
        row["index"], row["name"], row["state"], Decimal(row["weight"]), Decimal(row["effective"]), row["method"],
        None if row["points"] is None else Decimal(row["points"]), Decimal(row["low"]), Decimal(row["high"]), row["provisional"],
        None if row["exact"] is None else fraction(row["exact"]), tuple(row["notes"]), _steps(row["steps"]),
    )  # fmt: skip


def _steps(steps: Any) -> tuple[Step, ...]:
    return tuple(Step(code, tuple((name, value) for name, value in parameters)) for code, parameters in steps)
