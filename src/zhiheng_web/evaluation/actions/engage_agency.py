"""委托第三方机构: contract, fee and scope; until the agency has declared its interests it sees these terms and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.files.base import File

from zhiheng_web.evaluation.actions.add_file import kept_file
from zhiheng_web.evaluation.evaluating.lookup import engagement_for, evaluation_for, organised, refuse_others, watched
from zhiheng_web.evaluation.evaluating.marking import shown
from zhiheng_web.evaluation.evaluating.recording import digest_state, done, invalid, words
from zhiheng_web.evaluation.models import Agency, Engagement, Evaluation, Evaluator
from zhiheng_web.ledgers.evidence_store.taking import CheckedFile, take
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

NEEDED = {"contract_number": Text("合同编号", "the number of the contract"), "scope": Text("委托事项", "what is entrusted")}
LONG = Text("合同编号最多 100 个字。", "The number of a contract has 100 characters at most.")
NO_AGENCY = Text("请从名录中选择一家在册机构。", "Choose an agency of the list.")
STANDING = Text("该评价已委托“{agency}”，须先解除委托。", "“{agency}” is engaged already: end that engagement first.")
FEE = Text("委托费用须为不小于 0 的金额，最多到分。", "The fee must be an amount not below 0, to the fen.")
LATER = Text("合同日期 {day} 还没有到。", "The day of the contract, {day}, is still to come.")
ENDED = Text("该委托已经结束。", "This engagement has ended already.")


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of an engagement. ``fee`` in 元."""

    agency: UUID
    contract_number: str
    contract_on: date
    fee: Decimal
    scope: str


@watched
def engage_agency(viewer: Viewer, evaluation: UUID, terms: Terms, upload: File | None = None) -> Engagement:
    """Engage an agency. The contract's file is checked before the transaction, as evidence is."""
    refuse_others(viewer, evaluation_for(viewer, evaluation), "engage_agency")
    return engage(viewer, evaluation, terms, take(upload) if upload is not None else None)


@action("evaluation.engage_agency", steps=("evaluate",))
def engage(viewer: Viewer, evaluation: UUID, terms: Terms, file: CheckedFile | None) -> Done[Engagement]:
    """Engage an agency by these terms; one at a time."""
    found = organised(viewer, evaluation, "engage_agency")
    before = digest_state(found)
    said = words(NEEDED, contract_number=terms.contract_number, scope=terms.scope)
    if len(said["contract_number"]) > 100:
        raise invalid("contract_number", LONG)
    if not terms.fee.is_finite() or terms.fee < 0 or terms.fee != terms.fee.quantize(Decimal("0.01")) or terms.fee > 10**12:
        raise invalid("fee", FEE)
    if terms.contract_on > viewer.today():
        raise invalid("contract_on", LATER.with_(day=terms.contract_on.isoformat()))
    agency = Agency.objects.select_for_update(no_key=True).filter(pk=terms.agency).first()
    if agency is None or (agency.closed_on is not None and agency.closed_on <= viewer.today()):
        raise invalid("agency", NO_AGENCY)
    standing = found.engagements.filter(ended_at__isnull=True).select_related("agency").first()
    if standing is not None:
        raise Refusal("engaged_already", STANDING.with_(agency=standing.agency.name))
    contract = kept_file(viewer, found.organiser_id, file) if file is not None else None
    made = Engagement.objects.create(
        evaluation=found,
        agency=agency,
        contract_number=said["contract_number"],
        contract_on=terms.contract_on,
        fee=terms.fee,
        scope=said["scope"],
        contract=contract,
        engaged_by=viewer.account,
        engaged_at=viewer.now(),
    )
    if found.state == Evaluation.State.PLANNED:
        found.state = Evaluation.State.ENGAGED
    details = {
        "agency": agency.name,
        "contract": said["contract_number"],
        "fee": shown(terms.fee),
        "file": contract.sha256 if contract else "",
    }
    return done(found, made, before, details)


@watched
@action("evaluation.end_engagement", steps=("evaluate",))
def end_engagement(viewer: Viewer, engagement: UUID, reason: str) -> Done[Engagement]:
    """End an engagement early: its people see the evaluation no more, and their marks do not count."""
    row = engagement_for(viewer, engagement)
    found = refuse_others(viewer, row.evaluation, "end_engagement")
    before = digest_state(found)
    if row.ended_at is not None:
        raise Refusal("ended", ENDED)
    said = words({"reason": Text("解除委托的理由", "the reason")}, reason=reason)
    voided = close(viewer, found, row, said["reason"])
    return done(found, row, before, {"agency": row.agency.name, "reason": said["reason"], "voided": voided})


def close(viewer: Viewer, found: Evaluation, row: Engagement, reason: str) -> list[str]:
    """End the engagement and take its people from the panel; whose seats these were. The evaluation is saved by the caller.

    A draft report cannot stand on marks that do not count any more: the evaluation goes back to its marking.
    """
    row.ended_at, row.end_reason = viewer.now(), reason
    row.save(update_fields=["ended_at", "end_reason"])
    people = row.agency.members.values("account")
    seated = Evaluator.objects.filter(evaluation=found, account__in=people, voided_at__isnull=True)
    seats = list(seated.select_related("account").select_for_update(of=("self",), no_key=True).order_by("pk"))
    for seat in seats:
        void(viewer, found, seat, reason)
    if found.state == Evaluation.State.ENGAGED:
        found.state = Evaluation.State.PLANNED
    return [seat.account.name for seat in seats]


def void(viewer: Viewer, found: Evaluation, seat: Evaluator, reason: str) -> None:
    """Take somebody from the panel. His marks stay on record and count no more; a draft report that rested on them is overtaken."""
    seat.voided_at, seat.conflict = viewer.now(), reason
    seat.edits += 1
    seat.save(update_fields=["voided_at", "conflict", "edits"])
    if found.state in (Evaluation.State.DRAFTED, Evaluation.State.REPLIED, Evaluation.State.CHECKED) and seat.handed_in_at is not None:
        found.state = Evaluation.State.SCORING
        newest = found.reports.order_by("-number").first()
        if newest is not None:
            newest.returned, newest.returned_by, newest.returned_at = OVERTAKEN.zh, viewer.account, viewer.now()
            newest.save(update_fields=["returned", "returned_by", "returned_at"])


OVERTAKEN = Text("评分人员变动，得分已重新计算，须另提报告。", "The panel has changed and the points with it: another draft is needed.")
