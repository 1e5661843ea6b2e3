"""The cells that people write in: of the head, of a duty, of an indicator; what stands in each, whose it is, what writing does.

A cell is named by its row (``head`` or the id of a duty row or an indicator row) and its field. The fields of an indicator are those
of planning.fields; head and duty have the few below. The names are those that findings use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from zhiheng.audit.money import amount, usual_unit
from zhiheng.values import canonical
from zhiheng.values.reading import Reading
from zhiheng.values.value import Unresolved
from zhiheng_web.organisation.viewer import Scope
from zhiheng_web.planning.checking import Checked
from zhiheng_web.planning.fields import AMOUNTS, BY_PATH, FIELDS, Field
from zhiheng_web.planning.mapping import in_yuan, read_cell, reading_fields, table_of
from zhiheng_web.planning.models import DutyRow, IndicatorRow, TableVersion
from zhiheng_web.planning.policies import offices_of, scope_of
from zhiheng_web.planning.versions import Loaded
from zhiheng_web.wording import Text

HEAD = "head"
HEAD_FIELDS = (
    Field("title", "title", "words", Text("表名", "Title")),
    Field("budget.total", "total", "figure", Text("部门整体预算总额", "Total budget")),
    Field("budget.fiscal", "fiscal", "figure", Text("资金来源：财政拨款", "Source: fiscal")),
    Field("budget.other", "other", "figure", Text("资金来源：其他资金", "Source: other")),
    Field("budget.basic", "basic", "figure", Text("资金结构：基本支出", "Use: basic")),
    Field("budget.project", "project", "figure", Text("资金结构：项目支出", "Use: projects")),
    Field("strategic_goal", "strategic_goal", "words", Text("战略目标", "Strategic goal")),
)
GOAL = "goals."
"""What the names of the head's 年度总体目标 begin with: ``goals.0``."""
DUTY_LAYOUT = "duty-table"
DUTY_FIELDS = (
    Field("duty", "name", "words", Text("部门职责", "Duty")),
    Field("objective", "objective", "words", Text("职责目标", "Goal of the duty")),
)
OFFICIAL = (
    "name", "definition", "target", "references.planned", "references.standard", "references.standard_source", "references.mean",
    "references.last_year", "references.history_source", "remark", "activity", "project",
)  # fmt: skip
"""The columns of the duty table (部门预算整体绩效目标表), for a version that does not say its own."""
SETTLING = frozenset({"name", "definition", "unit", "nature"})
"""Words that may settle what a figure of their row means."""
LONGEST = 5000
"""Letters of one cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the row object it belongs to, its field, and where it belongs."""

    owner: TableVersion | DutyRow | IndicatorRow
    field: Field
    scope: Scope

    @property
    def key(self) -> tuple[str, str]:
        """Row and field: how pages and the API name it."""
        return (HEAD if isinstance(self.owner, TableVersion) else str(self.owner.pk), self.field.path)

    @property
    def column(self) -> str:
        """The column that holds its text."""
        return f"{self.field.column}_text" if self.field.kind == "figure" else self.field.column

    @property
    def text(self) -> str:
        """What stands in it; '' where it is blank."""
        if isinstance(self.owner, TableVersion) and self.column.startswith(GOAL):
            return _goals(self.owner, self.column)[1]["expected"] or ""
        return getattr(self.owner, self.column) or ""

    @property
    def row_name(self) -> Text:
        """The row as people call it."""
        if isinstance(self.owner, TableVersion):
            return Text("表头", "Head")
        return Text(self.owner.name, self.owner.name)

    @property
    def label(self) -> Text:
        """The cell as people call it: row and column."""
        return Text("{row}·{field}", "{row} · {field}").with_(row=self.row_name, field=self.field.text)


def by_duties(loaded: Loaded) -> bool:
    """Whether the form is laid out by duties (部门职责): that of a whole department mostly is, a project's never."""
    return bool(loaded.duties) or loaded.version.layout == DUTY_LAYOUT


def head_fields(loaded: Loaded) -> tuple[Field, ...]:
    """The cells of the head as the version's form has them: one without duties has 年度总体目标, a project's no 基本支出."""
    if by_duties(loaded):
        return HEAD_FIELDS
    version = loaded.version
    of_project = version.table.project_id is not None
    total = Text("项目资金总额", "The project's budget") if of_project else Text("年度资金总额", "Total budget")
    kept = [field for field in HEAD_FIELDS if not (of_project and field.column in ("basic", "project"))]
    kept = [replace(field, text=total) if field.column == "total" else field for field in kept]
    count = max(len(version.head.get("goals", [])), 1)
    goals = [Field(f"{GOAL}{n}", f"{GOAL}{n}", "words", _goal_text(n, count)) for n in range(count)]
    return (*(field for field in kept if field.column != "strategic_goal" or version.strategic_goal is not None), *goals)


def _goal_text(number: int, count: int) -> Text:
    if count == 1:
        return Text("年度总体目标", "Goal of the year")
    return Text("年度总体目标{n}", "Goal of the year {n}").with_(n=number + 1)


def _goals(version: TableVersion, column: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The goals of the head, to be written, and the one of that column among them."""
    goals = [dict(goal) for goal in version.head.get("goals", [])]
    number = int(column.removeprefix(GOAL))
    while len(goals) <= number:
        goals.append({"expected": "", "actual": None})
    return goals, goals[number]


def columns_of(loaded: Loaded) -> tuple[Field, ...]:
    """The indicator columns that the version's form has: those it was read with, and those in which some row has a cell."""
    named = set(loaded.version.head.get("provenance", {}).get("columns", {})) or set(OFFICIAL)
    held = {field.path for field in FIELDS for row in loaded.rows if getattr(row, _column(field)) is not None}
    return tuple(field for field in FIELDS if field.path in named | held | {"name"})


def _column(field: Field) -> str:
    return f"{field.column}_text" if field.kind == "figure" else field.column


def duty_scopes(loaded: Loaded) -> dict[UUID | None, Scope]:
    """The scope of each duty row; under None that of the head and of rows without a duty. One query."""
    unit = loaded.version.table.unit
    held = offices_of([duty.duty_id for duty in loaded.duties], loaded.year)
    scopes: dict[UUID | None, Scope] = {
        duty.pk: Scope(unit.department_id, unit.pk, held.get(duty.duty_id, frozenset())) for duty in loaded.duties
    }
    return scopes | {None: scope_of(loaded.version.table)}


def finding_scope(loaded: Loaded, found: Checked, scopes: Mapping[UUID | None, Scope]) -> Scope:
    """Where a finding belongs: to its row's duty, to its duty, else to the table."""
    if found.row is not None:
        return scopes[found.row.duty_row_id]
    return next((scopes[duty.pk] for duty in loaded.duties if duty.number == found.duty), scopes[None])


def cells_of(loaded: Loaded) -> dict[tuple[str, str], Cell]:
    """All cells of a version by row and field."""
    scopes = duty_scopes(loaded)
    found = [Cell(loaded.version, field, scopes[None]) for field in head_fields(loaded)]
    found += [Cell(duty, field, scopes[duty.pk]) for duty in loaded.duties for field in DUTY_FIELDS]
    columns = columns_of(loaded)
    found += [Cell(row, field, scopes[row.duty_row_id]) for row in loaded.rows for field in columns]
    return {cell.key: cell for cell in found}


def write(cell: Cell, text: str, loaded: Loaded) -> None:
    """Put ``text`` into the cell and read anew what it and the figures that depend on it mean. Nothing is saved yet."""
    owner = cell.owner
    if isinstance(owner, IndicatorRow):
        _write_indicator(owner, cell.field, text, loaded.year)
        return
    if isinstance(owner, TableVersion) and cell.column.startswith(GOAL):
        goals, goal = _goals(owner, cell.column)
        goal["expected"] = text
        owner.head = {**owner.head, "goals": goals}
        return
    setattr(owner, cell.column, text)
    if isinstance(owner, TableVersion) and cell.field.column in AMOUNTS:
        budget = table_of(owner, loaded.duties, loaded.rows, loaded.year).plan.budget
        for name in AMOUNTS:
            setattr(owner, name, in_yuan(amount(getattr(budget, name), budget), usual_unit(budget)))


def _write_indicator(row: IndicatorRow, field: Field, text: str, year: int) -> None:
    if field.kind == "figure":
        _write_figure(row, field, text, year)
        return
    unanswered = [other for other in FIELDS if field.path in SETTLING and other.kind == "figure" and as_read(row, other, year)]
    setattr(row, field.column, text)
    for other in unanswered:
        keep(row, other, read_cell(row, getattr(row, f"{other.column}_text"), year))


def _write_figure(row: IndicatorRow, field: Field, text: str, year: int) -> None:
    """Read a figure anew. A meaning that a person chose is remembered with its text, and holds again when the text comes back."""
    before = getattr(row, f"{field.column}_text")
    remembered = dict(row.places.get("chosen", {}))
    old = remembered.get(field.path)
    if before is not None and not as_read(row, field, year):
        remembered[field.path] = {"text": before, "value": getattr(row, f"{field.column}_value")}
        row.places = {**row.places, "chosen": remembered}
    if old is not None and old["text"] == text:
        keep(row, field, canonical.from_json({"text": text, **old["value"]}))
    else:
        keep(row, field, read_cell(row, text, year))


def as_read(row: IndicatorRow, field: Field, year: int) -> bool:
    """Whether a figure means what the library reads, and not what a person chose."""
    text = getattr(row, f"{field.column}_text")
    return text is not None and getattr(row, f"{field.column}_value") == _value(read_cell(row, text, year))


def keep(row: IndicatorRow, field: Field, reading: Reading) -> None:
    """Put a reading into the columns of its figure."""
    for name, value in reading_fields(field.column, reading).items():
        setattr(row, name, value)


def reading_of(row: IndicatorRow, field: Field, year: int) -> Reading:
    """What a figure of a row means as it is kept: read, or chosen by a person."""
    text, value = getattr(row, f"{field.column}_text"), getattr(row, f"{field.column}_value")
    return read_cell(row, text or "", year) if value is None else canonical.from_json({"text": text, **value})


def candidates_of(row: IndicatorRow, field: Field, text: str, year: int) -> tuple[Reading, ...]:
    """The readings among which a person must choose for ``text``; none where the text says it.

    A cell of a row that had slid keeps the readings that the import left open.
    """
    kept = reading_of(row, field, year)
    reading = kept if kept.text == text and isinstance(kept.value, Unresolved) else read_cell(row, text, year)
    if not isinstance(reading.value, Unresolved):
        return ()
    return tuple(Reading(text, candidate, reading.flags) for candidate in reading.value.candidates)


def figure_of(cell: Cell) -> tuple[IndicatorRow, Field] | None:
    """The row and field of a cell that holds a figure of an indicator, else None."""
    known = isinstance(cell.owner, IndicatorRow) and cell.field.kind == "figure" and cell.field.path in BY_PATH
    return (cell.owner, cell.field) if known else None  # type: ignore[return-value]


def _value(reading: Reading) -> dict[str, Any]:
    return {key: part for key, part in canonical.to_json(reading).items() if key != "text"}
