"""How a part stands against its target, and how parts make one indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from zhiheng.values.canonical import from_json
from zhiheng.values.comparison import meets
from zhiheng.values.direction import Direction
from zhiheng.values.direction import direction as direction_of
from zhiheng.values.parse import parse
from zhiheng.values.value import (
    Achieved,
    Cadence,
    Comparator,
    Coverage,
    Deadline,
    Every,
    Parts,
    PeriodUnit,
    Phrase,
    Quantity,
    Relative,
    Value,
)
from zhiheng_web.ledgers.measures.counting import Counted, Edition
from zhiheng_web.ledgers.measures.result import SHOWN_ONLY, STATE_NAMES, PartResult, State
from zhiheng_web.ledgers.measures.shape import Measure
from zhiheng_web.ledgers.models import Binding, CountingBasis
from zhiheng_web.planning.models import IndicatorRow
from zhiheng_web.wording import Text

PERIODS = {"week": PeriodUnit.WEEK, "month": PeriodUnit.MONTH, "quarter": PeriodUnit.QUARTER}
DAYS = {PeriodUnit.DAY: 1, PeriodUnit.WEEK: 7}
WORST = (
    State.UNBOUND, State.MISSED, State.WAITING, State.JUDGE, State.UNDER_WAY, State.NOT_DUE, State.MET, State.NOTHING_DUE, State.SHOWN,
)  # fmt: skip
"""Which state of a part decides for all of them: what is missing is no success of the others."""
JOIN = CountingBasis.Join
HUNDRED = Decimal(100)


@lru_cache(maxsize=4096)
def meaning(text: str) -> Value:
    """What a target's text means."""
    return parse(text).value


@lru_cache(maxsize=4096)
def better(name: str, target: Value, tag: str) -> Direction:
    """Where a better result lies: as the row says, else by its name and target."""
    return Direction(tag) if tag else direction_of(name, target)


def meant(row: IndicatorRow | None) -> Value:
    """What the target of a row means: as it was read in its table, or as a person chose among its readings (0.95 that is 95 %)."""
    if row is None or row.target_value is None:
        return meaning(row.target_text or "" if row is not None else "")
    return from_json({"text": row.target_text or "", **row.target_value}).value


def aim(text: str, name: str) -> Value:
    """What a target's text means for the part of that name."""
    return part_of(meaning(text), name)


def part_of(value: Value, name: str) -> Value:
    """What a target means for the part of that name: of several (对接次数/对接企业数10) its own figure, else the one they share."""
    if not isinstance(value, Parts):
        return value
    given = {part.name: part.value for part in value.parts if part.value is not None}
    shared = next(iter(given.values())) if value.shared and len(given) == 1 else value
    return given.get(name, shared)


def judged(binding: Binding, counted: Counted, row: IndicatorRow | None, on: date) -> PartResult:
    """One part with its figure and how it stands against its target."""
    text = binding.target or (row.target_text if row is not None else "")
    target = part_of(meaning(binding.target) if binding.target else meant(row), binding.name_zh)
    part = PartResult(
        binding.code, Text(binding.name_zh, binding.name_en), binding.measure, binding.register_id, State.SHOWN, None, binding.unit,
        counted=counted.counted, recorded=counted.recorded, not_counted=dict(counted.not_counted), target=text,
    )  # fmt: skip
    part = FIGURES[Measure(binding.measure)](part, binding, counted, target, on)
    if part.state is not State.SHOWN or binding.target == SHOWN_ONLY or not text:
        return part
    tag = row.direction if row is not None and not binding.target else ""
    lies = better(row.name if row is not None else "", target, tag)
    met = is_met(part, binding, target, lies, on.year)
    if met is None:
        return replace(part, state=State.JUDGE)
    return replace(part, state=stands(met, binding, lies, on))


def stands(met: bool, binding: Binding, lies: Direction, on: date) -> State:
    """Met, missed, or under way while the year goes on. What was counted or summed up only grows, and so does the longest gap: a ceiling
    that is passed is missed at once, and one of a sum is kept when the year is over.
    """
    ceiling = lies is Direction.FALLING and binding.measure in (Measure.FLOW, Measure.TOTAL)
    ended = (on.month, on.day) == (12, 31)
    if met:
        return State.UNDER_WAY if ceiling and not ended else State.MET
    return State.MISSED if ended or ceiling or binding.longest_gap is not None else State.UNDER_WAY


def _counted(part: PartResult, _binding: Binding, counted: Counted, _target: Value, _on: date) -> PartResult:
    return replace(part, number=Decimal(counted.number))


def _total(part: PartResult, binding: Binding, counted: Counted, _target: Value, _on: date) -> PartResult:
    return replace(part, number=(counted.total or Decimal(0)) * binding.scale)


def _net(part: PartResult, _binding: Binding, counted: Counted, _target: Value, _on: date) -> PartResult:
    moved = counted.movements or dict.fromkeys(("opening", "closing", "moved_in", "new", "revoked", "moved_out", "expired"), 0)
    return replace(part, number=Decimal(moved["closing"] - moved["opening"]), extra=moved)


def _coverage(part: PartResult, _binding: Binding, counted: Counted, _target: Value, _on: date) -> PartResult:
    done, due = Decimal(counted.number), Decimal(counted.due)
    part = replace(part, numerator=done, denominator=due, unit="%")
    return replace(part, number=done * HUNDRED / due) if due else replace(part, state=State.NOTHING_DUE)


def _cadence(part: PartResult, binding: Binding, counted: Counted, target: Value, _on: date) -> PartResult:
    if binding.longest_gap is not None:
        limit = gap_limit(binding.longest_gap, target)
        worst = max(counted.gaps.items(), key=lambda one: (one[1], one[0]), default=None)
        extra: dict[str, object] = {
            "longest_gap": worst[1] if worst else None,
            "limit": limit,
            "channel": worst[0] if worst else "",
            "gaps": counted.gaps,
            "since": counted.since,
        }
        if worst is None:
            return replace(part, state=State.NOTHING_DUE, extra=extra)
        return replace(part, number=Decimal(worst[1]), unit="天", extra=extra)
    least = target.amount if isinstance(target, Cadence) else Decimal(binding.per_window or 1)
    if not counted.windows:
        return replace(part, state=State.NOT_DUE if counted.gaps else State.NOTHING_DUE, extra={"since": counted.since})
    channel, held = min(counted.windows.items(), key=lambda one: (min(one[1]), sum(n >= least for n in one[1]), one[0]))
    extra: dict[str, object] = {
        "windows": held,
        "met": sum(n >= least for n in held),
        "of": len(held),
        "channel": channel,
        "all": counted.windows,
        "since": counted.since,
    }
    return replace(part, number=Decimal(min(held)), extra=extra)


def gap_limit(longest: int, target: Value | None) -> int:
    """The longest stretch allowed in days: as the target says (2周/次), else as bound."""
    if isinstance(target, Cadence) and target.every.unit in DAYS and target.amount:
        return int(target.every.count * DAYS[target.every.unit] / target.amount)
    return longest


def _external(part: PartResult, binding: Binding, counted: Counted, target: Value, on: date) -> PartResult:
    if binding.declared:
        return _declared(part, binding, counted, target, on)
    figures = [one for one in counted.editions if not one.benchmark]
    extra: dict[str, object]
    figure = next((one for one in figures if one.data_year == on.year), None)
    if figure is None:
        latest = max(figures, key=lambda one: one.data_year, default=None)
        beside = next((one for one in counted.editions if one.benchmark and latest and one.data_year == latest.data_year), None)
        extra = {"latest": _told(latest), "latest_benchmark": _told(beside)}
        return replace(part, state=State.WAITING, unit=binding.unit or "%", extra=extra)
    against = next((one for one in counted.editions if one.benchmark and one.data_year == on.year), None)
    extra = {**_told(figure), "benchmark": _told(against)}
    part = replace(part, number=figure.number, unit=binding.unit or "%", numerator=figure.numerator, denominator=figure.denominator)
    if not binding.benchmark:
        return replace(part, extra=extra)
    if against is None:
        return replace(part, state=State.WAITING, extra=extra)
    (over, under), (bar, base) = figure.terms, against.terms
    return replace(part, extra={**extra, "reached": over * base >= bar * under})


def _declared(part: PartResult, binding: Binding, counted: Counted, target: Value, on: date) -> PartResult:
    """What a person declared of the day; where nobody has, it is owed by the office and no statistic is waited for."""
    part = replace(part, unit=binding.unit, extra={"declared_of": on.isoformat()})
    figure = next((one for one in counted.editions if one.data_year == on.year), None)
    if figure is None:
        return replace(part, state=State.UNBOUND)
    extra = {**part.extra, "data_year": figure.data_year, "edition": figure.edition, "publisher": figure.publisher}
    if figure.done_on is not None:
        return replace(part, unit="", extra={**extra, "done_on": figure.done_on})
    return replace(
        part, number=figure.number, extra={**extra, "number": figure.number, "value": as_declared(figure.number, part.unit, target)}
    )


def as_declared(number: Decimal, unit: str, target: Value | None) -> Value | None:
    """What a declared number says beside a target that asks for a change (较上年下降5%): the size of that change, below zero of the other
    way. None beside any other target, where it is the figure itself.
    """
    if not isinstance(target, Relative) or not target.change:
        return None
    other = {"down": "up", "up": "down"}[target.change]
    return Relative(target.base, Comparator.EQ, target.change if number >= 0 else other, abs(number), unit)


def as_done(day: date) -> Deadline:
    """The day on which a thing was done, as the actual of a target that sets one."""
    return Deadline(Comparator.EQ, day.year, day.month, day.day)


def _told(one: Edition | None) -> dict[str, object]:
    if one is None:
        return {}
    return {"data_year": one.data_year, "edition": one.edition, "publisher": one.publisher, "number": one.number}


FIGURES = {
    Measure.FLOW: _counted, Measure.STOCK: _counted, Measure.NET: _net, Measure.TOTAL: _total, Measure.COVERAGE: _coverage,
    Measure.CADENCE: _cadence, Measure.EXTERNAL: _external,
}  # fmt: skip


def is_met(part: PartResult, binding: Binding, target: Value, direction: Direction, year: int) -> bool | None:
    """Whether the part's figure meets the target; None where a person must say. Ratios are compared by their terms, never divided."""
    if isinstance(done := part.extra.get("done_on"), date):
        return meets(target, as_done(done), direction, year)
    if part.number is None:
        return None
    if isinstance(moved := part.extra.get("value"), Relative):
        return meets(target, moved, direction, year)
    if "reached" in part.extra:
        return bool(part.extra["reached"])
    if part.measure == Measure.CADENCE:
        return _keeps_pace(part, binding, target, direction)
    if part.denominator:
        return _share(part, target, direction, year)
    if isinstance(target, Phrase):
        return None
    if isinstance(target, Achieved | Coverage):
        return part.number >= HUNDRED if part.unit == "%" else part.number > 0
    unit = meaning(f"1{part.unit}")
    scale, name = (unit.amount, unit.unit) if isinstance(unit, Quantity) else (Decimal(1), part.unit)
    if isinstance(target, Quantity) and not target.unit:
        name = ""
    return meets(target, Quantity(part.number * scale, name), direction, year)


def _share(part: PartResult, target: Value, direction: Direction, year: int) -> bool | None:
    over, under = part.numerator or Decimal(0), part.denominator or Decimal(1)
    if not isinstance(target, Quantity):
        return meets(target, Quantity(HUNDRED if over == under else min(part.number or HUNDRED, Decimal(99)), "%"), direction, year)
    if target.unit not in ("%", ""):
        return None
    upper = None if target.upper is None else target.upper * under
    return meets(replace(target, amount=target.amount * under, upper=upper, unit="%"), Quantity(over * HUNDRED, "%"), direction, year)


def _keeps_pace(part: PartResult, binding: Binding, target: Value, direction: Direction) -> bool | None:
    number = part.number or Decimal(0)
    if binding.longest_gap is not None:
        return number <= gap_limit(binding.longest_gap, target)
    if not isinstance(target, Cadence):
        return number >= (target.amount if isinstance(target, Quantity) else Decimal(binding.per_window or 1))
    return meets(target, Cadence(number, target.unit, Every(Decimal(1), PERIODS[binding.window])), direction)


def joined(join: str, parts: Sequence[PartResult]) -> tuple[State, int]:
    """How the indicator stands, and the number of the part that decides it."""
    if not parts:
        return State.UNBOUND, 0
    if join in (JOIN.ONE, JOIN.FIRST):
        return parts[0].state, 0
    judged_parts = [number for number, part in enumerate(parts) if part.state is not State.SHOWN] or [0]
    worst = min((parts[number].state for number in judged_parts), key=WORST.index)
    alike = [number for number in judged_parts if parts[number].state is worst]
    return worst, min(alike, key=lambda number: (_reached(parts[number]), number))


def _reached(part: PartResult) -> Decimal:
    """How far a part has come, to say which of several is the weakest; shown nowhere."""
    target = meaning(part.target)
    aim = target.amount if isinstance(target, Quantity | Cadence) and target.amount else HUNDRED
    return Decimal("Infinity") if part.number is None else part.number / aim


def plain(number: Decimal, places: int | None = None) -> str:
    """An exact number in plain digits; rounded half up to ``places`` only where it has no end or when shown."""
    if places is not None or len(number.as_tuple().digits) > 25:
        number = number.quantize(Decimal(1).scaleb(-(places if places is not None else 6)), ROUND_HALF_UP)
    return format(number.normalize(), "f") if number else "0"


UNDECLARED = Text("尚未申报", "Not declared yet")


def words_of_change(change: Relative) -> Text:
    """A change in words: 下降4%, 增长3个百分点."""
    size = f"{plain(change.amount or Decimal(0))}{change.unit}"
    return Text(f"{'下降' if change.change == 'down' else '增长'}{size}", f"{'fell' if change.change == 'down' else 'rose'} by {size}")


def words_of_part(part: PartResult) -> Text:
    """The value of one part for people."""
    if isinstance(done := part.extra.get("done_on"), date):
        return Text(f"{done.year}年{done.month}月{done.day}日", f"{done.isoformat()}")
    if isinstance(moved := part.extra.get("value"), Relative):
        return words_of_change(moved)
    if part.number is None and "declared_of" in part.extra and part.state is State.UNBOUND:
        return UNDECLARED
    if part.number is None:
        return STATE_NAMES[part.state]
    figure = f"{plain(part.number, 2)}{part.unit}"
    if part.measure == Measure.COVERAGE:
        figure = f"{figure}（{plain(part.numerator or Decimal(0))}/{plain(part.denominator or Decimal(0))}）"
    if "of" in part.extra:
        return Text(
            f"{figure}（{part.extra['met']}/{part.extra['of']} 期达标）", f"{figure} ({part.extra['met']} of {part.extra['of']} windows)"
        )
    return Text(figure, figure)


def words_of(join: str, parts: Sequence[PartResult], decisive: int) -> Text:
    """The value of an indicator for people: the part that decides it, or all of them beside each other."""
    if not parts:
        return STATE_NAMES[State.UNBOUND]
    if join in (JOIN.ONE, JOIN.WEAKEST):
        return words_of_part(parts[decisive])
    all_words = [words_of_part(part) for part in parts]
    return Text("；".join(words.zh for words in all_words), "; ".join(words.en for words in all_words))
