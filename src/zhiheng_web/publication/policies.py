"""Who may do what in publication, and which packages a viewer sees. What is published everybody sees."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from zhiheng.plan.procedure import FINANCE_ROLES, Role
from zhiheng_web.organisation.authority import Grant, absent, policies, within
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.policies import DEPARTMENT_READERS, FILLERS, OFFICER
from zhiheng_web.publication.models import Package
from zhiheng_web.wording import Text

OWN_READERS = DEPARTMENT_READERS | FILLERS
"""Who sees the packages of the own department in every state."""
READERS = OWN_READERS | FINANCE_ROLES
"""Finance sees a package once it is published, like everybody, and when it was due."""
REVIEWERS = frozenset({Role.DISCLOSURE_REVIEWER})
HEADS = frozenset({Role.HEAD})
PACKAGE = Text("该公开包", "this package")
DEPARTMENT = Text("该部门", "this department")

POLICIES = policies(
    {
        "publication.see_packages": Grant(READERS, Text("查看公开包", "See packages of publication")),
        "publication.begin_package": Grant(OFFICER, Text("编制公开包", "Begin a package")),
        "publication.leave_out_table": Grant(OFFICER, Text("选择公开的表", "Choose the tables of a package")),
        "publication.write_paragraph": Grant(OFFICER, Text("编写绩效情况说明", "Write the narrative")),
        "publication.remove_paragraph": Grant(OFFICER, Text("删除说明段落", "Remove a paragraph of the narrative")),
        "publication.redact": Grant(OFFICER | REVIEWERS, Text("遮盖不公开内容", "Redact")),
        "publication.lift_redaction": Grant(OFFICER | REVIEWERS, Text("撤销遮盖", "Lift a redaction")),
        "publication.answer_proposal": Grant(OFFICER | REVIEWERS, Text("答复遮盖建议", "Answer a proposal to redact")),
        "publication.prepare_package": Grant(OFFICER, Text("提交保密审查", "Submit a package to the secrecy review")),
        "publication.review_package": Grant(REVIEWERS, Text("保密审查", "Review secrecy")),
        "publication.sign_package": Grant(HEADS, Text("签发公开", "Sign a package")),
        "publication.publish_package": Grant(OFFICER | HEADS, Text("公开", "Publish")),
        "publication.reopen_package": Grant(OFFICER | REVIEWERS | HEADS, Text("退回修改", "Send a package back")),
        "publication.correct_package": Grant(OFFICER, Text("更正已公开内容", "Correct what was published")),
        "publication.ask_withdrawal": Grant(OFFICER | REVIEWERS, Text("申请撤回已公开版本", "Ask to withdraw what was published")),
        "publication.decide_withdrawal": Grant(HEADS, Text("签发撤回已公开版本", "Decide on a withdrawal")),
        "publication.send_to_congress": Grant(OFFICER, Text("报送人大", "Send to the people's congress")),
        "publication.set_clock": Grant(OFFICER, Text("设定公开时限", "Set the time limit of publication")),
    }
)


def visible_packages(viewer: Viewer) -> QuerySet[Package]:
    """The packages that a viewer sees: every state of the own department's, of the departments that finance answers for what is public."""
    path = ("department", "department__units", "department__units__offices")
    seen = within(viewer.bounds(OWN_READERS), *path)
    if viewer.holds(FINANCE_ROLES):
        seen |= within(viewer.bounds(FINANCE_ROLES), *path) & Q(state=Package.State.PUBLISHED)
    return Package.objects.filter(pk__in=Package.objects.filter(seen).values("pk"))


def package_for(viewer: Viewer, pk: UUID, *, lock: bool = False) -> Package:
    """The package with its department, or Absent. ``lock`` holds it until the transaction ends."""
    seen = visible_packages(viewer).filter(pk=pk)
    if lock:
        seen = Package.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=seen.values("pk"))
    found = seen.select_related("department", "corrects").defer("content", "corrects__content").first()
    if found is None:
        raise absent(PACKAGE)
    return found


def department_for(viewer: Viewer, pk: UUID) -> Department:
    """The department whose packages a viewer works on, or Absent."""
    seen = within(viewer.bounds(OWN_READERS), "pk", "units", "units__offices")
    found = Department.objects.filter(pk__in=Department.objects.filter(seen, pk=pk).values("pk")).first()
    if found is None:
        raise absent(DEPARTMENT)
    return found


def scope_of(package: Package) -> Scope:
    """Where a package belongs."""
    return Scope(package.department_id)
