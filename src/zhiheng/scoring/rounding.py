"""Rounding of points: named, exact, the same digits everywhere.

Offices round in different ways (whole points, one decimal, two, or cut down), so the way is a name that schemes, tables
and traces carry. Every rule works on an exact fraction with integer arithmetic; no binary float, no context precision.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Mode(StrEnum):
    """What happens to the part beyond the last place kept."""

    HALF_UP = "half_up"  # 四舍五入, away from zero at the half
    HALF_EVEN = "half_even"  # 四舍六入五成双
    CUT = "cut"  # 直接舍去


@dataclass(frozen=True, slots=True)
class Rounding:
    """A way of rounding: ``places`` decimals (0: whole points) by ``mode``."""

    mode: Mode
    places: int

    @property
    def name(self) -> str:
        """The name schemes and traces use: half_up_2, cut_0."""
        return f"{self.mode.value}_{self.places}"

    @property
    def unit(self) -> Fraction:
        """The smallest step: 1/100 for two places."""
        return Fraction(1, 10**self.places)

    def apply(self, exact: Fraction) -> Decimal:
        """``exact`` rounded. Sign is decided first, the division is one integer division of the magnitude."""
        top, bottom = abs(exact.numerator) * 10**self.places, exact.denominator
        whole, rest = divmod(top, bottom)
        if self.mode is Mode.HALF_UP:
            whole = (2 * top + bottom) // (2 * bottom)
        elif self.mode is Mode.HALF_EVEN and (2 * rest > bottom or (2 * rest == bottom and whole % 2)):
            whole += 1
        return scaled(-whole if exact < 0 else whole, self.places)

    def below(self, limit: Fraction) -> Decimal:
        """The greatest figure of this rounding that is less than ``limit``."""
        units = limit * 10**self.places
        return scaled(-(-units.numerator // units.denominator) - 1, self.places)


def scaled(units: int, places: int) -> Decimal:
    """``units`` × 10⁻ᵖˡᵃᶜᵉˢ with all its places, free of any context precision."""
    return Decimal((int(units < 0), tuple(int(digit) for digit in str(abs(units))), -places))


ROUNDINGS: dict[str, Rounding] = {
    rounding.name: rounding
    for rounding in (
        Rounding(Mode.HALF_UP, 2),
        Rounding(Mode.HALF_UP, 1),
        Rounding(Mode.HALF_UP, 0),
        Rounding(Mode.CUT, 2),
        Rounding(Mode.CUT, 1),
        Rounding(Mode.CUT, 0),
        Rounding(Mode.HALF_EVEN, 2),
        Rounding(Mode.HALF_EVEN, 1),
        Rounding(Mode.HALF_EVEN, 0),
        Rounding(Mode.HALF_UP, 3),
        Rounding(Mode.HALF_UP, 4),
    )
}
"""All named ways, in the order in which a published table is tried against them."""


def decimal(exact: Fraction) -> Decimal:
    """A fraction that has a finite decimal form, as that Decimal. :class:`ValueError` if it has none."""
    places, bottom = 0, exact.denominator
    while (10**places) % bottom:
        places += 1
        if places > bottom.bit_length():
            raise ValueError(f"{exact} has no finite decimal form")
    return scaled(exact.numerator * 10**places // bottom, places)
