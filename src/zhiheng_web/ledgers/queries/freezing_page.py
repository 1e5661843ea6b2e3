"""The pages on which values are frozen and circumstances decided: what they concern, and what stands already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhiheng_web.ledgers.models import FOREVER, Circumstance, CountingBasis, Snapshot
from zhiheng_web.ledgers.queries.actuals_page import day_of_table
from zhiheng_web.organisation.authority import absent, authorise_menu, may
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import IndicatorRow, PerformanceTable, TableVersion
from zhiheng_web.planning.queries.tables import table_version
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Freezing:
    """What would be frozen: ``rows`` are the indicators that a ledger is bound to, ``frozen`` those of that day already."""

    table: PerformanceTable
    version: TableVersion
    rows: Sequence[IndicatorRow]
    unbound: int
    on: date
    frozen: int
    one: IndicatorRow | None

    @property
    def indicators(self) -> list[UUID]:
        """Their ids."""
        return [row.indicator_id for row in self.rows]


def rows_of(viewer: Viewer, table: UUID, indicator: UUID | None) -> tuple[TableVersion, list[IndicatorRow]]:
    """The indicators of a table that the viewer sees, or the one asked for, else Absent."""
    authorise_menu(viewer, "ledgers.see_actuals")
    version = table_version(viewer, table)
    rows = version.indicator_rows.filter(removed_at__isnull=True).select_related("duty_row").order_by("position")
    found = list(rows.filter(indicator=indicator) if indicator else rows)
    if indicator and not found:
        raise absent(Text("该指标", "this indicator"))
    return version, found


def freezing(viewer: Viewer, table: UUID, indicator: UUID | None, on: date | None) -> Freezing:
    """The page on which values are frozen. Four queries."""
    version, rows = rows_of(viewer, table, indicator)
    day = on or day_of_table(version.table, viewer.today())
    ids = [row.indicator_id for row in rows]
    bound = set(CountingBasis.objects.filter(indicator__in=ids, withdrawn=False).values_list("indicator", flat=True))
    kept = [row for row in rows if row.indicator_id in bound]
    frozen = Snapshot.objects.filter(indicator__in=bound, on=day, replaced_by__isnull=True).count()
    return Freezing(version.table, version, kept, len(rows) - len(kept), day, frozen, rows[0] if indicator else None)


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of an indicator: all decisions, and the one that waits for a second person."""

    table: PerformanceTable
    row: IndicatorRow
    decisions: Sequence[Circumstance]
    waiting: Circumstance | None
    decides: bool
    confirms: bool


def decided_of(viewer: Viewer, table: UUID, indicator: UUID) -> Decided:
    """The page on which a circumstance is decided and confirmed."""
    version, rows = rows_of(viewer, table, indicator)
    made = Circumstance.objects.filter(indicator=indicator).select_related("decided_by", "confirmed_by").order_by("-year", "-known_from")
    decisions = list(made)
    open_ = [one for one in decisions if one.known_until == FOREVER and one.confirmed_at is None and one.year == version.table.year]
    waiting = open_[0] if open_ else None
    scope = Scope(version.table.unit.department_id)
    own = waiting is not None and viewer.account is not None and waiting.decided_by_id == viewer.account.pk
    confirms = may(viewer, "ledgers.confirm_circumstance", scope) and not own
    return Decided(version.table, rows[0], decisions, waiting, may(viewer, "ledgers.decide_circumstance", scope), confirms)
