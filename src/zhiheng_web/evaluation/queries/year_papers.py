"""The papers of the year for their pages: the list by kind, one thing that papers are about, an issued paper, and their files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from zhiheng.reports.form import Form, FormCell
from zhiheng.reports.letter import Letter
from zhiheng.reports.papers.content import Content, from_json
from zhiheng.reports.papers.printing import RENDERERS, printed
from zhiheng_web.evaluation.actions.issue_paper import unchanged
from zhiheng_web.evaluation.issuing.contents import content_of
from zhiheng_web.evaluation.issuing.kinds import KINDS, STAGES, PaperKind
from zhiheng_web.evaluation.issuing.numbers import proposed
from zhiheng_web.evaluation.issuing.sides import by_finance, scope_of, subject_key
from zhiheng_web.evaluation.issuing.subjects import Subject, subject_for, subjects
from zhiheng_web.evaluation.models import YearPaper
from zhiheng_web.evaluation.policies.papers import PAPER, departments, issues, paper_for, visible_papers
from zhiheng_web.organisation.authority import absent, authorise_menu
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import SourceFile
from zhiheng_web.planning.queries.money import department_of, years_of
from zhiheng_web.planning.queries.papers import official_settings
from zhiheng_web.trail.action import Refusal
from zhiheng_web.ui.exporting import named
from zhiheng_web.wording import Text

NARROW = 6
"""So many columns stand on a small screen."""
DRAFT = "草稿，未编号，不作正式文书"
STATES: Mapping[str, tuple[Text, str]] = {
    "missing": (Text("尚不能出具", "Not yet"), ""),
    "ready": (Text("可出具", "Can be issued"), "warn"),
    "issued": (Text("已出具，待签字盖章", "Issued, waiting for signature"), "info"),
    "signed": (Text("签字盖章件已收回", "Signed scan kept"), "good"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing with the papers of a kind that were issued about it, in order."""

    subject: Subject
    issued: tuple[YearPaper, ...]
    issues: bool

    @property
    def state(self) -> str:
        """A key of STATES."""
        if self.issued:
            return "signed" if self.issued[-1].signed_scan_id else "issued"
        return "missing" if self.subject.missing else "ready"

    @property
    def state_text(self) -> Text:
        """The state in words."""
        return STATES[self.state][0]

    @property
    def tone(self) -> str:
        """The class of its badge."""
        return STATES[self.state][1]

    @property
    def last(self) -> YearPaper | None:
        """The last issue."""
        return self.issued[-1] if self.issued else None


@dataclass(frozen=True, slots=True)
class Group:
    """The papers of one kind."""

    kind: PaperKind
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class YearPapers:
    """The list of a department's year. ``stage`` narrows it, '' shows all."""

    year: int
    department: Department | None
    departments: Sequence[Department]
    years: Sequence[int]
    groups: Sequence[Group]
    stage: str

    @property
    def stages(self) -> Mapping[str, Text]:
        """The parts of the year."""
        return STAGES


def year_papers(viewer: Viewer, year: int, chosen: UUID | None = None, stage: str = "") -> YearPapers:
    """What was issued, what can be and what is missing for the rest. The number of queries does not grow with the papers."""
    authorise_menu(viewer, "evaluation.see_year_papers")
    seen = departments(viewer)
    department = department_of(seen, chosen)
    years = sorted({*years_of(viewer, viewer.today()), year}, reverse=True)
    wanted = stage if stage in STAGES else ""
    if department is None:
        return YearPapers(year, None, seen, years, (), wanted)
    kinds = [kind for kind in KINDS.values() if wanted in ("", kind.stage)]
    about = subjects(viewer, department, year, kinds)
    issued = _issued(viewer, department, year)
    groups = tuple(Group(kind, tuple(_line(viewer, one, issued) for one in about[kind.code])) for kind in kinds)
    return YearPapers(year, department, seen, years, groups, wanted)


def _issued(viewer: Viewer, department: Department, year: int) -> dict[tuple[str, object], list[YearPaper]]:
    """The issued papers by code and what they are about. What they say is not loaded."""
    rows = visible_papers(viewer).filter(department=department, year=year).defer("content")
    found: dict[tuple[str, object], list[YearPaper]] = {}
    for row in rows.select_related("issued_by", "evaluation_report").order_by("sequence"):
        found.setdefault((row.code, subject_key(row)), []).append(row)
    return found


def _line(viewer: Viewer, subject: Subject, issued: Mapping[tuple[str, object], list[YearPaper]]) -> Line:
    return Line(subject, tuple(issued.get((subject.kind.code, subject.key), ())), subject.issued_by(viewer))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a paper as a screen shows it: a table with its heading rows, or the paragraphs of a letter as (style, text).

    ``wide``: its columns need more room than a small screen has.
    """

    title: str
    subtitle: str = ""
    head: Sequence[Sequence[FormCell]] = ()
    body: Sequence[Sequence[FormCell]] = ()
    above: Sequence[Sequence[FormCell]] = ()
    lines: Sequence[tuple[str, str]] = ()
    wide: bool = False


def sheets(content: Content) -> list[Sheet]:
    """Every page of a paper, in order."""
    return [_letter(page) if isinstance(page, Letter) else _form(page) for page in content.pages]


def _letter(page: Letter) -> Sheet:
    return Sheet(page.title, lines=[(line.style.value, line.text) for line in page.lines])


def _form(page: Form) -> Sheet:
    start, stop = page.heading_start, page.heading_stop
    return Sheet(page.title, page.subtitle, page.rows[start:stop], page.rows[stop:], page.rows[:start], wide=len(page.widths) > NARROW)


@dataclass(frozen=True, slots=True)
class Desk:
    """One thing that papers are about: what was issued, what it would say now, and why it cannot be issued, if so.

    ``changed``: it would say something else than the last one. ``number`` is the one that is proposed.
    """

    line: Line
    sheets: Sequence[Sheet]
    why: Text | None
    changed: bool
    number: str

    @property
    def siblings(self) -> list[PaperKind]:
        """The kinds of papers that are about the same thing."""
        own = self.line.subject.kind
        return [kind for kind in KINDS.values() if own.subject and kind.subject == own.subject]

    @property
    def can_issue(self) -> bool:
        """Whether the viewer can issue one now."""
        return self.line.issues and self.why is None and (not self.line.issued or self.changed)


def paper_desk(viewer: Viewer, year: int, code: str, key: UUID) -> Desk:
    """The page of one thing and kind."""
    authorise_menu(viewer, "evaluation.see_year_papers")
    subject = subject_for(viewer, year, code, key, departments(viewer))
    rows = visible_papers(viewer).filter(subject.papers()).select_related("issued_by", "signed_scan").order_by("sequence")
    line = Line(subject, tuple(rows), subject.issued_by(viewer))
    try:
        content = content_of(viewer, subject, "", viewer.today())
        changed = line.last is None or not unchanged(viewer, subject, line.last)
    except Refusal as refusal:
        return Desk(line, (), refusal.text, False, "")
    return Desk(line, sheets(content), None, changed, proposed(subject, viewer.today()) if line.issues and changed else "")


@dataclass(frozen=True, slots=True)
class PaperPage:
    """An issued paper as it was kept."""

    paper: YearPaper
    kind: PaperKind
    key: object
    sheets: Sequence[Sheet]
    keeps: bool
    later: Sequence[YearPaper]


def paper_page(viewer: Viewer, paper: UUID) -> PaperPage:
    """The page of an issued paper: what it says comes from what was kept, never from the rows of today."""
    authorise_menu(viewer, "evaluation.see_year_papers")
    own = paper_for(viewer, paper)
    keeps = issues(viewer, finance=by_finance(own), scope=scope_of(own))
    same = visible_papers(viewer).filter(
        code=own.code, department=own.department_id, year=own.year, monitoring_report=own.monitoring_report_id,
        self_evaluation=own.self_evaluation_id, order=own.order_id, sequence__gt=own.sequence,
    )  # fmt: skip
    if own.evaluation_report is not None:
        same = same.filter(evaluation_report__evaluation=own.evaluation_report.evaluation_id)
    later = list(same.defer("content").order_by("sequence"))
    return PaperPage(own, KINDS[own.code], subject_key(own), sheets(from_json(own.content)), keeps, later)


def issued_file(viewer: Viewer, paper: UUID, kind: str) -> tuple[str, bytes]:
    """An issued paper as a file: its name and bytes, the same for ever."""
    authorise_menu(viewer, "evaluation.see_year_papers")
    own = paper_for(viewer, paper)
    if kind not in RENDERERS:
        raise absent(PAPER)
    return f"{named(f'{own.title} {own.number}')}.{kind}", printed(from_json(own.content), kind, official_settings())


def draft_file(viewer: Viewer, year: int, code: str, key: UUID, kind: str) -> tuple[str, bytes]:
    """What a paper would say if it were issued now: without a number, marked as a draft on every page."""
    authorise_menu(viewer, "evaluation.see_year_papers")
    if kind not in RENDERERS:
        raise absent(PAPER)
    content = content_of(viewer, subject_for(viewer, year, code, key, departments(viewer)), "", viewer.today())
    settings = official_settings()
    marked = replace(settings, mark="　".join(filter(None, (DRAFT, settings.mark))))
    return f"{named(content.title)}（草稿）.{kind}", printed(content, kind, marked)


def scan_of(viewer: Viewer, paper: UUID) -> SourceFile:
    """The signed scan of a paper, or Absent."""
    authorise_menu(viewer, "evaluation.see_year_papers")
    scan = paper_for(viewer, paper).signed_scan
    if scan is None:
        raise absent(PAPER)
    return scan
