"""What a version says to the integrated budget system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from zhiheng.interchange.codes import target
from zhiheng.interchange.files import archive, workbook
from zhiheng.interchange.integrated import Package, Setting, Tags, export
from zhiheng.plan.plan import Plan
from zhiheng.scoring.scheme import Scheme
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import IndicatorRow, TableVersion
from zhiheng_web.planning.policies import scope_of
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.versions import load
from zhiheng_web.planning.weighing import METHODS, level_text, scheme_of, sublevel_text
from zhiheng_web.wording import Text, language

ENCODINGS = {"utf-8": "UTF-8", "gbk": "GBK"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """A version as it would go out: ``package`` and the choices it was made with."""

    version: TableVersion
    plan: Plan
    package: Package
    codes: str
    encoding: str
    names: tuple[str, ...]

    def file(self, kind: str) -> tuple[bytes, str, str]:
        """The file of a kind (xlsx or zip) with its media type and ending."""
        if kind == "zip":
            return archive(self.package, self.plan, language()), "application/zip", "zip"
        sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return workbook(self.package, self.plan, language()), sheet, "xlsx"


def code_tables() -> Mapping[str, Text]:
    """The vendors' code tables to choose from."""
    return {key: Text(codes.zh, codes.en) for key, codes in target().codes.items()}


def exchange(viewer: Viewer, version_id: UUID, codes: str = "", encoding: str = "") -> Exchange:
    """A version in the columns of the integrated system. The number of queries does not depend on its rows."""
    version = version_for(viewer, version_id)
    authorise(viewer, "planning.export_exchange", scope_of(version.table))
    chosen = codes if codes in target().codes else getattr(settings, "EXCHANGE_CODES", "sign")
    counted = encoding if encoding in ENCODINGS else "utf-8"
    loaded = load(version)
    scheme = scheme_of(version)
    plan = loaded.table.plan
    package = export(plan, _setting(version, chosen, counted), [_tags(row, scheme) for row in loaded.rows])
    return Exchange(version, plan, package, chosen, counted, tuple(row.name.text for row in plan.indicators))


def _setting(version: TableVersion, codes: str, encoding: str) -> Setting:
    table, unit = version.table, version.table.unit
    at = timezone.localtime(version.frozen_at or version.created_at)
    return Setting(
        division=unit.department.division_code,
        department=unit.department.code,
        project=table.project.code if table.project else "",
        project_name=table.project.name if table.project else "",
        agency=unit.code,
        agency_name=unit.name,
        goal_id=str(table.pk),
        codes=codes,
        encoding=encoding,
        at=at.strftime("%Y%m%d%H%M%S%f")[:17],
        version=str(version.pk),
        version_name=f"第{version.number}版",
    )


def _tags(row: IndicatorRow, scheme: Scheme) -> Tags:
    return Tags(
        id=str(row.pk),
        level_1=level_text(scheme, row.level_1).zh if row.level_1 else "",
        level_2=sublevel_text(scheme, row.level_1, row.level_2).zh if row.level_2 else "",
        points=row.points,
        rule=METHODS[row.method].zh if row.method in METHODS else "",
        reverse=row.direction == "falling",
    )
