"""Which scheme, which formulas and which rounding a published table was scored by, read off its own figures.

Only rows that can tell speak: a target that was met gives full points under every rounding, and full points given to one
that was missed may be a rounding or a favour, so neither is evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

from zhiheng.scoring.outcome import Judged, Outcome, Points
from zhiheng.scoring.rounding import ROUNDINGS, Rounding
from zhiheng.scoring.scheme import Scheme

ALTERNATIVES: Mapping[str, tuple[str, ...]] = {
    "methods.at_most": ("reverse_linear", "reverse_ratio"),
    "methods.satisfaction": ("as_target", "satisfaction_steps"),
}
"""Formulas on which places differ, whatever else of a scheme they follow."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A row with published points that are not its full points, and what a scheme gives it."""

    weight: Fraction
    published: Decimal
    outcome: Outcome

    def fits(self, rounding: Rounding) -> bool | None:
        """Whether the published points are the scheme's under a rounding; None where the row cannot tell."""
        if not isinstance(self.outcome, Points) or self.outcome.exact in (0, self.weight):
            return None
        return rounding.apply(self.outcome.exact) == self.published

    @property
    def tells_rounding(self) -> bool:
        """Whether the exact points are not whole already, so that roundings give different figures."""
        return isinstance(self.outcome, Points) and self.outcome.exact.denominator != 1

    @property
    def in_tier(self) -> bool:
        """Whether the published points of a qualitative row lie in its tier."""
        return isinstance(self.outcome, Judged) and self.outcome.method == "tiers" and self.outcome.holds(Fraction(self.published))


@dataclass(frozen=True, slots=True)
class Inference:
    """What a table is held to. ``fits`` of the ``of`` rows that can tell agree with it.

    ``stated``: the scheme was named by the caller; then only the rounding is inferred. ``changed`` are the settings in which
    the table follows other formulas than the scheme it is nearest to. ``roundings`` are all that agree equally well, the one
    used first; with ``fits`` 0 nothing shows the rounding and the scheme's own is used.
    """

    scheme: Scheme
    rounding: Rounding
    fits: int
    of: int
    stated: bool
    changed: tuple[tuple[str, str], ...]
    roundings: tuple[str, ...]


def variant(scheme: Scheme, changes: Iterable[tuple[str, str]]) -> Scheme:
    """The scheme with some settings changed."""
    settings = dict(scheme.settings)
    for key, value in changes:
        settings[key] = replace(settings[key], value=value)
    return replace(scheme, settings=settings)


def variants(scheme: Scheme) -> list[tuple[tuple[tuple[str, str], ...], Scheme]]:
    """The scheme as it is, then with every other choice of the formulas on which places differ."""
    choices = [
        [(key, value) for value in sorted(values, key=lambda value: value != scheme.word(key))] for key, values in ALTERNATIVES.items()
    ]
    found = []
    for chosen in product(*choices):
        changes = tuple((key, value) for key, value in chosen if value != scheme.word(key))
        found.append((changes, variant(scheme, changes)))
    return sorted(found, key=lambda each: len(each[0]))


def infer(
    schemes: Sequence[Scheme],
    stated: bool,
    witnesses: Callable[[Scheme], Sequence[Witness]],
    form: Callable[[Scheme], int],
) -> Inference:
    """The scheme, formulas and rounding that most of the table's own figures agree with.

    ``witnesses`` gives the rows as a scheme scores them, ``form`` how much of the form itself (points of the levels, grade)
    agrees with it. Among equals the first wins: the general scheme, unchanged, with its own rounding.
    """
    best: tuple[int, Inference] | None = None
    for scheme in schemes:
        agreed = form(scheme)
        for changes, changed in [((), scheme)] if stated else variants(scheme):
            rows = witnesses(changed)
            fit = by_rounding(changed.rounding, rows)
            strength = agreed + fit.strength + sum(row.in_tier for row in rows)
            if best is None or strength > best[0]:
                best = (strength, Inference(changed, fit.rounding, fit.fits, fit.of, stated, changes, fit.alike))
    if best is None:
        raise ValueError("no scheme to compare with")
    return best[1]


@dataclass(frozen=True, slots=True)
class Fit:
    """The rounding that fits most rows, how many of those that can tell, and the roundings that fit as many.

    ``strength`` also counts the rows that have the right points under any rounding: they speak for the formulas.
    """

    rounding: Rounding
    strength: int
    fits: int
    of: int
    alike: tuple[str, ...]


def by_rounding(own: Rounding, rows: Sequence[Witness]) -> Fit:
    """The rounding that fits most rows; the scheme's own first among equals."""
    order = [own, *(rounding for rounding in ROUNDINGS.values() if rounding != own)]
    counts = {rounding.name: sum(row.fits(rounding) is True for row in rows) for rounding in order}
    most = max(counts.values())
    alike = tuple(name for name, count in counts.items() if count == most)
    chosen = ROUNDINGS[alike[0]]
    telling = [fit for row in rows if row.tells_rounding and (fit := row.fits(chosen)) is not None]
    return Fit(chosen, most, sum(telling), len(telling), alike)
