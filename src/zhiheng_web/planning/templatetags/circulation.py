"""What the pages of reviewing say: cells by their names, outcomes, and what was typed before a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from zhiheng.plan.procedure import Checkpoint
from zhiheng_web.planning.circulation.standing import WITHDRAWN
from zhiheng_web.planning.comparison import HEAD, LABELS
from zhiheng_web.planning.models import CellOpinion, Decision
from zhiheng_web.wording import Text

register = template.Library()
OUTCOMES: dict[str, tuple[Text, str]] = {
    "agree": (Text("同意", "Agreed"), "good"),
    "return": (Text("退回", "Returned"), "warn"),
    "block": (Text("不予通过", "Kept out of the budget"), "bad"),
    WITHDRAWN: (Text("撤回", "Withdrawn"), "warn"),
}
TONES = {"bad": "error", "warn": "warning", "info": "information"}


@register.filter
def cell_name(opinion: CellOpinion) -> Text:
    """The cell an opinion is about."""
    if opinion.row is None:
        return HEAD.get(opinion.field, Text("表头", "Head"))
    label = LABELS.get(opinion.field, Text(opinion.field, opinion.field))
    return Text(f"{opinion.row.name} · {label.zh}", f"{opinion.row.name} · {label.en}")


@register.filter
def named(checkpoint: Checkpoint | Decision) -> Text:
    """A checkpoint, or the one of a decision, by its name."""
    return (
        Text(checkpoint.zh, checkpoint.en)
        if isinstance(checkpoint, Checkpoint)
        else Text(checkpoint.checkpoint_zh, checkpoint.checkpoint_en)
    )


@register.filter
def outcome_name(outcome: str) -> Text:
    """An outcome in words."""
    return OUTCOMES[outcome][0]


@register.filter
def outcome_tone(outcome: str) -> str:
    """The tone of an outcome's badge."""
    return OUTCOMES[outcome][1]


@register.filter
def found(tone: str) -> str:
    """A tone as the form's marks name it."""
    return TONES.get(tone, "")


@register.filter
def typed(sent: Mapping[str, Any], name: str) -> str:
    """What was typed into the input of that name."""
    return str(sent.get(name, ""))
