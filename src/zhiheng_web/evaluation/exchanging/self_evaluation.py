"""A self-evaluation as systems exchange it, from the page that shows it: the card as it stands, or as it was submitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from zhiheng.interchange.results import Results, of_plan
from zhiheng.interchange.yearly import Fund
from zhiheng.plan.plan import Plan
from zhiheng.scoring.scorecard import Refusal as NoScore
from zhiheng.scoring.trace import printed
from zhiheng_web.evaluation.exchanging.measured import further, measured
from zhiheng_web.evaluation.exchanging.monitoring import in_wan, named
from zhiheng_web.evaluation.exchanging.standing import (
    FIELDS,
    HEAD,
    SELF_EVALUATION,
    Held,
    Lost,
    Standing,
    paper_title,
    setting_of,
    tags_of,
    with_levels,
)
from zhiheng_web.evaluation.ground import FUND_NAMES
from zhiheng_web.evaluation.loading import CLOSED
from zhiheng_web.evaluation.models import SelfEvaluation
from zhiheng_web.evaluation.paper_plan import RowWords, goals_of, paper_table, reason_words
from zhiheng_web.evaluation.queries.self_evaluation import STATES, Line, Page, self_evaluation_page
from zhiheng_web.evaluation.rescoring import ground_of, scored_kept
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text

WORDS = ("reason", "improvement")
OVERRIDE = Text("人工改分", "Overridden score")
POINTS_REASON, BASIS = Text("分值调整理由", "Why the points were changed"), Text("评定依据", "Basis of the judgement")
TITLE = Text("{table} 绩效自评", "{table} self-evaluation")
NO_SCORE = Text("尚未计分", "Not scored yet")


def standing(viewer: Viewer, pk: UUID) -> Standing:
    """A self-evaluation that the viewer sees. The number of queries does not depend on its rows."""
    page = self_evaluation_page(viewer, pk, audited=False)
    one, lines = page.evaluation, page.lines
    by_row = {line.row.pk: line for line in lines}
    lines = [by_row[row.pk] for row in page.held.rows]  # the order of the table, not that of the duties
    rows = tuple(Held(line.row, line.shown, {name: getattr(line.row, name) for name in WORDS}, line.fills) for line in lines)
    state = SelfEvaluation.State(one.state)
    tags = tags_of(one.version, [line.row.indicator_row for line in lines])
    return Standing(
        SELF_EVALUATION, one.pk, one.table, TITLE.with_(table=str(one.table)), one.on, with_levels(results_of(page, lines), tags), rows,
        funds_of(page), {name: getattr(one, name) for name in HEAD}, setting_of(one.table), tags, page.open,
        CLOSED.get(state, STATES[state]), STATES[state], fills_head=page.open and page.may["fill_self_evaluation"],
        unheld=tuple(unheld(page, lines)), tables_only=tuple(words_lost(one)),
    )  # fmt: skip


def results_of(page: Page, lines: Sequence[Line]) -> Results:
    """The table with its card, as the paper has it; each row with what was observed of it, in its own state."""
    frozen = page.evaluation.frozen
    scored = page.held.scored if page.open else scored_kept(frozen or {})
    ground = page.held.ground if page.open else ground_of(frozen or {})
    words = [RowWords(line.shown.zh, line.row.reason, line.row.improvement) for line in lines]
    goal = page.evaluation.goal_actual
    if isinstance(scored, NoScore):
        plan: Plan = replace(ground.table.plan, goals=goals_of(ground.table.plan, goal))
    else:
        plan = paper_table(ground, scored, words, goal).plan
    bare = of_plan(named(plan, page.evaluation.table, paper_title(SELF_EVALUATION, page.evaluation.table)))
    rows = []
    for index, (row, line, said) in enumerate(zip(bare.rows, lines, words, strict=True)):
        value = line.row.snapshot.value if line.row.snapshot is not None else None
        actual = ground.observed.get(index)
        if actual is not None:
            actual = measured(value, actual)
        rows.append(replace(row, actual=actual, comment=reason_words(said), further=further(value, actual)))
    return Results(bare.plan, tuple(rows))


def funds_of(page: Page) -> tuple[Fund, ...]:
    """The money in 万元, the total first; none where the table has no money."""
    if not page.funds:
        return ()
    lines = [(FUND_NAMES[""], *page.money), *((FUND_NAMES[one.source], one.initial, one.budget, one.executed) for one in page.funds)]
    return tuple(Fund(name, *map(in_wan, amounts)) for name, *amounts in lines)


def unheld(page: Page, lines: Sequence[Line]) -> list[Lost]:
    """What no format has a place for: that a score was overridden above all, and why."""
    lost = [Lost("", NO_SCORE, "")] if page.card is None else []
    for line in lines:
        name, row = line.row.indicator_row.name, line.row
        if line.overridden and line.score is not None and line.computed is not None:
            before = "—" if line.computed.points is None else printed(line.computed.points)
            after = "—" if line.score.points is None else printed(line.score.points)
            lost.append(Lost(name, OVERRIDE, f"{before} → {after} {row.override_reason}"))
        said = ((POINTS_REASON, row.points_reason), (BASIS, row.judged_basis))
        lost += [Lost(name, what, text) for what, text in said if text]
    return lost


def words_lost(one: SelfEvaluation) -> list[Lost]:
    """The words of the head that only the tables of 一体化 hold."""
    return [Lost("", FIELDS[name], getattr(one, name)) for name in HEAD if name != "goal_actual" and getattr(one, name)]
