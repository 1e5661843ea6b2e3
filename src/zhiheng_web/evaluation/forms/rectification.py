"""What the forms of rectification and use of results send, as values. What cannot be read is refused at its field."""

from __future__ import annotations

from uuid import UUID

from django.http import QueryDict

from zhiheng_web.evaluation.actions.decide_use import UseValues
from zhiheng_web.evaluation.actions.order_rectification import OrderValues, Problem
from zhiheng_web.evaluation.actions.set_measure import Measure
from zhiheng_web.evaluation.queries.rectification import Filters
from zhiheng_web.planning.forms import money as sent
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

ROWS = 30
"""Problems on one form."""
NO_TABLE = Text("请选择绩效目标表。", "Choose the table.")


def filters(query: QueryDict) -> Filters:
    """What the ledger is narrowed to."""
    return Filters(*(sent.text(query, name) for name in ("year", "state", "source", "unit", "q", "mine")))


def table(post: QueryDict) -> UUID:
    """The table an order or decision is about."""
    found = sent.identifier(post, "table")
    if found is None:
        raise Invalid("invalid", NO_TABLE, {"table": NO_TABLE})
    return found


def order(post: QueryDict) -> OrderValues:
    """The form of an order; rows without a problem say nothing."""
    kind, _, identity = sent.text(post, "source").partition(":")
    problems = [
        Problem(
            sent.text(post, f"p{row}-problem"), sent.text(post, f"p{row}-demand"), sent.identifier(post, f"p{row}-indicator"),
            sent.day(post, f"p{row}-due_on"),
        )
        for row in range(ROWS) if sent.text(post, f"p{row}-problem")
    ]  # fmt: skip
    source = sent.identifier({"source": identity}, "source")
    return OrderValues(table(post), sent.text(post, "title"), sent.needed_day(post, "due_on"), problems, kind, source)


def measure(post: QueryDict) -> Measure:
    """The form of a measure."""
    return Measure(sent.text(post, "measure"), sent.text(post, "responsible"), sent.identifier(post, "account"), sent.day(post, "due_on"))


def use(post: QueryDict) -> UseValues:
    """The form of a decision. Amounts are in 万元 as on the page; a cancelled one keeps 0 whatever the field says."""
    kind, _, identity = sent.text(post, "basis").partition(":")
    chosen = sent.identifier({"basis": identity}, "basis")
    decision = sent.text(post, "decision")
    before = sent.needed_amount(post, "before")
    after = {"keep": before, "cancel": before * 0}.get(decision)
    return UseValues(
        table(post), decision, before, sent.needed_amount(post, "after") if after is None else after, sent.text(post, "reason"),
        sent.text(post, "document"), sent.identifier(post, "project"), chosen if kind == "self_evaluation" else None,
        chosen if kind == "evaluation" else None, None, sent.identifier(post, "replaces"),
    )  # fmt: skip
