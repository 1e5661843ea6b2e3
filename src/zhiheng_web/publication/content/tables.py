"""A table with its duties, its money and its rows, as published. Amounts are 元; pages show 万元."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zhiheng_web.publication.content.actuals import Actual, Evidence
from zhiheng_web.publication.content.added import ADDED
from zhiheng_web.publication.content.aftermath import Monitored
from zhiheng_web.publication.content.scores import Earlier, Result, Scheme, Score
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as published and what it means: ``value`` is the library's canonical form (zhiheng.values.canonical) without its text."""

    text: str
    value: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class References:
    """标准值与历史值 of a row, as far as its form has them."""

    planned: Figure | None = None
    standard: Figure | None = None
    standard_source: str = ""
    mean: Figure | None = None
    last_year: Figure | None = None
    history_source: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """部门职责. ``slug`` is d and its number, two digits."""

    slug: str
    number: int
    name: str
    objective: str


@dataclass(frozen=True, slots=True)
class Fund:
    """One row of the money (元): 年初预算数, 全年预算数 (A), 全年执行数 (B); None where the form or the books have none."""

    source: str
    name: Text
    initial: Decimal | None
    budget: Decimal | None
    executed: Decimal | None


@dataclass(frozen=True, slots=True)
class Money:
    """预算 of the goal table (元), with the words of the table where an amount could not be typed. None: the form has no such line."""

    total: Decimal | None = None
    fiscal: Decimal | None = None
    other: Decimal | None = None
    basic: Decimal | None = None
    project: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator. ``slug`` is its duty and its number in the table (d03-i07): stable within the package, nothing of the database.

    ``points`` 分值 as approved. ``basis`` says how the actual is counted where the target names a reading. A final package has ``actual``
    and ``result``, and ``evidence`` handed in with the value itself.
    """

    slug: str
    duty: str
    number: int
    name: str
    definition: str = ""
    category: tuple[str, ...] = ()
    level_1: Text | None = None
    level_2: Text | None = None
    horizon: str = ""
    target: Figure | None = None
    unit: str = ""
    references: References = References()
    direction: str = ""
    points: Decimal | None = None
    method: str = ""
    rule: str = ""
    nature: str = ""
    remark: str = ""
    activity: str = ""
    project: str = ""
    actual: Actual | None = None
    result: Result | None = None
    evidence: tuple[Evidence, ...] = ()
    earlier: Earlier | None = None


@dataclass(frozen=True, slots=True)
class SelfEvaluated:
    """自评 as accepted: its edition, the day and instant of its data, the digest of what its points were worked out from, its words."""

    edition: int
    on: date
    known: datetime
    digest: str
    goal_actual: str = ""
    overview: str = ""
    problems: str = ""
    improvements: str = ""
    correction_reason: str = ""


@dataclass(frozen=True, slots=True)
class PublicTable:
    """One table: the approved version (budget package) or the self-evaluation of it (final package).

    ``slug``: department, u01 (a unit), p01 (a project), in the order of the package. ``version`` is the number of the version it shows,
    in force ``from_on`` to ``until_on`` (exclusive; None: still). A table that is withheld as a whole has its slug and kind and no more.
    ``layout`` is the official form that it was approved on (zhiheng.reports.forms), ``unit`` 实施单位 of a project.
    """

    slug: str
    kind: str
    title: str = ""
    of: str = ""
    code: str = ""
    version: int = 0
    approval_number: str = ""
    from_on: date | None = None
    until_on: date | None = None
    goal: str = ""
    money_unit: str = ""
    money: Money = Money()
    funds: tuple[Fund, ...] = ()
    scheme: Scheme | None = None
    duties: tuple[Duty, ...] = ()
    rows: tuple[Row, ...] = ()
    self_evaluated: SelfEvaluated | None = None
    score: Score | None = None
    monitored: tuple[Monitored, ...] = ()
    layout: str = field(default="", metadata=ADDED)
    unit: str = field(default="", metadata=ADDED)

    def rows_of(self, duty: str) -> tuple[Row, ...]:
        """The rows of one duty; '' those of none."""
        return tuple(row for row in self.rows if row.duty == duty)
