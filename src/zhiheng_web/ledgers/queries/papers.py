"""The papers of a register or of an entry as their page shows them, and a paper as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from zhiheng.reports.papers.content import from_json
from zhiheng.reports.papers.printing import RENDERERS, printed
from zhiheng_web.ledgers.actions.issue_ledger_paper import PAPER, gather, may_read
from zhiheng_web.ledgers.models import EntryVersion, LedgerPaper, Register
from zhiheng_web.ledgers.papers import KINDS, Gathered, PaperKind, kinds_of
from zhiheng_web.ledgers.policies import scope_of, visible_entries, visible_registers
from zhiheng_web.organisation.authority import absent, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.queries.papers import official_settings
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind of paper with those issued; ``lacking`` says why none can be issued now."""

    kind: PaperKind
    issued: tuple[LedgerPaper, ...]
    lacking: Text | None
    periods: tuple[str, ...] = ()
    groups: tuple[tuple[str, str], ...] = ()


def papers_of_entry(viewer: Viewer, register: Register, version: EntryVersion) -> list[KindRow]:
    """The kinds of papers about an entry that the viewer sees, with what was issued. At most one query where the register gives any."""
    kinds = [kind for kind in kinds_of(register, "entry") if may_read(viewer, kind, register)]
    if not kinds:
        return []
    issued = list(LedgerPaper.objects.filter(register=register, entry=version.entry_id).select_related("issued_by").order_by("issued_at"))
    about = Gathered(register, viewer.today(), "", None, version)
    return [KindRow(kind, tuple(paper for paper in issued if paper.kind == kind.code), kind.lacking(about)) for kind in kinds]


def gives_papers(register: Register) -> bool:
    """Whether a register gives papers by period, so that its list leads to them."""
    return bool(kinds_of(register, "period") or kinds_of(register, "group"))


def papers_of_register(viewer: Viewer, register_id: UUID, year: int) -> dict[str, Any]:
    """The kinds of papers about a period of a register, with what was issued for the year."""
    register = visible_registers(viewer).select_related("department", "office").filter(pk=register_id).first()
    if register is None:
        raise absent(PAPER)
    kinds = [kind for of in ("period", "group") for kind in kinds_of(register, of) if may_read(viewer, kind, register)]
    groups = {kind.code: tuple(kind.groups(register, year)) if kind.of == "group" else () for kind in kinds}
    about = Q(period__startswith=str(year)) | Q(group__in={code for some in groups.values() for code, _ in some})
    issued = list(LedgerPaper.objects.filter(about, register=register, entry=None).select_related("issued_by"))
    rows = [
        KindRow(kind, tuple(paper for paper in issued if paper.kind == kind.code), None, tuple(_periods(kind, year)), groups[kind.code])
        for kind in kinds
    ]
    return {
        "register": register,
        "rows": rows,
        "year": year,
        "issues": may(viewer, "ledgers.issue_paper", scope_of(register, viewer.today())),
    }


def _periods(kind: PaperKind, year: int) -> list[str]:
    codes = {"year": [str(year)], "quarter": [f"{year}Q{n}" for n in range(1, 5)], "month": [f"{year}-{n:02d}" for n in range(1, 13)]}
    return [code for every in kind.every for code in codes[every]]


def issued_file(viewer: Viewer, paper: UUID, kind: str) -> tuple[str, bytes]:
    """An issued paper as a file: its name and bytes. The same content for ever."""
    found = issued_paper(viewer, paper)
    if kind not in RENDERERS:
        raise absent(PAPER)
    return f"{found.title}.{kind}", printed(from_json(found.content), kind, official_settings())


def issued_paper(viewer: Viewer, paper: UUID) -> LedgerPaper:
    """An issued paper that the viewer may read; else Absent."""
    rows = LedgerPaper.objects.filter(pk=paper, register__in=visible_registers(viewer).values("pk"))
    found = rows.select_related("register", "register__office", "register__department").first()
    if found is None or not may_read(viewer, KINDS.get(found.kind), found.register):
        raise absent(PAPER)
    if found.entry_id and not visible_entries(viewer).filter(pk=found.entry_id).exists():
        raise absent(PAPER)
    return found


def draft_file(
    viewer: Viewer, register: UUID, code: str, kind: str, *, entry: UUID | None, period: str, group: str = ""
) -> tuple[str, bytes]:
    """What a paper would say if it were issued now, without a number."""
    gathered, wanted = gather(viewer, register, code, entry=entry, period=period, group=group)
    if kind not in RENDERERS:
        raise absent(PAPER)
    content = wanted.build(gathered)
    return f"{content.title}.{kind}", printed(content, kind, official_settings())
