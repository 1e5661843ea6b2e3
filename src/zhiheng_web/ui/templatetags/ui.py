"""Tags that every template has: ``{% t "送审" "Submit" %}`` and the components."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from zhiheng_web.wording import language

register = template.Library()


@register.simple_tag
def t(zh: str, en: str, **values: Any) -> SafeString:
    """A text in the reader's language; {names} are filled with escaped values."""
    words = en if language() == "en" else zh
    if values:
        words = words.format(**{name: conditional_escape(value) for name, value in values.items()})
    return mark_safe(words)  # noqa: S308 - the words stand in the template; the values are escaped above
