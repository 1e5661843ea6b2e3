"""What one cell means: the text as published becomes a typed value, with flags on how it was written.

``parse`` answers for every text. Forms are tried in the order of one table; the first that reads the whole text wins.
What no form reads is a Phrase (judged by people), what has two readings is Unresolved with both.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from zhiheng.values import (
    achieved,
    bracketed,
    cadence,
    coverage,
    deadlines,
    flags,
    numerals,
    open_reading,
    parts,
    quantities,
    ranks,
    ratios,
    relative,
    scanned,
    states,
    tiers,
)
from zhiheng.values.found import Found
from zhiheng.values.lexicon import VAGUE
from zhiheng.values.normalise import normalise, tidy
from zhiheng.values.reading import Context, Reading
from zhiheng.values.settle import settle
from zhiheng.values.value import Phrase, Tier, Unresolved

LONGEST = 500
"""Letters of a cell that is still looked at as a value; a longer one is a narrative."""
NO_CONTEXT = Context()


class Form(NamedTuple):
    """A kind of form. It is tried only on a text that has one of ``letters``; always, if there are none."""

    name: str
    letters: frozenset[str]
    read: Callable[[str], Found | None]


DIGITS = frozenset("0123456789")
FORMS: tuple[Form, ...] = (
    Form("states", frozenset(), states.read),
    Form("open", frozenset("待"), lambda text: open_reading.read(text, single)),
    Form("tiers", frozenset(), tiers.read),
    Form("achieved", frozenset("成过格标是否结实位付放现建收开工用线题务√到合足守行按照"), achieved.read),
    Form("scanned", scanned.LETTERS, lambda text: scanned.read(text, _part)),
    Form("coverage", frozenset("应全百足1"), coverage.read),
    Form("ambiguous dates", frozenset("日号月.-"), lambda text: deadlines.ambiguous(text) or deadlines.doubtful(text)),
    Form("deadlines", deadlines.LETTERS, deadlines.read),
    Form("cadence", frozenset("每按均/年×*xX隔逐周月季天工"), cadence.read),
    Form("ranks", frozenset("前第"), ranks.read),
    Form("relative", relative.LETTERS, relative.read),
    Form("ratios", frozenset(":比/成半分"), ratios.read),
    Form("shared", frozenset("/、和与及"), parts.shared),
    Form("quantities", DIGITS | frozenset("零无发杜"), quantities.read),
)
"""The order in which forms are tried."""


_ALWAYS = sum(1 << place for place, form in enumerate(FORMS) if not form.letters)
_FORMS_OF: dict[str, int] = {}
"""Letter → the forms that are tried on a text with it, a bit for each."""
for _place, _form in enumerate(FORMS):
    for _letter in _form.letters:
        _FORMS_OF[_letter] = _FORMS_OF.get(_letter, 0) | 1 << _place


@cache
def _readers(forms: int) -> tuple[Callable[[str], Found | None], ...]:
    return tuple(form.read for place, form in enumerate(FORMS) if forms >> place & 1)


def single(text: str) -> Found | None:
    """The one value that a normalised text writes, or None."""
    forms = _ALWAYS
    for letter in text:
        forms |= _FORMS_OF.get(letter, 0)
    for read in _readers(forms):
        if (found := read(text)) is not None:
            return found
    return None


def parse(text: str, context: Context = NO_CONTEXT) -> Reading:
    """How one cell is understood.

    ``text`` is kept as published. ``context`` is what stands around the cell and may settle its meaning. Never raises.
    """
    found = quantities.fast(text)
    marks: tuple[str, ...] = ()
    if found is None:
        tidied = tidy(text)
        found = _slow(text, tidied, context.year)
        marks = _remarks(text, tidied, found, context)
    if context is not NO_CONTEXT or found.value.__class__ is not Tier:
        found = settle(found, context)
    if not marks and not found.flags:
        return Reading(text, found.value)
    return Reading(text, found.value, tuple(sorted({*found.flags, *marks})))


def _slow(text: str, tidied: str, year: int | None) -> Found:
    if len(tidied) > LONGEST:
        return Found(Phrase(tidied))
    normal = normalise(tidied)
    if year is not None and "年" in normal:
        normal = deadlines.with_year(normal, year)
    found = (quantities.fast(normal) if normal != text else None) or _read(normal)
    if found is None and "\n" in text:
        found = _read(normalise(tidy(text.replace("\n", ";"))))
    return found or Found(Phrase(tidied), (flags.VAGUE,) if VAGUE.search(normal) else ())


def _read(text: str) -> Found | None:
    found = single(text)
    if found is None and text[-1:] == ")":
        found = bracketed.read(text, _part)
    if found is None and not parts.LETTERS.isdisjoint(text):
        found = parts.read(text, _part)
    if found is None and (digits := numerals.arabic(text)) != text:
        found = single(digits) or parts.read(digits, _part)
    return found


def _part(text: str) -> Found | None:
    found = quantities.fast(text) or single(text)
    if found is None and (digits := numerals.arabic(text)) != text:
        found = single(digits)
    return found


def _remarks(text: str, tidied: str, found: Found, context: Context) -> tuple[str, ...]:
    """Facts about the writing that no form sees: spaces taken out, words that repeat the indicator's name."""
    marks: list[str] = []
    if not isinstance(found.value, Phrase | Unresolved) and len(text.split()) > 1:
        marks.append(flags.SPACES)
    if context.name and tidied and _repeats(tidied, tidy(context.name), isinstance(found.value, Phrase | Tier)):
        marks.append(flags.REPEATS_NAME)
    return tuple(marks)


def _repeats(words: str, name: str, worded: bool) -> bool:
    return words == name or (worded and len(words) >= 3 and words in name)
