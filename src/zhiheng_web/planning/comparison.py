"""Two versions of a table side by side: rows matched by the identity of their indicator, changed cells marked.

What is compared is the content of a version (:class:`Content`): its words in every cell, with the tags that scoring needs. A
circulation keeps the content that was submitted, so that a reviewer sees what changed since the last time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from zhiheng_web.planning.fields import AMOUNTS, BY_PATH, FIELDS
from zhiheng_web.planning.models import IndicatorRow
from zhiheng_web.planning.versions import Loaded
from zhiheng_web.ui.templatetags.ui import exact
from zhiheng_web.wording import Text

HEAD: dict[str, Text] = {
    "title": Text("表名", "Title"),
    "total": Text("部门整体预算总额", "Total budget"),
    "fiscal": Text("财政拨款", "Fiscal funds"),
    "other": Text("其他资金", "Other funds"),
    "basic": Text("基本支出", "Basic expenditure"),
    "project": Text("项目支出", "Project expenditure"),
    "strategic_goal": Text("战略目标", "Strategic goal"),
    "goals": Text("年度总体目标", "Goals of the year"),
}
TAGS: dict[str, Text] = {
    "level_1": Text("一级指标", "Level 1"),
    "level_2": Text("二级指标", "Level 2"),
    "direction": Text("指标方向", "Direction"),
    "points": Text("分值", "Points"),
    "method": Text("评分方法", "Scoring method"),
    "parts": Text("分项", "Parts"),
    "counting_basis": Text("计算口径", "Counting basis"),
}
"""The tags of a row that the form has no column for: keys ``tag.level_1`` …"""
LABELS: dict[str, Text] = {
    "duty": Text("部门职责", "Duty"),
    **{field.path: field.text for field in FIELDS},
    **{f"tag.{key}": text for key, text in TAGS.items()},
}
"""The cells of a row in the order of the form, then the tags."""

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of a content: ``indicator`` is its identity. A cell that the form lacks is left out."""

    indicator: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Content:
    """What a version says, in words: its head, the objective of each duty, its rows in order."""

    head: Cells
    duties: Mapping[str, tuple[str, str]]
    rows: tuple[Row, ...]


def content_of(loaded: Loaded) -> Content:
    """The content of a version. No query beyond what was loaded."""
    version = loaded.version
    head = {"title": version.title, "strategic_goal": version.strategic_goal or ""}
    head |= {name: getattr(version, f"{name}_text") or "" for name in AMOUNTS}
    if goals := [goal["expected"] for goal in version.head.get("goals", []) if goal["expected"]]:
        head["goals"] = "\n".join(goals)
    duties = {str(row.duty_id): (row.name, row.objective or "") for row in loaded.duties}
    names = {row.pk: row.name for row in loaded.duties}
    return Content(head, duties, tuple(Row(str(row.indicator_id), _cells(row, names.get(row.duty_row_id, ""))) for row in loaded.rows))


def _cells(row: IndicatorRow, duty: str) -> dict[str, str]:
    cells = {"duty": duty}
    for path, field in BY_PATH.items():
        text = getattr(row, field.column if field.kind == "words" else f"{field.column}_text")
        if text is not None:
            cells[path] = text
    parts = "；".join(f"{part.name} {part.target_text}{part.unit}" + (f" {part.due_on}" if part.due_on else "") for part in row.parts.all())
    tags = {"points": "" if row.points is None else exact(row.points), "parts": parts}
    tags |= {name: getattr(row, name) for name in ("level_1", "level_2", "direction", "method")}
    tags["counting_basis"] = row.counting_basis_text
    return cells | {f"tag.{key}": text for key, text in tags.items() if text}


def to_json(content: Content) -> dict[str, Any]:
    """The content as a circulation keeps it."""
    return {
        "head": dict(content.head),
        "duties": {key: list(words) for key, words in content.duties.items()},
        "rows": [{"indicator": row.indicator, "cells": dict(row.cells)} for row in content.rows],
    }


def from_json(data: Mapping[str, Any]) -> Content:
    """The content of :func:`to_json`."""
    duties = {key: (words[0], words[1]) for key, words in data["duties"].items()}
    return Content(data["head"], duties, tuple(Row(row["indicator"], row["cells"]) for row in data["rows"]))


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell on both sides; None: that side has no such row or column."""

    path: str
    label: Text
    old: str | None
    new: str | None

    @property
    def changed(self) -> bool:
        """Whether the words differ. A column that the form lacks says the same as a blank."""
        return (self.old or "") != (self.new or "")


@dataclass(frozen=True, slots=True)
class Pair:
    """One row on both sides. ``kind``: same, changed, added, removed."""

    kind: str
    indicator: str
    name: str
    cells: tuple[Cell, ...]

    @property
    def changes(self) -> tuple[Cell, ...]:
        """The cells that differ."""
        return tuple(cell for cell in self.cells if cell.changed)

    def cell(self, path: str) -> Cell | None:
        """The cell of that path, if either side has it."""
        return next((cell for cell in self.cells if cell.path == path), None)

    @property
    def duty(self) -> Cell | None:
        """The duty on both sides."""
        return self.cell("duty")

    @property
    def target(self) -> Cell | None:
        """The target on both sides."""
        return self.cell("target")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two contents side by side."""

    head: tuple[Cell, ...]
    objectives: tuple[Cell, ...]
    rows: tuple[Pair, ...]

    def of_kind(self, kind: str) -> tuple[Pair, ...]:
        """The rows of one kind."""
        return tuple(row for row in self.rows if row.kind == kind)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each kind."""
        return {kind: len(self.of_kind(kind)) for kind in ("same", "changed", "added", "removed")}

    @property
    def differing(self) -> tuple[Pair, ...]:
        """The rows that are not the same on both sides."""
        return tuple(row for row in self.rows if row.kind != "same")

    @property
    def retargeted(self) -> tuple[Pair, ...]:
        """The rows whose target or points differ, or that one side lacks: what an adjustment gives reasons for."""
        return tuple(row for row in self.differing if row.kind != "changed" or any(cell.path in RETARGETING for cell in row.changes))

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.differing and not any(cell.changed for cell in (*self.head, *self.objectives))


RETARGETING = ("name", "definition", "target", "unit", "tag.points", "tag.parts")
"""The cells that make the target of an indicator."""


def compare(old: Content, new: Content) -> Comparison:
    """The two contents, rows matched by the identity of their indicator, in the order of ``new``; removed rows where they stood."""
    head = tuple(Cell(key, label, old.head.get(key), new.head.get(key)) for key, label in HEAD.items())
    objectives = tuple(
        Cell(key, Text(name, name), old.duties.get(key, ("", None))[1], new.duties.get(key, ("", None))[1])
        for key, name in ({key: words[0] for key, words in (*old.duties.items(), *new.duties.items())}).items()
    )
    before, after = {row.indicator: row for row in old.rows}, {row.indicator: row for row in new.rows}
    pairs: list[Pair] = []
    for gone, row in zip_longest(old.rows, new.rows):
        if gone is not None and gone.indicator not in after:
            pairs.append(_pair(gone, None))
        if row is not None:
            pairs.append(_pair(before.get(row.indicator), row))
    return Comparison(head, objectives, tuple(pairs))


def _pair(old: Row | None, new: Row | None) -> Pair:
    left, right = old.cells if old else {}, new.cells if new else {}
    cells = tuple(Cell(path, label, left.get(path), right.get(path)) for path, label in LABELS.items() if path in left or path in right)
    kind = "added" if old is None else "removed" if new is None else "changed" if any(cell.changed for cell in cells) else "same"
    some = new or old
    return Pair(kind, some.indicator if some else "", (right or left).get("name", ""), cells)
