"""S13 and S14: a self-evaluation beside its evidence and beside the score of its review."""

from __future__ import annotations

from collections.abc import Iterator

from zhiheng.audit.money import printed
from zhiheng.audit.rule import Case, Hit
from zhiheng.audit.scored import plain
from zhiheng.audit.standing import stated
from zhiheng.audit.wording import text_of
from zhiheng.plan.plan import Figure
from zhiheng.values.value import Cadence, Parts, Quantity, Ratio, Unresolved, Value


def s13(case: Case) -> Iterator[Hit]:
    """Figures reported without a single piece of evidence."""
    counts = case.context.evidence
    if counts is None:
        return
    for index, row in case.rows():
        if stated(row.actual) and row.actual is not None and in_figures(row.target) and not counts.get(index, 0):
            yield case.at(index, "actual", row.actual, actual=text_of(row.actual))


def in_figures(figure: Figure | None) -> bool:
    """The target is quantitative."""
    return figure is not None and numeric(figure.reading.value)


def numeric(value: Value) -> bool:
    """The value is a number, or made of numbers."""
    match value:
        case Parts(parts):
            return any(part.value is not None and numeric(part.value) for part in parts)
        case Unresolved(candidates):
            return bool(candidates) and all(numeric(one) for one in candidates)
        case _:
            return isinstance(value, Quantity | Cadence | Ratio)


def s14(case: Case) -> Iterator[Hit]:
    """Self-given totals far from what the review gave."""
    own, review = plain(case.plan.total_points), case.context.review_total
    if own is None or review is None:
        return
    gap = abs(own - review)
    if gap > case.parameters.number("audit_self_evaluation.review_gap"):
        yield case.whole("total_points", case.plan.total_points, own=printed(own), review=printed(review), gap=printed(gap))
