"""出具台账文书: a paper of a ledger gets its number and is kept word for word."""

from __future__ import annotations

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from zhiheng.reports.papers.content import digest, to_json
from zhiheng_web.ledgers.models import FOREVER, LedgerPaper, Register
from zhiheng_web.ledgers.papers import KINDS, Gathered, PaperKind, period_of
from zhiheng_web.ledgers.policies import scope_of, visible_registers, visible_versions
from zhiheng_web.ledgers.writing import loaded
from zhiheng_web.organisation.authority import absent, authorise, may
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

PAPER = Text("该文书", "this paper")


@action("ledgers.issue_paper")
def issue_ledger_paper(
    viewer: Viewer, register_id: UUID, kind: str, *, entry: UUID | None = None, period: str = "", group: str = ""
) -> Done[LedgerPaper]:
    """Number a paper and keep what it says. The same content is not issued twice; a new content gets a new number."""
    gathered, wanted = gather(viewer, register_id, kind, entry=entry, period=period, group=group)
    register = gathered.register
    authorise(viewer, "ledgers.issue_paper", scope_of(register, viewer.today()))
    if (why := wanted.lacking(gathered)) is not None:
        raise Refusal("not_yet", why)
    Department.objects.select_for_update(no_key=True).get(pk=register.department_id)
    issued = papers_about(gathered, wanted).last()
    if issued is not None and digest(wanted.build(_numbered(gathered, issued.number, _day(gathered, wanted, issued)))) == issued.digest:
        return Done(issued, "ledgers.LedgerPaper", str(issued.pk), nothing=True)
    number = next_number(gathered, wanted)
    content = wanted.build(_numbered(gathered, number, gathered.day))
    paper = LedgerPaper.objects.create(
        department=register.department,
        register=register,
        entry=gathered.entry.entry if gathered.entry else None,
        kind=kind,
        period=gathered.period.code if gathered.period else "",
        group=gathered.group,
        number=number,
        title=content.title,
        content=to_json(content),
        digest=digest(content),
        issued_by=viewer.account,
        issued_at=viewer.now(),
    )
    details = {"paper": kind, "number": number, "period": period, "group": gathered.group, "entry": str(entry or "")}
    return Done(paper, "ledgers.LedgerPaper", str(paper.pk), str(paper), str(register.department_id), "", paper.digest, details)


def gather(viewer: Viewer, register_id: UUID, kind: str, *, entry: UUID | None, period: str, group: str = "") -> tuple[Gathered, PaperKind]:
    """What the paper is built from, for a viewer that may read it; else Absent."""
    register = visible_registers(viewer).select_related("department", "office").filter(pk=register_id).first()
    wanted = KINDS.get(kind)
    if register is None or wanted is None or register.code not in wanted.registers or (wanted.of == "entry") != (entry is not None):
        raise absent(PAPER)
    if not may_read(viewer, wanted, register):
        authorise(viewer, "ledgers.see_personal", scope_of(register, viewer.today()))
    version = None
    if entry is not None:
        version = loaded(visible_versions(viewer).filter(register=register, entry=entry, known_until=FOREVER)).first()
        if version is None:
            raise absent(PAPER)
    if wanted.of == "group" and group not in dict(wanted.groups(register, 0)):
        raise absent(PAPER)
    when = period_of(period) if wanted.of == "period" else None
    return Gathered(register, viewer.today(), "", when, version, group if wanted.of == "group" else ""), wanted


def _numbered(gathered: Gathered, number: str, day: date) -> Gathered:
    return Gathered(gathered.register, day, number, gathered.period, gathered.entry, gathered.group)


def _day(gathered: Gathered, kind: PaperKind, issued: LedgerPaper) -> date:
    """The day that an issued paper is compared on: its own, so that a later date alone makes no new paper, unless the kind repeats."""
    return gathered.day if kind.repeats else issued.issued_at.astimezone(ZoneInfo("Asia/Shanghai")).date()


def may_read(viewer: Viewer, kind: PaperKind | None, register: Register) -> bool:
    """Whether the viewer may have papers of this kind: one that names people in clear is for who sees personal data."""
    return kind is None or not kind.personal or may(viewer, "ledgers.see_personal", scope_of(register, viewer.today()))


def papers_about(gathered: Gathered, kind: PaperKind) -> QuerySet[LedgerPaper]:
    """The papers of a kind already issued about the same thing, in order."""
    rows = LedgerPaper.objects.filter(register=gathered.register, kind=kind.code)
    if gathered.entry is not None:
        rows = rows.filter(entry=gathered.entry.entry_id)
    if gathered.period is not None:
        rows = rows.filter(period=gathered.period.code)
    if kind.of == "group":
        rows = rows.filter(group=gathered.group)
    return rows.order_by("issued_at", "number")


def next_number(gathered: Gathered, kind: PaperKind) -> str:
    """The next number of the kind in the year of issue: counted by department, so that it stands once."""
    head = f"{kind.prefix}{gathered.register.department.code}〔{gathered.day.year}〕"
    taken = LedgerPaper.objects.filter(department=gathered.register.department, kind=kind.code, number__startswith=head).count()
    return f"{head}{taken + 1}号"
