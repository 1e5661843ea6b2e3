"""What an administrator sets up: departments, registers, packs and bases."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.ledgers.policies import declaring_departments
from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.operator import Operator
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text


def department_to_declare(viewer: Viewer | Operator, department: UUID, *, lock: bool = False) -> Department:
    """The department that the viewer sets up, or Absent. Locked, no other change of its registers goes on."""
    seen = Department.objects.all() if isinstance(viewer, Operator) else declaring_departments(viewer)
    seen = seen.filter(pk=department)
    found = (seen.select_for_update(no_key=True) if lock else seen).first()
    if found is None:
        raise absent(Text("该部门", "this department"))
    return found
