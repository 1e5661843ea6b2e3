"""One indicator: the target in force with its versions, what it is compared with, its course over the years, what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString

from zhiheng.plan.procedure import State
from zhiheng.reports.forms.words import labels
from zhiheng.values.explain import explain
from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.checking import Checked, check
from zhiheng_web.planning.fields import BY_PATH
from zhiheng_web.planning.mapping import Json
from zhiheng_web.planning.models import (
    CellOpinion,
    IndicatorRow,
    PartRow,
    PerformanceTable,
    PlannedValue,
    Project,
    ProjectLink,
    TableVersion,
)
from zhiheng_web.planning.policies import visible_versions
from zhiheng_web.planning.queries.chosen import current
from zhiheng_web.planning.queries.declared import Declared, declared, figure_of
from zhiheng_web.planning.queries.duties import holder_at
from zhiheng_web.planning.queries.tables import table_for
from zhiheng_web.planning.versions import load
from zhiheng_web.ui.charts import Point, history
from zhiheng_web.wording import Text, language

INDICATOR = Text("该指标", "this indicator")
REFERENCES = ("references.planned", "references.standard", "references.mean", "references.last_year")
LABELS = {
    "references.planned": "planned",
    "references.standard": "standard",
    "references.mean": "mean",
    "references.last_year": "last_year",
}


@dataclass(frozen=True, slots=True)
class TargetVersion:
    """The target as one version words it, with the days it holds and why it was changed."""

    version: TableVersion
    target: str
    name: str
    changed: bool
    in_force: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """What the target is compared with: the label as the form words it for the year, the words, the source."""

    label: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year in the table beside the chart. ``words`` '' is missing."""

    year: int
    words: str
    source: Text | None
    planned: str
    target: str


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """All that stands on an indicator's page."""

    table: PerformanceTable
    version: TableVersion
    row: IndicatorRow
    duty: str
    duty_number: int | None
    holder: str
    targets: Sequence[TargetVersion]
    meaning: Sequence[tuple[str, str]]
    references: Sequence[Reference]
    chart: SafeString
    undrawn: bool
    years: Sequence[YearLine]
    findings: Sequence[Checked]
    opinions: Sequence[CellOpinion]
    projects: Sequence[Project]
    parts: Sequence[PartRow]
    messages: Sequence[Any]

    @property
    def in_force(self) -> TargetVersion | None:
        """The target that holds now."""
        return next((target for target in self.targets if target.in_force), None)


def indicator_page(viewer: Viewer, table: UUID, indicator: UUID) -> IndicatorPage:
    """The page of an indicator in a table's year, or Absent. The queries do not grow with the table."""
    found = table_for(viewer, table)
    versions = list(visible_versions(viewer).filter(table=found).order_by("number").select_related("second_person"))
    rows = _rows(versions, indicator)
    with_row = [version for version in versions if version.pk in rows]
    if not with_row:
        raise absent(INDICATOR)
    version = current(with_row)
    version.table = found
    loaded = load(version)
    row = next(one for one in loaded.rows if one.indicator_id == indicator)
    duty = next((one for one in loaded.duties if one.pk == row.duty_row_id), None)
    told = declared(viewer, version, [row]).get(indicator, {})
    planned = list(PlannedValue.objects.filter(indicator=indicator))
    links = ProjectLink.objects.filter(indicator=indicator, year=found.year).select_related("project")
    chart, undrawn = _chart(row, told, planned, found.year)
    return IndicatorPage(
        table=found,
        version=version,
        row=row,
        duty=duty.name if duty else "",
        duty_number=duty.number if duty else None,
        holder=_holder(duty.duty_id, found.year) if duty else "",
        targets=_targets(with_row, rows),
        meaning=_meaning(loaded.table.plan.indicators[loaded.rows.index(row)]),
        references=_references(row, version.head, found.year),
        chart=chart,
        undrawn=undrawn,
        years=_years(row, told, planned, found.year),
        findings=[one for one in check(loaded) if one.row is not None and one.row.pk == row.pk],
        opinions=list(CellOpinion.objects.filter(version=version, row=row).select_related("written_by", "answered_by")),
        parts=list(row.parts.all()),
        messages=list(row.indicator.messages.filter(version__in=versions).select_related("written_by")),
        projects=sorted({link.project for link in links}, key=lambda project: project.code),
    )


def _rows(versions: Sequence[TableVersion], indicator: UUID) -> dict[UUID, Any]:
    """The indicator's words in each version."""
    rows = IndicatorRow.objects.filter(version__in=versions, indicator=indicator)
    return {row.version_id: row for row in rows.only("version_id", "name", "target_text")}


def _targets(versions: Sequence[TableVersion], rows: dict[UUID, Any]) -> list[TargetVersion]:
    """The versions, newest first; ``changed`` tells that the target differs from the version before."""
    found, before = [], None
    for version in versions:
        target = rows[version.pk].target_text or ""
        changed = before is not None and before != target
        found.append(TargetVersion(version, target, rows[version.pk].name, changed, version.state == State.APPROVED))
        before = target
    return found[::-1]


def _holder(duty: UUID, year: int) -> str:
    """The office that holds the duty at the year's end."""
    held = holder_at(duty, date(year, 12, 31))
    return str(held.office or held.unit) if held else ""


def _meaning(indicator: Any) -> list[tuple[str, str]]:
    """How the target is understood, in the reader's language."""
    figure = indicator.target
    return [] if figure is None else explain(figure.reading, language(), indicator.name.text)


def _references(row: IndicatorRow, head: Json, year: int) -> list[Reference]:
    """The four references with their labels as published, else as they follow the year."""
    from zhiheng.plan.plan import Labels

    worded = labels(Labels(**{name: (head.get("labels") or {}).get(name, "") for name in LABELS.values()}), year)
    sources = {
        "references.standard": row.standard_source,
        "references.mean": row.history_source,
        "references.last_year": row.history_source,
    }
    found = []
    for path in REFERENCES:
        text = getattr(row, f"{BY_PATH[path].column}_text")
        label = getattr(worded, LABELS[path])
        found.append(Reference(label if language() == "zh" else str(BY_PATH[path].text), text or "", sources.get(path) or ""))
    return found


def _chart(row: IndicatorRow, told: dict[int, Declared], planned: Sequence[PlannedValue], year: int) -> tuple[SafeString, bool]:
    """The course as a line with the target across, and whether there are words that no line can show."""
    target = figure_of(row.target_value)
    if target is None:
        return SafeString(""), bool(told)
    first = min([*told, *(value.year for value in planned if value.year <= year), year])
    points, undrawn = [], False
    for past in range(first, year):
        one = told.get(past)
        same = one is not None and one.figure is not None and one.figure.measure == target.measure
        undrawn = undrawn or (one is not None and not same)
        points.append(Point(str(past), one.figure.amount if same and one and one.figure else None))
    points.append(Point(str(year), target.amount, aim=True))
    return history(points, row.name, target.amount, target.unit), undrawn


def _years(row: IndicatorRow, told: dict[int, Declared], planned: Sequence[PlannedValue], year: int) -> list[YearLine]:
    plans = {value.year: value.text for value in planned}
    first = min([*told, *plans, year])
    last = max([*plans, year])
    lines = []
    for one in range(first, last + 1):
        said = told.get(one)
        target = (row.target_text or "") if one == year else ""
        lines.append(YearLine(one, said.words if said else "", said.source if said else None, plans.get(one, ""), target))
    return lines
