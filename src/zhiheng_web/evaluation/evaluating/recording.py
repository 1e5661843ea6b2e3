"""What the trail keeps of a step on an evaluation, and the words that a step takes in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from zhiheng.audit.money import printed
from zhiheng_web.evaluation.models import Evaluation
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.trail.action import Done, Invalid
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

Result = TypeVar("Result")
MISSING = Text("请填写{what}。", "Enter: {what}.")


def digest_state(evaluation: Evaluation) -> str:
    """The digest of where an evaluation stands."""
    total = "" if evaluation.total is None else printed(evaluation.total)
    return digest_of([f"{evaluation.pk} {evaluation.state} {total} {evaluation.grade} {evaluation.edits}"])


def done(
    evaluation: Evaluation, result: Result, before: str, details: Mapping[str, Any] | None = None, *, nothing: bool = False
) -> Done[Result]:
    """A step on an evaluation: the edit is counted and the evaluation saved, the digests are of where it stood and stands."""
    if not nothing:
        evaluation.edits += 1
        evaluation.save()
    department = str(evaluation.table.unit.department_id)
    kept = {"state": str(evaluation.state), **(details or {})}
    return Done(
        result, "evaluation.Evaluation", str(evaluation.pk), evaluation.name, department, before, digest_state(evaluation), kept,
        nothing=nothing,
    )  # fmt: skip


def words(needed: Mapping[str, Text], **texts: str) -> dict[str, str]:
    """The texts without blanks at their ends. A missing one that is ``needed`` (field → what it is called) is refused, and unfit words."""
    found = {name: text.strip() for name, text in texts.items()}
    refuse_unfit_words(found)
    lacking = {name: MISSING.with_(what=what) for name, what in needed.items() if not found[name]}
    if lacking:
        raise Invalid("missing", next(iter(lacking.values())), lacking)
    return found


def not_past(day: date, today: date, field: str) -> date:
    """The day, unless it lies before today."""
    if day < today:
        text = Text("期限 {day} 已经过去。", "The day {day} is past.").with_(day=day.isoformat())
        raise Invalid("past", text, {field: text})
    return day


def invalid(field: str, text: Text) -> Invalid:
    """A refusal of one input."""
    return Invalid(field, text, {field: text})
