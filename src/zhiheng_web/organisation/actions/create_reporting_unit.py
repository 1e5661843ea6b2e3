"""新建填报单位: a county bureau or an outside unit that enters its own part of a department's ledgers."""

from __future__ import annotations

import re
from uuid import UUID

from zhiheng_web import uscc as codes
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import Department, ReportingUnit
from zhiheng_web.organisation.queries.structure import department_for
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

TAKEN = Text("本部门已有填报单位“{name}”。", "The department has a reporting unit called {name} already.")
COUNTY = Text("县区主管部门须填六位行政区划代码（如 371302）。", "A county bureau needs its division code of six digits (such as 371302).")


@action("organisation.create_reporting_unit")
def create_reporting_unit(
    viewer: Viewer, department: UUID, name: str, kind: str, division_code: str = "", uscc: str = ""
) -> Done[ReportingUnit]:
    """The reporting unit. An account enters for it once it has the role of a reporter there."""
    found = department_for(viewer, department, lock=True)
    authorise(viewer, "organisation.create_reporting_unit", Scope(found.pk))
    words = checked(found, None, name, kind, division_code, uscc)
    row = ReportingUnit.objects.create(department=found, **words)
    return Done(row, "organisation.ReportingUnit", str(row.pk), row.name, str(found.pk), after=fingerprint(row), details=words)


def checked(department: Department, row: ReportingUnit | None, name: str, kind: str, division_code: str, uscc: str) -> dict[str, str]:
    """What it says, in canonical form; refused where a code is wrong or another has the name."""
    uscc = codes.compact(uscc)
    others = ReportingUnit.objects.filter(department=department, name=name)
    if (others.exclude(pk=row.pk) if row else others).exists():
        raise Invalid("name_taken", TAKEN.with_(name=name), {"name": TAKEN.with_(name=name)})
    if (kind == ReportingUnit.Kind.COUNTY or division_code) and not re.fullmatch(r"\d{6}", division_code):
        raise Invalid("division_code", COUNTY, {"division_code": COUNTY})
    wrong = codes.fault(uscc) if uscc else None
    if wrong is not None:
        raise Invalid("uscc", wrong, {"uscc": wrong})
    return {"name": name, "kind": kind, "division_code": division_code, "uscc": uscc}
