"""What a package is made of, loaded in a number of queries that does not grow with its tables and rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationFile, SelfEvaluationFund, SelfEvaluationRow
from zhiheng_web.planning.models import BudgetLine, DutyRow, IndicatorRow, PerformanceTable, TableVersion
from zhiheng_web.publication.models import Package, PackageTable

PREFIXES = {PerformanceTable.Kind.UNIT.value: "u", PerformanceTable.Kind.PROJECT.value: "p"}


@dataclass(frozen=True, slots=True)
class Source:
    """One table of a package with its rows. ``evaluation`` None: a goal table of a budget package. ``slug`` is its public address."""

    slug: str
    left_out: str
    table: PerformanceTable
    version: TableVersion
    duties: tuple[DutyRow, ...]
    rows: tuple[IndicatorRow, ...]
    evaluation: SelfEvaluation | None = None
    evaluated: Mapping[UUID, SelfEvaluationRow] = field(default_factory=dict)
    funds: tuple[SelfEvaluationFund, ...] = ()

    @property
    def synthetic(self) -> bool:
        """Whether its project is an invented one of the demonstration."""
        return self.table.project is not None and self.table.project.synthetic


def sources_of(package: Package) -> list[Source]:
    """The tables of a package in its order, those left out with their reason only."""
    related = ("version", "self_evaluation__version")
    rows = list(
        PackageTable.objects.filter(package=package)
        .select_related("self_evaluation", *(f"{path}__table__{end}" for path in related for end in ("unit__department", "project")))
        .order_by("position")
    )
    versions = [_version(row) for row in rows]
    duties = _by(DutyRow.objects.filter(version__in=versions).order_by("number"), "version_id")
    indicators = _by(IndicatorRow.objects.filter(version__in=versions).select_related("indicator").order_by("position"), "version_id")
    evaluations = [row.self_evaluation for row in rows if row.self_evaluation is not None]
    files = Prefetch("files", SelfEvaluationFile.objects.filter(withdrawn_at__isnull=True).select_related("file"))
    evaluated = SelfEvaluationRow.objects.filter(self_evaluation__in=evaluations).select_related("snapshot__basis", "survey")
    evaluated_by = _by(evaluated.prefetch_related(files).order_by("position"), "self_evaluation_id")
    order = {source.value: place for place, source in enumerate(BudgetLine.Source)}
    funds = _by(SelfEvaluationFund.objects.filter(self_evaluation__in=evaluations), "self_evaluation_id")
    found = []
    for row, version, slug in zip(rows, versions, slugs(rows), strict=True):
        evaluation = row.self_evaluation
        key = evaluation.pk if evaluation is not None else None
        money = sorted(funds.get(key, ()), key=lambda fund: order.get(fund.source, len(order)))
        found.append(
            Source(
                slug, row.left_out, version.table, version, tuple(duties.get(version.pk, ())), tuple(indicators.get(version.pk, ())),
                evaluation, {one.indicator_row_id: one for one in evaluated_by.get(key, ())}, tuple(money),
            )
        )  # fmt: skip
    return found


def slugs(rows: Iterable[PackageTable]) -> list[str]:
    """The public address of each table: department, u01 …, p01 … in the order of the package."""
    counts: dict[str, int] = {}
    found = []
    for row in rows:
        kind = _version(row).table.kind
        counts[kind] = counts.get(kind, 0) + 1
        found.append(f"{PREFIXES[kind]}{counts[kind]:02d}" if kind in PREFIXES else kind)
    return found


def _version(row: PackageTable) -> TableVersion:
    version = row.version or (row.self_evaluation and row.self_evaluation.version)
    if version is None:
        raise ValueError("a table of a package has a version")
    return version


def _by(rows: Iterable[Any], name: str) -> dict[object, list[Any]]:
    found: dict[object, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def public_sources(sources: Sequence[Source]) -> list[Source]:
    """Those that are not left out."""
    return [source for source in sources if not source.left_out]
