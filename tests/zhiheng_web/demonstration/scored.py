"""Run in a copy of the demonstration: the card of every self-evaluation of its year, as kept and under every scheme that fits, as JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from decimal import Decimal
from typing import Any

from zhiheng.scoring import scheme_file
from zhiheng.scoring.proposal import expected_points
from zhiheng.scoring.scorecard import Refusal, Scorecard
from zhiheng_web.demonstration.approval import even
from zhiheng_web.demonstration.people import name_of
from zhiheng_web.evaluation.keeping import card_json, digest
from zhiheng_web.evaluation.loading import Filled, filled
from zhiheng_web.evaluation.models import SelfEvaluation
from zhiheng_web.evaluation.rescoring import rescore
from zhiheng_web.local_rules import scheme_named
from zhiheng_web.planning.models import PerformanceTable

WHOLE = ("department", "decision")
"""Schemes for the department-wide table only: their trees are those of a whole department."""


def schemes_for(table: PerformanceTable) -> list[str]:
    """The shipped schemes that fit a table."""
    return [name for name in scheme_file.names() if name not in WHOLE or table.kind == PerformanceTable.Kind.DEPARTMENT]


def main() -> None:
    """One document of everything."""
    rows = SelfEvaluation.objects.filter(state=SelfEvaluation.State.ACCEPTED).select_related(
        "table__unit__department", "table__project", "version"
    )
    found: dict[str, Any] = {"kept": [], "cards": {}}
    for one in rows.order_by("edition"):
        one.version.table = one.table
        found["kept"].append(kept(one))
        if one.edition == 1:
            found["cards"][name_of(one.table)] = {name: under(one, name) for name in schemes_for(one.table)}
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")


def kept(one: SelfEvaluation) -> dict[str, Any]:
    """What is kept of a closed one, and what scoring gives again from that alone."""
    frozen = json.loads(json.dumps(one.frozen))
    scores = {row.position: row.score for row in one.rows.order_by("position")}
    return {
        "table": name_of(one.table), "edition": one.edition, "total": str(one.total), "grade": one.grade, "digest": one.digest,
        "digest_again": digest(frozen), "card": frozen["card"], "card_again": card_json(rescore(frozen)),
        "rows": [None if score is None else str(score) for _, score in sorted(scores.items())],
    }  # fmt: skip


def under(one: SelfEvaluation, name: str) -> list[list[str]]:
    """The card under a scheme: equal points for every row, no override, no method but the scheme's, judged rows met. Nothing is saved."""
    one.scheme = name
    held = filled(one)
    _, expected = expected_points(scheme_named(name))
    for row, goal, points in zip(held.rows, held.loaded.rows, even(expected, held.loaded.rows), strict=True):
        row.points, row.override, goal.method = points, None, ""
    given = tuple(judged(given, row) for given, row in zip(held.given, held.rows, strict=True))
    held = Filled(one, held.loaded, held.rows, held.funds, given)
    if isinstance(held.scored, Refusal):
        raise TypeError(held.scored)
    return lines(held, held.scored.card)


def judged(given: Any, row: Any) -> Any:
    """Every judged row of the demonstration was met in full: full points under any scheme."""
    if given.tier is None:
        return given
    if given.tier != 1:
        raise ValueError(row)
    return replace(given, judged=row.points)


def lines(held: Filled, card: Scorecard) -> list[list[str]]:
    """The card row by row: indicator, target, actual, points it can have, after spreading, got; then execution and total."""
    scores = {row.index: row for row in card.rows}
    found = []
    for index, row in enumerate(held.rows):
        score = scores[index]
        shown = row.snapshot.value["shown_zh"] if row.snapshot is not None else told(row)
        goal = row.indicator_row
        found.append([goal.name, goal.target_text, shown, plain(row.points), plain(score.effective), plain(score.points)])
    execution = scores.get(None)
    if execution is not None:
        money = held.funds[0]
        spent = [plain(money.budget), plain(money.executed)]
        found.append(["预算执行率", *spent, *(plain(one) for one in (execution.weight, execution.effective, execution.points))])
    return [*found, ["总分", card.grade, "", "", plain(card.ceiling), plain(card.total)]]


def told(row: Any) -> str:
    """What stands for a row without ledger."""
    if row.survey is not None:
        return f"{row.survey.result['numerator']}/{row.survey.result['denominator']}"
    return f"第{row.tier}档" if row.tier is not None else "—"


def plain(number: Decimal | None) -> str:
    """A number in plain digits."""
    return "" if number is None else f"{number.normalize():f}"


main()
