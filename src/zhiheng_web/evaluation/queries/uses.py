"""Use of results for its pages: what was decided, what could be, what the grade proposes, and what next year's declaration shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from zhiheng.audit.money import printed
from zhiheng.scoring.scheme import GRADE_NAMES
from zhiheng_web.evaluation.models import Evaluation, SelfEvaluation, UseOfResult
from zhiheng_web.evaluation.policies.evaluations import visible_evaluations
from zhiheng_web.evaluation.policies.rectification import USE, scope_of_table, visible_uses
from zhiheng_web.evaluation.policies.self_evaluation import visible_self_evaluations
from zhiheng_web.evaluation.rectifying import subject_of
from zhiheng_web.local_rules import basis, in_force
from zhiheng_web.organisation.authority import absent, authorise_menu, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.consequences import Consequence, Declared
from zhiheng_web.planning.models import BudgetChange, BudgetLine, PerformanceTable, Project
from zhiheng_web.planning.money.projects import project_for
from zhiheng_web.planning.policies import visible_projects
from zhiheng_web.planning.queries.tables import table_for
from zhiheng_web.wording import Text

DECISIONS = {
    UseOfResult.Decision.KEEP: Text("保留", "Keep"),
    UseOfResult.Decision.CUT: Text("压减", "Cut"),
    UseOfResult.Decision.CANCEL: Text("取消", "Cancel"),
}
TONES = {UseOfResult.Decision.KEEP: "good", UseOfResult.Decision.CUT: "warn", UseOfResult.Decision.CANCEL: "bad"}
BESIDE = (
    "table__unit__department", "table__project", "project", "self_evaluation__replaced_by__replaced_by", "evaluation", "decided_by",
    "replaced_by",
)  # fmt: skip
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class UseLine:
    """One decision as its page shows it."""

    use: UseOfResult

    @property
    def decision(self) -> Text:
        """Keep, cut or cancel."""
        return DECISIONS[UseOfResult.Decision(self.use.decision)]

    @property
    def tone(self) -> str:
        """The class of its badge."""
        return TONES[UseOfResult.Decision(self.use.decision)]

    @property
    def about(self) -> Text:
        """What it is about: a project, or the whole of a unit."""
        name = self.use.project.name if self.use.project else subject_of(self.use.table)
        return Text(name, name)

    @property
    def basis(self) -> Text:
        """The result it rests on, with its points and grade, and what it was corrected to since."""
        found, now = basis_of(self.use.self_evaluation, self.use.evaluation), corrected(self.use)
        if now is None:
            return found
        points = "" if now.total is None else f"{printed(now.total)} "
        grade = GRADE_NAMES.get(now.grade, now.grade)
        return Text(f"{found.zh}（已更正为 {points}{now.grade}）", f"{found.en} (corrected to {points}{grade} since)")

    @property
    def change(self) -> Decimal:
        """What is more or less, in 元."""
        return self.use.after - self.use.before


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the grade proposes (a parameter, not a rule): the decision and the amount after it in 元, with what that rests on."""

    decision: str
    after: Decimal
    basis: str
    status: str

    @property
    def words(self) -> Text:
        """The decision in words."""
        return DECISIONS[UseOfResult.Decision(self.decision)]


@dataclass(frozen=True, slots=True)
class Result:
    """An accepted result on which a decision can rest; ``value`` is what the form sends."""

    value: str
    text: Text
    grade: str


@dataclass(frozen=True, slots=True)
class Deciding:
    """The form of a decision about a table: results to rest on, the amount before, what is proposed, what stands."""

    table: PerformanceTable
    results: Sequence[Result]
    before: Decimal | None
    before_from: Text
    proposal: Proposal | None
    standing: UseLine | None
    project: Project | None = None
    projects: Sequence[Project] = ()

    @property
    def next_year(self) -> int:
        """The year whose money it is about."""
        return self.table.year + 1


def uses(viewer: Viewer, year: int | None = None) -> tuple[list[UseLine], list[int]]:
    """The decisions that stand, newest first, and the years there are. Two queries."""
    authorise_menu(viewer, "evaluation.see_rectification")
    seen = visible_uses(viewer)
    years = sorted(set(seen.order_by().values_list("next_year", flat=True)), reverse=True)
    rows = seen.filter(replaced_by__isnull=True).select_related(*BESIDE).order_by("-next_year", "-decided_at")
    return [UseLine(row) for row in (rows.filter(next_year=year) if year else rows)], years


def use_page(viewer: Viewer, use: UUID) -> tuple[UseLine, list[UseLine], bool]:
    """One decision, what was decided before it and after it on the same matter, and whether the viewer may decide anew."""
    row = visible_uses(viewer).select_related(*BESIDE).filter(pk=use).first()
    if row is None:
        raise absent(USE)
    same = visible_uses(viewer).filter(table=row.table_id, project=row.project_id, next_year=row.next_year).exclude(pk=row.pk)
    others = [UseLine(one) for one in same.select_related(*BESIDE).order_by("-decided_at")]
    return UseLine(row), others, row.replaced_by_id is None and may(viewer, "evaluation.decide_use", scope_of_table(row.table))


def tables_to_decide(viewer: Viewer) -> list[tuple[PerformanceTable, Text]]:
    """The tables with an accepted result about which the viewer may decide, each with its newest result."""
    found: dict[UUID, tuple[PerformanceTable, Text]] = {}
    cards = visible_self_evaluations(viewer).filter(state=SelfEvaluation.State.ACCEPTED)
    for card in cards.select_related("table__unit__department", "table__project").order_by("-table__year", "table__unit__code", "edition"):
        found[card.table_id] = (card.table, basis_of(card, None))
    done = visible_evaluations(viewer).filter(state=Evaluation.State.ACCEPTED)
    for one in done.select_related("table__unit__department", "table__project").order_by("accepted_at"):
        found[one.table_id] = (one.table, basis_of(None, one))
    rows = [row for row in found.values() if may(viewer, "evaluation.decide_use", scope_of_table(row[0]))]
    return sorted(rows, key=lambda row: (-row[0].year, row[0].unit.code, str(row[0].project or "")))


def deciding(viewer: Viewer, table: UUID, project: UUID | None = None) -> Deciding:
    """What the form of a decision shows, about the table as a whole or one project of it. A constant number of queries."""
    found = table_for(viewer, table)
    chosen = project_for(viewer, project) if project else None
    cards = visible_self_evaluations(viewer).filter(table=found, state=SelfEvaluation.State.ACCEPTED).order_by("-edition")
    done = visible_evaluations(viewer).filter(table=found, state=Evaluation.State.ACCEPTED).order_by("-accepted_at")
    results = [Result(f"evaluation:{one.pk}", basis_of(None, one), one.grade) for one in done]
    results += [Result(f"self_evaluation:{one.pk}", basis_of(one, None), one.grade) for one in cards]
    before, said = _before(found, project or found.project_id)
    standing = visible_uses(viewer).filter(table=found, project=chosen, next_year=found.year + 1, replaced_by__isnull=True)
    row = standing.select_related(*BESIDE).first()
    proposal = propose(results[0].grade, before or Decimal(0), viewer.today()) if results else None
    projects: Sequence[Project] = ()
    if found.kind != PerformanceTable.Kind.PROJECT:
        projects = list(visible_projects(viewer).filter(unit=found.unit_id).order_by("code"))
    return Deciding(found, results, before, said, proposal, UseLine(row) if row else None, chosen, projects)


def propose(grade: str, before: Decimal, day: date) -> Proposal | None:
    """What the parameters propose for a grade; None for a grade they do not know. A cut is rounded to the 分."""
    if grade not in GRADE_NAMES:
        return None
    key, parameters = f"use_of_results.{GRADE_NAMES[grade].lower()}", in_force(day)
    decision = parameters.text(key)
    share = parameters.number("use_of_results.cut_share") / HUNDRED
    after = {"keep": before, "cut": (before * (1 - share)).quantize(Decimal("0.01")), "cancel": Decimal(0)}[decision]
    if decision == "cut" and after >= before:
        decision, after = "keep", before
    return Proposal(decision, after, *basis(key, day))


def consequences(viewer: Viewer, declared: Declared) -> list[Consequence]:
    """What was decided for a declaration: of one project, or of a unit as a whole and its projects. One query."""
    seen = visible_uses(viewer).filter(replaced_by__isnull=True, next_year=declared.year)
    mine = Q(table__unit=declared.unit)
    if declared.project is not None:
        mine = Q(project=declared.project) | Q(project=None, table__project=declared.project)
    lines = [UseLine(row) for row in seen.filter(mine).select_related(*BESIDE).order_by("table__project", "project", "decided_at")]
    return [
        Consequence(
            line.about, line.decision, line.tone, line.use.before, line.use.after, line.use.reason, line.use.document, line.basis,
            timezone.localtime(line.use.decided_at).date(), reverse("evaluation:use", args=[line.use.pk]),
        )
        for line in lines
    ]  # fmt: skip


def basis_of(card: SelfEvaluation | None, evaluation: Evaluation | None) -> Text:
    """A result in words: what it is, its points, its grade."""
    if evaluation is not None:
        name = Text("财政评价", "Evaluation by finance") if evaluation.kind == Evaluation.Kind.FINANCE else Text("部门评价", "Evaluation")
        total, grade = evaluation.total, evaluation.grade
    elif card is not None:
        name, total, grade = Text("绩效自评", "Self-evaluation"), card.total, card.grade
    else:
        return Text("—", "—")
    points = "" if total is None else f" {printed(total)}"
    return Text(f"{name.zh}{points} {grade}".strip(), f"{name.en}{points} {grade}".strip())


def corrected(use: UseOfResult) -> SelfEvaluation | None:
    """The accepted edition that corrects the self-evaluation a decision rests on; None where it still is as it was."""
    newest, card = None, None if use.evaluation is not None else use.self_evaluation
    while card is not None:
        card = getattr(card, "replaced_by", None)
        if card is not None and card.state == SelfEvaluation.State.ACCEPTED:
            newest = card
    return newest


def use_rows(lines: Sequence[UseLine]) -> list[list[Any]]:
    """The decisions as rows of a file, amounts in 万元."""
    heads = (
        Text("应用年度", "Year of the money"), Text("单位", "Unit"), Text("对象", "About"), Text("依据", "Rests on"),
        Text("决定", "Decision"), Text("原额（万元）", "Before (10k yuan)"), Text("核定（万元）", "After (10k yuan)"),
        Text("理由", "Reason"), Text("依据文件", "Document"), Text("决定日期", "Decided on"),
    )  # fmt: skip
    rows: list[list[Any]] = [[str(head) for head in heads]]
    for line in lines:
        use = line.use
        amounts = (use.before / 10_000, use.after / 10_000)
        day = f"{timezone.localtime(use.decided_at):%Y-%m-%d}"
        said = (use.next_year, use.table.unit.name, str(line.about), str(line.basis), str(line.decision))
        rows.append([*said, *amounts, use.reason, use.document, day])
    return rows


def _before(table: PerformanceTable, project: UUID | None) -> tuple[Decimal | None, Text]:
    """What the next year asks for so far, else what this year had; None where neither is known. At most four queries."""
    asked, had = Text("下年年初预算", "next year's initial budget"), Text("本年预算", "this year's budget")
    for year, what in ((table.year + 1, asked), (table.year, had)):
        lines = BudgetLine.objects.filter(year=year)
        rows = list(lines.filter(project=project) if project else _of_whole(lines, table))
        if rows:
            initial = sum((row.initial for row in rows), Decimal(0))
            changes = BudgetChange.objects.filter(line__in=rows).values_list("amount", flat=True) if year == table.year else ()
            return max(initial + sum(changes, Decimal(0)), Decimal(0)), what
    return None, Text("没有预算数据", "no budget is entered")


def _of_whole(lines: Any, table: PerformanceTable) -> Any:
    if table.kind == PerformanceTable.Kind.DEPARTMENT:
        return lines.filter(unit__department=table.unit.department_id)
    return lines.filter(unit=table.unit_id)
