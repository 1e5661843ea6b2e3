"""What the form of declaring a value sends, read into values. What cannot be read is Invalid at its input."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from zhiheng_web.evaluation.declaring import DAY, Said
from zhiheng_web.evaluation.forms.self_evaluation import number_sent
from zhiheng_web.trail.action import Invalid


def said_sent(sent: Mapping[str, str]) -> Said:
    """The inputs. A form that asks for a day sends ``done_on`` and no number."""
    words = {name: sent.get(name, "") for name in ("unit", "source", "moved")}
    if "done_on" in sent:
        return Said(None, **words, done_on=day_of(sent["done_on"]))
    return Said(number_sent(sent.get("number", ""), "number"), **words, so_far=bool(sent.get("so_far")))


def day_of(text: str) -> date:
    """The day on which it was done."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Invalid("day_missing", DAY, {"done_on": DAY}) from None
