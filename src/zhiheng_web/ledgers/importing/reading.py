"""Reading an uploaded sheet and judging its rows: in the request for a small file, in the worker for a long one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from zhiheng.reports.formula import unguarded
from zhiheng.tables.formats.canvas import letters
from zhiheng.tables.formats.long_sheets import LongFile, SheetRow
from zhiheng.tables.grid import Refused
from zhiheng.tables.problems import message
from zhiheng_web.ledgers.bulk import each_block, insert
from zhiheng_web.ledgers.entering.cells import Fault
from zhiheng_web.ledgers.entering.preparing import Entering
from zhiheng_web.ledgers.importing.entering import entering_of
from zhiheng_web.ledgers.importing.headings import LOOKED_AT, Heading, complete, find_heading
from zhiheng_web.ledgers.importing.judging import Judged, JudgedRow, Outcome, Plan, judge, sealed_names
from zhiheng_web.ledgers.importing.template import NOTES_SHEET, VERSION_MARK, edition_mark
from zhiheng_web.ledgers.masking import COVER
from zhiheng_web.ledgers.models import EntryImport, ImportFault, Register
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text

State = EntryImport.State
AT_ONCE = 200 * 1024
"""Files up to this size, some thousand rows, are read while the person waits; longer ones by the worker."""
UNDER_WAY = (State.WAITING, State.READING)
SHOWN = 20
"""Rows of the preview."""
MOST_ROWS = 200_000
LONG_NUMBER = 11
"""Digits from which a number may be a telephone or an identity number."""
MOST_FAULTS = 20_000
"""Faults kept at their cells; of more than that only the number is told."""
NO_HEADING = Text(
    "“{file}”的工作表“{sheet}”里没有找到表头。请下载本台账的模板填写，或保留原表的表头行。",
    "No heading was found in sheet “{sheet}” of “{file}”. Use the template of the register, or keep the heading of the export.",
)
NO_ROWS = Text(
    "表头（第 {row} 行）下面没有数据行。请填写后再上传。",
    "There are no rows below the heading (row {row}). Fill the sheet in and upload it again.",
)
GONE = Text(
    "上传的文件“{file}”已不在文件目录中。请重新上传该表；如反复出现，请联系系统管理员从备份恢复。",
    "The uploaded file “{file}” is no longer in the folder of files. Upload it again, or ask the administrator to bring it back.",
)
TOO_MANY = Text(
    "表中有 {n} 行，一次最多导入 {most} 行。请拆成几个文件。",
    "The sheet has {n} rows; {most} are imported at a time. Split it into several files.",
)


class Unreadable(Exception):  # noqa: N818 - it is an answer, not a fault
    """A sheet that has nothing to import: what and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.zh)
        self.text = text


@task()
def read_in_background(batch: str) -> None:
    """The job of the worker. It may be cancelled between its blocks of rows."""
    read_import(UUID(batch))


def read_import(batch_id: UUID) -> None:
    """Read and judge the sheet as chosen so far; keep counts, faults and the first rows. One that was cancelled meanwhile keeps nothing."""
    if not EntryImport.objects.filter(pk=batch_id, state__in=UNDER_WAY).update(state=State.READING, row=0):
        return
    batch = EntryImport.objects.select_related("source", "register__department", "reporter").get(pk=batch_id)
    try:
        file = sheet_of(batch)
        _choose(batch, file)
    except Refused as refused:
        _refuse(batch, Text(message(refused.problem, "zh"), message(refused.problem, "en")))
        return
    except (Unreadable, Refusal) as unreadable:
        _refuse(batch, unreadable.text)
        return
    entering = entering_of(batch.register, batch.reporter, timezone.localtime(batch.created_at).date())
    if complete(entering.definition, plan_of(batch, entering).columns):
        _judge(batch, file, entering)
    else:
        preview = [
            {"row": row.number, "outcome": "", "cells": [_sample(cell) for cell in row.cells]}
            for row in islice(below_heading(batch, file), 3)
        ]
        EntryImport.objects.filter(pk=batch.pk, state=State.READING).update(state=State.READ, preview=preview)


def sheet_of(batch: EntryImport) -> LongFile:
    """The uploaded sheet of an import; a refusal where the folder of files has lost it."""
    if not batch.source.stored or not Path(batch.source.stored.path).is_file():
        raise Refusal("sheet_gone", GONE.with_(file=batch.source.name))
    return LongFile(Path(batch.source.stored.path), batch.source.name)


def _refuse(batch: EntryImport, text: Text) -> None:
    EntryImport.objects.filter(pk=batch.pk, state=State.READING).update(state=State.REFUSED, refusal_zh=text.zh, refusal_en=text.en)


def _choose(batch: EntryImport, file: LongFile) -> None:
    """The sheet, its heading and columns, where nobody has chosen them yet."""
    choices = dict(batch.choices)
    sheet = choices.get("sheet")
    if sheet not in file.sheets:
        sheet = next((name for name in file.sheets if name != NOTES_SHEET and any(True for _ in file.rows(name))), file.sheets[0])
    count = file.count(sheet)
    if count > MOST_ROWS:
        raise Unreadable(TOO_MANY.with_(n=count, most=MOST_ROWS))
    if "columns" not in choices:
        entering = entering_of(batch.register, None, timezone.localtime(batch.created_at).date())
        top = [(row.number, row.cells) for row in islice(file.rows(sheet), LOOKED_AT)]
        heading = find_heading(batch.register, entering.definition, top)
        if heading is None:
            raise Unreadable(NO_HEADING.with_(file=batch.source.name, sheet=sheet))
        batch.headings = list(heading.words)
        choices |= _chosen(heading)
    batch.choices = {**choices, "sheet": sheet, "sheets": list(file.sheets), "template": template_of(batch.register, file)}
    batch.rows = max(0, count - batch.choices["heading"])
    if not batch.rows:
        raise Unreadable(NO_ROWS.with_(row=batch.choices["heading"]))
    batch.save(update_fields=["choices", "headings", "rows"])


def template_of(register: Register, file: LongFile) -> str:
    """Whether a sheet was made from a template of this register: its present edition (this), an earlier one (earlier), of another
    register (other); '' for a sheet that is no template.
    """
    if NOTES_SHEET not in file.sheets:
        return ""
    words = (cell.strip() for row in file.rows(NOTES_SHEET) for cell in row.cells[:1])
    mark = next((word for word in words if word.startswith(VERSION_MARK)), "")
    if not mark or mark == edition_mark(register):
        return "this" if mark else ""
    return "earlier" if mark.split()[1:2] == [register.code] else "other"


def _chosen(heading: Heading) -> dict[str, Any]:
    columns = {str(index): name for index, name in heading.columns.items()}
    return {"heading": heading.row, "columns": columns, "source": heading.source, "system": heading.pack_name}


def plan_of(batch: EntryImport, entering: Entering) -> Plan:
    """How the sheet lies on the register as chosen so far."""
    return Plan.of(entering.definition, batch.headings, batch.choices)


def rows_of(batch: EntryImport, file: LongFile) -> Iterator[SheetRow]:
    """The rows below the heading that hold anything in a column that is imported."""
    columns = [int(index) for index, name in batch.choices["columns"].items() if name]
    for row in below_heading(batch, file):
        if any(index < len(row.cells) and row.cells[index].strip() for index in columns):
            yield row


def below_heading(batch: EntryImport, file: LongFile) -> Iterator[SheetRow]:
    """Every row below the heading; of a CSV without the apostrophes that keep a spreadsheet from running a text."""
    heading = batch.choices["heading"]
    rows = (row for row in file.rows(batch.choices["sheet"]) if row.number > heading)
    if file.format != "csv":
        return rows
    return (SheetRow(row.number, [unguarded(cell) for cell in row.cells]) for row in rows)


def _judge(batch: EntryImport, file: LongFile, entering: Entering) -> None:
    told = Told(batch, entering)
    if not each_block(judge(entering, plan_of(batch, entering), rows_of(batch, file), create=False), told.add):
        return  # cancelled
    counts = told.counts
    with transaction.atomic():
        held = EntryImport.objects.select_for_update(no_key=True).get(pk=batch.pk)
        if held.state != State.READING:
            return
        ImportFault.objects.filter(batch=held).delete()
        insert(told.faults[:MOST_FAULTS])
        held.made, held.changed, held.same = counts[Outcome.NEW], counts[Outcome.CHANGED], counts[Outcome.SAME]
        held.faulty, held.faults, held.preview = counts[Outcome.FAULTY], told.total, told.preview
        held.rows = held.row = sum(counts.values())
        held.judged = told.judged.hexdigest()
        held.state = State.READ
        held.choices = {**batch.choices, "left_out": False}
        held.save()


class Told:
    """What the preview has been told so far: counts, faults at their cells, the first rows."""

    def __init__(self, batch: EntryImport, entering: Entering) -> None:
        self.batch = batch
        self.counts, self.judged = dict.fromkeys(Outcome, 0), Judged(entering.definition)
        self.faults: list[ImportFault] = []
        self.preview: list[dict[str, Any]] = []
        self.total = 0
        self.places = {name: index for index, name in plan_of(batch, entering).columns.items()}
        self.hidden = sealed_places(entering, self.places)

    def add(self, block: Sequence[JudgedRow]) -> bool:
        """Take a block of rows and tell how far the reading has come. False: it was cancelled meanwhile."""
        self.judged.add(block)
        for row in block:
            self.counts[row.outcome] += 1
            self.total += len(row.faults)
            if row.faults and len(self.faults) < MOST_FAULTS:
                self.faults.extend(fault_rows(self.batch, row, self.places, self.hidden))
            if len(self.preview) < SHOWN:
                cells = covered(row.cells, self.hidden)
                self.preview.append({"row": row.number, "outcome": row.outcome.value, "cells": cells, "warnings": _warned(row)})
        reading = EntryImport.objects.filter(pk=self.batch.pk, state=State.READING)
        return bool(reading.update(row=block[-1].number - self.batch.choices["heading"]))


def _warned(row: JudgedRow) -> list[list[str]]:
    return [[fault.text.zh, fault.text.en] for fault in row.warnings]


def sealed_places(entering: Entering, places: dict[str, int]) -> frozenset[int]:
    """The columns of the sheet that hold personal data or secrets: nothing of them is kept readable in the preview."""
    sealed = sealed_names(entering.definition)
    return frozenset(index for name, index in places.items() if name in sealed)


def covered(cells: Sequence[str], hidden: frozenset[int]) -> list[str]:
    """The cells of a row with those covered that are sealed in the register."""
    return [COVER if cell and index in hidden else cell for index, cell in enumerate(cells)]


def _sample(cell: str) -> str:
    """A cell of a column that nobody has named yet: a long number, which may be a person's, is cut."""
    return f"{cell[:4]}…" if sum(map(str.isdigit, cell)) >= LONG_NUMBER else cell


def fault_rows(batch: EntryImport, row: JudgedRow, places: dict[str, int], hidden: frozenset[int]) -> Iterator[ImportFault]:
    """The faults of a row at their cells."""
    for fault in row.faults:
        index = place_of(fault, places)
        value = row.cells[index] if index is not None and index < len(row.cells) else ""
        zh, en = fault.text.zh, fault.text.en
        if index in hidden and value:
            zh, en, value = zh.replace(value.strip(), COVER), en.replace(value.strip(), COVER), COVER
        yield ImportFault(
            batch=batch,
            row=row.number,
            cell=f"{letters(index)}{row.number}" if index is not None else str(row.number),
            heading=batch.headings[index][:100] if index is not None and index < len(batch.headings) else "",
            column=fault.column[:60],
            value=str(value)[:300],
            code=fault.code[:40],
            text_zh=zh,
            text_en=en,
        )


def place_of(fault: Fault, places: dict[str, int]) -> int | None:
    """The column of the sheet in which a fault stands; None where the sheet has no such column."""
    names = (fault.column, f"{fault.column}_name", f"{fault.column}_identity")
    return next((places[name] for name in names if name in places), None)
