"""Satisfaction surveys (满意度调查) for those who hold them, and the yearly sheet of a department (基础数据)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from zhiheng_web.api import evaluation_inputs as inputs
from zhiheng_web.api import rectification_shapes as shapes
from zhiheng_web.api.entrance import READ, STEPS, answers, page, results
from zhiheng_web.api.inputs import Code, Limit, Offset, Year
from zhiheng_web.api.shapes import CountShape, MadeShape, Page
from zhiheng_web.evaluation.actions.cancel_invitation import cancel_invitation
from zhiheng_web.evaluation.actions.close_survey import close_survey
from zhiheng_web.evaluation.actions.invite import invite
from zhiheng_web.evaluation.actions.keep_sheet import FigureValues, keep_sheet
from zhiheng_web.evaluation.actions.keep_survey import QuestionValues, SurveyValues, keep_survey
from zhiheng_web.evaluation.actions.open_survey import open_survey
from zhiheng_web.evaluation.policies.surveys import survey_for
from zhiheng_web.evaluation.queries.sheet import sheet_page
from zhiheng_web.evaluation.queries.survey_results import survey_lines, survey_page
from zhiheng_web.organisation.authority import authorise_menu

router = Router(tags=["满意度调查与基础数据 Surveys and sheets"], auth=STEPS)
SURVEY, SHEET = "/surveys/{uuid:survey}", "/departments/{uuid:department}/sheet/{year}"
MADE = results(MadeShape)


@router.get("/surveys", response=answers(Page[shapes.SurveyLineShape]), auth=READ, operation_id="surveys", summary="Surveys 满意度调查")
def surveys(request: HttpRequest, year: Year | None = None, limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """Those that the caller sees: finance the closed ones."""
    return page(survey_lines(request.viewer, year)[0], limit, offset, lambda line: line)


@router.get(SURVEY, response=answers(shapes.SurveyShape), auth=READ, operation_id="survey", summary="One survey 一次调查")
def survey(request: HttpRequest, survey: UUID) -> dict[str, Any]:
    """What it asks and, once it is closed, its result: cells of few answers are held back, and no answer leads to a person."""
    found = survey_page(request.viewer, survey)
    row = found.survey
    words = [{"question": question, "words": list(said)} for question, said in found.words]
    plain = {name: getattr(found, name) for name in ("line", "questions", "results", "can")}
    return {**plain, "introduction": row.introduction, "scheme": row.scheme, "least": row.least, "words": words}


@router.post("/departments/{uuid:department}/surveys", response=MADE, operation_id="keep_survey", summary="Write a survey 编制满意度调查")
def write(request: HttpRequest, department: UUID, payload: inputs.SurveyInput) -> dict[str, Any]:
    """Write a survey of a department."""
    return {"id": keep_survey(request.viewer, department, _values(payload)).pk}


@router.post(SURVEY, response=MADE, operation_id="correct_survey", summary="Write a survey anew 修改满意度调查")
def rewrite(request: HttpRequest, survey: UUID, payload: inputs.SurveyInput) -> dict[str, Any]:
    """Once it is open nothing of it changes."""
    authorise_menu(request.viewer, "evaluation.keep_survey")
    row = survey_for(request.viewer, survey)
    return {"id": keep_survey(request.viewer, row.department_id, _values(payload), row.pk).pk}


def _values(payload: inputs.SurveyInput) -> SurveyValues:
    questions = [
        QuestionValues(one.text, one.kind, Decimal(one.weight), one.text_en, tuple(one.choices), one.counts, one.required)
        for one in payload.questions
    ]
    return SurveyValues(**payload.dict(exclude={"questions"}), questions=questions)


@router.post(f"{SURVEY}/open", response=MADE, operation_id="open_survey", summary="Open a survey 开始调查")
def start(request: HttpRequest, survey: UUID) -> dict[str, Any]:
    """Its questions are fixed from now on."""
    return {"id": open_survey(request.viewer, survey).pk}


@router.post(f"{SURVEY}/invitations", response=results(shapes.LinksShape), operation_id="invite", summary="Make links 生成邀请")
def invitations(request: HttpRequest, survey: UUID, payload: inputs.InvitationsInput) -> dict[str, Any]:
    """One answer each. Only their digests are kept: nobody can have them told again."""
    return {"tokens": invite(request.viewer, survey, payload.number, payload.label)}


@router.post(f"{SURVEY}/cancel-link", response=MADE, operation_id="cancel_invitation", summary="Cancel a link 作废邀请")
def cancel(request: HttpRequest, survey: UUID, payload: inputs.LinkGoneInput) -> dict[str, Any]:
    """A link that went astray; one that was answered stays."""
    cancel_invitation(request.viewer, survey, payload.link)
    return {"id": survey}


@router.post(f"{SURVEY}/close", response=MADE, operation_id="close_survey", summary="Close a survey 结束调查")
def end(request: HttpRequest, survey: UUID) -> dict[str, Any]:
    """For good: its figure can be evidence from now on."""
    return {"id": close_survey(request.viewer, survey).pk}


@router.get(
    SHEET,
    response=answers(shapes.YearlySheetShape),
    auth=READ,
    operation_id="department_sheet",
    summary="The yearly sheet 部门整体基础数据",
)
def sheet(request: HttpRequest, department: UUID, year: Year, practice: Code = "") -> Any:
    """The inputs of the department-wide frame with their source, and the ratios; points by a place's ``practice`` if one is named."""
    return sheet_page(request.viewer, department, year, practice)


@router.post(SHEET, response=results(CountShape), operation_id="keep_sheet", summary="Fill in the sheet 填报基础数据")
def keep(request: HttpRequest, department: UUID, year: Year, payload: inputs.FiguresInput) -> dict[str, Any]:
    """Record the figures that differ from what stands; what is replaced stays on record. A file is added at the page."""
    figures = [
        FigureValues(one.code, one.state, None if one.value is None else Decimal(one.value), one.source, one.base)
        for one in payload.figures
    ]
    return {"count": len(keep_sheet(request.viewer, department, year, figures, reason=payload.reason))}
