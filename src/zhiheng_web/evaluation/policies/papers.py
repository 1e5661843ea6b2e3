"""Who may do what with papers of the year, and which of them a viewer sees."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from zhiheng.plan.procedure import FINANCE_ROLES, Role
from zhiheng_web.evaluation.models import YearPaper
from zhiheng_web.organisation.authority import Grant, absent, policies, within
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.policies import DEPARTMENT_READERS, OFFICER, READERS, visible_tables
from zhiheng_web.wording import Text

FINANCE = frozenset({Role.FINANCE_PERFORMANCE})
ISSUERS = OFFICER | FINANCE
WHOLE_READERS = DEPARTMENT_READERS | FINANCE_ROLES
"""Who reads what is said of a whole department: ledger and use of results name every table of it."""

POLICIES = policies(
    {
        "evaluation.see_year_papers": Grant(READERS, Text("查看年度文书", "See the papers of the year")),
        "evaluation.issue_paper": Grant(ISSUERS, Text("出具年度文书", "Issue a paper of the year")),
        "evaluation.keep_signed_scan": Grant(ISSUERS, Text("登记年度文书的签字盖章件", "Keep the signed scan of a paper of the year")),
    }
)
DEPARTMENT, PAPER = Text("该部门", "this department"), Text("该文书", "this paper")


def departments(viewer: Viewer) -> list[Department]:
    """The departments whose papers a viewer may look for."""
    seen = within(viewer.bounds(READERS), "pk", "units", "units__offices")
    return list(Department.objects.filter(seen, kind=Department.Kind.DEPARTMENT).distinct().order_by("code"))


def reads_whole(viewer: Viewer, department: Department) -> bool:
    """Whether the viewer reads what is said of the whole department."""
    return viewer.holds(WHOLE_READERS, Scope(department.pk))


def issues(viewer: Viewer, *, finance: bool, scope: Scope) -> bool:
    """Whether it is the viewer's side that issues: finance what it asks for and decides, the department's officer all else."""
    return viewer.holds(FINANCE if finance else OFFICER, scope)


def visible_papers(viewer: Viewer) -> QuerySet[YearPaper]:
    """The issued papers about tables that a viewer reads; of a whole department for who reads all of it."""
    tables = visible_tables(viewer)
    unbound = tuple(held for held in viewer.bounds(WHOLE_READERS) if held.unit is None and held.office is None)
    whole = within(unbound, "department", "", "")
    year = Q(monitoring_report=None, self_evaluation=None, evaluation_report=None, order=None)
    return YearPaper.objects.filter(
        Q(monitoring_report__table__in=tables)
        | Q(self_evaluation__table__in=tables)
        | Q(evaluation_report__evaluation__table__in=tables)
        | Q(order__table__in=tables)
        | (year & whole)
    )


def paper_for(viewer: Viewer, paper: object, *, lock: bool = False) -> YearPaper:
    """The issued paper with what it is about, or Absent. ``lock`` holds it until the transaction ends."""
    if lock:
        YearPaper.objects.select_for_update(no_key=True).filter(pk=paper).first()
    beside = ("department", "issued_by", "signed_scan", *ABOUT)
    found = visible_papers(viewer).filter(pk=paper).select_related(*beside).first()
    if found is None:
        raise absent(PAPER)
    return found


ABOUT = (
    "monitoring_report__table__unit", "self_evaluation__table__unit", "evaluation_report__evaluation__table__unit", "order__table__unit",
    "order__issuer",
)  # fmt: skip
"""What says where a paper belongs and whose it is."""
