"""Five-year plan values: a grid to fill, paste into, or read from a sheet."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePath
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from zhiheng.tables import formats
from zhiheng.tables.grid import Refused
from zhiheng.tables.problems import message
from zhiheng_web.planning.actions.keep_planned_values import keep_planned_values
from zhiheng_web.planning.importing.planned_sheet import PlannedRow, cells, planned_rows
from zhiheng_web.planning.queries.planned_values import departments_of, plan_start, planned_grid, plans
from zhiheng_web.secrecy import refuse_marked_file
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

CELL = re.compile(r"v-([0-9a-f-]{36})-(\d{4})")
NOTHING = Text(
    "没有读到规划值：第一列应为指标名称，其余各列为各年度的值。",
    "No plan values were found: the first column holds names, the others the years.",
)
TOO_LARGE = Text("文件过大，未读取。", "The file is too large and was not read.")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) <= 4 else otherwise


def grid(request: HttpRequest) -> HttpResponse:
    """The grid of a department and a plan; save what was changed."""
    asked = request.POST if request.method == "POST" else request.GET
    first = plan_start(_number(asked.get("plan", ""), timezone.localdate().year))
    department, duty = _uuid(asked.get("department", "")), _uuid(asked.get("duty", ""))
    if request.method == "POST" and department is not None:
        written = keep_planned_values(request.viewer, department, _cells(request.POST), asked.get("source", ""))
        messages.success(request, Text("已保存 {n} 个规划值。", "{n} plan values saved.").with_(n=written))
        return redirect(f"{request.path}?department={department}&plan={first}&duty={duty or ''}&page={_number(asked.get('page', ''), 1)}")
    if not departments_of(request.viewer):
        return render(request, "planning/importing/planned_values.html", {"grid": None})
    found = planned_grid(request.viewer, first, department, duty, _number(asked.get("page", ""), 1))
    return _shown(request, found, first, duty)


def _shown(request: HttpRequest, found: object, first: int, duty: UUID | None = None, *, read: bool = False) -> HttpResponse:
    context = {"grid": found, "plans": plans(timezone.localdate().year), "first": first, "duty": duty, "read": read, "entry_page": True}
    return render(request, "planning/importing/planned_values.html", context)


def _cells(data: Mapping[str, str]) -> dict[tuple[UUID, int], str]:
    """The cells of a submitted grid."""
    found = ((CELL.fullmatch(name), text) for name, text in data.items())
    return {(UUID(match[1]), int(match[2])): text for match, text in found if match}


@require_POST
def read_sheet(request: HttpRequest) -> HttpResponse:
    """Show the values of a sheet or of pasted text in the grid; nothing is stored until they are saved."""
    first = plan_start(_number(request.POST.get("plan", ""), timezone.localdate().year))
    upload = request.FILES.get("file")
    rows = _sheet(upload, range(first, first + 5)) if upload else planned_rows(cells(request.POST.get("text", "")), range(first, first + 5))
    if not rows:
        raise Invalid("no_planned_values", NOTHING)
    return _shown(request, planned_grid(request.viewer, first, _uuid(request.POST.get("department", "")), read=rows), first, read=True)


def _sheet(upload: UploadedFile, years: range) -> tuple[PlannedRow, ...]:
    """The plan values of an uploaded sheet, after the checks of size and secrecy."""
    if (upload.size or 0) > settings.LARGEST_UPLOAD:
        raise Invalid("too_large", TOO_LARGE)
    refuse_marked_file(upload)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"sheet{PurePath(upload.name or '').suffix[:10]}"
        with path.open("wb") as stream:
            stream.writelines(upload.chunks())
        try:
            source = formats.read(path)
        except Refused as refused:
            told = refused.problem
            raise Invalid("unreadable", Text(message(told, "zh"), message(told, "en"))) from None
    return tuple(row for found in source.grids for row in planned_rows(found.rows, years))
