"""A submitted self-evaluation for papers and publication, from what was kept alone; and what differs between two editions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhiheng.plan.plan import Table
from zhiheng.scoring.scorecard import Scorecard
from zhiheng_web.evaluation.loading import self_evaluation_for
from zhiheng_web.evaluation.models import SelfEvaluation
from zhiheng_web.evaluation.paper_plan import RowWords, marks, paper_table
from zhiheng_web.evaluation.rescoring import ground_of, scored_kept
from zhiheng_web.organisation.authority import authorise_menu
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text

NOT_SUBMITTED = Text("自评表尚未报送，不能出具文书。", "The self-evaluation is not submitted yet: no paper can be issued.")


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper prints: ``table`` with actuals, points, reasons, total and grade; ``marks`` rows by index that were overridden (``*``).

    ``overrides``: index → (points by the rules, points given, reason, by whom, confirmed by whom).
    """

    evaluation: SelfEvaluation
    table: Table
    card: Scorecard
    marks: Mapping[int, str]
    overrides: Mapping[int, tuple[str, str, str, str, str]]
    words: Mapping[str, str]


def self_evaluation_paper(viewer: Viewer, pk: UUID) -> Paper:
    """The paper's content of a self-evaluation that the viewer sees, as it was submitted."""
    authorise_menu(viewer, "evaluation.see_self_evaluations")
    return paper_of(self_evaluation_for(viewer, pk))


def paper_of(evaluation: SelfEvaluation) -> Paper:
    """The same of one that is loaded. Asks the database nothing."""
    frozen = evaluation.frozen
    if not frozen or evaluation.state not in (SelfEvaluation.State.SUBMITTED, SelfEvaluation.State.ACCEPTED):
        raise Refusal("not_submitted", NOT_SUBMITTED)
    scored = scored_kept(frozen)
    rows = [RowWords(row["shown_zh"], row["reason"], row["improvement"]) for row in frozen["rows"]]
    table = paper_table(ground_of(frozen), scored, rows, frozen["words"]["goal_actual"])
    computed = {row.index: row for row in scored.computed.rows}
    given = {}
    for index in sorted(scored.overridden):
        row, own = frozen["rows"][index], computed[index].points
        before = "" if own is None else f"{own:f}"
        given[index] = (before, row["override"], row["override_reason"], row["override_by"], row["override_confirmed_by"])
    return Paper(evaluation, table, scored.card, marks(scored), given, frozen["words"])


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that a correction changed. ``name`` '' is the whole."""

    indicator: str
    name: str
    what: Text
    before: str
    after: str


FIGURES = {
    "shown_zh": Text("实际完成值", "Actual"), "points": Text("分值", "Points"), "override": Text("人工改分", "Override"),
    "tier": Text("评定档次", "Tier"), "target": Text("年度指标值", "Target"),
}  # fmt: skip
WHOLE = {"total": Text("总分", "Total"), "grade": Text("等级", "Grade"), "ceiling": Text("满分", "Out of")}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Sequence[Difference]:
    """The figures that differ between two kept editions of one table: of the whole first, then row by row."""
    found = [
        Difference("", "", text, str(before["card"][key] or ""), str(after["card"][key] or ""))
        for key, text in WHOLE.items()
        if before["card"][key] != after["card"][key]
    ]
    earlier = {row["indicator_row"]: (row, points_of(before, index)) for index, row in enumerate(before["rows"])}
    for index, row in enumerate(after["rows"]):
        old, score = earlier.get(row["indicator_row"], ({}, ""))
        for key, text in FIGURES.items():
            if old.get(key) != row[key]:
                found.append(Difference(row["indicator"], row["name"], text, str(old.get(key) or ""), str(row[key] or "")))
        if score != points_of(after, index):
            found.append(Difference(row["indicator"], row["name"], Text("得分", "Score"), score, points_of(after, index)))
    return found


def points_of(frozen: Mapping[str, Any], index: int) -> str:
    """The points of a row in a kept card; '' where it has none."""
    return next((row["points"] or "" for row in frozen["card"]["rows"] if row["index"] == index), "")


def differences_of(viewer: Viewer, pk: UUID) -> Sequence[Difference]:
    """What a correction changed against the edition it replaces; nothing of a first edition or of one not submitted."""
    one = self_evaluation_for(viewer, pk)
    if one.replaces is None or not one.frozen or not one.replaces.frozen:
        return ()
    return differences(one.replaces.frozen, one.frozen)
