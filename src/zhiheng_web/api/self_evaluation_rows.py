"""The steps that are taken on one row of a self-evaluation: judging, declaring, overriding, files."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form
from ninja.files import UploadedFile

from zhiheng_web.api import year_inputs as inputs
from zhiheng_web.api.entrance import results
from zhiheng_web.api.inputs import ReasonInput
from zhiheng_web.api.self_evaluations import MADE, ONE, router
from zhiheng_web.api.shapes import CountShape
from zhiheng_web.evaluation.actions.add_file import add_file
from zhiheng_web.evaluation.actions.confirm_override import confirm_override
from zhiheng_web.evaluation.actions.declare_actual import declare_actual
from zhiheng_web.evaluation.actions.judge_row import judge_row
from zhiheng_web.evaluation.actions.override_score import override_score
from zhiheng_web.evaluation.actions.take_back_override import take_back_override
from zhiheng_web.evaluation.actions.withdraw_file import withdraw_file

ROW = f"{ONE}/rows/{{uuid:self_row}}"


@router.post(f"{ROW}/judge", response=MADE, operation_id="judge_row", summary="Judge a row 评定定性指标")
def judge(request: HttpRequest, self_evaluation: UUID, self_row: UUID, payload: inputs.JudgeInput) -> dict[str, Any]:
    """Tier and points of a target in words, with what they rest on; or take the judgement back."""
    points = None if payload.points is None else Decimal(payload.points)
    judged = judge_row(request.viewer, self_evaluation, self_row, payload.tier, points, payload.basis, payload.edits)
    return {"id": judged.pk}


@router.post(f"{ROW}/declare", response=MADE, operation_id="declare_actual", summary="Declare a figure 申报实际完成值")
def declare(
    request: HttpRequest,
    self_evaluation: UUID,
    self_row: UUID,
    declared: Form[inputs.DeclaredInput],
    file: File[list[UploadedFile] | None] = None,
) -> dict[str, Any]:
    """The year's figure of an indicator that no register counts becomes an entry of kind declared, with its evidence."""
    said, more = declared.told(), {"moved": declared.moved, "done_on": declared.done_on, "so_far": declared.so_far}
    made = declare_actual(request.viewer, self_evaluation, self_row, said.number, said.unit, said.source, file or [], **more)
    return {"id": made.pk}


@router.post(f"{ROW}/override", response=MADE, operation_id="override_score", summary="Override a score 人工改分")
def override(request: HttpRequest, self_evaluation: UUID, self_row: UUID, payload: inputs.OverrideInput) -> dict[str, Any]:
    """Propose other points; they count, and are published as such, once a second person has confirmed them."""
    points = Decimal(payload.points)
    return {"id": override_score(request.viewer, self_evaluation, self_row, points, payload.reason, payload.edits).pk}


@router.post(f"{ROW}/override/take-back", response=MADE, operation_id="take_back_override", summary="Take an override back 撤回改分")
def take_back(request: HttpRequest, self_evaluation: UUID, self_row: UUID) -> dict[str, Any]:
    """The points of the rules stand again; the trail keeps that it was there."""
    return {"id": take_back_override(request.viewer, self_evaluation, self_row).pk}


@router.post(f"{ROW}/override/confirm", response=MADE, operation_id="confirm_override", summary="Confirm an override 第二人确认改分")
def confirm(request: HttpRequest, self_evaluation: UUID, self_row: UUID, payload: inputs.ConfirmOverrideInput) -> dict[str, Any]:
    """Confirm exactly what was looked at, as another person than who proposed it."""
    return {"id": confirm_override(request.viewer, self_evaluation, self_row, Decimal(payload.points), payload.edits).pk}


@router.post(f"{ROW}/files", response=results(CountShape), operation_id="add_file", summary="Add files 上传自评佐证材料")
def add(
    request: HttpRequest, self_evaluation: UUID, self_row: UUID, said: Form[inputs.SelfFileInput], file: File[list[UploadedFile]]
) -> dict[str, Any]:
    """Files that support a value beside the entries of its register. The same content is recorded once."""
    return {"count": len(add_file(request.viewer, self_evaluation, self_row, file, said.title, public=said.public))}


@router.post(f"{ONE}/files/{{uuid:self_file}}/withdraw", response=MADE, operation_id="withdraw_file", summary="Withdraw a file 撤回材料")
def withdraw(request: HttpRequest, self_evaluation: UUID, self_file: UUID, payload: ReasonInput) -> dict[str, Any]:
    """It supports nothing from now on and stays on record."""
    return {"id": withdraw_file(request.viewer, self_evaluation, self_file, payload.reason).pk}
