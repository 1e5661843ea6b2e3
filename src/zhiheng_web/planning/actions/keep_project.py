"""登记预算项目: a project is entered, or what is known of it is corrected."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.models import Office, Unit
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import Project
from zhiheng_web.planning.money.projects import budget_year, project_for, said, unit_for, written
from zhiheng_web.planning.policies import project_scope
from zhiheng_web.trail.action import Conflict, Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

COLUMNS = ("code", "name", "attribute", "first_year", "last_year", "basis", "office_id", "responsible")


@dataclass(frozen=True, slots=True)
class ProjectValues:
    """What is entered of a project (项目编码, 名称, 属性, 起止年度, 立项依据, 责任科室, 负责人)."""

    code: str
    name: str
    attribute: str
    first_year: int
    last_year: int | None = None
    basis: str = ""
    office: UUID | None = None
    responsible: str = ""


@action("planning.keep_project")
def keep_project(
    viewer: Viewer, unit: UUID, values: ProjectValues, *, project: UUID | None = None, edits: int | None = None, synthetic: bool = False
) -> Done[Project]:
    """Enter a project of ``unit``, or with ``project`` correct it; ``edits`` is what the editor saw, so that nobody overwrites unseen."""
    home = unit_for(viewer, unit)
    office = _office(home, values.office)
    row = project_for(viewer, project, lock=True) if project else Project(unit=home, synthetic=synthetic)
    if project:
        authorise(viewer, "planning.keep_project", project_scope(row))
    authorise(viewer, "planning.keep_project", Scope(home.department_id, home.pk, frozenset({office.pk} if office else ())))
    if row.unit_id != home.pk:
        raise Invalid("unit", Text("项目不能改换单位。", "A project stays with its unit."))
    _check(home, row, values)
    before = said(row, *COLUMNS) if project else ""
    if project and edits is not None and edits != row.edits:
        raise Conflict("changed", CHANGED, {name: str(getattr(row, name)) for name in COLUMNS})
    for name in ("code", "name", "attribute", "first_year", "last_year", "basis", "responsible"):
        value = getattr(values, name)
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.office = office
    if project:
        if said(row, *COLUMNS) == before:
            return Done(row, "planning.Project", str(row.pk), nothing=True)
        row.edits += 1
    row.save(force_insert=not project)
    return Done(row, "planning.Project", str(row.pk), row.name, str(home.department_id), before, said(row, *COLUMNS), {"code": row.code})


def _office(unit: Unit, office: UUID | None) -> Office | None:
    """The office, which must be one of the unit's that is not closed."""
    if office is None:
        return None
    found = Office.objects.filter(pk=office, unit=unit, closed_on__isnull=True).first()
    if found is None:
        text = Text("责任科室应是{unit}的科室。", "The office must be one of {unit}.").with_(unit=unit)
        raise Invalid("office", text, {"office": text})
    return found


def _check(unit: Unit, row: Project, values: ProjectValues) -> None:
    """Refuse what cannot be a project, each fault at its field."""
    written(
        [
            ("code", values.code, CODE),
            ("name", values.name, NAME),
            ("basis", values.basis, BASIS),
            ("responsible", values.responsible, WHO),
        ],
        needed=("code", "name"),
    )
    faults = {}
    if len(values.code.strip()) > 21:
        faults["code"] = Text("项目编码不超过 21 位。", "A project code has at most 21 characters.")
    if len(values.name.strip()) > 200:
        faults["name"] = Text("项目名称不超过 200 字。", "A project name has at most 200 characters.")
    if values.attribute not in Project.Attribute.values:
        faults["attribute"] = Text("请选择项目属性。", "Choose whether it is continuing or new.")
    budget_year(values.first_year)
    if values.last_year is not None and budget_year(values.last_year) < values.first_year:
        faults["last_year"] = Text("结束年度不能早于开始年度。", "It cannot end before it begins.")
    if faults:
        raise Invalid("invalid", next(iter(faults.values())), faults)
    if Project.objects.filter(unit=unit, code=values.code.strip()).exclude(pk=row.pk).exists():
        taken = Text("{unit}已有编码为 {code} 的项目。", "{unit} already has a project {code}.").with_(unit=unit, code=values.code.strip())
        raise Refusal("code_taken", taken, {"code": taken})


CODE, NAME = Text("项目编码", "project code"), Text("项目名称", "project name")
BASIS, WHO = Text("立项依据", "basis"), Text("负责人", "person responsible")
CHANGED = Text(
    "他人刚刚修改了这个项目，您的修改未保存。请核对现在的内容后重新填写。",
    "Somebody has just changed this project; yours was not saved. Check what stands there now and enter it again.",
)
