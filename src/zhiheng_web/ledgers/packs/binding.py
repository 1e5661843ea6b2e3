"""Writing counting bases of indicators: found by name, made, changed, withdrawn; which one holds never changes behind a target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from zhiheng.plan.procedure import ONCE_APPROVED, SETTLED
from zhiheng.values.normalise import normalise
from zhiheng_web.ledgers.models import Binding, BindingValue, CountingBasis, Register
from zhiheng_web.ledgers.packs.bases import CHOSEN, Basis, IndicatorBases, Part
from zhiheng_web.planning.models import Indicator, IndicatorRow
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text


@dataclass
class Bound:
    """What writing bases did: names of indicators. ``kept`` are those whose default basis stayed though the pack names another."""

    changed: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def write_bases(department: UUID, pack: str, indicators: Sequence[IndicatorBases]) -> Bound:
    """Bind the indicators of a department as a pack has it. What the pack no longer has is withdrawn."""
    bound = Bound()
    named: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in Indicator.objects.filter(department=department).order_by("pk"):
        named[normalise(indicator.name)].append(indicator)
    registers = registers_of(department)
    bases = _existing(department)
    settled = _settled(department)
    wanted: set[UUID] = set()
    for item in indicators:
        found = named.get(normalise(item.name), [])
        if not found:
            bound.absent.append(item.name)
        for indicator in found:
            wanted.add(indicator.pk)
            _bind(indicator, pack, item.bases, bases[indicator.pk], registers, indicator.pk in settled, bound)
    for key, rows in bases.items():
        if key not in wanted and _withdraw(rows.values(), pack, (), key in settled, bound):
            bound.changed.append(str(next(iter(rows.values())).indicator))
    bound.changed = list(dict.fromkeys(bound.changed))
    return bound


def registers_of(department: UUID) -> dict[str, Register]:
    """The department's registers by code."""
    return {row.code: row for row in Register.objects.filter(department=department)}


def _existing(department: UUID) -> defaultdict[UUID, dict[str, CountingBasis]]:
    rows = CountingBasis.objects.filter(indicator__department=department).select_related("indicator")
    found: defaultdict[UUID, dict[str, CountingBasis]] = defaultdict(dict)
    for row in rows.prefetch_related("parts__values"):
        found[row.indicator_id][row.code] = row
    return found


def _settled(department: UUID) -> frozenset[UUID]:
    """The indicators that have an approved target: by which basis it is counted changes only by an adjustment of the target."""
    rows = IndicatorRow.objects.filter(indicator__department=department, version__state__in=SETTLED | ONCE_APPROVED)
    return frozenset(rows.order_by().values_list("indicator", flat=True).distinct())


def _bind(
    indicator: Indicator,
    pack: str,
    bases: Sequence[Basis],
    existing: dict[str, CountingBasis],
    registers: Mapping[str, Register],
    settled: bool,
    bound: Bound,
) -> None:
    for basis in bases:
        row = existing.get(basis.code)
        if row is not None and row.pack != pack:
            raise _taken(indicator, basis)
    default = _default(pack, bases, existing, settled)
    if default != next((basis.code for basis in bases if basis.default), default):
        bound.kept.append(indicator.name)
    changed = _withdraw(existing.values(), pack, [basis.code for basis in bases], settled, bound)
    for row in existing.values():  # before another becomes the default: there is one at any time
        if row.default and row.code != default:
            row.default = False
            row.save(update_fields=["default"])
            changed = True
    for position, basis in enumerate(bases):
        wrote = write_basis(indicator, pack, basis, position, basis.code == default, existing.get(basis.code), registers)
        changed = wrote or changed
    if changed:
        bound.changed.append(indicator.name)


def _default(pack: str, bases: Sequence[Basis], existing: Mapping[str, CountingBasis], settled: bool) -> str:
    """Which basis is the default one: the pack's, unless a declared one is already or an approved target is counted by another."""
    now = next((row for row in existing.values() if row.default and not row.withdrawn), None)
    if now is not None and (settled or now.pack != pack):
        return now.code
    return next((basis.code for basis in bases if basis.default), "")


def _taken(indicator: Indicator, basis: Basis) -> Refusal:
    text = Text(
        "指标“{name}”已有代码为“{code}”的计算口径，不属于本业务包。请改用别的代码。",
        "The indicator {name} has a basis with the code “{code}” already, from elsewhere. Choose another code.",
    )
    return Refusal("basis_taken", text.with_(name=indicator.name, code=basis.code))


def _withdraw(rows: Iterable[CountingBasis], pack: str, wanted: Sequence[str], settled: bool, bound: Bound) -> bool:
    """Withdraw the pack's bases that it no longer has; the default one of an approved target stays."""
    changed = False
    for row in rows:
        if row.pack != pack or row.code in wanted or row.withdrawn:
            continue
        if row.default and settled:
            bound.kept.append(row.indicator.name)
            continue
        row.withdrawn, row.default = True, False
        row.save(update_fields=["withdrawn", "default"])
        changed = True
    return changed


def write_basis(
    indicator: Indicator,
    pack: str,
    basis: Basis,
    position: int,
    default: bool,
    row: CountingBasis | None,
    registers: Mapping[str, Register],
) -> bool:
    """Make or change one basis with its parts and what they choose by. Whether anything was written."""
    fields = {
        "position": position, "default": default, "text_zh": basis.zh, "text_en": basis.en, "join": basis.join, "withdrawn": False,
    }  # fmt: skip
    changed = row is None or any(getattr(row, name) != value for name, value in fields.items())
    if row is None:
        row = CountingBasis(indicator=indicator, code=basis.code, pack=pack)
        parts: dict[str, Binding] = {}
    else:
        parts = {part.code: part for part in row.parts.all()}
    if changed:
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
    for number, part in enumerate(basis.parts):
        changed = _write_part(row, part, number, parts.pop(part.code, None), registers) or changed
    for left in parts.values():
        if not left.withdrawn:
            left.withdrawn = True
            left.save(update_fields=["withdrawn"])
            changed = True
    return changed


COPIED = (
    "measure", "counted_on", "once_by", "first_ever", "arrears", "column", "unit", "scale", "target", "window", "per_window", "longest_gap",
    "series", "benchmark",
)  # fmt: skip
"""Fields of a part that its row has under the same name."""


def _write_part(basis: CountingBasis, part: Part, position: int, row: Binding | None, registers: Mapping[str, Register]) -> bool:
    fields: dict[str, Any] = {name: getattr(part, name) for name in COPIED}
    fields |= {"position": position, "name_zh": part.zh, "name_en": part.en, "withdrawn": False}
    fields |= {"register_id": registers[part.register].pk, "groups_id": registers[part.groups].pk if part.groups else None}
    changed = row is None or any(getattr(row, name) != value for name, value in fields.items())
    held = set() if row is None else {(value.column, value.value) for value in row.values.all()}
    if row is None:
        row = Binding(basis=basis, code=part.code)
    if changed:
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
    wanted = {(column, word) for key, column in CHOSEN.items() for word in getattr(part, key)}
    for column, word in held - wanted:
        row.values.filter(column=column, value=word).delete()
    new = [BindingValue(binding=row, column=column, value=word) for column, word in sorted(wanted - held)]
    BindingValue.objects.bulk_create(new)
    return changed or held != wanted
