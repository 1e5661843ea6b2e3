"""审核: one checkpoint decides on a version: 同意, 退回, 不予通过; the last agreement is the 批复."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from zhiheng.plan.appraisal import ITEMS, worst
from zhiheng.plan.procedure import Grade, Outcome, State, decided
from zhiheng.plan.route import needed
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.appraising import appraisal_of
from zhiheng_web.planning.circulation.refusing import lacking, refusal, refuse_unfit_words
from zhiheng_web.planning.circulation.standing import Standing, due_on, standing
from zhiheng_web.planning.models import Decision, ReviewGrade, SignOff, TableVersion
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.versions import done_with, freeze, load
from zhiheng_web.planning.weighing import weights_state
from zhiheng_web.trail.action import Conflict, Done, Forbidden, Invalid, Refusal, action
from zhiheng_web.wording import Text

WEIGHTS = Text(
    "分值还不齐全，本环节不能同意：{zh}请退回绩效管理员补齐后重新送审。",
    "The points are not settled, so this checkpoint cannot agree: {en} Return the table to have them set.",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a checkpoint says (审核意见). ``points`` or ``ticks`` grade the items of the four contents; ``grade`` overrules neither.

    ``in_force_from`` is the first day on which an approved version holds; None: see :func:`first_day`.
    """

    outcome: Outcome
    opinion: str = ""
    minutes: str = ""
    document: str = ""
    mend: str = ""
    points: Mapping[str, Decimal] = field(default_factory=dict)
    ticks: Mapping[str, Grade] = field(default_factory=dict)
    in_force_from: date | None = None


@dataclass(frozen=True, slots=True)
class Graded:
    """The four contents together: ``total`` None where they were ticked without points; ``grade`` None where they were not graded."""

    total: Decimal | None = None
    grade: Grade | None = None


@action("planning.decide", steps=("agree", "return", "block", "approve"))
def decide(viewer: Viewer, version: UUID, verdict: Verdict, *, turn: int) -> Done[Decision]:
    """Decide at the checkpoint where the version stands. ``turn`` is what the form showed: an older one is a conflict."""
    found = version_for(viewer, version, lock=True)
    stands = standing(found, lock=True)
    authorise(viewer, "planning.decide", stands.scope)
    _still_the_same(stands, turn, verdict.outcome)
    refused = stands.refused(viewer, verdict.outcome)
    if refused is not None:
        raise refusal(refused)
    words = {"opinion": verdict.opinion, "mend": verdict.mend, "minutes": verdict.minutes, "approval_number": verdict.document}
    refuse_unfit_words(words)
    offices = _offices(viewer, stands, verdict.outcome)
    graded = grade_of(found.table.year, verdict)
    _carries(stands, verdict, graded)
    decision = _written(viewer, stands, verdict, graded)
    SignOff.objects.bulk_create(
        SignOff(circulation=stands.circulation, decision=decision, checkpoint_code=decision.checkpoint_code, office_id=office)
        for office in offices
    )
    before = found.digest or stands.circulation.digest
    if verdict.outcome is Outcome.AGREE and stands.unsigned - offices:
        stands.circulation.save(update_fields=["turn"])
    else:
        _move(stands, verdict, viewer.now())
    return done_with(
        found,
        decision,
        before=before,
        after=found.digest or before,
        details={
            "outcome": decision.outcome,
            "checkpoint": decision.checkpoint_code,
            "turn": decision.turn,
            "opinion": decision.opinion,
            "minutes": decision.minutes,
            "document": decision.document,
            "grade": decision.grade,
            "state": found.state,
        },
    )


def _still_the_same(stands: Standing, turn: int, outcome: Outcome) -> None:
    """Refuse a decision on something older: somebody decided since. Section heads who sign beside each other do not conflict."""
    if stands.circulation is None or turn == stands.turn:
        return
    since = [row for row in stands.decisions if row.turn >= turn]
    at = stands.checkpoint
    beside = at is not None and at.by_office and outcome is Outcome.AGREE and bool(since)
    if beside and all(row.checkpoint_code == at.code and row.outcome == Outcome.AGREE.value for row in since):
        return
    last = stands.decisions[-1] if stands.decisions else None
    who = f"{last.decided_by}（{last.checkpoint_zh}）" if last else "—"
    who_en = f"{last.decided_by} ({last.checkpoint_en})" if last else "—"
    current = {"turn": stands.turn, "state": stands.version.state}
    if last is not None:
        current |= {"outcome": last.outcome, "decided_by": str(last.decided_by), "opinion": last.opinion}
    raise Conflict(
        "decided_meanwhile",
        Text(
            f"您打开页面之后，{who}已经办理。您填写的内容没有保存，请查看最新状态后再办理。",
            f"{who_en} acted after you opened the page. Nothing of yours was saved; look at where it stands now.",
        ),
        current,
    )


def _offices(viewer: Viewer, stands: Standing, outcome: Outcome) -> frozenset[UUID | None]:
    """The offices for which the viewer signs. None where the checkpoint is not signed by office, or the table goes back."""
    checkpoint = stands.checkpoint
    if checkpoint is None or not checkpoint.by_office or outcome is not Outcome.AGREE:
        return frozenset()
    offices = stands.signs_for(viewer)
    if not offices:
        raise Forbidden(
            "nothing_to_sign",
            Text(
                "您负责的科室在本环节已经签过，其余科室由各自负责人签。",
                "Your offices have signed here; the others are for their own heads.",
            ),
        )
    return offices


def grade_of(year: int, verdict: Verdict) -> Graded:
    """The total and grade of the verdict's points or ticks, by the parameters of the year. Incomplete grading grades nothing."""
    if verdict.points:
        scheme = appraisal_of(year)
        faults = scheme.faults(verdict.points)
        if faults:
            names = [(item.zh, item.en) for item in ITEMS if item.code in faults]
            text = Text(
                f"分值不在 0 到满分之间：{'、'.join(name[0] for name in names)}。",
                f"Points must lie between 0 and the full points: {', '.join(name[1] for name in names)}.",
            )
            raise Invalid("points_out_of_range", text, {f"points-{code}": text for code in faults})
        total = scheme.total_of(verdict.points)
        return Graded(total, None if total is None else scheme.grade_of(total))
    complete = {item.code for item in ITEMS} == set(verdict.ticks)
    return Graded(None, worst(verdict.ticks.values()) if complete else None)


def _carries(stands: Standing, verdict: Verdict, graded: Graded) -> None:
    """Refuse a decision that lacks what the checkpoint asks for."""
    given = {
        "opinion": verdict.opinion,
        "minutes": verdict.minutes,
        "document": verdict.document,
        "mend": verdict.mend,
        "grades": graded.grade,
    }
    wanted = needed(stands.checkpoint, verdict.outcome, last=stands.last, grade=graded.grade)
    missing = [word for word in wanted if word in given and not str(given[word] or "").strip()]
    if missing:
        raise lacking(missing, {"grades": "ticks"})
    if "weights" in wanted:
        state = weights_state(load(stands.version))
        if not state.ok:
            raise Refusal(
                "weights_incomplete",
                WEIGHTS.with_(zh="".join(text.zh for text in state.wrong), en=" ".join(text.en for text in state.wrong)),
            )


def _written(viewer: Viewer, stands: Standing, verdict: Verdict, graded: Graded) -> Decision:
    """The decision with its grades; counts the turn."""
    circulation, checkpoint = stands.circulation, stands.checkpoint
    decision = Decision.objects.create(
        circulation=circulation,
        turn=circulation.turn,
        checkpoint_code=checkpoint.code,
        checkpoint_zh=checkpoint.zh,
        checkpoint_en=checkpoint.en,
        checkpoint_role=checkpoint.role.value,
        outcome=verdict.outcome.value,
        opinion=verdict.opinion.strip(),
        minutes=verdict.minutes.strip(),
        document=verdict.document.strip(),
        mend=verdict.mend.strip(),
        total=graded.total,
        grade=graded.grade.value if graded.grade else "",
        decided_by=viewer.account,
        decided_at=viewer.now(),
    )
    if checkpoint.grades:
        full = appraisal_of(stands.version.table.year).full
        ReviewGrade.objects.bulk_create(
            ReviewGrade(
                decision=decision,
                content=item.content,
                item=item.code,
                points=verdict.points.get(item.code),
                full=full[item.code] if item.code in verdict.points else None,
                grade=verdict.ticks[item.code].value if not verdict.points and item.code in verdict.ticks else "",
            )
            for item in ITEMS
            if item.code in verdict.points or item.code in verdict.ticks
        )
    circulation.turn += 1
    return decision


def _move(stands: Standing, verdict: Verdict, now: datetime) -> None:
    """Put the version where the library says it stands after the decision."""
    circulation, version = stands.circulation, stands.version
    moved = decided(stands.route, circulation.position, verdict.outcome)
    circulation.position = moved.position
    if moved.position is None:
        circulation.checkpoint_role, circulation.due_on, circulation.ended_at = "", None, now
    else:
        reached = stands.route[moved.position]
        circulation.checkpoint_role = reached.role.value
        circulation.reached_at, circulation.due_on = now, due_on(reached, timezone.localdate(now))
    circulation.save()
    if moved.state is State.APPROVED:
        _approve(version, verdict, now)
    elif moved.state is State.BLOCKED:
        freeze(load(version), State.BLOCKED, now)
    elif moved.state is not State(version.state):
        version.state = moved.state.value
        version.save(update_fields=["state"])


def _approve(version: TableVersion, verdict: Verdict, now: datetime) -> None:
    """Freeze the version with its 批复; the one in force before is replaced from the new one's first day on."""
    former = TableVersion.objects.select_for_update(no_key=True).filter(table=version.table_id, state=State.APPROVED.value).first()
    start = verdict.in_force_from or first_day(version, former, timezone.localdate(now))
    year = version.table.year
    if start.year != year or (former is not None and former.in_force_from is not None and start < former.in_force_from):
        earliest = former.in_force_from if former is not None and former.in_force_from else date(year, 1, 1)
        text = Text(
            f"生效日期应在 {earliest} 至 {year}-12-31 之间。", f"The first day in force must lie between {earliest} and {year}-12-31."
        )
        raise Invalid("in_force_from", text, {"in_force_from": text})
    if former is not None:
        former.state, former.in_force_until = State.SUPERSEDED.value, start
        former.save(update_fields=["state", "in_force_until"])
    freeze(
        load(version),
        State.APPROVED,
        now,
        in_force_from=start,
        approval_number=verdict.document.strip(),
        approved_on=timezone.localdate(now),
    )


def first_day(version: TableVersion, former: TableVersion | None, today: date) -> date:
    """From when an approved version holds: the first of a year from its beginning, an adjustment from today on, within the year."""
    first, last = date(version.table.year, 1, 1), date(version.table.year, 12, 31)
    if former is None:
        return first
    begun = former.in_force_from or first
    return min(max(today, min(begun + timedelta(days=1), last)), last)
