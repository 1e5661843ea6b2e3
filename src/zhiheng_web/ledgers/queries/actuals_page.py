"""The actual values of a table: every indicator by duty with its target, its value, what was counted, recorded and left out, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from zhiheng_web.ledgers.measures.actual import actuals
from zhiheng_web.ledgers.measures.behind import Shared, shared
from zhiheng_web.ledgers.measures.counting import end_of
from zhiheng_web.ledgers.measures.result import STATE_NAMES, Actual, Reason, State
from zhiheng_web.ledgers.models import Register, Snapshot
from zhiheng_web.ledgers.policies import visible_registers
from zhiheng_web.organisation.authority import authorise_menu, may
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import IndicatorRow, PerformanceTable, TableVersion
from zhiheng_web.planning.policies import visible_versions
from zhiheng_web.planning.queries.chosen import meant
from zhiheng_web.planning.queries.tables import table_version
from zhiheng_web.wording import Text

TOLD = (Reason.EVIDENCE, Reason.CHECK, Reason.DUPLICATE, Reason.PENDING, Reason.LATE, Reason.OPEN)
"""Reasons that stand on the overview; the indicator's own page has them all."""


@dataclass(frozen=True, slots=True)
class ActualLine:
    """One indicator: its row in the table, its actual value, the snapshot taken last."""

    row: IndicatorRow
    actual: Actual
    snapshot: Snapshot | None

    @property
    def recorded(self) -> int:
        """登记: the entries that the period concerns, of the parts that are judged."""
        return self.actual.recorded

    @property
    def counted(self) -> int:
        """可计, of the same parts."""
        return self.actual.counted

    @property
    def reasons(self) -> list[tuple[Reason, int]]:
        """What keeps entries from counting that somebody can mend, most frequent first."""
        found = self.actual.not_counted
        left = {reason: found.get(reason, 0) for reason in TOLD}
        return sorted(((one, n) for one, n in left.items() if n), key=lambda pair: (-pair[1], pair[0]))


@dataclass(frozen=True, slots=True)
class DutyActuals:
    """The indicators of one duty; ``registers`` are its registers that no indicator measures (无指标)."""

    number: int | None
    name: str
    lines: list[ActualLine] = field(default_factory=list)
    registers: Sequence[Register] = ()


@dataclass(frozen=True, slots=True)
class ActualsPage:
    """The actual values of a table on a day as known on another. ``counts``: how many indicators stand how."""

    table: PerformanceTable
    version: TableVersion
    on: date
    known: date | None
    duties: Sequence[DutyActuals]
    counts: Sequence[tuple[State, Text, int]]
    shared: Shared
    freezes: bool = False

    @property
    def indicators(self) -> int:
        """How many indicators the table has."""
        return sum(len(duty.lines) for duty in self.duties)


def day_of_table(table: PerformanceTable, today: date) -> date:
    """The day on which a table is looked at unless another is asked for: today within its year, else its last day."""
    return today if table.year == today.year else date(table.year, 12, 31)


def tables_seen(viewer: Viewer) -> list[TableVersion]:
    """The tables whose actual values the viewer may see, newest first, in the version that is meant. One query."""
    authorise_menu(viewer, "ledgers.see_actuals")
    rows = meant(visible_versions(viewer)).select_related("table__unit__department", "table__project")
    return list(rows.order_by("-table__year", "table__unit__department__code", "table__kind", "table")[:200])


def actuals_page(viewer: Viewer, table: UUID, on: date | None = None, known: date | None = None) -> ActualsPage:
    """All indicators of a table. The queries do not grow with indicators or entries."""
    authorise_menu(viewer, "ledgers.see_actuals")
    version = table_version(viewer, table)
    found = version.table
    day = on or day_of_table(found, viewer.today())
    instant = end_of(known) if known else viewer.now()
    rows = list(version.indicator_rows.filter(removed_at__isnull=True).select_related("duty_row").order_by("position"))
    values = actuals([row.indicator_id for row in rows], day, instant)
    taken = _snapshots([row.indicator_id for row in rows], day)
    duties = _duties(viewer, version, rows, values, taken)
    states = [value.state for value in values.values()]
    counts = [(state, STATE_NAMES[state], states.count(state)) for state in State if state in states]
    freezes = may(viewer, "ledgers.take_snapshot", Scope(found.unit.department_id))
    return ActualsPage(found, version, day, known, duties, counts, shared([row.indicator_id for row in rows], day, instant), freezes)


def _snapshots(indicators: Sequence[UUID], on: date) -> dict[UUID, Snapshot]:
    """Indicator → the snapshot of its year taken last. One query."""
    rows = Snapshot.objects.filter(indicator__in=indicators, year=on.year).order_by("on", "taken_at").defer("value")
    return {row.indicator_id: row for row in rows}


def _duties(
    viewer: Viewer, version: TableVersion, rows: Sequence[IndicatorRow], values: Mapping[UUID, Actual], taken: Mapping[UUID, Snapshot]
) -> list[DutyActuals]:
    unmeasured: dict[UUID | None, list[Register]] = {}
    for register in visible_registers(viewer).filter(unmeasured=True, closed_on__isnull=True).order_by("position"):
        unmeasured.setdefault(register.duty_id, []).append(register)
    groups: dict[UUID | None, DutyActuals] = {}
    for duty in version.duty_rows.filter(removed_at__isnull=True).order_by("number"):
        groups[duty.pk] = DutyActuals(duty.number, duty.name, [], unmeasured.get(duty.duty_id, ()))
    for row in rows:
        group = groups.setdefault(row.duty_row_id, DutyActuals(None, ""))
        group.lines.append(ActualLine(row, values[row.indicator_id], taken.get(row.indicator_id)))
    return list(groups.values())
