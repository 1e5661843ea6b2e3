"""Finding a project, unit or budget line for a viewer, and what the trail keeps of them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.db.models import Model

from zhiheng.audit.money import printed
from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.models import Unit
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import BudgetLine, PreAssessment, Project
from zhiheng_web.planning.policies import visible_projects, visible_units
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Invalid
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

PROJECT = Text("该预算项目", "this project")
UNIT = Text("该单位", "this unit")
LINE = Text("该预算", "this budget line")
ASSESSMENT = Text("该事前绩效评估", "this pre-assessment")
FIRST_YEAR, LAST_YEAR = 2000, 2099


def project_for(viewer: Viewer, project: UUID, *, lock: bool = False) -> Project:
    """The project with its unit and department, or Absent. ``lock`` holds it until the transaction ends."""
    if lock:
        Project.objects.select_for_update(no_key=True).filter(pk=project).first()
    found = visible_projects(viewer).select_related("unit__department", "office").filter(pk=project).first()
    if found is None:
        raise absent(PROJECT)
    return found


def unit_for(viewer: Viewer, unit: UUID) -> Unit:
    """The unit with its department, or Absent."""
    found = visible_units(viewer).select_related("department").filter(pk=unit).first()
    if found is None:
        raise absent(UNIT)
    return found


def line_for(viewer: Viewer, line: UUID) -> BudgetLine:
    """The budget line with its project and unit, or Absent. Held until the transaction ends."""
    BudgetLine.objects.select_for_update(no_key=True).filter(pk=line).first()
    seen = BudgetLine.objects.filter(unit__in=visible_units(viewer)).select_related("project__unit", "unit__department")
    found = seen.filter(pk=line).first()
    if found is None:
        raise absent(LINE)
    return found


def assessment_for(viewer: Viewer, assessment: UUID) -> PreAssessment:
    """The pre-assessment with its project, or Absent. Held until the transaction ends."""
    PreAssessment.objects.select_for_update(no_key=True).filter(pk=assessment).first()
    seen = PreAssessment.objects.filter(project__in=visible_projects(viewer)).select_related("project__unit__department")
    found = seen.filter(pk=assessment).first()
    if found is None:
        raise absent(ASSESSMENT)
    return found


def said(row: Model, *names: str) -> str:
    """The digest of what a row says in these columns: what the trail keeps of it before and after."""
    values = ((name, getattr(row, name)) for name in names)
    return digest_of(f"{name}={printed(value) if isinstance(value, Decimal) else value}" for name, value in values)


def written(texts: Iterable[tuple[str, str, Text]], *, needed: Iterable[str] = ()) -> None:
    """Refuse texts that are missing although ``needed``, or that carry a secrecy mark. Each text comes with its field and name."""
    missing = {}
    for field, text, name in texts:
        refuse_marked_text(text, name)
        if field in set(needed) and not text.strip():
            missing[field] = Text("请填写{name}。", "Enter: {name}.").with_(name=name)
    if missing:
        raise Invalid("missing", next(iter(missing.values())), missing)


def budget_year(year: int) -> int:
    """The year if it can be one of a budget, else refused."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        text = Text("年度应在 {first}—{last} 之间。", "The year must lie between {first} and {last}.")
        text = text.with_(first=FIRST_YEAR, last=LAST_YEAR)
        raise Invalid("year", text, {"year": text})
    return year
