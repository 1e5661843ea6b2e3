"""Which indicator of earlier years a row is: the same name under the same duty, or a likeness that a person decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhiheng.audit.likeness import core, ratio
from zhiheng.plan.plan import Table
from zhiheng.values.normalise import normalise
from zhiheng_web.organisation.models import Department
from zhiheng_web.planning.models import Indicator

ALIKE = 60
"""How much of two names must be the same, in percent, for one to be proposed for the other."""
PROPOSED = 4
"""How many proposals a row has at most."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An indicator that a row may be: how alike the names are, 0 to 100, and the duty it stands under."""

    indicator: Indicator
    likeness: int

    @property
    def duty(self) -> str:
        """The duty's name, '' without one."""
        return self.indicator.duty.name if self.indicator.duty else ""


@dataclass(frozen=True, slots=True)
class Match:
    """What a row of a table is among the indicators known so far.

    ``same`` is the indicator of that name under that duty. ``chosen`` is what a person chose: an indicator, or a new one
    (``new``). Proposals are only proposals.
    """

    position: int
    name: str
    duty: str
    same: Indicator | None
    proposals: tuple[Proposal, ...]
    chosen: Indicator | None = None
    new: bool = False

    @property
    def indicator(self) -> Indicator | None:
        """What the row will be; None for a new indicator."""
        return self.chosen or (None if self.new else self.same)

    @property
    def open(self) -> bool:
        """Whether a person should look: nothing is the same but something is alike, and nobody has said."""
        return self.indicator is None and not self.new and bool(self.proposals)


def known_indicators(department: Department) -> tuple[Indicator, ...]:
    """All indicators of a department, the oldest last. One query."""
    return tuple(Indicator.objects.filter(department=department).select_related("duty").order_by("-pk"))


def matches(table: Table, known: Sequence[Indicator], chosen: Mapping[str, str]) -> tuple[Match, ...]:
    """A match for every row. ``chosen`` maps a position to the id of an indicator, or to '' for a new one."""
    duty_names = {duty.number: duty.name.text for duty in table.plan.duties}
    by_name = {(normalise(row.duty.name) if row.duty else "", normalise(row.name)): row for row in known}
    by_id = {str(row.pk): row for row in known}
    cores = [(row, core(normalise(row.name), ())) for row in known]
    found = []
    taken: set[UUID] = set()
    for position, row in enumerate(table.plan.indicators):
        duty = duty_names.get(row.duty, "") if row.duty is not None else ""
        same = by_name.get((normalise(duty), normalise(row.name.text)))
        if same is not None and same.pk in taken:
            same = None
        said = chosen.get(str(position))
        match = Match(position, row.name.text, duty, same, (), by_id.get(said or ""), said == "")
        if match.indicator is None or said is not None:
            match = Match(position, row.name.text, duty, same, _alike(row.name.text, cores), match.chosen, match.new)
        if match.indicator is not None:
            taken.add(match.indicator.pk)
        found.append(match)
    return tuple(found)


def _alike(name: str, cores: Sequence[tuple[Indicator, str]]) -> tuple[Proposal, ...]:
    own = core(normalise(name), ())
    scored = [Proposal(row, round(ratio(own, other))) for row, other in cores if own and other]
    likely = sorted((found for found in scored if found.likeness >= ALIKE), key=lambda found: (-found.likeness, found.indicator.name))
    return tuple(likely[:PROPOSED])


def chosen_identities(found: Sequence[Match]) -> dict[int, Indicator | None]:
    """What :func:`planning.versions.write_version` takes: the indicator of each row that has one, None for a new one."""
    return {match.position: match.indicator for match in found if match.indicator is not None or match.new}
