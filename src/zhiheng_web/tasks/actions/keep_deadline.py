"""设置办理时限: when a step is due for a department in a year."""

from __future__ import annotations

from datetime import date

from zhiheng.plan.procedure import step as procedure_step
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.tasks.models import StepDeadline
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text


@action("tasks.keep_deadline")
def keep_deadline(
    viewer: Viewer,
    department: Department | None,
    year: int,
    step: str,
    *,
    due_on: date | None = None,
    days: int | None = None,
    working_days: bool = True,
    basis: str = "",
) -> Done[StepDeadline]:
    """Set or change one deadline: a fixed day or a number of days, not both. No department: for everybody."""
    authorise(viewer, "tasks.keep_deadline", Scope(department.pk if department else None))
    try:
        procedure_step(step)
    except KeyError:
        raise Invalid("no_step", Text("没有“{step}”这一环节。", "There is no step {step}.").with_(step=step)) from None
    if (due_on is None) == (days is None):
        words = Text("请填写截止日期或天数，二者填一项。", "Give either a day or a number of days.")
        raise Invalid("day_or_days", words, {"due_on": words})
    deadline = StepDeadline.objects.select_for_update(no_key=True).filter(department=department, year=year, step=step).first()
    before = _said(deadline) if deadline else ""
    deadline = deadline or StepDeadline(department=department, year=year, step=step)
    deadline.due_on, deadline.days, deadline.working_days, deadline.basis = due_on, days, working_days, basis
    deadline.save()
    after = _said(deadline)
    return Done(
        deadline,
        "tasks.StepDeadline",
        str(deadline.pk),
        f"{year} {step}",
        str(department.pk) if department else "",
        before=digest_of([before]) if before else "",
        after=digest_of([after]),
        details={"before": before, "after": after},
        nothing=before == after,
    )


def _said(deadline: StepDeadline) -> str:
    kind = "工作日" if deadline.working_days else "自然日"
    return f"{deadline.year} {deadline.step} {deadline.due_on or f'{deadline.days}{kind}'} {deadline.basis}".strip()
