"""A survey for tests: two questions of five grades, one choice, one for words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from zhiheng_web.evaluation.actions.answer_survey import Reply, answer_survey
from zhiheng_web.evaluation.actions.invite import invite
from zhiheng_web.evaluation.actions.keep_survey import QuestionValues, SurveyValues, keep_survey
from zhiheng_web.evaluation.actions.open_survey import open_survey
from zhiheng_web.evaluation.models import Survey
from zhiheng_web.organisation.viewer import Viewer

NOON = datetime(2020, 12, 5, 4, tzinfo=UTC)
NOBODY = Viewer(None, at=NOON)
QUESTIONS = (
    QuestionValues("服务质量", weight=Decimal(2), text_en="Quality"),
    QuestionValues("办理时限"),
    QuestionValues("您是", "choice", choices=("企业", "高校"), required=False),
    QuestionValues("意见", "text", required=False),
)


def on(viewer: Viewer, instant: datetime = NOON) -> Viewer:
    """The viewer at an instant."""
    return Viewer(viewer.account, viewer.held, viewer.address, at=instant)


def values(**changes: Any) -> SurveyValues:
    """What the officer writes."""
    given = {"title": "2020 年服务对象满意度", "year": 2020, "audience": "服务企业", "opens_on": date(2020, 12, 1)}
    return SurveyValues(**{**given, "closes_on": date(2020, 12, 31), "questions": QUESTIONS, **changes})


def written(officer: Viewer, department: Any, **changes: Any) -> Survey:
    """A survey that is written and not open."""
    return keep_survey(on(officer), department.pk, values(**changes))


def opened(officer: Viewer, department: Any, number: int, **changes: Any) -> tuple[Survey, list[str]]:
    """An open survey and the tokens of its invitations."""
    row = written(officer, department, **changes)
    open_survey(on(officer), row.pk)
    row.refresh_from_db()
    return row, invite(on(officer), row.pk, number)


def answer(token: str, first: int, second: int, *more: Reply) -> None:
    """Answer by a link."""
    answer_survey(NOBODY, token, [Reply(1, first), Reply(2, second), *more])
