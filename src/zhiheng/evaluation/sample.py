"""Drawing a sample (抽样) that anybody can draw again, on any machine, without this product.

How it is drawn, in words: the seed is written down before the draw. Every identity of the population gets a number: the SHA-256 of
the seed, one line feed and the identity, all in UTF-8. The identities are put in the order of their numbers, written as hexadecimal
digits, the smallest first; the first ``size`` of them are drawn, in that order. Where the population is divided into groups (分层),
each group gives as many as its share of the size, the largest remainders first and among equal ones the group whose name comes first;
each group is drawn by the same numbers, and what was drawn is put in the order of the numbers as one list.

As long as nobody knows the numbers of a seed before it is written down, each identity is as likely to be drawn as any other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

VERIFICATION = """\
import hashlib, sys
seed, size, want = {seed!r}, {size}, {digest!r}
population = {population!r}.split()
number = lambda one: (hashlib.sha256((seed + "\\n" + one).encode()).hexdigest(), one)
drawn = sorted(population, key=number)[:size]
text = "\\n".join([seed, str(size), *sorted(population)])
same = hashlib.sha256(text.encode()).hexdigest() == want
print("\\n".join(f"{{place}} {{one}}" for place, one in enumerate(drawn, 1)))
print("population, seed and size are those that were frozen:", "yes" if same else "NO")
sys.exit(0 if same else 1)
"""


class SampleError(ValueError):
    """What cannot be drawn. ``code``: size, seed, identity, repeated, strata."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def drawn(population: Iterable[str], seed: str, size: int, strata: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The identities that the seed draws, in the order of the draw. The order in which the population is given does not matter.

    ``strata`` gives the group of each identity. :class:`SampleError`: a size below 1 or above the population, an identity that is
    there twice, blank or of several lines, a seed that is not one line of text, an identity without a group.
    """
    known = checked(population, seed, size)
    if strata is None:
        return tuple(sorted(known, key=lambda one: number(seed, one))[:size])
    if any(one not in strata for one in known):
        raise SampleError("strata", "an identity has no group")
    chosen = [
        one
        for group, share in allocated(known, size, strata).items()
        for one in sorted((each for each in known if strata[each] == group), key=lambda one: number(seed, one))[:share]
    ]
    return tuple(sorted(chosen, key=lambda one: number(seed, one)))


def number(seed: str, identity: str) -> tuple[str, str]:
    """The number of an identity under a seed; the identity itself decides between two equal ones."""
    return hashlib.sha256(f"{seed}\n{identity}".encode()).hexdigest(), identity


def allocated(population: Iterable[str], size: int, strata: Mapping[str, str]) -> dict[str, int]:
    """How many each group gives: its share of the size rounded down, what is left to the largest remainders."""
    counts: dict[str, int] = {}
    for one in population:
        counts[strata[one]] = counts.get(strata[one], 0) + 1
    whole = sum(counts.values())
    shares = {group: size * count // whole for group, count in counts.items()}
    by_rest = sorted(counts, key=lambda group: (-(size * counts[group] % whole), group))
    for group in by_rest[: size - sum(shares.values())]:
        shares[group] += 1
    return {group: shares[group] for group in sorted(shares)}


def digest(population: Iterable[str], seed: str, size: int) -> str:
    """What freezes a draw: the SHA-256 of seed, size and the sorted identities, one a line."""
    return hashlib.sha256("\n".join([seed, str(size), *sorted(checked(population, seed, size))]).encode()).hexdigest()


def verification(population: Iterable[str], seed: str, size: int) -> str:
    """Ten lines of Python that draw again and say whether population, seed and size are those of the digest. Identities have no blanks."""
    known = sorted(checked(population, seed, size))
    return VERIFICATION.format(seed=seed, size=size, digest=digest(known, seed, size), population=" ".join(known))


def checked(population: Iterable[str], seed: str, size: int) -> list[str]:
    """The population as a list, or :class:`SampleError`."""
    known = list(population)
    if not seed.strip() or seed != seed.strip() or len(seed.splitlines()) != 1:
        raise SampleError("seed", "the seed must be one line of text without blanks at its ends")
    if any(not one or one.split() != [one] for one in known):
        raise SampleError("identity", "an identity is blank or has blanks in it")
    if len(set(known)) != len(known):
        raise SampleError("repeated", "an identity is in the population twice")
    if not 1 <= size <= len(known):
        raise SampleError("size", f"the size must lie between 1 and {len(known)}")
    return known
