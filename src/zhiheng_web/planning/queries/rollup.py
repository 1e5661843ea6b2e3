"""所属单位 in the department's view: 本级 and units side by side, money and indicators counted once, what is pending beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from zhiheng.plan.procedure import OPEN, State
from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.models import Department, Unit
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import DutyRow, IndicatorRow, PerformanceTable, TableVersion
from zhiheng_web.planning.policies import visible_versions
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class UnitPart:
    """One unit: the version of its own table in force (None: it has none) and the one that is still pending."""

    unit: Unit
    approved: TableVersion | None
    pending: TableVersion | None
    indicators: int
    duties: int

    @property
    def amount(self) -> Decimal | None:
        """Its budget in 元 as approved; None: no approved table, or no amount in it. Pending amounts never count."""
        return self.approved.total if self.approved else None


@dataclass(frozen=True, slots=True)
class SharedIndicator:
    """One indicator, counted once, with the row of each table it stands in."""

    indicator: UUID
    name: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class Rollup:
    """A department's year: its own table of the whole, and the tables of its units."""

    department: Department
    year: int
    whole: TableVersion | None
    pending: TableVersion | None
    units: tuple[UnitPart, ...]
    indicators: tuple[SharedIndicator, ...]
    duties: int
    listed: int

    @property
    def total(self) -> Decimal | None:
        """The department's total in 元 as its own approved table says: it holds its units already and is not added to them."""
        return self.whole.total if self.whole else None

    @property
    def known(self) -> list[UnitPart]:
        """The units with an approved amount."""
        return [part for part in self.units if part.amount is not None]

    @property
    def complete(self) -> bool:
        """Whether every unit has an approved amount: otherwise their sum is a part, not a smaller total."""
        return bool(self.units) and len(self.known) == len(self.units)

    @property
    def of_units(self) -> Decimal | None:
        """本级 and 所属单位 together, as far as known; None if nothing is."""
        return sum((part.amount for part in self.known if part.amount is not None), Decimal(0)) if self.known else None

    @property
    def difference(self) -> Decimal | None:
        """The department's total less that of its units; None while either is not complete."""
        return self.total - self.of_units if self.total is not None and self.of_units is not None and self.complete else None

    @property
    def twice(self) -> int:
        """How many rows stand for an indicator that is counted already."""
        return self.listed - len(self.indicators)


def rollup_of(viewer: Viewer, department: UUID, year: int) -> Rollup:
    """The department's year with its units. The same number of queries for any number of units and rows."""
    seen = visible_versions(viewer).filter(table__unit__department=department, table__year=year)
    versions = list(seen.exclude(table__kind=PerformanceTable.Kind.PROJECT).select_related("table__unit__department"))
    if not versions:
        raise absent(Text("该部门的绩效目标表", "the department's performance tables"))
    approved = {(row.table.kind, row.table.unit_id): row for row in versions if row.state == State.APPROVED.value}
    pending = {(row.table.kind, row.table.unit_id): row for row in versions if row.state in OPEN}
    counted = [row.pk for row in approved.values()]
    rows = list(IndicatorRow.objects.filter(version__in=counted).select_related("indicator", "version__table__unit").order_by("position"))
    duties = set(DutyRow.objects.filter(version__in=counted).values_list("version", "duty"))
    owner = versions[0].table.unit.department
    kinds = PerformanceTable.Kind
    units = tuple(
        UnitPart(
            unit,
            approved.get((kinds.UNIT, unit.pk)),
            pending.get((kinds.UNIT, unit.pk)),
            *_counts(approved.get((kinds.UNIT, unit.pk)), rows, duties),
        )
        for unit in Unit.objects.filter(department=department)
    )
    return Rollup(
        owner,
        year,
        next((row for (kind, _), row in approved.items() if kind == kinds.DEPARTMENT), None),
        next((row for (kind, _), row in pending.items() if kind == kinds.DEPARTMENT), None),
        units,
        _once(rows),
        len({duty for _, duty in duties}),
        len(rows),
    )


def _counts(version: TableVersion | None, rows: Iterable[IndicatorRow], duties: Iterable[tuple[UUID, UUID]]) -> tuple[int, int]:
    if version is None:
        return 0, 0
    return sum(1 for row in rows if row.version_id == version.pk), sum(1 for held, _ in duties if held == version.pk)


def _once(rows: Iterable[IndicatorRow]) -> tuple[SharedIndicator, ...]:
    """The indicators by identity, the department's row of each first."""
    found: dict[UUID, list[IndicatorRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.version.table.kind != PerformanceTable.Kind.DEPARTMENT):
        found[row.indicator_id].append(row)
    return tuple(SharedIndicator(key, group[0].name, tuple(group)) for key, group in found.items())
