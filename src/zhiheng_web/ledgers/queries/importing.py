"""Imports of sheets: for their pages and files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import xlsxwriter
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.utils import timezone

from zhiheng.reports import sheets
from zhiheng_web.ledgers.definition import Choice
from zhiheng_web.ledgers.divisions import counties_of
from zhiheng_web.ledgers.entering.opening import entering, opened_register
from zhiheng_web.ledgers.importing.entering import IMPORT, State, entering_for, visible_imports
from zhiheng_web.ledgers.importing.foreign import foreign_mappings
from zhiheng_web.ledgers.importing.headings import digest_of_headings, lacking
from zhiheng_web.ledgers.importing.reading import rows_of, sheet_of
from zhiheng_web.ledgers.importing.sheet_columns import SheetColumn, sheet_columns
from zhiheng_web.ledgers.importing.template import template
from zhiheng_web.ledgers.models import ColumnMapping, EntryImport, ImportFault, Register
from zhiheng_web.ledgers.policies import scope_of
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.organisation.authority import absent, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text

POLICY = "ledgers.import_entries"
A_PAGE = 50
OUTCOMES = {
    "new": Text("新增", "new"), "changed": Text("更新", "changed"), "same": Text("相同", "same"), "faulty": Text("有误", "faulty"),
}  # fmt: skip
FAULTS = Text("问题", "Faults")


def importing_register(viewer: Viewer, register: UUID) -> Register:
    """The register into which the viewer may import, else Absent or Forbidden."""
    found = opened_register(viewer, register)
    entering(viewer, found, POLICY)
    return found


def template_of(viewer: Viewer, register: UUID) -> tuple[Register, bytes]:
    """The register and its template with the counties of the department."""
    found = importing_register(viewer, register)
    counties = tuple(Choice(county.code, county.text.zh, county.text.en) for county in counties_of(found.department.division_code))
    return found, template(found, definition_of(found), counties)


def recent_imports(viewer: Viewer, register: Register) -> Sequence[EntryImport]:
    """The last imports into a register that the viewer may see. One query."""
    seen = visible_imports(viewer).filter(register=register).exclude(state=State.CANCELLED)
    return list(seen.select_related("source", "created_by", "reporter")[:20])


def import_for(viewer: Viewer, batch: UUID) -> EntryImport:
    """An import that the viewer may see, or Absent."""
    related = ("register__department", "register__office", "source", "created_by", "reporter")
    found = visible_imports(viewer).select_related(*related).filter(pk=batch).first()
    if found is None or not may(viewer, POLICY, scope_of(found.register, viewer.today(), found.reporter_id)):
        raise absent(IMPORT)
    return found


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column of the sheet: its place, heading, first values, and what it is taken for."""

    index: int
    heading: str
    values: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word that is no choice of its column, how often it comes, and what may be meant."""

    column: str
    text: Text
    word: str
    count: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One of the first rows: its number, what it would do, and its cells in the columns that are imported."""

    number: int
    outcome: str
    text: Text
    cells: list[str]


@dataclass(frozen=True, slots=True)
class ImportPage:
    """Everything that the page of an import shows."""

    batch: EntryImport
    columns: tuple[MappedColumn, ...]
    offered: tuple[SheetColumn, ...]
    lacking: tuple[Text, ...]
    words: tuple[UnknownWord, ...]
    faults: Page[ImportFault]
    kinds: tuple[tuple[str, str, int], ...]
    chosen: str
    mapping: ColumnMapping | None
    unverified: bool

    @property
    def asks_columns(self) -> bool:
        """Whether the columns must be mapped before anything can be judged."""
        return bool(self.lacking)

    @property
    def left_out(self) -> bool:
        """Whether the faulty rows are left out expressly."""
        return bool(self.batch.choices.get("left_out"))

    @property
    def template(self) -> str:
        """Which template the sheet was made from (reading.template_of)."""
        return str(self.batch.choices.get("template", ""))

    @property
    def written(self) -> int:
        """How many entries writing makes or changes."""
        return self.batch.made + self.batch.changed

    @property
    def written_at(self) -> str:
        """When it was written, in China."""
        at = self.batch.written_at
        return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at is not None else ""

    @property
    def untold(self) -> bool:
        """Whether there are more faults than are kept at their cells."""
        return self.batch.faults > sum(count for _, _, count in self.kinds)

    @property
    def rows(self) -> list[ShownRow]:
        """The first rows, of the columns that are imported."""
        places = [column.index for column in self.columns if column.name]
        return [
            ShownRow(
                row["row"], row["outcome"], OUTCOMES[row["outcome"]], [row["cells"][at] if at < len(row["cells"]) else "" for at in places]
            )
            for row in self.batch.preview
        ]

    @property
    def ready(self) -> bool:
        """Whether it may be written."""
        right = self.batch.made + self.batch.changed + self.batch.same
        return not self.lacking and right > 0 and (not self.batch.faulty or self.left_out)


def import_page(viewer: Viewer, batch_id: UUID, *, column: str = "", page: int = 1) -> ImportPage:
    """An import with its columns, first rows and faults (of one column, if asked). The queries do not grow with its rows."""
    batch = import_for(viewer, batch_id)
    definition = entering_for(batch).definition
    mapped = {int(index): name for index, name in batch.choices.get("columns", {}).items()}
    read = [row["cells"] for row in batch.preview]
    columns = tuple(
        MappedColumn(index, heading, tuple(row[index] for row in read[:3] if index < len(row) and row[index]), mapped.get(index, ""))
        for index, heading in enumerate(batch.headings)
        if heading
    )
    needed = lacking(definition, mapped) if batch.state == State.READ else []
    rows = batch.fault_rows.all()
    kinds = tuple(rows.order_by("heading", "column").values_list("column", "heading").annotate(Count("pk")))
    shown = rows.filter(column=column) if column else rows
    digest = digest_of_headings(batch.headings)
    system = batch.choices.get("system", "")
    return ImportPage(
        batch,
        columns,
        sheet_columns(definition),
        tuple(definition.column(name).text for name in needed),
        _unknown_words(batch, {one.name: one for one in sheet_columns(definition)}),
        Paginator(shown, A_PAGE).get_page(page),
        kinds,
        column,
        ColumnMapping.objects.filter(register=batch.register, headings=digest).select_related("kept_by").first(),
        any(one.name.zh == system and not one.verified for one in foreign_mappings(batch.register)),
    )


def _unknown_words(batch: EntryImport, offered: dict[str, SheetColumn]) -> tuple[UnknownWord, ...]:
    asked = batch.fault_rows.filter(Q(code="choice") | Q(code="state")).exclude(value="").order_by("column", "value")
    counted = asked.values_list("column", "value").annotate(Count("pk"))[:50]
    return tuple(
        UnknownWord(name, offered[name].text, word, count, offered[name].choices) for name, word, count in counted if name in offered
    )


def faulty_rows(viewer: Viewer, batch_id: UUID) -> tuple[str, bytes]:
    """The faulty rows of an import as a workbook with a last column that says what is wrong; corrected, it is uploaded as it is."""
    batch = import_for(viewer, batch_id)
    told: dict[int, list[str]] = {}
    for fault in batch.fault_rows.all():
        told.setdefault(fault.row, []).append(f"{fault.cell} {Text(fault.text_zh, fault.text_en)}")
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, sheets.OPTIONS) as book:
        sheets.fix_dates(book)
        sheet, text, bold = book.add_worksheet("1"), book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        last = len(batch.headings)
        for index, heading in enumerate(batch.headings):
            sheets.write(sheet, 0, index, heading, bold)
        sheets.write(sheet, 0, last, str(FAULTS), bold)
        sheet.set_column(0, max(last - 1, 0), 18)
        sheet.set_column(last, last, 80)
        place = 0
        for row in rows_of(batch, sheet_of(batch)):
            if row.number in told:
                place += 1
                for index, words in enumerate(row.cells[:last]):
                    sheets.write(sheet, place, index, words, text)
                sheets.write(sheet, place, last, "\n".join(told[row.number]), text)
    return batch.source.name.rsplit(".", 1)[0], target.getvalue()
