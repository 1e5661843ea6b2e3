"""What each kind of check of a register needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation

from zhiheng_web.ledgers.definition import Check
from zhiheng_web.ledgers.packs.shapes import Problem
from zhiheng_web.wording import Text


def check_check(check: Check) -> Iterator[Problem]:
    """What its kind needs and it does not say."""
    for holds, key, text in NEEDS[check.kind]:
        if not holds(check):
            yield Problem((key,), "needs", text)


def _number(words: str) -> bool:
    try:
        return Decimal(words).is_finite()
    except InvalidOperation:
        return False


Need = tuple[Callable[[Check], bool], str, Text]
NEEDS: dict[str, tuple[Need, ...]] = {
    "order": (
        (lambda check: len(check.columns) >= 2, "columns", Text("先后检查须有两个以上日期列。", "An order needs two or more dates.")),
    ),
    "within": (
        (lambda check: len(check.columns) == 2, "columns", Text("时限检查须有前后两个日期列。", "A limit in time needs two dates.")),
        (lambda check: check.days is not None, "days", Text("时限检查须写天数 days。", "A limit in time needs days.")),
    ),
    "together": ((lambda check: len(check.columns) >= 2, "columns", Text("须写两列以上。", "It needs two or more columns.")),),
    "range": (
        (lambda check: len(check.columns) == 1, "columns", Text("范围检查只针对一列。", "A range is of one column.")),
        (lambda check: bool(check.least or check.most), "least", Text("须写 least 或 most。", "It needs least or most.")),
        (lambda check: not check.least or _number(check.least), "least", Text("least 须为数。", "least is a number.")),
        (lambda check: not check.most or _number(check.most), "most", Text("most 须为数。", "most is a number.")),
    ),
    "limit": (
        (lambda check: bool(check.per), "per", Text("限额检查须写按哪些列（per）。", "A limit needs the columns it is per.")),
        (lambda check: check.most.isdigit(), "most", Text("限额检查须写 most（整数）。", "A limit needs most, a whole number.")),
    ),
    "same": ((lambda check: len(check.columns) == 2, "columns", Text("须写本列和对方列。", "It needs its own column and theirs.")),),
    "rule": ((lambda check: bool(check.rule), "rule", Text("须写计算规则的名称（rule）。", "It needs the name of its rule.")),),
}
