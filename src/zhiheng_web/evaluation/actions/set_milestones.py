"""设置进度节点: by which days which shares of an indicator's year are due. No points: the policy's default holds again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from zhiheng.monitoring.curve import CurveError, milestones
from zhiheng_web.evaluation.models import Milestone, MonitoringFund, MonitoringReport, MonitoringRow
from zhiheng_web.evaluation.monitoring.gathering import rejudge
from zhiheng_web.evaluation.monitoring.standing import rows_of
from zhiheng_web.evaluation.policies.monitoring import row_scopes
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.planning.models import Indicator, IndicatorRow
from zhiheng_web.planning.queries.tables import table_version
from zhiheng_web.secrecy import REFUSAL, mark_in
from zhiheng_web.trail.action import Conflict, Done, Invalid, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

LONGEST = 200
Point = tuple[date, Decimal, str]
"""A day, the share due by its end (0 to 1), what is to be done by then."""


@action("evaluation.set_milestones")
def set_milestones(
    viewer: Viewer, table: UUID, indicator: UUID, points: Sequence[Point], *, base: str | None = None, reason: str = ""
) -> Done[int]:
    """Put a curve in place of the one that stood. Open reports are judged anew along it; what was submitted stays as it was judged.

    ``base`` is the curve that the writer saw (:func:`mark_of`): if another stands there now, it is a conflict. Where a report that is
    handed in was judged along the curve that stood, ``reason`` says why it is another now.
    """
    version = table_version(viewer, table)
    row = version.indicator_rows.filter(indicator=indicator, removed_at__isnull=True).select_related("duty_row").first()
    if row is None:
        raise absent(Text("该指标", "this indicator"))
    Indicator.objects.select_for_update(no_key=True).get(pk=indicator)
    scopes = row_scopes(version.table, {row.pk: row.duty_row.duty_id if row.duty_row else None})
    authorise(viewer, "evaluation.set_milestones", scopes[row.pk])
    year = version.table.year
    _fit(points, year)
    standing = list(Milestone.objects.filter(indicator=indicator, year=year).order_by("on"))
    before = mark_of([(one.on, one.share, one.text) for one in standing])
    if base is not None and base != before:
        raise Conflict("milestones_changed", CHANGED.with_(row=row.name), {one.on.isoformat(): f"{one.share * 100:f}%" for one in standing})
    after, used = mark_of(points), judged_along(indicator, year)
    refuse_unfit_words({"reason": reason})
    if before != after and used and not reason.strip():
        text = WHY.with_(rounds="、".join(used))
        raise Invalid("reason_missing", text, {"reason": text})
    if before != after:
        Milestone.objects.filter(indicator=indicator, year=year).delete()
        Milestone.objects.bulk_create(
            Milestone(indicator_id=indicator, year=year, on=on, share=share, text=text.strip(), set_by=viewer.account, set_at=viewer.now())
            for on, share, text in points
        )
        _judge_open(row, year)
    details = {"row": row.name, "year": year, "points": [[on.isoformat(), str(share), text.strip()] for on, share, text in points]}
    if used and before != after:
        details |= {"reason": reason.strip(), "old": before, "reports": used}
    return Done(
        len(points), "planning.Indicator", str(indicator), row.name, str(version.table.unit.department_id), digest_of([before]),
        digest_of([after]), details, nothing=before == after,
    )  # fmt: skip


def judged_along(indicator: UUID, year: int) -> list[str]:
    """The rounds of which a report that is handed in, or a closed round, was judged along the curve that stands. One query."""
    handed_in = Q(report__state=MonitoringReport.State.SUBMITTED) | Q(report__round__closed_at__isnull=False)
    rows = MonitoringRow.objects.filter(handed_in, indicator=indicator, report__table__year=year).order_by("report__round__last")
    return list(dict.fromkeys(rows.values_list("report__round__name", flat=True)))


def mark_of(points: Sequence[Point]) -> str:
    """A curve as one line of text, to compare what a writer saw with what stands."""
    return ";".join(f"{on.isoformat()}={share.normalize():f}={text.strip()}" for on, share, text in sorted(points))


def _fit(points: Sequence[Point], year: int) -> None:
    for on, share, text in points:
        wrong = None
        if not share.is_finite() or share != share.quantize(Decimal("0.0001")):
            wrong = Text("{day} 的份额最多保留两位小数（百分数）。", "The share of {day} has two decimals at most (per cent).").with_(
                day=on
            )
        elif len(text) > LONGEST:
            wrong = Text("{day} 的节点内容太长，最多 200 字。", "The words of {day} are too long: 200 letters at most.").with_(day=on)
        elif (mark := mark_in(text)) is not None:
            wrong = REFUSAL.with_(where=Text("节点内容", "the words of a milestone"), mark=mark)
        if wrong is not None:
            raise Invalid("milestone_unfit", wrong, {"points": wrong})
    if not points:
        return
    try:
        milestones(year, [(on, share) for on, share, _ in points])
    except CurveError as fault:
        text = Text(fault.text(), fault.text("en"))
        raise Invalid(f"milestone_{fault.code}", text, {"points": text}) from None


def _judge_open(row: IndicatorRow, year: int) -> None:
    """Reports of open rounds that are not submitted are judged along the new curve."""
    reports = MonitoringReport.objects.filter(
        rows__indicator=row.indicator_id, table__year=year, round__opened_at__isnull=False, round__closed_at__isnull=True
    ).exclude(state=MonitoringReport.State.SUBMITTED)
    found = reports.select_related("round", "table__unit__department", "table__project").select_for_update(of=("self",), no_key=True)
    for report in found:
        rejudge(report, rows_of(report), list(MonitoringFund.objects.filter(report=report)))


WHY = Text(
    "“{rounds}”的监控表已按现行曲线报送，其亮灯和曲线保持不变。此后改用新的节点，请写明理由。",
    "Reports of “{rounds}” were handed in by the curve that holds; their lamps and curves stay. Say why it is another from now on.",
)
CHANGED = Text(
    "其他人在您填写期间修改了“{row}”的进度节点，您的修改没有保存。",
    "Somebody else changed the milestones of “{row}” meanwhile; yours are not saved.",
)
