"""出具年度文书: a paper of the year gets its number and is kept word for word."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from zhiheng.reports.papers.content import Content, digest, to_json
from zhiheng_web.evaluation.issuing.contents import content_of
from zhiheng_web.evaluation.issuing.numbers import given, proposed
from zhiheng_web.evaluation.issuing.subjects import Subject, subject_for
from zhiheng_web.evaluation.models import Evaluation, YearPaper
from zhiheng_web.evaluation.policies.papers import departments
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Forbidden, Refusal, action
from zhiheng_web.wording import Text

FOR_FINANCE = Text("这份文书由财政绩效科出具。", "This paper is for the performance section of finance to issue.")
FOR_DEPARTMENT = Text("这份文书由本部门绩效管理员出具。", "This paper is for the department's performance officer to issue.")
SAME = Text(
    "这份文书已按现在的内容出具，编号 {number}，内容没有变化，不另编号。需要时请重印原件。",
    "It is issued with this very content under the number {number}: it does not get another. Print that one again.",
)


@action("evaluation.issue_paper")
def issue_paper(viewer: Viewer, year: int, code: str, key: UUID, number: str = "") -> Done[YearPaper]:
    """Number a paper and keep what it says. A new content is a further issue beside the first; the same content is not issued twice.

    ``key``: the report, self-evaluation, evaluation or order it is about, or the department of a whole year. ``number`` '' is given one.
    """
    subject = subject_for(viewer, year, code, key, departments(viewer))
    authorise(viewer, "evaluation.issue_paper", subject.scope)
    if not subject.issued_by(viewer):
        raise Forbidden("not_permitted", FOR_FINANCE if subject.finance else FOR_DEPARTMENT)
    Department.objects.select_for_update(no_key=True).get(pk=subject.department.pk)
    today = viewer.today()
    last = YearPaper.objects.filter(subject.papers()).order_by("-sequence").first()
    if last is not None and unchanged(viewer, subject, last):
        if number.strip() in ("", last.number):
            return Done(last, "evaluation.YearPaper", str(last.pk), nothing=True)
        raise Refusal("same_content", SAME.with_(number=last.number))
    taken = given(subject, number) if number.strip() else proposed(subject, today)
    content = content_of(viewer, subject, taken, today)
    paper = keep(viewer, subject, content, 1 if last is None else last.sequence + 1)
    details = {"paper": code, "number": taken, "issue": paper.sequence}
    return Done(paper, "evaluation.YearPaper", str(paper.pk), str(paper), str(paper.department_id), "", paper.digest, details)


def unchanged(viewer: Viewer, subject: Subject, issued: YearPaper) -> bool:
    """Whether the paper would say what an issued one says, read on its own day: a later day alone makes no new paper."""
    return subject.missing is None and digest(content_of(viewer, subject, issued.number, day_of(issued))) == issued.digest


def day_of(issued: YearPaper) -> date:
    """The day that an issued paper was read on."""
    return timezone.localdate(issued.issued_at)


def keep(viewer: Viewer, subject: Subject, content: Content, sequence: int) -> YearPaper:
    """The row of an issued paper."""
    return YearPaper.objects.create(
        department=subject.department, year=subject.year, code=subject.kind.code, sequence=sequence, number=content.number,
        title=content.title, content=to_json(content), digest=digest(content), issued_by=viewer.account, issued_at=viewer.now(),
        **about(subject),
    )  # fmt: skip


def about(subject: Subject) -> dict[str, Any]:
    """What the row keeps of its subject: of an evaluation the report that was accepted."""
    if isinstance(subject.row, Evaluation):
        return {"evaluation_report": subject.row.reports.order_by("-number")[0]}
    return subject.about()
