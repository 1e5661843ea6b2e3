"""Points and grade from what an accepted self-evaluation kept: nothing is scored here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zhiheng.scoring.rounding import decimal
from zhiheng.scoring.scheme import GRADE_NAMES
from zhiheng.scoring.scorecard import RowScore, Scorecard
from zhiheng.scoring.trace import Step as Traced
from zhiheng.scoring.trace import explain, texts
from zhiheng_web.evaluation.models import SelfEvaluationRow
from zhiheng_web.evaluation.rescoring import Scored, payments_said, rescore, scored_kept
from zhiheng_web.ledgers.measures.result import State
from zhiheng_web.local_rules import schemes
from zhiheng_web.publication.content.scores import Execution, Moved, Override, Result, Scheme, Score, Step
from zhiheng_web.wording import Text

WITHOUT_FIGURE = frozenset({
    State.NOT_ORGANISED.value, State.NOT_APPLICABLE.value, State.NOTHING_DUE.value, State.NOT_DUE.value, State.WAITING.value,
    State.SHOWN.value,
})  # fmt: skip
"""What no scoring makes met or missed: there is nothing to hold against the target, or what stands in is provisional."""


def worded(key: str) -> Text:
    """A word of the scoring library in both languages."""
    found = texts().get(key, {"zh": key, "en": key})
    return Text(found["zh"], found["en"])


def notes(codes: Iterable[str]) -> tuple[Text, ...]:
    """Notes in words."""
    return tuple(worded(f"note.{code}") for code in codes)


def steps(trace: Iterable[Traced]) -> tuple[Step, ...]:
    """The steps with their sentences."""
    kept = list(trace)
    sentences = zip(kept, explain(kept, "zh"), explain(kept, "en"), strict=True)
    return tuple(Step(one.code, dict(one.parameters), Text(zh, en)) for one, zh, en in sentences)


def exact(points: Fraction | None) -> str:
    """The fraction before rounding."""
    return "" if points is None else f"{points.numerator}/{points.denominator}"


def scheme_of(frozen: Mapping[str, Any]) -> Scheme:
    """The scheme as kept."""
    rules = {key: value for key, value in frozen["scheme"].items() if key != "texts"}
    text = "\n".join(f"# {one['file']}\n{one['text']}" for one in frozen["scheme"].get("texts", ()))
    return Scheme(rules["name"], Text(rules["zh"], rules["en"]), rules, text)


def scheme_named(name: str) -> Scheme | None:
    """The scheme that an approved version names; without its rules, which are those of its self-evaluation."""
    if not name:
        return None
    found = schemes().get(name)
    return Scheme(name, Text(found.zh, found.en) if found else Text(name, name))


class Card:
    """The kept card of one self-evaluation."""

    def __init__(self, frozen: Mapping[str, Any], slugs: list[str]) -> None:
        self._frozen = frozen
        self._scored: Scored = scored_kept(frozen)
        self._slugs = slugs
        self._rows = {row.index: row for row in self._scored.card.rows}
        self._computed = {row.index: row for row in self._scored.computed.rows}
        self._met = {row.index: row.met for row in rescore(frozen).rows}

    def result(self, index: int, row: SelfEvaluationRow | None) -> Result | None:
        """What the row of that place was given; None where it took no part (a blank line of the form)."""
        found = self._rows.get(index)
        if found is None:
            return None
        changed = index in self._scored.overridden and row is not None
        return Result(
            state=found.state, weight=found.weight, effective=found.effective, points=found.points, low=found.low, high=found.high,
            method=found.method, exact=exact(found.exact), observed=self._frozen["observed"].get(str(index), {}),
            provisional=found.provisional, tier=row.tier if row else None, judged_basis=row.judged_basis if row else "",
            points_reason=row.points_reason if row else "", reason=row.reason if row else "", improvement=row.improvement if row else "",
            override=self._override(found, row) if changed and row else None, notes=notes(found.notes), steps=steps(found.steps),
        )  # fmt: skip

    def state(self, index: int, row: SelfEvaluationRow | None, measured: str) -> str:
        """完成情况: what a person judged, else what the scoring found, else as measured. A state without a figure stays what it is."""
        if measured in WITHOUT_FIGURE or index not in self._rows:
            return measured
        met = self._met.get(index) if row is None or row.tier is None else row.tier == 1
        return measured if met is None else State.MET.value if met else State.MISSED.value

    def _override(self, found: RowScore, row: SelfEvaluationRow) -> Override | None:
        computed = self._computed.get(found.index)
        return None if found.points is None else Override(computed.points if computed else None, found.points, row.override_reason)

    def score(self) -> Score:
        """Total and grade."""
        card: Scorecard = self._scored.card
        moved = tuple(
            Moved(
                tuple(self._slugs[index] for index in one.left), decimal(one.points),
                {self._slugs[index]: decimal(share) for index, share in one.to},
            )
            for one in card.redistributions
        )  # fmt: skip
        return Score(
            card.total, card.ceiling, card.low, card.high, card.grade, grade_name(card.grade), card.provisional, self._execution(), moved,
            notes(card.notes), steps(card.steps),
        )  # fmt: skip

    def _execution(self) -> Execution | None:
        row = self._rows.get(None)
        if row is None:
            return None
        budget = [Decimal(one["budget"]) for one in self._frozen["funds"]]
        spent = [Decimal(one["executed"]) for one in self._frozen["funds"] if one["executed"] is not None]
        total = sum(budget, Decimal(0)) if budget else None
        paid = sum(spent, Decimal(0)) if spent else None
        said = (*notes(row.notes), *payments_said(self._frozen.get("payments") or {}))
        return Execution(total, paid, row.effective, row.points, exact(row.exact), said, steps(row.steps))


def grade_name(grade: str) -> Text:
    """A grade in both languages."""
    return Text(grade, GRADE_NAMES.get(grade, grade))
