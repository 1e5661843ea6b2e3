"""Pages of satisfaction surveys for those who hold them: the list, writing one, its links, its result."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhiheng.evaluation.survey import default, presets, schemes
from zhiheng_web.evaluation.actions.cancel_invitation import cancel_invitation
from zhiheng_web.evaluation.actions.close_survey import close_survey
from zhiheng_web.evaluation.actions.invite import MOST, invite
from zhiheng_web.evaluation.actions.keep_survey import keep_survey
from zhiheng_web.evaluation.actions.open_survey import open_survey
from zhiheng_web.evaluation.forms import surveys as sent
from zhiheng_web.evaluation.models import Survey, SurveyQuestion
from zhiheng_web.evaluation.policies.surveys import survey_for, surveying_departments
from zhiheng_web.evaluation.queries.survey_results import invited, result_rows, satisfaction_indicators, survey_lines, survey_page
from zhiheng_web.evaluation.surveying import new_token
from zhiheng_web.organisation.authority import authorise_menu, may
from zhiheng_web.planning.forms.money import text, whole
from zhiheng_web.trail.action import Invalid, Refusal
from zhiheng_web.ui.exporting import file_of
from zhiheng_web.wording import Text

SAVED = Text("调查已保存。", "The survey is saved.")
OPENED = Text("调查已开始。请生成邀请链接并发给调查对象。", "The survey is open. Make links and send them out.")
CLOSED = Text("调查已结束，结果已固定。", "The survey is closed; its result stands.")
CANCELLED = Text("链接已作废。", "The link is cancelled.")
NO_RESULT = Text("调查尚未结束，还没有结果。请先结束调查。", "The survey is not closed and has no result yet. Close it first.")
KINDS = {
    SurveyQuestion.Kind.GRADE: Text("满意度五级", "Five grades"),
    SurveyQuestion.Kind.CHOICE: Text("单选", "One choice"),
    SurveyQuestion.Kind.TEXT: Text("文字意见", "Words"),
}
BLANK_ROWS = 3


@require_GET
def surveys(request: HttpRequest) -> HttpResponse:
    """The surveys that the viewer sees."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else None
    lines, years = survey_lines(request.viewer, year)
    context = {"lines": lines, "years": years, "year": year, "may_make": may(request.viewer, "evaluation.keep_survey", None)}
    return render(request, "evaluation/surveys/list.html", context)


@require_http_methods(["GET", "POST"])
def new_survey(request: HttpRequest) -> HttpResponse:
    """Write a survey."""
    authorise_menu(request.viewer, "evaluation.keep_survey")
    if request.method == "POST":
        return _kept(request, None)
    return render(request, "evaluation/surveys/form.html", _form(request, None))


@require_http_methods(["GET", "POST"])
def edit_survey(request: HttpRequest, survey: UUID) -> HttpResponse:
    """Write a survey anew that has not been opened."""
    row = survey_for(request.viewer, survey)
    if request.method == "POST":
        return _kept(request, row)
    return render(request, "evaluation/surveys/form.html", _form(request, row))


@require_GET
def survey(request: HttpRequest, survey: UUID) -> HttpResponse:
    """One survey: what it asks, how far it is, its result."""
    page = survey_page(request.viewer, survey)
    context = {"page": page, "kinds": KINDS, "most": MOST, "bar_year": page.survey.year, "key": new_token()}
    return render(request, "evaluation/surveys/survey.html", context)


@require_POST
def open_it(request: HttpRequest, survey: UUID) -> HttpResponse:
    """Open a survey."""
    open_survey(request.viewer, survey)
    messages.success(request, str(OPENED))
    return redirect("evaluation:survey", survey)


@require_POST
def close_it(request: HttpRequest, survey: UUID) -> HttpResponse:
    """Close a survey."""
    close_survey(request.viewer, survey)
    messages.success(request, str(CLOSED))
    return redirect("evaluation:survey", survey)


@never_cache
@require_POST
def invitations(request: HttpRequest, survey: UUID) -> HttpResponse:
    """New links: on the page, and from there as a file. Left, the page cannot be had again."""
    number, label, key = whole(request.POST, "number") or 0, text(request.POST, "label"), text(request.POST, "key")
    tokens = invite(request.viewer, survey, number, label, key)
    links = [request.build_absolute_uri(reverse("evaluation:answer", args=[token])) for token in tokens]
    row = survey_for(request.viewer, survey)
    if request.POST.get("as") == "xlsx":
        head = [str(Text("序号", "No.")), str(Text("答卷链接", "Link"))]
        name = f"{row.title} {Text('答卷链接', 'links')}"
        return file_of("xlsx", name, [head, *([number, link] for number, link in enumerate(links, 1))])
    context = {"survey": row, "links": links, "number": number, "label": label, "key": key, "invited": invited(row)}
    return render(request, "evaluation/surveys/links.html", context)


@require_POST
def cancel_link(request: HttpRequest, survey: UUID) -> HttpResponse:
    """Cancel a link that went astray."""
    cancel_invitation(request.viewer, survey, text(request.POST, "link"))
    messages.success(request, str(CANCELLED))
    return redirect("evaluation:survey", survey)


@require_GET
def result(request: HttpRequest, survey: UUID) -> HttpResponse:
    """The result of a closed survey as a workbook: evidence of the figure."""
    row = survey_for(request.viewer, survey)
    if row.result is None:
        raise Refusal("survey_not_closed", NO_RESULT)
    return file_of("xlsx", f"{row.title} {Text('调查结果', 'result')}", result_rows(row))


def _kept(request: HttpRequest, row: Survey | None) -> HttpResponse:
    """Save what the form sent; what is wrong with it is said above it, and what was typed stays."""
    try:
        department = row.department_id if row else sent.department(request.POST)
        made = keep_survey(request.viewer, department, sent.survey_values(request.POST), row.pk if row else None)
    except Invalid as refused:
        context = {**_form(request, row), "refused": refused}
        return render(request, "evaluation/surveys/form.html", context, status=400)
    messages.success(request, str(SAVED))
    return redirect("evaluation:survey", made.pk)


def _form(request: HttpRequest, row: Survey | None) -> dict[str, Any]:
    departments = surveying_departments(request.viewer)
    values = request.POST if request.method == "POST" else _values(row)
    return {
        "survey": row, "values": values, "rows": _rows(request, row), "kinds": KINDS, "schemes": schemes().values(), "entry_page": True,
        "departments": departments, "indicators": satisfaction_indicators([one.pk for one in departments]),
    }  # fmt: skip


def _values(row: Survey | None) -> dict[str, Any]:
    today = timezone.localdate()
    if row is None:
        return {"year": today.year, "opens_on": today, "least": default("least"), "scheme": "share"}
    names = ("title", "year", "audience", "introduction", "opens_on", "closes_on", "least", "scheme")
    return {**{name: getattr(row, name) for name in names}, "indicator": str(row.indicator_id or "")}


def _rows(request: HttpRequest, row: Survey | None) -> list[dict[str, Any]]:
    """The rows of questions: as sent, as kept, or the preset ones; with some to spare."""
    if request.method == "POST":
        post, names = request.POST, ("text", "text_en", "kind", "weight", "choices")
        sent_rows = [{name: post.get(f"q{index}-{name}", "") for name in names} for index in range(sent.MOST_QUESTIONS)]
        rows = [
            {**one, "counts": f"q{index}-counts" in post, "required": f"q{index}-required" in post}
            for index, one in enumerate(sent_rows) if f"q{index}-text" in post
        ]  # fmt: skip
        return [{**one, "index": index} for index, one in enumerate(rows)]
    if row is not None:
        names = ("text", "text_en", "kind", "weight", "counts", "required")
        found = [{**{name: getattr(one, name) for name in names}, "choices": "\n".join(one.choices)} for one in row.questions.all()]
    else:
        found = [
            {"text": one["zh"], "text_en": one["en"], "kind": "grade", "weight": 1, "counts": True, "required": True} for one in presets()
        ]
        found.append({"text": ANY_WORDS.zh, "text_en": ANY_WORDS.en, "kind": "text", "weight": 1, "counts": False, "required": False})
    spare = [{"kind": "grade", "weight": 1, "counts": True, "required": True, "text": ""}] * BLANK_ROWS
    return [{**one, "index": index} for index, one in enumerate([*found, *spare][: sent.MOST_QUESTIONS])]


ANY_WORDS = Text("您还有什么意见和建议？", "Is there anything else you would like to say?")
