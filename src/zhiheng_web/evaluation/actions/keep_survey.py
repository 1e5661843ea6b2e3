"""编制满意度调查: its questions and how they are counted, until it opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhiheng.evaluation.survey import schemes
from zhiheng_web.evaluation.models import Survey, SurveyQuestion
from zhiheng_web.evaluation.policies.surveys import SURVEY, scope_of, survey_for
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import Indicator
from zhiheng_web.planning.money.projects import budget_year, written
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

TITLE, AUDIENCE, INTRODUCTION = Text("调查名称", "title"), Text("调查对象", "audience"), Text("说明", "introduction")
QUESTION = Text("题目", "question")
MOST, MOST_CHOICES = 30, 20
Kind = SurveyQuestion.Kind


@dataclass(frozen=True, slots=True)
class QuestionValues:
    """One question as written. ``weight`` is what it weighs among those that count."""

    text: str
    kind: str = Kind.GRADE
    weight: Decimal = Decimal(1)
    text_en: str = ""
    choices: Sequence[str] = ()
    counts: bool = True
    required: bool = True


@dataclass(frozen=True, slots=True)
class SurveyValues:
    """A survey as written; amounts of answers in whole sheets."""

    title: str
    year: int
    audience: str
    opens_on: date
    closes_on: date
    questions: Sequence[QuestionValues]
    introduction: str = ""
    scheme: str = "share"
    least: int = 5
    indicator: UUID | None = None


@action("evaluation.keep_survey")
def keep_survey(viewer: Viewer, department: UUID, values: SurveyValues, survey: UUID | None = None) -> Done[Survey]:
    """Write a survey, or write it anew. Once it is open nothing of it changes: people have answered what it said."""
    known = survey_for(viewer, survey, lock=True) if survey else None
    if known is None and not Department.objects.filter(pk=department).exists():
        raise absent(Text("该部门", "this department"))
    authorise(viewer, "evaluation.keep_survey", scope_of(known) if known else Scope(department))
    if known is not None and known.opened_at is not None:
        raise Refusal("survey_open", OPEN)
    if known is not None and known.department_id != department:
        raise absent(SURVEY)
    _refuse(department, values)
    row = known or Survey(department_id=department, made_by=viewer.account, made_at=viewer.now())
    before = said_of(row, list(row.questions.all())) if known else ""
    for name in ("title", "year", "audience", "introduction", "opens_on", "closes_on", "scheme", "least"):
        setattr(row, name, getattr(values, name))
    row.indicator_id = values.indicator
    row.save()
    row.questions.all().delete()
    questions = [
        SurveyQuestion(
            survey=row, position=position, text=one.text.strip(), text_en=one.text_en.strip(), kind=one.kind,
            choices=list(one.choices) if one.kind == Kind.CHOICE else [], weight=one.weight,
            counts=one.counts and one.kind == Kind.GRADE, required=one.required,
        )
        for position, one in enumerate(values.questions, 1)
    ]  # fmt: skip
    SurveyQuestion.objects.bulk_create(questions)
    details = {"year": row.year, "count": len(questions)}
    return Done(row, "evaluation.Survey", str(row.pk), row.title, str(department), before, said_of(row, questions), details)


def said_of(survey: Survey, questions: Sequence[SurveyQuestion]) -> str:
    """The digest of what a survey asks: what the trail keeps of it."""
    head = [survey.title, survey.year, survey.audience, survey.introduction, survey.opens_on, survey.closes_on, survey.scheme, survey.least]
    lines = [f"{one.position}|{one.text}|{one.kind}|{one.weight}|{one.counts}|{one.required}|{one.choices}" for one in questions]
    return digest_of([*map(str, head), str(survey.indicator_id), *lines])


def _refuse(department: UUID, values: SurveyValues) -> None:
    texts = [("title", values.title, TITLE), ("audience", values.audience, AUDIENCE), ("introduction", values.introduction, INTRODUCTION)]
    texts += [("questions", " ".join((one.text, one.text_en, *one.choices)), QUESTION) for one in values.questions]
    written(texts, needed=("title", "audience"))
    budget_year(values.year)
    if len(values.title) > 200 or len(values.audience) > 200:
        raise _wrong("title", Text("调查名称和调查对象各不超过 200 字。", "Title and audience have at most 200 characters each."))
    if values.closes_on < values.opens_on:
        raise _wrong("closes_on", Text("截止日期不能早于开始日期。", "The last day cannot come before the first."))
    if values.scheme not in schemes():
        raise _wrong("scheme", Text("请选择满意度的计算办法。", "Choose how satisfaction is counted."))
    if not 1 <= values.least <= 10000:
        raise _wrong("least", Text("最少答卷数应在 1 到 10000 之间。", "The least number of answers lies between 1 and 10000."))
    if values.indicator and not Indicator.objects.filter(pk=values.indicator, department=department).exists():
        raise _wrong("indicator", Text("没有找到该指标，请重新选择。", "This indicator was not found; choose again."))
    _refuse_questions(values.questions)


def _refuse_questions(questions: Sequence[QuestionValues]) -> None:
    if not 1 <= len(questions) <= MOST:
        raise _wrong("questions", Text("请填写 1 到 {n} 道题。", "Write 1 to {n} questions.").with_(n=MOST))
    for number, one in enumerate(questions, 1):
        if one.kind not in Kind.values:
            raise _wrong("questions", Text("第 {n} 题：请选择题型。", "Question {n}: choose its kind.").with_(n=number))
        if len(one.text) > 300 or len(one.text_en) > 300:
            raise _wrong("questions", Text("第 {n} 题超过 300 字，请缩短。", "Question {n} has more than 300 characters.").with_(n=number))
        if one.kind == Kind.CHOICE and not 2 <= len(set(one.choices)) == len(one.choices) <= MOST_CHOICES:
            raise _wrong("questions", CHOICES.with_(n=number, most=MOST_CHOICES))
        if not one.weight.is_finite() or not 0 < one.weight <= 1000 or one.weight != one.weight.quantize(Decimal("0.0001")):
            raise _wrong("questions", Text("第 {n} 题的权重应大于 0。", "The weight of question {n} must be above 0.").with_(n=number))
    if not any(one.counts and one.kind == Kind.GRADE for one in questions):
        raise _wrong("questions", NONE_COUNTS)


def _wrong(name: str, text: Text) -> Invalid:
    return Invalid("invalid", text, {name: text})


OPEN = Text(
    "调查已开始，题目和设置不能再改。需要修改时请结束本次调查，另编一份。",
    "The survey is open: its questions and settings stay. To change them, close it and write another.",
)
CHOICES = Text("第 {n} 题：请填写 2 到 {most} 个不同的选项，每行一个。", "Question {n}: give 2 to {most} different choices, one a line.")
NONE_COUNTS = Text("至少要有一道“满意度五级”题计入满意度。", "At least one question of five grades must count towards the figure.")
