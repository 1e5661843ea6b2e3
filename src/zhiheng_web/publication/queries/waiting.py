"""What of publication waits for a viewer: a package to finish before its last day, to review, to sign, to publish."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists
from django.utils import timezone

from zhiheng.plan.procedure import Role
from zhiheng_web.organisation.authority import may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.models import Package, Withdrawal
from zhiheng_web.publication.policies import scope_of, visible_packages
from zhiheng_web.publication.queries.packages import revoked_since, standing_withdrawal
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
    """One package that waits for the viewer. ``kind``: prepare, review, sign, publish, withdraw, or changed (revoked since)."""

    kind: str
    package: Package
    text: Text
    who: Role
    since: date
    due_on: date | None


def waiting_for(viewer: Viewer) -> Iterator[Waiting]:
    """The packages whose next step the viewer may take, withdrawals to decide, published figures that rest on what was revoked since."""
    yield from _under_way(viewer)
    if may(viewer, "publication.see_packages", None):
        yield from _withdrawals(viewer)
        yield from _revoked(viewer)


def _withdrawals(viewer: Viewer) -> Iterator[Waiting]:
    """Those that others asked for. One query."""
    rows = Withdrawal.objects.filter(package__in=visible_packages(viewer), state=Withdrawal.State.ASKED).order_by("asked_at")
    for one in rows.select_related("package__department").defer("package__content"):
        row, own = one.package, viewer.account is not None and one.asked_by_id == viewer.account.pk
        if may(viewer, "publication.decide_withdrawal", scope_of(row)) and not own:
            words = Text(f"{row}第{row.edition}版：签发撤回", f"{row}, edition {row.edition}: decide on its withdrawal")
            yield Waiting("withdraw", row, words, Role.HEAD, timezone.localtime(one.asked_at).date(), None)


def _revoked(viewer: Viewer) -> Iterator[Waiting]:
    """What is public, the newest edition, and rests on entries that were revoked since. Three queries."""
    if not may(viewer, "publication.correct_package", None):
        return
    public = visible_packages(viewer).filter(state=STATE.PUBLISHED, corrected_by__isnull=True)
    rows = list(public.exclude(Exists(standing_withdrawal())).select_related("department").defer("content"))
    gone = revoked_since(rows)
    for row in rows:
        if row.pk in gone and row.published_at is not None and may(viewer, "publication.correct_package", scope_of(row)):
            words = Text(
                f"{row}第{row.edition}版：公开后撤销 {gone[row.pk]} 条依据，请核对是否更正",
                f"{row}, edition {row.edition}: {gone[row.pk]} entries behind it were revoked since; see whether to correct it",
            )
            yield Waiting("changed", row, words, Role.PERFORMANCE_OFFICER, timezone.localtime(row.published_at).date(), None)


def _under_way(viewer: Viewer) -> Iterator[Waiting]:
    """One query; who submitted a package does not review it."""
    if not may(viewer, "publication.see_packages", None):
        return
    for row in visible_packages(viewer).exclude(state=STATE.PUBLISHED).select_related("department").defer("content"):
        kind, policy, who, what = NEXT[row.state]
        own = row.state == STATE.PREPARED and viewer.account is not None and row.prepared_by_id == viewer.account.pk
        if may(viewer, policy, scope_of(row)) and not own:
            at = row.signed_at or row.reviewed_at or row.prepared_at or row.begun_at
            words = Text(f"{row}：{what.zh}", f"{row}: {what.en}")
            yield Waiting(kind, row, words, who, timezone.localtime(at).date(), row.due_on if row.edition == 1 else None)
