"""What planning's pages show of the ledgers: the actual value beside the declared one, and a duty's registers without an indicator."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from zhiheng_web.ledgers.measures.actual import actuals
from zhiheng_web.ledgers.measures.result import STATE_NAMES, State
from zhiheng_web.ledgers.models import CountingBasis
from zhiheng_web.ledgers.policies import visible_registers
from zhiheng_web.ledgers.queries.actuals_page import day_of_table
from zhiheng_web.organisation.authority import may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.derived import Derived, DerivedValue
from zhiheng_web.planning.models import TableVersion
from zhiheng_web.wording import Text

TONES = {State.MET: "good", State.MISSED: "bad", State.UNDER_WAY: "info", State.WAITING: "warn", State.JUDGE: "warn"}


def derived(viewer: Viewer, version: TableVersion, indicators: Sequence[UUID] | None = None) -> Derived:
    """The derived values of a version's indicators, today or on the last day of its year. Nothing where no ledger is bound."""
    if not may(viewer, "ledgers.see_actuals", None):
        return Derived()
    ids = indicators
    if ids is None:
        ids = list(version.indicator_rows.filter(removed_at__isnull=True).values_list("indicator", flat=True))
    bound = set(CountingBasis.objects.filter(indicator__in=ids, withdrawn=False).values_list("indicator", flat=True))
    registers = _unmeasured(viewer, version) if indicators is None else {}
    if not bound:
        return Derived(registers=registers)
    table = version.table_id
    day = day_of_table(version.table, viewer.today())
    found = actuals([one for one in ids if one in bound], day, viewer.now())
    values = {
        one: DerivedValue(value.shown, STATE_NAMES[value.state], TONES.get(value.state, ""), reverse("ledgers:actual", args=[table, one]))
        for one, value in found.items()
    }
    return Derived(values, registers, reverse("ledgers:actuals", args=[table]))


def _unmeasured(viewer: Viewer, version: TableVersion) -> dict[int, list[tuple[Text, str]]]:
    """Number of a duty → its registers that no indicator measures. Two queries."""
    numbers = {row.duty_id: row.number for row in version.duty_rows.filter(removed_at__isnull=True)}
    rows = visible_registers(viewer).filter(unmeasured=True, closed_on__isnull=True, duty__in=list(numbers)).order_by("position")
    found: dict[int, list[tuple[Text, str]]] = {}
    for row in rows:
        if row.duty_id is not None:
            found.setdefault(numbers[row.duty_id], []).append((Text(row.name_zh, row.name_en), reverse("ledgers:register", args=[row.pk])))
    return found
