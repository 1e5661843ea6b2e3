"""An official form whose cells know which field of which row they show, so that pages can lay findings and answers at them.

The library lays a plan out as a form of plain texts. Each cell of the plan is marked with a number before it is laid out and
the numbers are taken off again: so every layout of the library works, and the words stay its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from zhiheng.plan.plan import Cell, Figure, Indicator, Plan
from zhiheng.reports.form import FormCell
from zhiheng.reports.forms import form
from zhiheng_web.planning.fields import AMOUNTS, FIELDS

MARK = re.compile("\ue000(\\d+)\ue001")


@dataclass(frozen=True, slots=True)
class FormPlace:
    """One cell of the form. ``key`` as in planning.importing.answering, '' for headings, labels and what has no field."""

    text: str
    role: str
    rows: int
    columns: int
    key: str


@dataclass(frozen=True, slots=True)
class KeyedForm:
    """A form by rows; those from ``heading_start`` to before ``heading_stop`` are the column headings."""

    title: str
    subtitle: str
    rows: tuple[tuple[FormPlace, ...], ...]
    heading_start: int
    heading_stop: int

    @property
    def head(self) -> tuple[tuple[FormPlace, ...], ...]:
        """The rows above the column headings."""
        return self.rows[: self.heading_start]

    @property
    def headings(self) -> tuple[tuple[FormPlace, ...], ...]:
        """The column headings."""
        return self.rows[self.heading_start : self.heading_stop]

    @property
    def body(self) -> tuple[tuple[FormPlace, ...], ...]:
        """The rows under the headings."""
        return self.rows[self.heading_stop :]


class _Marks:
    """Gives numbers to keys."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    def of(self, key: str, text: str) -> str:
        self.keys.append(key)
        return f"\ue000{len(self.keys) - 1}\ue001{text}"

    def cell(self, key: str, cell: Cell | None) -> Cell | None:
        return None if cell is None else replace(cell, text=self.of(key, cell.text))

    def figure(self, key: str, figure: Figure | None) -> Figure | None:
        return None if figure is None else replace(figure, reading=replace(figure.reading, text=self.of(key, figure.text)))

    def row(self, index: int, row: Indicator) -> Indicator:
        changed: dict[str, object] = {}
        references: dict[str, object] = {}
        for field in FIELDS:
            owner, _, name = field.path.rpartition(".")
            published = getattr(row.references if owner else row, name)
            key = f"{index}/{field.path}"
            marked = self.figure(key, published) if field.kind == "figure" else self.cell(key, published)
            (references if owner else changed)[name] = marked
        return replace(row, references=replace(row.references, **references), **changed)  # type: ignore[arg-type]


def keyed_form(plan: Plan) -> KeyedForm:
    """``plan`` on its official form with the key of every cell. KeyError for a layout without a form."""
    marks = _Marks()
    budget = plan.budget
    if not budget.funds:
        budget = replace(budget, **{name: marks.figure(f"budget/{name}", getattr(budget, name)) for name in AMOUNTS})
    marked = replace(
        plan,
        department=marks.cell("head/department", plan.department),
        strategic_goal=marks.cell("head/strategic_goal", plan.strategic_goal),
        budget=budget,
        duties=tuple(
            replace(
                duty,
                name=replace(duty.name, text=marks.of(f"duty/{duty.number}/name", duty.name.text)),
                objective=marks.cell(f"duty/{duty.number}/objective", duty.objective),
            )
            for duty in plan.duties
        ),
        indicators=tuple(marks.row(index, row) for index, row in enumerate(plan.indicators)),
    )
    laid = form(marked)
    rows = tuple(tuple(_placed(cell, marks.keys) for cell in row) for row in laid.rows)
    return KeyedForm(MARK.sub("", laid.title), MARK.sub("", laid.subtitle), rows, laid.heading_start, laid.heading_stop)


def _placed(cell: FormCell, keys: list[str]) -> FormPlace:
    found = MARK.search(cell.text)
    return FormPlace(MARK.sub("", cell.text), cell.role.value, cell.rows, cell.columns, keys[int(found[1])] if found else "")
