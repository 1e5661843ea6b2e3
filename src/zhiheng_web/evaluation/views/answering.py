"""Answering a survey by its link: without an account, on a phone, without script."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhiheng.evaluation.survey import GRADES, grade_name
from zhiheng_web.evaluation.actions.answer_survey import LONGEST, answer_survey, invitation_of
from zhiheng_web.evaluation.answering_rate import within_rate
from zhiheng_web.evaluation.forms.surveys import Answered, replies
from zhiheng_web.evaluation.models import SurveyQuestion
from zhiheng_web.organisation.gates import login_not_required
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Absent, Invalid, Refusal
from zhiheng_web.ui.language import in_browsers_language
from zhiheng_web.wording import Text, language

TOO_OFTEN = Text("打开得太频繁了，请十分钟后再试。", "This was tried too often; please try again in ten minutes.")


@login_not_required
@never_cache
@in_browsers_language
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The questions; sent back answered, the answer is stored and thanked for. Who is signed in is not looked at."""
    nobody = Viewer(None)
    if request.method == "POST" and not within_rate("answer", request.viewer.address):
        return _said(request, TOO_OFTEN, 429)
    try:
        _, survey = invitation_of(nobody, token)
        questions = list(survey.questions.all())
        answered = replies(questions, request.POST) if request.method == "POST" else Answered((), {})
        if request.method == "POST" and not answered.errors:
            answer_survey(nobody, token, answered.replies)
            return redirect("evaluation:answered")
    except Invalid as refused:
        errors = {int(name[1:]): text for name, text in refused.fields.items() if name[1:].isdecimal()}
        answered, problem = Answered((), errors), refused.text
    except Absent as refused:
        text = refused.text if within_rate("wrong", request.viewer.address) else TOO_OFTEN
        return _said(request, text, 404 if text is refused.text else 429)
    except Refusal as refused:
        return _said(request, refused.text, 410 if refused.code != "survey_waiting" else 403)
    else:
        problem = INCOMPLETE if answered.errors else None
    context = {"survey": survey, "fields": _fields(request, questions, answered), "problem": problem, "longest": LONGEST}
    return _unlogged(render(request, "evaluation/surveys/answer.html", context, status=400 if problem else 200))


@login_not_required
@in_browsers_language
@require_GET
def answered(request: HttpRequest) -> HttpResponse:
    """Thanks. The page is the same for everybody and names no survey."""
    return render(request, "evaluation/surveys/thanks.html")


def _said(request: HttpRequest, text: Text, status: int) -> HttpResponse:
    return _unlogged(render(request, "evaluation/surveys/not_now.html", {"text": text}, status=status))


def _unlogged(response: HttpResponse) -> HttpResponse:
    """Django writes the address of every 4xx into the log; here it is somebody's link, and when he used it is nobody's business."""
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _fields(request: HttpRequest, questions: list[SurveyQuestion], answered: Answered) -> list[dict[str, Any]]:
    """Each question with its choices, what was chosen and what is wrong with it."""
    fields = []
    for question in questions:
        kind = question.kind
        names = [(grade, grade_name(grade, language())) for grade in GRADES] if kind == "grade" else list(enumerate(question.choices))
        sent = request.POST.get(f"q{question.position}", "")
        fields.append(
            {
                "question": question,
                "text": question.asked,
                "choices": [(value, name, sent == str(value)) for value, name in names] if kind != "text" else [],
                "sent": sent,
                "error": answered.errors.get(question.position),
            }
        )
    return fields


INCOMPLETE = Text("还有题没有回答，请看标红的地方。", "Some questions are not answered yet: see what is marked.")
