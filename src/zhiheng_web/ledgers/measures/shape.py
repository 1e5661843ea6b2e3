"""What the bindings of one statement have in common, so that its text names nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from zhiheng_web.ledgers.columns import DATES, QUANTITIES
from zhiheng_web.ledgers.models import Binding

Measure = Binding.Measure
SETS = ("state", "excused", "category", "level", "channel", "county", "topics")
"""What a binding may choose by."""
NAMES = {
    "counted_on": "text", "once_by": "text", "first_ever": "boolean", "arrears": "boolean", "column": "text", "window": "text",
    "series": "text", "benchmark": "text", "declared": "boolean",
}  # fmt: skip
"""Columns of a binding that a statement may read, with their kinds."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What bindings that go into one statement use, so that the text names nothing else."""

    measure: str
    dates: tuple[str, ...]
    once: tuple[str, ...]
    columns: tuple[str, ...]
    filters: frozenset[str]
    size: int
    first_ever: bool = False
    grouped: bool = False
    window: bool = False
    arrears: bool = False
    declared: bool = False

    @property
    def names(self) -> list[str]:
        """The columns of a binding that the statement reads."""
        several = {"counted_on": self.dates, "once_by": self.once, "column": self.columns}
        used = {"first_ever": self.first_ever, "arrears": self.arrears, "window": self.window, "series": self.measure == Measure.EXTERNAL}
        used |= {"benchmark": used["series"], "declared": self.declared}
        used |= {name: len(values) > 1 or (name == "once_by" and "topic" in values) for name, values in several.items()}
        return [name for name in NAMES if used[name]]

    @property
    def sets(self) -> list[str]:
        """What its bindings choose by."""
        always = {"excused"} if self.measure == Measure.COVERAGE else set()
        if "topic" in self.once:
            always.add("topics")
        return [name for name in SETS if name in self.filters or name in always]

    @property
    def plain(self) -> bool:
        """Whether counting distinct keys is all that counting once needs."""
        return self.measure in (Measure.FLOW, Measure.STOCK) and not self.first_ever


def shape_of(measure: str, bindings: Collection[Binding], filters: Iterable[str]) -> Shape:
    """The shape of bindings of one measure; ``filters`` are the columns that any of them chooses by."""
    dates = tuple(sorted({binding.counted_on for binding in bindings if binding.counted_on}))
    columns = tuple(sorted({binding.column for binding in bindings if binding.column}))
    if unknown := [name for name in dates if name not in DATES] + [name for name in columns if name not in QUANTITIES]:
        raise ValueError(f"no such column of entries: {unknown}")
    once = tuple(sorted({binding.once_by for binding in bindings}))
    first_ever = any(binding.first_ever for binding in bindings)
    grouped = any(binding.groups_id for binding in bindings)
    window, arrears = any(binding.window for binding in bindings), any(binding.arrears for binding in bindings)
    declared = any(binding.declared for binding in bindings)
    return Shape(measure, dates, once, columns, frozenset(filters), len(bindings), first_ever, grouped, window, arrears, declared)
