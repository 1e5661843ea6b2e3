"""The curve of an indicator's year in small: what is due by each month's end, and what rounds found. Drawn in per cent of the target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from zhiheng.monitoring.curve import Curve
from zhiheng_web.wording import Text

WIDTH, HEIGHT = 320, 120
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 10, 22
MONTHS = (1, 3, 6, 9, 12)
HIGHEST = Fraction(3, 2)
"""What lies above 150 % is drawn at the edge; its words say the figure."""
Reached = tuple[date, Fraction]
"""A round's last day and the share of the whole target reached by then."""


def course(curve: Curve, reached: Sequence[Reached], title: str) -> SafeString:
    """Dashed: what is due. Line with marks: what was reached by each round. The words say both, for those who do not see it."""
    high = HIGHEST if any(share > 1 for _, share in reached) else Fraction(1)
    year = curve.year

    def x(day: date) -> Fraction:
        return LEFT + Fraction(WIDTH - LEFT - RIGHT) * (day - date(year - 1, 12, 31)).days / 366

    def y(share: Fraction) -> Fraction:
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - max(Fraction(0), min(share, high))) / high

    said = "; ".join(f"{on.isoformat()} {_percent(share)}" for on, share in curve.points)
    found = "; ".join(f"{on.isoformat()} {_percent(share)}" for on, share in reached)
    words = Text("应达：{due}。实际：{found}", "Due: {due}. Reached: {found}").with_(due=said, found=found or str(Text("无", "none")))
    parts = [
        f'<svg class="chart course" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}: {escape(str(words))}">',
        f"<title>{escape(title)}</title><desc>{escape(str(words))}</desc>",
    ]
    for share in (Fraction(0), Fraction(1, 2), Fraction(1)):
        parts.append(f'<line class="grid-line" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{_at(y(share))}" y2="{_at(y(share))}"/>')
        parts.append(f'<text x="{LEFT - 4}" y="{_at(y(share))}" dy="4" text-anchor="end">{_percent(share)}</text>')
    for month in MONTHS:
        label = Text(f"{month}月", f"{month}")
        parts.append(f'<text x="{_at(x(_middle(year, month)))}" y="{HEIGHT - 5}" text-anchor="middle">{label}</text>')
    due = " ".join(f"{_at(x(day))},{_at(y(share))}" for day, share in _corners(curve))
    parts.append(f'<polyline class="target" points="{due}"/>')
    if len(reached) > 1:
        parts.append(f'<polyline class="line" points="{" ".join(f"{_at(x(on))},{_at(y(share))}" for on, share in reached)}"/>')
    parts += [f'<circle class="mark" cx="{_at(x(on))}" cy="{_at(y(share))}" r="3.5"/>' for on, share in reached]
    return mark_safe("".join((*parts, "</svg>")))  # noqa: S308 - built of numbers and of escaped words


def _corners(curve: Curve) -> list[Reached]:
    """The line to draw: with steps, both ends of each."""
    before, found = Fraction(0), [(date(curve.year, 1, 1), Fraction(0))]
    for on, share in curve.points:
        if curve.between == "step":
            found.append((on, before))
        found.append((on, share))
        before = share
    return [*found, (date(curve.year, 12, 31), before)]


def _middle(year: int, month: int) -> date:
    return date(year, month, 15)


def _percent(share: Fraction) -> str:
    number = Decimal(share.numerator) * 100 / Decimal(share.denominator)
    return f"{number.quantize(Decimal('0.1')).normalize():f}%"


def _at(number: Fraction) -> str:
    return f"{Decimal(number.numerator) / Decimal(number.denominator):.1f}"
