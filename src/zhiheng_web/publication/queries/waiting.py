"""What of publication waits for a viewer: a package to finish before its last day, to review, to sign, to publish."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from zhiheng.plan.procedure import Role
from zhiheng_web.organisation.authority import may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.models import Package
from zhiheng_web.publication.policies import scope_of, visible_packages
from zhiheng_web.wording import Text

STATE = Package.State
NEXT = {
    STATE.DRAFT.value: ("prepare", "publication.prepare_package", Role.PERFORMANCE_OFFICER, Text("编制并提交审查", "finish and submit")),
    STATE.PREPARED.value: ("review", "publication.review_package", Role.DISCLOSURE_REVIEWER, Text("保密审查", "secrecy review")),
    STATE.REVIEWED.value: ("sign", "publication.sign_package", Role.HEAD, Text("签发", "signature")),
    STATE.SIGNED.value: ("publish", "publication.publish_package", Role.PERFORMANCE_OFFICER, Text("公开", "publish")),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One package that waits for the viewer. ``kind``: prepare, review, sign or publish."""

    kind: str
    package: Package
    text: Text
    who: Role
    since: date
    due_on: date | None


def waiting_for(viewer: Viewer) -> Iterator[Waiting]:
    """The packages whose next step the viewer may take. One query; who submitted a package does not review it."""
    if not may(viewer, "publication.see_packages", None):
        return
    for row in visible_packages(viewer).exclude(state=STATE.PUBLISHED).select_related("department").defer("content"):
        kind, policy, who, what = NEXT[row.state]
        own = row.state == STATE.PREPARED and viewer.account is not None and row.prepared_by_id == viewer.account.pk
        if may(viewer, policy, scope_of(row)) and not own:
            at = row.signed_at or row.reviewed_at or row.prepared_at or row.begun_at
            words = Text(f"{row}：{what.zh}", f"{row}: {what.en}")
            yield Waiting(kind, row, words, who, timezone.localtime(at).date(), row.due_on if row.edition == 1 else None)
