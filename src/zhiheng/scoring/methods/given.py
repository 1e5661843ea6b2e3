"""The contract of every scoring method: what it is given, and what it answers.

A method is a pure function from :class:`Given` to :class:`Result`. It knows exact numbers in one unit and no table, no file
and no scheme; it decides caps, zero and signs by comparison and divides once. Rounding comes after it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from zhiheng.scoring.scheme import Bands
from zhiheng.scoring.trace import Step
from zhiheng.values.value import Comparator

RISING = frozenset({Comparator.GE, Comparator.GT, Comparator.EQ})


@dataclass(frozen=True, slots=True)
class Given:
    """One row in exact numbers. ``actual``, ``target``, ``upper`` and ``start`` are in one and the same unit.

    ``op`` is how the actual must stand to ``target`` (``upper`` and ``bounds`` with BETWEEN); ``start`` is the value from which a
    distance is measured; ``numbers`` and ``bands`` are the settings of the method, rates as shares of one; ``share`` turns a
    number of ``unit`` into such a share (1/100 for per cent).
    """

    weight: Fraction
    target: Fraction
    actual: Fraction
    op: Comparator = Comparator.EQ
    upper: Fraction | None = None
    bounds: str = "[]"
    start: Fraction | None = None
    numbers: Mapping[str, Fraction] = field(default_factory=dict)
    bands: Bands = ()
    zero_target: str = "zero_only"
    unit: str = ""
    share: Fraction = Fraction(1)

    @property
    def met(self) -> bool:
        """Whether the actual reaches the target, limits included or excluded exactly as the comparator says."""
        match self.op:
            case Comparator.GE | Comparator.EQ:  # = as written: more than asked is not held against the office
                return self.actual >= self.target
            case Comparator.GT:
                return self.actual > self.target
            case Comparator.LE:
                return self.actual <= self.target
            case Comparator.LT:
                return self.actual < self.target
            case _:
                return self.inside and self.actual not in self.excluded

    @property
    def inside(self) -> bool:
        """Whether the actual lies in the range, ends included."""
        return self.upper is not None and self.target <= self.actual <= self.upper

    @property
    def excluded(self) -> tuple[Fraction | None, ...]:
        """The ends that do not belong to the range (``bounds`` as in values: ``[)`` leaves out the upper)."""
        return (self.target if self.bounds[0] == "(" else None, self.upper if self.bounds[1] == ")" else None)


@dataclass(frozen=True, slots=True)
class Result:
    """``exact`` points in [0, weight], not rounded. ``rate`` is the raw attainment before any cap, None if undefined.

    ``notes`` are codes of things a reader must know (texts.toml, ``[note]``).
    """

    exact: Fraction
    met: bool
    rate: Fraction | None
    steps: tuple[Step, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotScored:
    """No number can be given, and why: ``reason`` is a code of texts.toml, ``[reason]``, filled by ``parameters``."""

    reason: str
    parameters: tuple[tuple[str, str], ...] = ()


Method = Callable[[Given], Result | NotScored]


def clipped(share: Fraction) -> Fraction:
    """A share held between nothing and all."""
    return min(max(share, Fraction(0)), Fraction(1))
