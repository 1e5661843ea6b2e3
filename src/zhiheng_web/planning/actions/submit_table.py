"""送审: an open version starts on its route. It travels as a whole, whichever of the offices that hold its duties sends it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from zhiheng.audit.finding import Severity
from zhiheng.plan.procedure import Checkpoint, State, permitted
from zhiheng.plan.route import to_json
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.checking import Checked, check
from zhiheng_web.planning.circulation.refusing import refusal
from zhiheng_web.planning.circulation.standing import Standing, deciders, due_on, route_for, standing
from zhiheng_web.planning.comparison import compare, content_of
from zhiheng_web.planning.comparison import to_json as content_json
from zhiheng_web.planning.models import CellOpinion, ChangeReason, Circulation, TableVersion
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.versions import Loaded, done_with, load, version_digest
from zhiheng_web.planning.weighing import WeightsState, weights_state
from zhiheng_web.trail.action import Conflict, Done, Forbidden, Refusal, action
from zhiheng_web.wording import Text

SHOWN = 3
"""So many findings are named in a refusal; the page shows all."""


@action("planning.submit_table", steps=("submit",))
def submit_table(viewer: Viewer, version: UUID, *, edits: int | None = None) -> Done[Circulation]:
    """Send the version on its route. ``edits`` is the count of changes that the sender saw; a later one is a conflict."""
    found = version_for(viewer, version, lock=True)
    stands = standing(found, lock=True)
    authorise(viewer, "planning.submit_table", stands.scope)
    refused = permitted("submit", State(found.state), viewer.roles_over(stands.scope))
    if refused is not None:
        raise refusal(refused)
    if edits is not None and edits != found.edits:
        raise Conflict(
            "edited_since",
            Text(
                "您打开页面之后表又有修改，请重新查看后再送审。",
                "The table changed after you opened the page; look at it again, then submit.",
            ),
            {"edits": found.edits},
        )
    loaded = load(found)
    digest = version_digest(loaded)
    _complete(loaded, digest)
    checked = check(loaded)
    _answered(found, checked)
    route = route_for(found.table)
    weights = weights_state(loaded)
    _weighed(weights, route)
    _decidable(viewer, stands, route)
    before = stands.circulation
    found.state = State.CIRCULATING.value
    found.save(update_fields=["state"])
    now = viewer.now()
    circulation = Circulation.objects.create(
        version=found,
        checkpoints=to_json(route),
        position=0,
        checkpoint_role=route[0].role.value,
        turn=before.turn if before else 0,
        submitted_by=viewer.account,
        submitted_at=now,
        content=content_json(content_of(loaded)),
        digest=digest,
        warnings=sum(1 for finding in checked if finding.severity is Severity.WARNING),
        weighed=weights.ok,
        reached_at=now,
        due_on=due_on(route[0], timezone.localdate(now)),
    )
    return done_with(
        found,
        circulation,
        before=digest,
        after=digest,
        details={"circulation": str(circulation.pk), "checkpoints": [entry.code for entry in route], "state": found.state},
    )


def _complete(loaded: Loaded, digest: str) -> None:
    """Refuse what is no table to submit: an empty one, a second first table, an adjustment without its reasons and second person."""
    version = loaded.version
    if not loaded.rows:
        raise Refusal("empty_table", Text("表中还没有绩效指标，不能送审。", "The table has no indicators yet; add some before submitting."))
    if version.purpose != TableVersion.Purpose.ADJUSTMENT:
        if TableVersion.objects.filter(table=version.table_id, state=State.APPROVED.value).exists():
            raise Refusal(
                "already_approved",
                Text(
                    "本年度的表已经批复，只能通过“申请调整目标”修改。", "This year's table is approved; it changes only by an adjustment."
                ),
            )
        return
    if version.second_confirmed_at is None or version.second_digest != digest:
        raise Refusal(
            "not_confirmed",
            Text(
                f"调整须先由第二人（{version.second_person}）确认；确认之后又有修改的，要重新确认。",
                f"The second person ({version.second_person}) must confirm the adjustment first, and again after any later change.",
            ),
        )
    missing = unexplained(loaded)
    if missing:
        raise Refusal(
            "reasons_missing",
            Text(
                f"有 {len(missing)} 项绩效指标的调整还没有写理由：{'、'.join(missing[:SHOWN])}。",
                f"{len(missing)} changed indicators have no reason yet: {', '.join(missing[:SHOWN])}.",
            ),
        )


def unexplained(loaded: Loaded) -> list[str]:
    """The names of the indicators that an adjustment changes without a reason."""
    based_on = loaded.version.based_on
    if based_on is None:
        return []
    changed = compare(content_of(load(based_on)), content_of(loaded)).retargeted
    explained = {str(pk) for pk in ChangeReason.objects.filter(version=loaded.version).values_list("indicator", flat=True)}
    return [row.name for row in changed if row.indicator not in explained]


def _answered(version: TableVersion, checked: Sequence[Checked]) -> None:
    """Refuse while a finding that must be mended stands, one that asks for a reply has none, or an opinion has no answer."""
    errors = [finding for finding in checked if finding.open and not finding.asks]
    warnings = [finding for finding in checked if finding.open and finding.asks]
    if errors or warnings:
        raise Refusal("findings_open", _open_text(errors, warnings))
    unanswered = CellOpinion.objects.filter(version=version, answered_at__isnull=True).count()
    if unanswered:
        raise Refusal(
            "opinions_open",
            Text(
                f"还有 {unanswered} 条审核意见没有答复，请逐条答复后再送审。",
                f"{unanswered} opinions wait for an answer; answer each, then submit.",
            ),
        )


def _open_text(errors: Sequence[Checked], warnings: Sequence[Checked]) -> Text:
    """How many findings of each kind stop the submission, and the first of them."""
    counts = [
        Text("{n} 个错误要改正", "{n} errors to mend").with_(n=len(errors)) if errors else None,
        Text("{n} 个疑点要答复", "{n} warnings to reply to").with_(n=len(warnings)) if warnings else None,
    ]
    said = [text for text in counts if text is not None]
    some = [finding.text for finding in (*errors, *warnings)[:SHOWN]]
    return Text(
        f"还有 {'、'.join(text.zh for text in said)}，才能送审：{'；'.join(text.zh.rstrip('。') for text in some)}。",
        f"{' and '.join(text.en for text in said)} before submitting: {'; '.join(text.en.rstrip('.') for text in some)}.",
    )


def _weighed(weights: WeightsState, route: Sequence[Checkpoint]) -> None:
    """Refuse on a route that confirms points until they are settled: they cannot be set any more while the table travels."""
    if not weights.ok and any("weights" in checkpoint.requires for checkpoint in route):
        zh, en = "；".join(text.zh for text in weights.wrong), "; ".join(text.en for text in weights.wrong)
        raise Refusal(
            "weights_open",
            Text(
                f"分值还不齐全，送审之前由绩效管理员处理：{zh}",
                f"The points are not settled; the performance officer settles them before submission: {en}",
            ),
        )


def _decidable(viewer: Viewer, stands: Standing, route: Sequence[Checkpoint]) -> None:
    """Refuse a submission after which some checkpoint of the department could be decided by nobody but the sender himself."""
    table = stands.version.table
    roles, today = {entry.role for entry in route}, viewer.today()
    held = deciders(roles, stands.scope, today)
    free = deciders(roles, stands.scope, today, {viewer.account.pk if viewer.account else None, stands.proposer})
    stuck = [entry for entry in route if held[entry.role] and not free[entry.role]]
    if stuck:
        zh, en = "、".join(entry.zh for entry in stuck), ", ".join(entry.en for entry in stuck)
        raise Forbidden(
            "nobody_else_decides",
            Text(
                f"您送审后不能再审核，而{table}的“{zh}”环节除您（或调整提出人）之外没有别人可以办理。"
                "请由其他经办送审；没有其他经办的，请安全管理员授予一人本单位的经办角色，或者为该环节增加一人。",
                f"Who submits or proposed an adjustment decides nothing, and nobody else holds “{en}” here. Let somebody else submit; "
                "where there is nobody, the security administrator names a filler of the unit or a second decider.",
            ),
        )
