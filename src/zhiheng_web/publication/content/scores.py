"""Points of a row and of a table as they were accepted, with every step, and the mark of whatever a person changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Scheme:
    """评分办法: its code and name, its rules as values as they were when the table was scored (evaluation.keeping.scheme_json), and the
    files that they were read from, for people.
    """

    code: str
    name: Text
    rules: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to the points: its code and parameters (zhiheng.scoring.trace), and the sentence in both languages."""

    code: str
    parameters: Mapping[str, str]
    text: Text


@dataclass(frozen=True, slots=True)
class Override:
    """人工改分: what the scheme gives, what was set instead, and why. Two persons stand behind it; it is always shown as such."""

    computed: Decimal | None
    points: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a row was given: ``weight`` 分值, ``effective`` what it was scored with after spreading, ``points`` 得分 (None: nothing is due).

    ``exact`` is the fraction before rounding (numerator/denominator), '' where a person judged (``tier`` 1-3 and ``judged_basis``).
    ``reason`` 偏差原因, ``improvement`` 改进措施. ``state`` is that of the observation as the scheme took it, ``observed`` the observation
    itself (evaluation.keeping.observation_json): the points follow from it, the target and the rules.
    """

    state: str
    weight: Decimal
    effective: Decimal
    points: Decimal | None
    low: Decimal
    high: Decimal
    method: str = ""
    exact: str = ""
    observed: Mapping[str, Any] = field(default_factory=dict)
    provisional: bool = False
    tier: int | None = None
    judged_basis: str = ""
    points_reason: str = ""
    reason: str = ""
    improvement: str = ""
    override: Override | None = None
    notes: tuple[Text, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the edition that is corrected said of the same row, where it said something else."""

    edition: int
    target: str = ""
    shown: Text = Text("", "")
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Execution:
    """预算执行率: 全年预算数 A, 全年执行数 B (元), the points that it carries and got."""

    budget: Decimal | None
    executed: Decimal | None
    weight: Decimal
    points: Decimal | None
    exact: str = ""
    notes: tuple[Text, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """Points of rows that left the total (无应办事项, 未组织), and the rows (slug → points) that received them."""

    left: tuple[str, ...]
    points: Decimal
    to: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Score:
    """总分与等级. ``ceiling`` is what could be had, ``total`` the sum of the points, None where something is still open."""

    total: Decimal | None
    ceiling: Decimal
    low: Decimal
    high: Decimal
    grade: str
    grade_name: Text = Text("", "")
    provisional: bool = False
    execution: Execution | None = None
    moved: tuple[Moved, ...] = ()
    notes: tuple[Text, ...] = ()
    steps: tuple[Step, ...] = ()
    earlier_total: Decimal | None = None
    earlier_grade: str = ""
