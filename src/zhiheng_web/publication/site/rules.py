"""How the points of a row follow from its figure, as a short list of pieces that anybody can recompute with fractions.

Whatever the scheme calls its method, the points are a share of what the row can get, and the share is the first piece that holds for
the figure A: (p + q·A) ÷ (r + s·A), held between nothing and all. A judgement by a person is kept as given within its range.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zhiheng.scoring.around import Around
from zhiheng.scoring.figures import PER_YEAR, conversion, measured, span
from zhiheng.scoring.methods.given import RISING, Given
from zhiheng.scoring.observation import Counted, InParts, Missing, NothingDue, NotOrganised, Observation, Provisional, Rated, Reported, Zero
from zhiheng.scoring.outcome import NotScored
from zhiheng.scoring.relation import Bound, bound_of
from zhiheng.scoring.row import NUMERIC, limits, method_for, start_in
from zhiheng.scoring.scheme import Scheme
from zhiheng.values.canonical import value_from
from zhiheng.values.direction import reasoned
from zhiheng.values.value import Cadence, Comparator, Coverage, Parts, Quantity, Ratio, Relative, Unresolved, Value
from zhiheng_web.evaluation.keeping import observation_from, scheme_from
from zhiheng_web.evaluation.observing import WINDOWS
from zhiheng_web.ledgers.measures.judging import gap_limit
from zhiheng_web.publication.content.actuals import Part
from zhiheng_web.publication.content.tables import Figure, PublicTable, Row

Tests = list[list[str]]
Json = dict[str, Any]
OPS = {Comparator.GE: ">=", Comparator.EQ: ">=", Comparator.GT: ">", Comparator.LE: "<=", Comparator.LT: "<"}
"""= is met by more than it asks, as the library holds it."""
WORDED = frozenset({"met", "yes_no", "missing", "left", "state_full"})
"""Methods that know no number: all points or none."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A part with a figure that points may be worked out from: its public address and its exact number."""

    address: str
    part: Part

    @property
    def number(self) -> Fraction | None:
        """The figure without rounding: a rate by its terms."""
        if self.part.numerator is not None and self.part.denominator:
            return Fraction(self.part.numerator) * 100 / Fraction(self.part.denominator)
        return None if self.part.number is None else Fraction(self.part.number)

    @property
    def longest_gap(self) -> int | None:
        """The limit that it is bound with, where the figure is the longest gap in days; None for any other."""
        return self.part.rule.get("longest_gap")

    @property
    def in_a_year(self) -> Fraction:
        """How often the window of a cadence comes in a year; 1 of anything else."""
        window = WINDOWS.get(str(self.part.rule.get("window", "")))
        return Fraction(PER_YEAR[window]) if window is not None else Fraction(1)


def around_of(row: Row, scheme: Scheme, year: int) -> Around:
    """What stands around a published row and bears on its points."""
    target, last = value_of(row.target), value_of(row.references.last_year)
    level = scheme.level(row.category)
    own = isinstance(target, Relative) and target.base == "上年"
    return Around(
        satisfaction="满意" in row.name or (level is not None and level.key == "satisfaction"),
        falling=target is not None and reasoned(row.name, target)[1].startswith("name_falling"),
        start=last, benchmark=last if own else None, year=year, rule=scheme.row(row.name),
    )  # fmt: skip


def value_of(figure: Figure | None) -> Value | None:
    """What a published figure means."""
    return value_from(figure.value) if figure is not None and figure.value is not None else None


def asked_of_each(target: Value | None) -> Value | None:
    """One figure for several measures (对接次数/对接企业数10) is asked of each that is judged (evaluation.ground.target_of)."""
    if isinstance(target, Parts) and target.shared:
        given = [part.value for part in target.parts if part.value is not None]
        return given[0] if len(given) == 1 else target
    return target


def scheme_of(table: PublicTable) -> Scheme | None:
    """The scheme as the table was scored by it; None where the package has none (goals only)."""
    return scheme_from(table.scheme.rules) if table.scheme is not None and table.scheme.rules else None


def rule_of(row: Row, scheme: Scheme, year: int, figures: Sequence[Linked]) -> Json | None:
    """The rule of one row; None where the points do not follow from its public figure."""
    result = row.result
    if result is None or not result.observed or result.points is None:
        return None
    if result.method in WORDED and (exact := _exact(result.exact)) is not None:
        return fixed(exact / Fraction(result.effective) if result.effective else Fraction(0))
    target, actual = value_of(row.target), observation_from(result.observed)
    if not isinstance(actual, InParts):
        target = asked_of_each(target)
    return _rule(target, actual, scheme, around_of(row, scheme, year), figures)


def _rule(target: Value | None, actual: Observation, scheme: Scheme, around: Around, figures: Sequence[Linked]) -> Json | None:
    match actual:
        case Rated(tier, points):
            low, high = scheme.bands("tiers.bands")[tier - 1]
            return {"given": str(points), "low": str(low), "high": str(high)}
        case Missing() | NothingDue() | NotOrganised():
            return fixed(Fraction(0))
        case InParts(parts) if isinstance(target, Parts):
            join = around.rule.join if around.rule and around.rule.join else scheme.word("parts.join")
            inner = [_rule(one.value, part, scheme, around, figures) for one, part in zip(target.parts, parts, strict=True)]
            if any(one is None for one in inner) or join == "all":
                return None
            return {"join": join, "parts": inner}
        case Counted(over, under):
            return _numeric(target, Ratio(over, under), scheme, around, figures)
        case Zero():
            return _numeric(target, Quantity(Decimal(0)), scheme, around, figures)
        case Reported(value, benchmark) | Provisional(value=value, benchmark=benchmark):
            near = around if benchmark is None else _with(around, benchmark)
            return _numeric(target, value, scheme, near, figures)
    return None


def _with(around: Around, benchmark: Value) -> Around:
    return Around(around.satisfaction, around.falling, around.start, benchmark, around.year, around.rule)


def _numeric(target: Value | None, actual: Value, scheme: Scheme, around: Around, figures: Sequence[Linked]) -> Json | None:
    if isinstance(target, Unresolved):
        target = target.candidates[0] if target.candidates else None
    if isinstance(target, Relative):
        bound = bound_of(target, actual, around.benchmark)
        if not isinstance(bound, Bound):
            return None
        target, actual = bound.target, bound.actual
    if not isinstance(target, NUMERIC) or not isinstance(actual, NUMERIC):
        return None
    amount = measured(target)
    within = span(actual, amount, Fraction(0)) if amount is not None else None
    if amount is None or within is None or isinstance(within, NotScored) or not within.exact:
        return None
    op, low, high = limits(target, amount, scheme)
    method, note = method_for(op, amount.unit, scheme, around)
    given = Given(
        Fraction(1), low, within.low, Comparator.LE if note == "falling_by_name" else op, high,
        target.bounds if isinstance(target, Quantity) else "[]", start_in(amount, around), around.rule.numbers if around.rule else {},
        scheme.bands("satisfaction.bands" if method == "satisfaction_steps" else "banded.bands"), scheme.word("methods.zero_target"),
        share=amount.share,
    )  # fmt: skip
    found = pieces(method, given)
    if found is None:
        return None
    own = measured(actual)
    factor = conversion(own, amount) if own is not None else Fraction(1)
    found = marked(found, scheme, method, given)
    if any(one.longest_gap is not None for one in figures) and isinstance(actual, Cadence | Coverage):
        return by_gap(method, found, low, within.low, target, figures) if isinstance(target, Cadence) else None
    return {"method": method, **linked(within.low, factor if isinstance(factor, Fraction) else Fraction(1), figures), "pieces": found}


def linked(actual: Fraction, factor: Fraction, figures: Sequence[Linked]) -> Json:
    """A as the recomputed figure that it is; as a number of its own where no public part gives it."""
    for one in figures:
        number = one.number
        for times in (Fraction(1), factor, factor * one.in_a_year):
            if number is not None and number * times == actual:
                return {"figure": one.address, "times": str(times), "value": str(actual)}
    return {"figure": "", "times": "1", "value": str(actual)}


def by_gap(method: str, found: list[Any], often: Fraction, actual: Fraction, target: Cadence, figures: Sequence[Linked]) -> Json | None:
    """The pieces of a cadence over the longest gap instead of over how often: within the limit it is as often as it should be, else as
    often as the gap allows, ``often * limit / gap`` (evaluation.observing.cadence). None where no public gap gives the points.
    """
    for one in figures:
        gap = one.number
        if gap is None or one.longest_gap is None:
            continue
        limit = Fraction(gap_limit(one.longest_gap, target))
        if actual == (often if gap <= limit else often * limit / gap):
            full = flat(_share(found, often))
            turned = [piece for share in found if (piece := _turned(share, often * limit)) is not None]
            return {
                "method": method, "figure": one.address, "times": "1", "value": str(gap), "pieces": [[[["<=", str(limit)]], full], *turned]
            }  # fmt: skip
    return None


TURNED = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}


def _turned(piece: list[Any], product: Fraction) -> list[Any] | None:
    """A piece over A as one over g, where A is ``product`` / g; None where no g is in it."""
    tests, (p, q, r, s) = piece
    kept = []
    for op, bound in tests:
        if Fraction(bound) > 0:
            kept.append([TURNED[op], str(product / Fraction(bound))])
        elif op in ("<=", "<"):
            return None
    return [kept, [str(Fraction(q) * product), p, str(Fraction(s) * product), r]]


def fixed(share: Fraction) -> Json:
    """A share that hangs on no number."""
    return {"method": "fixed", "figure": "", "times": "1", "value": "0", "pieces": [[[], flat(share)]]}


def flat(share: Fraction | int) -> list[str]:
    """A piece that is the same for every figure."""
    return [str(share), "0", "1", "0"]


def line(constant: Fraction, slope: Fraction) -> list[str]:
    """A straight piece."""
    return [str(constant), str(slope), "1", "0"]


def tests_of(op: Comparator, target: Fraction, upper: Fraction | None, bounds: str) -> Tests:
    """When a figure meets the target."""
    if op in OPS:
        return [[OPS[op], str(target)]]
    top = target if upper is None else upper
    return [[">" if bounds[0] == "(" else ">=", str(target)], ["<" if bounds[1] == ")" else "<=", str(top)]]


def pieces(method: str, given: Given) -> list[Any] | None:
    """The pieces of a method of the library; None where it has none."""
    found = PIECES.get(method)
    return found(given) if found is not None else None


def _proportional(given: Given) -> list[Any]:
    target = given.target
    if not target:
        met = [["<=", "0"]] if given.zero_target == "zero_only" else tests_of(given.op, target, given.upper, given.bounds)
        return [[met, flat(1)], [[], flat(0)]]
    size = abs(target)
    return [[[[">=", str(target)]], flat(1)], [[], line(1 - target / size, 1 / size)]]


def _yes_no(given: Given) -> list[Any]:
    return [[tests_of(given.op, given.target, given.upper, given.bounds), flat(1)], [[], flat(0)]]


def _reverse_linear(given: Given) -> list[Any]:
    target, size = given.target, abs(given.target)
    return [[[["<=", str(target)]], flat(1)], [[], line(1 + target / size, -1 / size) if size else flat(0)]]


def _reverse_ratio(given: Given) -> list[Any]:
    return [[[["<=", str(given.target)]], flat(1)], [[], [str(given.target), "0", "0", "1"]]]


def _distance(given: Given) -> list[Any] | None:
    start, target = given.start, given.target
    if start is None:
        return None
    rising = given.op in RISING
    already = start >= target if rising else start <= target
    rest = flat(0) if already else line(-start / (target - start), 1 / (target - start))
    return [[[[">=" if rising else "<=", str(target)]], flat(1)], [[], rest]]


def _nearest(given: Given) -> list[Any]:
    low, high = given.target, given.upper if given.upper is not None else given.target
    under = line(1 - low / abs(low), 1 / abs(low)) if low else flat(0)
    over = line(1 + high / abs(high), -1 / abs(high)) if high else flat(0)
    return [[[[">=", str(low)], ["<=", str(high)]], flat(1)], [[["<", str(low)]], under], [[], over]]


def _steps(given: Given, unit: Fraction) -> list[Any]:
    *upper, last = given.bands
    return [*([[[">=", str(Fraction(bound) * unit)]], flat(Fraction(share))] for bound, share in upper), [[], flat(Fraction(last[1]))]]


PIECES = {
    "proportional": _proportional, "yes_no": _yes_no, "reverse_linear": _reverse_linear, "reverse_ratio": _reverse_ratio,
    "distance": _distance, "nearest_bound": _nearest, "satisfaction_steps": lambda given: _steps(given, 1 / given.share),
    "banded": lambda given: _steps(given, given.target),
}  # fmt: skip


def marked(found: list[Any], scheme: Scheme, method: str, given: Given) -> list[Any]:
    """The pieces with what the scheme takes off: below a pass mark, and far above the target."""
    mark, limit = scheme.number("methods.pass_mark"), scheme.number("over.deduct_above")
    if mark is not None and method == "proportional" and given.target:
        size, target = abs(given.target), given.target
        found = [[[["<", str(size * mark - size + target)]], flat(0)], *found]
    factor, cap = scheme.number("over.factor"), scheme.number("over.cap")
    if limit is None or not factor or method not in ("proportional", "banded") or given.op not in (Comparator.GE, Comparator.GT):
        return found
    if given.target <= 0:
        return found
    slope = line(1 + limit * factor, -factor / given.target)
    most = [] if cap is None else [[[[">", str((limit + cap / factor) * given.target)]], flat(1 - cap)]]
    return [*most, [[[">", str(limit * given.target)]], slope], *found]


def worth(rule: Mapping[str, Any], weight: Fraction) -> Fraction | None:
    """What a rule gives: only a rule that gives the published points to the last digit is published as theirs."""
    if "given" in rule:
        return Fraction(rule["given"])
    if "join" in rule:
        inner = [worth(one, weight / len(rule["parts"]) if rule["join"] == "sum" else weight) for one in rule["parts"]]
        known = [one for one in inner if one is not None]
        return {"any": max(known), "sum": sum(known, Fraction(0))}.get(rule["join"], min(known))
    return weight * min(max(_share(rule["pieces"], Fraction(rule["value"])), Fraction(0)), Fraction(1))


def _share(pieces_: Sequence[Any], a: Fraction) -> Fraction:
    """What the first piece gives that holds."""
    found = next(share for tests, share in pieces_ if all(holds(a, op, Fraction(limit)) for op, limit in tests))
    p, q, r, s = map(Fraction, found)
    return (p + q * a) / (r + s * a)


def holds(a: Fraction, op: str, limit: Fraction) -> bool:
    """One test of a piece."""
    return {">=": a >= limit, ">": a > limit, "<=": a <= limit, "<": a < limit}[op]


def _exact(text: str) -> Fraction | None:
    return Fraction(text) if text else None
