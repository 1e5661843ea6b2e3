"""What finance approved of the tables of a package: what the published ones are held against (P03). Queries do not grow with the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from zhiheng.plan.plan import Plan
from zhiheng.plan.procedure import ONCE_APPROVED
from zhiheng_web.planning.models import DutyRow, IndicatorRow, TableVersion
from zhiheng_web.planning.versions import Loaded
from zhiheng_web.publication.building.gathering import Source
from zhiheng_web.publication.models import Package


def approved_plans(package: Package, sources: Sequence[Source], today: date) -> Mapping[UUID, Plan]:
    """Table → the plan that was approved. Of a budget package that in force on the day of finance's approval, of a final one at the year's
    end; of a table that came into force only later its first. None where nothing was approved. One query, three where one differs.
    """
    day = date(package.year, 12, 31) if package.kind == Package.Kind.FINAL else package.approved_on or today
    chosen: dict[UUID, TableVersion] = {}
    versions = TableVersion.objects.filter(table__in=[source.table.pk for source in sources], state__in=ONCE_APPROVED)
    for version in versions.select_related("table__unit__department", "table__project").order_by("number"):
        if version.table_id not in chosen or (version.in_force_from is not None and version.in_force_from <= day):
            chosen[version.table_id] = version
    loaded = {source.version.pk: Loaded(source.version, source.duties, source.rows) for source in sources}
    other = [version for version in chosen.values() if version.pk not in loaded]
    if other:
        loaded |= _loaded(other)
    return {table: loaded[version.pk].table.plan for table, version in chosen.items()}


def _loaded(versions: Sequence[TableVersion]) -> dict[UUID, Loaded]:
    """These versions with their rows. Three queries."""
    duties = _by(DutyRow.objects.filter(version__in=versions).order_by("number"))
    rows = _by(IndicatorRow.objects.filter(version__in=versions).select_related("indicator").prefetch_related("parts").order_by("position"))
    return {one.pk: Loaded(one, tuple(duties.get(one.pk, ())), tuple(rows.get(one.pk, ()))) for one in versions}


def _by(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.version_id, []).append(row)
    return found
