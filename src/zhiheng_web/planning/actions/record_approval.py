"""登记批复: a table that finance approved before or outside this installation is kept as approved, with the paper that says so."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from zhiheng.plan.procedure import UNDER_REVIEW, State, permitted
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.record_signed_scan import media_type_of
from zhiheng_web.planning.actions.upload_table import checked, kept_source
from zhiheng_web.planning.circulation.refusing import refusal, refuse_unfit_words
from zhiheng_web.planning.models import SourceFile, TableVersion
from zhiheng_web.planning.policies import scope_of
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.versions import Loaded, done_with, freeze, load, version_digest
from zhiheng_web.planning.weighing import weights_state
from zhiheng_web.trail.action import Conflict, Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

SCAN = Text("请上传批复文件的扫描件（PDF、JPG 或 PNG）。", "Upload a scan of the approval (PDF, JPG or PNG).")
CHANGED = Text(
    "您打开页面之后表又有修改，请重新查看后再登记。", "The table changed after you opened the page; look at it again, then record."
)
ADJUSTED = Text(
    "目标调整须在系统内办理，不能登记为批复。", "An adjustment travels its route here; its approval is not recorded from outside."
)
UNDER_WAY = Text(
    "该表正在审核，不能登记批复。财政已在线下批复的，请先由送审人撤回（财政部门已审核的，请财政部门退回），再来登记。",
    "The table is under review: its approval cannot be recorded yet. If finance approved it outside, whoever submitted it takes it back "
    "first (finance returns it if it has decided on it already); then record the approval.",
)
EXISTS = Text("本年度的表已经批复，只能通过“申请调整目标”修改。", "This year's table is approved; it changes only by an adjustment.")
EMPTY = Text("表中还没有绩效指标，不能登记批复。", "The table has no indicators yet: there is nothing that was approved.")
WEIGHTS = Text("登记批复前请先设置分值，或者选择“不设分值”：{zh}", "Before that settle the points, or choose to set none: {en}")


@action("planning.record_approval", steps=("record_approval",))
def record_approval(
    viewer: Viewer, version: UUID, number: str, approved_on: date | None, upload: UploadedFile | None, *, edits: int | None = None
) -> Done[TableVersion]:
    """Keep an open version as approved under ``number`` on ``approved_on``, proved by the scan of the approval.

    For a department that begins in the middle of a year, and for the years before it began. Nothing is judged here: findings stay
    readable, and the record says who entered it from which paper. The table holds from the first day of its year.
    """
    found = version_for(viewer, version, lock=True)
    recordable(viewer, found)
    if edits is not None and edits != found.edits:
        raise Conflict("edited_since", CHANGED, {"edits": found.edits})
    loaded = load(found)
    _approvable(loaded)
    refuse_unfit_words({"approval_number": number})
    day = _day(found.table.year, number, approved_on, viewer.today())
    media = media_type_of(upload) if upload is not None else ""
    if upload is None or not media:
        raise Invalid("scan_type", SCAN, {"scan": SCAN})
    before = version_digest(loaded)
    source = kept_source(viewer, found.table.unit, checked(upload), SourceFile.Kind.DOCUMENT)
    if source.media_type != media:
        SourceFile.objects.filter(pk=source.pk).update(media_type=media)
    fields = {"approval_number": number.strip(), "in_force_from": date(found.table.year, 1, 1), "approved_on": day, "approval_scan": source}
    freeze(loaded, State.APPROVED, viewer.now(), **fields)
    details = {"number": number.strip(), "approved_on": day.isoformat(), "file": source.name, "sha256": source.sha256}
    return done_with(found, found, before=before, after=found.digest, details=details)


def recordable(viewer: Viewer, version: TableVersion) -> None:
    """Refuse who may not record an approval, and a table that is not open: one under review is taken back first. No query of its own."""
    scope = scope_of(version.table)
    authorise(viewer, "planning.record_approval", scope)
    refused = permitted("record_approval", State(version.state), viewer.roles_over(scope))
    if refused is not None:
        raise Refusal("under_review", UNDER_WAY) if State(version.state) in UNDER_REVIEW else refusal(refused)


def _approvable(loaded: Loaded) -> None:
    """Refuse what cannot have been approved: an adjustment, a second first table, an empty one, one whose points are not settled."""
    version = loaded.version
    if version.purpose == TableVersion.Purpose.ADJUSTMENT:
        raise Refusal("adjustment", ADJUSTED)
    if TableVersion.objects.filter(table=version.table_id, state=State.APPROVED.value).exists():
        raise Refusal("already_approved", EXISTS)
    if not loaded.rows:
        raise Refusal("empty_table", EMPTY)
    state = weights_state(loaded)
    if not state.ok:
        zh, en = "".join(text.zh for text in state.wrong), " ".join(text.en for text in state.wrong)
        raise Refusal("weights_open", WEIGHTS.with_(zh=zh, en=en))


def _day(year: int, number: str, approved_on: date | None, today: date) -> date:
    """The day of the approval, between the spring before the budget year and today; with it the number must be given."""
    faults: dict[str, Text] = {}
    if not number.strip():
        faults["number"] = Text("请填写批复文号。", "Give the number of the approval.")
    if approved_on is None:
        faults["approved_on"] = Text("请填写批复日期。", "Give the day of the approval.")
    elif not date(year - 1, 7, 1) <= approved_on <= min(today, date(year, 12, 31)):
        faults["approved_on"] = Text(
            "{year}年度的批复日期应在 {first} 至 {last} 之间。", "An approval for {year} is dated between {first} and {last}."
        ).with_(year=year, first=date(year - 1, 7, 1), last=min(today, date(year, 12, 31)))
    if faults or approved_on is None:
        raise Invalid("approval", next(iter(faults.values())), faults)
    return approved_on
