"""Where an evaluation stands and from which states each step may be taken. The one table of its states."""

from __future__ import annotations

from zhiheng_web.evaluation.models import Evaluation
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text

State = Evaluation.State
STATES: dict[str, Text] = {
    State.PLANNED: Text("已立项", "Planned"),
    State.ENGAGED: Text("待机构声明", "Waits for the agency's declaration"),
    State.COLLECTING: Text("收集资料", "Collecting materials"),
    State.SCORING: Text("评分", "Marking"),
    State.DRAFTED: Text("待反馈意见", "Waits for the reply"),
    State.REPLIED: Text("待质量审核", "Waits for the quality check"),
    State.CHECKED: Text("待验收", "Waits for acceptance"),
    State.ACCEPTED: Text("已验收", "Accepted"),
    State.CANCELLED: Text("已终止", "Cancelled"),
}
TONES = {
    State.ENGAGED: "warn", State.DRAFTED: "warn", State.REPLIED: "warn", State.CHECKED: "warn", State.COLLECTING: "info",
    State.SCORING: "info", State.ACCEPTED: "good", State.CANCELLED: "bad",
}  # fmt: skip
ROUTE = (State.PLANNED, State.ENGAGED, State.COLLECTING, State.SCORING, State.DRAFTED, State.REPLIED, State.CHECKED, State.ACCEPTED)
"""The way of an evaluation from its plan to its acceptance."""
DONE = frozenset({State.ACCEPTED, State.CANCELLED})
AT_WORK = frozenset(State) - DONE
REPORTED = frozenset({State.DRAFTED, State.REPLIED, State.CHECKED})
"""States in which a draft report lies with the evaluated or the organiser."""
BEFORE: dict[str, frozenset[str]] = {
    "weigh_items": frozenset({State.PLANNED, State.ENGAGED, State.COLLECTING}),
    "engage_agency": frozenset({State.PLANNED, State.COLLECTING, State.SCORING}),
    "declare_interests": AT_WORK,
    "end_engagement": AT_WORK,
    "request_material": frozenset({State.PLANNED, State.COLLECTING}),
    "hand_in_material": frozenset({State.COLLECTING}),
    "return_material": frozenset({State.COLLECTING}),
    "waive_material": frozenset({State.COLLECTING}),
    "appoint_evaluator": frozenset({State.COLLECTING, State.SCORING}),
    "declare_evaluator": AT_WORK,
    "open_marking": frozenset({State.COLLECTING}),
    "write_finding": frozenset({State.COLLECTING, State.SCORING}),
    "give_marks": frozenset({State.SCORING}),
    "hand_in_marks": frozenset({State.SCORING}),
    "hand_in_report": frozenset({State.SCORING}),
    "reply_to_report": frozenset({State.DRAFTED}),
    "pass_over_reply": frozenset({State.DRAFTED}),
    "answer_reply": frozenset({State.REPLIED}),
    "check_quality": frozenset({State.REPLIED}),
    "accept_evaluation": frozenset({State.CHECKED}),
    "return_report": frozenset({State.CHECKED}),
    "cancel_evaluation": AT_WORK,
}
"""Step → the states from which it may be taken."""
WRONG_STATE = Text("该评价现在是“{state}”，不能{step}。", "The evaluation is now “{state}”: this is not possible: {step}.")


def takes(evaluation: Evaluation, step: str) -> bool:
    """Whether the step may be taken from where the evaluation stands."""
    return evaluation.state in BEFORE[step]


def refuse_unless(evaluation: Evaluation, step: str, text: Text) -> None:
    """Refuse a step that may not be taken from where the evaluation stands. ``text`` is what the step is called."""
    if not takes(evaluation, step):
        raise Refusal("wrong_state", WRONG_STATE.with_(state=STATES[evaluation.state], step=text))
