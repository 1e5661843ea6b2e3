"""The library of indicators, plan values, generating, and the exchange with the integrated system."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from zhiheng_web.api import more_inputs as inputs
from zhiheng_web.api import preparing_shapes, shapes
from zhiheng_web.api.entrance import READ, STEPS, answers, page, results
from zhiheng_web.api.inputs import Code, Limit, Line, Number, Offset, Year
from zhiheng_web.api.told import binary
from zhiheng_web.organisation.authority import absent
from zhiheng_web.planning.actions.keep_library_indicator import (
    keep_library_indicator,
    load_common_indicators,
    switch_library_indicator,
)
from zhiheng_web.planning.actions.keep_planned_values import keep_planned_values
from zhiheng_web.planning.queries.exchange import exchange
from zhiheng_web.planning.queries.generating import bases, generation_notes, new_table
from zhiheng_web.planning.queries.library import library_entry_for, visible_entries
from zhiheng_web.planning.queries.planned_values import plan_start, planned_grid
from zhiheng_web.wording import Text

router = Router(tags=["编制 Preparing"], auth=STEPS)
MADE = results(shapes.MadeShape)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE = Text("该格式的文件", "a file of this kind")


@router.get(
    "/library", response=answers(shapes.Page[preparing_shapes.EntryShape]), auth=READ, operation_id="library", summary="Library 指标库"
)
def library(request: HttpRequest, words: Line = "", limit: Limit = 50, offset: Offset = 0) -> Any:
    """The entries that the caller may use, by code; ``words`` stand in the code or the name."""
    found = visible_entries(request.viewer).order_by("code", "pk")
    found = found.filter(name__icontains=words) | found.filter(code__icontains=words) if words else found
    return page(found, limit, offset, lambda row: row)


@router.get(
    "/library/{uuid:entry}",
    response=answers(preparing_shapes.EntryShape),
    auth=READ,
    operation_id="library_entry",
    summary="One entry 一个指标",
)
def entry(request: HttpRequest, entry: UUID) -> Any:
    """One entry."""
    return library_entry_for(request.viewer, entry)


@router.post("/library", response=MADE, operation_id="keep_library_indicator", summary="Add an entry 新增指标")
def add(request: HttpRequest, payload: inputs.NewLibraryInput) -> dict[str, Any]:
    """Add an entry for a department, or for all."""
    return {"id": keep_library_indicator(request.viewer, _fields(payload), department=payload.department).pk}


@router.post("/library/{uuid:entry}", response=MADE, operation_id="change_library_entry", summary="Change an entry 修改指标")
def change(request: HttpRequest, entry: UUID, payload: inputs.LibraryInput) -> dict[str, Any]:
    """Write an entry anew. Tables that use it are not touched."""
    return {"id": keep_library_indicator(request.viewer, _fields(payload), entry=entry).pk}


def _fields(said: inputs.LibraryInput) -> dict[str, Any]:
    points = None if said.usual_points is None else Decimal(said.usual_points)
    return {**said.dict(exclude={"department", "usual_points"}), "usual_points": points}


@router.post("/library/{uuid:entry}/switch", response=MADE, operation_id="switch_library_indicator", summary="Offer or not 启用停用")
def switch(request: HttpRequest, entry: UUID, payload: inputs.SwitchInput) -> dict[str, Any]:
    """Offer an entry, or no longer."""
    return {"id": switch_library_indicator(request.viewer, entry, enabled=payload.enabled).pk}


@router.post(
    "/library/common",
    response=results(shapes.CountShape),
    operation_id="load_common_indicators",
    summary="Shipped common indicators 载入共性指标",
)
def common(request: HttpRequest) -> dict[str, Any]:
    """Add those that are not there yet."""
    return {"count": load_common_indicators(request.viewer)}


@router.get(
    "/departments/{uuid:department}/planned-values/{year}",
    response=answers(preparing_shapes.PlannedShape),
    auth=READ,
    operation_id="planned_values",
    summary="Plan values 规划值",
)
def planned(request: HttpRequest, department: UUID, year: Year, number: Number = 1) -> Any:
    """The values of the five-year plan that holds the year, a page of indicators at a time."""
    return planned_grid(request.viewer, plan_start(year), department, None, max(1, number))


@router.post(
    "/departments/{uuid:department}/planned-values",
    response=results(shapes.CountShape),
    operation_id="keep_planned_values",
    summary="Write plan values 录入规划值",
)
def keep_planned(request: HttpRequest, department: UUID, payload: inputs.PlannedValuesInput) -> dict[str, Any]:
    """Write values; those that stand so already are not counted."""
    values = {(one.indicator, one.year): one.text for one in payload.values}
    return {"count": keep_planned_values(request.viewer, department, values, payload.source)}


@router.get(
    "/bases", response=answers(list[shapes.Named]), auth=READ, operation_id="bases", summary="Tables to generate from 可据以生成的表"
)
def sources(request: HttpRequest) -> Any:
    """The versions that a new year's table can be made from."""
    return [{"id": row.pk, "name": str(row)} for row in bases(request.viewer)]


@router.get(
    "/versions/{uuid:version}/generate/{year}",
    response=answers(preparing_shapes.NewTableShape),
    auth=READ,
    operation_id="new_table",
    summary="What generating would say 生成预览",
)
def preview(request: HttpRequest, version: UUID, year: Year) -> Any:
    """The table of another year as it would be made from this version. Nothing is written."""
    return new_table(request.viewer, version, year)


@router.get(
    "/versions/{uuid:version}/generated",
    response=answers(list[preparing_shapes.NotedShape]),
    auth=READ,
    operation_id="generated",
    summary="Notes of generating 生成说明",
)
def generated(request: HttpRequest, version: UUID) -> Any:
    """What generating says of the cells of a version."""
    return generation_notes(request.viewer, version)[1]


@router.get(
    "/versions/{uuid:version}/exchange",
    response=answers(preparing_shapes.ExchangeShape),
    auth=READ,
    operation_id="exchange",
    summary="Exchange with the integrated system 一体化导出检查",
)
def checked(request: HttpRequest, version: UUID, codes: Code = "", encoding: Code = "") -> Any:
    """What would be refused there and what has no place there."""
    found = exchange(request.viewer, version, codes, encoding)
    issues = [preparing_shapes.issue_row(issue) for issue in found.package.issues]
    left = [{"row": one.row, "what": {"zh": one.what, "en": one.what_en}, "text": one.text} for one in found.package.left_out]
    return {"codes": found.codes, "encoding": found.encoding, "ready": found.package.ready, "issues": issues, "left_out": left}


@router.get(
    "/versions/{uuid:version}/exchange.{kind}",
    response=answers(None),
    auth=READ,
    operation_id="exchange_file",
    summary="File for the integrated system 一体化导出文件",
    openapi_extra=binary(XLSX, "application/zip"),
)
def exchange_file(request: HttpRequest, version: UUID, kind: Code, codes: Code = "", encoding: Code = "") -> HttpResponse:
    """The workbook (`xlsx`) or the CSV files (`zip`)."""
    if kind not in ("xlsx", "zip"):
        raise absent(FILE)
    data, media, _ending = exchange(request.viewer, version, codes, encoding).file(kind)
    return HttpResponse(data, media)
