"""What an engaged agency reads of what it evaluates: targets, self-evaluation with the entries behind each figure, the yearly sheet.

It reads them on pages of the evaluation, from its declaration until the engagement ends, and nothing else of the department: neither
other tables nor the registers themselves. Of entries it reads the public and the internal columns, never personal ones or secrets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhiheng_web.evaluation.evaluating.lookup import EVALUATION, evaluation_for, watched
from zhiheng_web.evaluation.evaluating.sight import sight_of
from zhiheng_web.evaluation.loading import ROW, version_on
from zhiheng_web.evaluation.models import Evaluation, SelfEvaluation, SelfEvaluationFile, SheetFigure
from zhiheng_web.evaluation.queries.self_evaluation import Line, Page, page_of
from zhiheng_web.evaluation.queries.sheet import SheetPage, page_of_sheet
from zhiheng_web.ledgers.columns import SEALED, Kind
from zhiheng_web.ledgers.definition import Column
from zhiheng_web.ledgers.masking import NOTHING, title_of
from zhiheng_web.ledgers.measures.result import REASON_NAMES, Reason
from zhiheng_web.ledgers.models import EntryVersion, EvidenceFile, Register, SnapshotEntry
from zhiheng_web.ledgers.queries.reading import Reader, unit_of
from zhiheng_web.ledgers.writing import definition_of, loaded_many
from zhiheng_web.organisation.authority import absent, authorise_menu
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import DutyRow, IndicatorRow, TableVersion
from zhiheng_web.planning.versions import load
from zhiheng_web.wording import Text

PER_PAGE = 50
HANDED_IN = (SelfEvaluation.State.SUBMITTED, SelfEvaluation.State.ACCEPTED)
UNSHOWN = {Kind.PERSON, Kind.ENTRY, Kind.TOPICS}
"""A person is personal whatever the register calls the column; other entries are not behind the figure."""
FILE = Text("该文件", "this file")


@dataclass(frozen=True, slots=True)
class EvaluatedLine:
    """One indicator: what was promised and, once the department has handed its self-evaluation in, what it says of it."""

    row: IndicatorRow
    own: Line | None


@dataclass(frozen=True, slots=True)
class EvaluatedGroup:
    """The indicators of one duty; ``duty`` None: the table has none."""

    duty: DutyRow | None
    lines: tuple[EvaluatedLine, ...]


@dataclass(frozen=True, slots=True)
class EvaluatedPage:
    """The table that is evaluated. ``version`` None: none was in force; ``own`` None: no self-evaluation is handed in."""

    evaluation: Evaluation
    version: TableVersion | None
    groups: tuple[EvaluatedGroup, ...]
    own: Page | None


@dataclass(frozen=True, slots=True)
class Behind:
    """The entries of one register behind a figure: its heads, and for each entry its title, its cells and why it did not count."""

    register: Text
    heads: tuple[tuple[Text, str], ...]
    rows: tuple[tuple[str, Sequence[Any], Text | None], ...]


@dataclass(frozen=True, slots=True)
class EvaluatedRow:
    """One figure of the self-evaluation down to its entries."""

    evaluation: Evaluation
    page: Page
    line: Line
    behind: tuple[Behind, ...]
    counted: int
    not_counted: int
    number: int
    more: bool
    files: tuple[SelfEvaluationFile, ...]


def _engaged(viewer: Viewer, evaluation: UUID) -> Evaluation:
    """The evaluation for which the viewer's agency is engaged and has declared its interests, or Absent."""
    authorise_menu(viewer, "evaluation.see_evaluated")
    found = evaluation_for(viewer, evaluation)
    if not sight_of(viewer, found).engaged:
        raise absent(EVALUATION)
    return found


@watched
def evaluated_page(viewer: Viewer, evaluation: UUID) -> EvaluatedPage:
    """The evaluated table with its self-evaluation. Queries do not grow with its rows."""
    found = _engaged(viewer, evaluation)
    own = _self_evaluation(viewer, found)
    version = own.evaluation.version if own is not None else version_on(found.table, date(found.table.year, 12, 31))
    if version is None:
        return EvaluatedPage(found, None, (), None)
    lines = {line.row.indicator_row_id: line for line in own.lines} if own is not None else {}
    whole = load(version)
    groups = []
    for duty in (*whole.duties, None):
        rows = [row for row in whole.rows if row.duty_row_id == (duty.pk if duty is not None else None)]
        if rows:
            groups.append(EvaluatedGroup(duty, tuple(EvaluatedLine(row, lines.get(row.pk)) for row in rows)))
    return EvaluatedPage(found, version, tuple(groups), own)


@watched
def evaluated_row(viewer: Viewer, evaluation: UUID, row: UUID, number: int = 1) -> EvaluatedRow:
    """One row of its self-evaluation, traced to the entries that were counted and those that were not."""
    found = _engaged(viewer, evaluation)
    page = _self_evaluation(viewer, found)
    line = next((line for line in page.lines if line.row.pk == row), None) if page is not None else None
    if page is None or line is None:
        raise absent(ROW)
    files = SelfEvaluationFile.objects.filter(row=row, withdrawn_at__isnull=True).select_related("added_by")
    behind, more = _behind(viewer, line, max(number, 1))
    return EvaluatedRow(found, page, line, behind, *_tallied(line), max(number, 1), more, tuple(files))


@watched
def evaluated_sheet(viewer: Viewer, evaluation: UUID, practice: str = "") -> tuple[Evaluation, SheetPage]:
    """The yearly sheet of its department for its year; ``practice``: by which place's practice its ratios are given points."""
    found = _engaged(viewer, evaluation)
    return found, page_of_sheet(viewer, found.table.unit.department, found.table.year, practice)


@watched
def evaluated_sheet_file(viewer: Viewer, evaluation: UUID, figure: UUID) -> EvidenceFile:
    """The file that proves a figure of that sheet."""
    table = _engaged(viewer, evaluation).table
    kept = SheetFigure.objects.select_related("file").filter(pk=figure, department=table.unit.department_id, year=table.year).first()
    if kept is None or kept.file is None:
        raise absent(FILE)
    return kept.file


def _self_evaluation(viewer: Viewer, found: Evaluation) -> Page | None:
    """The newest edition that was handed in: a draft is nobody's but the department's."""
    editions = SelfEvaluation.objects.filter(table=found.table_id, state__in=HANDED_IN).select_related(
        "table__unit__department", "table__project", "version", "submitted_by", "decided_by", "begun_by", "replaces"
    )
    newest = editions.order_by("-edition").first()
    if newest is None:
        return None
    newest.version.table = newest.table
    return page_of(viewer, newest)


def _tallied(line: Line) -> tuple[int, int]:
    """How many entries counted and how many did not, as the snapshot kept them."""
    reasons = (
        list(SnapshotEntry.objects.filter(snapshot=line.row.snapshot_id).values_list("reason", flat=True)) if line.row.snapshot_id else []
    )
    counted = sum(1 for reason in reasons if not reason)
    return counted, len(reasons) - counted


def _behind(viewer: Viewer, line: Line, number: int) -> tuple[tuple[Behind, ...], bool]:
    """A page of the entries behind a figure by register, counted ones first, with the columns that are no secret."""
    if line.row.snapshot_id is None:
        return (), False
    start = (number - 1) * PER_PAGE
    kept = list(SnapshotEntry.objects.filter(snapshot=line.row.snapshot_id).order_by("reason", "part", "pk")[start : start + PER_PAGE + 1])
    shown = kept[:PER_PAGE]
    versions = EntryVersion.objects.only("pk", "register_id").in_bulk([one.version_id for one in shown])
    found = []
    for register in Register.objects.filter(pk__in={version.register_id for version in versions.values()}).order_by("name_zh"):
        own = [one for one in shown if versions[one.version_id].register_id == register.pk]
        found.append(_of_register(viewer, register, own))
    return tuple(found), len(kept) > PER_PAGE


def _of_register(viewer: Viewer, register: Register, kept: Sequence[SnapshotEntry]) -> Behind:
    definition = definition_of(register)
    columns: list[Column] = []
    if not definition.classified:
        columns = [one for one in definition.shown if one.visibility not in SEALED and one.kind not in UNSHOWN and one.name != "title"]
    rows_of = EntryVersion.objects.filter(pk__in=[one.version_id for one in kept]).defer("sealed")
    versions = {one.pk: one for one in loaded_many(register, rows_of)}
    for version in versions.values():
        version.sealed = {}  # nothing sealed is opened for an agency, not even to be masked
    ordered = [versions[one.version_id] for one in kept]
    cells = Reader(viewer, definition, NOTHING).rows(ordered, columns)
    rows = tuple(
        (
            title_of(definition, version, NOTHING) or str(version.entry_id)[:8],
            line,
            REASON_NAMES[Reason(one.reason)] if one.reason else None,
        )
        for one, version, line in zip(kept, ordered, cells, strict=True)
    )
    filled = [place for place in range(len(columns)) if any(line[place].words for _, line, _ in rows)]
    heads = tuple((columns[place].text, unit_of(columns[place])) for place in filled)
    return Behind(
        Text(register.name_zh, register.name_en), heads, tuple((title, [line[place] for place in filled], why) for title, line, why in rows)
    )
