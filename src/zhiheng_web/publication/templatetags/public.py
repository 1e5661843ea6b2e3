"""Tags of the public pages: links that hold from any folder, figures that can be checked, cells that may be withheld."""

from __future__ import annotations

import posixpath
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from zhiheng_web.ledgers.measures.judging import plain
from zhiheng_web.publication.content import Content
from zhiheng_web.publication.content.actuals import Actual, Evidence, Part
from zhiheng_web.publication.content.codec import number
from zhiheng_web.publication.content.places import Withheld
from zhiheng_web.publication.grounds import grounds
from zhiheng_web.publication.handed_in import path_of
from zhiheng_web.publication.site.words import named, state_word
from zhiheng_web.wording import Text, language

register = template.Library()


@register.simple_tag(takes_context=True)
def to(context: Any, *parts: str) -> str:
    """The relative address of a file of the site: it holds in a folder, under any prefix, and without a server."""
    return escape(posixpath.relpath("".join(map(str, parts)), posixpath.dirname(context["here"]) or "."))


@register.simple_tag(takes_context=True)
def page(context: Any, *parts: str) -> str:
    """The same for a page in the reader's language."""
    return str(to(context, "en/" if language() == "en" else "", *parts))


@register.simple_tag(takes_context=True)
def figure(context: Any, address: str, value: Decimal | str | None, words: object = None) -> SafeString:
    """A published figure with its address in the data of the proof."""
    if value is None:
        return mark_safe('<span class="none">—</span>')
    exact = number(value) if isinstance(value, Decimal) else str(value)
    said = exact if words is None else str(words)
    return format_html('<data class="figure" data-figure="{}/{}" value="{}">{}</data>', context["key"], address, exact, said)


@register.simple_tag(takes_context=True)
def cell(context: Any, place: str, name: str, words: object = "") -> SafeString:
    """What stands at a place, or that it is withheld and by what ground."""
    content: Content = context["content"]
    held = content.withheld(f"{place}/{name}")
    return withheld_mark(held) if held is not None else format_html("{}", words if words not in (None, "") else "—")


@register.simple_tag(takes_context=True)
def withheld(context: Any, place: str) -> Withheld | None:
    """Why nothing stands at a place; None where it is public."""
    content: Content = context["content"]
    return content.withheld(place)


@register.filter
def withheld_mark(held: Withheld) -> SafeString:
    """The mark of what is withheld, in words."""
    return format_html('<span class="withheld"><span aria-hidden="true">■</span> {}{}</span>', Text("不予公开：", "Withheld: "), held.name)


@register.filter
def ground_name(code: str) -> Text:
    """A ground of withholding in words."""
    return grounds()[code].name


@register.filter
def at(values: dict[str, Any], key: str) -> Any:
    """The value of a key; '' where there is none."""
    return values.get(key, "")


@register.filter
def by_part(actual: Actual | None) -> Text | str:
    """An actual value in words, each of its parts by name; '' where there is none."""
    return "" if actual is None else named(actual)


@register.filter
def share(part: Part) -> str:
    """A part of a whole in per cent, with two decimals as everywhere; beside it stand the terms, which are exact."""
    return f"{plain(part.number, 2)}{part.unit}" if part.number is not None else ""


@register.filter
def file_path(one: Evidence) -> str:
    """Where a published file of evidence lies below the folder of its package."""
    return path_of(one)


@register.simple_tag
def state_of(state: str) -> Text:
    """A state of a value in words."""
    return state_word(state)
