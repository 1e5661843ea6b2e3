"""What an administrator sets up: departments, registers, packs and bases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from zhiheng_web.ledgers.models import FOREVER, AdoptedPack, CountingBasis, EntryVersion, Register
from zhiheng_web.ledgers.packs.offered import OFFERED
from zhiheng_web.ledgers.packs.reading import Pack, read_pack
from zhiheng_web.ledgers.policies import declaring_departments
from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.operator import Operator
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import Duty, Indicator, IndicatorRow
from zhiheng_web.wording import Text


def department_to_declare(viewer: Viewer | Operator, department: UUID, *, lock: bool = False) -> Department:
    """The department that the viewer sets up, or Absent. Locked, no other change of its registers goes on."""
    seen = Department.objects.all() if isinstance(viewer, Operator) else declaring_departments(viewer)
    seen = seen.filter(pk=department)
    found = (seen.select_for_update(no_key=True) if lock else seen).first()
    if found is None:
        raise absent(Text("该部门", "this department"))
    return found


def register_to_declare(viewer: Viewer, register: UUID, *, lock: bool = False) -> Register:
    """The register of a department that the viewer sets up, or Absent."""
    seen = Register.objects.filter(pk=register, department__in=declaring_departments(viewer))
    found = (seen.select_for_update(no_key=True) if lock else seen).first()
    if found is None:
        raise absent(Text("该台账", "this register"))
    return found


def indicator_to_declare(viewer: Viewer, indicator: UUID, *, lock: bool = False) -> Indicator:
    """The indicator of a department that the viewer sets up, or Absent."""
    seen = Indicator.objects.filter(pk=indicator, department__in=declaring_departments(viewer))
    found = (seen.select_for_update(no_key=True) if lock else seen).first()
    if found is None:
        raise absent(Text("该指标", "this indicator"))
    return found


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the page of a department's registers and bases shows."""

    departments: list[Department]
    department: Department | None
    registers: list[Register]
    indicators: list[Indicator]
    packs: list[AdoptedPack]

    @property
    def unbound(self) -> list[Indicator]:
        """The indicators that no register feeds yet."""
        return [indicator for indicator in self.indicators if not indicator.bases]


def set_up(viewer: Viewer, department: str = "") -> SetUp:
    """One department with its registers, the indicators of its tables and how many bases each has. Five queries."""
    departments = list(declaring_departments(viewer).filter(kind=Department.Kind.DEPARTMENT))
    chosen = next((one for one in departments if str(one.pk) == department), departments[0] if departments else None)
    if chosen is None:
        return SetUp([], None, [], [], [])
    open_ones = EntryVersion.objects.filter(register=OuterRef("pk"), known_until=FOREVER).order_by()
    registers = Register.objects.filter(department=chosen).select_related("duty").annotate(used=Exists(open_ones))
    rows = IndicatorRow.objects.filter(indicator=OuterRef("pk"))
    indicators = Indicator.objects.filter(Exists(rows), department=chosen).select_related("duty")
    counted = indicators.annotate(bases=Count("counting_bases", filter=Q(counting_bases__withdrawn=False)))
    packs = AdoptedPack.objects.filter(department=chosen).select_related("adopted_by")
    return SetUp(departments, chosen, list(registers), list(counted.order_by("duty__code", "name")), list(packs))


@dataclass(frozen=True, slots=True)
class Offer:
    """A pack that this installation offers, as its files are now, and the edition that the department runs."""

    path: Path
    pack: Pack
    adopted: AdoptedPack | None

    @property
    def same(self) -> bool:
        """Whether what is offered is what runs."""
        return self.adopted is not None and self.adopted.digest == self.pack.digest


def offers(viewer: Viewer, department: UUID) -> tuple[Department, list[Offer]]:
    """The packs on offer for a department. Their files are read anew each time."""
    found = department_to_declare(viewer, department)
    adopted = {row.code: row for row in AdoptedPack.objects.filter(department=found).select_related("adopted_by")}
    packs = [(path, read_pack(path)) for path in OFFERED]
    return found, [Offer(path, pack, adopted.get(pack.code)) for path, pack in packs]


def bases_to_declare(indicator: Indicator) -> Sequence[CountingBasis]:
    """The bases of an indicator with their parts and registers."""
    rows = CountingBasis.objects.filter(indicator=indicator, withdrawn=False)
    return list(rows.prefetch_related("parts__register", "parts__values"))


def open_registers(department: UUID) -> list[Register]:
    """The registers that entries can be made in."""
    return list(Register.objects.filter(department=department, closed_on=None))


def duty_names(department: UUID) -> list[str]:
    """The names of a department's duties, each once."""
    return list(dict.fromkeys(Duty.objects.filter(department=department).order_by("code").values_list("name", flat=True)))
