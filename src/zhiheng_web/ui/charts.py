"""Charts drawn by the server as SVG: no script, sharp on paper, readable without colour.

A year without a figure is a gap in the line, never zero, and nothing is coloured for it. Every chart says in words what it
shows; the page puts a table of the same figures beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from zhiheng.audit.money import printed
from zhiheng_web.wording import Text

WIDTH, HEIGHT = 560, 220
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 18, 30
SPARK_WIDTH, SPARK_HEIGHT, EDGE = 80, 24, 6
GAP_ROOM = 4


@dataclass(frozen=True, slots=True)
class Point:
    """One place on the line: its label below, its figure (None: nobody has said), its words as published.

    ``aim`` marks a target, which is drawn open and joined to nothing: it has not happened.
    """

    label: str
    figure: Decimal | None
    words: str = ""
    aim: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a whole."""

    text: Text
    amount: Decimal


def history(points: Sequence[Point], title: str, target: Decimal | None = None, unit: str = "") -> SafeString:
    """The figures of an indicator year by year as a line, the target as a dashed line over all years.

    '' when no year has a figure: there is nothing to draw.
    """
    figures = [point.figure for point in points if point.figure is not None]
    if not figures:
        return mark_safe("")
    low, high, ticks = _scale([*figures, *([target] if target is not None else [])])
    inner = WIDTH - LEFT - RIGHT
    step = Decimal(inner) / max(len(points), 1)

    def x(index: int) -> str:
        return _number(LEFT + step * index + step / 2)

    def y(figure: Decimal) -> str:
        return _number(TOP + (HEIGHT - TOP - BOTTOM) * (high - figure) / (high - low))

    parts = [_opening("chart", WIDTH, HEIGHT, title, _described(points, target, unit))]
    for tick in ticks:
        parts.append(f'<line class="grid-line" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(tick)}" y2="{y(tick)}"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y(tick)}" dy="4" text-anchor="end">{_plain(tick)}</text>')
    parts.append(f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{HEIGHT - BOTTOM}" y2="{HEIGHT - BOTTOM}"/>')
    if target is not None:
        parts.append(f'<line class="target" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(target)}" y2="{y(target)}"/>')
    for run in _runs(points):
        if len(run) > 1:
            parts.append(f'<polyline class="line" points="{" ".join(f"{x(index)},{y(figure)}" for index, figure in run)}"/>')
    for index, point in enumerate(points):
        parts.append(f'<text x="{x(index)}" y="{HEIGHT - 10}" text-anchor="middle">{escape(point.label)}</text>')
        if point.figure is None:
            parts.append(f'<line class="gap" x1="{x(index)}" x2="{x(index)}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>')
            continue
        shape = "mark aim" if point.aim else "mark"
        parts.append(f'<circle class="{shape}" cx="{x(index)}" cy="{y(point.figure)}" r="4"/>')
        words = escape(point.words or f"{_plain(point.figure)}{unit}")
        parts.append(f'<text class="value" x="{x(index)}" y="{y(point.figure)}" dy="-9" text-anchor="middle">{words}</text>')
    return mark_safe("".join((*parts, "</svg>")))  # noqa: S308 - built of numbers and of escaped words


def spark(points: Sequence[Point], title: str) -> SafeString:
    """The same in the height of a line of text; '' for fewer than two figures, which show no course.

    A dashed slope leads from the last figure to the target: with two years it is all there is to see.
    """
    figures = [point.figure for point in points if point.figure is not None]
    if len(figures) < 2:
        return mark_safe("")
    low, high = min(figures), max(figures)
    spread = (high - low) or Decimal(1)
    step = Decimal(SPARK_WIDTH - 2 * EDGE) / max(len(points) - 1, 1)

    def at(index: int, figure: Decimal) -> tuple[str, str]:
        middle = Decimal(SPARK_HEIGHT) / 2 if high == low else EDGE + (SPARK_HEIGHT - 2 * EDGE) * (high - figure) / spread
        return _number(EDGE + step * index), _number(middle)

    parts = [_opening("spark", SPARK_WIDTH, SPARK_HEIGHT, title, "")]
    for run in _runs(points):
        if len(run) > 1:
            parts.append(f'<polyline class="line" points="{" ".join(",".join(at(*place)) for place in run)}"/>')
    for start, end in _leads(points):
        (x1, y1), (x2, y2) = at(*start), at(*end)
        parts.append(f'<line class="lead" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>')
    for index, point in enumerate(points):
        if point.figure is not None:
            across, down = at(index, point.figure)
            parts.append(f'<circle class="mark{" aim" if point.aim else ""}" cx="{across}" cy="{down}" r="{"2.5" if point.aim else "2"}"/>')
    return mark_safe("".join((*parts, "</svg>")))  # noqa: S308 - built of numbers and of escaped words


def shares(parts: Sequence[Share], title: str, unit: str = "万元") -> SafeString:
    """How a whole is made up: one bar, cut by the parts, in the order given. '' where the whole is nothing."""
    whole = sum((part.amount for part in parts), Decimal(0))
    if whole <= 0:
        return mark_safe("")
    width, height = 560, 22
    said = "; ".join(f"{part.text} {_plain(part.amount)}{unit}" for part in parts)
    drawn = [_opening("chart", width, height, title, said, "none"), f'<rect class="track" width="{width}" height="{height}"/>']
    left = Decimal(0)
    for number, part in enumerate(parts, start=1):
        wide = width * part.amount / whole
        if wide > 0:
            drawn.append(f'<rect class="share-{min(number, 6)}" x="{_number(left)}" width="{_number(wide)}" height="{height}"/>')
        left += wide
    return mark_safe("".join((*drawn, "</svg>")))  # noqa: S308 - built of numbers and of escaped words


@lru_cache(maxsize=64)
def _opening(kind: str, width: int, height: int, title: str, description: str, fit: str = "xMinYMid meet") -> str:
    said = f"{title}: {description}" if description else title
    return (
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(said)}" preserveAspectRatio="{fit}">'
        f"<title>{escape(title)}</title>" + (f"<desc>{escape(description)}</desc>" if description else "")
    )


def _described(points: Sequence[Point], target: Decimal | None, unit: str) -> str:
    """The figures in words, for those who do not see them."""
    missing = str(Text("无数据", "no figure"))
    said = [f"{point.label} {point.words or (missing if point.figure is None else _plain(point.figure) + unit)}" for point in points]
    if target is not None:
        said.append(str(Text("指标值 {value}", "target {value}").with_(value=_plain(target) + unit)))
    return "; ".join(said)


def _runs(points: Sequence[Point]) -> list[list[tuple[int, Decimal]]]:
    """What has happened, cut where a year has no figure."""
    runs: list[list[tuple[int, Decimal]]] = [[]]
    for index, point in enumerate(points):
        if point.figure is None or point.aim:
            runs.append([])
        else:
            runs[-1].append((index, point.figure))
    return [run for run in runs if run]


def _leads(points: Sequence[Point]) -> list[tuple[tuple[int, Decimal], tuple[int, Decimal]]]:
    """From the last figure that has happened to each target after it."""
    leads, last = [], None
    for index, point in enumerate(points):
        if point.figure is None:
            continue
        if not point.aim:
            last = (index, point.figure)
        elif last is not None:
            leads.append((last, (index, point.figure)))
    return leads


def _scale(figures: Sequence[Decimal]) -> tuple[Decimal, Decimal, list[Decimal]]:
    """From where to where, and the lines between: from zero unless something is below it, in round steps."""
    low, high = min(Decimal(0), *figures), max(Decimal(0), *figures)
    if low == high:
        high = low + 1
    rough = (high - low) / GAP_ROOM
    unit = Decimal(1).scaleb(rough.adjusted())
    step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough)
    bottom, top = (low // step) * step, (high // step) * step
    bottom, top = (bottom - step if bottom > low else bottom), (top + step if top < high else top)
    ticks = [bottom + step * index for index in range(int((top - bottom) / step) + 1)]
    return bottom, top + step / 4, ticks


def _plain(number: Decimal) -> str:
    """The number as people write it: no exponent, no zeros at the end, thousands apart."""
    text = printed(number)
    whole, _, rest = text.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return sign + f"{int(digits):,}" + (f".{rest}" if rest else "")


def _number(number: Decimal | int) -> str:
    """A place in the drawing, to the tenth."""
    return f"{Decimal(number):.1f}"
