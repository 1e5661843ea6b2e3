"""回答满意度调查: one answer for one invitation, by nobody in particular.

The invitation is marked and the answer stored in one transaction, and nothing joins the two: no key, no time, no number that counts up.
The trail says nothing of it; it records the numbers when the survey closes (actions.close_survey). Of two that send at once with one
link, one answer is kept: marking is one statement that only the first can make.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhiheng_web.evaluation.models import Survey, SurveyAnswer, SurveyInvitation, SurveyQuestion, SurveyReply
from zhiheng_web.evaluation.surveying import digest_of_token, keys_of, state_of
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Absent, Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

LONGEST = 2000
WORDS = Text("您的意见", "your words")
UNKNOWN = Text(
    "没有这个调查链接。请核对链接是否完整，或向发给您链接的单位询问。",
    "There is no such link. Check that it is complete, or ask whoever sent it to you.",
)
USED = Text("这个链接已经答过，每个链接只能回答一次。谢谢您的参与。", "This link has been answered; each takes one answer. Thank you.")
CANCELLED = Text("这个链接已作废。请使用新发给您的链接。", "This link has been cancelled. Use the one that was sent to you instead.")
CLOSED = Text("本次调查已经结束。谢谢您的关注。", "This survey is over. Thank you for your interest.")
WAITING = Text("本次调查将于 {day} 开始，请届时再打开这个链接。", "This survey begins on {day}. Please open this link again then.")
INCOMPLETE = Text("还有必答的题没有回答。", "Some questions that must be answered are not.")
NOT_ASKED = Text("答卷与问卷不符，请重新打开链接作答。", "The answers do not fit the questions; open the link again.")
LONG = Text("文字意见不超过 {n} 字，请缩短。", "Words have at most {n} characters; shorten them.")


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to the question at ``position``: a grade or the number of a choice, or words."""

    position: int
    grade: int | None = None
    text: str = ""


@action("evaluation.answer_survey")
def answer_survey(viewer: Viewer, token: str, replies: Sequence[Reply]) -> Done[None]:
    """Store one answer. Nobody needs to be signed in, and who is makes no difference."""
    invitation, survey = invitation_of(viewer, token)
    questions = {question.position: question for question in survey.questions.all()}
    _refuse(questions, replies)
    if Survey.objects.select_for_update(no_key=True).get(pk=survey.pk).closed_at is not None:
        raise Refusal("survey_closed", CLOSED)  # what was counted does not change after it was counted
    if not SurveyInvitation.objects.filter(pk=invitation.pk, used=False, cancelled=False).update(used=True):
        raise Refusal("invitation_used", USED)
    answer = SurveyAnswer.objects.create(survey=survey)
    SurveyReply.objects.bulk_create(
        [SurveyReply(answer=answer, question=questions[one.position], grade=one.grade, text=one.text.strip()) for one in replies]
    )
    return Done(None, "evaluation.Survey", str(survey.pk), nothing=True)


def invitation_of(viewer: Viewer, token: str) -> tuple[SurveyInvitation, Survey]:
    """The invitation and its survey if it can be answered now; otherwise it says politely why not."""
    found = SurveyInvitation.objects.select_related("survey__department").filter(digest=digest_of_token(token)).first()
    if found is None:
        raise Absent("no_invitation", UNKNOWN)
    state = state_of(found.survey, viewer.today())
    if found.used:
        raise Refusal("invitation_used", USED)
    if found.cancelled:
        raise Refusal("invitation_cancelled", CANCELLED)
    if state in ("closed", "over"):
        raise Refusal("survey_closed", CLOSED)
    if state == "waiting":
        raise Refusal("survey_waiting", WAITING.with_(day=found.survey.opens_on))
    return found, found.survey


def _refuse(questions: dict[int, SurveyQuestion], replies: Sequence[Reply]) -> None:
    given = {one.position: one for one in replies}
    if len(given) != len(replies) or not given.keys() <= questions.keys():
        raise Invalid("not_asked", NOT_ASKED)
    for position, question in questions.items():
        one = given.get(position)
        words = question.kind == SurveyQuestion.Kind.TEXT
        if question.required and (one is None or (not one.text.strip() if words else one.grade is None)):
            raise Invalid("incomplete", INCOMPLETE, {f"q{position}": INCOMPLETE})
        if one is None:
            continue
        if (one.grade is not None and (words or one.grade not in keys_of(question))) or (one.text and not words):
            raise Invalid("not_asked", NOT_ASKED)
        if len(one.text) > LONGEST:
            text = LONG.with_(n=LONGEST)
            raise Invalid("long", text, {f"q{position}": text})
        refuse_marked_text(one.text, WORDS)
