"""Problems found by an accepted evaluation or a finished re-check, as lines: what can become an order to put them right."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from zhiheng.audit.money import printed
from zhiheng_web.evaluation.actions.recheck_row import RECHECK
from zhiheng_web.evaluation.evaluating.lookup import evaluation_for, watched
from zhiheng_web.evaluation.evaluating.rechecking import checked_of
from zhiheng_web.evaluation.evaluating.sight import sight_of
from zhiheng_web.evaluation.models import Evaluation, Recheck
from zhiheng_web.evaluation.policies.evaluations import visible_rechecks
from zhiheng_web.organisation.authority import absent, authorise_menu
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import Indicator

LOST = Decimal("0.6")


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem. ``lost`` are the points that it cost, None where the report names it in words. ``indicator``: of which row, if any."""

    text: str
    source: str
    lost: Decimal | None = None
    indicator: Indicator | None = None


@watched
def evaluation_problems(viewer: Viewer, evaluation: UUID) -> tuple[ProblemLine, ...]:
    """The problems of an accepted evaluation: those that its report names, one a line, and the items below 60 % of their points."""
    found = evaluation_for(viewer, evaluation)
    if found.state != Evaluation.State.ACCEPTED or not sight_of(viewer, found).sees_reports:
        return ()
    newest = found.reports.order_by("-number").first()
    named = [line.strip() for line in newest.problems.splitlines() if line.strip()] if newest is not None else []
    weak = [item for item in found.items.order_by("position") if item.points is not None and item.points < item.full * LOST]
    return (
        *(ProblemLine(text, found.name) for text in named),
        *(
            ProblemLine(
                f"{item.name}：得 {printed(item.points)} 分（满分 {printed(item.full)} 分）。{item.finding}".strip(), found.name,
                item.full - item.points,
            )
            for item in weak
            if item.points is not None
        ),
    )  # fmt: skip


def recheck_problems(viewer: Viewer, recheck: UUID) -> tuple[ProblemLine, ...]:
    """The problems of a finished re-check: each row that finance holds lower than the self-score, with its reason; and a gap too wide."""
    authorise_menu(viewer, "evaluation.see_samples")
    named = ("sample", "self_evaluation__table__unit", "self_evaluation__table__project")
    row: Recheck | None = visible_rechecks(viewer).select_related(*named).filter(pk=recheck).first()
    if row is None:
        raise absent(RECHECK)
    if row.finished_at is None:
        return ()
    checked = checked_of(row)
    lines = [
        ProblemLine(
            f"{line.name}：自评 {printed(line.points)} 分，复核 {printed(line.found.points)} 分。{line.found.reason}", row.sample.name,
            line.difference, line.row.indicator if line.row is not None else None,
        )
        for line in checked.lines
        if line.found is not None and line.points is not None and line.found.points < line.points
    ]  # fmt: skip
    if checked.far and checked.gap is not None:
        gap = f"自评得分与复核得分相差 {printed(abs(checked.gap))} 分，超过 {printed(checked.bound)} 分：{row.opinion}"
        lines.insert(0, ProblemLine(gap, row.sample.name, checked.gap))
    return tuple(lines)
