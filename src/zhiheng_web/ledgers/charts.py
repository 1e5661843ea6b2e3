"""Charts of the ledgers: counties as tiles, where they lie to each other, shaded in five steps and always with their figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from zhiheng_web.ledgers.divisions import County

WIDE, HIGH, GAP, EDGE = 96, 52, 6, 4
STEPS = 4


def tiles(counties: Sequence[County], figures: Mapping[str, int], title: str) -> SafeString:
    """A tile for each county. '' where the prefecture has no map. A zero is drawn like every figure: empty, with its 0."""
    if not counties:
        return mark_safe("")
    highest = max((figures.get(county.code, 0) for county in counties), default=0)
    width = (max(county.column for county in counties) + 1) * (WIDE + GAP) + 2 * EDGE - GAP
    height = (max(county.row for county in counties) + 1) * (HIGH + GAP) + 2 * EDGE - GAP
    said = "; ".join(f"{county.text} {figures.get(county.code, 0)}" for county in counties)
    parts = [f'<svg class="tiles" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}"><desc>{escape(said)}</desc>']
    for county in counties:
        figure = figures.get(county.code, 0)
        step = 0 if figure == 0 else 1 + (figure * STEPS - 1) // highest
        x, y = EDGE + county.column * (WIDE + GAP), EDGE + county.row * (HIGH + GAP)
        parts.append(f'<rect class="tile tile-{step}" x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="2"/>')
        parts.append(f'<text class="tile-name tile-on-{step}" x="{x + 8}" y="{y + 20}">{escape(county.text)}</text>')
        parts.append(f'<text class="tile-figure tile-on-{step}" x="{x + 8}" y="{y + 41}">{figure:,}</text>')
    return mark_safe("".join((*parts, "</svg>")))  # noqa: S308 - built of numbers and of escaped words
