"""Who may do what with the yearly sheet of a department (部门整体支出共性指标基础数据), and whose sheets a viewer sees."""

from __future__ import annotations

from zhiheng_web.organisation.authority import Grant, absent, policies, within
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.policies import OFFICER, READERS
from zhiheng_web.wording import Text

POLICIES = policies(
    {
        "evaluation.see_sheet": Grant(READERS, Text("查看部门整体基础数据", "See the yearly sheet of a department")),
        "evaluation.keep_sheet": Grant(OFFICER, Text("填报部门整体基础数据", "Fill in the yearly sheet of a department")),
    }
)
DEPARTMENT = Text("该部门", "this department")


def visible_departments(viewer: Viewer) -> list[Department]:
    """The departments whose sheets a viewer may read: those he works in, finance those it looks after. The finance bureau has none."""
    seen = within(viewer.bounds(READERS), "pk", "units", "units__offices")
    return list(Department.objects.filter(seen, kind=Department.Kind.DEPARTMENT).distinct().order_by("code"))


def department_for(viewer: Viewer, department: object) -> Department:
    """The department, or Absent."""
    found = next((row for row in visible_departments(viewer) if row.pk == department), None)
    if found is None:
        raise absent(DEPARTMENT)
    return found
