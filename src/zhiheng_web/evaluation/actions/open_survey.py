"""开始满意度调查: from now on its questions are fixed and its links take answers, within its days."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.evaluation.actions.keep_survey import said_of
from zhiheng_web.evaluation.models import Survey
from zhiheng_web.evaluation.policies.surveys import scope_of, survey_for
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

OPEN_ALREADY = Text("调查已经开始。", "The survey is open already.")
PAST = Text("截止日期 {day} 已过，请先修改日期。", "Its last day, {day}, has passed; change the days first.")


@action("evaluation.open_survey")
def open_survey(viewer: Viewer, survey: UUID) -> Done[Survey]:
    """Open it. A survey whose last day has passed is refused."""
    row = survey_for(viewer, survey, lock=True)
    authorise(viewer, "evaluation.open_survey", scope_of(row))
    if row.opened_at is not None:
        raise Refusal("survey_open", OPEN_ALREADY)
    if row.closes_on < viewer.today():
        raise Refusal("survey_past", PAST.with_(day=row.closes_on))
    row.opened_at = viewer.now()
    row.save(update_fields=["opened_at"])
    said = said_of(row, list(row.questions.all()))
    return Done(row, "evaluation.Survey", str(row.pk), row.title, str(row.department_id), said, said, {"on": str(viewer.today())})
