"""Words of evaluations for templates: ``{% load evaluations %}``."""

from __future__ import annotations

from django import template

from zhiheng.evaluation.index_system import english
from zhiheng_web.wording import Text

register = template.Library()


@register.filter
def index_words(zh: str) -> Text:
    """An item, group or standard of an index system in the reader's language; what an office wrote itself as it stands."""
    return Text(zh, english().get(zh, zh))


@register.filter
def why_ended(reason: str) -> Text:
    """Why an engagement ended: by acceptance, else in the words that were typed."""
    return ACCEPTED if reason == ACCEPTED.zh else Text(reason, reason)


ACCEPTED = Text("已验收，委托完成", "Accepted: the engagement is fulfilled")
"""What actions.accept_evaluation writes."""
