"""启用业务包: a department takes the registers and counting bases of a pack, or of its next edition."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from zhiheng_web.ledgers.models import AdoptedPack
from zhiheng_web.ledgers.packs.binding import Bound, write_bases
from zhiheng_web.ledgers.packs.reading import Pack, read_pack
from zhiheng_web.ledgers.packs.registering import Changes, write_registers
from zhiheng_web.ledgers.queries.declaring import department_to_declare
from zhiheng_web.organisation.operator import Operator, authorise_unless_operator
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text


@dataclass(frozen=True)
class Adoption:
    """What adopting a pack did."""

    adopted: AdoptedPack
    registers: Changes
    bases: Bound


@action("ledgers.adopt_pack")
def adopt_pack(viewer: Viewer | Operator, department_id: UUID, path: Path) -> Done[Adoption]:
    """Adopt the pack whose pack.toml is ``path``, all of it or nothing. Adopted again without a change, nothing is written."""
    department = department_to_declare(viewer, department_id, lock=True)
    authorise_unless_operator(viewer, "ledgers.adopt_pack", Scope(department.pk))
    pack = read_pack(path)
    refuse_faults(pack)
    registers = write_registers(department.pk, pack.code, pack.registers, at=viewer.now(), today=viewer.today(), by=viewer.account)
    bases = write_bases(department.pk, pack.code, pack.indicators)
    adopted = AdoptedPack.objects.filter(department=department, code=pack.code).first()
    before = adopted.digest if adopted else ""
    nothing = before == pack.digest and not registers.any and not bases.changed
    if adopted is None:
        adopted = AdoptedPack(department=department, code=pack.code)
    if not nothing:
        adopted.name, adopted.edition, adopted.digest = pack.name.zh, pack.edition, pack.digest
        adopted.adopted_by, adopted.adopted_at = viewer.account, viewer.now()
        adopted.save()
    details = {
        "edition": pack.edition,
        "made": registers.made,
        "changed": registers.changed,
        "closed": registers.closed,
        "entries": registers.entries,
        "indicators": bases.changed,
        "absent": bases.absent,
        "defaults_kept": bases.kept,
    }
    result = Adoption(adopted, registers, bases)
    key = str(adopted.pk)
    return Done(result, "ledgers.AdoptedPack", key, adopted.name, str(department.pk), before, pack.digest, details, nothing=nothing)


def refuse_faults(pack: Pack) -> None:
    """A pack with a fault does not load; what was adopted stays."""
    if not pack.faults:
        return
    first = pack.faults[0]
    text = Text(
        "业务包“{pack}”有 {n} 处错误，未启用，原有台账和口径照常使用。第一处：{file} 第 {line} 行：{fault}",
        "The pack {pack} has {n} faults and was not adopted; what was adopted before stays. The first: {file}, line {line}: {fault}",
    )
    raise Refusal(
        "pack_faults",
        text.with_(pack=pack.name, n=len(pack.faults), file=first.file, line=first.line, fault=first.text),
        {f"{fault.file}:{fault.line}": fault.text for fault in pack.faults},
    )
