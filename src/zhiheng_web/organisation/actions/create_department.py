"""新建部门, with its 本级."""

from __future__ import annotations

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import Department, Unit
from zhiheng_web.organisation.policies import EVERYTHING
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

TAKEN = Text("编码“{code}”已被使用。", "The code {code} is taken.")


@action("organisation.create_department")
def create_department(viewer: Viewer, code: str, name: str, kind: str, division_code: str = "") -> Done[Department]:
    """The department and its headquarters, which has the department's code followed by 001."""
    authorise(viewer, "organisation.create_department", EVERYTHING)
    if Department.objects.filter(code=code).exists():
        raise Invalid("code_taken", TAKEN.with_(code=code), {"code": TAKEN.with_(code=code)})
    department = Department.objects.create(code=code, name=name, kind=kind, division_code=division_code)
    Unit.objects.create(department=department, code=f"{code}001", name=f"{name}（本级）", kind=Unit.Kind.HEADQUARTERS)
    return Done(
        department,
        "organisation.Department",
        str(department.pk),
        department.name,
        str(department.pk),
        after=fingerprint(department),
        details={"code": code},
    )
