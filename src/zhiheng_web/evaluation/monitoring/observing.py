"""What was observed of an indicator, from its frozen value, as the library judges it: part by part, each against its own target.

A snapshot keeps the figure of every part; the binding of the part says what kind of figure it is. Only a count or sum over the year
is a running total: a stock, a rate, a cadence or a published statistic is never divided over the year.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from zhiheng.scoring.observation import Counted, Missing, NothingDue, NotOrganised, Observation, Rated, Reported
from zhiheng.values.value import Comparator, Coverage, Parts, Quantity, Ratio, Value
from zhiheng_web.evaluation.models import MonitoringRow
from zhiheng_web.evaluation.observing import SHOWN_ONLY, Frozen, days, in_unit, of_part
from zhiheng_web.ledgers.measures.judging import aim, gap_limit, part_of
from zhiheng_web.ledgers.measures.result import State
from zhiheng_web.ledgers.models import FOREVER, Binding, Circumstance, CountingBasis
from zhiheng_web.planning.editing.cells import reading_of
from zhiheng_web.planning.fields import BY_PATH
from zhiheng_web.planning.models import IndicatorRow

RUNNING = frozenset({Binding.Measure.FLOW, Binding.Measure.NET, Binding.Measure.TOTAL})
"""Measures whose figure grows from January on and stands for the year so far."""
JOINED = frozenset({CountingBasis.Join.WEAKEST, CountingBasis.Join.ALL})
"""Bases of which every part is judged, not only the first."""


@dataclass(frozen=True, slots=True)
class Observed:
    """One part of an indicator: its target and what was observed of it. ``cumulative``: a running total of the year."""

    name: str
    target: Value | None
    actual: Observation
    cumulative: bool = True


def documents_of(rows: Collection[MonitoringRow], year: int) -> dict[UUID, str]:
    """Indicator → the document by which it was decided that there is no figure. One query."""
    decided = Circumstance.objects.filter(indicator__in=[row.indicator_id for row in rows], year=year, known_until=FOREVER)
    return dict(decided.values_list("indicator_id", "document"))


def target_of(row: IndicatorRow, year: int) -> Value | None:
    """What the target of a row means, as read or as a person chose; None where the form has no target."""
    return None if row.target_text is None else reading_of(row, BY_PATH["target"], year).value


def is_share(target: Value | None) -> bool:
    """Whether a target is a share: it holds in full on every day and is never divided over the year, counted by a ledger or not."""
    return isinstance(target, (Ratio, Coverage)) or (isinstance(target, Quantity) and target.unit == "%")


def observed(row: MonitoringRow, documents: Mapping[UUID, str], year: int) -> tuple[Observed, ...]:
    """The parts of an indicator that are judged: all of them where all must be met, else the one that decides."""
    indicator = row.indicator_row
    target = target_of(indicator, year)
    stated = _stated(row, documents)
    if stated is not None:
        return (Observed(indicator.name, target, stated, cumulative=False),)
    value, join = row.snapshot.value, row.snapshot.basis.join  # type: ignore[union-attr]  # _stated answers for rows without one
    parts: Sequence[Frozen] = value["parts"]
    decisive = parts[value["decisive"] :][:1]
    chosen = [part for part in parts if part.get("target") != SHOWN_ONLY] if join in JOINED else decisive
    whole = len(chosen) == 1 and not isinstance(target, Parts)
    return tuple(_part(part, indicator, target, whole=whole) for part in chosen)


def _stated(row: MonitoringRow, documents: Mapping[UUID, str]) -> Observation | None:
    """What is said of the indicator as a whole: a state without figure, a survey's rate, the judgement of a person. None: its parts."""
    match State(row.state):
        case State.NOT_ORGANISED:
            return NotOrganised(documents.get(row.indicator_id, ""))
        case State.NOT_APPLICABLE:
            return NothingDue(State.NOT_APPLICABLE.value)
        case _:
            pass
    if row.snapshot is not None:
        return None
    if row.value is not None:
        return Counted(row.value, Decimal(100)) if row.unit == "%" and 0 <= row.value <= 100 else Reported(in_unit(row.value, row.unit))
    return Missing() if row.tier is None else Rated(row.tier, Decimal(0))


def _part(part: Frozen, row: IndicatorRow, target: Value | None, *, whole: bool) -> Observed:
    """A part against its own target; one without is held against the row's, or against the part of that name in it."""
    name = part.get("name_zh") or row.name
    own = part.get("target", "")
    if own and own not in (SHOWN_ONLY, row.target_text):
        aimed: Value | None = aim(own, name)
    elif whole or target is None:
        aimed = target
    else:
        aimed = part_of(target, name)
    longest = part.get("rule", {}).get("longest_gap")
    if part["measure"] == Binding.Measure.CADENCE and longest is not None and part["number"] is not None:
        limit = Decimal(gap_limit(longest, aimed))
        return Observed(name, Quantity(limit, "天", Comparator.LE), Reported(days(Decimal(part["number"]))), cumulative=False)
    declared = "declared_of" in part.get("told", {})  # what an office counts by hand up to the day, unless it is a share of a whole
    return Observed(name, aimed, of_part(part, aimed), part["measure"] in RUNNING or (declared and not is_share(aimed)))
