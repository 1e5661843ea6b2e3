"""What the pages of re-checks and evaluations send, as values. What cannot be read is refused at its field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiheng.values.normalise import normalise
from zhiheng_web.evaluation.actions.engage_agency import Terms
from zhiheng_web.evaluation.actions.give_marks import Given
from zhiheng_web.evaluation.actions.hand_in_report import Draft
from zhiheng_web.evaluation.actions.plan_evaluation import EvaluationPlan
from zhiheng_web.planning.forms import money as sent
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

Sent = Mapping[str, str]
NO_TABLE = Text("请选择要评价的绩效目标表。", "Choose the table to be evaluated.")
NO_AGENCY = Text("请选择机构。", "Choose the agency.")
NO_NUMBER = Text("请填写整数。", "Enter a whole number.")
NO_ANSWER = Text("请选择有无利益冲突。", "Say whether there is a conflict of interests.")
NO_REPLY = Text("请选择是否同意报告。", "Say whether you agree with the report.")


def _wrong(name: str, text: Text) -> Invalid:
    return Invalid("invalid", text, {name: text})


def plan(post: Sent) -> tuple[UUID, EvaluationPlan]:
    """The table and the plan of a new evaluation."""
    table = sent.identifier(post, "table")
    if table is None:
        raise _wrong("table", NO_TABLE)
    text = sent.text
    made = EvaluationPlan(
        text(post, "kind"), text(post, "name"), text(post, "scope"), text(post, "system"), sent.needed_day(post, "due_on"),
        text(post, "document"),
    )  # fmt: skip
    return table, made


def terms(post: Sent) -> Terms:
    """The terms of an engagement; a bare fee is in 万元, as pages show it."""
    agency = sent.identifier(post, "agency")
    if agency is None:
        raise _wrong("agency", NO_AGENCY)
    fee = sent.needed_amount(post, "fee")
    return Terms(agency, sent.text(post, "contract_number"), sent.needed_day(post, "contract_on"), fee, sent.text(post, "scope"))


def rechecked(post: Sent) -> dict[str, tuple[Decimal | None, str]]:
    """Key of a row → the points and the reason that stand at it. All that is no number is refused at once, each at its input."""
    keys = [name.removeprefix("points-") for name in post if name.startswith("points-")]
    found, wrong = {}, {}
    for key in keys:
        try:
            found[key] = points(post[f"points-{key}"], f"points-{key}"), post.get(f"reason-{key}", "")
        except Invalid as refused:
            wrong |= refused.fields
    if wrong:
        raise Invalid("points", next(iter(wrong.values())), wrong)
    return found


def free(post: Sent) -> bool:
    """Whether it is declared that there is no conflict."""
    answer = sent.text(post, "free")
    if answer not in ("yes", "no"):
        raise _wrong("free", NO_ANSWER)
    return answer == "yes"


def agrees(post: Sent) -> bool:
    """Whether the evaluated agrees with a report."""
    answer = sent.text(post, "agrees")
    if answer not in ("yes", "no"):
        raise _wrong("agrees", NO_REPLY)
    return answer == "yes"


def materials(post: Sent) -> tuple[list[str], date]:
    """Names one a line, and the day by which they are due."""
    return [line.strip() for line in post.get("names", "").splitlines() if line.strip()], sent.needed_day(post, "due_on")


def _of_items(post: Sent, begins: str) -> dict[UUID, str]:
    found = {}
    for name, value in post.items():
        if name.startswith(begins):
            try:
                found[UUID(name[len(begins) :])] = value
            except ValueError:
                continue
    return found


def points(text: str, field: str) -> Decimal | None:
    """Points as they were typed; None where the field is blank."""
    words = normalise(text.strip())
    return sent.points({field: words}, field) if words else None


def marks(post: Sent) -> dict[UUID, Given]:
    """What is given to each item."""
    return {
        item: Given(points(value, f"points-{item}"), post.get(f"none-{item}") == "1", post.get(f"remark-{item}", ""))
        for item, value in _of_items(post, "points-").items()
    }


def weights(post: Sent) -> dict[UUID, Decimal]:
    """The points of items."""
    return {item: sent.points({f"item-{item}": value}, f"item-{item}") for item, value in _of_items(post, "item-").items()}


def findings(post: Sent) -> dict[UUID, str]:
    """What was found of items."""
    return _of_items(post, "finding-")


def draft(post: Sent) -> Draft:
    """A report."""
    return Draft(post.get("summary", ""), post.get("problems", ""), post.get("advice", ""))


def checks(post: Sent) -> dict[str, bool]:
    """The lines of a quality check that have a result."""
    return {name[6:]: value == "yes" for name, value in post.items() if name.startswith("check-") and value in ("yes", "no")}


def count(post: Sent, name: str) -> int:
    """A whole number that must be there."""
    found = sent.whole(post, name)
    if found is None:
        raise _wrong(name, NO_NUMBER)
    return found


def seen(post: Sent) -> int | None:
    """The count of edits that the person saw."""
    return sent.whole(post, "edits")


def sample(post: Sent) -> dict[str, Any]:
    """What is written down of a sample."""
    year = sent.year(post, "year")
    if year is None:
        raise _wrong("year", NO_NUMBER)
    named = {name: sent.text(post, name) for name in ("name", "seed", "document")}
    return {"year": year, "size": count(post, "size"), **named}
