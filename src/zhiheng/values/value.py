"""What a cell of a performance table can mean: the typed values.

Every value is immutable, compares by meaning and holds exact decimals. The text as published is not part of
the value; it stays in :class:`zhiheng.values.reading.Reading`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """The kind of a value, as the canonical JSON names it."""

    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    RATIO = "ratio"
    COUNT_PER_PERIOD = "count_per_period"
    DATE = "date"
    DURATION = "duration"
    RANGE = "range"
    TIER = "tier"
    COMPLETENESS = "completeness"
    RELATIVE = "relative"
    BOOLEAN = "boolean"
    MULTI = "multi"
    NONE = "none"
    TEXT = "text"
    UNRESOLVED = "unresolved"


class Comparator(StrEnum):
    """How an actual must stand to the value. 以上/以下/以内 include the number, 超过/不满 do not."""

    GE = "≥"
    GT = ">"
    EQ = "="
    LT = "<"
    LE = "≤"
    ABOUT = "≈"
    BETWEEN = "between"


class PeriodUnit(StrEnum):
    """A calendar period, in its Chinese word."""

    DAY = "日"
    WORKDAY = "工作日"
    WEEK = "周"
    TEN_DAYS = "旬"
    MONTH = "月"
    QUARTER = "季度"
    HALF_YEAR = "半年"
    YEAR = "年"


@dataclass(frozen=True, slots=True)
class Every:
    """A recurring period: every ``count`` × ``unit``, e.g. every 2 weeks."""

    count: Decimal
    unit: PeriodUnit


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: 60家, ≥95%, 20万平方米, 3-5家, ≤200万元, 30个工作日.

    ``unit`` is the canonical spelling (see units), empty when the cell has none. ``upper`` is set only with
    ``op`` BETWEEN. ``qualifier`` keeps a level filter that changes what is counted (省级以上3家, 一等奖2项).
    Kind follows from unit and op: range, percent, money, duration, else number. ``bounds`` tells which ends belong
    to a range: ``[]`` both (the usual reading of a plain range, not checked
    against the text of the law), ``[)``, ``(]``, ``()`` where the cell says so.
    """

    amount: Decimal
    unit: str = ""
    op: Comparator = Comparator.EQ
    upper: Decimal | None = None
    per: Every | None = None
    qualifier: str = ""
    bounds: str = "[]"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A proportion of two numbers: 1:3, 3/4, 三分之二."""

    first: Decimal
    second: Decimal
    op: Comparator = Comparator.EQ


@dataclass(frozen=True, slots=True)
class Cadence:
    """So many per period: 每月8篇, 2次/月, 2周/次 (= 1次 every 2 weeks)."""

    amount: Decimal
    unit: str
    every: Every
    op: Comparator = Comparator.EQ


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date, whole or partial. ``op`` LE for 前/底前, LT never; EQ for an actual date (7月).

    ``year`` is None when the text gives none (then the budget year is meant). ``month``/``day`` None: end of
    year / end of month. ``quarter`` 1-4 or ``half`` 1-2 instead of a month.
    """

    op: Comparator
    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """All that is due is done: 应审尽审, 全覆盖. The rate is 100 % of a denominator the cell does not name."""

    verb: str


@dataclass(frozen=True, slots=True)
class Relative:
    """A value measured against another: 达到全省平均水平, 较上年提高5个百分点, 同比增长10%以上, 不超预算.

    ``base``: what it is compared with, in canonical words (全省平均, 全国平均, 上年, 预算…). ``change`` is None
    (the base itself is the limit) or the change against it: ``up``/``down`` with ``amount`` and ``unit``
    (``%``, ``个百分点`` or a count unit); ``amount`` None when the text names no size.
    """

    base: str
    op: Comparator
    change: str = ""
    amount: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in an order: 全省前5名, 第1名. ``scope`` is who is ranked (全省), empty if not said."""

    place: int
    scope: str = ""
    op: Comparator = Comparator.LE


@dataclass(frozen=True, slots=True)
class Tier:
    """A grade on a named scale. ``scale`` is a key of tiers.SCALES, ``level`` its word (优, 基本满意, 显著)."""

    scale: str
    level: str
    op: Comparator = Comparator.EQ


@dataclass(frozen=True, slots=True)
class Achieved:
    """Done or not: 完成, 通过, 是, 否, 达到国家标准. ``norm`` names the outside norm, empty if none."""

    done: bool
    norm: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """Several measures in one cell (1部宣传片,2套方案; 组织对接次数/对接企业数10; milestones).

    ``shared`` is True when one number stands for all the named measures, so that the cell cannot say which: the
    number stands at the last part, as written, and the others have None.
    """

    parts: tuple[Part, ...]
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One measure of a compound cell: its name as written and its value (None when the number is shared)."""

    name: str
    value: Value | None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that no form covers. Not scored by machine: 人工判定."""

    words: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing was written, or a placeholder that must be filled (XX%, N家)."""

    placeholder: bool = False


@dataclass(frozen=True, slots=True)
class NotDue:
    """The date has not come, or the statistic is not yet released (待统计发布)."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The row does not apply: /, —, 不适用, 无应办事项."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class NotOrganised:
    """The superior body held no round this year (未组织申报). Needs a document."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """More than one reading is possible and nothing proves one. ``reason`` is a code of unresolved.toml."""

    candidates: tuple[Value, ...]
    reason: str


State = Missing | NotDue | NotApplicable | NotOrganised
"""States in which there is no figure. Zero is the fifth: a Quantity whose amount is 0 (see states.state_of)."""

Value = (
    Quantity
    | Ratio
    | Cadence
    | Deadline
    | Coverage
    | Relative
    | Rank
    | Tier
    | Achieved
    | Parts
    | Phrase
    | Missing
    | NotDue
    | NotApplicable
    | NotOrganised
    | Unresolved
)
