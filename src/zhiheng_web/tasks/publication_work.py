"""What publication puts on the work list: packages to finish, review, sign and publish, each by its last day."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.queries.waiting import waiting_for
from zhiheng_web.tasks.worklist import Task
from zhiheng_web.wording import Text

KINDS = {
    "package_prepare": Text("编制公开包", "Finish a package of publication"),
    "package_review": Text("保密审查", "Review secrecy"),
    "package_sign": Text("签发公开", "Sign a publication"),
    "package_publish": Text("公开", "Publish"),
    "package_withdraw": Text("签发撤回", "Decide on a withdrawal"),
    "package_changed": Text("公开后依据有撤销", "Revoked since publication"),
}


def work_of(viewer: Viewer) -> Iterator[Task]:
    """One task for each package whose next step is the viewer's."""
    for one in waiting_for(viewer):
        link = reverse("publication:package", args=[one.package.pk])
        yield Task(f"package_{one.kind}", one.text, link, None, one.since, one.who, one.due_on)
