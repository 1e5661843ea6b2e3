"""Words of tags on the pages of points."""

from __future__ import annotations

from decimal import Decimal

from django import template

from zhiheng.scoring.scheme import Scheme
from zhiheng.scoring.trace import printed
from zhiheng_web.planning import weighing
from zhiheng_web.planning.forms.weighing import tags_text as text_of_tags

register = template.Library()
register.filter("tags_text", text_of_tags)


@register.filter
def level_words(scheme: Scheme, tags: weighing.Tags) -> str:
    """产出指标 · 数量指标."""
    if not tags.level_1:
        return "—"
    level = str(weighing.level_text(scheme, tags.level_1))
    return f"{level} · {weighing.sublevel_text(scheme, tags.level_1, tags.level_2)}" if tags.level_2 else level


@register.filter
def level_short(scheme: Scheme, tags: weighing.Tags) -> str:
    """The level-2 indicator alone, or the level where there is none."""
    return str(weighing.sublevel_text(scheme, tags.level_1, tags.level_2)) if tags.level_2 else level_words(scheme, tags)


@register.filter
def direction_words(direction: str) -> str:
    """The direction in words."""
    return str(weighing.DIRECTIONS[direction]) if direction in weighing.DIRECTIONS else "—"


@register.filter
def direction_short(direction: str) -> str:
    """The direction in one word: what stands before the bracket."""
    return direction_words(direction).split("（")[0].split(" (")[0]


@register.filter
def method_words(method: str) -> str:
    """The method in words."""
    return str(weighing.METHODS[method]) if method in weighing.METHODS else "—"


@register.filter
def distance(number: Decimal) -> str:
    """A number without its sign."""
    return printed(abs(number))


@register.filter
def blank_exact(number: Decimal | None) -> str:
    """A number as an input shows it: blank where there is none."""
    return "" if number is None else printed(number)
