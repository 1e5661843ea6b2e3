"""结束满意度调查: the answers are counted, the result is frozen, and the order in which they came is wiped out."""

from __future__ import annotations

from random import SystemRandom
from uuid import UUID, uuid4

from django.db.models import F

from zhiheng_web.evaluation.models import Survey, SurveyAnswer, SurveyInvitation, SurveyReply
from zhiheng_web.evaluation.policies.surveys import scope_of, survey_for
from zhiheng_web.evaluation.surveying import counted, result_json, sheet_line
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

NOT_OPEN = Text("调查尚未开始，无需结束。", "The survey is not open.")
CLOSED_ALREADY = Text("调查已经结束。", "The survey is closed already.")
BATCH = 1000


@action("evaluation.close_survey")
def close_survey(viewer: Viewer, survey: UUID) -> Done[Survey]:
    """Close it for good. Its figure can be evidence from now on; the trail keeps the numbers and the digest of all answers."""
    row = survey_for(viewer, survey, lock=True)
    authorise(viewer, "evaluation.close_survey", scope_of(row))
    if row.opened_at is None:
        raise Refusal("survey_not_open", NOT_OPEN)
    if row.closed_at is not None:
        raise Refusal("survey_closed", CLOSED_ALREADY)
    questions = list(row.questions.all())
    found, cells = counted(row, questions)
    row.digest = _shuffled(row, {question.pk: question.position for question in questions})
    row.result, row.closed_at = result_json(row, questions, found, cells), viewer.now()
    row.save(update_fields=["result", "digest", "closed_at"])
    details = {"invited": found.invited, "count": found.answers, "percent": found.percent or "—"}
    return Done(row, "evaluation.Survey", str(row.pk), row.title, str(row.department_id), after=row.digest, details=details)


def _shuffled(survey: Survey, positions: dict[UUID, int]) -> str:
    """Write all answers anew by chance, under new identities, and touch every invitation: gives the digest of the answers.

    A database keeps for itself in which order and by which transaction a row was written. That would join an invitation to the answer
    that was stored with it; after this all rows of the survey are of one transaction and in no order.
    """
    sheets: dict[UUID, list[SurveyReply]] = {pk: [] for pk in survey.answers.values_list("pk", flat=True)}
    for reply in SurveyReply.objects.filter(answer__survey=survey):
        sheets[reply.answer_id].append(reply)
    lines = sorted(sheet_line((positions[one.question_id], one.grade, one.text) for one in sheet) for sheet in sheets.values())
    SurveyReply.objects.filter(answer__survey=survey).delete()
    survey.answers.all().delete()
    mixed = list(sheets.values())
    SystemRandom().shuffle(mixed)
    answers = [SurveyAnswer(survey=survey) for _ in mixed]
    SurveyAnswer.objects.bulk_create(answers, batch_size=BATCH)
    replies = []
    for answer, sheet in zip(answers, mixed, strict=True):
        for reply in sheet:
            reply.pk, reply.answer = uuid4(), answer
            replies.append(reply)
    SurveyReply.objects.bulk_create(replies, batch_size=BATCH)
    SurveyInvitation.objects.filter(survey=survey).update(used=F("used"))
    return digest_of([str(survey.pk), *lines])
