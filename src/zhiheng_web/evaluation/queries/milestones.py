"""Milestone curves for their pages: of each indicator of a table which curve holds, and one as a form with its presets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.utils.safestring import SafeString

from zhiheng.monitoring.curve import month_end
from zhiheng.monitoring.policy import Policy
from zhiheng.values.value import Quantity
from zhiheng_web.evaluation.actions.set_milestones import judged_along, mark_of
from zhiheng_web.evaluation.models import Milestone, MonitoringRound, MonitoringRow
from zhiheng_web.evaluation.monitoring.charts import Reached, course
from zhiheng_web.evaluation.monitoring.curves import Along, curves_of, preset
from zhiheng_web.evaluation.monitoring.observing import RUNNING, is_share, target_of
from zhiheng_web.evaluation.policies.monitoring import row_scopes, visible_reports
from zhiheng_web.ledgers.measures.actual import bases_of, chosen_bases, parts_of
from zhiheng_web.local_rules import GENERAL, policy_chosen
from zhiheng_web.organisation.authority import absent, authorise_menu, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import IndicatorRow, PerformanceTable, TableVersion
from zhiheng_web.planning.queries.tables import table_version
from zhiheng_web.wording import Text

PRESETS = (
    ("linear", Text("按月均摊（不设节点）", "Equal months (no milestones)")),
    ("once", Text("一次性完成于某月", "Once, in a month")),
    ("quarter", Text("按季度均摊", "By quarter")),
    ("carry", Text("沿用上年曲线", "Last year's curve")),
)


@dataclass(frozen=True, slots=True)
class CurveLine:
    """An indicator with the curve that holds; ``reached`` what rounds of the year found of it. ``paced`` False: a rate or a level."""

    row: IndicatorRow
    along: Along
    reached: Sequence[Reached]
    sets: bool
    paced: bool = True

    @property
    def chart(self) -> SafeString:
        """The curve."""
        return course(self.along.curve, self.reached, self.row.name)


@dataclass(frozen=True, slots=True)
class MilestonesPage:
    """The curves of a table's indicators. ``own`` of them were set."""

    table: PerformanceTable
    version: TableVersion
    lines: Sequence[CurveLine]

    @property
    def own(self) -> int:
        """How many have milestones of their own."""
        return sum(line.along.own for line in self.lines)


def milestones_page(viewer: Viewer, table: UUID) -> MilestonesPage:
    """All curves of a table. As many queries for one indicator as for all."""
    authorise_menu(viewer, "evaluation.see_monitoring")
    version = table_version(viewer, table)
    rows = list(version.indicator_rows.filter(removed_at__isnull=True).select_related("duty_row", "version").order_by("position"))
    scopes = row_scopes(version.table, {row.pk: row.duty_row.duty_id if row.duty_row else None for row in rows})
    along = curves_of(rows, version.table, policy_for(version.table))
    reached = reached_in(viewer, version.table, rows)
    whole = unpaced(rows, version.table.year)
    lines = [
        CurveLine(
            row,
            along[row.indicator_id],
            reached.get(row.indicator_id, ()),
            may(viewer, "evaluation.set_milestones", scopes[row.pk]),
            row.indicator_id not in whole,
        )
        for row in rows
    ]
    return MilestonesPage(version.table, version, lines)


def unpaced(rows: Sequence[IndicatorRow], year: int) -> set[UUID]:
    """The indicators that no curve divides: a share as target, or a basis whose first part is no running total. Two queries."""
    shares = {row.indicator_id for row in rows if is_share(target_of(row, year))}
    chosen = chosen_bases(bases_of([row.indicator_id for row in rows]), {row.indicator_id: row for row in rows})
    return shares | {basis.indicator_id for basis in chosen if (parts := parts_of(basis)) and parts[0].measure not in RUNNING}


def policy_for(table: PerformanceTable) -> Policy:
    """The policy by which the table's latest round judges; the general one where there is none."""
    name = (
        MonitoringRound.objects.filter(department=table.unit.department_id, year=table.year)
        .order_by("-last")
        .values_list("policy", flat=True)
        .first()
    )
    return policy_chosen(name or GENERAL)


def reached_in(viewer: Viewer, table: PerformanceTable, rows: Sequence[IndicatorRow]) -> dict[UUID, list[Reached]]:
    """Indicator → the share of its target that each round of the year found. One query."""
    targets = {row.indicator_id: target_of(row, table.year) for row in rows}
    reports = visible_reports(viewer).filter(table=table)
    found: dict[UUID, list[Reached]] = {}
    monitored = MonitoringRow.objects.filter(report__in=reports, value__isnull=False).order_by("report__round__last")
    for indicator, on, value in monitored.values_list("indicator_id", "report__round__last", "value"):
        target = targets.get(indicator)
        if isinstance(target, Quantity) and target.amount > 0 and value is not None:
            found.setdefault(indicator, []).append((on, Fraction(value) / Fraction(target.amount)))
    return found


@dataclass(frozen=True, slots=True)
class CurveForm:
    """One indicator's curve as a form: ``points`` are day, share in per cent or none, and what is to be done; ``base`` what stands.

    ``used`` are the rounds with reports handed in by the curve that stands: another curve wants a reason then.
    """

    line: CurveLine
    table: PerformanceTable
    points: Sequence[tuple[date, str, str]]
    base: str
    preset: str
    last_year: bool
    month: int
    used: Sequence[str] = ()


def curve_form(viewer: Viewer, table: UUID, indicator: UUID, wanted: str = "", month: int = 12) -> CurveForm:
    """The form, with the curve that stands or, if one is chosen, with a preset filled in."""
    page = milestones_page(viewer, table)
    line = next((one for one in page.lines if one.row.indicator_id == indicator), None)
    if line is None:
        raise absent(Text("该指标", "this indicator"))
    year = page.table.year
    both = list(Milestone.objects.filter(indicator=indicator, year__in=(year, year - 1)).order_by("on"))
    own = [(one.on, one.share, one.text) for one in both if one.year == year]
    last = [(one.on, one.share) for one in both if one.year == year - 1]
    filled = [(on, share, "") for on, share in preset(wanted, year, month=month, last=last)] if wanted else own
    ends = {month_end(year, number) for number in range(1, 13)}
    shares = {on: (share, text) for on, share, text in filled}
    points = [
        (day, _percent(shares[day][0]) if day in shares else "", shares[day][1] if day in shares else "")
        for day in sorted(ends | set(shares))
    ]
    return CurveForm(line, page.table, points, mark_of(own), wanted, bool(last), month, judged_along(indicator, year))


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}"
