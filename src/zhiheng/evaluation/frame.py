"""Frame (部门整体支出共性指标框架): the yearly figures of a department, the ratios worked out from them, and points for a ratio.

What the ratios are made of is data of frame.toml, each with what it rests on and how far that was checked. There are no national
weights: points are given by a :class:`Standard` (full points, the condition for them, what each step away from it costs, the floor),
which an evaluation sets or takes from a place's practice. A figure that is missing, does not apply or is 0 below the line gives no
rate, and never 0 %: it is a state with its words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

from zhiheng.scoring import trace
from zhiheng.scoring.methods.deduction import deduction
from zhiheng.scoring.methods.given import Given
from zhiheng.scoring.rounding import Mode, Rounding
from zhiheng.scoring.trace import Step, printed, step

HUNDRED = Fraction(100)
TEN_THOUSAND = Fraction(10000)
TWO_PLACES = Rounding(Mode.HALF_UP, 2)


class Unit(StrEnum):
    """What an input counts. Amounts are in 元; per cent stands as 58.33 for 58.33 %."""

    PERSON = "person"
    YUAN = "yuan"
    PERCENT = "percent"
    PIECE = "piece"


class State(StrEnum):
    """What came of a ratio; its words are in frame.toml, ``[state]``."""

    RATE = "rate"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    NO_DENOMINATOR = "no_denominator"
    CONTRADICTORY = "contradictory"
    NEGATIVE = "negative"


class Absence(StrEnum):
    """Why an input has no figure: it is owed and was not obtained, or there is nothing of the kind."""

    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


Value = Fraction | Absence


@dataclass(frozen=True, slots=True)
class Input:
    """One figure of the yearly sheet (基础数据)."""

    code: str
    unit: Unit
    zh: str
    en: str
    note_zh: str
    note_en: str

    def name(self, language: str = "zh") -> str:
        """What it is called."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Term:
    """An input in a formula, added (1) or taken off (-1)."""

    sign: int
    code: str


@dataclass(frozen=True, slots=True)
class Ratio:
    """One ratio of the frame. ``full`` is the share at which it is as good as can be; ``part``: the numerator lies in the denominator.

    ``direction`` is ``lower`` or ``higher``: which side of ``full`` is good. ``status`` as for parameters.
    """

    code: str
    level_1: tuple[str, str]
    level_2: tuple[str, str]
    zh: str
    en: str
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...]
    direction: str
    full: Fraction
    part: bool
    basis: str
    status: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The inputs it needs, each once, as they stand in its formula."""
        return tuple(dict.fromkeys(term.code for term in (*self.numerator, *self.denominator)))

    def name(self, language: str = "zh") -> str:
        """What it is called."""
        return self.en if language == "en" else self.zh

    def formula(self, language: str = "zh") -> str:
        """Its formula in words: （本年－上年）÷上年."""
        return _side(self.numerator, language) + _word("word.over", language) + _side(self.denominator, language)


@dataclass(frozen=True, slots=True)
class Found:
    """A ratio of one year: ``rate`` exact, or None and in ``state`` why. ``steps`` tell how it came about, in ``explain``'s words."""

    ratio: Ratio
    state: State
    rate: Fraction | None
    steps: tuple[Step, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def percent(self) -> str:
        """The rate in per cent, half up to two places; '' where there is none."""
        return "" if self.rate is None else printed(TWO_PLACES.apply(self.rate * HUNDRED))

    def words(self, language: str = "zh") -> str:
        """The rate, or why there is none."""
        if self.rate is not None:
            return f"{self.percent}%"
        return _word(f"state.{self.state}", language, **{name: _named(value, language) for name, value in self.parameters})


@dataclass(frozen=True, slots=True)
class Standard:
    """How a ratio becomes points: full points, the share at which they are given, what each whole step away costs, and the floor."""

    weight: Fraction
    full: Fraction
    step: Fraction
    per_step: Fraction
    floor: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Practice:
    """How one place gives points for ratios of the frame (地方做法)."""

    code: str
    zh: str
    en: str
    basis: str
    status: str
    standards: Mapping[str, Standard] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scored:
    """Points for a ratio, exact. ``points`` None: the ratio has no rate and does not count; a figure that is owed gives 0."""

    points: Fraction | None
    steps: tuple[Step, ...]


@cache
def inputs() -> Mapping[str, Input]:
    """The figures of the sheet, in its order, by code."""
    return {
        code: Input(code, Unit(row["unit"]), row["zh"], row["en"], row["note_zh"], row["note_en"]) for code, row in _data()["input"].items()
    }


@cache
def ratios() -> Mapping[str, Ratio]:
    """The ratios of the frame, in its order, by code."""
    return {code: _ratio(code, row) for code, row in _data()["ratio"].items()}


@cache
def practices() -> Mapping[str, Practice]:
    """The local ways of giving points that were seen, by code."""
    found = {}
    for code, row in _data()["practice"].items():
        standards = {
            name: Standard(Fraction(weight), ratios()[name].full, Fraction(size), Fraction(loss), Fraction(floor))
            for name, weight, size, loss, floor in row["points"]
        }
        found[code] = Practice(code, row["zh"], row["en"], row["basis"], row["status"], standards)
    return found


def about() -> Mapping[str, str]:
    """The head of the frame: its name in both languages, what it rests on, and how far that was checked."""
    head: Mapping[str, str] = _data()["frame"]
    return head


def unit_name(unit: str, language: str = "zh") -> str:
    """A unit as the sheet shows it: amounts in 万元."""
    return _word(f"unit.{unit}", language)


def direction_name(direction: str, language: str = "zh") -> str:
    """Which way is good, in words."""
    return _word(f"word.{direction}", language)


def work_out(ratio: Ratio, values: Mapping[str, Value]) -> Found:
    """The ratio from the year's figures. A code that is not in ``values`` is missing.

    Where nothing of the kind exists below the line (no procurement was planned) the ratio does not apply, whatever else is missing;
    otherwise an input that is missing weighs more than one that does not apply: it may still come. Zero below the line has no rate.
    """
    given = {code: values.get(code, Absence.MISSING) for code in ratio.codes}
    if none := [term.code for term in ratio.denominator if given[term.code] is Absence.NOT_APPLICABLE]:
        return Found(ratio, State.NOT_APPLICABLE, None, parameters=(("names", _codes(none)),))
    for absence, state in ((Absence.MISSING, State.MISSING), (Absence.NOT_APPLICABLE, State.NOT_APPLICABLE)):
        if absent := [code for code, value in given.items() if value is absence]:
            return Found(ratio, state, None, parameters=(("names", _codes(absent)),))
    known = {code: value for code, value in given.items() if isinstance(value, Fraction)}
    taken = step("frame_inputs", figures="|".join(f"{code}={printed(_shown(code, value))}" for code, value in known.items()))
    over, under = _sum(ratio.numerator, known), _sum(ratio.denominator, known)
    whole = _codes([term.code for term in ratio.denominator])
    if under <= 0:
        return Found(ratio, State.NO_DENOMINATOR, None, (taken,), (("names", whole),))
    if ratio.part and over > under:
        return Found(ratio, State.CONTRADICTORY, None, (taken,), (("part", _codes([ratio.numerator[0].code])), ("whole", whole)))
    if ratio.code == "budget_adjustment" and over < 0:
        return Found(ratio, State.NEGATIVE, None, (taken,))
    rate = over / under
    worked = step(
        "frame_ratio", formula=f"formula:{ratio.code}", numerator=_shown(ratio.numerator[0].code, over),
        denominator=_shown(ratio.denominator[0].code, under), percent=TWO_PLACES.apply(rate * HUNDRED),
    )  # fmt: skip
    return Found(ratio, State.RATE, rate, (taken, worked))


def score(found: Found, standard: Standard) -> Scored:
    """Points for a ratio by a standard, before rounding.

    Whole steps count: 102.4 % is two points above 100 %. Where higher is better, what is short of the condition is what is deducted for.
    """
    if found.rate is None:
        owed = found.state is State.MISSING
        return Scored(Fraction(0) if owed else None, (*found.steps, step("frame_missing" if owed else "frame_left_out")))
    numbers = {"step": standard.step, "per_step": standard.per_step, "floor": standard.floor}
    before = found.steps
    if found.ratio.direction == "lower":
        actual, full = found.rate, standard.full
    else:
        actual, full = max(standard.full - found.rate, Fraction(0)), Fraction(0)
        if actual:
            says = {"percent": TWO_PLACES.apply(found.rate * HUNDRED), "full": standard.full * HUNDRED, "short": actual * HUNDRED}
            before = (*before, step("frame_short", **says))
    result = deduction(
        Given(
            standard.weight, full * HUNDRED, actual * HUNDRED, numbers={"full": full, **numbers}, unit="%", share=Fraction(1, 100),
        )
    )  # fmt: skip
    return Scored(result.exact, (*before, *result.steps))


def explain(steps: Iterable[Step], language: str = "zh") -> list[str]:
    """The steps of a ratio and its points as sentences, one each."""
    said = []
    for each in steps:
        parameters = {name: _named(value, language) for name, value in each.parameters}
        own = _word(f"step.{each.code}", language, **parameters)
        said.append(own if own != f"step.{each.code}" else trace.explain([each], language)[0])
    return said


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("zhiheng.evaluation").joinpath("frame.toml").read_text("utf-8"))


def _ratio(code: str, row: Mapping[str, Any]) -> Ratio:
    levels = {name: (row[name]["zh"], row[name]["en"]) for name in ("level_1", "level_2")}
    sides = {name: tuple(Term(1 if word[0] == "+" else -1, word[1:]) for word in row[name]) for name in ("numerator", "denominator")}
    return Ratio(
        code, levels["level_1"], levels["level_2"], row["zh"], row["en"], sides["numerator"], sides["denominator"], row["direction"],
        Fraction(row["full"]), row["part"], row["basis"], row["status"],
    )  # fmt: skip


def _sum(terms: Iterable[Term], known: Mapping[str, Fraction]) -> Fraction:
    return sum((term.sign * known[term.code] for term in terms), Fraction(0))


def _shown(code: str, value: Fraction) -> Fraction:
    """A figure as the sheet shows it: 元 become 万元."""
    return value / TEN_THOUSAND if inputs()[code].unit is Unit.YUAN else value


def _codes(codes: Iterable[str]) -> str:
    return "codes:" + ",".join(dict.fromkeys(codes))


def _named(value: str, language: str) -> str:
    """A parameter in words: codes of inputs, figures with their names, the formula of a ratio; anything else as it stands."""
    if value.startswith("codes:"):
        return _word("word.comma", language).join(inputs()[code].name(language) for code in value[6:].split(","))
    if value.startswith("formula:"):
        return ratios()[value[8:]].formula(language)
    pairs = [pair.partition("=") for pair in value.split("|")]
    if all(code in inputs() and mark for code, mark, _ in pairs):
        return _word("word.comma", language).join(
            f"{inputs()[code].name(language)} {figure} {unit_name(inputs()[code].unit, language)}" for code, _, figure in pairs
        )
    return value


def _side(terms: tuple[Term, ...], language: str) -> str:
    words = "".join(
        (_word("word.plus" if term.sign > 0 else "word.minus", language) if index else "") + inputs()[term.code].name(language)
        for index, term in enumerate(terms)
    )
    return _word("word.open", language) + words + _word("word.close", language) if len(terms) > 1 else words


def _word(key: str, language: str, **parameters: str) -> str:
    section, _, code = key.partition(".")
    row = _data().get(section, {}).get(code)
    if row is None:
        return key
    text: str = row["en" if language == "en" else "zh"]
    return text.format_map(parameters)
