"""Pages of the yearly sheet: choosing a department and year, filling it in, its file out and in."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhiheng.evaluation.frame import about, practices
from zhiheng.tables import formats
from zhiheng.tables.grid import Refused
from zhiheng.tables.problems import message
from zhiheng_web.evaluation.actions.keep_sheet import keep_sheet
from zhiheng_web.evaluation.forms.sheet import Written, figures, written_rows
from zhiheng_web.evaluation.models import Evaluation
from zhiheng_web.evaluation.policies.sheet import visible_departments
from zhiheng_web.evaluation.queries.sheet import STATES, SheetPage, figure_file, sheet_page, sheet_rows
from zhiheng_web.evaluation.views.evaluations_agencies import download
from zhiheng_web.organisation.authority import authorise, authorise_menu
from zhiheng_web.organisation.viewer import Scope
from zhiheng_web.planning.forms import money as sent
from zhiheng_web.planning.money.projects import budget_year
from zhiheng_web.planning.queries.money import years_of
from zhiheng_web.secrecy import refuse_marked_file
from zhiheng_web.trail.action import Invalid
from zhiheng_web.ui.exporting import file_of
from zhiheng_web.wording import Text

NAME = Text("部门整体支出共性指标基础数据", "Yearly sheet")
SAVED = Text("已保存 {n} 项。", "{n} figures saved.")
NOTHING = Text("没有改动。", "Nothing was changed.")
READ = Text("已读出 {n} 项，尚未保存。请核对后点“保存”。", "{n} figures were read and are not saved yet. Check them, then save.")
NO_FILE = Text("请先选择文件。", "Choose a file first.")
TOO_LARGE = Text("文件过大。", "The file is too large.")


@require_GET
def sheets(request: HttpRequest) -> HttpResponse:
    """The departments whose sheets the viewer may open; of one department straight its newest year."""
    authorise_menu(request.viewer, "evaluation.see_sheet")
    departments, years = visible_departments(request.viewer), years_of(request.viewer, timezone.localdate())
    if len(departments) == 1:
        return redirect("evaluation:department_sheet", departments[0].pk, years[0])
    return render(request, "evaluation/sheet/departments.html", {"departments": departments, "years": years})


@require_http_methods(["GET", "POST"])
def department_sheet(request: HttpRequest, department: UUID, year: int) -> HttpResponse:
    """The sheet with its ratios; sent back, what differs is saved."""
    budget_year(year)
    if request.method == "POST":
        try:
            given = figures(request.POST)
            made = keep_sheet(
                request.viewer, department, year, given, reason=sent.text(request.POST, "reason"), upload=request.FILES.get("file")
            )
        except Invalid as refused:
            page = sheet_page(request.viewer, department, year)
            typed = {line.asked.code: _typed(request.POST, line.asked.code) for line in page.lines}
            return shown(request, page, typed, refused=refused, status=400)
        messages.success(request, str(SAVED.with_(n=len(made)) if made else NOTHING))
        return redirect("evaluation:department_sheet", department, year)
    page = sheet_page(request.viewer, department, year, request.GET.get("practice", ""))
    if request.GET.get("export") == "xlsx":
        return file_of("xlsx", f"{page.department.name} {year} {NAME}", sheet_rows(page))
    return shown(request, page, {})


@require_GET
def sheet_file(request: HttpRequest, department: UUID, year: int, figure: UUID) -> FileResponse:
    """The file that proves a figure."""
    return download(figure_file(request.viewer, department, budget_year(year), figure))


@require_POST
def read_sheet(request: HttpRequest, department: UUID, year: int) -> HttpResponse:
    """Read a filled-in file into the form; nothing is saved before somebody has looked at it."""
    page = sheet_page(request.viewer, department, budget_year(year))
    authorise(request.viewer, "evaluation.keep_sheet", Scope(page.department.pk))
    upload = request.FILES.get("sheet")
    if upload is None:
        raise Invalid("no_file", NO_FILE, {"sheet": NO_FILE})
    read = written_rows(_grids(upload))
    messages.info(request, str(READ.with_(n=len(read))))
    return shown(request, page, read)


def _grids(upload: UploadedFile) -> list[Any]:
    if (upload.size or 0) > settings.LARGEST_UPLOAD:
        raise Invalid("too_large", TOO_LARGE)
    refuse_marked_file(upload)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"sheet{PurePath(upload.name or '').suffix[:10]}"
        with path.open("wb") as stream:
            stream.writelines(upload.chunks())
        try:
            return [grid.rows for grid in formats.read(path).grids]
        except Refused as refused:
            told = refused.problem
            raise Invalid("unreadable", Text(message(told, "zh"), message(told, "en"))) from None


def _typed(post: Mapping[str, str], code: str) -> Written:
    return Written(code, sent.text(post, f"value-{code}"), sent.text(post, f"state-{code}"), sent.text(post, f"source-{code}"))


def shown(
    request: HttpRequest,
    page: SheetPage,
    typed: Mapping[str, Written],
    *,
    refused: Invalid | None = None,
    status: int = 200,
    of: Evaluation | None = None,
) -> HttpResponse:
    """The sheet as a page; ``typed`` stands in its fields instead of what is kept, ``of``: the evaluation for which an agency reads it."""
    rows = [{"line": line, "field": typed.get(line.asked.code) or _standing(line)} for line in page.lines]
    for row in rows:
        row["error"] = next(
            (text for name, text in (refused.fields if refused else {}).items() if name.endswith(f"-{row['line'].asked.code}")), None
        )
    context = {
        "page": page, "rows": rows, "states": STATES, "practices": practices().values(), "frame": about(), "refused": refused,
        "years": sorted({*years_of(request.viewer, timezone.localdate()), page.year}, reverse=True) if of is None else (), "of": of,
        "bar_year": page.year,
        "reason": request.POST.get("reason", ""), "entry_page": page.may_keep, "unsaved": bool(typed),
    }  # fmt: skip
    return render(request, "evaluation/sheet/sheet.html", context, status=status)


def _standing(line: Any) -> Written:
    """What the fields of a row begin with: what stands, else what the service knows."""
    if line.figure is not None:
        return Written(line.asked.code, line.now if line.figure.value is not None else "", line.figure.state, line.figure.source)
    return Written(line.asked.code, line.known_shown, source=line.known.source.zh if line.known else "")
