"""编制公开包: the tables of the budget or of the final account are gathered into a package whose time runs from finance's approval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Max

from zhiheng.plan.procedure import State
from zhiheng_web.evaluation.models import SelfEvaluation
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import PerformanceTable, TableVersion
from zhiheng_web.publication.actions._standing import done, needed
from zhiheng_web.publication.building.building import build
from zhiheng_web.publication.building.drafting import drafted
from zhiheng_web.publication.clock import last_day, limit_of
from zhiheng_web.publication.models import Package, PackageTable, Paragraph
from zhiheng_web.publication.policies import department_for
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

NUMBER = Text("请填写财政批复文号。", "Enter the number of finance's approval.")
LATER = Text("批复日期不能晚于今天。", "The approval cannot be later than today.")
NOTHING = Text(
    "{year} 年没有已批复的绩效目标表，无法编制公开包。请先办理批复。",
    "No performance table of {year} is approved yet: there is nothing to publish. Record the approval first.",
)
UNDER_WAY = Text("该年度的这个公开包已在编制，请继续办理。", "This package of the year is under way already: go on with it.")
PUBLISHED = Text(
    "该年度的这个公开包已公开；需要修改的，请办理“更正”。", "This package of the year is published; to change it, make a correction."
)
OPEN = Text(
    "以下各表的自评尚未认定：{tables}。请先完成自评认定；确不公开的，请写明不公开的原因。",
    "The self-evaluation of these tables is not accepted yet: {tables}. Finish them first, or say why they are not published.",
)
WHOLE = Text(
    "部门整体支出自评尚未认定，不能编制决算公开包。",
    "The self-evaluation of the department as a whole is not accepted: the package of the final account cannot begin.",
)
REASON, APPROVAL = Text("不公开的原因", "reason to leave out"), Text("批复文号", "approval number")


@action("publication.begin_package")
def begin_package(
    viewer: Viewer, department: UUID, year: int, kind: str, approved_on: date, approval_number: str, without: str = ""
) -> Done[Package]:
    """Begin the package of a year. ``without``: why tables whose self-evaluation is not accepted are left out (final account)."""
    home = department_for(viewer, department)
    authorise(viewer, "publication.begin_package", Scope(home.pk))
    if kind not in Package.Kind.values:
        raise Invalid("kind", Text("请选择预算公开或决算公开。", "Choose the budget or the final account."))
    number = needed("approval_number", approval_number, NUMBER)
    refuse_marked_text([number], APPROVAL)
    refuse_marked_text([without], REASON)
    if approved_on > viewer.today():
        raise Invalid("approved_on", LATER, {"approved_on": LATER})
    _no_other(home, year, kind)
    row = _package(viewer, home, year, kind, approved_on, number)
    fill(row, without.strip())
    draft(row)
    return done(row, row, after=row.digest, approved_on=approved_on.isoformat(), due_on=row.due_on.isoformat(), number=number)


def _no_other(department: Department, year: int, kind: str) -> None:
    rows = Package.objects.select_for_update(no_key=True).filter(department=department, year=year, kind=kind)
    states = set(rows.values_list("state", flat=True))
    if states - {Package.State.PUBLISHED.value}:
        raise Refusal("under_way", UNDER_WAY)
    if states:
        raise Refusal("published", PUBLISHED)


def _package(viewer: Viewer, department: Department, year: int, kind: str, approved_on: date, number: str) -> Package:
    due = last_day(limit_of(department.pk, approved_on), approved_on)
    return Package.objects.create(
        department=department, year=year, kind=kind, approved_on=approved_on, approval_number=number, due_on=due,
        begun_by=viewer.account, begun_at=viewer.now(),
    )  # fmt: skip


def fill(package: Package, without: str = "") -> None:
    """Put in the tables: the approved versions (budget) or the accepted self-evaluations (final account), the department's first."""
    versions = _approved(package)
    if not versions:
        raise Refusal("nothing_approved", NOTHING.with_(year=package.year))
    if package.kind == Package.Kind.BUDGET:
        rows = [PackageTable(package=package, position=place, version=version) for place, version in enumerate(versions, 1)]
    else:
        rows = _evaluated(package, versions, without)
    PackageTable.objects.bulk_create(rows)


def _approved(package: Package) -> list[TableVersion]:
    rows = TableVersion.objects.filter(
        table__unit__department=package.department_id, table__year=package.year, state=State.APPROVED.value
    ).select_related("table__unit", "table__project")
    order = {PerformanceTable.Kind.DEPARTMENT: 0, PerformanceTable.Kind.UNIT: 1}
    return sorted(rows, key=lambda one: (order.get(one.table.kind, 2), (one.table.project or one.table.unit).code, str(one.table_id)))


def _evaluated(package: Package, versions: Sequence[TableVersion], without: str) -> list[PackageTable]:
    tables = [version.table_id for version in versions]
    accepted = SelfEvaluation.objects.filter(table__in=tables, state=SelfEvaluation.State.ACCEPTED)
    newest = dict(accepted.order_by().values_list("table").annotate(Max("edition")))
    found = {row.table_id: row for row in accepted if newest[row.table_id] == row.edition}
    missing = [version for version in versions if version.table_id not in found]
    if any(version.table.kind == PerformanceTable.Kind.DEPARTMENT for version in missing):
        raise Refusal("department_not_evaluated", WHOLE)
    if missing and not without:
        names = "、".join(str(version.table.project or version.table.unit) for version in missing[:10]) + (
            "……" if len(missing) > 10 else ""
        )
        text = OPEN.with_(tables=names)
        raise Refusal("not_evaluated", text, {"without": text})
    rows = []
    for place, version in enumerate(versions, 1):
        evaluation = found.get(version.table_id)
        rows.append(
            PackageTable(package=package, position=place, self_evaluation=evaluation)
            if evaluation is not None
            else PackageTable(package=package, position=place, version=version, left_out=without)
        )
    return rows


def draft(package: Package) -> None:
    """Write the paragraphs that the data give."""
    built = build(package, whole=False)
    Paragraph.objects.bulk_create(
        Paragraph(package=package, position=place, code=one.code, fixed=one.fixed, heading=one.heading, text=one.text)
        for place, one in enumerate(drafted(built.content, built.extent), 1)
    )
