"""What papers of the year are about: the reports, self-evaluations, evaluations and orders of a department's year, and the year itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from zhiheng_web.evaluation.issuing.kinds import KINDS, PaperKind
from zhiheng_web.evaluation.models import (
    Evaluation,
    MonitoringReport,
    RectificationItem,
    SelfEvaluation,
    UseOfResult,
)
from zhiheng_web.evaluation.policies.evaluations import visible_evaluations
from zhiheng_web.evaluation.policies.monitoring import visible_reports
from zhiheng_web.evaluation.policies.papers import PAPER, issues, reads_whole
from zhiheng_web.evaluation.policies.rectification import visible_orders
from zhiheng_web.evaluation.policies.self_evaluation import visible_self_evaluations
from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import PerformanceTable
from zhiheng_web.wording import Text

TABLE = ("table__unit__department", "table__project")
NOT_REPORTED = Text(
    "监控表尚未报送。请先在监控表页面填好并报送，再出具文书。", "The monitoring report is not submitted. Fill it in and submit it first."
)
NOT_EVALUATED = Text(
    "自评表尚未报送。请先填好并报送，再出具文书。", "The self-evaluation is not submitted. Fill it in and submit it first."
)
NOT_ACCEPTED = Text("评价尚未验收。报告验收后才能出具。", "The evaluation is not accepted. Its report can be issued after that.")
NO_PROBLEM = Text("通知中没有整改事项，不能出具。", "The order names no problem: nothing can be issued.")


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that papers are about. ``key`` stands in addresses, ``row`` is kept with the paper; a year has none.

    ``missing``: why no paper about it can be issued yet, None if one can. ``finance``: it is for finance to issue.
    """

    kind: PaperKind
    key: UUID
    department: Department
    year: int
    name: str
    scope: Scope
    finance: bool
    missing: Text | None
    row: Any = None
    address: str = ""

    def issued_by(self, viewer: Viewer) -> bool:
        """Whether the viewer issues papers about it."""
        return issues(viewer, finance=self.finance, scope=self.scope)

    def about(self) -> dict[str, Any]:
        """What YearPaper keeps of it."""
        return {self.kind.subject: self.row} if self.kind.subject else dict.fromkeys(YEAR)

    def papers(self) -> Q:
        """Which issued papers are about it, of its kind. Of an evaluation every report that was accepted."""
        own = Q(department=self.department, year=self.year, code=self.kind.code)
        if self.kind.subject == "evaluation_report":
            return own & Q(evaluation_report__evaluation=self.key)
        return own & Q(**self.about())


YEAR = ("monitoring_report", "self_evaluation", "evaluation_report", "order")


def of_table(table: PerformanceTable) -> str:
    """A table as a list of papers names it."""
    return str(table.project or (table.unit.department.name if table.kind == PerformanceTable.Kind.DEPARTMENT else table.unit.name))


def scope_of(table: PerformanceTable) -> Scope:
    """Where a paper about a table belongs."""
    return Scope(table.unit.department_id, table.unit_id)


def reports(viewer: Viewer, narrow: Q, kind: PaperKind) -> list[Subject]:
    """The monitoring reports."""
    rows = visible_reports(viewer).filter(narrow).select_related("round", *TABLE).order_by("round__last", "table__unit__code", "table")
    return [
        Subject(
            kind, row.pk, row.table.unit.department, row.table.year, f"{of_table(row.table)}　{row.round.name}", scope_of(row.table), False,
            None if row.state == MonitoringReport.State.SUBMITTED else NOT_REPORTED, row, reverse("evaluation:report", args=[row.pk]),
        )
        for row in rows
    ]  # fmt: skip


def self_evaluations(viewer: Viewer, narrow: Q, kind: PaperKind) -> list[Subject]:
    """The self-evaluations, corrections beside what they correct. What was submitted is not loaded here."""
    rows = visible_self_evaluations(viewer).filter(narrow).select_related(*TABLE).defer("frozen")
    done = (SelfEvaluation.State.SUBMITTED, SelfEvaluation.State.ACCEPTED)
    return [
        Subject(
            kind, row.pk, row.table.unit.department, row.table.year,
            of_table(row.table) + (f"（更正，第{row.edition}版）" if row.edition > 1 else ""), scope_of(row.table), False,
            None if row.state in done and row.digest else NOT_EVALUATED, row, reverse("evaluation:self_evaluation", args=[row.pk]),
        )
        for row in rows.order_by("table__unit__code", "table", "edition")
    ]  # fmt: skip


def evaluations(viewer: Viewer, narrow: Q, kind: PaperKind) -> list[Subject]:
    """The evaluations that were not ended early."""
    rows = visible_evaluations(viewer).filter(narrow).exclude(state=Evaluation.State.CANCELLED).select_related(*TABLE).defer("frozen")
    return [
        Subject(
            kind, row.pk, row.table.unit.department, row.table.year, row.name, scope_of(row.table),
            row.kind == Evaluation.Kind.FINANCE, None if row.state == Evaluation.State.ACCEPTED else NOT_ACCEPTED, row,
            reverse("evaluation:evaluation", args=[row.pk]),
        )
        for row in rows.order_by("table__unit__code", "name")
    ]  # fmt: skip


def orders(viewer: Viewer, narrow: Q, kind: PaperKind) -> list[Subject]:
    """The orders to put right."""
    rows = visible_orders(viewer).filter(narrow).select_related("issuer", *TABLE).annotate(problems=Count("items"))
    return [
        Subject(
            kind, row.pk, row.table.unit.department, row.table.year, row.title, scope_of(row.table),
            row.issuer.kind == Department.Kind.FINANCE, None if row.problems else NO_PROBLEM, row,
            reverse("evaluation:order", args=[row.pk]),
        )
        for row in rows.order_by("table__unit__code", "ordered_at")
    ]  # fmt: skip


def whole_year(viewer: Viewer, department: Department, year: int, kind: PaperKind) -> list[Subject]:
    """The year of a department, for who reads all of it."""
    if not reads_whole(viewer, department):
        return []
    finance = kind.code == "use_of_results"
    about = Q(table__unit__department=department, table__year=year)
    there: bool = (
        UseOfResult.objects.filter(about, replaced_by=None).exists() if finance else RectificationItem.objects.filter(about).exists()
    )
    missing = None if there else kind.none
    return [
        Subject(kind, department.pk, department, year, department.name, Scope(department.pk), finance, missing, None, reverse(kind.leads))
    ]


FINDERS: Mapping[str, Callable[[Viewer, Q, PaperKind], list[Subject]]] = {
    "monitoring_report": reports, "self_evaluation": self_evaluations, "evaluation_report": evaluations, "order": orders,
}  # fmt: skip


def subjects(viewer: Viewer, department: Department, year: int, kinds: Iterable[PaperKind]) -> dict[str, list[Subject]]:
    """What papers of these kinds are about in a department's year, by code. The number of queries does not grow with them."""
    narrow = Q(table__unit__department=department, table__year=year)
    found: dict[str, list[Subject]] = {}
    known: dict[str, list[Subject]] = {}
    for kind in kinds:
        if not kind.subject:
            found[kind.code] = whole_year(viewer, department, year, kind)
            continue
        if kind.subject not in known:
            known[kind.subject] = FINDERS[kind.subject](viewer, narrow, kind)
        found[kind.code] = [replace(one, kind=kind) for one in known[kind.subject]]
    return found


def subject_for(viewer: Viewer, year: int, code: str, key: UUID, departments: Iterable[Department]) -> Subject:
    """The one that an address names, or Absent. ``departments`` are those that the viewer may look for."""
    kind = KINDS.get(code)
    if kind is None:
        raise absent(PAPER)
    if kind.subject:
        found = FINDERS[kind.subject](viewer, Q(pk=key, table__year=year), kind)
    else:
        own = next((one for one in departments if one.pk == key), None)
        found = [] if own is None else whole_year(viewer, own, year, kind)
    if not found:
        raise absent(PAPER)
    return found[0]
