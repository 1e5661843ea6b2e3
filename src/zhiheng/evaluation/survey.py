"""Survey (满意度调查): what answers amount to, and what of their breakdown may be shown without giving anybody away.

Grades are 5 (很满意) to 1 (很不满意). A scheme (survey.toml) says what share of each grade counts as satisfied; it is chosen before the
survey opens. Satisfaction = Σ weight × share of the question ÷ Σ weight over the questions that count and were answered, where
the share of a question is Σ grade share × answers ÷ answers. Questions left blank are not answers. Fewer answers than asked give no figure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from math import lcm
from typing import Any

from zhiheng.scoring.observation import Counted
from zhiheng.scoring.rounding import Mode, Rounding, decimal
from zhiheng.scoring.trace import printed

GRADES = (5, 4, 3, 2, 1)
"""From 很满意 to 很不满意."""
TWO_PLACES = Rounding(Mode.HALF_UP, 2)


@dataclass(frozen=True, slots=True)
class Scheme:
    """How grades become satisfaction: ``shares`` says how much of each grade counts, 0 to 1."""

    code: str
    zh: str
    en: str
    basis: str
    status: str
    shares: Mapping[int, Fraction]

    def name(self, language: str = "zh") -> str:
        """What it is called."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Question:
    """One question's answers: how many gave each grade. ``weight`` is what it weighs in the figure; 0 and below never counts."""

    code: str
    weight: Fraction
    counts: Mapping[int, int]

    @property
    def answered(self) -> int:
        """How many answered it."""
        return sum(self.counts.values())

    def share(self, scheme: Scheme) -> Fraction | None:
        """Its satisfaction, exact; None where nobody answered it."""
        return self.satisfied(scheme) / self.answered if self.answered else None

    def satisfied(self, scheme: Scheme) -> Fraction:
        """How many answers count as satisfied: Σ grade share × answers."""
        return sum((scheme.shares[grade] * number for grade, number in self.counts.items()), Fraction(0))


@dataclass(frozen=True, slots=True)
class Tally:
    """What a survey came to. ``state`` is a key of survey.toml ``[state]``; ``numerator`` ÷ ``denominator`` is the figure, exact.

    ``answers`` counts answer sheets, ``invited`` the invitations that were not cancelled.
    """

    state: str
    invited: int
    answers: int
    least: int
    numerator: Decimal = Decimal(0)
    denominator: Decimal = Decimal(0)

    @property
    def satisfaction(self) -> Fraction | None:
        """The figure as a share of one; None where there is none."""
        return Fraction(self.numerator) / Fraction(self.denominator) if self.state == "figure" else None

    @property
    def percent(self) -> str:
        """The figure in per cent, half up to two places; '' where there is none."""
        return "" if self.satisfaction is None else printed(TWO_PLACES.apply(self.satisfaction * 100))

    @property
    def returned(self) -> str:
        """Rate of return (回收率) in per cent; '' where nobody was invited."""
        return printed(TWO_PLACES.apply(Fraction(self.answers * 100, self.invited))) if self.invited else ""

    @property
    def observation(self) -> Counted | None:
        """What scoring takes: a rate that keeps its parts; None where no figure may be given."""
        return Counted(self.numerator, self.denominator) if self.state == "figure" else None

    def words(self, language: str = "zh") -> str:
        """The figure, or why there is none."""
        row = _data()["state"][self.state]
        text: str = row["en" if language == "en" else "zh"]
        return text.format(percent=self.percent, answers=self.answers, least=self.least)


@cache
def schemes() -> Mapping[str, Scheme]:
    """The ways of counting, by code; ``share`` is the default."""
    return {
        code: Scheme(
            code, row["zh"], row["en"], row["basis"], row["status"], {int(grade): Fraction(share) for grade, share in row["grades"]}
        )
        for code, row in _data()["scheme"].items()
    }


def presets() -> tuple[Mapping[str, str], ...]:
    """Questions of five grades to begin with, each in ``zh`` and ``en``."""
    return tuple(_data()["question"].values())


def grade_name(grade: int, language: str = "zh") -> str:
    """A grade in words."""
    row: Mapping[str, str] = _data()["grade"][str(grade)]
    return row["en" if language == "en" else "zh"]


def default(key: str) -> int:
    """A number of ``[setting]``: ``least`` answers for a figure, ``cell`` answers for a cell of a breakdown."""
    return int(_data()["setting"][key]["value"])


def tally(scheme: Scheme, questions: Sequence[Question], *, invited: int, answers: int, least: int) -> Tally:
    """What the answers come to. The parts of the figure are whole decimals, so that scoring divides once and exactly."""
    if answers < least:
        return Tally("few", invited, answers, least)
    counting = [question for question in questions if question.weight > 0 and question.answered]
    if not counting:
        return Tally("none", invited, answers, least)
    common = lcm(*(question.answered for question in counting))
    numerator = sum((question.weight * question.satisfied(scheme) * (common // question.answered) for question in counting), Fraction(0))
    denominator = sum((question.weight for question in counting), Fraction(0)) * common
    return Tally("figure", invited, answers, least, decimal(numerator), decimal(denominator))


def shown(counts: Mapping[int, int], least: int) -> dict[int, int | None]:
    """The cells of a breakdown that may be shown; None for one that is held back.

    A cell of fewer than ``least`` answers is held back, and where it alone could be worked out from the whole, or together with others
    still lies below ``least``, the next smallest too. An empty cell is small as well: that nobody was dissatisfied tells of everybody.
    """
    held = {key for key, number in counts.items() if number < least}
    rest = sorted((key for key in counts if key not in held), key=lambda key: (counts[key], key))
    while held and rest and (len(held) == 1 or sum(counts[key] for key in held) < least):
        held.add(rest.pop(0))
    if len(held) == len(counts):
        return dict.fromkeys(counts)
    return {key: None if key in held else number for key, number in counts.items()}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("zhiheng.evaluation").joinpath("survey.toml").read_text("utf-8"))
