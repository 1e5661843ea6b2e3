"""What waits in the ledgers: for the viewer's confirmation, returned to the viewer, at the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count

from zhiheng.plan.procedure import Role
from zhiheng_web.ledgers.actions.confirm_entries import confirming
from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.entering.opening import Standing
from zhiheng_web.ledgers.masking import sights_of
from zhiheng_web.ledgers.models import FOREVER, EntryVersion, Register
from zhiheng_web.ledgers.policies import scopes_of, visible_registers, visible_versions
from zhiheng_web.ledgers.queries.entering import called
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.organisation.authority import authorise_menu, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text

SHOWN = 200
"""Waiting entries of one page."""
REFERRED = ("organisation", "counterpart", "person", "about", "office")
"""What the name of an entry may be made of."""


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One entry on the page of what waits."""

    version: EntryVersion
    name: str
    state: str
    gap: str


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """The entries of one register that wait; ``count`` of all, ``lines`` the oldest of them."""

    register: Register
    count: int
    lines: Sequence[WaitingLine]

    @property
    def text(self) -> Text:
        """What the register is called."""
        return Text(self.register.name_zh, self.register.name_en)


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """What waits for the viewer's confirmation, what came back to the viewer, and what of the viewer's waits at the office."""

    confirm: Sequence[WaitingGroup]
    returned: Sequence[WaitingGroup]
    submitted: Sequence[WaitingGroup]
    reports: bool
    enters: Sequence[Register] = ()


def waiting_page(viewer: Viewer) -> WaitingPage:
    """What waits, by register. The queries grow neither with registers nor with entries."""
    authorise_menu(viewer, "ledgers.see_entries")
    registers = list(visible_registers(viewer).select_related("office").order_by("position", "code"))
    scopes = scopes_of(registers, viewer.today())
    definitions = {one.pk: definition_of(one) for one in registers}
    mine = [one for one in registers if may(viewer, confirming(definitions[one.pk]), scopes[one.pk])]
    own = [held.reporter for held in viewer.bounds({Role.REPORTER}) if held.reporter]
    versions = visible_versions(viewer).filter(known_until=FOREVER)
    back = versions.filter(standing=Standing.RETURNED)
    reported = back.filter(reporter__in=own) if own else back.filter(register__in=mine)
    waits = versions.filter(standing=Standing.SUBMITTED)
    return WaitingPage(
        confirm=_groups(viewer, mine, waits.filter(register__in=mine), definitions),
        returned=_groups(viewer, registers, reported, definitions),
        submitted=_groups(viewer, registers, waits.filter(reporter__in=own), definitions) if own else [],
        reports=bool(own),
        enters=[one for one in registers if one.takes_reports and one.closed_on is None] if own else [],
    )


def _groups(viewer: Viewer, registers: Sequence[Register], rows: Any, definitions: Mapping[UUID, RegisterDefinition]) -> list[WaitingGroup]:
    counts = dict(rows.order_by().values_list("register").annotate(n=Count("pk")))
    if not counts:
        return []
    lines: dict[UUID, list[WaitingLine]] = {}
    sights = sights_of(viewer, [one for one in registers if one.pk in counts])
    shown = EntryVersion.objects.filter(pk__in=rows.order_by().values("pk"))
    for version in shown.select_related("reporter", "written_by", "entry", *REFERRED).order_by("register", "known_from", "pk")[:SHOWN]:
        definition = definitions[version.register_id]
        state = next((str(one.text) for one in definition.states if one.code == version.state), version.state)
        name = called(definition, version, sights[version.register_id])
        lines.setdefault(version.register_id, []).append(WaitingLine(version, name, state, version.gap))
    return [WaitingGroup(one, counts[one.pk], lines.get(one.pk, [])) for one in registers if one.pk in counts]
