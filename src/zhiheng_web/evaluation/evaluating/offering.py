"""The steps that a viewer may take on an evaluation now: what its page offers. The actions themselves ask again."""

from __future__ import annotations

from zhiheng_web.evaluation.evaluating.sight import Sight
from zhiheng_web.evaluation.evaluating.steps import takes
from zhiheng_web.evaluation.models import Evaluation, EvaluationReport
from zhiheng_web.organisation.viewer import Viewer

BY_ORGANISER = (
    "engage_agency", "end_engagement", "waive_material", "appoint_evaluator", "open_marking", "pass_over_reply", "check_quality",
    "accept_evaluation", "return_report", "cancel_evaluation", "weigh_items",
)  # fmt: skip
BY_WORKERS = ("request_material", "return_material", "write_finding", "answer_reply")
BY_EVALUATED = ("hand_in_material", "reply_to_report")


def offered(viewer: Viewer, found: Evaluation, sight: Sight, newest: EvaluationReport | None) -> frozenset[str]:
    """The steps by name; ``declare_conflict`` and ``withdraw_evaluator`` are the same as the declaration, after it."""
    engaged = any(row.ended_at is None for row in found.engagements.all()) if sight.organises else sight.engagement is not None
    names: set[str] = set()
    if sight.organises:
        names |= set(BY_ORGANISER) - {"engage_agency" if engaged else "end_engagement"}
    if sight.organises or sight.engaged:
        names |= set(BY_WORKERS)
    if sight.engaged or (sight.organises and not engaged):
        names.add("hand_in_report")
    if sight.evaluated:
        names |= set(BY_EVALUATED)
    if sight.still_marks:
        names.discard("write_finding")
    return frozenset(name for name in names - _barred(viewer, newest) if takes(found, name)) | _own(found, sight)


def _own(found: Evaluation, sight: Sight) -> frozenset[str]:
    """What he does for himself or his agency: to declare, and to mark."""
    names = set()
    if takes(found, "declare_interests") and sight.engagement is not None:
        names.add("declare_conflict" if sight.engaged else "declare_interests")
    seat = sight.seat
    if seat is not None and takes(found, "declare_evaluator") and (sight.engagement is None or sight.engaged):
        names.add("declare_evaluator" if seat.declared_at is None else "withdraw_evaluator")
        if sight.still_marks and seat.declared_at is not None and takes(found, "give_marks"):
            names.add("give_marks")
    return frozenset(names)


def _barred(viewer: Viewer, newest: EvaluationReport | None) -> frozenset[str]:
    """What the newest report bars: nobody checks or accepts his own; answers and days have their time."""
    if newest is None:
        return frozenset()
    names = set()
    if viewer.account is not None and newest.handed_in_by_id == viewer.account.pk:
        names |= {"check_quality", "accept_evaluation"}
    if newest.replied_at is None or newest.answered_at is not None:
        names.add("answer_reply")
    if newest.reply_due_on is None or newest.reply_due_on >= viewer.today():
        names.add("pass_over_reply")
    return frozenset(names)
