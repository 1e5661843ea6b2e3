"""The papers of a version as pages show them, and as files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings

from zhiheng.reports.papers import NAMES
from zhiheng.reports.papers.content import digest, from_json
from zhiheng.reports.papers.printing import RENDERERS, official, printed
from zhiheng.reports.settings import Settings
from zhiheng_web.organisation.authority import absent, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.issue_paper import PAPER, may_issue, papers_of
from zhiheng_web.planning.models import Paper, SourceFile, TableVersion
from zhiheng_web.planning.papers import Gathered, codes_of, content_for, gather, missing
from zhiheng_web.planning.policies import scope_of
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.wording import Text

DRAFTED = ("declaration", "adjustment")
"""The papers that may be looked at before their step: nothing in them speaks for somebody who has not yet decided."""


@dataclass(frozen=True, slots=True)
class PaperShown:
    """One paper of a version: what was issued, whether it may be issued now, whether its content has changed since."""

    code: str
    text: Text
    issued: tuple[Paper, ...]
    missing: Text | None
    issuable: bool
    changed: bool

    @property
    def draft(self) -> bool:
        """Whether it can be printed without a number: the department's own papers any time, what finance says only once it has."""
        return self.missing is None or self.code in DRAFTED

    @property
    def state(self) -> str:
        """missing, ready, issued, signed."""
        if self.issued:
            return "signed" if self.issued[-1].signed_scan_id else "issued"
        return "missing" if self.missing else "ready"


@dataclass(frozen=True, slots=True)
class PapersShown:
    """The page of papers."""

    version: TableVersion
    papers: tuple[PaperShown, ...]
    uploads: bool


def papers(viewer: Viewer, version: UUID) -> PapersShown:
    """The papers of a version that the viewer may read."""
    found = gather(version_for(viewer, version))
    allowed = may(viewer, "planning.issue_paper", scope_of(found.version.table))
    shown = tuple(paper_shown(viewer, code, found, allowed) for code in codes_of(found))
    return PapersShown(found.version, shown, any(each.issuable for each in shown))


def paper_shown(viewer: Viewer, code: str, found: Gathered, allowed: bool) -> PaperShown:
    """One paper with its state."""
    issued, why = papers_of(found, code), missing(code, found)
    last = issued[-1] if issued else None
    changed = last is not None and why is None and digest(content_for(code, found, last.number)) != last.digest
    return PaperShown(code, Text(*NAMES[code]), tuple(issued), why, allowed and may_issue(viewer, code, found), changed)


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A paper as a file."""

    name: str
    kind: str
    data: bytes


def paper_file(viewer: Viewer, version: UUID, code: str, kind: str, paper: UUID | None = None) -> PaperFile:
    """An issued paper word for word as it was issued (the last one if none is named), or a draft without number, or Absent."""
    found = gather(version_for(viewer, version))
    if code not in codes_of(found) or kind not in RENDERERS:
        raise absent(PAPER)
    issued = papers_of(found, code)
    own = next((each for each in issued if each.pk == paper), None) if paper else (issued[-1] if issued else None)
    if paper and own is None:
        raise absent(PAPER)
    if own is None and code not in DRAFTED and missing(code, found) is not None:
        raise absent(PAPER)
    content = from_json(own.content) if own else content_for(code, found, "")
    return PaperFile(
        f"{content.title}{f' {content.number}' if own else '（草稿）'}.{kind}", kind, printed(content, kind, official_settings())
    )


def signed_scan(viewer: Viewer, version: UUID, paper: UUID) -> SourceFile:
    """The scan of a paper, or Absent."""
    found = gather(version_for(viewer, version))
    for code in codes_of(found):
        for each in papers_of(found, code):
            if each.pk == paper and each.signed_scan is not None:
                return each.signed_scan
    raise absent(PAPER)


def approval_scan(viewer: Viewer, version: UUID) -> SourceFile:
    """The scan of the approval that was recorded for a version, or Absent."""
    scan = version_for(viewer, version).approval_scan
    if scan is None:
        raise absent(PAPER)
    return scan


INVENTED = "演示数据，均为虚构"
"""What stands in the foot of every paper that the demonstration prints."""


def official_settings() -> Settings:
    """How official papers are set: with the office's own fonts where the installation has them."""
    found = official(tuple(getattr(settings, "FONT_FOLDERS", ())))
    return replace(found, mark=INVENTED) if settings.DEMO else found
