"""What steps on a package have in common: the state it must be in, what the trail keeps of it, one row for each decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.models import Package, PackageDecision
from zhiheng_web.publication.policies import package_for, scope_of
from zhiheng_web.trail.action import Conflict, Done, Invalid, Refusal
from zhiheng_web.wording import Text

Result = TypeVar("Result")
NAMES = {
    Package.State.DRAFT.value: Text("编制中", "a draft"),
    Package.State.PREPARED.value: Text("待保密审查", "awaiting the secrecy review"),
    Package.State.REVIEWED.value: Text("待签发", "awaiting the head's signature"),
    Package.State.SIGNED.value: Text("已签发", "signed"),
    Package.State.PUBLISHED.value: Text("已公开", "published"),
}
WRONG = Text(
    "公开包现为“{now}”，只有“{wanted}”时才能办理。请刷新页面后按当前环节办理。",
    "The package is {now}; this can only be done while it is {wanted}. Reload the page and take the step that is due.",
)
STALE = Text(
    "内容已与您看到的不同（摘要 {now}），您的意见未记录。请重新查看后再办理。",
    "The content is no longer what you saw (digest {now}); your decision was not recorded. Look at it again first.",
)
CHANGED = Text(
    "他人刚刚修改了此处，您的修改未保存。请核对现在的内容后重新填写。",
    "Somebody has just changed this; yours was not saved. Check what stands there now and enter it again.",
)


def held(viewer: Viewer, package: UUID, name: str, *states: str) -> Package:
    """The package, locked, in one of these states, for a viewer who may do ``name``."""
    row = package_for(viewer, package, lock=True)
    authorise(viewer, name, scope_of(row))
    if row.state not in states:
        raise wrong_state(row, *states)
    return row


def wrong_state(row: Package, *states: str) -> Refusal:
    """The refusal of a step that is not due."""
    wanted = [NAMES[state] for state in states]
    both = Text("”或“".join(one.zh for one in wanted), " or ".join(one.en for one in wanted))
    return Refusal("wrong_state", WRONG.with_(now=NAMES[row.state], wanted=both))


def same_content(row: Package, digest: str) -> None:
    """Go on if what somebody looked at is what stands there: a decision is about one content only."""
    if digest != row.digest:
        raise Conflict("content_changed", STALE.with_(now=row.digest[:12]), {"digest": row.digest})


def decided(viewer: Viewer, row: Package, kind: str, opinion: str = "") -> None:
    """Keep a decision about the content as it is. The package is held, so that no two have one number."""
    PackageDecision.objects.create(
        package=row, number=row.decisions.count() + 1, kind=kind, digest=row.digest, opinion=opinion.strip(), by=viewer.account,
        at=viewer.now(),
    )  # fmt: skip


def done(row: Package, result: Result, before: str = "", after: str = "", **details: Any) -> Done[Result]:
    """What a step did, for the trail."""
    said: Mapping[str, Any] = {"year": row.year, "kind": row.kind, "edition": row.edition, **details}
    return Done(result, "publication.Package", str(row.pk), str(row), str(row.department_id), before, after, said)


def needed(field: str, value: str, text: Text) -> str:
    """A text that must be given."""
    if not value.strip():
        raise Invalid("missing", text, {field: text})
    return value.strip()
