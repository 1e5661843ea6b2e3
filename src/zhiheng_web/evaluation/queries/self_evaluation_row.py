"""One row of a self-evaluation, traced down to the entries: target in force, frozen value, what was counted and what not, files, steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import IO
from uuid import UUID

from zhiheng.scoring.trace import printed
from zhiheng_web.evaluation.declaring import Asks, asks, declarable
from zhiheng_web.evaluation.judging import TIER_NAMES
from zhiheng_web.evaluation.loading import ROW
from zhiheng_web.evaluation.models import SelfEvaluationFile
from zhiheng_web.evaluation.monitoring.observing import target_of
from zhiheng_web.evaluation.policies.self_evaluation import scopes_of
from zhiheng_web.evaluation.queries.self_evaluation import Line, Page, self_evaluation_page
from zhiheng_web.evaluation.queries.survey_results import SurveyLine, behind
from zhiheng_web.ledgers.evidence_store.storing import verified
from zhiheng_web.ledgers.measures.result import Reason
from zhiheng_web.ledgers.models import EvidenceFile
from zhiheng_web.ledgers.queries.frozen import Explained, entries_behind, explanation_of, reason_name, tally_of
from zhiheng_web.ledgers.queries.indicator_actual import ALL
from zhiheng_web.organisation.authority import absent, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry behind a frozen value. ``reason`` None: counted. ``since``: it is known otherwise now."""

    entry: UUID
    title: str
    organisation: str
    day: str
    register: Text
    part: str
    reason: Text | None
    since: bool


@dataclass(frozen=True, slots=True)
class RowPage:
    """A row with its trace. ``before`` and ``after`` are its neighbours; ``asked`` which entries are listed, see ledgers.queries.frozen."""

    page: Page
    line: Line
    entries: tuple[EntryLine, ...]
    counted: int
    not_counted: int
    number: int
    more: bool
    files: tuple[SelfEvaluationFile, ...]
    withdrawn: tuple[SelfEvaluationFile, ...]
    may: dict[str, bool]
    before: Line | None
    after: Line | None
    asked: str = ALL
    left_out: Mapping[Reason, int] = field(default_factory=dict)
    explained: Explained | None = None
    survey: SurveyLine | None = None

    @property
    def reasons(self) -> list[tuple[str, Text, int]]:
        """Why entries did not count, with how many."""
        return [(reason.value, reason_name(reason), number) for reason, number in self.left_out.items()]

    @property
    def declares(self) -> bool:
        """Whether the viewer may declare its value now."""
        row = self.line.row
        return self.page.open and row.survey is None and declarable(row.snapshot) and self.may["declare_actual"]

    @property
    def asks(self) -> Asks:
        """What declaring it asks for."""
        row = self.line.row.indicator_row
        return asks(row, target_of(row, self.page.evaluation.table.year), self.page.evaluation.on)

    @property
    def tiers(self) -> list[tuple[int, Text, str, str]]:
        """The tiers with the points that each allows."""
        bands = self.page.scheme.bands("tiers.bands")
        weight = Fraction(self.line.score.effective if self.line.score is not None else self.line.row.points or 0)
        return [
            (number, TIER_NAMES[number], printed(low * weight), printed(Fraction(high) * weight))
            for number, (low, high) in enumerate(bands, 1)
        ]


ROW_RIGHTS = ("fill_self_evaluation", "judge_row", "declare_actual", "add_file", "withdraw_file", "confirm_override")


def row_page(viewer: Viewer, self_evaluation: UUID, row: UUID, number: int = 1, asked: str = ALL) -> RowPage:
    """A row of a self-evaluation, or Absent. ``asked``: all entries, '' the counted ones, those left out, or those of one reason."""
    page = self_evaluation_page(viewer, self_evaluation)
    lines = page.lines
    place = next((index for index, line in enumerate(lines) if line.row.pk == row), None)
    if place is None:
        raise absent(ROW)
    line = lines[place]
    scope = scopes_of(page.evaluation, [line.row])[line.row.pk]
    files = list(SelfEvaluationFile.objects.filter(row=row).select_related("file", "added_by"))
    entries, more = entries_of(viewer, line, asked, max(number, 1))
    snapshot = line.row.snapshot
    counted, rest = tally_of(snapshot) if snapshot is not None else (0, {})
    return RowPage(
        page, line, entries, counted, sum(rest.values()), max(number, 1), more, tuple(file for file in files if file.withdrawn_at is None),
        tuple(file for file in files if file.withdrawn_at is not None),
        {name: may(viewer, f"evaluation.{name}", scope) for name in ROW_RIGHTS} | {"override_score": page.may["override_score"]},
        lines[place - 1] if place else None, lines[place + 1] if place + 1 < len(lines) else None,
        asked, rest, explanation_of(snapshot) if snapshot is not None else None, behind(viewer, line.row.survey),
    )  # fmt: skip


def entries_of(viewer: Viewer, line: Line, asked: str, number: int) -> tuple[tuple[EntryLine, ...], bool]:
    """A page of the entries behind the frozen value, as far as the viewer sees them."""
    if line.row.snapshot is None:
        return (), False
    found, more = entries_behind(viewer, line.row.snapshot, asked, number)
    return tuple(
        EntryLine(one.line.entry, one.line.name, one.line.organisation, one.line.day, one.register, one.part, one.line.reason, one.since)
        for one in found
    ), more


def file_of(viewer: Viewer, self_evaluation: UUID, file: UUID) -> tuple[EvidenceFile, IO[bytes]]:
    """A file of a self-evaluation that the viewer sees, with its content verified, or Absent."""
    page = self_evaluation_page(viewer, self_evaluation, audited=False)
    found = SelfEvaluationFile.objects.select_related("file").filter(pk=file, row__self_evaluation=page.evaluation).first()
    if found is None:
        raise absent(Text("该材料", "this file"))
    return found.file, verified(found.file.key, found.file.sha256, found.file.name)
