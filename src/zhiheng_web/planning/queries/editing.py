"""What the editing pages read: the sheet in the form's own layout, what changed since, what a text would mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q

from zhiheng.plan.procedure import EDITABLE, State
from zhiheng.values.explain import explain
from zhiheng.values.reading import Reading
from zhiheng.values.wording import wording
from zhiheng_web.organisation.authority import absent, may
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.checking import Checked, blocks, check, found_rows
from zhiheng_web.planning.editing.cells import (
    DUTY_FIELDS,
    HEAD,
    Cell,
    by_duties,
    candidates_of,
    cells_of,
    columns_of,
    figure_of,
    head_fields,
    reading_of,
    write,
)
from zhiheng_web.planning.editing.open_version import ROW
from zhiheng_web.planning.editing.sheet_layout import Heading, HeadRows, head_rows, heading_rows, levels_of
from zhiheng_web.planning.fields import Field
from zhiheng_web.planning.models import DutyRow, Indicator, IndicatorRow, LibraryIndicator, TableVersion
from zhiheng_web.planning.policies import scope_of
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.versions import Loaded, load
from zhiheng_web.wording import Text, language

EDIT = "planning.edit_cells"
LABELS = {
    "references.planned": "planned",
    "references.standard": "standard",
    "references.mean": "mean",
    "references.last_year": "last_year",
}
"""Columns whose heading says the years, and the label of the version that says it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the sheet with its heading as this year's form has it."""

    field: Field
    heading: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell of the sheet. ``severity`` is that of its gravest open finding, '' if there is none."""

    cell: Cell
    editable: bool
    severity: str
    findings: tuple[Checked, ...]

    @property
    def row(self) -> str:
        """The name of its row."""
        return self.cell.key[0]

    @property
    def field(self) -> str:
        """The name of its field."""
        return self.cell.field.path

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.cell.text


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator with its cells in the order of the columns."""

    row: IndicatorRow
    cells: tuple[Shown, ...]
    levels: tuple[str, ...] = ()

    @property
    def open(self) -> int:
        """How many findings of the row still ask for something."""
        return sum(found.open for shown in self.cells for found in shown.findings)


@dataclass(frozen=True, slots=True)
class Group:
    """A duty with its indicators; no duty: rows that stand under none."""

    duty: DutyRow | None
    cells: tuple[Shown, ...]
    lines: tuple[Line, ...]
    mine: bool


@dataclass(frozen=True)
class Sheet:
    """A version as the editing page shows it."""

    viewer: Viewer
    loaded: Loaded

    @property
    def version(self) -> TableVersion:
        """The version."""
        return self.loaded.version

    @property
    def open(self) -> bool:
        """Whether anything may still be written."""
        return State(self.version.state) in EDITABLE

    @cached_property
    def cells(self) -> dict[tuple[str, str], Cell]:
        """All cells by row and field."""
        return cells_of(self.loaded)

    @cached_property
    def findings(self) -> tuple[Checked, ...]:
        """The findings of the version."""
        return check(self.loaded)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The indicator columns with their headings."""
        labels: Mapping[str, Any] = self.version.head.get("labels", {})
        said = {path: labels.get(key, "") for path, key in LABELS.items()}
        english = language() == "en"
        return tuple(
            Column(field, str(field.text) if english else said.get(field.path) or field.text.zh) for field in columns_of(self.loaded)
        )

    @cached_property
    def headings(self) -> tuple[tuple[Heading, ...], ...]:
        """The rows of headings as the official form sets them: 指标参考值 over 标准值 and 历史值."""
        return heading_rows([(column.field.path, column.heading) for column in self.columns])

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Duties with their indicators, as the rows stand; a duty without indicators keeps its turn."""
        found, lines = [], {None: []} | {duty.pk: [] for duty in self.loaded.duties}
        for row in self.loaded.rows:
            cells = tuple(self.shown(str(row.pk), column.field) for column in self.columns)
            lines[row.duty_row_id].append(Line(row, cells, () if self.duties else levels_of(self.version, row)))
        for duty in self.loaded.duties:
            cells = tuple(self.shown(str(duty.pk), field) for field in DUTY_FIELDS)
            found.append(Group(duty, cells, tuple(lines[duty.pk]), cells[0].editable))
        if lines[None]:
            found.append(Group(None, (), tuple(lines[None]), self.may_head))
        return tuple(found)

    @cached_property
    def head(self) -> tuple[Shown, ...]:
        """The cells of the head."""
        return tuple(self.shown(HEAD, field) for field in head_fields(self.loaded))

    @cached_property
    def duties(self) -> bool:
        """Whether the form is laid out by duties; else by 一级指标 and 二级指标."""
        return by_duties(self.loaded)

    @cached_property
    def head_rows(self) -> HeadRows[Shown]:
        """The head by rows."""
        cells = ((shown.cell.field.column, shown.cell.field.text, shown) for shown in self.head)
        return head_rows(self.version, cells, self.duties)

    @cached_property
    def may_head(self) -> bool:
        """Whether the viewer may write the head."""
        return self.open and may(self.viewer, EDIT, scope_of(self.version.table))

    @cached_property
    def may_arrange(self) -> bool:
        """Whether the viewer may add, remove and move rows."""
        return self.open and may(self.viewer, "planning.add_row", scope_of(self.version.table))

    @cached_property
    def may_write(self) -> bool:
        """Whether the viewer may write anything at all."""
        return self.open and any(may(self.viewer, EDIT, scope) for scope in {cell.scope for cell in self.cells.values()})

    @cached_property
    def _at(self) -> dict[tuple[str, str], tuple[Checked, ...]]:
        found: dict[tuple[str, str], tuple[Checked, ...]] = {}
        for finding in self.findings:
            key = place_of(self.loaded, finding)
            found[key] = (*found.get(key, ()), finding)
        return found

    @cached_property
    def _allowed(self) -> dict[Scope, bool]:
        return {scope: may(self.viewer, EDIT, scope) for scope in {cell.scope for cell in self.cells.values()}}

    def shown(self, row: str, field: Field) -> Shown:
        """One cell as this viewer sees it."""
        cell = self.cells[row, field.path]
        findings = self._at.get((row, field.path), ())
        graves = [finding.severity.value for finding in findings if finding.open]
        severity = next((name for name in ("error", "warning", "information") if name in graves), "")
        return Shown(cell, self.open and self._allowed[cell.scope], severity, findings)

    def of_row(self, row: str) -> tuple[Shown, ...]:
        """The cells of one row, or Absent."""
        found = tuple(self.shown(key, cell.field) for (key, _), cell in self.cells.items() if key == row)
        if not found:
            raise absent(ROW)
        return found

    def findings_json(self) -> list[dict[str, Any]]:
        """The findings as the page lists them."""
        return [finding_json(self.loaded, found) for found in self.findings]


def sheet(viewer: Viewer, version: UUID) -> Sheet:
    """The version as an editing page shows it. Eight queries or so, whatever its size."""
    return Sheet(viewer, load(version_for(viewer, version)))


def place_of(loaded: Loaded, found: Checked) -> tuple[str, str]:
    """Row and field of the cell that a finding is about; an empty row: a whole column or the table."""
    if found.row is not None:
        return (str(found.row.pk), found.field)
    if found.duty is not None:
        duty = next((row for row in loaded.duties if row.number == found.duty), None)
        return (str(duty.pk) if duty else "", found.field)
    return (HEAD if any(field.path == found.field for field in head_fields(loaded)) else "", found.field)


def finding_json(loaded: Loaded, found: Checked) -> dict[str, Any]:
    """One finding for the page, in the reader's language."""
    row, field = place_of(loaded, found)
    reply = found.reply
    return {
        "mark": found.mark,
        "code": found.code,
        "severity": found.severity.value,
        "row": row,
        "field": field,
        "duty": found.duty,
        "text": str(found.text),
        "open": found.open,
        "blocks": blocks(found.severity),
        "asks": found.asks,
        "reply": None if reply is None else {"text": reply.text, "by": reply.replied_by.name},
    }


def changes(viewer: Viewer, version: UUID, since: int) -> dict[str, Any]:
    """What others did since the count of edits ``since``: cells with who wrote them, the order of rows, the findings."""
    seen = version_for(viewer, version)
    if seen.edits <= since:
        return {"edits": seen.edits, "open": State(seen.state) in EDITABLE}
    now = Sheet(viewer, load(seen))
    return {"edits": seen.edits, "open": now.open, **standing(now), "rows": changed_rows(now, since), "findings": now.findings_json()}


def standing(now: Sheet) -> dict[str, Any]:
    """Which rows stand in the version, in order: a page that shows others must be loaded anew."""
    return {"order": [*(str(row.pk) for row in now.loaded.duties), *(str(row.pk) for row in now.loaded.rows)]}


def changed_rows(now: Sheet, since: int) -> list[dict[str, Any]]:
    """The rows whose last change is later than ``since``, each with its texts and who changed it."""
    version, loaded = now.version, now.loaded
    owners: list[TableVersion | DutyRow | IndicatorRow] = [row for row in (*loaded.duties, *loaded.rows) if row.edits > since]
    if version.head_edits > since:
        owners.append(version)
    named = {row.pk: row for row in _with_editors(owners)}
    found = []
    for owner in owners:
        key = HEAD if owner is version else str(owner.pk)
        by = named[owner.pk].edited_by
        texts = {field: cell.text for (row, field), cell in now.cells.items() if row == key}
        at = owner.edited_at.isoformat() if owner.edited_at else ""
        found.append({"row": key, "cells": texts, "by": by.name if by else "", "account": str(by.pk) if by else "", "at": at})
    return found


def _with_editors(owners: Sequence[TableVersion | DutyRow | IndicatorRow]) -> Iterable[Any]:
    """The same rows with the accounts that changed them. One query a kind of row."""
    for model in (TableVersion, DutyRow, IndicatorRow):
        keys = [owner.pk for owner in owners if isinstance(owner, model)]
        yield from model.objects.filter(pk__in=keys).select_related("edited_by") if keys else ()


def preview(viewer: Viewer, version: UUID, row: str, field: str, text: str) -> dict[str, Any]:
    """What ``text`` would mean in a cell and which findings its row would have. Nothing is stored."""
    loaded = load(version_for(viewer, version))
    cell = cells_of(loaded).get((row, field))
    if cell is None:
        raise absent(ROW)
    same = cell.text == text
    if not same:
        write(cell, text, loaded)
        loaded = replace(loaded)
        findings = [finding_json(loaded, found) for found in _checked_now(loaded) if _about(loaded, found, cell)]
    else:
        findings = [finding_json(loaded, found) for found in check(loaded) if _about(loaded, found, cell)]
    return {"row": row, "field": field, "text": text, **meaning(cell, text, loaded.year), "findings": findings}


def meaning(cell: Cell, text: str, year: int) -> dict[str, Any]:
    """How a cell's text is understood, line by line, and the readings among which a person must choose."""
    figure = figure_of(cell)
    if figure is None:
        return {"meaning": [], "candidates": [], "chosen": False}
    row, field = figure
    reading = reading_of(row, field, year)
    candidates = candidates_of(row, field, text, year)
    lines = [list(line) for line in explain(reading, language(), row.name if field.path == "target" else "")[1:]]
    chosen = reading in candidates
    return {"meaning": lines, "candidates": [_in_words(candidate) for candidate in candidates], "chosen": chosen}


def _in_words(reading: Reading) -> str:
    """A reading in one line: what it says, and of which kind it is."""
    kind = explain(reading, language())[1][1]
    return f"{wording(reading.value)} · {kind}"


def _checked_now(loaded: Loaded) -> Iterable[Checked]:
    """The findings of a version that is not saved."""
    from zhiheng.audit.finding import Severity

    rows = {row.pk: row for row in loaded.rows}
    for found in found_rows(loaded):
        text = Text(found.text_zh, found.text_en)
        yield Checked(found.code, Severity(found.severity), rows.get(found.row_id), found.field, found.duty, text)


def _about(loaded: Loaded, found: Checked, cell: Cell) -> bool:
    return place_of(loaded, found)[0] == cell.key[0]


def removed_rows(loaded: Loaded) -> tuple[tuple[DutyRow, ...], tuple[IndicatorRow, ...]]:
    """Duties and indicators that were taken out of the version and can be put back. Two queries."""
    gone = {"version": loaded.version, "removed_at__isnull": False}
    duties = DutyRow._base_manager.filter(**gone).order_by("-removed_at")
    rows = IndicatorRow._base_manager.filter(**gone).select_related("duty_row").order_by("-removed_at")
    return tuple(duties), tuple(rows)


def library_for(loaded: Loaded) -> tuple[LibraryIndicator, ...]:
    """The indicators of the library that the department may use: common ones and its own. One query."""
    department = loaded.version.table.unit.department_id
    return tuple(LibraryIndicator.objects.filter(Q(department=None) | Q(department=department), enabled=True))


def names_before(loaded: Loaded) -> tuple[str, ...]:
    """Names of indicators that the department had and this version has not. One query."""
    used = {row.indicator_id for row in loaded.rows}
    known = Indicator.objects.filter(department=loaded.version.table.unit.department_id).values_list("pk", "name")
    return tuple(dict.fromkeys(name for pk, name in known if pk not in used and name))
