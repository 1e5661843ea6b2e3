"""What came of the year: lamps of closed rounds, evaluations by the department or finance, rectification, use of results."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zhiheng_web.publication.content.added import ADDED
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Monitored:
    """A closed round of monitoring for one table: its lamps (red, yellow, green, blue, '' none) and how many rows had which."""

    name: str
    first: date
    last: date
    budget: str
    goals: str
    red: int = 0
    yellow: int = 0
    green: int = 0
    blue: int = 0
    none: int = 0


@dataclass(frozen=True, slots=True)
class IndexItem:
    """评价指标: one item of the index system. ``level_1`` is 决策, 过程, 产出 or 效益; ``standard`` says what gives its ``full`` points,
    ``finding`` what was found (打分依据), ``points`` what it got.
    """

    level_1: Text
    level_2: str
    name: str
    full: Decimal
    standard: str = ""
    finding: str = ""
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """部门评价 or 财政评价 of one table of the package, accepted: its report. ``agency`` '' where no agency was engaged.

    ``slug`` (e01 …) is its address; '' in a content kept before reports were published, which has the conclusion alone. ``evaluated`` whose
    money or project it is, ``organiser`` the office that had it done, ``number`` that of the issued report, ``reply`` what the evaluated
    said to the draft and what was answered. ``items`` is the index system with its points.
    """

    table: str
    kind: Text
    name: str
    total: Decimal | None
    ceiling: Decimal | None
    grade: str
    summary: str
    problems: str = ""
    advice: str = ""
    agency: str = ""
    accepted_on: date | None = None
    slug: str = field(default="", metadata=ADDED)
    evaluated: str = field(default="", metadata=ADDED)
    organiser: str = field(default="", metadata=ADDED)
    number: str = field(default="", metadata=ADDED)
    scope: str = field(default="", metadata=ADDED)
    reply: str = field(default="", metadata=ADDED)
    items: tuple[IndexItem, ...] = field(default=(), metadata=ADDED)


@dataclass(frozen=True, slots=True)
class Rectification:
    """整改 of the year over the tables of the package: how many problems, how many closed, how many past their day."""

    items: int
    closed: int
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Use:
    """结果应用: what the result of a table means for the money of the next year (元)."""

    table: str
    next_year: int
    decision: str
    decision_name: Text
    before: Decimal
    after: Decimal
    reason: str
