"""聘请评价人员, 开始评分: who marks, and from when on."""

from __future__ import annotations

from uuid import UUID

from zhiheng.plan.procedure import Role
from zhiheng_web.evaluation.evaluating.lookup import organised, watched
from zhiheng_web.evaluation.evaluating.recording import digest_state, done, invalid
from zhiheng_web.evaluation.models import AgencyMember, Evaluation, Evaluator, SelfEvaluation
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.planning.policies import READERS
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

NO_ACCOUNT = Text("没有用户名为“{name}”的有效账号。", "There is no active account called “{name}”.")
ONESELF = Text("不能聘请自己。", "Nobody appoints himself.")
TWICE = Text("“{name}”已在评价组中，或曾因利益冲突退出。", "“{name}” is on the panel, or has left it with a conflict of interests.")
NO_ROLE = Text("“{name}”没有可以参与评价的角色。", "“{name}” holds no role with which one takes part in an evaluation.")
OTHER_AGENCY = Text("“{name}”不是受托机构的人员。", "“{name}” does not work for the agency that is engaged.")
OWN_WORK = Text(
    "“{name}”填报或认定过被评价的自评表，不能评价自己的工作。",
    "“{name}” filled in or accepted the self-evaluation of this table: nobody evaluates his own work.",
)
NO_PANEL = Text("评价组还没有人员，请先聘请。", "There is nobody on the panel: appoint somebody first.")
LACKING = Text(
    "还有 {n} 项资料未交齐：{names}。请催交、或写明理由免交。",
    "{n} materials are still to come: {names}. Ask again, or waive them with a reason.",
)


@watched
@action("evaluation.appoint_evaluator", steps=("evaluate",))
def appoint_evaluator(viewer: Viewer, evaluation: UUID, username: str) -> Done[Evaluator]:
    """Put somebody on the panel: of the engaged agency, an expert with the role of an agency, or a colleague who reads tables there."""
    found = organised(viewer, evaluation, "appoint_evaluator")
    before = digest_state(found)
    account = Account.objects.filter(username=username.strip(), is_active=True).first()
    if account is None:
        raise invalid("username", NO_ACCOUNT.with_(name=username.strip()[:150]))
    _refuse_unfit(viewer, found, account)
    made = Evaluator.objects.create(evaluation=found, account=account, appointed_by=viewer.account)
    return done(found, made, before, {"account": str(account.pk), "name": account.name})


def _refuse_unfit(viewer: Viewer, found: Evaluation, account: Account) -> None:
    name = account.name
    if viewer.account is not None and account.pk == viewer.account.pk:
        raise Refusal("oneself", ONESELF)
    if found.evaluators.filter(account=account).exists():
        raise Refusal("appointed", TWICE.with_(name=name))
    holds = viewer_of(account, viewer.today())
    if not holds.holds(READERS | {Role.AGENCY}):
        raise Refusal("no_role", NO_ROLE.with_(name=name))
    member = AgencyMember.objects.filter(account=account, until__isnull=True).first()
    engaged = found.engagements.filter(ended_at__isnull=True).values_list("agency", flat=True)
    if member is not None and member.agency_id not in set(engaged):
        raise Refusal("other_agency", OTHER_AGENCY.with_(name=name))
    own = SelfEvaluation.objects.filter(table=found.table_id).values_list("begun_by", "submitted_by", "decided_by")
    if any(account.pk in people for people in own):
        raise Refusal("own_work", OWN_WORK.with_(name=name))


@watched
@action("evaluation.open_marking", steps=("evaluate",))
def open_marking(viewer: Viewer, evaluation: UUID) -> Done[Evaluation]:
    """The panel may mark: every material is in or waived, and somebody is on the panel."""
    found = organised(viewer, evaluation, "open_marking")
    before = digest_state(found)
    lacking = [row.name for row in found.materials.order_by("position") if not row.waived and (row.file_id is None or row.sent_back)]
    if lacking:
        names = Text(
            "、".join(lacking[:5]) + ("等" if len(lacking) > 5 else ""), ", ".join(lacking[:5]) + ("…" if len(lacking) > 5 else "")
        )
        raise Refusal("materials_lacking", LACKING.with_(n=len(lacking), names=names))
    if not found.evaluators.filter(voided_at__isnull=True).exists():
        raise Refusal("no_panel", NO_PANEL)
    found.state = Evaluation.State.SCORING
    return done(found, found, before)
