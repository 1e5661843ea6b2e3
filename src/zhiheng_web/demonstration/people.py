"""The people of the demonstration at an hour of a day of the invented year, and the invented papers with which they prove things."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from zhiheng.reports.letter import Style, letter
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.printing import printed
from zhiheng_web.organisation.authority import may
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import Scope, Viewer, viewer_of
from zhiheng_web.planning.models import IndicatorRow, PerformanceTable
from zhiheng_web.planning.queries.papers import INVENTED

CHINA = ZoneInfo("Asia/Shanghai")
CLERKS = ("jingban", "jingban2", "jingban3", "zhongxin", "jixiao")
"""Who fills in: the offices' clerks before the performance officer."""
PROJECT = PerformanceTable.Kind.PROJECT
Data = dict[str, Any]


class People:
    """The accounts of a department and those around it. What an account holds does not change in the year."""

    def __init__(self, department: UUID) -> None:
        """Load them."""
        self.department = department
        self.accounts = {one.username: one for one in Account.objects.all()}
        self._held: dict[str, Viewer] = {}

    def at(self, username: str, on: date, hour: int = 10) -> Viewer:
        """The viewer of an account at an hour of a day in China."""
        found = self._held.get(username)
        if found is None:
            found = self._held[username] = viewer_of(self.accounts[username], on, "127.0.0.1")
        return Viewer(found.account, found.held, found.address, None, datetime.combine(on, time(hour), CHINA))

    def clerk(self, step: str, scope: Scope, on: date, hour: int = 10) -> Viewer:
        """Who takes a step at a place: the clerk of the office it belongs to."""
        return next(viewer for name in CLERKS if may(viewer := self.at(name, on, hour), step, scope))


def words(name: str) -> Data:
    """The data of one part of the year."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))


def tables(department: UUID, year: int) -> dict[str, PerformanceTable]:
    """The department's tables of a year by the name of what they are about: a project, a unit, ``部门整体``."""
    rows = PerformanceTable.objects.filter(unit__department=department, year=year).select_related("unit__department", "project")
    return {name_of(row): row for row in rows.order_by("kind", "unit__code", "project__code")}


def name_of(table: PerformanceTable) -> str:
    """What a table is called in the data of the demonstration."""
    if table.kind == PROJECT and table.project is not None:
        return str(table.project.name)
    return "部门整体" if table.kind == PerformanceTable.Kind.DEPARTMENT else str(table.unit.name)


def indicators(table: PerformanceTable) -> dict[str, UUID]:
    """The indicators of a table's newest version by name."""
    rows = IndicatorRow.objects.filter(version__table=table, removed_at__isnull=True).order_by("version__number")
    return dict(rows.values_list("name", "indicator"))


def paper(name: str, lines: Iterable[str], on: date) -> SimpleUploadedFile:
    """A paper of the demonstration as an upload: a title, a few lines, the day, and that it is invented."""
    said = [(Style.BODY, line) for line in lines]
    day = f"{on.year}年{on.month}月{on.day}日"
    page = letter(name, (Style.TITLE, f"{name}（{INVENTED}）"), *said, (Style.SIGNATURE, day))
    return SimpleUploadedFile(f"{name}（演示）.pdf", printed(Content("proof", page.title, "", (page,)), "pdf"), "application/pdf")
