"""What monitoring says of one indicator or one budget on a day, with the way that led there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zhiheng.monitoring.lamp import Lamp
from zhiheng.scoring.rounding import Mode, Rounding
from zhiheng.scoring.trace import Step, plain

SHOWN = Rounding(Mode.HALF_UP, 4)


@dataclass(frozen=True, slots=True)
class Judgement:
    """``expected`` is the share of the year's target due by the day, ``due`` that share in the target's unit (four places, for
    showing only), ``ratio`` the actual against what was due, ``attainment`` against the whole year's target; each None where it
    is undefined. What is not paced (rates, levels, words) has no ``expected`` and no ``due``: its ratio is that to the target.

    ``notes`` are codes of texts.toml ``[note]`` or of scoring's ``[reason]`` (see wording.note).
    """

    lamp: Lamp
    expected: Fraction | None = None
    due: Decimal | None = None
    ratio: Fraction | None = None
    attainment: Fraction | None = None
    steps: tuple[Step, ...] = ()
    notes: tuple[str, ...] = ()


def shown(figure: Fraction) -> Decimal:
    """A figure for a page: four places at most, none that it does not need."""
    return Decimal(plain(SHOWN.apply(figure)))


def noted(codes: Iterable[str]) -> tuple[str, ...]:
    """Notes in order, each once."""
    return tuple(dict.fromkeys(codes))
