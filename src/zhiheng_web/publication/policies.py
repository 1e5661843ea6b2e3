"""Who may do what in publication, and which packages a viewer sees. What is published everybody sees."""

from __future__ import annotations

from django.db.models import QuerySet

from zhiheng.plan.procedure import FINANCE_ROLES, Role
from zhiheng_web.organisation.authority import Grant, policies, within
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.policies import DEPARTMENT_READERS, FILLERS, OFFICER
from zhiheng_web.publication.models import Package
from zhiheng_web.wording import Text

READERS = DEPARTMENT_READERS | FILLERS | FINANCE_ROLES
REVIEWERS = frozenset({Role.DISCLOSURE_REVIEWER})
HEADS = frozenset({Role.HEAD})

POLICIES = policies(
    {
        "publication.see_packages": Grant(READERS, Text("查看公开包", "See packages of publication")),
        "publication.begin_package": Grant(OFFICER, Text("编制公开包", "Begin a package")),
        "publication.edit_package": Grant(OFFICER, Text("修改公开包", "Edit a package")),
        "publication.redact": Grant(OFFICER | REVIEWERS, Text("遮盖不公开内容", "Redact")),
        "publication.prepare_package": Grant(OFFICER, Text("提交保密审查", "Submit a package to the secrecy review")),
        "publication.review_package": Grant(REVIEWERS, Text("保密审查", "Review secrecy")),
        "publication.sign_package": Grant(HEADS, Text("签发公开", "Sign a package")),
        "publication.publish_package": Grant(OFFICER | HEADS, Text("公开", "Publish")),
        "publication.reopen_package": Grant(OFFICER | REVIEWERS | HEADS, Text("退回修改", "Send a package back")),
        "publication.correct_package": Grant(OFFICER, Text("更正已公开内容", "Correct what was published")),
        "publication.send_to_congress": Grant(OFFICER, Text("报送人大", "Send to the people's congress")),
    }
)


def visible_packages(viewer: Viewer) -> QuerySet[Package]:
    """The packages of the departments that a viewer reads."""
    seen = within(viewer.bounds(READERS), "department", "department__units", "department__units__offices")
    return Package.objects.filter(pk__in=Package.objects.filter(seen).values("pk"))
