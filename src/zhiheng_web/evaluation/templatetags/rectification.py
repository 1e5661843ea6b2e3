"""Words of rectification for templates: ``{% load rectification %}``."""

from __future__ import annotations

from django import template

from zhiheng_web.evaluation.rectifying import subject_of
from zhiheng_web.planning.models import PerformanceTable

register = template.Library()


@register.filter
def subject(table: PerformanceTable) -> str:
    """What a table is about: its project, its department as a whole, or its unit."""
    return subject_of(table)
