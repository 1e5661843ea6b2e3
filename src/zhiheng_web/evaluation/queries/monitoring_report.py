"""The page of one monitoring report: each row with its figure, lamp, reason of the lamp, what is asked for, and what was done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.safestring import SafeString

from zhiheng.scoring.trace import plain
from zhiheng_web.evaluation.declaring import Asks, asks, declarable
from zhiheng_web.evaluation.models import MonitoringFund, MonitoringReport, MonitoringRow, RectificationItem
from zhiheng_web.evaluation.monitoring.adjusting import Adjustment, adjustments_of
from zhiheng_web.evaluation.monitoring.charts import course
from zhiheng_web.evaluation.monitoring.curves import Along, curve_from
from zhiheng_web.evaluation.monitoring.demands import Asked, assess
from zhiheng_web.evaluation.monitoring.judging import Judged, is_provisional, note_texts, trace_texts
from zhiheng_web.evaluation.monitoring.money import Total, judged_on, known_until, total
from zhiheng_web.evaluation.monitoring.observing import is_share
from zhiheng_web.evaluation.monitoring.progress import Progress, progress_of
from zhiheng_web.evaluation.monitoring.standing import report_for, report_scope, row_for, rows_of, scopes_of
from zhiheng_web.evaluation.queries.rounds import in_order
from zhiheng_web.ledgers.measures.result import State
from zhiheng_web.organisation.authority import authorise_menu, may
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.money.execution import Rate
from zhiheng_web.planning.policies import visible_tables
from zhiheng_web.wording import Text

Submitted = MonitoringReport.State.SUBMITTED


@dataclass(frozen=True, slots=True)
class RowShown:
    """One indicator in a report. ``fills``: the viewer may write in it now; ``acts``: he may open a correction or ask for an adjustment."""

    row: MonitoringRow
    judged: Judged
    progress: Progress
    asked: Sequence[Asked]
    corrections: Sequence[RectificationItem]
    adjustments: Sequence[tuple[Adjustment, str]]
    fills: bool
    acts: bool
    new_duty: bool = False

    @property
    def declares(self) -> bool:
        """Whether the viewer may declare its figure now: no ledger and no survey gives one, and nobody decided that there is none.

        Words that only a person compares have no figure.
        """
        row = self.row
        given = row.snapshot is None and row.value is not None
        decided = row.state in (State.NOT_ORGANISED, State.NOT_APPLICABLE)
        worded = self.judged.by_person and self.asks.kind in ("figure", "several")
        return self.fills and not given and not decided and not worded and declarable(row.snapshot) and self.over

    @property
    def over(self) -> bool:
        """Whether the last day of the data has passed."""
        return timezone.localdate() > self.row.report.round.last

    @property
    def asks(self) -> Asks:
        """What declaring it asks for."""
        return asks(self.row.indicator_row, self.judged.target, self.row.report.round.last)

    @property
    def why(self) -> list[Text]:
        """The steps that led to the lamp, as they are kept."""
        return trace_texts(self.row.trace)

    @property
    def notes(self) -> list[Text]:
        """What else is to be said of the lamp."""
        return note_texts(self.row.trace)

    @property
    def provisional(self) -> bool:
        """Whether its lamp burns by the figure of an earlier data year, because that of this one is not out."""
        return is_provisional(self.row)

    @property
    def stands_in(self) -> Text | None:
        """The figure that its lamp goes by while the statistic is awaited: 2.13%（暂定，2019年）."""
        snapshot = self.row.snapshot
        if not self.provisional or snapshot is None:
            return None
        part = snapshot.value["parts"][snapshot.value["decisive"]]
        latest = part.get("told", {}).get("latest", {})
        if "number" not in latest:
            return None
        figure, year = f"{plain(Decimal(latest['number']))}{part['unit']}", latest.get("data_year", "")
        return Text(f"{figure}（暂定，{year}年）", f"{figure} (provisional, {year})")

    @property
    def chart(self) -> SafeString:
        """The curve along which it was judged, with what was reached."""
        return course(self.along.curve, self.progress.reached, self.row.indicator_row.name)

    @property
    def along(self) -> Along:
        """The curve along which it was judged, as it was kept then; today's only for a row that was judged before curves were kept."""
        return curve_from(self.row.curve) if self.row.curve else self.judged.along

    @property
    def reasons(self) -> list[str]:
        """The codes of its reasons."""
        return self.row.reasons.split()

    @property
    def paced(self) -> bool:
        """Whether a curve says what is due of it; a rate, a level or a limit holds in full on every day."""
        said = {"not_paced", "within_limit", "above_limit"} & {step.get("code") for step in self.row.trace}
        return not said and not is_share(self.judged.target)

    @property
    def quiet(self) -> bool:
        """Whether nothing is asked for and nothing is said: its inputs are folded."""
        said = (self.row.reasons, self.row.explanation, self.row.forecast, self.row.possibility, self.row.remark)
        return not self.asked and not any(said) and self.row.tier is None and not self.judged.needs_person

    @property
    def adjust_reason(self) -> str:
        """What a request to adjust its target begins with: it names the indicator, by which the report knows it again (adjusting)."""
        return f"绩效运行监控（{self.row.report.round.name}）：“{self.row.indicator_row.name}”按进度完成有困难，申请调整目标。"

    @property
    def missing(self) -> bool:
        """Whether something must still be filled in."""
        return any(one.must for one in self.asked)


@dataclass(frozen=True)
class ReportPage:
    """A report as its page shows it. A closed round or a submitted report is shown as it was kept; nothing is asked for any more."""

    report: MonitoringReport
    rows: Sequence[RowShown]
    funds: Sequence[MonitoringFund]
    asked: Sequence[Asked]
    adjustments: Sequence[Adjustment]
    open: bool
    may: Mapping[str, bool]

    @cached_property
    def whole(self) -> Total:
        """All sources of money together."""
        return total(self.funds)

    @property
    def writes(self) -> bool:
        """Whether the viewer may write anything in it now."""
        return self.may["write"] or any(one.fills for one in self.rows)

    @property
    def rate(self) -> Rate | None:
        """The execution rate on the round's day; None where the table has no money of its own."""
        return None if self.whole.budget is None else Rate(self.whole.budget, self.whole.executed)

    @property
    def known_until(self) -> int | None:
        """The last month with payments, where the round's day lies after its end; None: all months are known, or none is."""
        until, last = known_until(self.funds), self.report.round.last
        return until if until is not None and judged_on(self.funds, last) < last else None

    @property
    def cut(self) -> Decimal | None:
        """By how much the budget was changed in the year; None where it was not."""
        if self.whole.budget is None or self.whole.initial is None or self.whole.budget == self.whole.initial:
            return None
        return self.whole.budget - self.whole.initial

    @property
    def why(self) -> list[Text]:
        """The steps that led to the lamp of the money, amounts in 万元."""
        return trace_texts(self.report.budget_trace)

    @property
    def notes(self) -> list[Text]:
        """What else is to be said of the money."""
        return note_texts(self.report.budget_trace)

    @property
    def lamps(self) -> dict[str, int]:
        """How many indicators stand under each lamp."""
        counts: dict[str, int] = {}
        for one in self.rows:
            counts[one.row.lamp] = counts.get(one.row.lamp, 0) + 1
        return in_order(counts)

    @property
    def provisional(self) -> dict[str, int]:
        """How many of these lamps burn by the figure of an earlier data year."""
        counts: dict[str, int] = {}
        for one in self.rows:
            if one.provisional:
                counts[one.row.lamp] = counts.get(one.row.lamp, 0) + 1
        return in_order(counts)

    @property
    def of_whole(self) -> list[Asked]:
        """What is asked for about the money or the whole."""
        return [one for one in self.asked if one.row is None]

    @property
    def missing(self) -> list[Asked]:
        """What stands in the way of submission."""
        return [one for one in self.asked if one.must]

    @property
    def early(self) -> bool:
        """Whether the values were taken before the day they speak of had passed."""
        from django.utils import timezone

        return timezone.localtime(self.report.known_at).date() <= self.report.round.last

    def row_shown(self, pk: UUID) -> RowShown:
        """One of its rows."""
        return next(one for one in self.rows if one.row.pk == pk)


def report_page(viewer: Viewer, pk: UUID) -> ReportPage:
    """The whole page. The number of queries does not depend on the rows."""
    authorise_menu(viewer, "evaluation.see_monitoring")
    report = report_for(viewer, pk)
    rows = rows_of(report)
    for row in rows:
        row.report = report
    funds = list(MonitoringFund.objects.filter(report=report).order_by("source"))
    writable = report.round.closed_at is None and report.state != Submitted
    assessed = assess(report, rows, funds)
    asked = assessed.asked if writable else ()
    scopes = scopes_of(report, rows)
    progress = progress_of(report, assessed.rows)
    adjustments = adjustments_of(report) if visible_tables(viewer).filter(pk=report.table_id).exists() else []
    corrections = corrections_of([row.pk for row in rows])
    shown, duty = [], object()
    for one in assessed.rows:
        scope = scopes[one.row.pk]
        fills = may(viewer, "evaluation.fill_monitoring", scope)
        of_duty = one.row.indicator_row.duty_row_id
        shown.append(
            RowShown(
                one.row, one, progress[one.row.pk], [each for each in asked if each.row == one.row.pk], corrections.get(one.row.pk, ()),
                [(each, each.targets[one.row.indicator_id]) for each in adjustments if one.row.indicator_id in each.targets],
                fills and writable, fills and report.round.closed_at is None, new_duty=of_duty != duty,
            )
        )  # fmt: skip
        duty = of_duty
    return ReportPage(report, shown, funds, asked, adjustments, writable, _allowed(viewer, report, writable=writable))


def _allowed(viewer: Viewer, report: MonitoringReport, *, writable: bool) -> dict[str, bool]:
    scope = report_scope(report)
    running = report.round.closed_at is None
    found = {name: may(viewer, f"evaluation.{name}", scope) for name in ("write_monitoring", "submit_monitoring")}
    return {
        "write": found["write_monitoring"] and writable,
        "submit": found["submit_monitoring"] and writable,
        "refresh": may(viewer, "evaluation.refresh_monitoring", Scope(report.round.department_id)) and writable,
        "return": may(viewer, "evaluation.return_monitoring", scope) and running and report.state == Submitted,
        "milestones": may(viewer, "evaluation.set_milestones", None) and running,
        "adjust": may(viewer, "planning.adjust_table", None),
        "snapshots": may(viewer, "ledgers.see_actuals", None),
    }


def corrections_of(rows: Sequence[UUID]) -> dict[UUID, list[RectificationItem]]:
    """Row → its corrective actions with how far they are. Two queries."""
    items = RectificationItem.objects.filter(monitoring_row__in=rows).select_related("office", "responsible_account")
    found: dict[UUID, list[RectificationItem]] = {}
    for item in items.prefetch_related(Prefetch("steps")).order_by("opened_at"):
        if item.monitoring_row_id is not None:
            found.setdefault(item.monitoring_row_id, []).append(item)
    return found


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """The form of a corrective action: the row it is about, those there are already, and who may answer for it."""

    row: MonitoringRow
    corrections: Sequence[RectificationItem]
    persons: Sequence[Account]
    why: Sequence[Text]


def correction_page(viewer: Viewer, pk: UUID) -> CorrectionPage:
    """What the form needs."""
    from zhiheng_web.evaluation.actions.open_correction import responsible_persons
    from zhiheng_web.organisation.authority import authorise

    row = row_for(viewer, pk)
    scope = scopes_of(row.report, [row])[row.pk]
    authorise(viewer, "evaluation.open_correction", scope)
    persons = Account.objects.filter(pk__in=responsible_persons(viewer, scope)).order_by("name")
    return CorrectionPage(row, corrections_of([row.pk]).get(row.pk, ()), list(persons), trace_texts(row.trace))
