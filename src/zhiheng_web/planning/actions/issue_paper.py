"""出具文书: a paper of the procedure gets its number and is kept word for word."""

from __future__ import annotations

from uuid import UUID

from zhiheng.plan.procedure import FINANCE_ROLES
from zhiheng.reports.papers import NAMES
from zhiheng.reports.papers.content import digest, to_json
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import Paper
from zhiheng_web.planning.papers import Gathered, codes_of, content_for, gather, missing
from zhiheng_web.planning.policies import OFFICER, scope_of
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.trail.action import Done, Forbidden, Refusal, action
from zhiheng_web.wording import Text

PREFIXES = {"pre_assessment": "事评", "declaration": "绩申", "review": "绩审", "adjustment": "绩调"}
PAPER = Text("该文书", "this paper")


@action("planning.issue_paper")
def issue_paper(viewer: Viewer, version: UUID, code: str) -> Done[Paper]:
    """Number a paper and keep what it says. The same content is not issued twice; a new content gets a new number."""
    held = version_for(viewer, version, lock=True)
    authorise(viewer, "planning.issue_paper", scope_of(held.table))
    found = gather(held)
    if code not in codes_of(found):
        raise absent(PAPER)
    if not may_issue(viewer, code, found):
        text = Text("该文书由财政部门出具。", "This paper is for finance to issue.")
        if code in PREFIXES and code != "review":
            text = Text("该文书由本部门绩效管理员出具。", "This paper is for the department's performance officer to issue.")
        raise Forbidden("not_permitted", text)
    if (why := missing(code, found)) is not None:
        raise Refusal("not_yet", why)
    issued = list(papers_of(found, code))
    if issued and digest(content_for(code, found, issued[-1].number)) == issued[-1].digest:
        return Done(issued[-1], "planning.Paper", str(issued[-1].pk), nothing=True)
    Department.objects.select_for_update(no_key=True).get(pk=held.table.unit.department_id)
    number = number_for(code, found)
    content = content_for(code, found, number)
    paper = Paper.objects.create(
        department=held.table.unit.department,
        version=None if code == "pre_assessment" else held,
        pre_assessment=found.assessment if code == "pre_assessment" else None,
        code=code,
        sequence=len(issued) + 1,
        number=number,
        content=to_json(content),
        digest=digest(content),
        issued_by=viewer.account,
    )
    details = {"paper": code, "number": number, "version": str(held.pk)}
    name = f"{NAMES[code][0]} {number}"
    return Done(paper, "planning.Paper", str(paper.pk), name, str(paper.department_id), "", paper.digest, details)


def may_issue(viewer: Viewer, code: str, found: Gathered) -> bool:
    """Whether it is the viewer's side that issues this paper: finance its review and approval, the department all else."""
    by_finance = code in ("review", "approval") and any(entry.role in FINANCE_ROLES for entry in found.stands.route)
    return viewer.holds(FINANCE_ROLES if by_finance else OFFICER, scope_of(found.version.table))


def papers_of(found: Gathered, code: str) -> list[Paper]:
    """The papers of one code that were issued, in order."""
    if code == "pre_assessment":
        rows = Paper.objects.filter(code=code, pre_assessment=found.assessment) if found.assessment else Paper.objects.none()
    else:
        rows = Paper.objects.filter(code=code, version=found.version)
    return list(rows.select_related("issued_by", "signed_scan").order_by("sequence"))


def number_for(code: str, found: Gathered) -> str:
    """The next number: a 批复 has the number of its document, other papers count by department, kind and year."""
    version = found.version
    department = version.table.unit.department
    if code == "approval" and version.approval_number:
        if not Paper.objects.filter(department=department, code=code, number=version.approval_number).exists():
            return version.approval_number
        again = Paper.objects.filter(department=department, code=code, number__startswith=version.approval_number).count()
        return f"{version.approval_number}（第{again + 1}份）"
    head = f"{PREFIXES.get(code, '绩批')}{department.code}〔{version.table.year}〕"
    taken = Paper.objects.filter(department=department, code=code, number__startswith=head).count()
    return f"{head}{taken + 1}号"
