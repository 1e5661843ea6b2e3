"""An issued paper as evidence: of the entry that it is about, or of the obligation that a paper of a period answers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile

from zhiheng.reports.papers.content import from_json
from zhiheng.reports.papers.printing import printed
from zhiheng_web.ledgers.actions.add_evidence import add_evidence
from zhiheng_web.ledgers.models import FOREVER, EntryVersion, LedgerPaper
from zhiheng_web.ledgers.papers import KINDS, Gathered, period_of
from zhiheng_web.ledgers.policies import visible_versions
from zhiheng_web.ledgers.queries.papers import issued_paper
from zhiheng_web.ledgers.writing import loaded
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.queries.papers import official_settings
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text

NOTHING = Text("这种文书不作为证据。请在记录页上传证据。", "This kind of paper proves nothing; add evidence on the page of the entry.")
NO_ENTRY = Text(
    "没有找到这份文书对应的记录。请先登记或生成该期的应办事项，再附为证据。",
    "There is no entry that this paper answers. Record or generate the obligation of the period first.",
)


@dataclass(frozen=True, slots=True)
class Proved:
    """The entry that was proved, by the paper of which number; ``added`` False: it was its evidence before."""

    entry: UUID
    number: str
    added: bool


def prove_by_paper(viewer: Viewer, paper: UUID) -> Proved:
    """Attach the PDF of an issued paper to its entry. The same paper gives the same bytes, so twice is once."""
    issued = issued_paper(viewer, paper)
    kind = KINDS.get(issued.kind)
    if kind is None or not kind.proves:
        raise Refusal("no_evidence", NOTHING)
    entry = kind.proved(_about(viewer, issued))
    if entry is None:
        raise Refusal("no_entry", NO_ENTRY)
    content = ContentFile(printed(from_json(issued.content), "pdf", official_settings()), name=f"{issued.title}.pdf")
    day = issued.issued_at.astimezone(ZoneInfo("Asia/Shanghai")).date()
    facts = {"title": issued.title[:200], "document": issued.number, "issuer": issued.register.department.name[:100], "issued_on": day}
    made = add_evidence(viewer, [entry], [content], kind.proves, **facts)
    return Proved(entry, issued.number, bool(made))


def _about(viewer: Viewer, issued: LedgerPaper) -> Gathered:
    version: EntryVersion | None = None
    if issued.entry_id:
        version = loaded(visible_versions(viewer).filter(entry=issued.entry_id, known_until=FOREVER)).first()
    period = period_of(issued.period) if issued.period else None
    return Gathered(issued.register, viewer.today(), issued.number, period, version, issued.group)
