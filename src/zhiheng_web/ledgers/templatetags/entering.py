"""The steps of an entry, as a fragment of its page."""

from __future__ import annotations

from typing import Any

from django import template

from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.ledgers.queries.entering import steps_of

register = template.Library()


@register.inclusion_tag("ledgers/entries/steps.html", takes_context=True)
def entry_steps(context: dict[str, Any], version: EntryVersion) -> dict[str, Any]:
    """What the viewer may do with the open version of an entry."""
    request = context["request"]
    return {"steps": steps_of(request.viewer, version), "request": request, "csrf_token": context.get("csrf_token")}
