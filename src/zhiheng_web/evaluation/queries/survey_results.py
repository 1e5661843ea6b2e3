"""Surveys for their pages and as evidence: the list, one survey, what a closed one came to, and the observation that scoring takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import SystemRandom
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zhiheng.evaluation.survey import GRADES, Question, Scheme, Tally, default, grade_name, schemes, shown
from zhiheng.scoring.observation import Counted, Missing, NotDue
from zhiheng.scoring.rounding import Mode, Rounding
from zhiheng.scoring.trace import printed
from zhiheng_web.evaluation.models import Survey, SurveyQuestion, SurveyReply
from zhiheng_web.evaluation.policies.surveys import scope_of, survey_for, visible_surveys
from zhiheng_web.evaluation.surveying import STATES, TONES, scheme_from, state_of, tally_from
from zhiheng_web.organisation.authority import authorise_menu, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import Indicator
from zhiheng_web.wording import Text

WHOLE = Rounding(Mode.HALF_UP, 0)
HELD_BACK = Text("不列示", "held back")
ALL_HELD = Text("各项答卷都太少，不列示分布", "Too few answers of each kind: the distribution is held back")
NOT_CLOSED = "survey is still open"


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """A survey in the list, with how it stands today."""

    survey: Survey
    state: str
    invited: int
    answers: int

    @property
    def state_name(self) -> Text:
        """The state in words."""
        return STATES[self.state]

    @property
    def tone(self) -> str:
        """The class of its badge."""
        return TONES.get(self.state, "")

    @property
    def tally(self) -> Tally | None:
        """What it came to; None while it is not closed."""
        return tally_from(self.survey.result) if self.survey.result else None

    @property
    def figure(self) -> Text | None:
        """The figure, or why there is none; None while it is not closed."""
        return Text(self.tally.words("zh"), self.tally.words("en")) if self.tally else None


@dataclass(frozen=True, slots=True)
class Cell:
    """How many gave one answer; ``number`` None: held back."""

    name: Text
    number: int | None

    @property
    def words(self) -> Text:
        """The number, or that it is held back."""
        return HELD_BACK if self.number is None else Text(str(self.number), str(self.number))


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question of a closed survey.

    ``percent`` is its own satisfaction, in whole per cent where a cell is held back; '' where there is none.
    """

    text: Text
    weight: str
    counts: bool
    answered: str
    percent: str
    cells: Sequence[Cell]

    @property
    def hidden(self) -> bool:
        """Whether every cell is held back."""
        return all(cell.number is None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """One survey with what the viewer may do to it. ``words`` are the free words, in no order, for whoever may read them."""

    line: SurveyLine
    questions: Sequence[SurveyQuestion]
    results: Sequence[QuestionResult]
    scheme: Scheme
    words: Sequence[tuple[Text, Sequence[str]]]
    can: dict[str, bool]

    @property
    def survey(self) -> Survey:
        """The survey itself."""
        return self.line.survey

    @property
    def cell(self) -> int:
        """The number of answers below which a cell is held back."""
        return default("cell")


def behind(viewer: Viewer, survey: Survey | None) -> SurveyLine | None:
    """The survey behind a figure, where the viewer may read it; None where he may not, or there is none."""
    if survey is None:
        return None
    found = _numbered(visible_surveys(viewer).filter(pk=survey.pk)).first()
    return None if found is None else _line(viewer, found)


def invited(survey: Survey) -> int:
    """How many were invited and not cancelled."""
    return survey.invitations.filter(cancelled=False).count()


STEPS = ("keep_survey", "open_survey", "invite", "cancel_invitation", "close_survey")


def survey_lines(viewer: Viewer, year: int | None = None) -> tuple[list[SurveyLine], list[int]]:
    """The surveys that the viewer sees, of one year or of all, and the years there are. Three queries."""
    authorise_menu(viewer, "evaluation.see_surveys")
    seen = visible_surveys(viewer)
    years = sorted(set(seen.order_by().values_list("year", flat=True)), reverse=True)
    rows = list(_numbered(seen.filter(year=year) if year else seen).select_related("department", "indicator"))
    return [_line(viewer, row) for row in rows], years


def survey_page(viewer: Viewer, survey: UUID) -> SurveyPage:
    """One survey. The same number of queries for any number of answers, but for the words of a closed one."""
    row = survey_for(viewer, survey)
    numbered = _numbered(Survey.objects.filter(pk=row.pk)).get()
    row.invited, row.answered = numbered.invited, numbered.answered  # type: ignore[attr-defined]
    line = _line(viewer, row)
    questions = list(row.questions.all())
    scope = scope_of(row)
    can = {name: may(viewer, f"evaluation.{name}", scope) for name in STEPS}
    can["keep_survey"] &= row.opened_at is None
    can["open_survey"] &= row.opened_at is None
    for name in ("invite", "cancel_invitation", "close_survey"):
        can[name] &= row.opened_at is not None and row.closed_at is None
    scheme = scheme_from(row.result) if row.result else schemes()[row.scheme]
    words = _words(row, questions) if row.closed_at and may(viewer, "evaluation.read_survey_words", scope) else ()
    return SurveyPage(line, questions, results_of(row), scheme, words, can)


def results_of(survey: Survey) -> list[QuestionResult]:
    """The questions of a closed survey, cells of few answers held back; none below the least number of answers."""
    if not survey.result or tally_from(survey.result).state == "few":
        return []
    scheme = scheme_from(survey.result)
    asked = {question.position: question for question in survey.questions.all()}
    return [_result(question, scheme, asked.get(question["position"])) for question in survey.result["questions"]]


def observation_of(survey: Survey) -> Counted | Missing | NotDue:
    """What scoring takes of a survey: a rate with its terms once it is closed; nothing while it is open, and nothing of too few answers."""
    if not survey.result:
        return NotDue(NOT_CLOSED)
    return tally_from(survey.result).observation or Missing()


def closed_surveys(viewer: Viewer, department: UUID, year: int) -> QuerySet[Survey]:
    """The surveys of a department and year that can be evidence of a figure."""
    return visible_surveys(viewer).filter(department=department, year=year, closed_at__isnull=False).order_by("closed_at")


def satisfaction_indicators(departments: Sequence[UUID]) -> QuerySet[Indicator]:
    """The indicators a survey may give a figure for: those called after satisfaction, or in a level called so."""
    named = Q(name__contains="满意") | Q(rows__level_1__contains="满意") | Q(rows__level_2__contains="满意")
    return Indicator.objects.filter(named, department__in=departments).distinct().order_by("name")


def result_rows(survey: Survey) -> list[list[Any]]:
    """A closed survey as rows of a file: the head, then the questions as the page shows them."""
    found = tally_from(survey.result)
    scheme = scheme_from(survey.result)
    rows: list[list[Any]] = [
        [str(Text("项目", "Item")), str(Text("内容", "Content"))],
        [str(Text("调查名称", "Survey")), survey.title],
        [str(Text("部门", "Department")), survey.department.name],
        [str(Text("年度", "Year")), str(survey.year)],
        [str(Text("对应指标", "Indicator")), str(survey.indicator or "")],
        [str(Text("调查对象", "Audience")), survey.audience],
        [str(Text("调查时间", "Days")), f"{survey.opens_on} — {survey.closes_on}"],
        [str(Text("发出邀请", "Invited")), found.invited],
        [str(Text("收回答卷", "Answered")), found.answers],
        [str(Text("回收率", "Rate of return")), f"{found.returned}%" if found.returned else "—"],
        [str(Text("计算办法", "Counted by")), str(Text(scheme.zh, scheme.en))],
        [str(Text("满意度", "Satisfaction")), str(Text(found.words("zh"), found.words("en")))],
        [str(Text("答卷摘要（SHA-256）", "Digest of the answers (SHA-256)")), survey.digest],
    ]
    for one in results_of(survey):
        said = str(ALL_HELD) if one.hidden else "；".join(f"{cell.name} {cell.words}" for cell in one.cells)
        rows.append([str(one.text), f"{one.percent}%；{said}" if one.percent else said])
    return rows


def _numbered(surveys: QuerySet[Survey]) -> QuerySet[Survey]:
    invited = Count("invitations", filter=Q(invitations__cancelled=False), distinct=True)
    return surveys.annotate(invited=invited, answered=Count("answers", distinct=True))


def _line(viewer: Viewer, row: Any) -> SurveyLine:
    return SurveyLine(row, state_of(row, viewer.today()), row.invited, row.answered)


def _result(question: dict[str, Any], scheme: Scheme, asked: SurveyQuestion | None) -> QuestionResult:
    choices = asked.choices if asked is not None else []
    text = asked.asked if asked is not None else Text(question["text"], question["text"])
    least = default("cell")
    counts = {int(key): number for key, number in question["cells"].items()}
    graded = question["kind"] == SurveyQuestion.Kind.GRADE
    seen = shown(counts, least)
    names = {grade: Text(grade_name(grade, "zh"), grade_name(grade, "en")) for grade in GRADES}
    cells = [Cell(names[key] if graded else Text(choices[key], choices[key]), seen[key]) for key in counts]
    answered = sum(counts.values())
    share = Question("", scheme.shares[5], counts).share(scheme) if graded and answered >= least else None
    rounding = WHOLE if None in seen.values() else Rounding(Mode.HALF_UP, 2)
    percent = "" if share is None else printed(rounding.apply(share * 100))
    return QuestionResult(text, printed(Decimal(question["weight"])), question["counts"], str(answered), percent, cells)


def _words(survey: Survey, questions: Sequence[SurveyQuestion]) -> list[tuple[Text, list[str]]]:
    """The free words of a closed survey by question, each time in another order."""
    asked = {question.pk: question.asked for question in questions if question.kind == SurveyQuestion.Kind.TEXT}
    found: dict[UUID, list[str]] = {key: [] for key in asked}
    for question, text in (
        SurveyReply.objects.filter(answer__survey=survey, question__in=asked).exclude(text="").values_list("question", "text")
    ):
        found[question].append(text)
    for texts in found.values():
        SystemRandom().shuffle(texts)
    return [(asked[key], texts) for key, texts in found.items()]
