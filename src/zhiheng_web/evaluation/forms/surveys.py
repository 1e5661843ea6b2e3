"""What the pages of surveys send, as values. What cannot be read is refused at its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.http import QueryDict

from zhiheng.evaluation.survey import GRADES
from zhiheng_web.evaluation.actions.answer_survey import Reply
from zhiheng_web.evaluation.actions.keep_survey import QuestionValues, SurveyValues
from zhiheng_web.evaluation.models import SurveyQuestion
from zhiheng_web.planning.forms import money as sent
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

MOST_QUESTIONS = 30
CHOOSE = Text("请选择一项。", "Choose one.")
NO_DEPARTMENT = Text("请选择部门。", "Choose the department.")


def department(post: QueryDict) -> UUID:
    """The department a new survey is for."""
    found = sent.identifier(post, "department")
    if found is None:
        raise Invalid("invalid", NO_DEPARTMENT, {"department": NO_DEPARTMENT})
    return found


def survey_values(post: QueryDict) -> SurveyValues:
    """The form of a survey."""
    return SurveyValues(
        title=sent.text(post, "title"),
        year=sent.year(post, "year") or 0,
        audience=sent.text(post, "audience"),
        introduction=sent.text(post, "introduction").replace("\r\n", "\n"),
        opens_on=sent.needed_day(post, "opens_on"),
        closes_on=sent.needed_day(post, "closes_on"),
        scheme=sent.text(post, "scheme"),
        least=sent.whole(post, "least") or 0,
        indicator=sent.identifier(post, "indicator"),
        questions=tuple(_questions(post)),
    )


def _questions(post: QueryDict) -> Sequence[QuestionValues]:
    """The rows of the form that have words, in their order."""
    rows = []
    for index in range(MOST_QUESTIONS):
        if not (text := sent.text(post, f"q{index}-text")):
            continue
        weight = sent.points(post, f"q{index}-weight") if sent.text(post, f"q{index}-weight") else Decimal(1)
        choices = tuple(line.strip() for line in sent.text(post, f"q{index}-choices").splitlines() if line.strip())
        kind = sent.text(post, f"q{index}-kind") or SurveyQuestion.Kind.GRADE
        flags = {name: f"q{index}-{name}" in post for name in ("counts", "required")}
        rows.append(QuestionValues(text, kind, weight, text_en=sent.text(post, f"q{index}-text_en"), choices=choices, **flags))
    return rows


@dataclass(frozen=True, slots=True)
class Answered:
    """What a respondent sent: the replies, and by the position of the question what is wrong."""

    replies: tuple[Reply, ...]
    errors: Mapping[int, Text]


def replies(questions: Sequence[SurveyQuestion], post: QueryDict) -> Answered:
    """The answer sheet. A value that no button of the page sends is as good as none."""
    found, errors = [], {}
    for question in questions:
        words = post.get(f"q{question.position}", "").strip()
        if question.kind == SurveyQuestion.Kind.TEXT:
            reply = Reply(question.position, None, words.replace("\r\n", "\n"))
            blank = not words
        else:
            keys = GRADES if question.kind == SurveyQuestion.Kind.GRADE else range(len(question.choices))
            grade = int(words) if words.isascii() and words.isdecimal() and len(words) < 4 and int(words) in keys else None
            reply, blank = Reply(question.position, grade), grade is None
        if blank and question.required:
            errors[question.position] = CHOOSE if question.kind != SurveyQuestion.Kind.TEXT else Text("请填写。", "Please answer.")
        elif not blank:
            found.append(reply)
    return Answered(tuple(found), errors)
