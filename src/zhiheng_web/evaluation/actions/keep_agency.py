"""维护第三方机构: an agency's name and code, and from which day on it is engaged no more."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from zhiheng_web.evaluation.evaluating.recording import invalid, words
from zhiheng_web.evaluation.models import Agency
from zhiheng_web.organisation.authority import absent, authorise_menu
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.uscc import compact, fault
from zhiheng_web.wording import Text

AGENCY = Text("该机构", "this agency")
NAME = Text("机构名称", "the name of the agency")
TAKEN = Text("已有名为“{name}”的机构。", "There is an agency called “{name}” already.")
LONG = Text("机构名称最多 100 个字。", "A name has 100 characters at most.")
ENGAGED = Text(
    "“{name}”还有 {n} 项未结束的委托，不能注销。请先解除委托。",
    "“{name}” has {n} engagements under way: end them before it is closed.",
)


@action("evaluation.keep_agency")
def keep_agency(viewer: Viewer, agency: UUID | None, name: str, uscc: str = "", closed_on: date | None = None) -> Done[Agency]:
    """Enter an agency (``agency`` None) or correct it. ``closed_on``: from that day on nothing is entrusted to it."""
    authorise_menu(viewer, "evaluation.keep_agency")
    row = agency_for(agency) if agency is not None else Agency()
    before = digest(row) if agency is not None else ""
    said = words({"name": NAME}, name=name)
    if len(said["name"]) > 100:
        raise invalid("name", LONG)
    code = compact(uscc)
    if code and (text := fault(code)) is not None:
        raise invalid("uscc", text)
    if Agency.objects.filter(name=said["name"]).exclude(pk=row.pk).exists():
        raise invalid("name", TAKEN.with_(name=said["name"]))
    if (
        closed_on is not None
        and row.closed_on is None
        and (n := row.engagements.filter(ended_at__isnull=True, evaluation__accepted_at=None).count())
    ):
        raise Refusal("engaged", ENGAGED.with_(name=row.name, n=n))
    row.name, row.uscc, row.closed_on = said["name"], code, closed_on
    row.save()
    details = {"name": row.name, "uscc": row.uscc, "closed_on": closed_on.isoformat() if closed_on else ""}
    return Done(row, "evaluation.Agency", str(row.pk), row.name, "", before, digest(row), details, nothing=before == digest(row))


def agency_for(agency: UUID) -> Agency:
    """The agency, held until the transaction ends, or Absent."""
    found = Agency.objects.select_for_update(no_key=True).filter(pk=agency).first()
    if found is None:
        raise absent(AGENCY)
    return found


def digest(row: Agency) -> str:
    """The digest of what is kept of an agency."""
    return digest_of([f"{row.pk} {row.name} {row.uscc} {row.closed_on}"])
