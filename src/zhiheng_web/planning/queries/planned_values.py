"""Five-year plan values as a grid: indicators down, the years of one plan across."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhiheng.reports.forms.words import five_year_plan
from zhiheng.values.normalise import normalise
from zhiheng_web.organisation.authority import absent, may, within
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.importing.planned_sheet import PlannedRow
from zhiheng_web.planning.models import Duty, Indicator, PlannedValue
from zhiheng_web.planning.policies import READERS
from zhiheng_web.wording import Text

PAGE = 100
DEPARTMENT = Text("该部门", "this department")


@dataclass(frozen=True, slots=True)
class PlannedCell:
    """One cell: the text to show, and the stored one where a read sheet would change it."""

    year: int
    text: str
    stored: str

    @property
    def changed(self) -> bool:
        """Whether it waits to be saved."""
        return self.text != self.stored


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One indicator with its values and the sources they were given with."""

    indicator: Indicator
    cells: tuple[PlannedCell, ...]
    source: str


@dataclass(frozen=True, slots=True)
class PlannedGrid:
    """One page of the grid."""

    department: Department
    departments: tuple[Department, ...]
    duties: tuple[Duty, ...]
    first: int
    name: str
    lines: tuple[PlannedLine, ...]
    number: int
    pages: int
    editable: bool
    unmatched: tuple[str, ...] = ()
    pending: int = 0

    @property
    def years(self) -> range:
        """The five years."""
        return range(self.first, self.first + 5)


def plan_start(year: int) -> int:
    """The first year of the 五年规划 that covers a year: 2021 for 2021 to 2025."""
    return year - (year - 1) % 5


def plans(year: int) -> tuple[tuple[int, str], ...]:
    """The plan of a year with the one before and after: first year and name."""
    start = plan_start(year)
    return tuple((first, f"“{five_year_plan(first)}” {first}-{first + 4}") for first in (start - 5, start, start + 5))


def departments_of(viewer: Viewer) -> tuple[Department, ...]:
    """The departments whose plan values a viewer sees. One query."""
    seen = within(viewer.bounds(READERS), "pk", "units", "units__offices")
    return tuple(Department.objects.filter(seen, kind=Department.Kind.DEPARTMENT).distinct())


def planned_grid(
    viewer: Viewer,
    first: int,
    department: UUID | None = None,
    duty: UUID | None = None,
    number: int = 1,
    read: Sequence[PlannedRow] | None = None,
) -> PlannedGrid:
    """A page of the grid; ``read`` are values of a sheet, shown in their cells and stored nowhere yet. Five queries."""
    departments = departments_of(viewer)
    chosen = next((one for one in departments if department in (None, one.pk)), None)
    if chosen is None:
        raise absent(DEPARTMENT)
    indicators = Indicator.objects.filter(department=chosen).select_related("duty").order_by("duty__code", "name")
    if duty is not None:
        indicators = indicators.filter(duty=duty)
    everything = list(indicators)
    given, unmatched = _matched(everything, read or ())
    if read is not None:
        everything = [one for one in everything if one.pk in given]
    pages = max(1, -(-len(everything) // PAGE))
    number = min(max(1, number), pages)
    shown = everything[(number - 1) * PAGE : number * PAGE]
    years = range(first, first + 5)
    stored: dict[tuple[UUID, int], PlannedValue] = {
        (value.indicator_id, value.year): value for value in PlannedValue.objects.filter(indicator__in=shown, year__in=years)
    }
    lines = tuple(_line(one, years, stored, given.get(one.pk, {})) for one in shown)
    return PlannedGrid(
        chosen,
        departments,
        tuple(Duty.objects.filter(department=chosen)),
        first,
        five_year_plan(first),
        lines,
        number,
        pages,
        may(viewer, "planning.keep_planned_values", Scope(chosen.pk)),
        unmatched,
        sum(cell.changed for line in lines for cell in line.cells),
    )


def _line(one: Indicator, years: range, stored: Mapping[tuple[UUID, int], PlannedValue], given: Mapping[int, str]) -> PlannedLine:
    cells = []
    for year in years:
        kept = stored[one.pk, year].text if (one.pk, year) in stored else ""
        cells.append(PlannedCell(year, given.get(year, kept), kept))
    sources = dict.fromkeys(stored[one.pk, year].source for year in years if (one.pk, year) in stored)
    return PlannedLine(one, tuple(cells), "；".join(source for source in sources if source))


def _matched(indicators: Sequence[Indicator], read: Sequence[PlannedRow]) -> tuple[dict[UUID, dict[int, str]], tuple[str, ...]]:
    """The values of a sheet by indicator: the name must be the same and belong to one indicator only."""
    by_name: dict[str, list[Indicator]] = {}
    for one in indicators:
        by_name.setdefault(normalise(one.name), []).append(one)
    given: dict[UUID, dict[int, str]] = {}
    unmatched = []
    for row in read:
        found = by_name.get(normalise(row.name), [])
        if len(found) == 1:
            given.setdefault(found[0].pk, {}).update(row.values)
        else:
            unmatched.append(row.name)
    return given, tuple(unmatched)
