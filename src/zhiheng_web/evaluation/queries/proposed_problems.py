"""Problems that a result shows by itself, proposed for an order: whoever orders keeps, rewords or leaves them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from zhiheng.audit.money import printed
from zhiheng_web.evaluation.models import MonitoringRow, SelfEvaluationRow
from zhiheng_web.evaluation.policies.monitoring import visible_reports
from zhiheng_web.evaluation.policies.self_evaluation import visible_self_evaluations
from zhiheng_web.evaluation.queries.problems import ProblemLine, evaluation_problems, recheck_problems
from zhiheng_web.organisation.viewer import Viewer

LAMPS = {"red": "红灯", "yellow": "黄灯"}


@dataclass(frozen=True, slots=True)
class Proposed:
    """One problem as the form of an order begins with it, in Chinese as orders are."""

    problem: str
    demand: str = ""
    indicator: UUID | None = None


def proposed_problems(viewer: Viewer, kind: str, source: UUID) -> list[Proposed]:
    """The problems of a source that the viewer reads; none of one that he does not, or of a kind that shows none."""
    return PROPOSING[kind](viewer, source) if kind in PROPOSING else []


def of_self_evaluation(viewer: Viewer, source: UUID) -> list[Proposed]:
    """The rows that lost points, with the reason and the improvement that the office itself gave. One query."""
    seen = visible_self_evaluations(viewer).filter(pk=source)
    rows = SelfEvaluationRow.objects.filter(self_evaluation__in=seen, score__isnull=False).select_related("indicator_row")
    found = []
    for row in rows.order_by("position"):
        full = row.points if row.points is not None else row.indicator_row.points
        if full is not None and row.score is not None and row.score < full:
            said = f"{row.indicator_row.name}：得 {printed(row.score)} 分（满分 {printed(full)} 分）。{row.reason}"
            found.append(Proposed(said, row.improvement, row.indicator_id))
    return found


def of_report(viewer: Viewer, source: UUID) -> list[Proposed]:
    """The rows of a monitoring report with a red or yellow lamp. One query."""
    rows = MonitoringRow.objects.filter(report__in=visible_reports(viewer).filter(pk=source), lamp__in=LAMPS).select_related(
        "indicator_row"
    )
    return [
        Proposed(
            f"{row.indicator_row.name}：监控{LAMPS[row.lamp]}，{row.shown_zh or '没有数据'}。{row.explanation}",
            row.remark,
            row.indicator_id,
        )
        for row in rows.order_by("position")
    ]


def _lines(ask: Callable[[Viewer, UUID], tuple[ProblemLine, ...]]) -> Callable[[Viewer, UUID], list[Proposed]]:
    def proposed(viewer: Viewer, source: UUID) -> list[Proposed]:
        return [Proposed(one.text, "", one.indicator.pk if one.indicator else None) for one in ask(viewer, source)]

    return proposed


PROPOSING: Mapping[str, Callable[[Viewer, UUID], list[Proposed]]] = {
    "self_evaluation": of_self_evaluation,
    "report": of_report,
    "evaluation": _lines(evaluation_problems),
    "recheck": _lines(recheck_problems),
}
