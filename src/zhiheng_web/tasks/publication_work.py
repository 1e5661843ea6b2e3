"""What publication puts on the work list: packages to begin, finish, review, sign and publish, each by its last day."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from zhiheng.plan.procedure import OFFICER, Role
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.publication.queries.beginning import Beginnable, beginnable, departments_of
from zhiheng_web.publication.queries.waiting import waiting_for
from zhiheng_web.tasks.notices import BEFORE, News, over, tell
from zhiheng_web.tasks.worklist import Task
from zhiheng_web.wording import Text

KINDS = {
    "package_begin": Text("建立公开包", "Begin a package of publication"),
    "package_prepare": Text("编制公开包", "Finish a package of publication"),
    "package_review": Text("保密审查", "Review secrecy"),
    "package_sign": Text("签发公开", "Sign a publication"),
    "package_publish": Text("公开", "Publish"),
    "package_withdraw": Text("签发撤回", "Decide on a withdrawal"),
    "package_changed": Text("公开后依据有撤销", "Revoked since publication"),
}
TO_BEGIN = Text("{department} {year} 年{kind}：公开包尚未编制", "{department}, {year}, {kind}: no package is begun")
BY = Text("{what}，应于 {day} 前公开。", "{what}; it is to be public by {day}.")


def work_of(viewer: Viewer) -> Iterator[Task]:
    """One task for each package whose next step is the viewer's, and for each that he may begin and nobody has begun."""
    for one in waiting_for(viewer):
        link = reverse("publication:package", args=[one.package.pk])
        yield Task(f"package_{one.kind}", one.text, link, None, one.since, one.who, one.due_on)
    for each in beginnable(departments_of(viewer)):
        since = each.since or viewer.today()
        yield Task("package_begin", _said(each), _link(each), None, since, Role.PERFORMANCE_OFFICER, each.due_on)


def remind_to_begin() -> int:
    """Tell those who begin packages what can be begun, once, and once more when its last day is three days off or past."""
    today, told = timezone.localdate(), 0
    for one in beginnable(Department.objects.filter(kind=Department.Kind.DEPARTMENT)):
        kind = "due" if one.due_on is not None and one.due_on - today <= BEFORE else "to_begin"
        words = _said(one) if one.due_on is None else BY.with_(what=_said(one), day=one.due_on)
        accounts = over(OFFICER, Scope(one.department.pk))
        told += tell(News(kind, words, _link(one), accounts), f"{kind}:package:{one.department.pk}:{one.year}:{one.kind}", accounts)
    return told


def _said(one: Beginnable) -> Text:
    return TO_BEGIN.with_(department=one.department.name, year=one.year, kind=one.name)


def _link(one: Beginnable) -> str:
    return f"{reverse('publication:new_package')}?{urlencode({'department': one.department.pk, 'year': one.year, 'kind': one.kind})}"
