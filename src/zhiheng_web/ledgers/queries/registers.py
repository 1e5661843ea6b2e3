"""All registers that a viewer may open, by duty, with what is recorded in each now. Four queries for any number of registers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q

from zhiheng_web.ledgers.models import FOREVER, EntryVersion, Register
from zhiheng_web.ledgers.obligations import still_open
from zhiheng_web.ledgers.policies import visible_registers, visible_versions
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.organisation.authority import absent, authorise_menu
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import Duty
from zhiheng_web.wording import Text

REGISTER = Text("该台账", "this register")
Standing = EntryVersion.Standing
COUNTS = {
    "recorded": Count("pk", filter=~Q(standing=Standing.REVOKED)),
    "countable": Count("pk", filter=Q(standing=Standing.CONFIRMED, gap="")),
    "evidence": Count("pk", filter=Q(standing=Standing.CONFIRMED, gap="evidence")),
    "checks": Count("pk", filter=Q(standing=Standing.CONFIRMED) & ~Q(gap__in=("", "evidence"))),
    "waiting": Count("pk", filter=Q(standing=Standing.SUBMITTED)),
    "returned": Count("pk", filter=Q(standing=Standing.RETURNED)),
    "revoked": Count("pk", filter=Q(standing=Standing.REVOKED)),
}


@dataclass(frozen=True, slots=True)
class Counts:
    """登记, 可计, 缺证据, 未通过校核, 待确认, 已退回; revoked entries are not recorded ones. They add up:
    recorded = countable + evidence + checks + waiting + returned.
    """

    recorded: int = 0
    countable: int = 0
    evidence: int = 0
    checks: int = 0
    waiting: int = 0
    returned: int = 0
    revoked: int = 0


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One register with its counts. ``overdue``: obligations whose day is past; None where it has no due dates."""

    register: Register
    purpose: Text
    counts: Counts
    overdue: int | None

    @property
    def text(self) -> Text:
        """What it is called."""
        return Text(self.register.name_zh, self.register.name_en)


@dataclass(frozen=True, slots=True)
class DutyRegisters:
    """The registers of one duty; ``duty`` None: those of no duty."""

    duty: Duty | None
    lines: list[RegisterLine] = field(default_factory=list)


def register_for(viewer: Viewer, register: UUID) -> Register:
    """The register with its department, duty and office, or Absent. One query."""
    found = visible_registers(viewer).select_related("department", "duty", "office__unit").filter(pk=register).first()
    if found is None:
        raise absent(REGISTER)
    return found


def registers_page(viewer: Viewer) -> list[DutyRegisters]:
    """The registers by duty, in the order of the duties."""
    authorise_menu(viewer, "ledgers.see_entries")
    registers = list(visible_registers(viewer).filter(closed_on__isnull=True).select_related("duty").order_by("position", "code"))
    counts, late = counts_of(viewer), overdue_of(viewer, registers)
    groups: dict[UUID | None, DutyRegisters] = {}
    for register in sorted(registers, key=lambda one: (one.duty is None, one.duty.code if one.duty else "")):
        definition = definition_of(register)
        overdue = late.get(register.pk, 0) if definition.has("due_on") else None
        purpose = Text(definition.purpose_zh, definition.purpose_en or definition.purpose_zh)
        line = RegisterLine(register, purpose, counts.get(register.pk, Counts()), overdue)
        groups.setdefault(register.duty_id, DutyRegisters(register.duty)).lines.append(line)
    return list(groups.values())


def counts_of(viewer: Viewer) -> dict[UUID, Counts]:
    """Register → its counts now, of the entries that the viewer may read. One query."""
    known = visible_versions(viewer).filter(known_until=FOREVER).order_by()
    return {row.pop("register"): Counts(**row) for row in known.values("register").annotate(**COUNTS)}


def overdue_of(viewer: Viewer, registers: Iterable[Register]) -> dict[UUID, int]:
    """Register → how many of its obligations are past their day and not done. One query."""
    late = visible_versions(viewer).filter(still_open(registers), due_on__lt=viewer.today()).order_by()
    return dict(late.values_list("register").annotate(n=Count("pk")))
