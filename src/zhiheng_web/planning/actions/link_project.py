"""关联职责—活动—项目: what a project pays for. n:m; its money is counted once however many links it has."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import Activity, Duty, Indicator, Project, ProjectLink
from zhiheng_web.planning.money.projects import budget_year, project_for, said, written
from zhiheng_web.planning.policies import project_scope
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

COLUMNS = ("project_id", "year", "activity_id", "indicator_id")


@action("planning.link_project")
def link_project(
    viewer: Viewer, project: UUID, year: int, *, duty: UUID | None = None, activity: str = "", indicator: UUID | None = None
) -> Done[ProjectLink]:
    """Link the project in ``year`` to the activity of that name of ``duty`` (made if there is none), to ``indicator``, or to both."""
    row = project_for(viewer, project, lock=True)
    authorise(viewer, "planning.link_project", project_scope(row))
    budget_year(year)
    written([("activity", activity, ACTIVITY)])
    done = _activity(row, year, duty, activity)
    served = _indicator(row, indicator)
    if done is None and served is None:
        raise Invalid("nothing", NOTHING, {"activity": NOTHING})
    link, made = ProjectLink.objects.get_or_create(project=row, year=year, activity=done, indicator=served)
    if not made:
        return Done(link, "planning.ProjectLink", str(link.pk), nothing=True)
    details = {"year": year, "activity": done.name if done else "", "indicator": served.name if served else ""}
    return Done(
        link,
        "planning.ProjectLink",
        str(link.pk),
        row.name,
        str(row.unit.department_id),
        after=said(link, *COLUMNS),
        details=details,
    )


@action("planning.unlink_project")
def unlink_project(viewer: Viewer, project: UUID, link: UUID) -> Done[None]:
    """Take a link away; the trail keeps what it was."""
    row = project_for(viewer, project, lock=True)
    authorise(viewer, "planning.unlink_project", project_scope(row))
    found = ProjectLink.objects.select_related("activity", "indicator").filter(project=row, pk=link).first()
    if found is None:
        raise absent(Text("该关联", "this link"))
    before, details = said(found, *COLUMNS), {"activity": str(found.activity or ""), "indicator": str(found.indicator or "")}
    found.delete()
    return Done(None, "planning.ProjectLink", str(link), row.name, str(row.unit.department_id), before, details=details)


def _activity(project: Project, year: int, duty: UUID | None, name: str) -> Activity | None:
    """The activity of that name, made if there is none; its duty must be one of the project's department."""
    if not name.strip():
        return None
    if len(name.strip()) > 200:
        text = Text("工作活动不超过 200 字。", "An activity has at most 200 characters.")
        raise Invalid("activity", text, {"activity": text})
    found = Duty.objects.filter(pk=duty, department=project.unit.department_id).first()
    if found is None:
        raise Invalid("duty", CHOOSE, {"duty": CHOOSE})
    return Activity.objects.get_or_create(duty=found, year=year, name=name.strip())[0]


def _indicator(project: Project, indicator: UUID | None) -> Indicator | None:
    """The indicator, which must be one of the project's department."""
    if indicator is None:
        return None
    found = Indicator.objects.filter(pk=indicator, department=project.unit.department_id).first()
    if found is None:
        raise Invalid("indicator", ELSEWHERE, {"indicator": ELSEWHERE})
    return found


ACTIVITY = Text("工作活动", "activity")
NOTHING = Text("请填写工作活动或选择绩效指标。", "Enter an activity or choose an indicator.")
CHOOSE = Text("请选择工作活动所属的职责。", "Choose the duty that the activity belongs to.")
ELSEWHERE = Text("请选择本部门的绩效指标。", "Choose an indicator of this department.")
